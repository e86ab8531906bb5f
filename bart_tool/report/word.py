"""Blocks to a Word file, in the styles of a template where somebody gave one."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from itertools import groupby
from typing import Any, assert_never
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import docx
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.exceptions import InvalidXmlError
from docx.image.image import Image
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph
from lxml.etree import XMLSyntaxError

from bart_tool.domain.base import Language
from bart_tool.errors import Problem, Where
from bart_tool.report import columns, typesetting, word_look
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
    flat,
    levels_in_order,
    stands_back,
)
from bart_tool.report.figures.drawing import in_xml
from bart_tool.report.tokens import Tokens, shipped

_UNPACKED = 100 * 1024 * 1024  # bytes that a template may be
# All that python-docx and what it reads with were seen to raise at a file that is damaged.
_NO_WORD = (
    PackageNotFoundError,
    InvalidXmlError,
    BadZipFile,
    XMLSyntaxError,
    zlib.error,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
_PIXEL = Mm(0.22)  # of a picture, on paper
_INCH = 96  # pixels
_HIGHEST = Mm(200)
_NARROW = Mm(101)  # of these two stand side by side
_BETWEEN = Mm(2)
_DOTS = 144  # an inch of a picture as PNG
_SAMPLE = Document(
    (
        Heading(1, "x"),
        Paragraph((Span("x"),)),
        Bullets(((Span("x"),),)),
        Bullets(((Span("x"),),), numbered=True),
        Table(("x",), (("x",),)),
    )
)
_STAMP = (1980, 1, 1, 0, 0, 0)  # of every file in the archive: no clock times


def wrong_with(template: bytes, name: str) -> Problem | None:
    """Why the file called `name` cannot be filled, or None."""
    try:
        with ZipFile(BytesIO(template)) as packed:
            size = sum(each.file_size for each in packed.infolist())
        if size <= _UNPACKED:
            render(_SAMPLE, "", "nl", shipped(), date(2000, 1, 1), template)
            return None
    except _NO_WORD:
        pass
    return Problem("template-no-word", Where(name))


def render(
    document: Document,
    title: str,
    language: Language,
    tokens: Tokens,
    day: date,
    template: bytes | None = None,
) -> bytes:
    """The document as a Word file, the same bytes for the same document and `day`.

    `template`: a Word file of which the styles, the headers and what stands in it stay; the
    document comes behind that. It must be one that `wrong_with` has nothing against.
    """
    file = _started(template)
    if template is None:
        word_look.own(file, tokens)
    word_look.in_language(file, language)
    blocks = tuple(levels_in_order(filled(document.blocks)))
    writer = _Writer(file, tokens, _as_png(blocks, tokens))
    writer.write(blocks)
    _say_what_it_is(file, title, language, day)
    made = BytesIO()
    file.save(made)
    return _without_times(made.getvalue())


def _started(template: bytes | None) -> WordFile:
    """A Word file to write in. Raises one of `_NO_WORD` for a template that is none."""
    if template is None:
        return docx.Document()
    file = docx.Document(BytesIO(template))
    body: Any = file.element.body
    for part in reversed(body.xpath("./*[not(self::w:sectPr)]")):
        if part.tag != qn("w:p") or part.xpath("./*[not(self::w:pPr)] | ./w:pPr/w:sectPr"):
            break  # what stands in it stays, and so does where a part of its own sheets ends
        body.remove(part)
    return file


def _as_png(blocks: Sequence[Block], tokens: Tokens) -> dict[str, bytes]:
    """Name -> the picture as PNG."""
    pictures = {block.name: block.svg for block in blocks if isinstance(block, Figure)}
    if not pictures:
        return {}
    data = {"pictures": [typesetting.standalone(svg, tokens) for svg in pictures.values()]}
    made = typesetting.compiled("pictures.typ", json.dumps(data), format="png", ppi=_DOTS)
    return dict(zip(pictures, made, strict=True))


@dataclass
class _Writer:
    """What writes the blocks below each other."""

    file: WordFile
    tokens: Tokens
    pictures: dict[str, bytes]
    lists: word_look.Lists = field(init=False)
    end: Any = field(init=False)  # what says how the last sheets are; some templates lack it
    style_ids: dict[str, str | None] = field(default_factory=dict)
    before: WordParagraph | None = None  # what was just written, unless a table
    is_new_page: bool = False
    is_below_table: bool = False

    def __post_init__(self) -> None:
        self.lists = word_look.Lists(self.file)
        body: Any = self.file.element.body
        self.end = body.find(qn("w:sectPr"))

    def write(self, blocks: Sequence[Block]) -> None:
        """Write the blocks, and what must follow a table."""
        for are_pictures, some in groupby(blocks, lambda block: isinstance(block, Figure)):
            if are_pictures:
                self._pictures([block for block in some if isinstance(block, Figure)])
            else:
                for block in some:
                    self._block(block)
        if self.is_below_table:
            self._paragraph("Normal")

    def _block(self, block: Block) -> None:
        match block:
            case Heading(level, text):
                self._line((Span(text),), f"Heading {min(level, 9)}")
            case Paragraph(content):
                written = self._line(content, "Normal")
                written.paragraph_format.keep_with_next = stands_back(content) or None
            case Bullets(lines, numbered):
                style = "List Number" if numbered else "List Bullet"
                number = self.lists.begun(style, numbered=numbered)
                for content in lines:
                    word_look.in_list(self._line(content, style), number)
            case Table(head, rows):
                self._table(head, rows)
            case Figure():
                self._pictures([block])
            case NewPage():
                self.is_new_page = bool(self.file.paragraphs)
            case _:
                assert_never(block)

    def _line(self, content: Line, style: str) -> WordParagraph:
        paragraph = self._paragraph(style)
        _write(paragraph, content, self.tokens)
        return paragraph

    def _paragraph(self, style: str) -> WordParagraph:
        paragraph = self._added()
        paragraph._p.style = self._style_id(style)
        if self.is_new_page:
            paragraph.paragraph_format.page_break_before = True
        elif self.is_below_table and not style.startswith("Heading"):
            paragraph.paragraph_format.space_before = Pt(8)
        self.is_new_page = self.is_below_table = False
        self.before = paragraph
        return paragraph

    def _added(self) -> WordParagraph:
        """A paragraph behind what is written: python-docx would seek that among all there is."""
        made: Any = OxmlElement("w:p")
        if self.end is None:
            self.file.element.body.append(made)
        else:
            self.end.addprevious(made)
        return WordParagraph(made, self.file._body)

    def _style_id(self, name: str) -> str | None:
        """What a paragraph says to be in this style; sought once, for it takes milliseconds."""
        if name not in self.style_ids:
            part: Any = self.file.part
            found = word_look.style(self.file, name)
            self.style_ids[name] = part.get_style_id(found, WD_STYLE_TYPE.PARAGRAPH)
        return self.style_ids[name]

    def _table(self, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
        if self.is_new_page or self.is_below_table:  # two tables would become one
            self._paragraph("Normal")
        size = columns.letters(head)
        wide = word_look.between_margins(self.file)
        widths = [Mm(each) for each in columns.widths(head, rows, size, wide.mm)]
        table = self.file.add_table(rows=1 + len(rows), cols=len(head))
        cells = word_look.table_cells(table, widths, self.tokens)
        for number, row in enumerate((head, *rows)):
            for place, (said, cell) in enumerate(zip(row, next(cells), strict=True)):
                span = Span(said, "strong" if number == 0 or place == 0 else "plain")
                about = cell.paragraph_format
                about.space_before, about.space_after = Pt(1.5), Pt(1.5)
                _write(cell, (span,), self.tokens, Pt(size))
        self.is_below_table, self.before = True, None

    def _pictures(self, figures: Sequence[Figure]) -> None:
        """Pictures in a row of text: so two narrow ones stand side by side.

        What is said just before stays with them: it is what they show.
        """
        if self.before is not None:
            self.before.paragraph_format.keep_with_next = True
        paragraph = self._paragraph("Normal")
        whole = word_look.between_margins(self.file)
        most = whole if len(figures) == 1 else Length(whole // 2 - _BETWEEN)
        for figure in figures:
            png = self.pictures[figure.name]
            size = Image.from_blob(png)
            wide, high = (_PIXEL * _INCH * dots / _DOTS for dots in (size.px_width, size.px_height))
            room = most if wide <= _NARROW else whole
            factor = min(1, room / wide, _HIGHEST / high)
            drawn = paragraph.add_run().add_picture(
                BytesIO(png), Length(int(wide * factor)), Length(int(high * factor))
            )
            paragraph.add_run(" ")
            for side in "TBLR":  # else some programs keep a margin around it
                drawn._inline.set(f"dist{side}", "0")
            about = drawn._inline.docPr
            about.set("name", figure.name)
            about.set("descr", _plain(figure.told))


def _write(
    paragraph: WordParagraph, content: Line, tokens: Tokens, size: Length | None = None
) -> None:
    for span in as_read(content):
        run = paragraph.add_run(in_xml(span.text))
        run.font.size = size
        match span.kind:
            case "strong":
                run.bold = True
            case "soft":
                run.font.color.rgb = word_look.colour(tokens, "dim")
            case "said" | "plain":
                pass
            case _:
                assert_never(span.kind)


def _plain(said: str) -> str:
    return in_xml(flat(said))


def _say_what_it_is(file: WordFile, title: str, language: Language, day: date) -> None:
    about = file.core_properties
    about.title, about.language = _plain(title), language
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = datetime.combine(day, time())
    about.revision = 1


def _without_times(made: bytes) -> bytes:
    """The same archive without the time at which it was made."""
    again = BytesIO()
    with ZipFile(BytesIO(made)) as packed, ZipFile(again, "w", ZIP_DEFLATED) as stamped:
        for each in packed.infolist():
            stamped.writestr(ZipInfo(each.filename, _STAMP), packed.read(each), ZIP_DEFLATED)
    return again.getvalue()
