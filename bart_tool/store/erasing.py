"""Finding what is by or about one participant, whatever its file is called, and removing it."""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import PurePosixPath

from bart_tool.errors import BadData
from bart_tool.store import sessions, sheets
from bart_tool.store.locations import (
    CONFLICTS,
    DAMAGED,
    FOLDERS,
    FORMS,
    PEOPLE_FILE,
    SETTLED_FILE,
    SHEETS,
    safe_code,
)
from bart_tool.store.protocol import Kind
from bart_tool.store.stored_session import StoredSession

_SETTLED = f"{CONFLICTS}/{SETTLED_FILE}"


@dataclass(frozen=True, slots=True)
class ErasedFiles:
    """What erasing did: files that are gone or were rewritten, and files it could not change."""

    removed: tuple[str, ...]
    kept: tuple[str, ...] = ()


def erase(session: StoredSession, code: str) -> ErasedFiles:
    """Remove every file and line about `code`, but for the list of who was invited.

    Interrupted half-way, it can be done again. Raises CannotWrite or Busy.
    """
    sheet = session.named(f"{SHEETS}/{safe_code(code)}.yaml")
    sessions.sweep(session)
    removed: list[str] = []
    # Whoever waits to save this sheet finds it gone, and is told so. Where nobody answered
    # yet there is no folder of sheets, but a damaged file of theirs may have been set aside.
    has_sheets = session.kind(SHEETS) is Kind.FOLDER
    with session.store.lock(sheet) if has_sheets else nullcontext():
        for folder in (SHEETS, CONFLICTS, DAMAGED, FORMS):
            # Locks stay, since they may be held.
            found = [each for each in _files_of(code, session, folder) if each != _SETTLED]
            removed.extend(each for each in found if session.remove(each))
    rewritten, kept = _strike(session, code)
    for inside in removed:
        session.store.remove_lock(session.named(inside))
    for folder in FOLDERS:
        _remove_locks(code, session, folder)
    return ErasedFiles((*removed, *rewritten), kept)


def _strike(session: StoredSession, code: str) -> tuple[list[str], tuple[str, ...]]:
    """Take `code` out of the files that speak of several people."""
    changed, kept = [], []
    try:
        people = session.people()
        if people.pop(code, None) is not None:
            session.save_people(people)
            changed.append(PEOPLE_FILE)
    except BadData:
        kept.append(PEOPLE_FILE)
    try:
        decisions = session.decisions()
        others = tuple(each for each in decisions if each.participant != code)
        if others != decisions:
            session.save_decisions(others)
            changed.append(_SETTLED)
    except BadData:
        kept.append(_SETTLED)
    return changed, tuple(kept)


def _remove_locks(code: str, session: StoredSession, folder: str) -> None:
    """Remove the empty lock files in `folder` that bear `code` in their name."""
    for name in session.names(folder):
        if name.endswith(".lock") and _name_of(code).fullmatch(name):
            session.remove(f"{folder}/{name}")


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


def _files_of(code: str, session: StoredSession, folder: str) -> Iterator[str]:
    named = _name_of(code)
    for name in session.names(folder):
        inside = f"{folder}/{name}"
        if name.endswith(".lock"):
            continue
        if named.fullmatch(name):
            yield inside
        elif session.kind(inside) is Kind.FILE and _is_about(code, session, inside):
            yield inside
            yield str(PurePosixPath(inside).with_suffix(".why.txt"))


def _is_about(code: str, session: StoredSession, inside: str) -> bool:
    stored = session.content(inside)
    if stored is None:
        return False
    # Without NULs: a file saved as UTF-16 has one in every second place.
    content = stored.content.replace(b"\0", b"")
    if _held_by(code).search(content) is None:
        return False
    sheet, _ = sheets.parse(content.decode("utf-8", "replace"), inside.rpartition("/")[2])
    return sheet is None or sheet.participant == code
