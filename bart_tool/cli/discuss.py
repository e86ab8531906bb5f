"""`bart discuss`: the parties talk about the agenda, on the screen."""

import click

from bart_tool.cli.front import Front, can_draw
from bart_tool.cli.options import session_argument, verb
from bart_tool.errors import WrongUse
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart discuss demo\n\n"
        "Talk about the agenda together: choose topics, see per topic where each party "
        "stands, keep an eye on the time and write down what you agree."
    )
    return verb(t, "discuss", text, _discuss, session_argument(t), has_json=False)


def _discuss(front: Front, session: str) -> int:
    front.opened(session)  # a name that is wrong is said before anything about the terminal
    if not can_draw():
        raise WrongUse("discuss-needs-terminal", session=session)
    from bart_tool.tui.app import run_discuss

    return run_discuss(front.store, session, front.asked_language or front.language)
