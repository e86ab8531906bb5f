"""A report as blocks: what it says, before it is Markdown or anything else.

All text in it is plain: a renderer escapes it, whoever wrote it. Only the kind of a span says how
it is to look.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from bart_tool.domain.free_text import harmless


@dataclass(frozen=True, slots=True)
class Link:
    """Where text leads to: the heading called so; without `document` in the same text.

    `document` is the name of another one, as its file is called without ending. An empty heading
    is its beginning.
    """

    heading: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `said`: somebody's own words, shown between quotation marks."""

    text: str
    kind: Literal["plain", "strong", "soft", "said"] = "plain"
    link: Link | None = None


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
    """A table; every row is as long as its head. `links`: where the first cell of each leads."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...] = ()


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


def linked(text: str, heading: str = "", document: str = "") -> Span:
    """Text that leads to a heading, here or in another document."""
    return Span(text, link=Link(heading, document))


def quoted(text: str) -> Span:
    """Somebody's own words."""
    return Span(text, "said")


def paragraph(*parts: str | Span) -> Paragraph:
    """A paragraph of plain text and spans."""
    return Paragraph(line(*parts))


def bullets(lines: Iterable[Line], *, numbered: bool = False) -> Bullets:
    """A list of the lines, which may be made one by one."""
    return Bullets(tuple(lines), numbered)


def filled(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks that say something."""
    return (block for block in blocks if _is_filled(block))


def _is_filled(block: Block) -> bool:
    match block:
        case Bullets(lines):
            return bool(lines)
        case Table(_, rows):
            return bool(rows)
        case Paragraph(content):
            return any(span.text.strip() for span in content)
        case Heading(_, text):
            return bool(text.strip())
        case Figure() | NewPage():
            return True
    assert_never(block)


def levels_in_order(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with no level of heading left out: programs that read aloud count on it."""
    before = 0
    for block in blocks:
        if isinstance(block, Heading):
            before = min(block.level, before + 1)
            yield replace(block, level=before)
        else:
            yield block


def flat(text: str) -> str:
    """`text` on one line, and harmless. Line ends become ` / `; white space at either end goes."""
    parts = " / ".join(part.strip() for part in text.splitlines() if part.strip())
    return re.sub(r"[ \u00a0\u3000]+", " ", harmless(parts, one_line=True)).strip()


def stands_back(content: Line) -> bool:
    """Whether all of the line does: then it says how to read what follows, and stays with that."""
    return all(span.kind == "soft" for span in content)


def as_read(content: Line) -> Line:
    """The line as it is read where no text is markup: flat, and what somebody said in quotes."""
    spans = [_as_read(span) for span in content]
    if spans:
        spans[0] = replace(spans[0], text=spans[0].text.lstrip())
        spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip())
    return tuple(span for span in spans if span.text)


def _as_read(span: Span) -> Span:
    text = flat(span.text)
    if text and span.kind == "said":
        text = f"“{text}”"
    before = " " if span.text[:1].isspace() else ""
    after = " " if span.text[-1:].isspace() else ""
    return replace(span, text=f"{before}{text}{after}" if text else before)
