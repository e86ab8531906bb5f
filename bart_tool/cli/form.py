"""`bart form`: what participants get to answer on, without installing anything."""

from datetime import datetime

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import codes_argument, flag, session_argument, verb
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart form demo WR-01 WR-02\n\n"
        "Write a form for everybody, or for these codes: one file each, to be opened on a "
        "phone or computer. It works without a network. What comes back goes in with bart "
        "gather."
    )
    return verb(
        t,
        "form",
        text,
        _form,
        session_argument(t),
        codes_argument(t),
        flag("--paper", text=t("To print, instead of for a browser.")),
        flag("--letter", text=t("With an invitation beside each form.")),
        click.Option(
            ["--by"],
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="2027-06-30",
            help=t("The day in the invitation by which to send back."),
        ),
    )


def _form(
    front: Front,
    session: str,
    codes: tuple[str, ...],
    paper: bool,
    letter: bool,
    by: datetime | None,
) -> int:
    from bart_tool.workflow.forms import make_forms

    opened = front.opened(session)
    paths = make_forms(
        opened,
        codes,
        language=front.asked_language,
        paper=paper,
        letters=letter,
        by=by.date() if by else None,
    )
    if front.as_json:
        front.say_json({"session": session, "files": list(paths)})
        return 0
    t = front.t
    for path in paths:
        front.say(path)
    if paper:
        front.tell(
            t(
                "Print these. Type over what comes back with: bart answer {name} CODE --from-paper",
                name=session,
            )
        )
        return 0
    front.tell(
        t(
            "Send everybody their own form, and no one else's. They make a file with their answers "
            "and send it back. Take it in with: bart gather {name} FILE",
            name=session,
        )
    )
    return 0
