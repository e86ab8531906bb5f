"""`bart erase`: removes a participant everywhere it can, and lists where it cannot."""

from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front, exit_code
from bart_tool.cli.options import code_argument, session_argument, sure_option, verb
from bart_tool.wording.translation import N_, Words

if TYPE_CHECKING:
    from bart_tool.workflow.erase import Erased

NOT_REACHED = {
    "mail": N_("mail in which the sheet was sent"),
    "sync-history": N_("older versions in a synced folder (OneDrive, Nextcloud)"),
    "bart-backups": N_("files made with bart backup: putting one back brings the answers back"),
    "backups": N_("backups of this computer"),
    "printed": N_("reports and forms that were printed or handed on"),
}


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart erase demo WR-01\n\n"
        "Remove a participant with everything they answered. This cannot be undone."
    )
    return verb(t, "erase", text, _erase, session_argument(t), code_argument(t), sure_option(t))


def _erase(front: Front, session: str, code: str, yes: bool) -> int:
    from bart_tool.workflow.erase import erase

    t, opened = front.t, front.opened(session)
    question = t("Remove {code} and all their answers? This cannot be undone.", code=code)
    refused = t("Nothing was removed. Add --yes to remove {code}.", code=code)
    if not front.is_sure(question, t("Nothing was removed."), yes=yes, lasting=refused):
        return 0
    gone = erase(opened, code)
    if front.as_json:
        front.say_json(
            {
                "session": session,
                "participant": code,
                "removed": list(gone.removed),
                "not_removed": [*gone.kept, *gone.edited],
                "not_read": list(gone.unread),
                "not_reached": list(gone.not_reached),
                "rounds_out_of_date": list(gone.rounds),
            }
        )
        return exit_code(not (gone.kept or gone.edited or gone.unread))
    front.say(t("{code} was removed from this session.", code=code))
    for each in gone.removed:
        front.say(f"  {each}")
    _tell_left(front, gone, code)
    front.say(t("bart cannot reach these places. Look there yourself:"))
    for place in gone.not_reached:
        front.say(f"  - {t(NOT_REACHED[place])}")
    if gone.opened.session.report_out_of_date:
        front.say(
            t(
                "Reports made before are out of date. Make a new one: bart report {name}",
                name=session,
            )
        )
    for number in gone.rounds:
        front.say(
            t(
                "The report of round {n} is out of date too: bart report {name} --round {n}",
                n=number,
                name=session,
            )
        )
    return exit_code(not (gone.kept or gone.edited or gone.unread))


def _tell_left(front: Front, gone: "Erased", code: str) -> None:
    """The files that only a person can look through, and why."""
    t = front.t
    for files, why in (
        (gone.kept, t("These files speak of {code} and stay. Take it out yourself:", code=code)),
        (
            gone.unread,
            t("bart could not read these. Look yourself whether they are of {code}:", code=code),
        ),
        (
            gone.edited,
            t(
                "Edited by hand, so they stay. Take out yourself what they say of {code}:",
                code=code,
            ),
        ),
    ):
        if files:
            front.say(why)
        for each in files:
            front.say(f"  {gone.opened.folder.where(each)}")
