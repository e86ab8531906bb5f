"""Text for the screen, and rows of it: nothing from a file drives the terminal, nothing hides.

Textual passes escape sequences in content on to the terminal, and reads square brackets as
markup; so text goes through `shown` or `plain` and never into a markup string.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells
from textual.content import Content

from bart_tool.domain.free_text import harmless

ELLIPSIS = "…"
_PARTS = re.compile(r"[^/\\]*[/\\]|[^/\\]+")  # of a path, each with what ends it


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line that may be clicked by itself; `does` says what for, `style` how it looks.

    Styles: "", `key`, `dim`, `strong`, `chosen`, `bad`.
    """

    text: str
    style: str = ""
    does: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `lead` stands before the text, `cells` behind it, `under` on lines below it.

    A row without `id` is a heading or a gap: it is passed over. Texts must be harmless already.
    """

    id: str
    text: str = ""
    style: str = ""
    lead: tuple[Part, ...] = ()
    cells: tuple[Part, ...] = ()
    under: tuple[tuple[Part, ...], ...] = ()


GAP = Row("")


def heading(text: str) -> Row:
    """A row that names what follows."""
    return Row("", text, "strong")


def line(text: str, style: str = "") -> Row:
    """A row to read, made harmless."""
    return Row("", plain(text), style)


def bullet(text: str) -> Row:
    """A row to read in an enumeration, made harmless; its lines hang behind the dash."""
    return Row("", plain(text), lead=(Part("- "),))


def plain(text: str, *, one_line: bool = True) -> str:
    """`text` harmless, for a widget that reads no markup."""
    return harmless(text, one_line=one_line)


def shown(text: str, style: str = "") -> Content:
    """`text` harmless as content in one style; its lines stay lines."""
    return Content.styled(harmless(text), style) if style else Content(harmless(text))


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken at spaces; a longer word is cut in pieces.

    A path is cut behind one of its parts.

    Nothing is dropped but the spaces at a break. Never empty.
    """
    width = max(width, 2)  # the widest character takes two cells
    return [line for part in text.split("\n") for line in _wrapped_line(part, width)]


def _wrapped_line(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            yield line
        *pieces, line = _pieces(word, width)
        yield from pieces
    yield line


def _pieces(word: str, width: int) -> list[str]:
    pieces = [""]
    for part in _PARTS.findall(word):
        if pieces[-1] and cell_len(pieces[-1] + part) <= width:
            pieces[-1] += part
        else:
            pieces += chop_cells(part, width)
    return pieces[1:] or [""]


def fitted(text: str, width: int) -> str:
    """`text` cut to `width` cells, with an ellipsis where something was cut off."""
    if cell_len(text) <= width:
        return text
    return (chop_cells(text, max(width - 1, 1)) or [""])[0] + ELLIPSIS
