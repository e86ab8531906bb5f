"""The days to look again as a calendar: valid, the same each time, and fit to be mailed."""

import importlib.util
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from bart_tool.domain.agreement import Check, Withdrawal
from bart_tool.domain.base import LANGUAGES, Language
from bart_tool.errors import CannotCreate
from bart_tool.store.session_files import Person
from bart_tool.workflow import agree as agreeing
from bart_tool.workflow.calendar import calendar
from bart_tool.workflow.open_session import OpenSession
from tests.cli.run import bart
from tests.cli.some_session import closed
from tests.workflow.test_agreeing import TODAY, desk_in, draft

LATER = TODAY + timedelta(days=90)


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    opened = desk_in(tmp_path)
    opened.folder.save_people({"WR-01": Person(name="Jan Voorbeeld")})
    drafts: tuple[dict[str, Any], ...] = (
        {},
        {"sentence": "Zin, met; tekens\\en een hele lange staart " + "é" * 200},
        {"mandate": "parked", "check_on": TODAY + timedelta(days=30)},
        {"check_on": None},
        {"sentence": "Al nagekeken."},
        {"sentence": "Ingetrokken."},
    )
    for each in drafts:
        opened = agreeing.agree(opened, draft(**each), TODAY).opened
    check = Check(on=LATER, kept="no", note="werkte niet")
    agreeing.record_check(opened, "a-5", check, LATER)
    agreeing.withdraw(opened, "a-6", Withdrawal(on=TODAY, why="nieuwe regels"))
    return opened


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_read_back_as_whole_days_of_what_still_waits(
    opened: OpenSession, language: Language
) -> None:
    content = calendar(opened, language)
    found = events(content)
    assert [each["DTSTART"].dt for each in found] == [TODAY + timedelta(days=30), LATER, LATER]
    for each in found:
        assert type(each["DTSTART"].dt) is date
        assert each["DTEND"].dt - each["DTSTART"].dt == timedelta(days=1)
        assert each["DTSTAMP"].dt == datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    assert "é" * 200 in str(found[2]["SUMMARY"])
    assert len({str(each["UID"]) for each in found}) == 3
    whole = Calendar.from_ical(content)
    assert (str(whole["VERSION"]), bool(whole["PRODID"])) == ("2.0", True)
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(each) <= 75 and b"\n" not in each for each in lines)  # RFC 5545, 3.1


def test_the_same_agreements_are_the_same_bytes_and_a_moved_one_the_same_event(
    opened: OpenSession,
) -> None:
    before = calendar(opened)
    assert calendar(opened) == before
    first = agreeing.must_be_there(opened, "a-1")
    moved = first.changed(check_on=LATER + timedelta(days=7))
    agreeing.change(opened, first, moved, TODAY + timedelta(days=1))
    after = {str(each["UID"]): each for each in events(calendar(opened))}
    assert after.keys() == {str(each["UID"]) for each in events(before)}
    (changed,) = (each for each in after.values() if each["DTSTART"].dt == moved.check_on)
    assert changed["DTSTAMP"].dt.date() == TODAY + timedelta(days=1)  # so that it counts as newer


def test_no_name_code_note_or_mandate_stands_in_it(opened: OpenSession) -> None:
    text = b"".join(calendar(opened).split(b"\r\n ")).decode()
    for said in ("Voorbeeld", "WR-01", "werkte niet", "nieuwe regels", "Ingetrokken.", "mandaat"):
        assert said not in text


def test_the_command_writes_it_once_and_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(tmp_path)
    on = ("--check-on", "1 mei 2099", "--sentence", "Zo.")
    assert bart(tmp_path, "agreements", "add", "wijk", "ties-broken-by", *on).code == 0
    file = tmp_path / "afspraken.ics"
    done = bart(tmp_path, "agreements", "due", "wijk", "--ics", str(file))
    assert (done.code, done.out) == (0, f"{file}\n")
    assert [each["DTSTART"].dt for each in events(file.read_bytes())] == [date(2099, 5, 1)]
    assert bart(tmp_path, "agreements", "add", "wijk", "clarity", *on).code == 0
    two = tmp_path / "twee.ics"  # on one and the same day
    told = bart(tmp_path, "agreements", "due", "wijk", "--ics", str(two), language="nl")
    assert "Er staan 2 afspraken in om na te kijken" in told.err
    again = bart(tmp_path, "agreements", "due", "wijk", "--ics", str(file))
    assert (again.code, str(file) in again.err) == (73, True)
    real = importlib.util.find_spec
    monkeypatch.setattr(
        "bart_tool.workflow.calendar.find_spec",
        lambda name: None if name == "icalendar" else real(name),
    )
    with pytest.raises(CannotCreate):
        calendar(desk_in(tmp_path / "other"))
    lacking = bart(tmp_path, "agreements", "due", "wijk", "--ics", str(tmp_path / "b.ics"))
    assert lacking.code == 73
    assert ".[calendar]" in lacking.err
    assert not (tmp_path / "b.ics").exists()
