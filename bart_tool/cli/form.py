"""`bart form`: what participants get to answer on, without installing anything."""

from datetime import datetime

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import complete_code, optional, options, session_argument
from bart_tool.cli.verb import Verb
from bart_tool.wording.translation import Words


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
    @click.argument("codes", metavar=optional(t("CODE …")), nargs=-1, shell_complete=complete_code)
    @click.option("--paper", is_flag=True, help=t("To print, instead of for a browser."))
    @click.option("--letter", is_flag=True, help=t("With an invitation beside each form."))
    @click.option(
        "--by",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="2027-06-30",
        help=t("The day in the invitation by which to send back."),
    )
    @options(t)
    def form(
        front: Front,
        session: str,
        codes: tuple[str, ...],
        paper: bool,
        letter: bool,
        by: datetime | None,
    ) -> int:
        return _form(front, session, codes, paper, letter, by)

    return form


def _form(
    front: Front,
    name: str,
    codes: tuple[str, ...],
    paper: bool,
    letters: bool,
    by: datetime | None,
) -> int:
    from bart_tool.workflow.forms import make_forms

    opened = front.opened(name)
    paths = make_forms(
        opened,
        codes,
        language=front.asked_language,
        paper=paper,
        letters=letters,
        by=by.date() if by else None,
    )
    if front.as_json:
        front.say_json({"session": name, "files": list(paths)})
        return 0
    t = front.t
    for path in paths:
        front.say(path)
    if paper:
        front.tell(
            t(
                "Print these. Type over what comes back with: bart answer {name} CODE --from-paper",
                name=name,
            )
        )
        return 0
    front.tell(
        t(
            "Send everybody their own form, and no one else's. They make a file with their answers "
            "and send it back. Take it in with: bart gather {name} FILE",
            name=name,
        )
    )
    return 0
