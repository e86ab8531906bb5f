"""The palette: everything that can be done here, found by typing a part of it."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input

from bart_tool.tui.base import BartDialog, Command
from bart_tool.tui.editor import LineField
from bart_tool.tui.key_bar import Key, KeyBar
from bart_tool.tui.rows import Rows
from bart_tool.tui.text import Row, plain


class Palette(BartDialog[str]):
    """Commands to choose from; gives the action of the chosen one, None for Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+p", "back", show=False),
        Binding("down", "point(1)", show=False, priority=True),
        Binding("up", "point(-1)", show=False, priority=True),
    ]

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = tuple(commands)

    def compose(self) -> ComposeResult:
        """A line to type in above what fits it."""
        with Vertical(classes="window"):
            yield LineField(placeholder=self.t("What do you want to do?"), id="line")
            with VerticalScroll(can_focus=False):
                yield Rows(id="found")
            yield KeyBar(id="keys")

    def on_mount(self) -> None:
        self.query_one(Rows).can_focus = False
        self._find("")
        self.query_one(LineField).focus()
        t = self.t
        self.query_one(KeyBar).show(
            (
                Key("↑↓", t("move"), "point(1)"),
                Key("Enter", t("choose"), "choose"),
                Key("Esc", t("back"), "back"),
            )
        )

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
