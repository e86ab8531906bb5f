"""What the verbs share: options, where sessions are, and how results and messages are shown."""

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from bart_tool.wording.translation import Words, asked_language

if TYPE_CHECKING:
    from bart_tool.domain.base import Language
    from bart_tool.errors import Problem
    from bart_tool.store.disk import DiskStore
    from bart_tool.workflow.open_session import OpenSession

F = TypeVar("F", bound=Callable[..., Any])
V = TypeVar("V")


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
    def store(self) -> "DiskStore":
        """Where the sessions lie."""
        return _store(self.sessions)

    def opened(self, name: str) -> "OpenSession":
        """The session called `name`."""
        from bart_tool.workflow.open_session import open_session

        return open_session(self.store, name)

    def busy(self) -> AbstractContextManager[None]:
        """Show that reading the answers takes a while, if it does."""
        from bart_tool.cli.terminal import busy

        return busy(self.t("Reading"))

    @property
    def may_ask(self) -> bool:
        """Whether there is somebody to ask."""
        return not self.no_input and sys.stdin.isatty()

    def say(self, text: str = "") -> None:
        """A result, on standard output."""
        click.echo(_harmless(text))

    def tell(self, text: str) -> None:
        """A message, on standard error."""
        click.echo(_harmless(text), err=True)

    def say_json(self, value: Any) -> None:
        """A result that a program reads; a terminal that shows it is safe too."""
        from bart_tool.report.plain_json import plain_json

        knows_all = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        click.echo(plain_json(value, indent=2, ascii_only=not knows_all))

    def tell_problems(self, problems: "Iterable[Problem]") -> None:
        """What is wrong in files, a line each."""
        for problem in problems:
            self.tell(f"  {self.problem(problem)}")

    def problem(self, problem: "Problem") -> str:
        """A problem in words; what is no error says so first."""
        from bart_tool.errors import Severity
        from bart_tool.wording.messages import problem_text

        text = problem_text(problem, self.language)
        if problem.severity is Severity.NOTE:
            return self.t("(note) {text}", text=text)
        return text

    def confirm(self, question: str) -> bool:
        """Ask yes or no. Without anybody to ask the answer is no."""
        if not self.may_ask:
            return False
        from bart_tool.cli.terminal import asked, is_yes

        return is_yes(asked(question, self.t("no")))

    def walk(self, steps: "Sequence[Callable[[Front, V], V]]", value: V) -> V:
        """Take every step on `value`; a step that is refused is asked again, `<` goes one back."""
        from bart_tool.cli.terminal import BACK, Back
        from bart_tool.errors import BartError
        from bart_tool.wording.messages import error_text

        self.tell(self.t("Enter takes what stands between brackets; {back} goes back.", back=BACK))
        at = 0
        while at < len(steps):
            try:
                value = steps[at](self, value)
                at += 1
            except Back:
                at = max(at - 1, 0)
            except BartError as error:
                self.tell(error_text(error, self.language))
                self.tell_problems(error.problems)
        return value

    def tell_numbered(self, texts: Iterable[str]) -> None:
        """Lines to choose from, numbered from 1."""
        from bart_tool.domain.free_text import harmless

        for number, text in enumerate(texts, 1):
            self.tell(harmless(f"  {number}. {text}", one_line=True))

    def is_sure(self, question: str, nothing_done: str, *, yes: bool, lasting: str = "") -> bool:
        """Whether to go on: `yes` says so beforehand, else it is asked where somebody is there.

        Without anybody what can be undone goes on. What cannot be undone has `lasting`, that says
        to add --yes: it is raised as wrong use.
        """
        if yes:
            return True
        if not self.may_ask or self.as_json:
            if lasting:
                raise click.UsageError(lasting)
            return True
        if self.confirm(question):
            return True
        self.tell(nothing_done)
        return False


def _harmless(text: str) -> str:
    from bart_tool.domain.free_text import harmless

    return harmless(text)


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
            front = _front(t, sessions, language, no_input, as_json)
            return function(front=front, **rest)

        with_front.__name__ = function.__name__
        with_front.__doc__ = function.__doc__
        with_front.__dict__.update(function.__dict__)  # the parameters click hung on it
        return all_of(*_options(t)[: None if json_output else -1])(cast("F", with_front))

    return decorate


def all_of(*decorators: Callable[[Any], Any]) -> Callable[[F], F]:
    """All these options at once; the help lists them in this order."""

    def decorate(function: F) -> F:
        made: Any = function
        for decorator in reversed(decorators):
            made = decorator(made)
        return cast("F", made)

    return decorate


