"""Screens that read and write beside themselves, and the list: what most of bart looks like."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from bart_tool.errors import BartError, Problem, Severity
from bart_tool.tui.base import BartScreen
from bart_tool.tui.dialogs import AskLine, Choose
from bart_tool.tui.key_bar import Key
from bart_tool.tui.rows import ReadingText, Rows
from bart_tool.tui.text import Part, Row, shown
from bart_tool.wording.messages import error_text, problem_text

T = TypeVar("T")
V = TypeVar("V")
SLOW = 0.3  # seconds after which it is said that something takes a while
OK, BACK = "ok", "back"


def choice(key: str, row: str, text: str, under: str = "", mark: str = "") -> Row:
    """A row that `key` chooses, with a mark before it and what it means below it.

    Texts must be harmless already. A space for a key keeps the room of one.
    """
    lead = (Part(f"{key} ", "key"),) if key else ()
    words = tuple(Part(f"{word} ", "dim") for word in under.split(" ") if word)
    marks = (Part(f"{mark} "),) if mark else ()
    return Row(row, text, lead=(*lead, *marks), under=(words,) if words else ())


class AtWork(BartScreen[T]):
    """A screen that reads and writes beside itself, and tells what did not work."""

    @property
    def is_at_work(self) -> bool:
        """Whether something that was begun here is not done yet; it may have a dialog open."""
        return any(worker.node is self and not worker.is_finished for worker in self.workers)

    def action_read(self) -> object:
        """Read again what is shown, where a screen shows what others may have changed meanwhile."""
        return None

    def on_screen_resume(self) -> None:
        if not self.is_at_work:
            self.action_read()

    async def beside(self, work: Callable[[], V]) -> V:
        """What `work` gives, done away from the screen. Raises what `work` raises.

        Where the screen was closed meanwhile, whatever was to come after the work is called off:
        Textual does so only once the parts of the screen are gone.
        """
        try:
            done = await asyncio.to_thread(work)
        except BartError:
            self._stop_where_closed()
            raise
        self._stop_where_closed()
        return done

    def _stop_where_closed(self) -> None:
        if not self.is_open:
            raise asyncio.CancelledError

    async def attempt(self, work: Callable[[], V]) -> V | None:
        """Do `work` away from the screen; None when it could not be done, which is then told."""
        t = self.t
        slow = self.set_timer(SLOW, lambda: self.say(t("One moment …")))
        trouble: BartError | None = None
        done: V | None = None
        try:
            done = await self.beside(work)
        except BartError as error:
            trouble = error
        finally:
            slow.stop()
        self.say("")
        if trouble is not None:
            await self.tell(t("That did not work"), self.describe_error(trouble))
        return done

    def describe_error(self, error: BartError) -> str:
        """What is wrong and what to do, a line for each thing in a file that is wrong."""
        wrong = (each for each in error.problems if each.severity is not Severity.NOTE)
        return "\n".join((error_text(error, self.language), *self.problem_lines(wrong)))

    def problem_lines(self, problems: Iterable[Problem], title: str = "") -> list[str]:
        """A line for each problem, below `title` and a gap if there is one; none without any."""
        lines = [f"- {problem_text(each, self.language)}" for each in problems]
        return ["", title, *lines] if title and lines else lines

    async def tell(self, title: str, text: str) -> None:
        """Say something and wait until it was read."""
        await self.bart.ask(Choose(title, text, [(OK, self.t("Go on"))]))

    async def confirmed(self, title: str, text: str, yes: str) -> bool:
        """Whether somebody chooses `yes`, below a text that says what that means."""
        answers = [(OK, yes), (BACK, self.t("Back, do nothing"))]
        return bool(await self.bart.ask(Choose(title, text, answers)) == OK)

    async def asked(
        self, title: str, text: str, value: str, read: Callable[[str], V | None], wrong: str
    ) -> V | None:
        """What `read` makes of a typed line, which stays below the text `wrong` until it can.

        None when somebody goes back.
        """
        said: str | None = await self.bart.ask(
            AskLine(title, text, value, wrong=lambda said: "" if read(said) is not None else wrong)
        )
        return None if said is None else read(said)


class ListScreen(AtWork[T]):
    """Rows that the arrows, Enter, the mouse and the key before each of them choose.

    A screen says what stands on it with `headline`, `body` and `listed`, and does in `choose`
    what a row is for.
    """

    def headline(self) -> str:
        raise NotImplementedError

    def body(self) -> str:
        """What can be read above the rows."""
        return ""

    def help_lines(self) -> Iterable[str]:
        """What stands on the screen, where nothing more was written about it."""
        if self.HELP_LINES:
            yield from super().help_lines()
            return
        yield from filter(None, (self.headline(), self.body()))
        yield ""
        yield self.t("Arrows move, Enter chooses, Esc goes back. Digits and letters choose too.")

    def listed(self) -> Iterable[Row]:
        """The rows, with headings and gaps between them."""
        raise NotImplementedError

    def choose(self, row: str) -> None:
        """Do what the row with this id is for; unless a screen says so, close with that id."""
        self.dismiss(row)  # type: ignore[arg-type]  # only a screen that gives a str leaves it so

    def compose(self) -> ComposeResult:
        """The title and the text above the rows."""
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="headline", classes="title", markup=False)
            yield ReadingText(id="body")
            yield Rows(id="choices")
        yield Static(id="message", markup=False)
        yield from super().compose()

    @property
    def choices(self) -> Rows:
        """The rows on the screen."""
        return self.query_one("#choices", Rows)

    def fill(self) -> None:
        """Write everything anew; the pointer stays where it was."""
        self.query_one("#headline", Static).update(shown(self.headline()))
        body, text = self.query_one("#body", ReadingText), self.body()
        body.write(text)
        body.display = bool(text)
        self.choices.show(self.listed(), self.choices.row_id)
        self.say("")
        self.show_keys()
        if self.focused is not self.choices:
            self.set_focus(self.choices, scroll_visible=False)

    def fill_anew(self) -> None:
        """Write what was read anew. A key that now chooses another row waits until that is seen."""
        before, here = self._keyed(), self.choices.row_id
        self.fill()
        after = self._keyed()
        if here != self.choices.row_id or any(
            after.get(key, row) != row for key, row in before.items()
        ):
            self.wait_until_seen()

    def _keyed(self) -> dict[str, str]:
        rows = (row for row in self.choices.rows if row.id and row.lead)
        return {row.lead[0].text.strip(): row.id for row in rows}

    def knows_key(self, event: events.Key) -> bool:
        return event.key == "space" or event.character in self._keyed() or super().knows_key(event)

    def keys(self) -> Iterable[Key]:
        yield Key("Enter", self.t("choose"), "choose")
        yield from self.last_keys()

    def on_key(self, event: events.Key) -> None:
        """Enter, or the key before a row, chooses."""
        if event.key in ("enter", "space"):
            event.stop()
            self.action_choose()
            return
        for row in self.choices.rows:
            if row.id and row.lead and row.lead[0].text.strip() == event.character:
                event.stop()
                self.choices.point_at(row.id)
                self.choose(row.id)
                return

    def action_choose(self) -> None:
        """Choose the row that the pointer stands on."""
        if self.choices.row_id:
            self.choose(self.choices.row_id)

    def action_row(self, row: str) -> None:
        """Choose a row by its id: the palette offers what the rows do too."""
        self.choose(row)

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        event.stop()
        self.choose(event.row)
