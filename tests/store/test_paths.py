"""T14 of tests/README.md: whatever a code, a name or a link says, nothing outside is touched."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bart_tool.domain.sheet import Decision
from bart_tool.errors import BartError, NotFound, Problem, WrongUse
from bart_tool.store import erasing, generated, locations, marks, sessions, sheets, yaml_text
from bart_tool.store.disk import DiskStore
from bart_tool.store.locations import FOLDERS
from bart_tool.store.protocol import CannotRead
from bart_tool.store.stored_session import StoredSession
from tests.workshop import WHO_QUESTION as WHO
from tests.workshop import path_of, session, set_data, sheet, small_set

SESSION = session(small_set(WHO), {"wijkraad": 2})

DEVICES = ("con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10)))
_PARTS = (
    *("", ".", "..", "../x", "..\\x", "/etc/passwd", "C:\\x", "C:x", "~", "~root", "//host/x"),
    *("a/b", "a\\b", "a/../b", "./a", "a/.", "x:y", "x\0y", "x\n", "\nx", "x ", " x", "x\t", "-x"),
    *(
        "x.",
        ".x",
        "x.yaml",
        "x*",
        "x?",
        "x|y",
        "x>y",
        'x"y',
        "x'y",
        "$HOME",
        "`id`",
        "$(id)",
        "%x%",
    ),
    *(
        "x;y",
        "x&y",
        "é",
        "ｘ",
        "x\u202ey",
        "x\u200by",
        "x\ud800",
        "X" * 300,
        "x" * 300,
        "１",
        "x_y",
    ),
    *("WR--01", "WR-01-02", "WR-", "-WR", "wr-01", "Wr-01", "WR_01", "WR-123456789", "ABCDEFGHI"),
)
_DEVICES = (*DEVICES, *(name.upper() for name in DEVICES))
CODES = sorted({*_PARTS, *_DEVICES, *(f"{part}-" for part in _PARTS)})
NAMES = sorted(
    {*_PARTS, *_DEVICES, *(f"../{part}" for part in _PARTS), "Demo", "x" * 42} - {"wr-01"}
)


def tree(folder: Path) -> dict[str, bytes | str]:
    """Everything below `folder`: what is in it, and where links lead."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[str(path)] = str(path.readlink())
        else:
            found[str(path)] = path.read_bytes() if path.is_file() else "folder"
    return found


@pytest.fixture
def folder(tmp_path: Path) -> StoredSession:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "session.yaml").write_bytes(b"format: 1\n")
    (tmp_path / "outside" / "WR-01.yaml").write_bytes(b"mine")
    return sessions.create(
        DiskStore(tmp_path / "sessions"), SESSION, yaml_text.write(set_data(WHO))
    )


def test_there_are_two_hundred_hostile_names() -> None:
    assert len(CODES) + len(NAMES) >= 200


def test_hostile_codes_are_refused_and_touch_nothing(folder: StoredSession) -> None:
    root = path_of(folder).parent.parent
    before = tree(root)
    good = sheet(SESSION, "WR-01", {})
    for code in CODES:
        hostile = good.model_copy(update={"participant": code})
        calls: list[Callable[[], object]] = [
            lambda code=code: folder.sheet(code),
            lambda hostile=hostile: folder.save_sheet(hostile, None),
            lambda hostile=hostile: folder.keep_conflict(hostile),
            lambda code=code: erasing.erase(folder, code),
        ]
        for call in calls:
            with pytest.raises(WrongUse) as caught:
                call()
            assert caught.value.code in ("bad-code", "device-name")
    assert tree(root) == before


def test_hostile_session_names_are_refused_and_touch_nothing(folder: StoredSession) -> None:
    root = folder.store.root
    before = tree(root.parent)
    for name in NAMES:
        with pytest.raises(WrongUse) as caught:
            sessions.find(DiskStore(root), name)
        assert caught.value.code in ("bad-session-name", "device-name")
        hostile = SESSION.model_copy(update={"session": name})
        with pytest.raises(WrongUse):
            sessions.create(DiskStore(root), hostile, "x")
    assert tree(root.parent) == before


