"""What the verbs share: options, where sessions are, and how results and messages are shown."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from bart_tool.domain.text import harmless
from bart_tool.errors import Exit, Problem, Severity
from bart_tool.i18n import Words
from bart_tool.i18n.messages import problem_text

if TYPE_CHECKING:
    from bart_tool.domain.base import Language
    from bart_tool.workflow.desk import Desk

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Front:
    """How this call is to be answered."""

    t: Words
    sessions: Path | None
    as_json: bool
    no_input: bool
    asked_language: "Language | None"

    @property
    def language(self) -> "Language":
        """The language of messages."""
        return self.t.language

    @property
    def root(self) -> Path:
        """The folder of sessions."""
        from bart_tool.store.locations import sessions_folder

        return sessions_folder(self.sessions)

    def desk(self, name: str) -> "Desk":
        """The session called `name`."""
        from bart_tool.workflow.desk import open_desk

        return open_desk(self.root, name)

    @property
    def may_ask(self) -> bool:
        """Whether there is somebody to ask."""
        return not self.no_input and sys.stdin.isatty()

    def say(self, text: str = "") -> None:
        """A result, on standard output."""
        click.echo(harmless(text))

    def tell(self, text: str) -> None:
        """A message, on standard error."""
        click.echo(harmless(text), err=True)

    def say_json(self, value: Any) -> None:
        """A result that a program reads."""
        click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))

    def tell_problems(self, problems: Iterable[Problem]) -> None:
        """What is wrong in files, a line each."""
        for problem in problems:
            self.tell(f"  {self.problem(problem)}")

    def problem(self, problem: Problem) -> str:
        """A problem in words; what is no error says so first."""
        text = problem_text(problem, self.language)
        if problem.severity is Severity.NOTE:
            return self.t("(note) {text}", text=text)
        return text

    def confirm(self, question: str) -> bool:
        """Ask yes or no. Without anybody to ask the answer is no."""
        if not self.may_ask:
            return False
        return click.confirm(harmless(question), default=False, err=True)


def options(t: Words, *, json_output: bool = True) -> Callable[[F], F]:
    """The options every verb has; the verb gets them as one `front: Front`."""

    def decorate(function: F) -> F:
        def with_front(
            sessions: Path | None,
            language: str | None,
            no_input: bool,
            as_json: bool = False,
            **rest: Any,
        ) -> Any:
            front = Front(t, sessions, as_json, no_input, _asked(language))
            return function(front=front, **rest)

        with_front.__name__ = function.__name__
        with_front.__doc__ = function.__doc__
        with_front.__dict__.update(function.__dict__)  # the parameters click hung on it
        made: Any = with_front
        if json_output:
            made = click.option("--json", "as_json", is_flag=True, help=t("For programs."))(made)
        made = click.option("--no-input", is_flag=True, help=t("Never ask anything."))(made)
        made = click.option(
            "--language",
            type=click.Choice(["nl", "en"]),
            envvar="BART_LANGUAGE",
            help=t("Dutch or English."),
        )(made)
        made = click.option(
            "--sessions",
            type=click.Path(path_type=Path, file_okay=False),
            help=t("The folder of sessions."),
        )(made)
        return cast("F", made)

    return decorate


def _asked(language: str | None) -> "Language | None":
    return "nl" if language == "nl" else "en" if language == "en" else None


def session_argument(t: Words, *, required: bool = True) -> Callable[[F], F]:
    """The name of a session, completed by the shell."""
    return click.argument(
        "session", metavar=t("SESSION"), required=required, shell_complete=_complete_session
    )


def code_argument(t: Words, *, required: bool = True) -> Callable[[F], F]:
    """The code of a participant, completed by the shell."""
    return click.argument(
        "code", metavar=t("CODE"), required=required, shell_complete=_complete_code
    )


def _complete_session(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    from bart_tool.store.locations import sessions_folder
    from bart_tool.store.sessions import list_all

    names = list_all(sessions_folder(context.params.get("sessions")))
    return [name for name in names if name.startswith(incomplete)]


def _complete_code(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    from bart_tool.errors import BartError
    from bart_tool.store.locations import sessions_folder
    from bart_tool.workflow.desk import open_desk

    name = context.params.get("session")
    if not name:
        return []
    try:
        desk = open_desk(sessions_folder(context.params.get("sessions")), name)
    except BartError:  # nothing to complete from
        return []
    return [code for code in desk.session.party_of if code.startswith(incomplete)]


def exit_code(is_whole: bool) -> int:
    """Done, or done but for what was set aside."""
    return Exit.DONE if is_whole else Exit.BAD_DATA


def columns(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Rows of text in columns that line up, two spaces apart."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
