"""The blocks of a document as markdown-it reads their Markdown, of which only the lines are read.

A page is made of these. That they are what is read of the whole text, a test says of any text:
so a page says the same whether it is made of the blocks, or of the text that somebody edited.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import assert_never

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bart_tool.report import markdown
from bart_tool.report.document import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    NewPage,
    Paragraph,
    Table,
    filled,
)

# What means nothing in a line of CommonMark.
_PLAIN = re.compile(r"[^\x00-\x1f\\`*_\[\]!<&]*")


def tokens_of(document: Document, reader: MarkdownIt) -> list[Token]:
    """What `reader` reads of the document's Markdown."""
    blocks = tuple(filled(document.blocks))
    if any(isinstance(one, Bullets) and isinstance(two, Bullets) for one, two in pairwise(blocks)):
        return reader.parse(markdown.render(document))  # in Markdown these are one list
    return [token for block in blocks for token in _block(block, reader)]


def _block(block: Block, reader: MarkdownIt) -> Iterator[Token]:
    match block:
        case Heading(level, text):
            yield from _around("heading", f"h{level}", markdown.escape_inside(text), reader)
        case Paragraph(content):
            text = markdown.wrapped(markdown.written(content))
            yield from _around("paragraph", "p", text, reader)
        case Figure():
            yield from _around("paragraph", "p", markdown.block(block), reader)
        case Bullets(lines, numbered):
            kind, tag = ("ordered_list", "ol") if numbered else ("bullet_list", "ul")
            yield _token(f"{kind}_open", tag, 1)
            for number, content in enumerate(lines, start=1):
                indent = len(f"{number}. ") if numbered else 2
                text = markdown.wrapped(markdown.written(content), indent)
                yield _token("list_item_open", "li", 1)
                if text:
                    lines_of_it = text.replace("\n" + " " * indent, "\n")
                    yield from _around("paragraph", "p", lines_of_it, reader, hidden=True)
                yield _token("list_item_close", "li", -1)
            yield _token(f"{kind}_close", tag, -1)
        case Table():
            yield from _table(markdown.cells(block), reader)
        case NewPage():
            yield _token("hr", "hr", 0)
        case _ as unknown:
            assert_never(unknown)


def _table(rows: Sequence[Sequence[str]], reader: MarkdownIt) -> Iterator[Token]:
    yield _token("table_open", "table", 1)
    for part, tag, some in (("thead", "th", rows[:1]), ("tbody", "td", rows[1:])):
        yield _token(f"{part}_open", part, 1)
        for row in some:
            yield _token("tr_open", "tr", 1)
            for cell in row:
                yield from _around(tag, tag, cell, reader)
            yield _token("tr_close", "tr", -1)
        yield _token(f"{part}_close", part, -1)
    yield _token("table_close", "table", -1)


def _around(
    kind: str, tag: str, text: str, reader: MarkdownIt, *, hidden: bool = False
) -> Iterator[Token]:
    """An element with `text`, which is Markdown, in it."""
    text = text.strip()
    yield _token(f"{kind}_open", tag, 1, hidden=hidden)
    if _PLAIN.fullmatch(text) is None:
        children = reader.parseInline(text)[0].children
    else:
        children = [Token("text", "", 0, content=text)] if text else []
    yield Token("inline", "", 0, content=text, children=children, block=True)
    yield _token(f"{kind}_close", tag, -1, hidden=hidden)


def _token(kind: str, tag: str, nesting: int, *, hidden: bool = False) -> Token:
    return Token(kind, tag, nesting, block=True, hidden=hidden)  # type: ignore[arg-type]
