"""Looking over sessions and what is around them: what is wrong, and what bart can mend itself.

Nothing is changed but by `mend`, and that touches rights and left-over files, never an answer.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from time import sleep

from bart_tool.domain.names import CODE_PATTERN, SESSION_PATTERN
from bart_tool.domain.session import Session
from bart_tool.errors import BadData, BartError, NotFound, Problem, Severity, Where
from bart_tool.store import atomic, backups, log, made_reports, sessions, surroundings, synced
from bart_tool.store.locations import session_path
from bart_tool.store.sessions import FOLDERS, OWN_FILES, SESSION_FILE, SHEETS, SessionFolder
from bart_tool.workflow.open_session import picture_of, session_at

_A_SAVE = 0.5  # seconds; longer than a save takes
_NAMED = 3  # files that a sentence names; it says how many there are


class Mend(StrEnum):
    """What bart can do about it by itself."""

    RIGHTS = "rights"
    CHANGES = "changes"
    LEFT_OVER = "left-over"
    HALF_RESTORED = "half-restored"


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be; `mend` what bart can do, to `paths`."""

    problem: Problem
    mend: Mend | None = None
    paths: tuple[Path, ...] = ()

    @property
    def is_trouble(self) -> bool:
        """Whether somebody must do something; else it is only good to know."""
        return self.problem.severity is not Severity.NOTE


@dataclass(frozen=True)
class Looked:
    """What was found in the sessions that were looked over, and around them."""

    sessions: dict[str, tuple[Finding, ...]]
    around: tuple[Finding, ...]

    @property
    def all(self) -> tuple[Finding, ...]:
        """Every finding."""
        return (*self.around, *(each for found in self.sessions.values() for each in found))


def look_over(root: Path, today: date, name: str = "") -> Looked:
    """Look over the session `name`, or all of them, and the place where they lie.

    Raises WrongUse or NotFound for a session that cannot be there or is not.
    """
    names = [name] if name else _names_in(root)
    if name:
        _must_be_there(root, name)
    found = {each: tuple(_in_session(root, each, today)) for each in names}
    around = [*_around(root, name or "voorbeeld"), *_half_restored(root), *_of_program()]
    return Looked(found, tuple(around))


def mend(root: Path, found: Finding) -> bool:
    """Do what can be done about `found`; whether all of it is done."""
    match found.mend:
        case Mend.RIGHTS:
            done = [surroundings.keep_to_owner(path) for path in found.paths]
        case Mend.CHANGES:
            done = [surroundings.keep_from_changes(path) for path in found.paths]
        case Mend.LEFT_OVER:
            done = [_removed(path) for path in found.paths]
        case Mend.HALF_RESTORED:
            backups.sweep(root)
            done = [not path.exists() for path in found.paths]
        case None:
            done = [False]
    return all(done)


def _removed(path: Path) -> bool:
    try:
        atomic.remove(path)
    except BartError:
        return False
    return True


def _names_in(root: Path) -> list[str]:
    """Sessions, and whatever a session was or was to be."""
    names = []
    for name in atomic.names_in(root):
        path = root / name
        is_named_so = re.fullmatch(SESSION_PATTERN, name) is not None
        if is_named_so and (_is(Path.is_symlink, path) or _is_folder(path)) and _was_session(path):
            names.append(name)
    return names


def _was_session(path: Path) -> bool:
    if path.is_symlink():
        return _is(Path.exists, path / SESSION_FILE)
    try:
        inside = atomic.names_in(path)
    except BartError:
        return True
    return any(name.lstrip(".").startswith((*OWN_FILES, *FOLDERS)) for name in inside)


def _must_be_there(root: Path, name: str) -> None:
    path = session_path(root, name)
    if not path.is_symlink() and not (path.is_dir() and _was_session(path)):
        sessions.find(root, name)  # it says which there are


# One session


