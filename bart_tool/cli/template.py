"""`bart template`: an empty table of a session, for who answers or types over in a spreadsheet."""

import errno
from pathlib import Path

import click

from bart_tool.cli.front import Front
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
        _write(file, template_workbook(opened, language))
    elif file is not None:  # with the mark by which Excel knows the encoding
        _write(file, template(opened, language).encode("utf-8-sig"))
    else:
        front.say(template(opened, language).replace("\r\n", "\n").rstrip("\n"))
        return 0
    front.say(str(file))
    t = front.t
    front.tell(t("Take it in with: bart gather {name} {file}", name=session, file=str(file)))
    return 0


def _write(file: Path, content: bytes) -> None:
    """Write a new file. Raises CannotCreate."""
    from bart_tool.errors import CannotCreate

    try:
        with file.open("xb") as stream:
            stream.write(content)
    except FileExistsError as error:
        raise CannotCreate("template-exists", file=str(file)) from error
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, "")
        raise CannotCreate("cannot-create-file", file=str(file), reason=reason) from error
