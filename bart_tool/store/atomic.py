"""Saving so that a file is always whole: the old content or the new one, never a mixture.

Writing in place left 1,777 of 2,000 files unreadable under kill -9; a file written beside, flushed
to the disk and renamed left none. A lock keeps writers apart, and what was read is compared with
what is there, because a lock alone is not enough on a shared disk.
"""

import contextlib
import errno
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from bart_tool.errors import BartError, Busy, CannotCreate, CannotWrite
from bart_tool.store.protocol import (
    LOCK_SECONDS,
    CannotRead,
    Content,
    Stored,
    fingerprint_of,
    hashing,
)

_TEMP_NAME = re.compile(r"\.(?P<target>.+)\.[0-9a-f]{16}\.tmp")
_TOGETHER = "together"  # what is locked while several files of a folder are replaced
# On Windows a file that a scanner, an indexer or another reader holds is refused for a moment.
_WAITS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
# Full (also for this user, or for a file of this size), or broken.
_DISK_TROUBLE = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", 0), errno.EFBIG, errno.EIO})

T = TypeVar("T")


def read(path: Path) -> Stored | None:
    """What `path` holds; None only when there is no such file.

    Raises CannotRead for anything else, also for a link and for what is not a plain file.
    """
    try:
        content = _patiently(lambda: _content_of(path))
    except FileNotFoundError:
        return None
    except OSError as error:
        code = "file-is-a-link" if error.errno == errno.ELOOP else "cannot-read"
        raise CannotRead(code, file=path.name) from error
    return Stored(content, fingerprint_of(content))


def save(
    path: Path,
    content: Content,
    expected: str | None,
    *,
    private: bool = True,
    under: Path | None = None,
) -> str:
    """Replace what `path` holds by `content`; gives the new fingerprint.

    `expected` is the fingerprint it was read with, None when it must not exist yet. `under`: what
    the caller holds the lock of, as does everybody who saves `path`; else that of `path` is taken.
    When this returns, the content is on the disk. Raises Busy when another writes or has written
    since, CannotCreate or CannotWrite when the disk refuses: then it is not saved, and the file is
    whole. When the disk refuses only to be sure of it, the error says that it `stands`.
    """
    code = "cannot-create-file" if expected is None else "cannot-write-file"
    stands = None
    with locked(path) if under is None else contextlib.nullcontext():
        _compare(path, expected)
        temp = _beside(under or path)
        try:
            new = _write_new(temp, content, private)
            _replace(temp, path)
            stands = new
            _flush_folder(path.parent)
        except OSError as error:
            refused = refusal(code, error, path.name, is_new=expected is None)
            refused.stands = stands
            raise refused from error
        finally:
            if stands is None:
                _remove_quietly(temp)
    return new


def replace_all(
    folder: Path, files: Mapping[str, bytes], expected: Mapping[str, str | None] | None = None
) -> None:
    """Replace what the `files` in `folder` hold, under one lock; when this returns all is kept.

    `expected`: the fingerprint each was read with, None when it must not exist yet; without it
    nothing is compared. Nothing is replaced until all of it is on the disk. Raises Busy, CannotRead
    for what is there and is no plain file, CannotCreate or CannotWrite when the disk refuses.
    """
    if not files:
        return
    together = folder / _TOGETHER
    written: dict[str, Path] = {}
    name = ""
    with locked(together):
        try:
            for name, content in files.items():
                _must_be_plain(folder / name)
                written[name] = _beside(together)
                _write_new(written[name], content, private=True)
            for name, mark in (expected or {}).items():  # as late as can be
                _compare(folder / name, mark)
            for name, temp in written.items():
                _replace(temp, folder / name)
            _flush_folder(folder)
        except OSError as error:
            is_new = not (folder / name).exists()
            code = "cannot-create-file" if is_new else "cannot-write-file"
            raise refusal(code, error, name, is_new=is_new) from error
        finally:
            for temp in written.values():
                _remove_quietly(temp)


