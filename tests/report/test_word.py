"""A Word file says what the blocks say, in real styles, its own or those of a template."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor

from bart_tool.domain.base import Language
from bart_tool.report import word
from bart_tool.report.document import (
    Document,
    Figure,
    Heading,
    NewPage,
    Table,
    bullets,
    flat,
    line,
    paragraph,
    soft,
)
from bart_tool.report.tokens import Tokens, parse, shipped
from tests.report import every_block
from tests.tui.participant.hostile import TWELVE

DAY = date(2026, 11, 28)
# What makes of text something that is followed, computed or run.
ACTIVE = ("fldSimple", "instrText", "hyperlink", "object", "OLEObject", "altChunk", "control")


def made(
    document: Document,
    language: Language = "nl",
    tokens: Tokens | None = None,
    template: bytes | None = None,
) -> bytes:
    return word.render(document, every_block.TITLE, language, tokens or shipped(), DAY, template)


def opened(content: bytes) -> WordFile:
    return docx.Document(BytesIO(content))


def saved(file: WordFile) -> bytes:
    content = BytesIO()
    file.save(content)
    return content.getvalue()


def house_style(*, lacking: Sequence[str] = (), body: str = "Voorblad") -> bytes:
    """A template as a municipality has one: a header, headings of its own, a first page."""
    file = docx.Document()
    file.sections[0].header.paragraphs[0].text = "Gemeente Voorbeeld"
    file.sections[0].page_width = Mm(254)
    heading: Any = file.styles["Heading 2"]
    heading.font.color.rgb = RGBColor(0x66, 0, 0x66)
    for name in lacking:
        file.styles[name].delete()
    if lacking:
        related = file.part.rels
        for key in [key for key, each in related.items() if each.reltype.endswith("/numbering")]:
            related.pop(key)
    file.add_paragraph(body)
    file.add_paragraph("")
    return saved(file)


def texts(file: WordFile) -> Iterator[str]:
    yield from (each.text for each in file.paragraphs)
    for table in file.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)


def numbers(file: WordFile) -> list[int]:
    """The number of the list that each item of a numbered list belongs to."""
    items: list[Any] = [each._p for each in file.paragraphs if each.style is not None]
    return [
        item.pPr.numPr.numId.val
        for item in items
        if item.pPr is not None and item.pPr.numPr is not None and item.style == "ListNumber"
    ]


@pytest.mark.parametrize("hostile", TWELVE)
def test_hostile_text_is_read_back_as_text(hostile: str) -> None:
    content = made(every_block.document([hostile]))
    file, seen = opened(content), flat(hostile)
    assert sum(seen in text for text in texts(file)) >= 9
    found = {each.tag.rpartition("}")[2] for each in file.element.body.iter() if each.tag}
    assert not found & set(ACTIVE)
    with ZipFile(BytesIO(content)) as packed:
        assert not [name for name in packed.namelist() if "vba" in name.lower()]
        assert b'TargetMode="External"' not in packed.read("word/_rels/document.xml.rels")


def test_what_no_xml_may_hold_does_not_stop_it() -> None:
    file = opened(made(Document((paragraph("een\ufffftwee\x00drie\ud800"),))))
    assert [each.text for each in file.paragraphs] == ["een\ufffdtwee␀drie<U+D800>"]


def test_headings_and_lists_are_real_ones() -> None:
    file = opened(made(every_block.document()))
    styles = [each.style.name for each in file.paragraphs if each.style]
    assert styles[:3] == ["Heading 1", "Normal", "Heading 2"]
    assert styles.count("List Bullet") == styles.count("List Number") == 2
    assert "Heading 3" in styles  # the level that the document left out is not left out here
    assert "Heading 4" not in styles


def test_every_list_with_numbers_begins_anew() -> None:
    two = Document(tuple(bullets([line("een"), line("twee")], numbered=True) for _ in range(2)))
    one, also_one, other, also_other = numbers(opened(made(two)))
    assert (one, other) == (also_one, also_other)
    assert one != other


def test_the_head_of_a_table_is_marked_as_one() -> None:
    (table,) = opened(made(every_block.document())).tables
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert heads == [True, False, False]
    assert [cell.text for cell in table.rows[0].cells] == ["", "Kolom", "gewone woorden"]


def test_every_picture_is_png_and_has_its_alternative_text() -> None:
    document = every_block.document(["een", "twee"])
    told = [each.told for each in document.blocks if isinstance(each, Figure)]
    content = made(document)
    assert [shape._inline.docPr.get("descr") for shape in opened(content).inline_shapes] == told
    with ZipFile(BytesIO(content)) as packed:
        pictures = [name for name in packed.namelist() if name.startswith("word/media/")]
        assert len(pictures) == 2
        assert all(packed.read(name).startswith(b"\x89PNG") for name in pictures)


def test_narrow_pictures_stand_side_by_side_and_a_wide_one_by_itself() -> None:
    names = {"een": 400.0, "twee": 400.0, "drie": 900.0}
    some = [every_block.picture(name, name, wide) for name, wide in names.items()]
    file = opened(made(Document(tuple(some))))
    one, two, three = (shape.width for shape in file.inline_shapes)
    assert len(file.paragraphs) == 1
    assert one == two
    assert Mm(165) < one + two < Mm(170)
    assert Mm(169) < three < Mm(170.1)


def test_what_stands_back_stays_with_what_it_is_about() -> None:
    file = opened(made(Document((paragraph(soft("zo")), paragraph("dit")))))
    assert [each.paragraph_format.keep_with_next for each in file.paragraphs] == [True, None]


def test_what_is_said_before_a_picture_stays_with_it() -> None:
    said = paragraph("Dit is te zien.")
    picture = every_block.picture("kaart", "Kaart")
    file = opened(made(Document((said, picture, said, Heading(2, "Verder"), said))))
    kept = [each.paragraph_format.keep_with_next for each in file.paragraphs]
    assert kept == [True, None, None, None, None]


def test_a_new_page_begins_one_at_the_next_text() -> None:
    file = opened(made(Document((paragraph("een"), NewPage(), Heading(2, "twee")))))
    assert [each.paragraph_format.page_break_before for each in file.paragraphs] == [None, True]


def test_two_tables_in_a_row_stay_two() -> None:
    table = Table(("a", "b"), (("c", "d"),))
    body = opened(made(Document((table, table)))).element.body
    tags = [each.tag.rpartition("}")[2] for each in body]
    assert tags == ["tbl", "p", "tbl", "p", "sectPr"]


def test_the_same_document_is_the_same_file() -> None:
    assert made(every_block.document()) == made(every_block.document())


@pytest.mark.parametrize(("language", "region"), [("nl", "nl-NL"), ("en", "en-GB")])
def test_the_file_says_its_language_its_title_and_its_day(language: Language, region: str) -> None:
    file = opened(made(every_block.document(), language))
    languages = {each.get(qn("w:val")) for each in file.styles.element.iter(qn("w:lang"))}
    assert languages == {region}
    about = file.core_properties
    assert (about.title, about.author, about.language) == (every_block.TITLE, "", language)
    assert about.created is not None
    assert about.created.date() == DAY


def test_without_a_template_it_has_the_own_colours() -> None:
    tokens, _ = parse(":root { --main: #660000; }", "tokens.css")
    styles: Any = opened(made(every_block.document(), tokens=tokens)).styles
    assert str(styles["Heading 2"].font.color.rgb) == "660000"


def test_a_template_keeps_its_headers_its_styles_and_what_stands_in_it() -> None:
    file = opened(made(every_block.document(), template=house_style()))
    assert file.sections[0].header.paragraphs[0].text == "Gemeente Voorbeeld"
    assert file.sections[0].page_width == Mm(254)
    styles: Any = file.styles
    assert str(styles["Heading 2"].font.color.rgb) == "660066"
    assert [each.text for each in file.paragraphs[:2]] == ["Voorblad", every_block.TITLE]


def seconds(paragraphs: int) -> float:
    document = Document(tuple(Heading(1, "x") for _ in range(paragraphs)))
    start = process_time()
    made(document)
    return process_time() - start


def test_a_file_of_four_times_as_many_paragraphs_takes_no_more_than_four_times_as_long() -> None:
    seconds(100)  # what is read once
    assert seconds(12_000) < 8 * seconds(3_000)  # 16 times where each is sought among all others


def test_what_a_template_lacks_is_added() -> None:
    lacking = ("List Bullet", "List Number", "Heading 2", "Heading 3")
    file = opened(made(every_block.document(), template=house_style(lacking=lacking)))
    styles = [each.style.name for each in file.paragraphs if each.style]
    assert set(lacking) <= set(styles)
    lists = [p for p in file.paragraphs if p.style and p.style.name in lacking[:2]]
    assert len(lists) == 4
    assert all(each._p.pPr is not None and each._p.pPr.numPr is not None for each in lists)


def as_macro(content: bytes) -> bytes:
    """The same file as one that says it holds macros."""
    plain, macro = "document.main+xml", "document.macroEnabled.main+xml"
    again = BytesIO()
    with ZipFile(BytesIO(content)) as packed, ZipFile(again, "w") as other:
        for each in packed.infolist():
            text = packed.read(each)
            if each.filename == "[Content_Types].xml":
                text = text.replace(
                    b"vnd.openxmlformats-officedocument.wordprocessingml." + plain.encode(),
                    b"vnd.ms-word." + macro.removesuffix("+xml").encode() + b"+xml",
                )
            other.writestr(each.filename, text)
    return again.getvalue()


def zipped(name: str, text: str) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as packed:
        packed.writestr(name, text)
    return content.getvalue()


BROKEN = {
    "empty": b"",
    "no archive": b"Beste mensen,",
    "half of one": house_style()[:2000],
    "another archive": zipped("brief.txt", "x"),
    "no parts": zipped("[Content_Types].xml", "<Types/>"),
    "no xml": zipped("[Content_Types].xml", "<Types"),
    "macros": as_macro(house_style()),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_template_is_named(name: str) -> None:
    problem = word.wrong_with(BROKEN[name], "template.docx")
    assert problem is not None
    assert (problem.code, problem.where.file) == ("template-no-word", "template.docx")


def test_a_template_that_can_be_filled_has_nothing_against_it() -> None:
    assert word.wrong_with(house_style(), "template.docx") is None


@pytest.mark.parametrize("template", [None, house_style()], ids=["own", "template"])
def test_an_office_program_opens_it_and_reads_the_same(
    tmp_path: Path, template: bytes | None
) -> None:
    office = shutil.which("soffice")
    if office is None:
        assert "BART_NEEDS_OFFICE" not in os.environ
        pytest.skip("LibreOffice is not installed; CI has it")
    file = tmp_path / "report.docx"
    file.write_bytes(made(every_block.document(["gewone woorden", *TWELVE]), template=template))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(file)], check=True, capture_output=True
    )
    read = bare((tmp_path / "report.txt").read_text("utf-8-sig"))
    missing = [text for text in texts(opened(file.read_bytes())) if bare(text) not in read]
    assert missing == []


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)
