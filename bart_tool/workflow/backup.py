"""Keeping a session in one file, and putting it back, under its own name or another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bart_tool.domain.names import first_free
from bart_tool.errors import BadData, NotFound, Problem, Severity, Where, WrongUse
from bart_tool.store import (
    backups,
    plain_file,
    session_files,
    sessions,
    surroundings,
    yaml_text,
)
from bart_tool.store.disk import on_disk
from bart_tool.store.locations import (
    DAMAGED,
    FOLDERS,
    FORMS,
    OWN_FILES,
    REPORT,
    ROUNDS,
    SESSION_FILE,
    SET_FILE,
    safe_name,
)
from bart_tool.store.protocol import Store
from bart_tool.store.stored_session import StoredSession

_MOST_TRIES = 50  # places where a session's name may stand in one file


@dataclass(frozen=True)
class BackedUp:
    """A backup that was made, and what whoever keeps it must know.

    `unknown`: files in it that bart did not make, and that may hold anything. `service`: what
    copies the folder that it lies in to other computers, if anything does.
    """

    path: Path
    files: tuple[str, ...]
    people_left_out: bool
    left_out: tuple[Problem, ...]
    unknown: tuple[str, ...]
    service: str = ""


@dataclass(frozen=True)
class Restored:
    """A session that was put back. `was`: its name in the backup, if it has another one now.

    `forms_left_out`: forms were not put back, because they speak of the session's old name.
    """

    folder: StoredSession
    files: tuple[str, ...]
    was: str
    forms_left_out: bool
    problems: tuple[Problem, ...]


def back_up(at: Store, name: str, to: Path | None = None, *, with_people: bool) -> BackedUp:
    """Write all of the session `name` to the file `to`, or to a new one in the current folder.

    The session need not be whole: that is when a backup is wanted most. Raises NotFound without
    such a session, CannotCreate when `to` is there already.
    """
    store = on_disk(at)
    folder = sessions.find(store, name)
    path = to or Path(f"{first_free(f'{name}-backup', _is_file_here)}.zip")
    if not path.parent.is_dir():  # locking would make it, readable by everybody
        raise NotFound("no-such-folder", folder=str(path.parent))
    if backups.lies_in(store, name, path):
        raise WrongUse("backup-in-session", file=str(path))
    packed = backups.pack(store, folder.at, with_people=with_people)
    backups.write(path, packed)
    tops = {inside.partition("/")[0] for inside in packed.files}
    service = surroundings.service_of(path)
    unknown = tuple(sorted(tops - {*OWN_FILES, *FOLDERS, ROUNDS}))
    return BackedUp(path, packed.files, packed.people_left_out, packed.left_out, unknown, service)


def restore(at: Store, path: Path, name: str = "") -> Restored:
    """Put the session in the backup at `path` back, as `name` if it is given.

    Nothing that is there is changed. Raises BadData for a backup that is not whole, CannotCreate
    when there is a session of that name, WrongUse for a store that is no folder.
    """
    store = on_disk(at)
    backup = backups.read(path)
    was, files = backup.session, backup.files
    problems: tuple[Problem, ...] = ()
    if name and name != was:
        safe_name(name)  # a name that cannot be one is told before anything is done
        files, problems = _renamed(files, was, name)
    store.sweep("")
    folder = backups.unpack(store, name or was, files)
    forms_left_out = any(_is_form(each) and each not in files for each in backup.files)
    other = was if name and name != was else ""
    return Restored(folder, tuple(files), other, forms_left_out, problems)


def _is_file_here(stem: str) -> bool:
    path = Path(f"{stem}.zip")
    return path.is_symlink() or path.exists()


def _renamed(
    files: Mapping[str, bytes], old: str, new: str
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The files of a session under another name, and those in which the old one had to stay.

    A sheet names its session and is refused by another one, so the name changes inside the files
    too. Nothing else in them does: who wrote a comment finds it back. Raises BadData when
    session.yaml cannot be read.
    """
    changed: dict[str, bytes] = {}
    problems: list[Problem] = []
    for inside, content in files.items():
        if _is_form(inside):
            continue  # what comes back from such a form would be refused
        changed[inside] = content
        if _of_its_round(inside) == SESSION_FILE:
            changed[inside] = _session_file(files, inside, new)
        if not _may_name_session(inside):
            continue
        other = _with_session(content, inside, old, new)
        if other is None:
            where = Where(inside)
            problems.append(Problem("restore-not-renamed", where, severity=Severity.WARNING))
        else:
            changed[inside] = other
    return changed, tuple(problems)


def _of_its_round(inside: str) -> str:
    """The place of a file in its round, also of a round that was finished."""
    return re.sub(rf"\A{ROUNDS}/[^/]+/", "", inside)


def _is_form(inside: str) -> bool:
    return _of_its_round(inside).startswith(f"{FORMS}/")


def _may_name_session(inside: str) -> bool:
    folder = _of_its_round(inside).partition("/")[0]
    is_text = inside.endswith((".yaml", ".yml", ".json"))
    return is_text and folder not in (DAMAGED, REPORT, SESSION_FILE, SET_FILE)


def _session_file(files: Mapping[str, bytes], inside: str, new: str) -> bytes:
    text, problems = plain_file.decode(files[inside], inside)
    session = None
    if text is not None:
        session, problems = session_files.parse_session(text, inside)
    if session is None or any(each.severity is Severity.ERROR for each in problems):
        raise BadData("restore-only-as-it-was", problems, file=inside)
    # A report of before speaks of the session by its old name.
    reports = f"{inside.removesuffix(SESSION_FILE)}{REPORT}/report."
    out_of_date = session.report_out_of_date or any(each.startswith(reports) for each in files)
    changed = session.changed(session=new, report_out_of_date=out_of_date)
    return session_files.dump_session(changed).encode()


def _with_session(content: bytes, inside: str, old: str, new: str) -> bytes | None:
    """`content` with the session's name changed, and nothing else; None when that cannot be."""
    text, _ = plain_file.decode(content, inside)
    before = yaml_text.mapping(text or "", inside)
    if text is None or before is None:
        return None
    if before.get("session") != old:
        return content
    named = re.compile(rf"""(\bsession["']?\s*:\s*["']?){re.escape(old)}(?![a-z0-9-])""")
    for number, found in enumerate(named.finditer(text)):
        tried = text[: found.end(1)] + new + text[found.end() :]
        if yaml_text.mapping(tried, inside) == {**before, "session": new}:
            return tried.encode()
        if number > _MOST_TRIES:
            break
    return None
