"""Small windows: choose, type a line, find a command, read. Each gives a value, saves nothing."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from bart_tool.domain.free_text import harmless
from bart_tool.tui.base import BartDialog, Command, TextField
from bart_tool.tui.editor import Editor
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.rows import ReadingText, Rows
from bart_tool.tui.text import Part, Row, plain, shown

T = TypeVar("T")


class LineField(Input, TextField):
    """One line to type in; what is pasted cannot drive the terminal."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        # Textual keeps only the first line, and drops the rest without a word.
        lines = event.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
        self.insert_text_at_cursor(harmless(" ".join(lines), one_line=True))


class Answers(BartDialog[T]):
    """Answers to choose from below a text: (id, what it says) pairs, each with a digit."""

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

    def inside(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static(shown(self._title), classes="title", markup=False)
            yield ReadingText(id="text")
        yield Rows(id="answers")

    def on_mount(self) -> None:
        """Show the text and the answers."""
        self.query_one("#text", ReadingText).write(self._text)
        self.show_answers()
        self.answers.focus()
        self.show_keys()
        # Whether there is more to read is known once the window has its size.
        self.call_after_refresh(self.show_keys)

    def on_resize(self) -> None:
        """More or less of the text fits now."""
        self.call_after_refresh(self.show_keys)

    @property
    def answers(self) -> Rows:
        """The rows of the answers."""
        return self.query_one("#answers", Rows)

    def show_answers(self) -> None:
        rows = (
            # Two digits choose nothing; the room of one stays, so that the answers line up.
            Row(
                name,
                plain(says),
                lead=(Part(f"{number if number < 10 else ' '} ", "key"), *self.marks(name)),
            )
            for number, (name, says) in enumerate(self._answers, 1)
        )
        self.answers.show(rows, self.answers.row_id)

    def marks(self, name: str) -> tuple[Part, ...]:  # noqa: ARG002 (for who marks them)
        """What stands between the digit of this answer and what it says."""
        return ()

    def take(self, name: str) -> None:
        """This answer was chosen by its digit, by a click, or by the pointer."""
        raise NotImplementedError

    def keys(self) -> Iterable[Key]:
        """Going back, and reading on where the text is longer than the window."""
        yield Key("Esc", self.t("back"), "back")
        if self.query_one(VerticalScroll).max_scroll_y > 0:
            yield Key("PgDn", self.t("read on"), "scroll_text(5)")

    def on_key(self, event: events.Key) -> None:
        """A digit takes its answer, space the one that the pointer stands on."""
        if event.key == "space":
            event.stop()
            self.action_take()
        elif event.key == "enter":
            event.stop()
            self.action_ready()
        elif event.key.isdecimal() and 1 <= int(event.key) <= len(self._answers):
            event.stop()
            self.take(self._answers[int(event.key) - 1][0])

    def knows_key(self, event: events.Key) -> bool:
        number = int(event.key) if event.key.isdecimal() else 0
        return event.key == "space" or 1 <= number <= len(self._answers) or super().knows_key(event)

    def action_take(self) -> None:
        """Take the answer that the pointer stands on."""
        self.take(self.answers.row_id)

    def action_ready(self) -> None:
        self.action_take()

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        event.stop()
        self.take(event.row)

    def action_scroll_text(self, by: int) -> None:
        """Read on, where the text is longer than the window."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


class Choose(Answers[str]):
    """A few answers below a text; gives the id of the chosen one, None for Esc.

    The pointer starts on the first, digits choose too.
    """

    def keys(self) -> Iterable[Key]:
        yield Key("Enter", self.t("choose"), "take")
        yield from super().keys()

    def take(self, name: str) -> None:
        self.dismiss(name)


class Several(Answers[tuple[str, ...]]):
    """Some of several answers below a text; gives the ids of those marked, None for Esc.

    Space, digits and the mouse mark one or take its mark away; Enter is ready.
    """

    def __init__(
        self, title: str, text: str, answers: Sequence[tuple[str, str]], marked: Collection[str]
    ) -> None:
        super().__init__(title, text, answers)
        self._marked = set(marked)

    def keys(self) -> Iterable[Key]:
        """Mark, and when that is done."""
        yield Key(self.t("Space"), self.t("mark"), "take")
        yield Key("Enter", self.t("done"), "ready")
        yield from super().keys()

    def marks(self, name: str) -> tuple[Part, ...]:
        return (Part("[x] " if name in self._marked else "[ ] "),)

    def take(self, name: str) -> None:
        """Mark this one, or take its mark away."""
        self._marked ^= {name}
        self.show_answers()

    def action_ready(self) -> None:
        """Give what is marked, in the order of the answers."""
        self.dismiss(tuple(name for name, _ in self._answers if name in self._marked))


class Stop(BartDialog[None]):
    """A sentence that must be read before one goes on: only Enter and Esc close it.

    What is typed meanwhile was meant for something that did not come: it does nothing.
    """

    BINDINGS = quiet(("enter", "back"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def inside(self) -> ComposeResult:
        yield ReadingText(id="text")

    def on_mount(self) -> None:
        self.query_one("#text", ReadingText).write(self._text)
        self.show_keys()

    def keys(self) -> Iterable[Key]:
        yield Key("Enter", self.t("go on"), "back")

    def on_key(self, event: events.Key) -> None:
        if event.key not in ("enter", "escape", "ctrl+q"):
            event.stop()


class AskLine(BartDialog[str]):
    """One line to type below a text; gives it without spaces around, None for Esc.

    None also for nothing, unless the line is `optional`: then nothing is an answer too. `hidden`:
    nobody who looks on reads what is typed. What `wrong` says of a line stands below it, and the
    line stays to be mended.
    """

    def __init__(
        self,
        title: str,
        text: str,
        value: str = "",
        *,
        optional: bool = False,
        hidden: bool = False,
        wrong: Callable[[str], str] = lambda _: "",
    ) -> None:
        super().__init__()
        self._hidden = hidden
        self._wrong = wrong
        self._optional = optional
        self._title = title
        self._text = text
        self._value = value

    def inside(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static(shown(self._title), classes="title", markup=False)
            yield Static(shown(self._text), markup=False)
        yield self.field()
        yield Static(id="wrong", classes="bad", markup=False)

    def on_mount(self) -> None:
        """The cursor stands in the line."""
        self._tell_wrong("")
        self.query_one("#line").focus()
        self.show_keys()

    def keys(self) -> Iterable[Key]:
        yield Key("Enter", self.t("done"), "ready")
        yield Key("Esc", self.t("back"), "back")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_ready()

    def field(self) -> Widget:
        """What is typed in; it holds the `value` that there is already."""
        return LineField(value=plain(self._value), id="line", password=self._hidden)

    def typed(self) -> str:
        """What stands in the field now, without spaces around."""
        return self.query_one(LineField).value.strip()

    def action_ready(self) -> None:
        said = self.typed()
        wrong = self._wrong(said) if said else ""
        self._tell_wrong(wrong)
        if not wrong:
            self.dismiss(said if said or self._optional else None)

    def _tell_wrong(self, text: str) -> None:
        below = self.query_one("#wrong", Static)
        below.update(shown(text))
        below.display = bool(text)


class AskSentence(AskLine):
    """A long line to type, of which all stays in sight; it is given as one line all the same."""

    def field(self) -> Widget:
        editor = Editor(id="line")
        editor.fill(plain(self._value))
        return editor

    def typed(self) -> str:
        return " ".join(self.query_one(Editor).text.split())

    def on_editor_done(self, event: Editor.Done) -> None:
        event.stop()
        self.action_ready()


class Help(BartDialog[None]):
    """A text to read, with a way back."""

    WINDOW = "window tall"
    BINDINGS = quiet(("question_mark,f1,enter,space,q", "back"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def inside(self) -> ComposeResult:
        """The text, scrolled by the arrows."""
        with VerticalScroll(id="help"):
            yield ReadingText(id="text")

    def on_mount(self) -> None:
        self.query_one("#text", ReadingText).write(self._text, keys=True)
        self.query_one("#help").focus()
        self.show_keys()

    def keys(self) -> Iterable[Key]:
        yield Key("Esc", self.t("back"), "back")


class Palette(BartDialog[str]):
    """Everything that can be done here, found by typing a part of it.

    Gives the action of the chosen command, None for Esc.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "back", show=False),
        Binding("down", "point(1)", show=False, priority=True),
        Binding("up", "point(-1)", show=False, priority=True),
    ]

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = tuple(commands)

    def inside(self) -> ComposeResult:
        """A line to type in above what fits it."""
        yield LineField(placeholder=self.t("What do you want to do?"), id="line")
        with VerticalScroll(can_focus=False):
            yield Rows(id="found")

    def on_mount(self) -> None:
        self.query_one(Rows).can_focus = False
        self._find("")
        self.query_one(LineField).focus()
        self.show_keys()

    def keys(self) -> Iterable[Key]:
        yield Key("↑↓", self.t("move"), "point(1)")
        yield Key("Enter", self.t("choose"), "choose")
        yield Key("Esc", self.t("back"), "back")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._find(event.value)

    def _find(self, typed: str) -> None:
        parts = typed.lower().split()
        fitting = [
            Row(command.action, plain(command.title))
            for command in self._commands
            if all(part in command.title.lower() for part in parts)
        ]
        self.query_one(Rows).show(fitting or [Row("", self.t("Nothing here is called that."))])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_choose()

    def action_choose(self) -> None:
        """Choose what the pointer stands on."""
        chosen = self.query_one(Rows).row_id
        if chosen:
            self.dismiss(chosen)

    def action_point(self, by: int) -> None:
        self.query_one(Rows).action_move(by)

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        self.dismiss(event.row)
