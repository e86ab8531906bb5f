"""`bart template`: an empty table of a session, for who answers or types over in a spreadsheet."""

from pathlib import Path

import click

from bart_tool.cli.front import Front, write_new
from bart_tool.cli.options import optional, session_argument, verb
from bart_tool.wording.translation import Words


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart template demo answers.csv\n\n"
        "Write an empty table with a row for every answer of everybody, and beside it the question "
        "and what may be filled in. Fill in the column ‘value’, and take it in with bart gather."
    )
    file = click.Argument(
        ["file"],
        required=False,
        metavar=optional(t("FILE")),
        type=click.Path(path_type=Path, dir_okay=False),
    )
    return verb(t, "template", text, _template, session_argument(t), file, has_json=False)


def _template(front: Front, session: str, *, file: Path | None) -> int:
    from bart_tool.workflow.template import template, template_workbook

    opened, language = front.opened(session), front.asked_language
    if file is not None and file.suffix.lower() == ".xlsx":
        write_new(file, template_workbook(opened, language))
    elif file is not None:  # with the mark by which Excel knows the encoding
        write_new(file, template(opened, language).encode("utf-8-sig"))
    else:
        front.say_unbroken(template(opened, language).replace("\r\n", "\n").rstrip("\n"))
        return 0
    front.say_unbroken(str(file))
    t = front.t
    front.tell(t("Take it in with: bart gather {name} {file}", name=session, file=str(file)))
    return 0
