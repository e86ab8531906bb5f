"""A seat keeps its sheet in memory: what another door did to the file is built on all the same."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bart_tool.domain.sheet import Sheet
from bart_tool.errors import BadData, Busy
from bart_tool.store.disk import DiskStore
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow.answering import steps
from bart_tool.workflow.answering.choosing import chosen
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.answering.state import Answering
from bart_tool.workflow.answering.steps import Step
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.room import Room, Seat
from tests.tui import sample

ITEM, OTHER_ITEM = "clarity", "primary-task/wijkraad"


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return sample.opened(tmp_path)


@pytest.fixture
def seat(opened: OpenSession) -> Seat:
    """Of somebody who chose how they are shown, and answered once."""
    seat = Room(opened).seat("WR-01")
    seat.keep(lambda now: (sample.begun(now), ()))
    seat.keep(saying("low"))
    return seat


@pytest.fixture
def all_look_the_same(monkeypatch: pytest.MonkeyPatch, seat: Seat) -> Seat:
    """A disk on which no change of a file can be told without reading it."""
    monkeypatch.setattr(DiskStore, "stamp", lambda *_: "the same")
    seat.sheet()
    return seat


def saying(value: str, item: str = ITEM) -> Callable[[Answering], Step]:
    return lambda now: steps.answer(now, item, chosen(now.sheet.answers.get(item), value))


def elsewhere(opened: OpenSession, value: str, item: str) -> None:
    """By another door: the same sheet, read there and saved."""
    context = session_context(opened, "WR-01")
    found = context.read()
    assert found is not None
    context.save(found[0].with_answer(item, chosen(None, value)), found[1])


def there(opened: OpenSession) -> Sheet:
    found = opened.folder.sheet("WR-01")
    assert found is not None
    return found[0]


def test_what_looks_as_it_was_is_not_read_again(
    seat: Seat, opened: OpenSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as now:
        for name in ("sheet", "sheet_stands"):
            now.setattr(StoredSession, name, lambda *_: pytest.fail("it was read"))
        assert seat.sheet(at_a_glance=True) is not None
        seat.keep(saying("high"))
    assert there(opened).answers[ITEM].value == "high"


def test_what_looks_as_it_was_and_is_not_is_built_on_as_it_is(
    all_look_the_same: Seat, opened: OpenSession
) -> None:
    elsewhere(opened, "voice", OTHER_ITEM)
    all_look_the_same.keep(saying("high"))
    answers = there(opened).answers
    assert (answers[ITEM].value, answers[OTHER_ITEM].value) == ("high", "voice")


def test_nor_is_an_answer_dropped_that_only_looked_given_already(
    all_look_the_same: Seat, opened: OpenSession
) -> None:
    elsewhere(opened, "high", ITEM)
    all_look_the_same.keep(saying("low"))  # what stood there when it was read last
    assert (there(opened).answers[ITEM].value, there(opened).answers[ITEM].revision) == ("low", 3)


@pytest.mark.parametrize("value", ["high", "low"])  # something new, and what was said already
def test_a_sheet_that_went_is_not_begun_anew(
    all_look_the_same: Seat, opened: OpenSession, tmp_path: Path, value: str
) -> None:
    sheet = tmp_path / "proef" / "sheets" / "WR-01.yaml"
    whole = sheet.read_bytes()
    sheet.unlink()
    with pytest.raises(Busy, match="changed-since-read"):
        all_look_the_same.keep(saying(value))
    assert not sheet.exists()
    sheet.write_bytes(whole[:-20])
    with pytest.raises(BadData):
        all_look_the_same.keep(saying("high"))
    sheet.write_bytes(whole)
    all_look_the_same.keep(saying("high"))
    assert there(opened).answers[ITEM].value == "high"
