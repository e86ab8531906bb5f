"""The report.json of many sessions in one place, and the list of what a city is told of."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from bart_tool.domain.base import Frozen
from bart_tool.domain.text import Text
from bart_tool.errors import BadData, NotFound, Problem, Severity
from bart_tool.store import plain_file, sessions, shape
from bart_tool.store.locations import REPORT, ROUNDS, SESSION_FILE, shipped_sets
from bart_tool.store.protocol import CannotRead, Store
from bart_tool.store.session_files import parse_kind

MOST = 8 * 1024 * 1024  # bytes of one report.json; of 60 people on every question it is 0.4 MB
_NAMED = re.compile(r"(?i)(.*[^a-z0-9])?report([^a-z0-9].*)?\.json")
_BY_EARLIER_METHOD = "report-method-1.json"
_OUT_OF_DATE = re.compile(rb"""(?m)^["']?report_out_of_date["']?[ \t]*:[ \t]*["']?true""")


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A file that is called as a report.json. `where`: its path in that place, for people."""

    where: str
    content: bytes


class CityItem(Frozen):
    """A question, or `decision/<id>`, and what it is called where there is no session."""

    item: str
    label: Text


class CityItems(Frozen):
    """The list of what is told of a city."""

    format: Literal[1]
    kind: Literal["city-items"]
    items: tuple[CityItem, ...]
    patterns: tuple[str, ...]


def listed() -> CityItems:
    """The list that comes with the program. Raises BadData for a damaged file."""
    path = shipped_sets() / "city" / "wijk.yaml"
    text, problems = plain_file.read_text(path)
    found = None
    if text is not None:
        read = partial(shape.validate, CityItems)
        found, problems = parse_kind(read, "city-items", text, path.name)
    if found is None:
        raise BadData("bad-file", problems, file=path.name)
    return found


def below(root: Path, apart: str) -> tuple[list[FoundReport], list[Problem]]:
    """Every report.json below `root`, in order of path, and what could not be read.

    Of a session its report and those of its finished rounds; elsewhere what is called so, such as
    `crooswijk-report.json`. The folder `apart` right below `root` is passed over. Raises NotFound
    where `root` is no folder, CannotRead where the system refuses it.
    """
    if not root.is_dir():
        raise NotFound("no-such-folder", folder=str(root))
    found: list[FoundReport] = []
    problems: list[Problem] = []
    for path in _paths(root, root / apart):
        where = path.relative_to(root).as_posix()
        try:
            if path == root or path.is_dir():
                raise CannotRead("cannot-read", file=str(path))
            if path.name == SESSION_FILE:
                name = where.rpartition("/")[0] or path.parent.name
                problems.append(_no_use_of(name, _told_in(path)))
            else:
                content = plain_file.read_bytes(path, MOST + 1)
                found.append(FoundReport(where, content))
        except (CannotRead, NotFound) as error:
            if path == root:
                raise
            problems.append(Problem(error.code, params={**error.params, "file": where}))
    return found, problems


def in_store(store: Store) -> tuple[list[FoundReport], list[Problem]]:
    """Every report.json of the sessions in `store` that are theirs who looks, as `below`.

    Raises as `Store.read`: where one is lost, all are.
    """
    found: list[FoundReport] = []
    problems: list[Problem] = []
    for name in sessions.list_all(store):
        rounds = store.names(f"{name}/{ROUNDS}")
        for at in (*(f"{name}/{ROUNDS}/{each}" for each in rounds), name):
            where = f"{at}/{REPORT}/report.json"
            stored, session = store.read(where), store.read(f"{at}/{SESSION_FILE}")
            told = session.content if session is not None else b""
            if stored is not None and not _OUT_OF_DATE.search(told):
                found.append(FoundReport(where, stored.content))
            elif stored is not None or at == name:
                problems.append(_no_use_of(at, told))
    return found, problems


def _paths(folder: Path, apart: Path) -> Iterator[Path]:
    """The reports below `folder`; a session without one by its session.yaml, and a folder that the
    system refuses by itself."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    names = {entry.name for entry in entries}
    if SESSION_FILE in names:
        yield from _of_session(folder)
        return
    for entry in entries:
        path = folder / entry.name
        if plain_file.is_passed_over(entry.name) or path == apart or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _paths(path, apart)
        elif _NAMED.fullmatch(entry.name) and entry.name != _BY_EARLIER_METHOD:
            yield path


def _of_session(folder: Path) -> Iterator[Path]:
    """The reports of a session and of its finished rounds; of one that is not to be used, why."""
    for each in (*sorted(folder.glob(f"{ROUNDS}/*")), folder):
        report, session = each / REPORT / "report.json", each / SESSION_FILE
        is_there = os.path.lexists(report)
        if is_there and not _is_out_of_date(session):
            yield report
        elif is_there or each == folder:
            yield session


def _is_out_of_date(session: Path) -> bool:
    return _OUT_OF_DATE.search(_told_in(session)) is not None


def _told_in(session: Path) -> bytes:
    try:
        return plain_file.read_bytes(session)
    except (CannotRead, NotFound):
        return b""  # what the report says stands


def _no_use_of(name: str, session: bytes) -> Problem:
    """That there is no report, or that the answers changed since it was made."""
    params = {"session": name}
    if _OUT_OF_DATE.search(session):
        return Problem("city-out-of-date", params=params)
    return Problem("city-no-report", params=params, severity=Severity.NOTE)
