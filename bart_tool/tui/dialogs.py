"""Small windows: choose one, type one line, read help. Each gives a value and saves nothing."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from bart_tool.tui.base import BartDialog
from bart_tool.tui.text import plain, shown
from bart_tool.tui.widgets.editor import Field
from bart_tool.tui.widgets.key_bar import Key, KeyBar
from bart_tool.tui.widgets.rows import Part, Row, Rows, Text


class Choose(BartDialog[str]):
    """A few answers below a text; gives the id of the chosen one, None for Esc.

    `answers` are (id, what it says) pairs; the pointer starts on the first, digits choose too.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "scroll_text(-5)", show=False),
        Binding("pagedown", "scroll_text(5)", show=False),
    ]

    def __init__(self, title: str, text: str, answers: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._answers = tuple(answers)

    def compose(self) -> ComposeResult:
        """The text above the answers."""
        with Vertical(classes="window"):
            with VerticalScroll(can_focus=False):
                yield Static(shown(self._title), classes="title", markup=False)
                yield Text(id="text")
            yield Rows(id="answers")
            yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show the answers."""
        self.query_one("#answers", Rows).show(
            Row(name, plain(says), lead=(Part(f"{number} ", "key"),))
            for number, (name, says) in enumerate(self._answers, 1)
        )
        self.query_one("#text", Text).write(self._text)
        self.query_one("#answers").focus()
        self._show_keys()
        # Whether there is more to read is known once the window has its size.
        self.call_after_refresh(self._show_keys)

    def on_resize(self) -> None:
        """More or less of the text fits now."""
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        t, is_longer = self.t, self.query_one(VerticalScroll).max_scroll_y > 0
        more = (Key("PgDn", t("read on"), "scroll_text(5)"),) if is_longer else ()
        self.query_one(KeyBar).show(
            (Key("Enter", t("choose"), "choose"), Key("Esc", t("back"), "back"), *more)
        )

    def on_key(self, event: events.Key) -> None:
        """A digit or Enter chooses."""
        if event.key in ("enter", "space"):
            event.stop()
            self.action_choose()
        elif event.key.isdecimal() and 1 <= int(event.key) <= len(self._answers):
            event.stop()
            self.dismiss(self._answers[int(event.key) - 1][0])

    def action_scroll_text(self, by: int) -> None:
        """Read on, where the text is longer than the window."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_choose(self) -> None:
        """Choose what the pointer stands on."""
        self.dismiss(self.query_one("#answers", Rows).row_id)

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        """A click chooses."""
        self.dismiss(event.row)


class AskLine(BartDialog[str]):
    """One line to type below a text; gives it without spaces around, None for Esc or nothing."""

    def __init__(self, title: str, text: str, value: str = "") -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._value = value

    def compose(self) -> ComposeResult:
        """The text above the line."""
        with Vertical(classes="window"):
            with VerticalScroll(can_focus=False):
                yield Static(shown(self._title), classes="title", markup=False)
                yield Static(shown(self._text), markup=False)
            yield Field(value=plain(self._value), id="line")
            yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """The cursor stands in the line."""
        t = self.t
        self.query_one(Field).focus()
        self.query_one(KeyBar).show(
            (Key("Enter", t("ready"), "ready"), Key("Esc", t("back"), "back"))
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter closes."""
        event.stop()
        self.action_ready()

    def action_ready(self) -> None:
        """Give what was typed."""
        self.dismiss(self.query_one(Field).value.strip() or None)


class Help(BartDialog[None]):
    """A text to read, with a way back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1,enter,space,q", "back", show=False)
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The text, scrolled by the arrows."""
        with Vertical(classes="window tall"):
            with VerticalScroll(id="help"):
                yield Text(id="text")
            yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """The arrows scroll."""
        self.query_one("#text", Text).write(self._text, keys=True)
        self.query_one("#help").focus()
        self.query_one(KeyBar).show((Key("Esc", self.t("back"), "back"),))
