"""Sessions on the disk: each a folder with files that can be read without bart."""

import os
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bart_tool.domain.names import SESSION_PATTERN
from bart_tool.errors import Busy, CannotWrite, NotFound, WrongUse
from bart_tool.store import atomic, exchanging
from bart_tool.store.locations import AGREEMENTS_FILE, ALL_FOLDERS, SESSION_FILE, SET_FILE
from bart_tool.store.protocol import LOCK_SECONDS, CannotRead, Content, Kind, Store, Stored

if TYPE_CHECKING:
    from bart_tool.store.stored_session import StoredSession

HALF_RESTORED = ".restoring"  # ends the name of a session that is being put back
_HALF_RESTORED = re.compile(rf"\.(?P<name>{SESSION_PATTERN})\.[0-9a-f]{{16}}{HALF_RESTORED}")


@dataclass(frozen=True)
class DiskStore:
    """The folder `root`, which need not exist yet, with the sessions in it."""

    root: Path

    def path(self, name: str) -> Path:
        """Where `name` lies on the disk; it need not be there."""
        return _joined(self.root, name)

    def read(self, name: str) -> Stored | None:
        """What a plain file holds. A link is refused: it may lead out of the session."""
        return atomic.read(self.path(name))

    def stamp(self, name: str) -> object:
        """Which file lies there, how long it is, and when it was written."""
        try:
            found = os.lstat(self.path(name))
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def save(
        self, name: str, content: Content, expected: str | None, *, under: str | None = None
    ) -> str:
        """Write beside, flush to the disk, rename: a file that only its owner may read."""
        held = None if under is None else self.path(under)
        return atomic.save(self.path(name), content, expected, under=held)

    def replace(
        self,
        folder: str,
        files: Mapping[str, bytes],
        expected: Mapping[str, str | None] | None = None,
    ) -> None:
        """Write all beside under one lock, flush each to the disk, rename, flush the folder."""
        atomic.replace_all(self.path(folder), files, expected)

    def remove(self, name: str) -> bool:
        """Remove a file, a link or an empty folder; a link goes, not what it points at."""
        path = self.path(name)
        if path.is_dir() and not path.is_symlink():
            return atomic.remove_folder(path)
        return atomic.remove(path)

    def names(self, folder: str) -> list[str]:
        """The names in a folder, those of locks and half-written files too."""
        return atomic.names_in(self.path(folder))

    def kind(self, name: str) -> Kind | None:
        """What lies there; a link, a pipe and a device are OTHER."""
        path = self.path(name)
        try:
            if is_link(path):
                return Kind.OTHER
            if path.is_dir():
                return Kind.FOLDER
            if path.is_file():
                return Kind.FILE
            return Kind.OTHER if path.exists() else None
        except OSError as error:
            raise CannotRead("cannot-read", file=path.name) from error

    def lock(self, name: str, seconds: float = LOCK_SECONDS) -> AbstractContextManager[None]:
        """Hold an empty file beside it, `.<name>.lock`, which stays."""
        return atomic.locked(self.path(name), seconds)

    def remove_lock(self, name: str) -> None:
        """Remove the empty file `.<name>.lock`, where it is there."""
        atomic.remove(atomic.lock_path(self.path(name)))

    def make(self, folder: str) -> bool:
        """Make a folder that only its owner may read."""
        return atomic.make_folder(self.path(folder))

    def move(self, source: str, target: str) -> None:
        """Rename, and flush the folder it goes to."""
        atomic.move(self.path(source), self.path(target))

    def sweep(self, folder: str) -> list[str]:
        """Remove the temporary files, and restores, of which nobody holds the lock."""
        gone = atomic.sweep(self.path(folder))
        half_restored = _remove_half_restored(self.root) if not folder else []
        return [path.relative_to(self.root).as_posix() for path in (*gone, *half_restored)]

    def find(self, session: str) -> bool:
        """Whether session.yaml lies there. Neither the folder nor one in it may be a link."""
        path = self.path(session)
        try:
            exchanging.go_on(path)
            for part in (path, *(path / each for each in ALL_FOLDERS)):
                if is_link(part):
                    raise NotFound("folder-is-a-link", file=part.name)
            return (path / SESSION_FILE).is_file()
        except PermissionError as error:
            raise CannotRead("cannot-read", file=session) from error

    def create(self, session: str) -> bool:
        """Make the folder, and above it whatever is not there yet."""
        make_root(self.root)
        return self.make(session)

    def exchange(
        self, session: str, files: Mapping[str, bytes], expected: Mapping[str, str]
    ) -> None:
        """Write all beside, and then put it in place; `find` goes on with what was killed."""
        make_root(self.root)
        try:
            exchanging.exchange(self.path(session), files, expected)
        finally:
            without_lock(self.path(session))

    def where(self, name: str) -> str:
        """The path, as it was given: relative when `root` is."""
        return str(self.path(name))


@lru_cache(maxsize=1000)  # of who answers, the same few at every answer
def _joined(root: Path, name: str) -> Path:
    return root.joinpath(*name.split("/"))


def session_in(folder: Path) -> "StoredSession":
    """The session, or what may be one, that lies in `folder`."""
    from bart_tool.store.stored_session import StoredSession  # models: not at the start

    return StoredSession(DiskStore(folder.parent), folder.name)


def to_check_in(session: Path) -> tuple[Path, ...]:
    """The files of its own that whoever names the folder of a session wants to have checked."""
    agreed = session / AGREEMENTS_FILE
    return (session / SESSION_FILE, session / SET_FILE, *([agreed] if agreed.exists() else []))


def half_restored(root: Path) -> list[Path]:
    """The folders that killed restores left in `root`, sorted; none when it cannot be read."""
    try:
        names = atomic.names_in(root)
    except CannotRead:
        return []
    return [root / name for name in names if _HALF_RESTORED.fullmatch(name)]


def _remove_half_restored(root: Path) -> list[Path]:
    """Remove what killed restores left in `root`, not what one is writing; gives what is gone."""
    removed = []
    for path in half_restored(root):
        found = _HALF_RESTORED.fullmatch(path.name)
        target = root / found["name"] if found else path
        try:
            with atomic.locked(target, seconds=0):
                shutil.rmtree(path)
        except (Busy, CannotWrite, OSError):
            continue  # somebody restores it now, or we may not
        without_lock(target)
        removed.append(path)
    return removed


def make_root(root: Path) -> None:
    """Make the folder of all sessions, if it is not there. Raises CannotCreate or CannotWrite."""
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise atomic.refusal("cannot-create-folder", error, str(root), is_new=True) from error


def is_link(path: Path) -> bool:
    """Whether `path` leads to another place: a link, or a junction of Windows."""
    is_junction: Callable[[Path], bool] = getattr(os.path, "isjunction", lambda _: False)
    return path.is_symlink() or is_junction(path)


def without_lock(path: Path) -> None:
    """Remove the lock of a file that lies among the person's own: nobody there expects one."""
    with suppress(CannotWrite):
        atomic.remove(atomic.lock_path(path))


def on_disk(store: Store) -> DiskStore:
    """`store`, for what is about files and folders themselves. Raises WrongUse for a database."""
    if not isinstance(store, DiskStore):
        raise WrongUse("only-in-a-folder", where=store.where(""))
    return store
