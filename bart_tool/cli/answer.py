"""`bart answer`: a participant fills in their sheet, on the screen or line by line."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.front import Front, can_draw
from bart_tool.cli.options import code_argument, complete_set, flag, session_argument, verb
from bart_tool.errors import Exit, NotFound, WrongUse
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.workflow.answering.context import AnswerContext


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart answer demo WR-01\n\n"
        "Fill in your answers. Every answer is kept at once; you can stop and go on later."
    )
    return verb(
        t,
        "answer",
        text,
        _answer,
        session_argument(t, required=False),
        code_argument(t, required=False),
        flag("--plain", text=t("Line by line, for screen readers.")),
        flag("--from-paper", text=t("Type over what somebody filled in on paper, twice.")),
        click.Option(
            ["--sheet", "file"],
            type=click.Path(path_type=Path, dir_okay=False),
            help=t("Keep the answers in this loose file, outside the session's folder."),
        ),
        click.Option(
            ["--set", "set_name"],
            shell_complete=complete_set,
            help=t("With a new loose file: the question set."),
        ),
        click.Option(["--party"], default="", help=t("With a new loose file: your party.")),
        has_json=False,
    )


def _answer(front: Front, *, plain: bool, from_paper: bool, **whose: Any) -> int:
    language = front.asked_language or front.language
    is_looked_at = sys.stdin.isatty() and sys.stdout.isatty()
    if from_paper or plain or (is_looked_at and not can_draw()):
        from bart_tool.cli.terminal import Lines
        from bart_tool.wording.translation import words

        context, t = _context(front, **whose), words(language)
        lines = Lines(sys.stdin, sys.stdout, t("That could not be read. Type it again."))
        if from_paper:
            from bart_tool.cli.paper_entry import PaperEntry

            PaperEntry(context, lines, t).run()
        else:
            from bart_tool.cli.plain_answer import PlainVisit, is_let_in

            if is_let_in(context, lines, t):
                PlainVisit(context, lines, t).run()
        return Exit.DONE
    if not is_looked_at:
        _context(front, **whose)  # what is wrong with the session comes before where it is asked
        raise WrongUse("no-terminal")
    from bart_tool.tui.app import run_answering

    return run_answering(lambda: _context(front, **whose), language)


def _context(
    front: Front,
    session: str | None,
    code: str | None,
    file: Path | None,
    set_name: str | None,
    party: str,
) -> "AnswerContext":
    from bart_tool.workflow.answering import context as contexts

    if file is None:
        if session is None or code is None:
            raise WrongUse("whose-answers")
        return contexts.session_context(front.opened(session), code)
    if session is not None and code is not None:
        try:
            return contexts.session_context(front.opened(session), code).moved_to(file)
        except NotFound:  # away from the session's folder
            if set_name is not None and not file.exists():
                return contexts.new_loose_context(file, session, code, set_name, party)
    if file.exists():
        return contexts.loose_context(file)
    if session is None or code is None:
        raise WrongUse("whose-answers")
    raise WrongUse("which-set", session=session)
