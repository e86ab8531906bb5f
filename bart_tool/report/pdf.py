"""Blocks to PDF: tagged, in a font and colours of its own, and every text in it as data."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, pairwise
from typing import Any, assert_never

from bart_tool.domain.base import Language
from bart_tool.report import columns, own_font, typesetting
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
    as_read,
    filled,
    levels_in_order,
    stands_back,
)
from bart_tool.report.tokens import COLOURS, Tokens

# For reading aloud and for keeping: tagged PDF (ISO 14289-1) and archive (ISO 19005-2, level A).
STANDARDS = ["ua-1", "a-2a"]
_WIDE = 176.0  # mm between the margins
FEW = 4  # paragraphs


def render(document: Document, title: str, language: Language, tokens: Tokens, day: date) -> bytes:
    """The document as PDF, the same bytes for the same document and `day`, when it is of."""
    blocks = levels_in_order(filled(document.blocks))
    data = {
        "title": _text(title),
        "language": language,
        "day": [day.year, day.month, day.day],
        "font": own_font.FAMILY,
        "colours": {name: tokens.light[name] for name in COLOURS},
        "blocks": list(_in_rows(list(_blocks(blocks, tokens)))),
    }
    (made,) = typesetting.compiled("report.typ", json.dumps(data), pdf_standards=STANDARDS)
    return made


def _blocks(blocks: Iterable[Block], tokens: Tokens) -> Iterator[dict[str, Any]]:
    for are_pictures, some in groupby(blocks, lambda block: isinstance(block, Figure)):
        if are_pictures:
            yield {"kind": "pictures", "pictures": [_block(each, tokens) for each in some]}
        else:
            yield from (_block(each, tokens) for each in some)


def _in_rows(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The blocks, with parts in rows that would each leave half of the sheet empty."""
    starts = [n for n, each in enumerate(blocks) if each.get("level") == 2]
    parts = [blocks[start:end] for start, end in pairwise([0, *starts, len(blocks)])]
    for most, some in groupby(parts, _beside):
        alike = list(some)
        for row in (alike[at : at + most] for at in range(0, len(alike), most)):
            if len(row) > 1:
                yield {"kind": "row", "parts": row}
            else:
                yield from row[0]


def _beside(part: list[dict[str, Any]]) -> int:
    """How many parts like this one stand in a row: of one picture, or of a few sentences."""
    if not part or part[0].get("level") != 2:  # what stands before the first part
        return 1
    kinds = Counter(each["kind"] for each in part[1:])
    if kinds.keys() == {"paragraph", "pictures"} and kinds["pictures"] == 1:
        return 2
    return 3 if kinds.keys() <= {"paragraph", "bullets"} and kinds.total() <= FEW else 1


def _block(block: Block, tokens: Tokens) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": _text(text)}
        case Paragraph(content):
            opens = stands_back(content)
            return {"kind": "paragraph", "spans": _spans(content), "opens": opens}
        case Bullets(lines, numbered):
            return {
                "kind": "bullets",
                "numbered": numbered,
                "lines": [_spans(each) for each in lines],
            }
        case Table(head, rows):
            size = columns.letters(head)
            return {
                "kind": "table",
                "head": [_text(cell) for cell in head],
                "rows": [[_text(cell) for cell in row] for row in rows],
                "size": size,
                "columns": columns.widths(head, rows, size, _WIDE),
            }
        case Figure(_, told, svg):
            return {"told": _text(told), "svg": typesetting.standalone(svg, tokens)}
        case NewPage():
            return {"kind": "new-page"}
    assert_never(block)


def _spans(content: Line) -> list[dict[str, str]]:
    return [{"kind": span.kind, "text": own_font.shown(span.text)} for span in as_read(content)]


def _text(said: str) -> str:
    return "".join(span["text"] for span in _spans((Span(said),)))
