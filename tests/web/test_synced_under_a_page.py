"""What a synced folder does to a sheet while its page lies open: told, and nothing written over."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bart_tool.web.guard import Guard
from bart_tool.web.site import Site
from bart_tool.workflow.open_session import OpenSession
from tests.web.phone import Phone, begun
from tests.web.test_answering import at, sheet_of

Served = tuple[Site, Guard]
COPIES = (
    "WR-01.sync-conflict-20260301-101500-ABCDEFG.yaml",
    "WR-01 (conflicted copy 2026-03-01 101500).yaml",
    "WR-01-LAPTOP.yaml",
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "proef" / "sheets" / "WR-01.yaml"


@pytest.fixture
def phone(served: Served, opened: OpenSession) -> Phone:
    """WR-01 answered twice, and stands before the next question."""
    phone = begun(*served)
    at(phone, opened, "primary-task/wijkraad").tap(v="voice")
    at(phone, opened, "mission/wijkraad").tap(text="samen")
    return at(phone, opened, "clarity")


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_beside_the_sheet_is_left_as_it_is(
    phone: Phone, opened: OpenSession, sheet: Path, name: str
) -> None:
    copy = sheet.with_name(name)
    copy.write_bytes(sheet.read_bytes().replace(b"voice", b"plan"))
    before = copy.read_bytes()
    assert phone.tap(v="low").status == 200
    assert sheet_of(opened).answers["clarity"].value == "low"
    assert copy.read_bytes() == before


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "a half": lambda whole: whole[: whole.index(b"mission") + 9],
    "zeros": lambda whole: bytes(len(whole)),
    "of another": lambda whole: whole.replace(b'"WR-01"', b'"WR-02"'),
    "of another session": lambda whole: whole.replace(b'"proef"', b'"elders"'),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_sheet_is_told_and_never_written_over(
    phone: Phone, opened: OpenSession, sheet: Path, what: str
) -> None:
    whole = sheet.read_bytes()
    sheet.write_bytes(DAMAGE[what](whole))
    told = phone.tap(v="low")
    assert told.status == 503
    assert "voice" not in told.text
    assert sheet.read_bytes() == DAMAGE[what](whole)
    sheet.write_bytes(whole)
    assert at(phone, opened, "clarity").tap(v="low").status == 200
    assert {*sheet_of(opened).answers} == {"primary-task/wijkraad", "mission/wijkraad", "clarity"}


def test_a_sheet_that_was_renamed_is_not_written_anew_beside_it(
    phone: Phone, opened: OpenSession, sheet: Path
) -> None:
    elsewhere = sheet.with_name(COPIES[0])
    sheet.rename(elsewhere)
    assert phone.tap(v="low").status == 409
    assert not sheet.exists()
    elsewhere.rename(sheet)
    assert at(phone, opened, "clarity").tap(v="low").status == 200
    assert len(sheet_of(opened).answers) == 3


def test_an_older_version_put_back_is_gone_on_with(
    phone: Phone, opened: OpenSession, sheet: Path
) -> None:
    older = sheet.read_bytes()
    phone.tap(v="low")
    at(phone, opened, "mission/wijkraad")
    sheet.write_bytes(older)
    assert phone.tap(text="sterk").status == 200
    said = sheet_of(opened).answers
    assert (said["mission/wijkraad"].value, said["mission/wijkraad"].revision) == ("sterk", 2)
    assert "clarity" not in said


def test_a_newer_version_that_came_in_is_not_written_over(
    phone: Phone, opened: OpenSession, sheet: Path
) -> None:
    at(phone, opened, "mission/wijkraad")
    newer = sheet.read_bytes().replace(b'"samen"\n    revision: 1', b'"elders"\n    revision: 2')
    assert newer != sheet.read_bytes()
    sheet.write_bytes(newer)
    told = phone.tap(text="sterk")
    assert told.status == 409
    assert "elders" in told.alert()
    assert sheet.read_bytes() == newer


@pytest.mark.parametrize("content", [b"", b"format: 1\nkind: session\n", None])
def test_a_session_that_cannot_be_read_for_a_while_is_told(
    phone: Phone, opened: OpenSession, sheet: Path, content: bytes | None
) -> None:
    file, before = sheet.parents[1] / "session.yaml", sheet.read_bytes()
    whole = file.read_bytes()
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    assert phone.tap(v="low").status in (403, 503)
    assert sheet.read_bytes() == before
    file.write_bytes(whole)
    assert at(phone, opened, "clarity").tap(v="low").status == 200
    assert len(sheet_of(opened).answers) == 3
