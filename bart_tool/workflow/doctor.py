"""Looking over sessions and what is around them: what is wrong, and what bart can mend itself.

Nothing is changed but by `mend`, and that touches rights and left-over files, never an answer.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from bart_tool.domain.session import Session
from bart_tool.errors import BadData, BartError, NotFound, Problem, Severity, Where
from bart_tool.store import (
    deleting,
    disk,
    generated,
    log,
    marks,
    rounds,
    sessions,
    surroundings,
    views,
)
from bart_tool.store.disk import DiskStore, on_disk
from bart_tool.store.locations import SESSION_FILE, SHEETS, VIEW_FILE
from bart_tool.store.marks import MARKS, Marked
from bart_tool.store.protocol import Store
from bart_tool.store.stored_session import StoredSession
from bart_tool.store.surroundings import SessionFiles
from bart_tool.store.views import RoundViews
from bart_tool.workflow import forget, retention
from bart_tool.workflow.merging import reading_of
from bart_tool.workflow.open_session import session_at

V = TypeVar("V")
_NAMED = 3  # files that a sentence names; it says how many there are


class Mend(StrEnum):
    """What bart can do about it by itself."""

    RIGHTS = "rights"
    CHANGES = "changes"
    LEFT_OVER = "left-over"
    HALF_RESTORED = "half-restored"
    HALF_ERASED = "half-erased"
    HALF_DELETED = "half-deleted"


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be; `mend` what bart can do, to `paths`."""

    problem: Problem
    mend: Mend | None = None
    paths: tuple[Path, ...] = ()

    @property
    def about(self) -> str:
        """The files, folder or file it is about, as its sentence names them."""
        params = self.problem.params
        return params.get("names") or params.get("folder") or params.get("file", "")

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
        """Every finding, those around the sessions first."""
        return (*self.around, *(each for found in self.sessions.values() for each in found))


def look_over(at: Store, today: date, name: str = "") -> Looked:
    """Look over the session `name`, or all of them, and the place where they lie.

    Raises WrongUse or NotFound for a session that cannot be there or is not.
    """
    store = on_disk(at)
    names = [name] if name else surroundings.names_in(store)
    if name:
        surroundings.must_be_there(store, name)
    found = {each: tuple(_in_session(store, each, today)) for each in names}
    around = (*_around(store, name or "voorbeeld"), *_of_program())
    return Looked(found, around)


def mend(at: Store, found: Finding) -> bool:
    """Do what can be done about `found`; whether all of it is done."""
    store = on_disk(at)
    if found.mend is Mend.HALF_RESTORED:
        store.sweep("")
        return not any(path.exists() for path in found.paths)
    if found.mend is Mend.HALF_DELETED:
        deleting.sweep(store)
        return not deleting.left_in(store)
    if found.mend is Mend.HALF_ERASED:
        forget.go_on(StoredSession(store, found.problem.params["session"]))
        return True
    if found.mend is None:
        return False
    done = [_MENDING[found.mend](path) for path in found.paths]  # also when one cannot be mended
    return all(done)


_MENDING: dict[Mend, Callable[[Path], bool]] = {
    Mend.RIGHTS: surroundings.keep_to_owner,
    Mend.CHANGES: surroundings.keep_from_changes,
    Mend.LEFT_OVER: surroundings.remove,
}


# One session


def _in_session(store: DiskStore, name: str, today: date) -> Iterator[Finding]:
    session, files = StoredSession(store, name), surroundings.files_of(store, name)
    for link in files.links:
        where = link.relative_to(store.root).as_posix()
        yield Finding(Problem("file-is-a-link", Where(where), {"file": link.name}))
    yield from _counted_findings(files, store.root, name)
    for path in files.being_written:
        where = path.relative_to(store.root).as_posix().removeprefix(f"{name}/")
        yield Finding(Problem("being-written", Where(where)))
    if not files.can_be_read:
        return
    if files.has_session_file:
        yield from _read(session, today)
    else:
        yield _without_session_file(session)


def _counted_findings(files: SessionFiles, root: Path, name: str) -> Iterator[Finding]:
    for code, paths, mend in (
        ("of-somebody-else", files.of_others, None),
        ("closed-to-owner", files.closed, Mend.RIGHTS),
        ("open-to-others", files.open, Mend.RIGHTS),
        ("left-over", files.left, Mend.LEFT_OVER),
    ):
        if paths:
            params = {**_counted(paths, root), **({"session": name} if mend else {})}
            yield Finding(Problem(code, params=params), mend, paths if mend else ())


def _without_session_file(session: StoredSession) -> Finding:
    params = {"session": session.name, "folder": session.where()}
    if sessions.is_unfinished(session):
        return Finding(Problem("session-half-made", params=params))
    return Finding(Problem("session-file-gone", params={**params, "file": SESSION_FILE}))


