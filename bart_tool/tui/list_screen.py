"""A screen of rows to choose from below a title and a text: what most of bart looks like."""

from collections.abc import Iterable
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from bart_tool.tui.base import BartScreen
from bart_tool.tui.key_bar import Key
from bart_tool.tui.rows import ReadingText, Rows
from bart_tool.tui.text import Part, Row, shown

T = TypeVar("T")


def choice(key: str, row: str, text: str, under: str = "") -> Row:
    """A row that `key` chooses, with what it means below it. Texts must be harmless already."""
    lead = (Part(f"{key} ", "key"),) if key else ()
    words = tuple(Part(f"{word} ", "dim") for word in under.split(" ") if word)
    return Row(row, text, lead=lead, under=(words,) if words else ())


class ListScreen(BartScreen[T]):
    """Rows that the arrows, Enter, the mouse and the key before each of them choose.

    A screen says what stands on it with `headline`, `body` and `listed`, and does in `choose`
    what a row is for.
    """

    def headline(self) -> str:
        """The title."""
        raise NotImplementedError

    def body(self) -> str:
        """What can be read above the rows."""
        return ""

    def listed(self) -> Iterable[Row]:
        """The rows."""
        raise NotImplementedError

    def choose(self, row: str) -> None:
        """Do what the row with this id is for."""
        raise NotImplementedError

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

    def say(self, text: str) -> None:
        """The line above the keys."""
        message = self.query_one("#message", Static)
        message.update(shown(text))
        message.display = bool(text)

    def keys(self) -> Iterable[Key]:
        """Choosing and going back."""
        t = self.t
        yield Key("Enter", t("choose"), "choose")
        yield Key("Esc", t("back"), "back")
        yield Key("F3", t("in Dutch"), "app.other_language")
        yield Key("?", t("help"), "help")

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

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        event.stop()
        self.choose(event.row)