def test_hostile_codes_inside_a_file_are_refused() -> None:
    text = sheets.dump(sheet(SESSION, "WR-01", {}))
    for code in CODES:
        hostile = text.replace('"WR-01"', yaml_text.write(code).strip())
        read, problems = sheets.parse(hostile, "WR-01.yaml")
        assert read is None, code
        assert problems


links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


@links
@pytest.mark.parametrize("part", ["", *FOLDERS])
def test_a_session_with_a_linked_folder_is_refused(folder: StoredSession, part: str) -> None:
    root = folder.store.root
    path = path_of(folder) / part if part else root / "linked"
    if path.exists():
        path.rmdir()
    path.symlink_to(root.parent / "outside")
    before = tree(root.parent)
    with pytest.raises(NotFound) as caught:
        sessions.find(DiskStore(root), "test" if part else "linked")
    assert caught.value.code == "folder-is-a-link"
    assert "linked" not in sessions.list_all(DiskStore(root))
    assert tree(root.parent) == before


@links
@pytest.mark.parametrize("part", FOLDERS)
def test_a_folder_linked_while_the_session_is_open_is_not_written_through(
    folder: StoredSession, tmp_path: Path, part: str
) -> None:
    path = path_of(folder) / part
    path.symlink_to(tmp_path / "outside")
    before = tree(tmp_path)
    write: dict[str, Callable[[], object]] = {
        "sheets": lambda: folder.save_sheet(sheet(SESSION, "WR-02", {}), None),
        "conflicts": lambda: folder.save_decisions(
            [Decision(participant="WR-01", item="who", revision=1, chosen="0")]
        ),
        "damaged": lambda: folder.set_aside("WR-01.yaml", b"x", Problem("x")),
        "forms": lambda: folder.write_form("WR-02", ".html", b"x"),
        "report": lambda: generated.write(folder, "report.md", b"x"),
        "private": lambda: marks.secret(folder),
    }
    with pytest.raises(BartError):
        write[part]()
    assert tree(tmp_path) == before


@links
def test_a_linked_sheet_is_named_and_not_followed(folder: StoredSession, tmp_path: Path) -> None:
    folder.save_sheet(sheet(SESSION, "WR-02", {}), None)
    path = path_of(folder) / "sheets" / "WR-01.yaml"
    path.symlink_to(tmp_path / "outside" / "WR-01.yaml")
    found, problems = folder.sheets()
    assert [each.participant for each in found] == ["WR-02"]
    assert [(each.code, each.where.file) for each in problems] == [("file-is-a-link", "WR-01.yaml")]
    with pytest.raises(CannotRead):
        folder.sheet("WR-01")
    with pytest.raises(CannotRead):
        folder.save_sheet(sheet(SESSION, "WR-01", {}), None)
    erasing.erase(folder, "WR-01")
    assert not path.is_symlink()
    assert (tmp_path / "outside" / "WR-01.yaml").read_bytes() == b"mine"


@links
def test_a_link_in_place_of_a_lock_or_a_session_file_is_not_followed(
    folder: StoredSession, tmp_path: Path
) -> None:
    outside = tmp_path / "outside" / "WR-01.yaml"
    lock = path_of(folder) / ".people.yaml.lock"
    lock.symlink_to(outside)
    (path_of(folder) / "people.yaml").symlink_to(outside)
    before = tree(tmp_path)
    for call in (folder.people, lambda: folder.save_people({})):
        with pytest.raises(BartError):
            call()
    assert tree(tmp_path) == before


def test_where_sessions_are_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BART_SESSIONS", str(tmp_path / "named"))
    assert locations.sessions_folder(Path("given")) == Path("given")
    assert locations.sessions_folder(None) == tmp_path / "named"
    monkeypatch.setenv("BART_SESSIONS", "")
    elsewhere = locations.sessions_folder(None)
    assert (elsewhere.name, "bart" in elsewhere.parts) == ("sessions", True)
    (tmp_path / "sessions").mkdir()
    assert locations.sessions_folder(None) == Path("sessions")


def test_the_shipped_sets_are_found_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = os.listdir(locations.shipped_sets())  # noqa: PTH208
    assert "question-set.schema.json" in names