def _read(folder: StoredSession, today: date) -> Iterator[Finding]:
    yield from _in_round(folder, folder, "")
    for read in (folder.people, folder.agreements, folder.discussion):
        yield from _tried(read)
    for earlier in _rounds(folder):
        yield from _in_round(folder, earlier, f"{earlier.at.removeprefix(f'{folder.at}/')}/")
    try:
        session = folder.read()[0]
    except BartError:
        return  # told above
    if session.session != folder.name:
        params = {"name": session.session, "folder": folder.name}
        yield Finding(Problem("session-other-name", Where(SESSION_FILE), params))
    if session.erasing:
        params = {"session": folder.name, "names": ", ".join(session.erasing)}
        yield Finding(Problem("erasing-half-done", params=params), Mend.HALF_ERASED)
    yield from _in_time(folder, session, today)


def _in_round(home: StoredSession, folder: StoredSession, place: str) -> Iterator[Finding]:
    yield from _each(folder.notes(), place, SESSION_FILE)
    problems = yield from _tried(
        lambda: reading_of(session_at(folder)).problems, place, SESSION_FILE
    )
    yield from _each(problems or (), place, SHEETS)
    yield from _views(home, folder, place)


def _views(home: StoredSession, folder: StoredSession, place: str) -> Iterator[Finding]:
    """What is wrong with the published views of a round; its groups are closed then."""
    try:
        session = folder.read()[0]
    except BartError:
        return  # told above
    known, kept = views.read(folder, session.round), marks.read(home)
    said = {"session": home.name}
    if known is not None and known.is_damaged:
        yield Finding(_warning("views-damaged", **said).in_file(f"{place}{VIEW_FILE}"))
    elif known is None and session.phase.is_revealed:
        yield Finding(_warning("views-missing", **said).in_file(f"{place}{VIEW_FILE}"))
    elif known is not None and _are_missing(known, kept.of_round(session.round)):
        yield Finding(_warning("marks-lost", **said).in_file(MARKS))


def _are_missing(known: RoundViews, marked: Sequence[Marked]) -> bool:
    """Whether there is a view of which nobody knows any more what it was made from."""
    with_marks = {each.closing for each in marked}
    return any(view.closing and view.closing not in with_marks for view in known.views)


def _tried(
    read: Callable[[], V], place: str = "", file: str = ""
) -> Generator[Finding, None, V | None]:
    """What is wrong with what `read` reads, which lies in `file`; gives what it read."""
    try:
        return read()
    except BadData as error:
        yield from _each(error.problems, place, file)
    except NotFound as error:  # a file is not there, or cannot be read
        yield Finding(Problem(error.code, Where(f"{place}{file}"), error.params))
    return None


def _each(problems: Iterable[Problem], place: str, file: str) -> Iterator[Finding]:
    for problem in problems:
        yield Finding(problem.in_file(f"{place}{problem.where.file or file}"))


def _rounds(session: StoredSession) -> tuple[StoredSession, ...]:
    try:
        return rounds.all_kept(session)
    except BartError:
        return ()


def _in_time(folder: StoredSession, session: Session, today: date) -> Iterator[Finding]:
    if session.report_out_of_date and generated.made(folder):
        yield Finding(_warning("report-is-old", session=folder.name))
    due = retention.to_erase(folder, session, today)
    if due is not None:
        params = {"date": due.day.isoformat(), "session": folder.name}
        yield Finding(
            _warning("keep-until-passed", **params)
            if due.left < 0
            else Problem("keep-until-nears", params=params, severity=Severity.NOTE)
        )


# Around the sessions


def _around(store: DiskStore, name: str) -> Iterator[Finding]:
    root, folder = store.root, str(store.root)
    service = surroundings.service_of(root)
    if service:
        yield Finding(_warning("folder-synced", folder=folder, service=service))
    if surroundings.can_be_changed_by_others(root):
        problem = _warning("folder-open-to-changes", folder=folder)
        yield Finding(problem, Mend.CHANGES, (root,))
    if surroundings.is_outside_own_folder(root):
        yield Finding(_warning("folder-outside-own", folder=folder))
    would_take = surroundings.git_would_take(store, name)
    if would_take is not False:
        said = "git-would-take" if would_take else "git-may-take"
        yield Finding(_warning(said, folder=folder, pattern=f"{root.name}/"))
    if surroundings.is_nearly_full(root):
        most = f"{surroundings.NEEDED_SPACE // 1024 // 1024} MB"
        yield Finding(_warning("disk-nearly-full", folder=folder, least=most))
    left = disk.half_restored(root)
    if left:
        problem = Problem("half-restored", params=_counted(left, root))
        yield Finding(problem, Mend.HALF_RESTORED, tuple(left))
    deleted = deleting.left_in(store)
    if deleted:
        params = {"number": str(len(deleted)), "names": ", ".join(deleted[:_NAMED])}
        yield Finding(Problem("half-deleted", params=params), Mend.HALF_DELETED)


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


def _warning(code: str, **params: str) -> Problem:
    return Problem(code, params=params, severity=Severity.WARNING)


def _counted(paths: Sequence[Path], around: Path) -> dict[str, str]:
    """How many there are, and a few by name; all lie in `around`."""
    names = [path.relative_to(around).as_posix() for path in paths[:_NAMED]]
    more = ", …" if len(paths) > _NAMED else ""
    return {"number": str(len(paths)), "names": ", ".join(names) + more}
