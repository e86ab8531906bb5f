"""What a published file says of itself: a title and a day, not who made it or at what moment."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.cli.run import bart
from tests.cli.some_session import answered

MIDNIGHT = "T00:00:00"
CLOCK = re.compile(rb"[0-2][0-9]:[0-5][0-9]:[0-5][0-9]")
CODE = re.compile(rb"\b(WR|WM|CL)-[0-9]{2}\b")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sessions")
    made = answered(root)
    assert bart(root, "close", "wijk", "--yes").code == 0
    assert bart(root, "report", "wijk", "--format", "md,html,pdf,docx,json").code == 0
    assert bart(root, "export", "wijk", "--format", "csv,xlsx").code == 0
    return made


def test_a_word_file_names_nobody_and_no_moment(folder: Path) -> None:
    content = (folder / "report" / "report.docx").read_bytes()
    about = Document(io.BytesIO(content)).core_properties
    said = (about.author, about.last_modified_by, about.comments, about.keywords, about.subject)
    assert not any(said)
    for moment in (about.created, about.modified):
        assert moment is not None
        assert MIDNIGHT in moment.isoformat()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        texts = [parts.read(name) for name in parts.namelist() if name.endswith(".xml")]
    assert not any(CODE.search(text) for text in texts)


def test_nor_does_a_pdf(folder: Path) -> None:
    reader = PdfReader(folder / "report" / "report.pdf")
    about = reader.metadata
    assert about is not None
    assert set(about) == {"/Title", "/Creator", "/CreationDate", "/ModDate"}
    assert str(about["/Creator"]).startswith("Typst ")
    assert "000000Z" in str(about["/CreationDate"])
    assert about["/ModDate"] == about["/CreationDate"]
    assert reader.xmp_metadata is not None
    said = reader.xmp_metadata.stream.get_data()
    assert {found.group() for found in CLOCK.finditer(said)} == {b"00:00:00"}
    assert not CODE.search(said)


def test_nor_does_a_workbook(folder: Path) -> None:
    content = (folder / "report" / "export" / "findings.xlsx").read_bytes()
    about = load_workbook(io.BytesIO(content)).properties
    assert (about.creator, about.lastModifiedBy, about.description) == ("bart", None, None)
    for moment in (about.created, about.modified):
        assert MIDNIGHT in moment.isoformat()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        texts = [parts.read(name) for name in parts.namelist() if name.endswith(".xml")]
    assert not any(CODE.search(text) for text in texts)


def test_nor_does_anything_that_lies_beside_them(folder: Path) -> None:
    there = [folder / "view.yaml", *(path for path in (folder / "report").rglob("*"))]
    texts = {
        path.name: path.read_bytes()
        for path in there
        if path.is_file() and path.suffix in (".yaml", ".md", ".html", ".json", ".svg", ".csv")
    }
    assert {
        "view.yaml",
        "made.yaml",
        "report.json",
        "report.md",
        "appendix.html",
        "counts.csv",
    } <= texts.keys()
    for name, text in texts.items():
        assert not CLOCK.search(text), name
        assert not CODE.search(text), name