def _in_session(root: Path, name: str, today: date) -> Iterator[Finding]:
    path = root / name
    everything = list(surroundings.inside(path))
    links = [each for each in everything if _is(sessions.is_link, each)]
    for link in links:
        where = link.relative_to(root).as_posix()
        yield Finding(Problem("file-is-a-link", Where(where), {"file": link.name}))
    yield from _rights(everything, path, name)
    yield from _left_over([each for each in everything if _is_folder(each)], path, name)
    yield from _being_written([each for each in everything if each.name.endswith(".lock")], path)
    if path in links or surroundings.is_closed_to_owner(path):
        return
    if not _is(Path.is_file, path / SESSION_FILE):
        yield _without_session_file(path, name)
        return
    yield from _read(SessionFolder(path), name, today)


def _rights(everything: list[Path], path: Path, name: str) -> Iterator[Finding]:
    strangers = [each for each in everything if surroundings.is_of_somebody_else(each)]
    if strangers:
        yield Finding(Problem("of-somebody-else", params=_counted(strangers, path.parent)))
    closed = [each for each in everything if surroundings.is_closed_to_owner(each)]
    if closed:
        params = {**_counted(closed, path.parent), "session": name}
        yield Finding(Problem("closed-to-owner", params=params), Mend.RIGHTS, tuple(closed))
    others = [each for each in everything if surroundings.can_be_read_by_others(each)]
    if others:
        params = {**_counted(others, path.parent), "session": name}
        yield Finding(Problem("open-to-others", params=params), Mend.RIGHTS, tuple(others))


def _left_over(folders: list[Path], path: Path, name: str) -> Iterator[Finding]:
    left = [each for folder in folders for each in atomic.left_in(folder)]
    left += _locks_of_nobody(path, folders)
    if left:
        params = {**_counted(left, path.parent), "session": name}
        yield Finding(Problem("left-over", params=params), Mend.LEFT_OVER, tuple(left))


def _locks_of_nobody(path: Path, folders: Iterable[Path]) -> list[Path]:
    """Empty lock files that bear the code of somebody who is in no round of the session."""
    known: set[str] = set()
    for folder in (SessionFolder(path), *_rounds(path)):
        try:
            known |= set(folder.read()[0].party_of)
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


def _being_written(locks: list[Path], path: Path) -> Iterator[Finding]:
    held = [lock for lock in locks if atomic.is_held(_locked_by(lock))]
    if held:
        sleep(_A_SAVE)  # somebody who answers now holds it for a moment
    for target in map(_locked_by, held):
        if atomic.is_held(target):
            yield Finding(Problem("being-written", Where(target.relative_to(path).as_posix())))


def _locked_by(lock: Path) -> Path:
    return lock.with_name(lock.name.removeprefix(".").removesuffix(".lock"))


def _without_session_file(path: Path, name: str) -> Finding:
    params = {"session": name, "folder": str(path)}
    if sessions.is_unfinished(path):
        return Finding(Problem("session-half-made", params=params))
    return Finding(Problem("session-file-gone", params={**params, "file": SESSION_FILE}))


def _read(folder: SessionFolder, name: str, today: date) -> Iterator[Finding]:
    yield from _in_round(folder, "")
    for read in (folder.people, folder.agreements, folder.discussion):
        yield from _unreadable(read)
    for earlier in _rounds(folder.path):
        place = earlier.path.relative_to(folder.path).as_posix()
        yield from _in_round(earlier, f"{place}/")
    try:
        session = folder.read()[0]
    except BartError:
        return  # told above
    if session.session != name:
        params = {"name": session.session, "folder": name}
        yield Finding(Problem("session-other-name", Where(SESSION_FILE), params))
    yield from _in_time(folder, session, name, today)


def _in_round(folder: SessionFolder, place: str) -> Iterator[Finding]:
    try:
        opened = session_at(folder)
        problems = picture_of(opened).problems
    except BadData as error:
        yield from _each(error.problems, place, sessions.SESSION_FILE)
        return
    except NotFound as error:  # a file is not there, or cannot be read
        yield Finding(Problem(error.code, Where(f"{place}{SESSION_FILE}"), error.params))
        return
    yield from _each(problems, place, SHEETS)


