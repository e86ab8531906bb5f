"""`bart delete`: removes a whole session, and lists where it cannot."""

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import session_argument, sure_option, verb
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart delete demo\n\n"
        "Delete a whole session, with all answers, agreements and reports. This cannot be undone: "
        "first put somewhere safe what must be kept."
    )
    return verb(t, "delete", text, _delete, session_argument(t), sure_option(t))


def _delete(front: Front, session: str, yes: bool) -> int:
    from bart_tool.store.locations import is_address
    from bart_tool.wording.erasing import not_reached, places_not_reached, what_goes
    from bart_tool.workflow.delete import contents, delete

    t, held = front.t, contents(front.store, session)
    if not yes:
        if not front.may_ask or front.as_json:
            text = t("Nothing was removed. Add --yes to delete {name}.", name=session)
            raise click.UsageError(text)
        front.tell(what_goes(held.sheets, held.agreements, held.reports, t))
        if not _is_meant(front, session):
            front.tell(t("Nothing was removed."))
            return 0
    delete(front.store, session)
    in_database = is_address(front.store.where(""))
    if front.as_json:
        not_there = list(places_not_reached(in_database=in_database))
        front.say_json({"session": session, "not_reached": not_there})
        return 0
    front.say(t("Session {name} is deleted.", name=session))
    front.say(t("bart cannot reach these places. Look there yourself:"))
    for line in not_reached(t, in_database=in_database):
        front.say(f"  {line}")
    return 0


def _is_meant(front: Front, session: str) -> bool:
    """Whether somebody types the name of the session: a yes is typed before one has read."""
    from bart_tool.cli.terminal import asked

    question = front.t("Type the name of the session to delete it ({name})", name=session)
    return str(asked(question)).strip() == session
