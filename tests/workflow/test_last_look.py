"""Who looks who has answered reads what looks otherwise than before; nothing hangs on it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.store.disk import DiskStore
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow.merging import LastLook
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.phases import close, status
from bart_tool.workflow.room import Room
from tests.tui import sample


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    """Two people: the first has begun."""
    opened = sample.opened(tmp_path)
    save(opened, "WR-01", sample.begun)
    return opened


def save(opened: OpenSession, code: str, change: Callable[..., object]) -> None:
    Room(opened).seat(code).keep(lambda now: (change(now), ()))


def handed_in(opened: OpenSession, code: str) -> None:
    found = opened.folder.sheet(code)
    assert found is not None
    opened.folder.save_sheet(found[0].changed(status=SheetStatus.SUBMITTED), found[1])


def states(opened: OpenSession, last: LastLook) -> dict[str, str]:
    return {each.code: each.state for each in status(opened, last).participants}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sheets that are read from now on."""
    read: list[str] = []
    real = StoredSession.sheet_in

    def noted(folder: StoredSession, inside: str) -> tuple[Sheet | None, tuple[object, ...]]:
        read.append(inside)
        return real(folder, inside)

    monkeypatch.setattr(StoredSession, "sheet_in", noted)
    return read


def test_only_what_looks_otherwise_is_read_again(opened: OpenSession, read: list[str]) -> None:
    last = LastLook()
    first = states(opened, last)
    assert (first["WR-01"], first["WR-02"]) == ("draft", "not-started")
    assert states(opened, last) == first
    assert read == ["sheets/WR-01.yaml"]
    read.clear()
    save(opened, "WR-02", sample.begun)
    handed_in(opened, "WR-01")
    now = states(opened, last)
    assert (now["WR-01"], now["WR-02"]) == ("submitted", "draft")
    assert read == ["sheets/WR-01.yaml", "sheets/WR-02.yaml"]


def test_what_is_wrong_is_told_each_time_it_is_looked_at(
    opened: OpenSession, tmp_path: Path, read: list[str]
) -> None:
    sheet, last = tmp_path / "proef" / "sheets" / "WR-01.yaml", LastLook()
    sheet.write_text(sheet.read_text("utf-8") + "nonsense: 1\n", "utf-8")
    told = status(opened).problems
    assert told != ()
    assert status(opened, last).problems == told
    read.clear()
    assert (status(opened, last).problems, read) == (told, [])
    sheet.unlink()
    assert (status(opened, last).problems, states(opened, last)["WR-01"]) == ((), "not-started")


def test_beside_a_copy_the_sheet_is_read_as_ever(
    opened: OpenSession, tmp_path: Path, read: list[str]
) -> None:
    folder, last = tmp_path / "proef" / "sheets", LastLook()
    handed_in(opened, "WR-01")
    states(opened, last)
    copy = folder / "WR-01-LAPTOP.yaml"
    copy.write_bytes((folder / "WR-01.yaml").read_bytes())
    read.clear()
    assert status(opened, last) == status(opened)
    assert read.count("sheets/WR-01.yaml") == 2


def test_after_the_session_changed_all_of_it_is_read(opened: OpenSession, read: list[str]) -> None:
    last = LastLook()
    states(opened, last)
    changed = opened.revised(lambda session: session.changed(title="Anders"))
    read.clear()
    states(changed, last)
    assert read == ["sheets/WR-01.yaml"]


def test_closing_trusts_nothing_of_it(opened: OpenSession, monkeypatch: pytest.MonkeyPatch) -> None:
    last = LastLook()
    monkeypatch.setattr(DiskStore, "stamp", lambda *_: "the same")
    states(opened, last)
    handed_in(opened, "WR-01")
    assert states(opened, last)["WR-01"] == "draft"  # what a disk without times would have it see
    closed = close(opened)
    assert "WR-01" not in {each.code for each in closed.missing}
    assert states(closed.opened, last)["WR-01"] == "submitted"
