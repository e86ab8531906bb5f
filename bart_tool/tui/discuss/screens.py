"""The kinds of screen around which the parties sit: rows to choose from, and pages to project."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from bart_tool.tui.base import NARROW, Command
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.list_screen import AtWork, ListScreen
from bart_tool.tui.rows import ReadingText
from bart_tool.tui.text import Row, shown
from bart_tool.wording import agreements

T = TypeVar("T")
WIDE = [(0, "-narrow"), (NARROW, "-wide")]
HIGH = [(0, "-low"), (24, "-high")]


class AtTable(AtWork[T]):
    """A screen around which the parties sit."""

    CSS_PATH = "discuss.tcss"

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting = meeting
        self._told_trouble = False

    def title_of(self, topic: str) -> str:
        """What a topic is called, also one that is not on the agenda any more."""
        return agreements.topic(topic, self.meeting.names(self.language))

    def say_if_not_kept(self) -> None:
        """Say at once what could not be saved, and take that back once it was."""
        trouble = self.meeting.kept.trouble
        if not self.is_open or not (trouble or self._told_trouble):
            return
        self._told_trouble = trouble is not None
        self.say(
            self.t("Not kept: {reason}", reason=self.describe_error(trouble)) if trouble else ""
        )

    def on_screen_resume(self) -> None:
        """What there is to say of saving is said on the screen that is looked at."""
        self.meeting.kept.changed = self.say_if_not_kept


class ListAtTable(ListScreen[T], AtTable[T]):
    """Rows to choose from, around which the parties sit."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is read at a time. `name` says which page it is, where one must be found again."""

    rows: tuple[Row, ...]
    name: str = ""


class PageScreen(AtTable[T]):
    """Pages to leaf through. Below the title a line may stand that changes by itself."""

    HORIZONTAL_BREAKPOINTS = WIDE
    VERTICAL_BREAKPOINTS = HIGH
    BINDINGS = quiet(
        ("right,pagedown", "leaf(1)"),
        ("left,backspace,pageup", "leaf(-1)"),
        ("enter", "on"),
    )

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting)
        self.at = 0

    def headline(self) -> str:
        raise NotImplementedError

    def pages(self) -> Sequence[Leaf]:
        """What can be read; never empty."""
        raise NotImplementedError

    def above(self) -> Iterable[Row]:
        """What stands between the title and the page."""
        return ()

    def ended(self) -> None:
        """Enter was pressed on the last page."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The title, what stands above the page, and the page."""
        yield Static(id="headline", classes="title", markup=False)
        yield ReadingText(id="above")
        with VerticalScroll(id="page"):
            yield ReadingText(id="read")
        yield Static(id="message", markup=False)
        yield from super().compose()

    @property
    def room(self) -> int:
        """How many columns a page has for its rows, without the air and the scrollbar."""
        return self.size.width - (4 if self.is_narrow else 10)

    def fit(self, *, anew: bool) -> None:  # noqa: ARG002 (any other width may lay it out anew)
        """A page is laid out for the columns there are."""
        self.query_one("#read", ReadingText).show(self.page.rows)

    @property
    def page(self) -> Leaf:
        """The page that is shown."""
        pages = self.pages()
        return pages[min(self.at, len(pages) - 1)]

    def fill(self) -> None:
        """Write everything anew; the page stays the same."""
        pages = self.pages()
        self.at = min(self.at, len(pages) - 1)
        title = self.headline()
        if len(pages) > 1:
            place = self.t("page {here} of {all}", here=self.at + 1, all=len(pages))
            title = f"{title} · {place}"
        self.query_one("#headline", Static).update(shown(title))
        self.show_above()
        self.query_one("#read", ReadingText).show(pages[self.at].rows)
        self.say("")
        self.show_keys()
        self.query_one("#page").focus(scroll_visible=False)

    def show_above(self) -> None:
        """Write only the line that changes by itself: the rest of the screen is left alone."""
        above, rows = self.query_one("#above", ReadingText), tuple(self.above())
        above.show(rows)
        above.display = bool(rows)

    def page_keys(self) -> Iterable[Key]:
        if len(self.pages()) > 1:
            yield Key("←→", self.t("page"), "leaf(1)")

    def commands(self) -> Iterable[Command]:
        yield Command(self.t("Next page"), "leaf(1)")
        yield Command(self.t("Previous page"), "leaf(-1)")

    def show_page(self, number: int) -> None:
        """Show the page with this number, from its top."""
        self.at = min(max(number, 0), len(self.pages()) - 1)
        self.fill()
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)

    def number_of(self, name: str) -> int:
        """The number of the first page with this name, from 0; the first page if there is none."""
        named = (number for number, page in enumerate(self.pages()) if page.name == name)
        return next(named, 0)

    def action_leaf(self, by: int) -> None:
        self.show_page(self.at + by)

    def action_on(self) -> None:
        """The next page, and past the last one what comes then."""
        if self.at + 1 < len(self.pages()):
            self.show_page(self.at + 1)
        else:
            self.ended()
