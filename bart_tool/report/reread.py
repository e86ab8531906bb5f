"""Markdown that somebody edited, back to blocks: for the formats that are not made of Markdown."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bart_tool.domain.base import Language
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
)
from bart_tool.wording.translation import words

_Kind = Literal["plain", "strong", "soft"]
_MARKED: Mapping[str, _Kind] = {"strong": "strong", "em": "soft"}
_ELSEWHERE = re.compile("(?i)(https?|mailto):")
OWN_PICTURE = re.compile(r"figures/([a-z0-9-]{1,100})\.svg")


def reader() -> MarkdownIt:
    """What reads a report: CommonMark with tables, in which what looks like HTML is text."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def reread(markdown: str, pictures: Mapping[str, str], language: Language) -> Document:
    """The text as blocks. What no block can say, such as a list in a list, keeps its words.

    `pictures`: name -> SVG, for the images `![text](figures/name.svg)`. In place of one that is not
    among these the report says so; of an image from elsewhere stands its text.
    """
    lost = words(language)("This picture is not here any more.")
    tree = SyntaxTreeNode(reader().parse(markdown))
    return Document(tuple(_blocks(tree, pictures, lost)))


def _blocks(tree: SyntaxTreeNode, pictures: Mapping[str, str], lost: str) -> Iterator[Block]:
    for node in tree.children:
        match node.type:
            case "heading":
                yield Heading(int(node.tag[1:]), _text(_line(node)))
            case "paragraph":
                yield _paragraph(node, pictures, lost)
            case "bullet_list" | "ordered_list":
                yield Bullets(tuple(_items(node)), node.type == "ordered_list")
            case "table":
                head, *rows = _rows(node)
                yield Table(head, tuple(rows))
            case "hr":
                yield NewPage()
            case "fence" | "code_block":
                yield Paragraph((Span(node.content),))
            case _:  # a quotation
                yield from _blocks(node, pictures, lost)


def _paragraph(node: SyntaxTreeNode, pictures: Mapping[str, str], lost: str) -> Block:
    inside = node.children[0].children
    if [each.type for each in inside] == ["image"]:
        found = OWN_PICTURE.fullmatch(str(inside[0].attrs.get("src", "")))
        if found and found[1] in pictures:
            return Figure(found[1], _text(_line(inside[0])), pictures[found[1]])
        if found:
            return Paragraph((Span(lost, "soft"),))
    return Paragraph(_line(node))


def _items(node: SyntaxTreeNode) -> Iterator[Line]:
    """The lines of a list, those of a list in it among them."""
    for each in node.walk():
        if each.type in ("paragraph", "heading"):
            yield _line(each)
        elif each.type in ("fence", "code_block"):
            yield (Span(each.content),)


def _rows(node: SyntaxTreeNode) -> Iterator[tuple[str, ...]]:
    for row in node.walk():
        if row.type == "tr":
            yield tuple(_text(_line(cell)) for cell in row.children)


def _line(node: SyntaxTreeNode) -> Line:
    """The spans of what holds running text, wherever its lines end."""
    spans = [span for each in node.children for span in _spans(each, "plain")]
    return tuple(
        Span("".join(span.text for span in some), kind)
        for kind, some in groupby(spans, key=lambda span: span.kind)
    )


def _spans(node: SyntaxTreeNode, kind: _Kind) -> Iterator[Span]:
    match node.type:
        case "softbreak" | "hardbreak":
            yield Span(" ", kind)
        case "text" | "code_inline":
            yield Span(node.content, kind)
        case _:
            inside = _MARKED.get(node.type, kind)
            for each in node.children:
                yield from _spans(each, inside)
            if node.type == "link":
                yield from _address(node, kind)


def _address(link: SyntaxTreeNode, kind: _Kind) -> Iterator[Span]:
    """Where a link leads, when that is elsewhere and it does not say so itself."""
    address = str(link.attrs.get("href", ""))
    if _ELSEWHERE.match(address) and address != _text(_line(link)):
        yield Span(f" ({address})", kind)


def _text(line: Line) -> str:
    return "".join(span.text for span in line)
