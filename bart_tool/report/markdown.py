"""Blocks to Markdown in which no text can become anything but text."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import assert_never

from bart_tool.report.document import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Line,
    Link,
    NewPage,
    Paragraph,
    Span,
    Table,
    filled,
    flat,
)

# Everything that starts something in CommonMark or its common extensions, wherever it stands.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~&@#!$^{}=]")
# What starts a link without any mark, where links are recognised by themselves.
_LINK = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(:)|(www)(\.)")
# What starts a list, a rule or a heading at the beginning of a line.
_AT_START = re.compile(r"^(\d{1,9})([.)])|^([-+:])")
# Where a line may end: at a space, but not in what brackets hold shortly, as "(4 of 6)".
_BREAKS = re.compile(r" (?![^()]{0,12}\))")
WIDTH = 90  # of a line of running text: it is also read raw, in a terminal


def anchor(text: str) -> str:
    """How a heading is called in a link, as forges and pandoc call it too.

    Among headings with the same text the second is called `…-1`.
    """
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def escape(text: str) -> str:
    """`text` so that Markdown shows it as it is, on one line.

    Line ends become ` / `, control characters their pictures, and white space at either end goes:
    four spaces would make a block of code.
    """
    return _not_at_start(_escape_inside(text))


@lru_cache(maxsize=4096)  # the same names and levels come back on every page
def _escape_inside(text: str) -> str:
    """As `escape`, for text behind a mark that already began the line."""
    marked = _ANYWHERE.sub(r"\\\g<0>", flat(text))
    return _LINK.sub(lambda found: f"{found[1] or found[3]}\\{found[2] or found[4]}", marked)


def render(document: Document) -> str:
    """The document as Markdown, ending with a line end."""
    return "\n\n".join(_block(block) for block in filled(document.blocks)) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {_escape_inside(text)}"
        case Paragraph(content):
            return _wrapped(_line(content))
        case Bullets(lines, numbered):
            marks = (f"{number}. " if numbered else "- " for number in range(1, len(lines) + 1))
            return "\n".join(
                mark + _wrapped(_line(content), len(mark))
                for mark, content in zip(marks, lines, strict=True)
            )
        case Table(head, rows, links):
            return _table(head, rows, links)
        case Figure(name, told, _):
            return f"![{_escape_inside(told)}](figures/{name}.svg)"
        case NewPage():
            return "---"
    assert_never(block)


def _line(content: Line) -> str:
    return _not_at_start("".join(_span(span) for span in content).strip())


def _wrapped(text: str, indent: int = 0) -> str:
    """`text` over lines of at most `WIDTH` where it has spaces; those after the first indented."""
    lines: list[str] = []
    for word in _BREAKS.split(text):
        if lines and len(lines[-1]) + 1 + len(word) + indent <= WIDTH:
            lines[-1] += f" {word}"
        else:  # what now begins a line must not begin a list
            lines.append(_not_at_start(word) if lines else word)
    return f"\n{' ' * indent}".join(lines)


def _not_at_start(text: str) -> str:
    return _AT_START.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text
    )


def _span(span: Span) -> str:
    text = _escape_inside(span.text)
    if not text:
        return " " if span.text else ""
    # The marks of emphasis must touch the text, so white space goes outside them.
    before = " " if span.text[:1].isspace() else ""
    after = " " if span.text[-1:].isspace() else ""
    match span.kind:
        case "strong":
            text = f"**{text}**"
        case "soft":
            text = f"*{text}*"
        case "said":
            text = f"“{text}”"
        case "plain":
            pass
    return f"{before}{_leading(text, span.link) if span.link else text}{after}"


def _leading(text: str, link: Link) -> str:
    """`text`, which is Markdown already, as a link."""
    place = f"{link.document}.md" if link.document else ""
    return f"[{text}]({place}{f'#{anchor(flat(link.heading))}' if link.heading else ''})"


def _table(
    head: tuple[str, ...], rows: tuple[tuple[str, ...], ...], links: tuple[Link, ...]
) -> str:
    written = [_row([escape(cell) for cell in row]) for row in (head, *rows)]
    for number, link in enumerate(links):
        first, *others = (escape(cell) for cell in rows[number])
        written[number + 1] = _row([_leading(first, link), *others])
    return "\n".join((written[0], "|" + " --- |" * len(head), *written[1:]))


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell or " " for cell in cells) + " |"
