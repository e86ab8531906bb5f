"""Whatever is saved of answers is saved before the round closes, or not at all."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bart_tool.errors import Busy, Exit, NotAllowed
from bart_tool.store.locations import SESSION_FILE
from bart_tool.store.protocol import Store, Stored
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.gather import gather, gather_pasted
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import close
from tests.cli.run import bart
from tests.workflow.on_disk import begun_session, root_in, said, sheet_file, snapshot, store_in
from tests.workshop import path_of

pytestmark = pytest.mark.usefixtures("each_store")

Saving = Callable[[OpenSession, Path], Callable[[], object]]


def answering(opened: OpenSession, _: Path) -> Callable[[], object]:
    context = session_context(opened, "WR-01")
    return lambda: context.save(said(opened, "WR-01", {"who": "college"}), None)


def gathering(opened: OpenSession, root: Path) -> Callable[[], object]:
    file = sheet_file(root, "in.yaml", said(opened, "WR-01", {"who": "college"}))
    return lambda: gather(opened, [file])


def gathering_a_stranger(opened: OpenSession, root: Path) -> Callable[[], object]:
    file = root / "in.csv"
    rows = "participant,party,item,value,certainty,note,quote\nWR-99,wijkraad,who,college,,,\n"
    file.write_text(rows, encoding="utf-8")
    return lambda: gather(opened, [file], add_people=True)


def gathering_what_is_broken(opened: OpenSession, root: Path) -> Callable[[], object]:
    file = root / "in.yaml"
    file.write_text("kind: answer-sheet\nparticipant: [", encoding="utf-8")
    return lambda: gather(opened, [file])


def gathering_another_version(opened: OpenSession, root: Path) -> Callable[[], object]:
    opened.folder.save_sheet(said(opened, "WR-01", {"who": "college"}), None)
    file = sheet_file(root, "in.yaml", said(opened, "WR-01", {"who": "nobody"}))
    return lambda: gather(opened, [file])


def pasting(opened: OpenSession, _: Path) -> Callable[[], object]:
    rows = b"participant,party,item,value,certainty,note,quote\nWR-01,wijkraad,who,college,,,\n"
    return lambda: gather_pasted(opened, rows, "pasted text")


SAVINGS: list[Saving] = [
    answering,
    gathering,
    gathering_a_stranger,
    gathering_what_is_broken,
    gathering_another_version,
    pasting,
]


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return begun_session(tmp_path / "sessions")


def close_elsewhere(root: Path) -> None:
    """Another program closes the round, and has ended when this returns."""
    args = ["close", "test", "--yes", "--sessions", root_in(root / "sessions")]
    done = subprocess.run([sys.executable, "-m", "bart_tool", *args], check=True)
    assert done.returncode == 0


@pytest.mark.parametrize("saving", SAVINGS)
def test_what_begins_before_closing_and_lands_after_it_is_refused(
    opened: OpenSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saving: Saving
) -> None:
    """It has read everything; then another closes; then it wants to write."""
    save = saving(opened, tmp_path)
    held, closed = OpenSession.held, []

    @contextmanager
    def closed_first(known: OpenSession) -> Iterator[OpenSession]:
        if not closed:
            close_elsewhere(tmp_path)
            closed.append(snapshot(path_of(opened.folder)))
        with held(known) as now:
            yield now

    monkeypatch.setattr(OpenSession, "held", closed_first)
    if saving is gathering_a_stranger:  # who joins is written down before that
        revised = OpenSession.revised
        monkeypatch.setattr(
            OpenSession, "revised", lambda known, change: _closed_then(revised, known, change)
        )

        def _closed_then(call: Callable[..., OpenSession], *args: object) -> OpenSession:
            close_elsewhere(tmp_path)
            closed.append(snapshot(path_of(opened.folder)))
            return call(*args)

    with pytest.raises(NotAllowed) as refused:
        save()
    assert refused.value.exit_code == Exit.NOT_ALLOWED
    assert refused.value.code in ("not-answering", "gather-not-open")
    assert [snapshot(path_of(opened.folder))] == closed


@pytest.mark.parametrize("saving", [each for each in SAVINGS if each is not gathering_a_stranger])
def test_who_closes_waits_for_what_is_being_saved(
    opened: OpenSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saving: Saving
) -> None:
    save = saving(opened, tmp_path)
    refused = []

    def closing_meanwhile(call: Callable[..., str]) -> Callable[..., str]:
        def landed(folder: StoredSession, *args: object, **named: object) -> str:
            try:  # as closing does, but without the patience
                with folder.store.lock(folder.named(SESSION_FILE), seconds=0):
                    pytest.fail("the round could be closed while an answer was being saved")
            except Busy:
                refused.append(args)
            return call(folder, *args, **named)

        return landed

    for name in ("save_sheet", "save_sheets", "keep_conflict", "set_aside"):
        monkeypatch.setattr(StoredSession, name, closing_meanwhile(getattr(StoredSession, name)))
    save()
    assert refused
    closed = close(open_session(store_in(tmp_path / "sessions"), "test")).opened
    if saving is not gathering_what_is_broken:
        assert [sheet.participant for sheet in picture_of(closed).picture.sheets] == ["WR-01"]


def test_a_sheet_that_comes_after_closing_is_refused_in_one_sentence(
    opened: OpenSession, tmp_path: Path
) -> None:
    save = gathering(opened, tmp_path)
    close(opened)
    before = snapshot(path_of(opened.folder))
    done = bart(tmp_path / "sessions", "gather", "test", str(tmp_path / "in.yaml"), language="en")
    assert (done.code, done.out) == (Exit.NOT_ALLOWED, "")
    assert done.err.count("\n") == 1
    assert "takes no more answers" in done.err
    assert snapshot(path_of(opened.folder)) == before
    with pytest.raises(NotAllowed):  # nor by who had it open
        save()
    assert snapshot(path_of(opened.folder)) == before


def test_closing_reads_every_sheet_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = begun_session(tmp_path)
    opened.folder.save_sheet(said(opened, "WR-01", {"who": "college"}), None)
    read: list[str] = []
    kind = type(opened.folder.store)
    reading = kind.read

    def noted(store: Store, name: str) -> Stored | None:
        read.append(name)
        return reading(store, name)

    monkeypatch.setattr(kind, "read", noted)
    close(opened)
    assert [name for name in read if name.endswith("WR-01.yaml")] == [
        opened.folder.named("sheets/WR-01.yaml")
    ]


def test_who_goes_on_in_a_sheet_that_was_handed_in_meanwhile_is_told_so(tmp_path: Path) -> None:
    opened = begun_session(tmp_path / "sessions")
    draft = said(opened, "WR-01", {"who": "college"}, status="draft")
    first = session_context(opened, "WR-01")
    mark = first.save(draft, None)
    gather(opened, [sheet_file(tmp_path, "in.yaml", draft.changed(status="submitted"))])
    with pytest.raises(NotAllowed, match="handed-in-already"):
        first.save(draft.changed(consent="none"), mark)
