"""A report as blocks: what it says, before it is Markdown or anything else.

All text in it is plain: a renderer escapes it, whoever wrote it. Only the kind of a span says how
it is to look.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `said`: somebody's own words, shown between quotation marks."""

    text: str
    kind: Literal["plain", "strong", "soft", "said"] = "plain"


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts, with numbers when their order says something."""

    lines: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row is as long as its head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture under a name of its own. `told` says all that it shows, for who reads."""

    name: str
    told: str
    svg: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a new sheet of paper."""


Block = Heading | Paragraph | Bullets | Table | Figure | NewPage


@dataclass(frozen=True, slots=True)
class Document:
    """A whole text in reading order."""

    blocks: tuple[Block, ...]

    @property
    def pictures(self) -> dict[str, str]:
        """Name -> SVG of every picture in it."""
        return {block.name: block.svg for block in self.blocks if isinstance(block, Figure)}


def line(*parts: str | Span) -> Line:
    """A line of plain text and spans."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def strong(text: str) -> Span:
    """Text that stands out."""
    return Span(text, "strong")


def soft(text: str) -> Span:
    """Text that stands back."""
    return Span(text, "soft")


def quoted(text: str) -> Span:
    """Somebody's own words."""
    return Span(text, "said")


def paragraph(*parts: str | Span) -> Paragraph:
    """A paragraph of plain text and spans."""
    return Paragraph(line(*parts))


def bullets(lines: Iterable[Line], *, numbered: bool = False) -> Bullets:
    """A list of the lines, which may be made one by one."""
    return Bullets(tuple(lines), numbered)