def fill_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder of one's own, with `files` in it; when this returns all is on the disk.

    `files`: path inside it -> content. Nobody else may know of the folder yet: killed half-way,
    half of it is there. Raises OSError or CannotCreate.
    """
    make_folder(folder)
    made = [folder]
    for inside, content in files.items():
        path = folder.joinpath(*inside.split("/"))
        for above in reversed(path.relative_to(folder).parents[:-1]):
            if folder / above not in made:
                make_folder(folder / above)
                made.append(folder / above)
        _write_new(path, content, private=True)
    for each in made:  # once each: with every file it takes twice as long
        _flush_folder(each)


def remove(path: Path) -> bool:
    """Remove `path` for good; False when it was not there. A link goes, not what it points at."""
    return _remove_by(path.unlink, path)


def remove_folder(folder: Path) -> bool:
    """Remove `folder`, which is empty; False when it was not there. Raises CannotWrite."""
    return _remove_by(folder.rmdir, folder)


def remove_tree(folder: Path) -> None:
    """Remove `folder` and all in it, as far as the disk allows, one folder open at a time.

    shutil.rmtree holds one open for each level, and fails where descriptors have run out.
    """
    for around, folders, files in os.walk(folder, topdown=False):
        for name in files:
            _remove_quietly(Path(around, name))
        for name in folders:
            path = Path(around, name)
            with contextlib.suppress(OSError):
                path.unlink() if path.is_symlink() else path.rmdir()
    with contextlib.suppress(OSError):
        folder.rmdir()


def _remove_by(call: Callable[[], None], path: Path) -> bool:
    try:
        call()
        _flush_folder(path.parent)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise CannotWrite("cannot-remove-file", file=path.name, reason=_reason(error)) from error
    return True


def move(source: Path, target: Path) -> None:
    """Give the file or folder `source` the name `target`, which is free. Raises CannotWrite."""
    try:
        _replace(source, target)
        _flush_folder(target.parent)
    except OSError as error:
        raise CannotWrite("cannot-write-file", file=target.name, reason=_reason(error)) from error


def names_in(folder: Path) -> list[str]:
    """The names in `folder`, sorted; none when there is no such folder. Raises CannotRead."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise CannotRead("cannot-read", file=folder.name) from error


def sweep(folder: Path) -> list[Path]:
    """Remove what killed writers left in `folder`; gives what was removed.

    A writer at work holds the lock of its file, so its temporary file stays.
    """
    try:
        names = names_in(folder)
    except CannotRead:
        return []  # whoever needs what lies there will be told
    removed = []
    for name in names:
        found = _TEMP_NAME.fullmatch(name)
        if found is None:
            continue
        try:
            with locked(folder / found["target"], seconds=0):
                if remove(folder / name):
                    removed.append(folder / name)
        except (Busy, CannotWrite):
            continue  # somebody is writing, or we may not: the next start tries again
    return removed


def left_in(folder: Path) -> list[Path]:
    """What killed writers left in `folder` and `sweep` would remove, as far as can be seen."""
    try:
        names = names_in(folder)
    except CannotRead:
        return []
    return [
        folder / name
        for name in names
        if (found := _TEMP_NAME.fullmatch(name)) and not is_held(folder / found["target"])
    ]


def is_held(path: Path) -> bool:
    """Whether somebody is writing `path` at this moment."""
    if not lock_path(path).is_file():
        return False
    try:
        with locked(path, seconds=0):
            return False
    except Busy:
        return True
    except CannotWrite:  # a lock that we may not touch; its rights are told elsewhere
        return False


def lock_path(path: Path) -> Path:
    """The empty file beside `path`, `.<name>.lock`, that is locked while `path` is written."""
    return path.with_name(f".{path.name}.lock")


