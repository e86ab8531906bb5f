"""A window in which one types, or chooses what is offered below the line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from bart_tool.tui.base import BartDialog
from bart_tool.tui.dialogs import LineField
from bart_tool.tui.key_bar import Key
from bart_tool.tui.rows import Rows
from bart_tool.tui.text import Row, plain, shown


@dataclass(frozen=True, slots=True)
class Said:
    """What was chosen from a list, by its id, or what was typed instead."""

    chosen: str = ""
    typed: str = ""


class ChooseOrType(BartDialog[Said]):
    """A line to type in above answers to choose from: (id, what it says) pairs. None for Esc.

    Whatever is typed goes into the line, digits and spaces too; only the arrows and the mouse go to
    the answers. Enter takes what was used last: the line, or the answer that the pointer stands on.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "point(1)", show=False, priority=True),
        Binding("up", "point(-1)", show=False, priority=True),
    ]

    def __init__(
        self, title: str, text: str, answers: Sequence[tuple[str, str]], value: str = ""
    ) -> None:
        super().__init__()
        self._title, self._text, self._value = title, text, value
        self._answers = tuple(answers)
        self._points = not value

    def inside(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static(shown(self._title), classes="title", markup=False)
            yield Static(shown(self._text), markup=False)
        yield LineField(value=plain(self._value), id="line")
        with VerticalScroll(id="offered", can_focus=False):
            yield Rows(id="answers")

    def on_mount(self) -> None:
        """The cursor stands in the line, the pointer on the first answer."""
        rows = self.query_one(Rows)
        rows.can_focus = False
        rows.show(Row(name, plain(says)) for name, says in self._answers)
        self.query_one(LineField).focus()
        self.show_keys()

    def keys(self) -> Iterable[Key]:
        yield Key("↑↓", self.t("move"), "point(1)")
        yield Key("Enter", self.t("done"), "ready")
        yield Key("Esc", self.t("back"), "back")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._points = not event.value.strip()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_ready()

    def action_point(self, by: int) -> None:
        """To the answers: Enter takes one of them now."""
        rows = self.query_one(Rows)
        if self._points:
            rows.action_move(by)
        self._points = True

    def action_ready(self) -> None:
        if self._points:
            self.dismiss(Said(chosen=self.query_one(Rows).row_id))
        else:
            self.dismiss(Said(typed=self.query_one(LineField).value.strip()))

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        event.stop()
        self.dismiss(Said(chosen=event.row))
