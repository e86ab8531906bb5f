"""The line at the foot that says which keys do what here; each can be clicked too."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Key:
    """A key, what it does in a word or two, and the action that a click asks for."""

    key: str
    text: str
    action: str


def quiet(*keys: tuple[str, str]) -> list[BindingType]:
    """Bindings of (keys, action) pairs; what they do is said by the key bar, where it fits."""
    return [Binding(key, action, show=False) for key, action in keys]


class KeyBar(Widget):
    """The keys of a screen, on as many lines as they take; filled anew, never mounted anew."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key"}

    class Pressed(Message):
        """A key was clicked: the screen runs `action`."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: tuple[Key, ...] = ()
        self._seen: list[list[Key]] = []  # the lines as they were painted last

    @property
    def keys(self) -> tuple[Key, ...]:
        """What is shown."""
        return self._keys

    def show(self, keys: Iterable[Key]) -> None:
        shown = tuple(keys)
        if shown == self._keys:
            return
        width = self.size.width
        before = len(self._lines(width))
        self._keys = shown
        # Laying out the whole screen costs more than the line itself.
        self.refresh(layout=not width or len(self._lines(width)) != before)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The lines that the keys take at this width."""
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        width, plain = self.size.width, self.rich_style
        strong = plain + self.get_component_rich_style("key-bar--key", partial=True)
        lines = self._seen = self._lines(width)
        segments = []
        for key in lines[y] if y < len(lines) else ():
            segments += [Segment(f" {key.key} ", strong), Segment(f"{key.text} ", plain)]
        return Strip(segments).adjust_cell_length(width, plain or Style())

    def on_click(self, event: events.Click) -> None:
        place, lines = event.get_content_offset(self), self._seen
        if place is None or place.y >= len(lines):
            return
        x = place.x
        for key in lines[place.y]:
            x -= _cells(key)
            if x < 0:
                self.post_message(self.Pressed(key.action))
                return

    def _lines(self, width: int) -> list[list[Key]]:
        lines: list[list[Key]] = [[]]
        room = width
        for key in self._keys:
            if _cells(key) > room and lines[-1]:
                lines.append([])
                room = width
            lines[-1].append(key)
            room -= _cells(key)
        return lines


def _cells(key: Key) -> int:
    return cell_len(key.key) + cell_len(key.text) + 3
