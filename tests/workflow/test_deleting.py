"""Deleting a whole session, and the day by which its answers must be erased."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bart_tool.domain.days import NEAR
from bart_tool.errors import BartError, CannotWrite, NotFound, WrongUse
from bart_tool.store import atomic, deleting, sessions
from bart_tool.store.disk import DiskStore
from bart_tool.store.protocol import Store
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.course import overview
from bart_tool.workflow.delete import contents, delete
from bart_tool.workflow.follow_up import begin, planned, take_back
from bart_tool.workflow.open_session import open_session
from bart_tool.workflow.prepare import new_session, usable_set
from bart_tool.workflow.retention import keep_answers_until, to_erase
from bart_tool.workflow.session_draft import SessionDraft
from tests.store.in_store import InStore
from tests.store.memory import MemoryStore
from tests.store.server import database
from tests.workflow.on_disk import INSTEAD, begun_session, said, store_in
from tests.workflow.test_every_crash_point import with_agreements, with_follow_up
from tests.workshop import path_of

pytestmark = pytest.mark.usefixtures("each_store")

TODAY = date(2026, 11, 29)
STORES: list[Callable[[Path], Store]] = [DiskStore, lambda _: MemoryStore(), lambda _: database()]


def everything(root: Path) -> list[str]:
    where = InStore(store_in(root), "") if INSTEAD else root
    return sorted(path.name for path in where.rglob("*"))


@pytest.mark.parametrize("make", STORES, ids=["disk", "memory", "database"])
def test_a_deleted_session_leaves_nothing_and_its_neighbour_stays(
    make: Callable[[Path], Store], tmp_path: Path
) -> None:
    store = make(tmp_path / "sessions")
    for name in ("noord", "noord-2"):
        new_session(store, SessionDraft(name=name, parties=[("wijkraad", 3)]))
    assert delete(store, "noord") == "noord"
    assert sessions.list_all(store) == ("noord-2",)
    assert [name for name in store.names("") if "noord" in name and "noord-2" not in name] == []
    with pytest.raises(NotFound):
        delete(store, "noord")
    new_session(store, SessionDraft(name="noord", parties=[("wijkraad", 3)]))  # the name is free


def test_what_would_go_is_counted_over_every_round(tmp_path: Path) -> None:
    with_follow_up(tmp_path)
    held = contents(store_in(tmp_path / "sessions"), "test")
    assert (held.sheets, held.reports, held.agreements) == (6, 2, 2)


def test_a_session_that_cannot_be_read_can_be_deleted(tmp_path: Path) -> None:
    opened = begun_session(tmp_path)
    (path_of(opened.folder) / "session.yaml").write_bytes(b"kapot: [")
    delete(store_in(tmp_path), "test")
    assert everything(tmp_path) == []


def test_who_saves_after_it_was_deleted_brings_nothing_back(tmp_path: Path) -> None:
    opened = begun_session(tmp_path)
    context = session_context(opened, "WR-01")
    delete(store_in(tmp_path), "test")
    with pytest.raises(BartError):
        context.save(context.blank.changed(consent="position"), None)
    with pytest.raises(BartError):
        opened.folder.save_sheet(said(opened, "WR-02", {"who": "college"}), None)
    assert everything(tmp_path) == []


@pytest.mark.of_the_disk("the disk refuses a call")
def test_what_could_not_be_removed_goes_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_agreements(tmp_path)
    root = tmp_path / "sessions"

    def refused(path: Path) -> bool:
        raise CannotWrite("cannot-remove-file", file=path.name, reason="EACCES")

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "remove", refused)
        with pytest.raises(CannotWrite) as refusal:
            delete(store_in(root), "test")
        assert refusal.value.code == "delete-half-done"
        assert deleting.left_in(store_in(root))
        assert sessions.list_all(store_in(root)) == ()  # also while it cannot be swept
    assert everything(root) != []
    assert overview(store_in(root)) == ()
    assert everything(root) == []


def test_what_somebody_is_deleting_now_is_left_to_them(tmp_path: Path) -> None:
    begun_session(tmp_path)
    store = store_in(tmp_path)
    store.move("test", ".test.0123456789abcdef.deleting")
    with store.lock("test"):
        deleting.sweep(store)
        assert deleting.left_in(store) == [".test.0123456789abcdef.deleting"]
    deleting.sweep(store)
    assert everything(tmp_path) == []


# The day by which answers must be erased


@pytest.mark.parametrize(
    ("days", "left"), [(NEAR + 1, None), (NEAR, NEAR), (1, 1), (0, 0), (-1, -1), (-400, -400)]
)
def test_the_day_is_told_from_a_month_before_and_ever_after(
    tmp_path: Path, days: int, left: int | None
) -> None:
    opened = begun_session(tmp_path, keep_until=TODAY + timedelta(days=days))
    assert to_erase(opened.folder, opened.session, TODAY) is None  # nobody answered
    opened.folder.save_sheet(said(opened, "WR-01", {"who": "college"}), None)
    due = to_erase(opened.folder, opened.session, TODAY)
    assert (due.left if due else None) == left
    (line,) = overview(store_in(tmp_path), TODAY)
    assert line.to_erase == due


def test_answers_of_a_finished_round_count_too(tmp_path: Path) -> None:
    with_agreements(tmp_path)
    opened = open_session(store_in(tmp_path / "sessions"), "test")
    opened = keep_answers_until(opened, TODAY, TODAY)
    opened = begin(opened, planned(opened))
    assert opened.folder.sheets()[0] == ()
    due = to_erase(opened.folder, opened.session, TODAY)
    assert due is not None
    assert due.left == 0
    opened = take_back(keep_answers_until(opened, TODAY + timedelta(days=9), TODAY))
    due = to_erase(opened.folder, opened.session, TODAY)
    assert due is not None
    assert due.left == 9  # what was said in the round that is gone holds


def test_a_day_that_has_gone_by_is_refused_wherever_it_can_be_said(tmp_path: Path) -> None:
    opened, yesterday = begun_session(tmp_path), TODAY - timedelta(days=1)
    with pytest.raises(WrongUse) as refused:
        keep_answers_until(opened, yesterday, TODAY)
    assert refused.value.code == "keep-until-past"
    assert opened.reread().session.keep_until is None
    draft = SessionDraft(name="noord", parties=[("wijkraad", 3)], keep_until=yesterday)
    question_set, _ = usable_set(draft.set_name)
    assert [each.code for each in draft.problems(question_set, TODAY)] == ["keep-until-past"]
    assert draft.problems(question_set, yesterday) == ()
