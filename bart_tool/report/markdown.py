"""Blocks to Markdown in which no text can become anything but text."""

import re
from functools import lru_cache
from typing import assert_never

from bart_tool.report.document import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Line,
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


def escape(text: str) -> str:
    """`text` so that Markdown shows it as it is, on one line.

    Line ends become ` / `, control characters their pictures, and white space at either end goes:
    four spaces would make a block of code.
    """
    return _AT_START.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}",
        _escape_inside(text),
    )


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
            return _line(content)
        case Bullets(lines, numbered):
            marks = (f"{number}." if numbered else "-" for number in range(1, len(lines) + 1))
            return "\n".join(
                f"{mark} {_line(content)}" for mark, content in zip(marks, lines, strict=True)
            )
        case Table(head, rows):
            return _table(head, rows)
        case Figure(name, told, _):
            return f"![{_escape_inside(told)}](figures/{name}.svg)"
        case NewPage():
            return "---"
    assert_never(block)


def _line(content: Line) -> str:
    return "".join(_span(span) for span in content).strip()


def _span(span: Span) -> str:
    text = escape(span.text)
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
    return f"{before}{text}{after}"


def _table(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    written = [_row(head), "|" + " --- |" * len(head), *(_row(row) for row in rows)]
    return "\n".join(written)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escape(cell) or " " for cell in cells) + " |"
