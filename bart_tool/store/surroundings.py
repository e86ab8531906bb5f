"""What this computer is like where sessions lie: who else can reach them, and what runs short."""

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

NEEDED_SPACE = 200 * 1024 * 1024  # bytes: a full disk saves no answer
_PATIENCE = 10.0  # seconds for git to answer
_GROUP_AND_OTHERS = 0o077
_MAY_WRITE = 0o022


def inside(folder: Path) -> Iterator[Path]:
    """`folder` and everything below it, hidden files too; a link is told, not followed."""
    yield folder
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from inside(folder / entry.name)
        else:
            yield folder / entry.name


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


def git_would_take(path: Path) -> bool | None:
    """Whether a git repository around `path` would take it along; None when nobody can say."""
    above = [each for each in path.absolute().parents if (each / ".git").exists()]
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
