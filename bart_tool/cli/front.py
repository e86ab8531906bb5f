"""How a call is answered: results on standard output, messages and questions beside it."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bart_tool.domain.free_text import harmless
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.domain.base import Language
    from bart_tool.errors import Problem
    from bart_tool.store.protocol import Store
    from bart_tool.workflow.open_session import OpenSession

V = TypeVar("V")


@dataclass(frozen=True)
class Front:
    """How this call is to be answered."""

    t: Words
    sessions: str
    as_json: bool
    no_input: bool
    asked_language: "Language | None"

    @property
    def language(self) -> "Language":
        """In which messages are said; a report may be in another."""
        return self.t.language

    @property
    def store(self) -> "Store":
        """Where the sessions lie; a folder need not be there yet. Raises as `store_in`."""
        return store_in(self.sessions)

    def opened(self, name: str) -> "OpenSession":
        """The session called `name`. Raises NotFound, or BadData when it is damaged."""
        from bart_tool.workflow.open_session import open_session, with_notes_heeded

        opened, notes = with_notes_heeded(open_session(self.store, name))
        self.tell_problems(notes)
        return opened

    def busy(self) -> AbstractContextManager[None]:
        """Show that reading the answers takes a while, if it does."""
        from bart_tool.cli.terminal import busy

        return busy(self.t("Reading"))

    @property
    def may_ask(self) -> bool:
        """Whether there is somebody to ask."""
        return not self.no_input and sys.stdin.isatty()

    def say(self, text: str = "") -> None:
        """A result, on standard output, with nothing in it that drives a terminal.

        A terminal gets lines that are broken between words, anything else the lines as they are.
        """
        from bart_tool.cli.terminal import in_width

        click.echo(in_width(harmless(text), sys.stdout))

    def say_unbroken(self, text: str) -> None:
        """The same for a path or a table: it can be copied, because no line of it is broken."""
        click.echo(harmless(text))

    def tell(self, text: str) -> None:
        """A message, on standard error: not what was asked for, so no pipe gets it."""
        from bart_tool.cli.terminal import in_width

        click.echo(in_width(harmless(text), sys.stderr), err=True)

    def say_json(self, value: Any) -> None:
        """A result that a program reads; a terminal that shows it is safe too."""
        from bart_tool.domain.plain_json import plain_json

        knows_all = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
        click.echo(plain_json(value, indent=2, ascii_only=not knows_all))

    def tell_problems(self, problems: "Sequence[Problem]", title: str = "") -> None:
        """What is wrong in files, a line each, below `title` if there is anything."""
        if problems and title:
            self.tell(title)
        for problem in problems:
            self.tell(f"  {self.problem(problem)}")

    def tell_both(self, problems: "Sequence[Problem]", errors: str, others: str) -> None:
        """The same, below one title what was left out for it, below the other the rest."""
        from bart_tool.errors import Severity

        for title, is_error in ((errors, True), (others, False)):
            some = [each for each in problems if (each.severity is Severity.ERROR) is is_error]
            self.tell_problems(some, title)

    def problem(self, problem: "Problem") -> str:
        """A problem in words; what is no error says so first."""
        from bart_tool.errors import Severity
        from bart_tool.wording.messages import problem_text

        text = problem_text(problem, self.language, session_named())
        if problem.severity is Severity.NOTE:
            return self.t("(note) {text}", text=text)
        return text

    def confirm(self, question: str, *, usual: bool = False) -> bool:
        """Ask yes or no, of which Enter takes the `usual`. Without anybody the answer is no."""
        if not self.may_ask:
            return False
        from bart_tool.cli.terminal import asked, is_yes

        return is_yes(asked(question, self.t("yes") if usual else self.t("no")))

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
                self.tell(error_text(error, self.language, session_named()))
                self.tell_problems(error.problems)
        return value

    def tell_numbered(self, texts: Iterable[str]) -> None:
        """Lines to choose from, numbered from 1; a long one is broken between its words."""
        for number, text in enumerate(texts, 1):
            self.tell(harmless(f"  {number}. {text}", one_line=True))

    def is_sure(
        self, question: str, nothing_done: str, *, yes: bool, lasting: str = "", usual: bool = False
    ) -> bool:
        """Whether to go on: `yes` says so beforehand, else it is asked where somebody is there.

        `usual`: Enter goes on, as on the screens, of what can be taken back.

        Without anybody what can be undone goes on. What cannot be undone has `lasting`, that says
        to add --yes: it is raised as wrong use.
        """
        if yes:
            return True
        if not self.may_ask or self.as_json:
            if lasting:
                raise click.UsageError(lasting)
            return True
        if self.confirm(question, usual=usual):
            return True
        self.tell(nothing_done)
        return False


def session_named() -> str:
    """The session that the verb of this call is about; empty without one."""
    context = click.get_current_context(silent=True)
    known = context.find_root().obj if context else None
    return str((known or {}).get("session") or "")


def can_draw() -> bool:
    """Whether screens can be shown: somebody looks at a terminal that has them."""
    is_dumb = os.environ.get("TERM", "") in ("dumb", "unknown")
    return sys.stdin.isatty() and sys.stdout.isatty() and not is_dumb


def store_in(sessions: str | Path | None) -> "Store":
    """Where sessions lie: in this folder or database, else where they lie by themselves.

    Raises as `store_at`.
    """
    from bart_tool.store.places import store_at

    return store_at(str(sessions or ""))


def write_new(file: Path, content: bytes) -> None:
    """Write a new file where somebody wants one. Raises CannotCreate."""
    import errno

    from bart_tool.errors import CannotCreate

    try:
        with file.open("xb") as stream:
            stream.write(content)
    except FileExistsError as error:
        raise CannotCreate("file-exists", file=str(file)) from error
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, "")
        raise CannotCreate("cannot-create-file", file=str(file), reason=reason) from error


def describe_conflicts(t: Words, number: int, session: str) -> str:
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
