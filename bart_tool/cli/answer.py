"""`bart answer`: a participant fills in their sheet, on the screen or line by line."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import code_argument, complete_set, options, session_argument
from bart_tool.cli.verb import Verb
from bart_tool.errors import Exit, NotFound, WrongUse
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.workflow.answering.context import AnswerContext


def command(t: Words) -> click.Command:
    """The verb."""

    @click.command(
        "answer",
        cls=Verb,
        help=t(
            "Example: bart answer demo WR-01\n\n"
            "Fill in your answers. Every answer is kept at once; you can stop and go on later."
        ),
    )
    @session_argument(t, required=False)
    @code_argument(t, required=False)
    @click.option("--plain", is_flag=True, help=t("Line by line, for screen readers."))
    @click.option(
        "--from-paper",
        is_flag=True,
        help=t("Type over what somebody filled in on paper, twice."),
    )
    @click.option(
        "--sheet",
        "file",
        type=click.Path(path_type=Path, dir_okay=False),
        help=t("Keep the answers in this loose file, outside the session's folder."),
    )
    @click.option(
        "--set",
        "set_name",
        shell_complete=complete_set,
        help=t("With a new loose file: the question set."),
    )
    @click.option("--party", default="", help=t("With a new loose file: your party."))
    @options(t, json_output=False)
    def answer(
        front: Front,
        session: str | None,
        code: str | None,
        plain: bool,
        from_paper: bool,
        file: Path | None,
        set_name: str | None,
        party: str,
    ) -> int:
        def open_context() -> "AnswerContext":
            return _context(front, session, code, file, set_name, party)

        if from_paper:
            return _from_paper(open_context(), front)
        if plain:
            return _in_lines(open_context(), front)
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            open_context()  # what is wrong with the session comes before where it is asked
            raise WrongUse("no-terminal")
        from bart_tool.tui.app import run_answering

        return run_answering(open_context, front.asked_language or front.language)

    return answer


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


def _in_lines(context: "AnswerContext", front: Front) -> int:
    from bart_tool.cli.plain_answer import PlainVisit
    from bart_tool.cli.plain_words import Lines
    from bart_tool.wording.translation import words

    t = words(front.asked_language or front.language)
    PlainVisit(context, Lines(sys.stdin, sys.stdout), t).run()
    return Exit.DONE


def _from_paper(context: "AnswerContext", front: Front) -> int:
    from bart_tool.cli.paper_entry import PaperEntry
    from bart_tool.cli.plain_words import Lines
    from bart_tool.wording.translation import words

    language = front.asked_language or front.language
    PaperEntry(context, Lines(sys.stdin, sys.stdout), words(language)).run()
    return Exit.DONE
