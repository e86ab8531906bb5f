"""Rows to choose from, with text markers: readable without colour, wrapped, filled anew.

One widget serves lists of options, the table of levels and the overviews. It draws rows and says
what was clicked or moved to; what a key does is the screen's business.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from bart_tool.domain.free_text import harmless
from bart_tool.tui.text import Part, Row, fitted, wrapped

POINTER = "›"
MOST_KEY = 16  # characters; what is longer is no key


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    parts: tuple[Part, ...]
    has_pointer: bool = False


class Rows(Widget, can_focus=True):
    """Rows, one of which the pointer stands on. `column` is the cell it stands on, if any."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--cursor",
        "rows--cell",
        "rows--key",
        "rows--dim",
        "rows--strong",
        "rows--chosen",
        "rows--bad",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "move(-1)"),
        ("down", "move(1)"),
        ("home", "first"),
        ("end", "last"),
        ("pageup", "move(-5)"),
        ("pagedown", "move(5)"),
    ]

    class Clicked(Message):
        """A row was clicked; `does` is what the clicked part is for, or empty."""

        def __init__(self, rows: "Rows", row: str, does: str) -> None:
            super().__init__()
            self.rows = rows
            self.row = row
            self.does = does

        @property
        def control(self) -> "Rows":
            """The rows it happened in."""
            return self.rows

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
        keeps_pointer: bool = False,
        starts_nowhere: bool = False,
        moved: Callable[[], None] = lambda: None,
    ) -> None:
        """`keeps_pointer`: the pointer is seen also when the keys go elsewhere.

        `starts_nowhere`: it stands on no row until it is moved or put somewhere.
        `moved` is called when a key has moved it, before the next key means anything.
        """
        super().__init__(id=id, classes=classes)
        self._keeps_pointer = keeps_pointer
        self._starts_nowhere = starts_nowhere
        self._moved = moved
        self._rows: tuple[Row, ...] = ()
        self._at = -1
        self._column: int | None = None
        self._lines: tuple[int, list[_Line]] = (-1, [])
        self._seen: tuple[tuple[Row, ...], list[_Line]] = ((), [])  # as they were painted last

    @property
    def row_id(self) -> str:
        """The id of the row that the pointer stands on, or empty."""
        return self._rows[self._at].id if 0 <= self._at < len(self._rows) else ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    @property
    def column(self) -> int | None:
        """The cell that the pointer stands on."""
        return self._column

    def show(self, rows: Iterable[Row], at: str = "", column: int | None = None) -> None:
        """Show these rows with the pointer on row `at`, else where it starts."""
        before = (self._rows, self._at, self._column)
        self._rows = tuple(rows)
        self._column = column
        ids = [row.id for row in self._rows]
        first = next((n for n, row in enumerate(ids) if row), -1)
        start = -1 if self._starts_nowhere else first
        self._at = ids.index(at) if at and at in ids else start
        if (self._rows, self._at, self._column) != before:
            self._drawn_anew()

    def point_at(self, row: str, column: int | None = None) -> None:
        """Move the pointer to `row`, without a message."""
        for number, there in enumerate(self._rows):
            if there.id == row:
                self._at, self._column = number, column
                self._drawn_anew()
                self.show_pointer()

    def action_move(self, by: int) -> None:
        """Move the pointer `by` rows that can be chosen."""
        choosable = [n for n, row in enumerate(self._rows) if row.id]
        nowhere = -1 if by > 0 else len(choosable)  # one step further is the first, or the last
        here = choosable.index(self._at) if self._at in choosable else nowhere
        there = choosable[min(max(here + by, 0), len(choosable) - 1)] if choosable else self._at
        if there == self._at:
            # Nothing more to point at: show what stands above or below all the same.
            if isinstance(self.parent, Widget):
                self.parent.scroll_relative(y=by, animate=False)
            return
        self._at = there
        self._drawn_anew()
        self.show_pointer()
        self._moved()

    def action_first(self) -> None:
        """Move the pointer to the first row."""
        self.action_move(-len(self._rows))

    def action_last(self) -> None:
        """Move the pointer to the last row."""
        self.action_move(len(self._rows))

    def show_pointer(self) -> None:
        """Scroll so that the row of the pointer is in sight."""
        lines = self._lines_at(self.size.width or 80)
        mine = [y for y, line in enumerate(lines) if line.row == self._at]
        if mine and isinstance(self.parent, Widget):
            top = self.virtual_region.y
            region = Region(0, top + mine[0], 1, mine[-1] - mine[0] + 1)
            self.parent.scroll_to_region(region, animate=False, force=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """The lines that the rows take at this width."""
        return len(self._lines_at(width))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        lines = self._lines_at(width)
        if y >= len(lines):
            return Strip.blank(width, self.rich_style)
        self._seen = (self._rows, lines)
        line = lines[y]
        plain = self.rich_style + self._style("cursor" if line.has_pointer else "")
        segments = [Segment(part.text, plain + self._style(part.style)) for part in line.parts]
        return Strip(segments).adjust_cell_length(width, plain)

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was seen there, if it still is among the rows."""
        place = event.get_content_offset(self)
        rows, lines = self._seen
        if place is None or place.y >= len(lines):
            return
        line = lines[place.y]
        row = rows[line.row]
        here = line.row if rows is self._rows else self._number_of(row.id)
        if not row.id or here < 0:
            return
        self._at = here
        self._drawn_anew()
        self.post_message(self.Clicked(self, row.id, _part_at(line.parts, place.x)))

    def _number_of(self, row: str) -> int:
        return next((number for number, each in enumerate(self._rows) if each.id == row), -1)

    def watch_has_focus(self, has_focus: bool) -> None:
        """The pointer shows only where the keys go."""
        super().watch_has_focus(has_focus)
        self._drawn_anew()

    @property
    def _shows_pointer(self) -> bool:
        """Only where the keys go, but for rows that keep it or never take the keys."""
        return self.has_focus or self._keeps_pointer or not self.can_focus

    def _style(self, name: str) -> Style:
        if not name:
            return Style()
        return self.get_component_rich_style(f"rows--{name}", partial=True)

    def _drawn_anew(self) -> None:
        """Paint the lines that are others now, and no more.

        Laying out the whole screen costs more than all the rest of a key press together.
        """
        width, before = self._lines
        self._lines = (-1, [])
        after = self._lines_at(width) if width > 0 else []
        if width <= 0 or len(after) != len(before):
            self.refresh(layout=True)
            return
        changed = [y for y, line in enumerate(after) if line != before[y]]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))
        else:  # other rows may look the same
            self._seen = (self._rows, after)

    def _lines_at(self, width: int) -> list[_Line]:
        if self._lines[0] != width:
            drawn = [
                _Line(number, parts, number == self._at and bool(row.id) and self._shows_pointer)
                for number, row in enumerate(self._rows)
                for parts in self._drawn(row, number == self._at, width)
            ]
            self._lines = (width, drawn)
        return self._lines[1]

    def _drawn(self, row: Row, pointed: bool, width: int) -> list[tuple[Part, ...]]:
        pointer = Part(f"{POINTER} " if pointed and row.id and self._shows_pointer else "  ")
        lead = (pointer, *row.lead) if row.id or row.cells else row.lead
        indent = sum(cell_len(part.text) for part in lead)
        if row.under and not row.text and not lead:  # only pieces, on as many lines as they take
            return [line for under in row.under for line in _in_lines(under, width)]
        cells = _pointed(row.cells, self._column if pointed else None)
        room = width - indent - sum(cell_len(part.text) for part in cells)
        first, *rest = wrapped(row.text, room)
        pad = " " * max(room - cell_len(first), 0) if cells else ""
        lines = [(*lead, Part(first + pad, row.style), *cells)]
        lines += [(Part(" " * indent), Part(line, row.style)) for line in rest]
        for under in row.under:
            lines += [(Part(" " * indent), *parts) for parts in _in_lines(under, width - indent)]
        return lines


class ReadingText(Rows, can_focus=False):
    """Lines to read, where those that begin with a dash hang below their own first word."""

    def write(self, text: str, *, keys: bool = False) -> None:
        """Show `text`, which need not be harmless yet.

        With `keys` a line `Enter  go on`, a key before a double space, hangs behind its key.
        """
        self.show(_read(line, keys) for line in harmless(text).split("\n"))


def _read(line: str, keys: bool) -> Row:
    if line.startswith("- "):
        return Row("", line[2:], lead=(Part("- "),))
    key, gap, says = line.partition("  ")
    if keys and gap and 0 < len(key) <= MOST_KEY:
        return Row("", says, lead=(Part(key, "key"), Part("  ")))
    return Row("", line)


def _pointed(cells: tuple[Part, ...], column: int | None) -> tuple[Part, ...]:
    if column is None:
        return cells
    here = cells[column]
    return (*cells[:column], Part(here.text, "cell", here.does), *cells[column + 1 :])


def _in_lines(parts: tuple[Part, ...], width: int) -> list[tuple[Part, ...]]:
    """`parts` in as many lines as they take; a part too wide for a line by itself is broken."""
    lines: list[tuple[Part, ...]] = [()]
    room = width
    for part in (piece for whole in parts for piece in _pieces(whole, width)):
        size = cell_len(part.text)
        if size > room and lines[-1]:
            lines.append(())
            room = width
        lines[-1] = (*lines[-1], part)
        room -= size
    return lines


def _pieces(part: Part, width: int) -> list[Part]:
    """`part` in pieces that each fit on a line; what is cut off could not be read anywhere."""
    if cell_len(part.text.rstrip()) <= width:
        return [Part(fitted(part.text, width), part.style, part.does)]
    return [Part(piece, part.style, part.does) for piece in wrapped(part.text, width)]


def _part_at(parts: tuple[Part, ...], x: int) -> str:
    for part in parts:
        x -= cell_len(part.text)
        if x < 0:
            return part.does
    return ""
