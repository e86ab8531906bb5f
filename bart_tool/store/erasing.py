"""Finding what is by or about one participant, whatever its file is called, and removing it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bart_tool.store import atomic, sheets


@dataclass(frozen=True, slots=True)
class ErasedFiles:
    """What erasing did: files that are gone or were rewritten, and files it could not change."""

    removed: tuple[Path, ...]
    kept: tuple[Path, ...] = ()


def remove_files(code: str, folder: Path, shared: str) -> list[Path]:
    """Remove the files in `folder` that are by or about `code`: not the one that is `shared`.

    Locks stay, since they may be held.
    """
    found = [path for path in _files_of(code, folder) if path.name != shared]
    return [path for path in found if atomic.remove(path)]


def remove_locks(code: str, folder: Path) -> None:
    """Remove the empty lock files in `folder` that bear `code` in their name."""
    for name in atomic.names_in(folder):
        if name.endswith(".lock") and _name_of(code).fullmatch(name):
            atomic.remove(folder / name)


def _name_of(code: str) -> re.Pattern[str]:
    """What files of `code` are called: its own, those in conflict, copies a synced folder made.

    `WR-01` must not find `WR-012.yaml`, nor `WR` the sheet `WR-01.yaml`.
    """
    # A code has two parts at most, so `WR-01-LAPTOP.yaml` is a copy and no other's sheet.
    other = "A-Z0-9" if "-" in code else "A-Z0-9-"
    return re.compile(rf"\.?{code}(?:-[0-9a-f]{{16}})?(?![{other}]).*", re.DOTALL)


def _held_by(code: str) -> re.Pattern[bytes]:
    """What stands in a sheet or in a CSV row of `code`. A note by another may name it too."""
    sheet = rf"""participant["']?\s*:\s*["']?{code}(?![A-Z0-9-])"""
    row = rf"""^["']?{code}["']?\s*[,;\t]"""
    return re.compile(f"{sheet}|{row}".encode(), re.MULTILINE)


def _files_of(code: str, folder: Path) -> Iterator[Path]:
    named = _name_of(code)
    for name in atomic.names_in(folder):
        path = folder / name
        if name.endswith(".lock"):
            continue
        if named.fullmatch(name):
            yield path
        elif path.is_file() and not path.is_symlink() and _is_about(code, path):
            yield path
            yield path.with_suffix(".why.txt")


def _is_about(code: str, path: Path) -> bool:
    stored = atomic.read(path)
    if stored is None:
        return False
    # Without NULs: a file saved as UTF-16 has one in every second place.
    content = stored.content.replace(b"\0", b"")
    if _held_by(code).search(content) is None:
        return False
    sheet, _ = sheets.parse(content.decode("utf-8", "replace"), path.name)
    return sheet is None or sheet.participant == code
