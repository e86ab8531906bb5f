"""How a Word file looks: styles, lists and tables, its own or those of a template."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import BaseStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from bart_tool.domain.base import Language
from bart_tool.report.tokens import Tokens

FONT = "Calibri"  # Word brings it; elsewhere Carlito takes its place, letter for letter
_REGION = {"nl": "nl-NL", "en": "en-GB"}
_HEADINGS = ((1, 20), (2, 14), (3, 12), (4, 11))  # level, points
_LIST = """<w:abstractNum {ns} w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="357" w:hanging="357"/></w:pPr></w:lvl>
</w:abstractNum>"""


def own(file: WordFile, tokens: Tokens) -> None:
    """The look of a file without a template: A4, and the colours of the pages."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)
    normal = file.styles["Normal"]
    _letters(normal, 10.5, colour(tokens, "ink"))
    normal.paragraph_format.space_after = Pt(6)
    for level, size in _HEADINGS:
        heading = file.styles[f"Heading {level}"]
        _letters(heading, size, colour(tokens, "ink" if level == 1 else "main"))
        heading.paragraph_format.space_before = Pt(0 if level == 1 else size)
        heading.paragraph_format.space_after = Pt(size / 3)
    for setting in file.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word says that it is a file of an old version
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    page = OxmlElement("w:fldSimple")
    page.set(qn("w:instr"), "PAGE")
    foot._p.append(page)


def _letters(of: BaseStyle, size: float, colour: RGBColor) -> None:
    font: Any = of
    font.font.name, font.font.size, font.font.color.rgb = FONT, Pt(size), colour
    fonts = of.element.rPr.rFonts  # else those of the theme go before
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def colour(tokens: Tokens, name: str) -> RGBColor:
    """A colour of the pages, as on paper."""
    digits = tokens.light[name].removeprefix("#")
    return RGBColor.from_string("".join(each * (6 // len(digits)) for each in digits).upper())


def in_language(file: WordFile, language: Language) -> None:
    """Say in which language the text is, for who has it read aloud or its spelling checked."""
    styles = file.styles.element
    defaults = _only(_only(_only(styles, "w:docDefaults", 0), "w:rPrDefault", 0), "w:rPr", 0)
    for part in (defaults, style(file, "Normal").element.get_or_add_rPr()):
        _only(part, "w:lang").set(qn("w:val"), _REGION[language])


def _only(parent: Any, tag: str, place: int | None = None) -> Any:
    """The child of this name, made when there is none."""
    found = parent.find(qn(tag))
    if found is None:
        found = OxmlElement(tag)
        parent.insert(len(parent) if place is None else place, found)
    return found


def style(file: WordFile, name: str) -> Any:
    """The style of this name; one that a template lacks comes from the usual ones."""
    if name not in file.styles:
        usual = deepcopy(docx.Document().styles[name].element)
        for tag in ("w:link", "w:next", "w:basedOn"):
            if (found := usual.find(qn(tag))) is not None:
                usual.remove(found)
        if usual.pPr is not None and usual.pPr.numPr is not None:
            usual.pPr.remove(usual.pPr.numPr)  # its number is that of another file
        file.styles.element.append(usual)
    return file.styles[name]


class Lists:
    """The numbering of the lists in a file."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._own: dict[bool, int] = {}

    def begun(self, name: str, *, numbered: bool) -> int | None:
        """The number of a new list in this style; None where the style has marks of its own.

        Every list with numbers begins at 1, so it needs a number of its own.
        """
        pr = style(self._file, name).element.pPr
        if not numbered and pr is not None and pr.numPr is not None:
            return None
        numbering = self._numbering()
        if numbered not in self._own:
            self._own[numbered] = self._kind(numbering, numbered)
        made = numbering.add_num(self._own[numbered])
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(made.numId)

    def _kind(self, numbering: Any, numbered: bool) -> int:
        kinds = numbering.findall(qn("w:abstractNum"))
        number = max((int(each.get(qn("w:abstractNumId"))) for each in kinds), default=-1) + 1
        mark, text = ("decimal", "%1.") if numbered else ("bullet", "•")
        made = parse_xml(_LIST.format(ns=nsdecls("w"), id=number, format=mark, text=text))
        first = numbering.find(qn("w:num"))
        place = len(numbering) if first is None else numbering.index(first)
        numbering.insert(place, made)
        return number

    def _numbering(self) -> Any:
        part: Any = self._file.part
        try:
            return part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
        except KeyError:
            blank = f"<w:numbering {nsdecls('w')}/>".encode()
            name = PackURI("/word/numbering.xml")
            made = NumberingPart.load(name, CONTENT_TYPE.WML_NUMBERING, blank, part.package)
            part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
            return made.element


def in_list(paragraph: Paragraph, number: int | None) -> None:
    """Make the paragraph an item of the list."""
    if number is not None:
        about: Any = paragraph._p.get_or_add_pPr()
        pr = about.get_or_add_numPr()
        pr.get_or_add_ilvl().val, pr.get_or_add_numId().val = 0, number


def between_margins(file: WordFile) -> Length:
    """How wide the text is on the last sheet."""
    last = file.sections[-1]
    page, left, right = last.page_width, last.left_margin, last.right_margin
    return Length((page or Mm(210)) - (left or Mm(20)) - (right or Mm(20)))


def table_cells(
    table: Table, widths: Sequence[Length], tokens: Tokens
) -> Iterator[list[Paragraph]]:
    """Give the table its lines and widths, and mark its head; gives its cells, row by row."""
    table.autofit = False
    about: Any = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        borders.append(_line(side, str(colour(tokens, "line")), 4))
    about.find(qn("w:tblLayout")).addprevious(borders)  # a place further on makes no valid file
    look = _only(about, "w:tblLook")
    look.attrib.clear()
    look.set(qn("w:val"), "00A0")  # the same, for older versions
    for name in ("firstRow", "firstColumn"):
        look.set(qn(f"w:{name}"), "1")
    for column, wide in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = wide
    for number, row in enumerate(table._tbl.tr_lst):
        pr = row.get_or_add_trPr()
        pr.append(OxmlElement("w:cantSplit"))
        if number == 0:
            pr.append(OxmlElement("w:tblHeader"))
        for cell, wide in zip(row.tc_lst, widths, strict=True):
            cell.width = wide
            if number == 0:
                _head(cell.get_or_add_tcPr(), tokens)
        yield [Paragraph(cell.p_lst[0], table) for cell in row.tc_lst]


def _head(pr: Any, tokens: Tokens) -> None:
    borders = OxmlElement("w:tcBorders")
    borders.append(_line("bottom", str(colour(tokens, "main")), 8))
    pr.append(borders)
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", str(colour(tokens, "soft")))):
        fill.set(qn(f"w:{name}"), value)
    pr.append(fill)


def _line(side: str, colour: str, eighths: int) -> Any:
    line = OxmlElement(f"w:{side}")
    looks = {"val": "single", "sz": str(eighths), "color": colour}
    for name, value in looks.items():
        line.set(qn(f"w:{name}"), value)
    return line
