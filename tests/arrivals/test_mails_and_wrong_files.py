"""Mails, several sheets in one text, and what holds no answers: read, or called what it is."""

import random
from pathlib import Path

import pytest

from bart_tool.domain.answer import Answer
from bart_tool.store import sheets
from bart_tool.workflow.prepare import usable_set
from tests.arrivals.arriving import OLD, answers, arrived, gathered, id_of, made
from tests.arrivals.drawn_mails import drawn
from tests.cli.run import bart

NOTE = "Café ’t Hoekje."
WHOLE = {"clarity": "unclear", "primary-task/wijkraad": "other"}


@pytest.mark.parametrize(
    "name",
    [
        "12-saved-mail.eml",
        "12-quoted-printable.eml",
        "12-mail-text.txt",
        "15-curly-quotes.txt",
    ],
)
def test_12_and_15_a_sheet_in_a_mail_is_read(tmp_path: Path, name: str) -> None:
    folder = made(tmp_path, "fm")
    done = gathered(tmp_path, arrived(tmp_path, name), OLD, name="fm")
    assert (done.code, "first time (WR-01)" in done.out) == (0, True), done.err
    assert answers(folder, "WR-01") == WHOLE
    sheet = (folder / "sheets" / "WR-01.yaml").read_text("utf-8")
    assert NOTE in sheet
    assert "“niemand” schrijft" in sheet


@pytest.mark.parametrize("name", ["12-mail-text.txt", "15-curly-quotes.txt"])
def test_12_and_15_so_it_is_when_the_text_is_pasted(tmp_path: Path, name: str) -> None:
    folder = made(tmp_path, "fm")
    text = Path(arrived(tmp_path, name)).read_text("utf-8")
    assert gathered(tmp_path, "-", OLD, name="fm", typed=text).code == 0
    assert answers(folder, "WR-01") == WHOLE


def test_11_the_empty_form_is_called_that_with_what_the_sender_must_do(tmp_path: Path) -> None:
    folder = made(tmp_path)
    assert bart(tmp_path, "form", "wijk", "WR-02").code == 0
    (form,) = folder.rglob("WR-02.html")
    done = gathered(tmp_path, str(form))
    assert (done.code, "empty form" in done.err) == (65, True)
    assert "indent" not in done.err
    assert not (folder / "damaged").exists()


def test_16_an_xlsform_is_no_question_set_and_it_says_what_is(tmp_path: Path) -> None:
    done = bart(tmp_path, "check", arrived(tmp_path, "16-xlsform.xlsx"), language="en")
    assert (done.code, "XLSForm" in done.out, "YAML" in done.out) == (65, True, True)
    assert "CSV UTF-8" not in done.out + done.err


SHEET_OF = """{{
 "format": 2, "kind": "answer-sheet", "session": "fm", "session_id": "{id}", "round": 1,
 "question_set": "wijk-kort", "question_set_hash": "{hash}", "participant": "{code}",
 "party": "wijkraad", "consent": "group", "status": "submitted",
 "answers": {{"ties-broken-by": {{"value": "college", "revision": 1}}}}
}}
"""


def sheet_of(folder: Path, code: str) -> str:
    return SHEET_OF.format(code=code, hash=usable_set("wijk-kort")[0].hash, id=id_of(folder))


@pytest.mark.parametrize("name", ["two.txt", "two.json", "two"])
def test_of_two_sheets_in_one_text_none_is_dropped(tmp_path: Path, name: str) -> None:
    folder = made(tmp_path, "fm")
    one, other = (sheet_of(folder, code) for code in ("WR-01", "WR-02"))
    text = f"Hoi,\n\n{one}\nen die van de buurvrouw:\n{other}\nGroet"
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = gathered(tmp_path, str(tmp_path / name), name="fm")
    assert (done.code, "first time (WR-01, WR-02)" in done.out) == (0, True), done.err


def test_of_two_sheets_of_which_one_is_not_whole_the_other_comes_in_and_it_is_said(
    tmp_path: Path,
) -> None:
    folder = made(tmp_path, "fm")
    text = sheet_of(folder, "WR-01") + "\n" + sheet_of(folder, "WR-02").rstrip()[:-1]
    done = gathered(tmp_path, "-", name="fm", typed=text)
    assert (done.code, "first time (WR-01)" in done.out) == (65, True)
    assert "not whole" in done.err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("scan.jpg", b"\xff\xd8\xff\xe0 JFIF", "photo"),
        ("IMG.HEIC", b"\0\0\0\x18ftypheic\0\0", "photo"),
        ("blad.png", b"\x89PNG\r\n\x1a\n", "photo"),
        ("blad.pdf", b"%PDF-1.7\n", "PDF"),
        ("mail.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Outlook"),
        ("tabel.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Word or Excel"),
        ("brief.rtf", b"{\\rtf1\\ansi}", "Word"),
        ("pagina.htm", b"<!DOCTYPE html><html><p>Hallo</p></html>", "web page"),
        ("brief.txt", b"Hallo,\n\nTot morgen!\n", "no answer sheet"),
        ("mail.eml", b"MIME-Version: 1.0\nSubject: x\n\nTot morgen!\n", "no answer sheet"),
    ],
)
def test_what_holds_no_answers_is_named_for_what_it_is(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    folder = made(tmp_path)
    (tmp_path / name).write_bytes(content)
    done = gathered(tmp_path, str(tmp_path / name))
    assert (done.code, said in done.err) == (65, True), done.err
    assert "indent" not in done.err
    assert not (folder / "damaged").exists()


@pytest.mark.parametrize("number", range(20))
def test_a_sheet_is_read_however_it_was_sent(tmp_path: Path, number: int, seed: int) -> None:
    folder = made(tmp_path, "fm")
    sent, _ = sheets.parse(sheet_of(folder, "WR-01"), "")
    assert sent is not None
    words = "Wie “beslist”, dat ’t wisselt: één keer zus – dan weer zo."
    answer = Answer(value="nobody", note=words, certainty="guess", quote=True)
    sent = sent.with_answer("ties-broken-by", answer)
    name, content = drawn(sent, random.Random(f"{seed} {number}"))
    (tmp_path / name).write_bytes(content)
    done = gathered(tmp_path, str(tmp_path / name), name="fm")
    assert done.code == 0, done.err
    kept, _ = sheets.parse((folder / "sheets" / "WR-01.yaml").read_text("utf-8"), "")
    assert kept is not None
    assert kept.answers == sent.answers