def _unreadable(read: Callable[[], object]) -> Iterator[Finding]:
    try:
        read()
    except BadData as error:
        yield from _each(error.problems, "", "")
    except NotFound as error:
        yield Finding(Problem(error.code, params=error.params))


def _each(problems: Iterable[Problem], place: str, file: str) -> Iterator[Finding]:
    for problem in problems:
        yield Finding(problem.in_file(f"{place}{problem.where.file or file}"))


def _rounds(path: Path) -> tuple[SessionFolder, ...]:
    try:
        return SessionFolder(path).kept_rounds()
    except BartError:
        return ()


def _in_time(folder: SessionFolder, session: Session, name: str, today: date) -> Iterator[Finding]:
    if session.report_out_of_date and made_reports.names(folder):
        yield Finding(_warning("report-is-old", session=name))
    is_past = session.keep_until is not None and session.keep_until < today
    if is_past and folder.sheets()[0]:
        until = session.keep_until.isoformat() if session.keep_until else ""
        yield Finding(_warning("keep-until-passed", date=until, folder=str(folder.path)))


# Around the sessions


def _around(root: Path, name: str) -> Iterator[Finding]:
    folder = str(root)
    service = synced.service_of(root)
    if service:
        yield Finding(_warning("folder-synced", folder=folder, service=service))
    if surroundings.can_be_changed_by_others(root):
        problem = _warning("folder-open-to-changes", folder=folder)
        yield Finding(problem, Mend.CHANGES, (root,))
    if surroundings.is_outside_own_folder(root):
        yield Finding(_warning("folder-outside-own", folder=folder))
    would_take = surroundings.git_would_take(root / name / SESSION_FILE)
    if would_take is not False:
        said = "git-would-take" if would_take else "git-may-take"
        yield Finding(_warning(said, folder=folder, pattern=f"{root.name}/"))
    if surroundings.is_nearly_full(root):
        most = f"{surroundings.NEEDED_SPACE // 1024 // 1024} MB"
        yield Finding(_warning("disk-nearly-full", folder=folder, least=most))


def _half_restored(root: Path) -> Iterator[Finding]:
    left = backups.unfinished(root)
    if left:
        params = _counted(left, root)
        yield Finding(Problem("half-restored", params=params), Mend.HALF_RESTORED, tuple(left))


def _of_program() -> Iterator[Finding]:
    for package, least in surroundings.too_old().items():
        yield Finding(_warning("package-too-old", name=package, least=least))
    state = log.state()
    file = str(log.log_file())
    if not state.can_be_written:
        yield Finding(_warning("log-not-written", file=file))
    open_files = tuple(path for path in state.files if surroundings.can_be_read_by_others(path))
    if open_files:
        problem = Problem("log-open-to-others", params={"file": file})
        yield Finding(problem, Mend.RIGHTS, open_files)
    if state.bugs:
        params = {"number": str(state.bugs), "file": file}
        yield Finding(Problem("log-holds-bugs", params=params, severity=Severity.NOTE))


def _is(what: Callable[[Path], bool], path: Path) -> bool:
    """Whether it is so; no when we may not look."""
    try:
        return what(path)
    except OSError:
        return False


def _is_folder(path: Path) -> bool:
    return _is(Path.is_dir, path) and not _is(Path.is_symlink, path)


def _warning(code: str, **params: str) -> Problem:
    return Problem(code, params=params, severity=Severity.WARNING)


def _counted(paths: list[Path], around: Path) -> dict[str, str]:
    """How many there are, and a few by name."""
    return {"number": str(len(paths)), "names": _few(paths, around)}


def _few(paths: Sequence[Path], around: Path) -> str:
    """What a sentence says of `paths`, of which all lie in `around`."""
    names = [path.relative_to(around).as_posix() for path in paths[:_NAMED]]
    return ", ".join(names) + (", …" if len(paths) > _NAMED else "")
