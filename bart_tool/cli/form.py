"""`bart form`: what participants get to answer on, without installing anything."""

import click

from bart_tool.cli.shared import Front, complete_code, options, session_argument
from bart_tool.cli.verb import Verb
from bart_tool.i18n import Words


def command(t: Words) -> click.Command:
    """The verb, speaking through `t`."""

    @click.command(
        "form",
        cls=Verb,
        help=t(
            "Example: bart form demo WR-01 WR-02\n\n"
            "Write a form for everybody, or for these codes: one file each, to be opened on a "
            "phone or computer. It works without a network. What comes back goes in with bart "
            "gather."
        ),
    )
    @session_argument(t)
    @click.argument("codes", metavar=t("[CODE …]"), nargs=-1, shell_complete=complete_code)
    @options(t)
    def form(front: Front, session: str, codes: tuple[str, ...]) -> int:
        return _form(front, session, codes)

    return form


def _form(front: Front, name: str, codes: tuple[str, ...]) -> int:
    from bart_tool.workflow.forms import make_forms

    desk = front.desk(name)
    paths = make_forms(desk, codes, language=front.asked_language)
    if front.as_json:
        front.say_json({"session": name, "files": [str(path) for path in paths]})
        return 0
    t = front.t
    for path in paths:
        front.say(str(path))
    front.tell(
        t(
            "Send everybody their own form, and no one else's. They make a file with their answers "
            "and send it back. Take it in with: bart gather {name} FILE",
            name=name,
        )
    )
    return 0
