"""Where sessions lie on this computer: who else can reach them, what is left, what runs short."""

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from time import sleep

from bart_tool.domain.names import CODE_PATTERN, SESSION_PATTERN
from bart_tool.errors import BartError
from bart_tool.store import atomic, rounds, sessions
from bart_tool.store.disk import DiskStore, is_link
from bart_tool.store.locations import FOLDERS, OWN_FILES, SESSION_FILE, safe_name
from bart_tool.store.stored_session import StoredSession

NEEDED_SPACE = 200 * 1024 * 1024  # bytes: a full disk saves no answer
_PATIENCE = 10.0  # seconds for git to answer
_GROUP_AND_OTHERS = 0o077
_MAY_WRITE = 0o022


def _inside(folder: Path) -> list[Path]:
    """`folder` and everything below it, hidden files too; a link is told, not followed."""
    below = (
        Path(around, name)
        for around, folders, files in os.walk(folder)  # what it may not look into it passes over
        for name in (*folders, *files)
    )
    return [folder, *sorted(below)]


def can_be_read_by_others(path: Path) -> bool:
    """Whether its rights let somebody else in. Windows tells that in another way: always no."""
    return sys.platform != "win32" and bool(_mode(path) & _GROUP_AND_OTHERS)


def is_closed_to_owner(path: Path) -> bool:
    """Whether its rights keep the owner out too. Windows tells that in another way: always no."""
    mode = _mode(path)
    needed = 0o700 if stat.S_ISDIR(mode) else 0o600
    return sys.platform != "win32" and bool(mode) and mode & needed != needed


def can_be_changed_by_others(folder: Path) -> bool:
    """Whether somebody else may rename or replace what lies in `folder`."""
    mode = _mode(folder)
    return sys.platform != "win32" and bool(mode & _MAY_WRITE) and not mode & stat.S_ISVTX


def is_of_somebody_else(path: Path) -> bool:
    """Whether another user of this computer owns it."""
    if sys.platform == "win32":
        return False
    try:
        return path.lstat().st_uid != os.geteuid()
    except OSError:
        return False


def is_outside_own_folder(path: Path) -> bool:
    """On Windows: whether it lies outside the user's own folder, where others may often read."""
    if sys.platform != "win32":
        return False
    try:
        return not path.absolute().resolve().is_relative_to(Path.home().resolve())
    except (OSError, RuntimeError):
        return True


def keep_to_owner(path: Path) -> bool:
    """Let only the owner read and change `path`; whether that could be done."""
    try:
        path.chmod(0o700 if path.is_dir() else 0o600)
    except OSError:
        return False
    return True


def keep_from_changes(folder: Path) -> bool:
    """Let nobody but the owner rename or replace what lies in `folder`; whether that was done."""
    try:
        folder.chmod(stat.S_IMODE(_mode(folder)) & ~_MAY_WRITE)
    except OSError:
        return False
    return True


def is_nearly_full(path: Path) -> bool:
    """Whether the disk that `path` lies on, or will lie on, has less than `NEEDED_SPACE` left."""
    try:
        return shutil.disk_usage(_nearest(path)).free < NEEDED_SPACE
    except OSError:
        return False