@contextlib.contextmanager
def locked(path: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the lock of `path`. Raises Busy when another has it for longer than `seconds`.

    Raises CannotWrite when the disk refuses the file that is locked.
    """
    import filelock  # only who writes needs it, and a start waits for what is read

    if not path.parent.is_dir():  # it would be made, for everybody: also of a deleted session
        reason = errno.errorcode[errno.ENOENT]
        raise CannotWrite("cannot-write-file", file=path.name, reason=reason)
    # Not thread-local: the interface saves from a worker thread.
    lock = filelock.FileLock(lock_path(path), mode=0o600, thread_local=False)
    try:
        lock.acquire(timeout=seconds, poll_interval=0.005)
    except filelock.Timeout as error:
        raise Busy("file-is-locked", file=path.name) from error
    except OSError as error:
        raise CannotWrite("cannot-write-file", file=path.name, reason=_reason(error)) from error
    try:
        yield
    finally:
        lock.release()


def make_folder(folder: Path, *, private: bool = True) -> bool:
    """Make `folder`, whose parent exists; False when it was there. `private`: mode 0700, else 0755.

    Raises CannotCreate or CannotWrite (a full disk), also when a file of that name is in the way.
    """
    try:
        folder.mkdir(mode=0o700 if private else 0o755)
        _flush_folder(folder.parent)
    except FileExistsError:
        if folder.is_symlink() or not folder.is_dir():
            raise CannotCreate("folder-in-the-way", file=folder.name) from None
        return False
    except OSError as error:
        raise refusal("cannot-create-folder", error, folder.name, is_new=True) from error
    return True


def refusal(code: str, error: OSError, name: str, *, is_new: bool) -> BartError:
    """What to raise when the disk refused `name`; a full or broken disk refuses old and new."""
    failure = CannotCreate if is_new and error.errno not in _DISK_TROUBLE else CannotWrite
    return failure(code, file=name, reason=_reason(error))


def _content_of(path: Path) -> bytes:
    # O_NONBLOCK: opening a pipe that someone put there would wait for ever.
    flags = os.O_RDONLY | _flag("O_NOFOLLOW") | _flag("O_NONBLOCK") | _flag("O_BINARY")
    if not _flag("O_NOFOLLOW") and path.is_symlink():
        raise OSError(errno.ELOOP, "link")
    descriptor = os.open(path, flags | _flag("O_CLOEXEC"))
    with os.fdopen(descriptor, "rb", buffering=0) as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a plain file")
        return stream.read()


def _flag(name: str) -> int:
    value: int = getattr(os, name, 0)  # each system has its own
    return value


def _must_be_plain(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise CannotRead("file-is-a-link" if stat.S_ISLNK(mode) else "cannot-read", file=path.name)


def _compare(path: Path, expected: str | None) -> None:
    there = read(path)
    if (there.fingerprint if there else None) != expected:
        raise Busy("changed-since-read" if expected else "already-there", file=path.name)


def _beside(path: Path) -> Path:
    """A new name beside `path`, which `sweep` leaves alone while the lock of `path` is held."""
    return path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")


def _write_new(path: Path, content: Content, private: bool) -> str:
    """Write it and have it on the disk; gives its fingerprint."""
    made = hashing()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _flag("O_BINARY") | _flag("O_CLOEXEC")
    descriptor = os.open(path, flags | _flag("O_NOFOLLOW"), 0o600 if private else 0o666)
    with os.fdopen(descriptor, "wb") as stream:
        for piece in (content,) if isinstance(content, bytes) else content:
            stream.write(piece)
            made.update(piece)
        stream.flush()
        _flush_to_disk(stream.fileno())
    return made.hexdigest()


def _flush_to_disk(descriptor: int) -> None:
    if sys.platform == "darwin":
        # fsync leaves the content in the drive's own memory there.
        import fcntl

        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError:  # not every disk knows it
            os.fsync(descriptor)
    else:
        os.fsync(descriptor)


def _flush_folder(folder: Path) -> None:
    """Put the names in `folder` on the disk. Windows has no such call and does it by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | _flag("O_CLOEXEC") | _flag("O_DIRECTORY"))
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network and virtual disks cannot flush a folder at all: that is no failure.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def _replace(source: Path, target: Path) -> None:
    _patiently(lambda: source.replace(target))


def _patiently(
    call: Callable[[], T], waits: tuple[float, ...] = _WAITS if sys.platform == "win32" else ()
) -> T:
    """What `call` gives; refused, it is tried again after each of `waits` seconds."""
    for wait in waits:
        try:
            return call()
        except PermissionError:
            time.sleep(wait)
    return call()


def _remove_quietly(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _reason(error: OSError) -> str:
    """The name of what the system says (`ENOSPC`): whoever tells it has the words."""
    return errno.errorcode.get(error.errno or 0) or error.strerror or type(error).__name__
