"""`bart erase`: removes a participant everywhere it can, and lists where it cannot."""

import click

from bart_tool.cli.front import Front, exit_code
from bart_tool.cli.options import code_argument, session_argument, sure_option, verb
from bart_tool.wording.erasing import left_of_somebody, not_reached, places_not_reached
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart erase demo WR-01\n\n"
        "Remove a participant with everything they answered. This cannot be undone."
    )
    return verb(t, "erase", text, _erase, session_argument(t), code_argument(t), sure_option(t))


def _erase(front: Front, session: str, code: str, yes: bool) -> int:
    from bart_tool.store.locations import is_address
    from bart_tool.workflow.erase import erase

    t, opened = front.t, front.opened(session)
    question = t("Remove {code} and all their answers? This cannot be undone.", code=code)
    refused = t("Nothing was removed. Add --yes to remove {code}.", code=code)
    if not front.is_sure(question, t("Nothing was removed."), yes=yes, lasting=refused):
        return 0
    gone, in_database = erase(opened, code), is_address(opened.folder.where())
    if front.as_json:
        front.say_json(
            {
                "session": session,
                "participant": code,
                "removed": list(gone.removed),
                "not_removed": [*gone.kept, *gone.edited],
                "not_read": list(gone.unread),
                "not_reached": list(places_not_reached(in_database=in_database)),
                "rounds_out_of_date": list(gone.rounds),
            }
        )
        return exit_code(not (gone.kept or gone.edited or gone.unread))
    front.say(t("{code} was removed from this session.", code=code))
    for each in gone.removed:
        front.say(f"  {each}")
    where = gone.opened.folder.where
    left = {"kept": gone.kept, "unread": gone.unread, "edited": gone.edited}
    for line in left_of_somebody(code, where, t, **left):
        front.say(line)
    front.say(t("bart cannot reach these places. Look there yourself:"))
    for line in not_reached(t, in_database=in_database):
        front.say(f"  {line}")
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
