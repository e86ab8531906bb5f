"""How the files of a session lie on the disk: whose they are, who may read them, what is left."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from bart_tool.domain.names import CODE_PATTERN, SESSION_PATTERN
from bart_tool.errors import BartError
from bart_tool.store import atomic, rounds, sessions, surroundings
from bart_tool.store.disk import DiskStore, is_link
from bart_tool.store.locations import FOLDERS, OWN_FILES, SESSION_FILE, safe_name
from bart_tool.store.stored_session import StoredSession

_A_SAVE = 0.5  # seconds; longer than a save takes

Paths = tuple[Path, ...]


@dataclass(frozen=True)
class SessionFiles:
    """What is remarkable among the files and folders of a session.

    `of_others`: owned by somebody else. `closed`: their rights keep their owner out. `open`: their
    rights let others in. `left`: killed writers, or people who are not in it any more, left them.
    `being_written`: somebody holds them while we look. `can_be_read`: whether we may look into it.
    """

    links: Paths
    of_others: Paths
    closed: Paths
    open: Paths
    left: Paths
    being_written: Paths
    can_be_read: bool
    has_session_file: bool


def files_of(store: DiskStore, name: str) -> SessionFiles:
    """Look at everything that lies in the session `name`."""
    path = store.path(name)
    everything = list(surroundings.inside(path))
    folders = [each for each in everything if _is_folder(each)]
    links = tuple(each for each in everything if _is(is_link, each))
    left = [each for folder in folders for each in atomic.left_in(folder)]
    return SessionFiles(
        links=links,
        of_others=tuple(filter(surroundings.is_of_somebody_else, everything)),
        closed=tuple(filter(surroundings.is_closed_to_owner, everything)),
        open=tuple(filter(surroundings.can_be_read_by_others, everything)),
        left=(*left, *_locks_of_nobody(StoredSession(store, name), folders)),
        being_written=_being_written([each for each in everything if each.name.endswith(".lock")]),
        can_be_read=path not in links and not surroundings.is_closed_to_owner(path),
        has_session_file=_is(Path.is_file, path / SESSION_FILE),
    )


def names_in(store: DiskStore) -> list[str]:
    """The names, sorted, of sessions and of whatever a session was or was to be."""
    names = [name for name in store.names("") if re.fullmatch(SESSION_PATTERN, name)]
    return [name for name in names if _was_session(store.path(name))]


def must_be_there(store: DiskStore, name: str) -> None:
    """Raises WrongUse or NotFound unless `name` is a session, or was or was to be one."""
    path = store.path(safe_name(name))
    if not path.is_symlink() and not (path.is_dir() and _was_session(path)):
        sessions.find(store, name)  # it says which there are


def git_would_take(store: DiskStore, name: str) -> bool | None:
    """Whether a repository around a session takes its files along; None when nobody can say."""
    return surroundings.git_would_take(store.path(name) / SESSION_FILE)


def remove(path: Path) -> bool:
    """Remove something that was left at `path`; whether that could be done."""
    try:
        atomic.remove(path)
    except BartError:
        return False
    return True


def _was_session(path: Path) -> bool:
    if _is(Path.is_symlink, path):
        return _is(Path.exists, path / SESSION_FILE)
    if not _is_folder(path):
        return False
    try:
        inside = atomic.names_in(path)
    except BartError:
        return True
    return any(name.lstrip(".").startswith((*OWN_FILES, *FOLDERS)) for name in inside)


def _locks_of_nobody(session: StoredSession, folders: Iterable[Path]) -> list[Path]:
    """Empty lock files that bear the code of somebody who is in no round of the session."""
    known: set[str] = set()
    try:
        for each in (session, *rounds.all_kept(session)):
            known |= set(each.read()[0].party_of)
    except BartError:
        return []  # nobody can say who is in it
    left = []
    for lock in (each for folder in folders for each in folder.glob(".*.lock")):
        code = re.match(rf"\.({CODE_PATTERN})\.", lock.name)
        target = _locked_by(lock)
        is_used = target.exists() or atomic.is_held(target)
        if code is not None and code[1] not in known and not is_used:
            left.append(lock)
    return left


def _being_written(locks: list[Path]) -> Paths:
    held = [lock for lock in locks if atomic.is_held(_locked_by(lock))]
    if held:
        sleep(_A_SAVE)  # somebody who answers now holds it for a moment
    return tuple(target for target in map(_locked_by, held) if atomic.is_held(target))


def _locked_by(lock: Path) -> Path:
    return lock.with_name(lock.name.removeprefix(".").removesuffix(".lock"))


def _is(what: Callable[[Path], bool], path: Path) -> bool:
    """Whether it is so; no when we may not look."""
    try:
        return what(path)
    except OSError:
        return False


def _is_folder(path: Path) -> bool:
    return _is(Path.is_dir, path) and not _is(Path.is_symlink, path)
