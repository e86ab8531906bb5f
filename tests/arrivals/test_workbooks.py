"""A table in Excel's own file: taken in by every road that a CSV has, or named for what it is."""

import zipfile
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from bart_tool.store import workbook
from tests.arrivals.arriving import answers, gathered, made
from tests.cli.run import bart


def filled(root: Path) -> Path:
    """The empty table of the session, with what WR-01 says."""
    file = root / "antwoorden.xlsx"
    assert bart(root, "template", "wijk", str(file)).code == 0
    book = openpyxl.load_workbook(file)
    for row in book.worksheets[0].iter_rows(min_row=2):
        if (row[0].value, row[2].value) == ("WR-01", "ties-broken-by"):
            row[3].value = "nobody"
        if (row[0].value, row[2].value) == ("WR-01", "clarity"):
            row[3].value = "Weet ik niet"
    book.save(file)
    return file


SAID = {"ties-broken-by": "nobody", "clarity": "dont-know"}


def zipped(file: Path) -> Path:
    path = file.with_name("alles.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(file, file.name)
    return path


def mailed(file: Path) -> Path:
    mail = EmailMessage()
    mail["Subject"] = "Mijn antwoorden"
    mail.set_content("Zie bijlage")
    mail.add_attachment(
        file.read_bytes(), maintype="application", subtype="octet-stream", filename=file.name
    )
    path = file.with_name("mail.eml")
    path.write_bytes(mail.as_bytes())
    return path


def in_folder(file: Path) -> Path:
    folder = file.parent / "inbox"
    folder.mkdir()
    return file.rename(folder / file.name).parent


@pytest.mark.parametrize("road", [Path, zipped, mailed, in_folder])
def test_a_workbook_is_taken_in_by_every_road(tmp_path: Path, road: object) -> None:
    folder = made(tmp_path)
    assert callable(road)
    done = gathered(tmp_path, str(road(filled(tmp_path))))
    assert (done.code, "first time (WR-01)" in done.out) == (0, True), done.err
    assert answers(folder, "WR-01") == SAID


def test_a_workbook_can_be_checked_first(tmp_path: Path) -> None:
    made(tmp_path)
    done = bart(tmp_path, "check", str(filled(tmp_path)), "--session", "wijk")
    assert (done.code, done.err) == (0, "")


def test_a_workbook_of_something_else_is_refused_by_what_it_lacks(tmp_path: Path) -> None:
    folder = made(tmp_path)
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Begroting", 2027])
    book.save(tmp_path / "begroting.xlsx")
    done = gathered(tmp_path, str(tmp_path / "begroting.xlsx"))
    assert (done.code, "participant" in done.err, "indent" in done.err) == (65, True, False)
    assert not (folder / "damaged").exists()


def test_without_the_package_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made(tmp_path)
    file = filled(tmp_path)
    other = tmp_path / "b.csv"
    other.write_text(
        "participant,party,item,value\nWR-02,wijkraad,ties-broken-by,nobody\n", "utf-8"
    )
    monkeypatch.setattr(workbook, "find_spec", lambda _: None)
    done = gathered(tmp_path, str(file), str(other))
    assert (done.code, "[xlsx]" in done.err) == (65, True)
    assert answers(folder, "WR-02") == {"ties-broken-by": "nobody"}
    assert not (folder / "damaged").exists()


def test_of_two_sheets_with_answers_the_one_that_was_not_read_is_named(tmp_path: Path) -> None:
    folder = made(tmp_path)
    book = openpyxl.Workbook()
    for page, code in ((book.worksheets[0], "WR-01"), (book.create_sheet("Anderen"), "WR-02")):
        page.append(["participant", "party", "item", "value"])
        page.append([code, "wijkraad", "ties-broken-by", "college"])
    book.save(tmp_path / "a.xlsx")
    done = gathered(tmp_path, str(tmp_path / "a.xlsx"))
    assert (done.code, "answers here too: Anderen" in done.err) == (65, True), done.err
    assert answers(folder, "WR-01") == {"ties-broken-by": "college"}
    assert answers(folder, "WR-02") == {}