def _git_would_take(path: Path) -> bool | None:
    """Whether a git repository around `path` would take it along; None when nobody can say."""
    above = [each for each in path.absolute().parents if _is_repository(each)]
    if not above:
        return False
    git = shutil.which("git")
    if git is None:
        return None
    # A repository may name a program to run for every question: not for this one.
    command = [git, "-C", str(above[0]), "-c", "core.fsmonitor=false", "check-ignore", "-q", "--"]
    try:
        done = subprocess.run(
            [*command, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {0: False, 1: True}.get(done.returncode)


def _is_repository(folder: Path) -> bool:
    try:
        return (folder / ".git").exists()
    except OSError:  # closed to us: not one that takes anything along
        return False


def versions() -> dict[str, str]:
    """Package that bart needs -> the version that is here; empty for one that is not."""
    return {name: _version(name) for name, _ in _needed()}


def too_old() -> dict[str, str]:
    """Package that is not there, or older than bart needs -> the least version that it needs."""
    return {name: least for name, least in _needed() if _numbers(_version(name)) < _numbers(least)}


def _needed() -> Iterator[tuple[str, str]]:
    try:
        lines = metadata.requires("bart-tool") or []
    except metadata.PackageNotFoundError:  # run from a folder without being installed
        lines = []
    for line in lines:
        found = re.match(r"([A-Za-z0-9._-]+)[^;]*?>=\s*([0-9.]+)", line)
        if found and "extra ==" not in line:
            yield found[1], found[2]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _mode(path: Path) -> int:
    try:
        found = path.lstat().st_mode
    except OSError:
        return 0
    return 0 if stat.S_ISLNK(found) else found


def _nearest(path: Path) -> Path:
    """`path`, or the first folder above it that is there."""
    absolute = path.absolute()
    return next((each for each in (absolute, *absolute.parents) if each.exists()), absolute)


# What the folder of a service is called, in lower case; a business adds its name.
_FOLDERS = (
    ("OneDrive", re.compile(r"onedrive( ?- ?.+)?")),
    ("Dropbox", re.compile(r"dropbox( \(.+\))?")),
    ("Nextcloud", re.compile(r"nextcloud[0-9]*")),
    ("ownCloud", re.compile(r"owncloud[0-9]*")),
    ("iCloud", re.compile(r"icloud ?drive|mobile documents|com~apple~clouddocs")),
    ("Google Drive", re.compile(r"google ?drive(-.+)?|my drive|mijn drive")),
)
# What a service puts in its folder, whatever that is called.
_LEFT_THERE = (
    ("Syncthing", re.compile(r"\.stfolder")),
    ("Dropbox", re.compile(r"\.dropbox(\.cache)?")),
    ("Nextcloud", re.compile(r"\._?sync_[0-9a-f]+\.db|\.nextcloudsync\.log")),
    ("ownCloud", re.compile(r"\.owncloudsync\.log")),
)
_SAID_BY_SYSTEM = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")  # Windows


def service_of(path: Path) -> str:
    """The service that copies what lies at `path` to other computers; empty when none is known."""
    for folder in _around(path):
        if any(os.environ.get(name) == str(folder) for name in _SAID_BY_SYSTEM):
            return "OneDrive"
        for service, called in _FOLDERS:
            if called.fullmatch(folder.name.casefold()):
                return service
        try:
            names = os.listdir(folder)  # noqa: PTH208 (names, not paths)
        except OSError:
            continue
        for service, called in _LEFT_THERE:
            if any(name.startswith(".") and called.fullmatch(name) for name in names):
                return service
    return ""


def _around(path: Path) -> Iterator[Path]:
    """The folders around `path`, also where links in it lead; a user's home and above last."""
    absolute = path.absolute()
    seen = [absolute, *absolute.parents]
    yield from seen
    yield from (each for each in absolute.resolve().parents if each not in seen)


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
    everything = _inside(path)
    folders = [each for each in everything if _is_folder(each)]
    links = tuple(each for each in everything if _is(is_link, each))
    left = [each for folder in folders for each in atomic.left_in(folder)]
    return SessionFiles(
        links=links,
        of_others=tuple(filter(is_of_somebody_else, everything)),
        closed=tuple(filter(is_closed_to_owner, everything)),
        open=tuple(filter(can_be_read_by_others, everything)),
        left=(*left, *_locks_of_nobody(StoredSession(store, name), folders)),
        being_written=_being_written([each for each in everything if each.name.endswith(".lock")]),
        can_be_read=path not in links and not is_closed_to_owner(path),
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
    return _git_would_take(store.path(name) / SESSION_FILE)


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
