"""`bart archive`: puts a session out of sight on the screens, whole, and back."""

from datetime import date

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import flag, session_argument, verb
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart archive demo\n\n"
        "Put a session away: it stays whole, and is not shown among the others on the screens. "
        "Every command still takes its name."
    )
    undo = flag("--undo", text=t("Show it among the others again."))
    return verb(t, "archive", text, _archive, session_argument(t), undo)


def _archive(front: Front, session: str, undo: bool) -> int:
    from bart_tool.wording.erasing import STAYS_IN_SIGHT
    from bart_tool.workflow.course import put_away
    from bart_tool.workflow.retention import to_erase

    t, opened = front.t, put_away(front.opened(session), away=not undo)
    if front.as_json:
        front.say_json({"session": session, "archived": opened.session.archived})
    elif undo:
        front.say(t("Session {name} is among the others again.", name=session))
    else:
        front.say(t("Session {name} is put away.", name=session))
        if to_erase(opened.folder, opened.session, date.today()):
            front.say(t(STAYS_IN_SIGHT))
        front.say(t("Back among the others: bart archive {name} --undo", name=session))
    return 0
