"""A whole workshop on the disk, in a memory and in a database: the same bytes, by the protocol."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bart_tool.domain.agreement import AgreementDraft, Assent
from bart_tool.errors import Busy, CannotCreate, NotAllowed, NotFound
from bart_tool.store import sessions
from bart_tool.store.disk import DiskStore
from bart_tool.store.protocol import Kind, Store, is_temporary
from bart_tool.wording.letter import Letterhead
from bart_tool.workflow.agree import agree
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.compare import compared, write
from bart_tool.workflow.course import overview
from bart_tool.workflow.erase import erase
from bart_tool.workflow.follow_up import begin, planned, take_back
from bart_tool.workflow.forms import make_forms
from bart_tool.workflow.gather import gather
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import close, reopen
from bart_tool.workflow.publish import publish
from bart_tool.workflow.settle import choices, settle
from tests.store.memory import MemoryStore
from tests.store.server import database
from tests.workflow.on_disk import ALL_TYPES, SET, SET_TEXT, naming, said, sheet_file
from tests.workflow.test_agreeing import TODAY
from tests.workshop import session

ALL = ("md", "html", "json")
TWICE = {"wijkraad": 3, "wijkmanager": 1}
MakeStore = Callable[[Path], Store]
STORES = pytest.mark.parametrize(
    "make",
    [lambda path: DiskStore(path / "sessions"), lambda _: MemoryStore(), lambda _: database()],
    ids=["disk", "memory", "database"],
)


def begun(store: Store) -> OpenSession:
    made = session(SET, TWICE, phase="answering")
    sessions.create(store, made, SET_TEXT)
    return open_session(store, "test")


def answered(opened: OpenSession, code: str, answers: dict[str, object]) -> None:
    context = session_context(opened, code)
    now = opened.session.round
    context.save(said(opened, code, answers, status="submitted", round=now), None)


def held(store: Store, folder: str) -> dict[str, bytes]:
    """Every file of a session but the store's own locks."""
    found: dict[str, bytes] = {}
    for name in store.names(folder):
        inside = f"{folder}/{name}"
        if store.kind(inside) is Kind.FOLDER:
            found |= held(store, inside)
        elif not is_temporary(name) and (stored := store.read(inside)) is not None:
            found[inside] = stored.content
    return found


def whole_workshop(store: Store, inbox: Path) -> list[dict[str, bytes]]:
    """What the store holds after each step, from a new session to an erasure."""
    seen: list[dict[str, bytes]] = []
    inbox.mkdir()
    opened = begun(store)
    make_forms(opened, letters=Letterhead())
    for code in ("WR-01", "WM-01"):
        answered(opened, code, dict(ALL_TYPES))
    for number, value in enumerate(("college", "wijkraad")):
        other = said(opened, "WR-02", {"who": value}, status="submitted")
        gather(opened, [sheet_file(inbox, f"{number}.yaml", other)])
    (inbox / "broken.yaml").write_text("format: [", encoding="utf-8")
    assert gather(opened, [inbox / "broken.yaml"]).damaged
    seen.append(held(store, "test"))
    opened = close(open_session(store, "test")).opened
    (choice,) = choices(opened)
    opened = settle(opened, choice.participant, {choice.item: choice.versions[0].mark})
    opened = publish(opened, formats=ALL).opened
    seen.append(held(store, "test"))
    draft = AgreementDraft(
        topic="who", sentence="Het college beslist.", parties=(Assent(party="wijkraad"),)
    )
    opened = agree(opened, draft, TODAY).opened
    opened = begin(opened, planned(opened))
    opened = take_back(opened)
    opened = begin(opened, planned(opened))
    answered(opened, "WR-01", {"agreement-kept-a-1": "no"})
    seen.append(held(store, "test"))
    opened = publish(close(opened).opened, formats=ALL).opened
    write(compared(opened, 1, 2), formats=ALL)
    seen.append(held(store, "test"))
    opened = erase(opened, "WR-01").opened
    publish(opened, formats=ALL)
    seen.append(held(store, "test"))
    return seen


@STORES
def test_a_whole_workshop_gives_the_same_bytes_on_each(make: MakeStore, tmp_path: Path) -> None:
    on_disk = whole_workshop(DiskStore(tmp_path / "sessions"), tmp_path / "one")
    elsewhere = whole_workshop(make(tmp_path / "other"), tmp_path / "two")
    for disk, other in zip(on_disk, elsewhere, strict=True):
        assert disk.keys() == other.keys()
        assert disk == other
    assert on_disk[1]["test/report/report.json"] == elsewhere[1]["test/report/report.json"]
    assert "test/rounds/1/report/report.json" in on_disk[2]
    assert naming("WR-01", elsewhere[-1]) == []


@STORES
def test_of_two_writers_who_read_the_same_one_is_refused(make: MakeStore, tmp_path: Path) -> None:
    opened = begun(make(tmp_path))
    one, other = (said(opened, "WR-01", {"who": value}) for value in ("college", "wijkraad"))
    mark = opened.folder.save_sheet(one, None)
    with pytest.raises(Busy):
        opened.folder.save_sheet(other, None)
    newer = opened.folder.save_sheet(other, mark)
    with pytest.raises(Busy):
        opened.folder.save_sheet(one, mark)
    assert opened.folder.sheet("WR-01") == (other, newer)


@STORES
def test_a_session_is_made_once_found_by_name_and_listed(make: MakeStore, tmp_path: Path) -> None:
    store = make(tmp_path)
    with pytest.raises(NotFound):
        open_session(store, "test")
    begun(store)
    with pytest.raises(CannotCreate):
        begun(store)
    assert [line.name for line in overview(store)] == ["test"]
    assert store.kind("test") is Kind.FOLDER
    assert store.kind("test/session.yaml") is Kind.FILE
    assert store.kind("test/sheets") is None
    assert not store.remove("test/sheets/WR-01.yaml")


@STORES
def test_a_lock_keeps_another_writer_away(make: MakeStore, tmp_path: Path) -> None:
    opened = begun(make(tmp_path))
    with (
        opened.folder.store.lock("test/session.yaml"),
        pytest.raises(Busy),
        opened.folder.store.lock("test/session.yaml", seconds=0),
    ):
        pass
    opened.saved(opened.session)


@STORES
def test_a_closed_round_is_refused_and_reopened(make: MakeStore, tmp_path: Path) -> None:
    opened = begun(make(tmp_path))
    answered(opened, "WR-01", {"who": "college"})
    opened = close(opened).opened
    with pytest.raises(NotAllowed):
        session_context(opened, "WR-02")
    opened = reopen(opened, ["WR-01"])
    sheet, mark = session_context(opened, "WR-01").read() or (None, None)
    assert sheet is not None
    session_context(opened, "WR-01").save(sheet, mark)
    assert len(picture_of(opened).picture.sheets) == 1
