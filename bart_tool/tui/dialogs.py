"""Small windows: choose one, type one line, read help. Each gives a value and saves nothing."""

from collections.abc import Collection, Sequence
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from bart_tool.tui.base import BartDialog
from bart_tool.tui.editor import LineField
from bart_tool.tui.key_bar import Key, KeyBar
from bart_tool.tui.rows import ReadingText, Rows
from bart_tool.tui.text import Part, Row, plain, shown

T = TypeVar("T")


class Answers(BartDialog[T]):
    """Answers to choose from below a text: (id, what it says) pairs."""

    # Before the answers get them: where they are few, paging is for the text.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "scroll_text(-5)", show=False, priority=True),
        Binding("pagedown", "scroll_text(5)", show=False, priority=True),
    ]

    def __init__(self, title: str, text: str, answers: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._answers = tuple(answers)

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            with VerticalScroll(can_focus=False):
                yield Static(shown(self._title), classes="title", markup=False)
                yield ReadingText(id="text")
            yield Rows(id="answers")
            yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show the text and the answers."""
        self.query_one("#text", ReadingText).write(self._text)
        self.show_answers()
        self.query_one("#answers").focus()
        self._show_keys()
        # Whether there is more to read is known once the window has its size.
        self.call_after_refresh(self._show_keys)

    def on_resize(self) -> None:
        """More or less of the text fits now."""
        self.call_after_refresh(self._show_keys)

    def show_answers(self) -> None:
        raise NotImplementedError

    def keys(self) -> tuple[Key, ...]:
        """What can be done, beside reading on."""
        raise NotImplementedError

    def _show_keys(self) -> None:
        is_longer = self.query_one(VerticalScroll).max_scroll_y > 0
        more = (Key("PgDn", self.t("read on"), "scroll_text(5)"),) if is_longer else ()
        self.query_one(KeyBar).show((*self.keys(), *more))

    def action_scroll_text(self, by: int) -> None:
        """Read on, where the text is longer than the window."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


class Choose(Answers[str]):
    """A few answers below a text; gives the id of the chosen one, None for Esc.

    The pointer starts on the first, digits choose too.
    """

    def show_answers(self) -> None:
        self.query_one("#answers", Rows).show(
            Row(name, plain(says), lead=(Part(f"{number} ", "key"),))
            for number, (name, says) in enumerate(self._answers, 1)
        )

    def keys(self) -> tuple[Key, ...]:
        return Key("Enter", self.t("choose"), "choose"), Key("Esc", self.t("back"), "back")

    def on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "space"):
            event.stop()
            self.action_choose()
        elif event.key.isdecimal() and 1 <= int(event.key) <= len(self._answers):
            event.stop()
            self.dismiss(self._answers[int(event.key) - 1][0])

    def action_choose(self) -> None:
        """Choose what the pointer stands on."""
        self.dismiss(self.query_one("#answers", Rows).row_id)

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        self.dismiss(event.row)


class Several(Answers[tuple[str, ...]]):
    """Some of several answers below a text; gives the ids of those marked, None for Esc.

    Space, digits and the mouse mark one or take its mark away; Enter is ready.
    """

    def __init__(
        self, title: str, text: str, answers: Sequence[tuple[str, str]], marked: Collection[str]
    ) -> None:
        super().__init__(title, text, answers)
        self._marked = set(marked)

    def keys(self) -> tuple[Key, ...]:
        """Mark, and when that is done."""
        t = self.t
        return (
            Key(t("Space"), t("mark"), "mark"),
            Key("Enter", t("done"), "ready"),
            Key("Esc", t("back"), "back"),
        )

    def show_answers(self) -> None:
        """A number and a mark before each."""
        rows = self.query_one("#answers", Rows)
        rows.show(
            (
                Row(
                    name,
                    plain(says),
                    lead=(
                        Part(f"{number} ", "key"),
                        Part("[x] " if name in self._marked else "[ ] "),
                    ),
                )
                for number, (name, says) in enumerate(self._answers, 1)
            ),
            rows.row_id,
        )

    def on_key(self, event: events.Key) -> None:
        """Space and digits mark, Enter is ready."""
        if event.key == "enter":
            event.stop()
            self.action_ready()
        elif event.key == "space":
            event.stop()
            self.action_mark()
        elif event.key.isdecimal() and 1 <= int(event.key) <= len(self._answers):
            event.stop()
            self._turn(self._answers[int(event.key) - 1][0])

    def action_mark(self) -> None:
        """Mark what the pointer stands on, or take its mark away."""
        self._turn(self.query_one("#answers", Rows).row_id)

    def _turn(self, name: str) -> None:
        self._marked ^= {name}
        self.show_answers()

    def action_ready(self) -> None:
        """Give what is marked, in the order of the answers."""
        self.dismiss(tuple(name for name, _ in self._answers if name in self._marked))

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        event.stop()
        self._turn(event.row)


class Stop(BartDialog[None]):
    """A sentence that must be read before one goes on: only Enter and Esc close it.

    What is typed meanwhile was meant for something that did not come: it does nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "back", show=False)]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield ReadingText(id="text")
            yield KeyBar(id="keys")

    def on_mount(self) -> None:
        self.query_one("#text", ReadingText).write(self._text)
        self.query_one(KeyBar).show((Key("Enter", self.t("go on"), "back"),))

    def on_key(self, event: events.Key) -> None:
        if event.key not in ("enter", "escape", "ctrl+q"):
            event.stop()


class AskLine(BartDialog[str]):
    """One line to type below a text; gives it without spaces around, None for Esc.

    None also for nothing, unless the line is `optional`: then nothing is an answer too.
    """

    def __init__(self, title: str, text: str, value: str = "", *, optional: bool = False) -> None:
        super().__init__()
        self._optional = optional
        self._title = title
        self._text = text
        self._value = value

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            with VerticalScroll(can_focus=False):
                yield Static(shown(self._title), classes="title", markup=False)
                yield Static(shown(self._text), markup=False)
            yield LineField(value=plain(self._value), id="line")
            yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """The cursor stands in the line."""
        t = self.t
        self.query_one(LineField).focus()
        self.query_one(KeyBar).show(
            (Key("Enter", t("done"), "ready"), Key("Esc", t("back"), "back"))
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_ready()

    def action_ready(self) -> None:
        said = self.query_one(LineField).value.strip()
        self.dismiss(said if said or self._optional else None)


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
                yield ReadingText(id="text")
            yield KeyBar(id="keys")

    def on_mount(self) -> None:
        self.query_one("#text", ReadingText).write(self._text, keys=True)
        self.query_one("#help").focus()
        self.query_one(KeyBar).show((Key("Esc", self.t("back"), "back"),))