def _options(t: Words) -> list[Callable[[Any], Any]]:
    folder = click.Path(path_type=Path, file_okay=False)
    languages = click.Choice(["nl", "en"])
    return [
        click.option("--sessions", type=folder, help=t("The folder of sessions.")),
        click.option("--language", type=languages, help=t("Dutch or English.")),
        click.option("--no-input", is_flag=True, help=t("Never ask anything.")),
        click.option("--json", "as_json", is_flag=True, help=t("For programs.")),
    ]


def _front(
    t: Words, sessions: Path | None, language: str | None, no_input: bool, as_json: bool
) -> Front:
    before = _said_before(click.get_current_context())
    return Front(
        t=t,
        sessions=sessions or before.get("sessions"),
        as_json=as_json,
        no_input=no_input or bool(before.get("no_input")),
        asked_language=asked_language(language or before.get("language")),
    )


def _said_before(context: click.Context) -> dict[str, Any]:
    """The options that stood before the verb."""
    said: dict[str, Any] = dict(context.find_root().obj or {})
    if said.get("sessions"):
        said["sessions"] = Path(said["sessions"])
    return said


def optional(what: str) -> str:
    """How the help shows an argument that may be left out."""
    return f"[{what}]"


def session_argument(t: Words, *, required: bool = True) -> Callable[[F], F]:
    """The name of a session, completed by the shell."""
    return click.argument(
        "session", metavar=t("SESSION"), required=required, shell_complete=complete_session
    )


def code_argument(t: Words, *, required: bool = True) -> Callable[[F], F]:
    """The code of a participant, completed by the shell."""
    return click.argument(
        "code", metavar=t("CODE"), required=required, shell_complete=complete_code
    )


def formats_option(t: Words) -> Callable[[F], F]:
    """Which formats to write; the verb gets them as names, in the order of publishing."""

    def asked(_context: click.Context, _parameter: click.Parameter, typed: str) -> Sequence[str]:
        from bart_tool.workflow.publish import FORMATS

        names = [name.strip() for name in typed.split(",") if name.strip()]
        unknown = [name for name in names if name not in FORMATS]
        if unknown or not names:
            raise click.UsageError(
                t("--format takes md, html and json, not “{name}”.", name=", ".join(unknown))
            )
        return tuple(name for name in FORMATS if name in names)

    return click.option(
        "--format",
        "formats",
        default="md,json",
        callback=asked,
        help=t("md, html and json, by commas."),
    )


def _store(sessions: Path | None) -> "DiskStore":
    from bart_tool.store.disk import DiskStore
    from bart_tool.store.locations import sessions_folder

    return DiskStore(sessions_folder(sessions))


def _store_of(context: click.Context) -> "DiskStore":
    return _store(context.params.get("sessions") or _said_before(context).get("sessions"))


def complete_session(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The sessions whose name begins so."""
    from bart_tool.store.sessions import list_all

    return [name for name in list_all(_store_of(context)) if name.startswith(incomplete)]


def desk_to_complete(context: click.Context) -> "OpenSession":
    """The session that was named before what is being completed. Raises BartError."""
    from bart_tool.workflow.open_session import open_session

    return open_session(_store_of(context), context.params.get("session") or "")


def complete_code(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The codes in the session that begin so."""
    from bart_tool.errors import BartError

    try:
        opened = desk_to_complete(context)
    except BartError:  # nothing to complete from
        return []
    return [code for code in opened.session.party_of if code.startswith(incomplete.upper())]


def complete_round(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The numbers of the session's rounds that begin so."""
    from bart_tool.errors import BartError
    from bart_tool.workflow.rounds import rounds_of

    try:
        numbers = [str(number) for number in rounds_of(desk_to_complete(context))]
    except BartError:  # nothing to complete from
        return []
    return [number for number in numbers if number.startswith(incomplete)]


def complete_set(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    """The question sets whose name begins so."""
    from bart_tool.store.question_sets import set_ids

    return [name for name in set_ids() if name.startswith(incomplete)]


def conflicts_in_words(t: Words, number: int, session: str) -> str:
    """How many answers wait for a person, and what to do."""
    return t.plural(
        "{number} answer came in twice and differs. Settle it: bart gather {name} --settle",
        "{number} answers came in twice and differ. Settle them: bart gather {name} --settle",
        number,
        name=session,
    )


def exit_code(is_whole: bool) -> int:
    """Done, or done but for what was set aside."""
    from bart_tool.errors import Exit

    return Exit.DONE if is_whole else Exit.BAD_DATA


def after(problems: "Iterable[Problem]") -> int:
    """The exit code after work in which these were found."""
    from bart_tool.errors import Severity

    return exit_code(all(problem.severity is not Severity.ERROR for problem in problems))


def columns(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Rows of text in columns that line up, two spaces apart."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
