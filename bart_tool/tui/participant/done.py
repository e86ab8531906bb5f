"""After handing in: thanks, and that it is closed."""

from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from bart_tool.tui.key_bar import Key
from bart_tool.tui.participant.my_picture import MyPicture
from bart_tool.tui.participant.visit import ParticipantScreen
from bart_tool.tui.rows import ReadingText
from bart_tool.tui.text import shown


class HandedIn(ParticipantScreen[None]):
    """The sheet is handed in; the own picture can still be read."""

    CSS_PATH = "participant.tcss"
    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "back", show=False),
        Binding("f2", "picture", show=False),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page"):
            yield Static(id="title", classes="title", markup=False)
            yield ReadingText(id="text")
        yield from super().compose()

    def fill(self) -> None:
        practice = self.visit.context.is_practice
        title = self.t("This was practice") if practice else self.t("Handed in. Thank you.")
        self.query_one("#title", Static).update(shown(title))
        self.query_one("#text", ReadingText).write(self._text())

    def _text(self) -> str:
        t, file = self.t, self.visit.context.file
        if self.visit.context.is_practice:
            return t("Nothing was kept. Somebody who takes part has now handed in.")
        lines = [
            t("Your answers are kept and closed."),
            t("Do you want to change something after all? Ask the facilitator to open your sheet."),
        ]
        if file is not None:
            lines.append(t("Give this file to the facilitator: {file}", file=str(file)))
        lines += ["", t("When everybody is done, you talk about where the pictures differ.")]
        return "\n".join(lines)

    def keys(self) -> Iterable[Key]:
        yield Key("Enter", self.t("close"), "back")
        yield Key("F2", self.t("my picture"), "picture")

    def help_text(self) -> str:
        return self._text()

    @work(exclusive=True)
    async def action_picture(self) -> None:
        """Read the own picture once more."""
        await self.bart.ask(MyPicture(self.visit))
        if self.visit.is_left:
            self.close_for_good()
