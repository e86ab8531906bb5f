"""A PDF says what the blocks say, is tagged, and nothing in it is anything but text."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from pypdf import PdfReader

from bart_tool.domain.base import Language
from bart_tool.report import compose, own_font, pdf, typesetting
from bart_tool.report.document import Document, Figure, Heading, Table, flat, paragraph
from bart_tool.report.tokens import Tokens, parse, shipped
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.findings import findings
from tests.report import every_block
from tests.tui.participant.hostile import TWELVE

DAY = date(2026, 11, 28)
TABLE = Table(("Waarover", "de wijkraad"), tuple((f"rij {n}", "beslist") for n in range(200)))


def made(document: Document, language: Language = "nl", tokens: Tokens | None = None) -> bytes:
    return pdf.render(document, every_block.TITLE, language, tokens or shipped(), DAY)


def text_of(content: bytes) -> str:
    """All the text, without white space and without what breaks a word."""
    pages = PdfReader(BytesIO(content)).pages
    return bare("".join(each.extract_text() for each in pages))


def bare(text: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", text)


def elements(content: bytes) -> Iterator[tuple[str, Any]]:
    """Every element of the tree that is read aloud: its kind and itself."""
    with pikepdf.open(BytesIO(content)) as opened:
        todo = [opened.Root.StructTreeRoot.K]
        while todo:
            each = todo.pop()
            if isinstance(each, pikepdf.Array):
                todo += list(each)
            elif isinstance(each, pikepdf.Dictionary) and "/S" in each:
                yield str(each.S), each
                todo += [each.K] if "/K" in each else []


def kinds(content: bytes) -> list[str]:
    return [kind for kind, _ in elements(content)]


@pytest.mark.parametrize("hostile", TWELVE)
def test_hostile_text_is_read_back_as_text(hostile: str) -> None:
    content = made(every_block.document([hostile]))
    seen = bare(own_font.shown(flat(hostile)))
    assert text_of(content).count(seen) >= 9
    with pikepdf.open(BytesIO(content)) as opened:
        assert not {"/AcroForm", "/OpenAction", "/AA"} & set(opened.Root.keys())
        assert not any("/Annots" in each.obj for each in opened.pages)


@pytest.mark.parametrize(
    "markup", ["#panic()", "*a* _b_ `c`", "$x$", "= kop", "@ref", "<label>", "https://x.nl"]
)
def test_markup_stays_text(markup: str) -> None:
    assert bare(f"Hier: {markup}.") in text_of(made(Document((paragraph(f"Hier: {markup}."),))))


def test_every_picture_has_its_alternative_text() -> None:
    document = every_block.document(["een", "twee"])
    told = [each.told for each in document.blocks if isinstance(each, Figure)]
    alts = [str(each.Alt) for kind, each in elements(made(document)) if kind == "/Figure"]
    assert sorted(alts) == sorted(told)


def test_headings_lists_and_heads_of_tables_are_tagged_as_such() -> None:
    tags = kinds(made(every_block.document()))
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/THead", "/TH", "/Strong"} <= set(
        tags
    )
    assert "/H4" not in tags  # the level that the document left out is not left out here
    assert tags.count("/TH") == 3


def test_a_table_of_more_pages_has_its_head_once_in_what_is_read_aloud() -> None:
    content = made(Document((Heading(1, "Titel"), TABLE)))
    assert len(PdfReader(BytesIO(content)).pages) > 2
    assert kinds(content).count("/TH") == 2
    assert text_of(content).count("Waarover") > 2  # and on every page for who looks


def test_what_no_language_breaks_stays_on_the_sheet() -> None:
    long = "a1b" * 200
    table = Table(("een", "twee"), ((long, long),))
    content = made(Document((Heading(1, "Titel"), paragraph(long), table)))
    (sheet,) = PdfReader(BytesIO(content)).pages
    assert max(map(len, sheet.extract_text().splitlines())) < 120
    assert text_of(content).count(long) == 3


def test_the_same_document_is_the_same_file() -> None:
    assert made(every_block.document()) == made(every_block.document())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_file_says_its_language_its_title_and_its_day(language: Language) -> None:
    content = made(every_block.document(), language)
    reader = PdfReader(BytesIO(content))
    assert str(reader.root_object["/Lang"]).startswith(language)
    assert reader.metadata is not None
    assert reader.metadata.title == every_block.TITLE
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == DAY


def test_a_picture_has_the_own_colours_where_no_variable_is_known() -> None:
    tokens, problems = parse(":root { --line: #ffcc00; --main: #660000; }", "tokens.css")
    assert problems == ()
    drawn = typesetting.standalone(every_block.picture("plaat", "x").svg, tokens)
    assert "#ffcc00" in drawn
    assert "var(" not in drawn
    assert "@media" not in drawn
    assert made(every_block.document(), tokens=tokens) != made(every_block.document())


# Neither says that a file conforms: a program sees a part of what a person must judge.


@pytest.mark.parametrize("name", ["PDF_UA_1", "PDF_A_2A"])
def test_a_first_checker_finds_nothing(name: str) -> None:
    profile = page.ValidationProfile[name]
    found = page.validate_pdf_bytes(made(every_block.document(TWELVE)), profile=profile)
    assert [str(each) for each in found.failures] == []


def test_the_first_checker_does_find_what_is_wrong() -> None:
    untagged = typesetting.compiled("pictures.typ", '{"pictures": []}')[0]
    found = page.validate_pdf_bytes(untagged, profile=page.ValidationProfile.PDF_UA_1)
    assert len(list(found.failures)) > 0


def test_a_second_checker_finds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(made(every_block.document(TWELVE)))
    command = [sys.executable, "-m", "pdfua", "check", str(file)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_third_checker_finds_no_error(tmp_path: Path) -> None:
    checker = os.environ.get("BART_OUTLOUD") or shutil.which("outloud")
    if checker is None:
        pytest.skip("outloud is not installed; CI has it, in a place of its own")
    file = tmp_path / "report.pdf"
    file.write_bytes(made(every_block.document(TWELVE)))
    # TAG-002 takes the head of a table that is repeated on the next page for text that is lost.
    command = [checker, "--skip", "TAG-002", str(file)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_parts_beside_each_other_are_read_one_after_another() -> None:
    told = [f"Onderwerp {number}" for number in range(5)]
    blocks = [block for each in told for block in (Heading(2, each), paragraph(f"Over {each}."))]
    content = made(Document((Heading(1, "Titel"), *blocks)))
    said = "".join(f"{each}Over {each}." for each in told)
    assert bare(said) in text_of(content)
    (sheet,) = PdfReader(BytesIO(content)).pages
    tops: dict[str, float] = {}

    def seen(text: str, of_sheet: Any, of_text: Any, *_: object) -> None:
        tops.setdefault(text.strip(), of_text[5] * of_sheet[3] + of_sheet[5])

    sheet.extract_text(visitor_text=seen)
    heights = [tops[each] for each in told]
    assert heights[0] == heights[1] == heights[2] > heights[3] == heights[4]


def test_parts_that_are_too_long_for_a_sheet_lose_no_text() -> None:
    words = [f"woord{number:04}" for number in range(3000)]
    parts = (words[:1500], words[1500:])
    blocks = [b for each in parts for b in (Heading(2, "Kop"), paragraph(" ".join(each)))]
    text = text_of(made(Document((Heading(1, "Titel"), *blocks))))
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_report_of_the_demo_is_three_sheets(
    language: Language, tmp_path_factory: pytest.TempPathFactory
) -> None:
    opened = make_demo(DiskStore(tmp_path_factory.mktemp("demo"))).opened
    report = compose.report(
        findings(opened), opened.question_set, opened.session, language, "appendix"
    )
    content = made(report, language)
    assert len(PdfReader(BytesIO(content)).pages) == 3
    assert "U+" not in text_of(content)
