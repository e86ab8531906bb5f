"""A file is the old one or the new one, and nobody overwrites what they have not seen."""

import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bart_tool.errors import BartError, Busy, CannotCreate, CannotWrite, Exit
from bart_tool.store import atomic
from bart_tool.store.protocol import CannotRead, fingerprint_of

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if not each.name.endswith(".lock"))


def test_what_is_saved_is_read_back_with_the_same_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    first = atomic.save(path, b"one", None)
    second = atomic.save(path, b"two", first)
    stored = atomic.read(path)
    assert stored == atomic.Stored(b"two", second)
    assert names(tmp_path) == ["a.yaml"]


def test_a_file_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert atomic.read(tmp_path / "a.yaml") is None
    assert atomic.read(tmp_path / "no folder" / "a.yaml") is None


def test_who_read_something_else_may_not_save(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    seen = atomic.save(path, b"one", None)
    atomic.save(path, b"two", seen)
    for expected, code in ((seen, "changed-since-read"), (None, "already-there")):
        with pytest.raises(Busy) as caught:
            atomic.save(path, b"three", expected)
        assert (caught.value.code, caught.value.exit_code) == (code, Exit.BUSY)
    assert path.read_bytes() == b"two"


def test_a_file_removed_meanwhile_is_not_made_again(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    seen = atomic.save(path, b"one", None)
    path.unlink()
    with pytest.raises(Busy):
        atomic.save(path, b"two", seen)
    assert names(tmp_path) == []


def test_who_waits_too_long_for_the_lock_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with atomic.locked(path), pytest.raises(Busy) as caught, atomic.locked(path, seconds=0):
        pass
    assert caught.value.code == "file-is-locked"


@posix_only
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything")
def test_a_folder_that_may_not_be_written_gives_its_own_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(BartError) as caught:
            atomic.save(tmp_path / "a.yaml", b"one", None)
    finally:
        tmp_path.chmod(0o700)
    assert caught.value.exit_code in (Exit.CANNOT_CREATE, Exit.CANNOT_WRITE)


@posix_only
def test_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        atomic.make_folder(tmp_path / "folder")
        path = tmp_path / "folder" / "a.yaml"
        atomic.save(path, b"one", None)
        modes = [each.stat().st_mode for each in (path.parent, path, atomic.lock_path(path))]
    finally:
        os.umask(before)
    assert [stat.S_IMODE(mode) for mode in modes] == [0o700, 0o600, 0o600]


@posix_only
@pytest.mark.parametrize("target", ["outside.yaml", "nothing.yaml"])
def test_a_link_is_neither_read_nor_written_through(tmp_path: Path, target: str) -> None:
    (tmp_path / "outside.yaml").write_bytes(b"mine")
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "a.yaml"
    path.symlink_to(tmp_path / target)
    with pytest.raises(CannotRead) as caught:
        atomic.read(path)
    assert caught.value.code == "file-is-a-link"
    for expected in (None, fingerprint_of(b"mine")):
        with pytest.raises(CannotRead):
            atomic.save(path, b"theirs", expected)
    assert names(tmp_path) == ["folder", "outside.yaml"]
    assert (tmp_path / "outside.yaml").read_bytes() == b"mine"


@posix_only
def test_a_pipe_does_not_make_reading_wait_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    with pytest.raises(CannotRead) as caught:
        atomic.read(tmp_path / "a.yaml")
    assert caught.value.code == "cannot-read"


def test_a_folder_in_place_of_a_file_is_an_error_not_a_new_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    with pytest.raises(CannotRead):
        atomic.read(tmp_path / "a.yaml")


def refusing(error: int) -> Callable[..., object]:
    def call(*_: object) -> object:
        raise OSError(error, os.strerror(error))

    return call


@pytest.mark.parametrize(
    ("call", "number"),
    [
        ("_flush_to_disk", errno.EIO),
        ("_flush_to_disk", errno.ENOSPC),
        ("_replace", errno.EACCES),
        ("_flush_folder", errno.EIO),
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_what_the_disk_refuses_is_not_called_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, is_new: bool
) -> None:
    path = tmp_path / "a.yaml"
    seen = None if is_new else atomic.save(path, b"one", None)
    monkeypatch.setattr(atomic, call, refusing(number))
    # A disk that is full or broken cannot write; only what may not be there cannot be created.
    with pytest.raises(CannotCreate if is_new and number == errno.EACCES else CannotWrite):
        atomic.save(path, b"two", seen)
    monkeypatch.undo()
    stored = atomic.read(path)
    # Only when the folder could not be flushed may the new content be there already.
    allowed = [b"two"] if call == "_flush_folder" else [None if is_new else b"one"]
    assert (stored.content if stored else None) in allowed
    assert names(tmp_path) == (["a.yaml"] if stored else [])


def test_what_a_scanner_holds_up_is_tried_again_and_in_the_end_refused() -> None:
    tries: list[int] = []

    def held_up_twice() -> str:
        tries.append(len(tries))
        if len(tries) < 3:
            raise PermissionError(errno.EACCES, "in use")
        return "done"

    assert atomic._patiently(held_up_twice, waits=(0.0, 0.0, 0.0)) == "done"
    assert len(tries) == 3
    with pytest.raises(PermissionError):
        atomic._patiently(refusing(errno.EACCES), waits=(0.0,))


def test_sweeping_takes_what_killed_writers_left_and_nothing_else(tmp_path: Path) -> None:
    left = tmp_path / f".a.yaml.{'0' * 16}.tmp"
    others = ["a.yaml", ".a.yaml.tmp", "notes.tmp", f"a.yaml.{'0' * 16}.tmp", ".hidden"]
    for name in (left.name, *others):
        (tmp_path / name).write_bytes(b"x")
    assert atomic.sweep(tmp_path) == [left]
    assert names(tmp_path) == sorted(others)


def test_sweeping_leaves_a_writer_at_work_alone(tmp_path: Path) -> None:
    at_work = tmp_path / f".a.yaml.{'0' * 16}.tmp"
    at_work.write_bytes(b"x")
    with atomic.locked(tmp_path / "a.yaml"):
        assert atomic.sweep(tmp_path) == []
    assert atomic.sweep(tmp_path) == [at_work]


def test_sweeping_a_folder_that_is_not_there_does_nothing(tmp_path: Path) -> None:
    assert atomic.sweep(tmp_path / "none") == []


@posix_only
def test_of_several_files_none_is_replaced_until_all_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    (tmp_path / "b.md").symlink_to(tmp_path / "elsewhere")
    new = {"a.md": b"new", "b.md": b"new"}
    with pytest.raises(CannotRead) as refused:
        atomic.replace_all(tmp_path, new)
    assert (refused.value.code, (tmp_path / "a.md").read_bytes()) == ("file-is-a-link", b"old")
    (tmp_path / "b.md").unlink()
    atomic.replace_all(tmp_path, new)
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == new


def test_of_several_files_none_is_replaced_when_one_was_written_since(tmp_path: Path) -> None:
    mark = atomic.save(tmp_path / "a.yaml", b"old", None)
    new = {"a.yaml": b"new", "b.yaml": b"new"}
    for a, b, said in (("0" * 64, None, "changed-since-read"), (mark, mark, "changed-since-read")):
        with pytest.raises(Busy, match=said):
            atomic.replace_all(tmp_path, new, {"a.yaml": a, "b.yaml": b})
    with pytest.raises(Busy, match="already-there"):
        atomic.replace_all(tmp_path, new, {"a.yaml": None, "b.yaml": None})
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == {"a.yaml": b"old"}
    atomic.replace_all(tmp_path, new, {"a.yaml": mark, "b.yaml": None})
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == new


def test_what_is_written_for_several_files_is_swept_only_when_nobody_writes(tmp_path: Path) -> None:
    left = tmp_path / f".together.{'0' * 16}.tmp"
    left.write_bytes(b"half")
    with atomic.locked(tmp_path / "together"):
        assert atomic.sweep(tmp_path) == []
    assert (atomic.sweep(tmp_path), left.exists()) == ([left], False)


def test_under_the_lock_of_another_file_it_waits_for_none_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "sheets").mkdir()
    sheet, session = tmp_path / "sheets" / "a.yaml", tmp_path / "session.yaml"
    with atomic.locked(session), atomic.locked(sheet):
        mark = atomic.save(sheet, b"one", None, under=session)
        with pytest.raises(Busy, match="changed-since-read"):
            atomic.save(sheet, b"two", "0" * 64, under=session)
        assert atomic.save(sheet, b"two", mark, under=session) == fingerprint_of(b"two")
    assert sheet.read_bytes() == b"two"
    assert [each for each in names(tmp_path) if each.endswith(".tmp")] == []


def test_what_is_written_under_another_lock_is_swept_only_when_that_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sheets").mkdir()
    sheet, session = tmp_path / "sheets" / "a.yaml", tmp_path / "session.yaml"
    swept: list[list[Path]] = []

    def killed(source: Path, _target: Path) -> None:
        swept.extend((atomic.sweep(tmp_path), atomic.sweep(tmp_path / "sheets")))
        assert source.read_bytes() == b"half"
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic, "_replace", killed)
    monkeypatch.setattr(atomic, "_remove_quietly", lambda _: None)
    with pytest.raises(KeyboardInterrupt), atomic.locked(session):
        atomic.save(sheet, b"half", None, under=session)
    assert swept == [[], []]
    (left,) = atomic.sweep(tmp_path)
    assert left.name.endswith(".tmp")
    assert not sheet.exists()
