"""The two lines on top: where one is, whether all is kept, and how far one has come."""

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from bart_tool.tui.text import fitted


class QuestionHeading(Widget):
    """Place on the left, state on the right, a bar below. Mounted once, filled anew."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"heading--bar", "heading--bad"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._place = ""
        self._state = ""
        self._is_bad = False
        self._done = 0.0

    @property
    def state(self) -> str:
        """What is said about saving."""
        return self._state

    @property
    def place(self) -> str:
        """Where one is, in words."""
        return self._place

    def show(self, place: str, done: float) -> None:
        """Show where one is; `done` is the part of the questions behind, 0 to 1."""
        self._place, self._done = place, done
        self.refresh()

    def show_state(self, state: str, *, bad: bool = False) -> None:
        """Show whether all is kept."""
        if (state, bad) != (self._state, self._is_bad):
            self._state, self._is_bad = state, bad
            self.refresh(Region(0, 0, self.size.width, 1))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return 2

    def render_line(self, y: int) -> Strip:
        width, plain = self.size.width, self.rich_style
        if y:
            full = min(max(round(self._done * width), 0), width)
            bar = plain + self.get_component_rich_style("heading--bar", partial=True)
            return Strip([Segment("━" * full, bar), Segment("─" * (width - full), plain)])
        state = self.get_component_rich_style("heading--bad", partial=True)
        room = width - cell_len(self._state) - 1
        place = fitted(self._place, room)
        gap = " " * (width - cell_len(place) - cell_len(self._state))
        return Strip(
            [
                Segment(place + gap, plain),
                Segment(self._state, plain + state if self._is_bad else plain),
            ]
        ).adjust_cell_length(width, plain)
