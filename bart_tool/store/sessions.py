"""The folder of one session: what lies in it, and how each file is read and written."""

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TypeVar

from bart_tool.domain.agreement import Agreements
from bart_tool.domain.answer import Sheet
from bart_tool.domain.discussion import Discussion
from bart_tool.domain.names import SESSION_PATTERN, is_device_name
from bart_tool.domain.picture import Decision
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.errors import BadData, Busy, CannotCreate, NotFound, Problem, Severity, Where
from bart_tool.store import (
    agreements_file,
    atomic,
    erasing,
    folders,
    numbered,
    plain_file,
    question_sets,
    rounds,
    session_files,
    sheets,
    synced,
    yaml_text,
)
from bart_tool.store.atomic import CannotRead
from bart_tool.store.erasing import ErasedFiles
from bart_tool.store.locations import safe_code, session_path
from bart_tool.store.session_files import Person

SESSION_FILE = "session.yaml"
SET_FILE = "question_set.yaml"
PEOPLE_FILE = "people.yaml"
AGREEMENTS_FILE = "agreements.yaml"
SETTLED_FILE = "settled.yaml"
DISCUSSION_FILE = "discussion.yaml"
SHEETS, CONFLICTS, DAMAGED, REPORT = "sheets", "conflicts", "damaged", "report"
FORMS = "forms"
FOLDERS = (SHEETS, CONFLICTS, DAMAGED, FORMS, REPORT)
_KEPT_OF_A_ROUND = (SESSION_FILE, SET_FILE, DISCUSSION_FILE)
OF_A_ROUND = (SHEETS, CONFLICTS, FORMS, REPORT)  # what begins anew with every round
OWN_FILES = (SESSION_FILE, SET_FILE, PEOPLE_FILE, AGREEMENTS_FILE, DISCUSSION_FILE)
FIGURES = "figures"  # inside REPORT
_ALL_FOLDERS = (*FOLDERS, rounds.ROUNDS, f"{REPORT}/{FIGURES}")

T = TypeVar("T")
Parsed = tuple[T | None, tuple[Problem, ...]]


@dataclass(frozen=True)
class SessionFolder:
    """The folder of one session. Reading gives a fingerprint, saving asks for it."""

    path: Path

    def read(self) -> tuple[Session, str]:
        """The session and its fingerprint.

        Raises NotFound when there is none, BadData with everything wrong in it.
        """
        found = self._read(self.path / SESSION_FILE, session_files.parse_session)
        if found is None:
            raise NotFound("no-session-file", file=SESSION_FILE)
        return found

    def save(self, session: Session, expected: str | None) -> str:
        """Save session.yaml; gives its new fingerprint. Raises as `atomic.save` does."""
        text = session_files.dump_session(session)
        return atomic.save(self.path / SESSION_FILE, text.encode(), expected)

    def question_set(self, session: Session | None = None) -> QuestionSet:
        """The session's own copy of its set, with the session's own decisions in it.

        Raises NotFound when there is none, BadData with everything wrong in it.
        """
        session = session or self.read()[0]
        return session.effective(self.set_as_filed())

    def set_as_filed(self) -> QuestionSet:
        """The session's own copy of its set, as its file says it. Raises as `question_set`."""
        found = self._read(self.path / SET_FILE, question_sets.parse)
        if found is None:
            raise NotFound("no-question-set-file", file=SET_FILE)
        return found[0]

    def sheet(self, code: str) -> tuple[Sheet, str] | None:
        """The sheet of `code` and its fingerprint; None when there is none yet.

        Raises BadData when anything in it is wrong: writing it again would lose that.
        """
        found = self._read(self._sheet_path(code), sheets.parse)
        if found is not None and found[0].participant != code:
            raise BadData("sheet-of-another", file=self._sheet_path(code).name)
        return found

    def save_sheet(self, sheet: Sheet, expected: str | None) -> str:
        """Save the sheet of its participant; gives its new fingerprint. Raises as `atomic.save`."""
        path = self._sheet_path(sheet.participant)
        self._folder(SHEETS)
        return atomic.save(path, sheets.dump(sheet).encode(), expected)

    def sheets(self) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
        """Every sheet that can be read, by file name, and what is wrong with the others.

        Copies that a synced folder made of a sheet are read too: merging knows what to do.
        """
        return self._sheets_in(SHEETS)

    def conflict_sheets(self) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
        """The sheets in conflicts/ that wait for somebody to settle them, and what is wrong."""
        return self._sheets_in(CONFLICTS)

    def keep_conflict(self, sheet: Sheet) -> Path:
        """Keep `sheet` in conflicts/; the same sheet twice gives one file."""
        code, content = safe_code(sheet.participant), sheets.dump(sheet).encode()
        return numbered.keep(self._folder(CONFLICTS), code, ".yaml", content)

    def decisions(self) -> tuple[Decision, ...]:
        """What people settled. Raises BadData when the file cannot be read."""
        path = self.path / CONFLICTS / SETTLED_FILE
        found = self._read(path, session_files.parse_decisions)
        return found[0] if found else ()

    def save_decisions(self, decisions: Iterable[Decision]) -> None:
        """Save what people settled, in place of what stood there."""
        text = session_files.dump_decisions(decisions)
        self._put(self._folder(CONFLICTS) / SETTLED_FILE, text.encode())

    def copies(self) -> tuple[Problem, ...]:
        """The copies that a synced folder made of the session's own files; none of them is read."""
        names = [name for name in atomic.names_in(self.path) if name not in OWN_FILES]
        return tuple(
            Problem("session-file-copy", Where(name), {"file": own}, Severity.WARNING)
            for own in OWN_FILES
            for name in names
            if synced.is_copy(name, own.removesuffix(".yaml"))
        )

    def people(self) -> dict[str, Person]:
        """Code -> person; empty when no names are kept. Raises BadData."""
        found = self._read(self.path / PEOPLE_FILE, session_files.parse_people)
        return found[0] if found else {}

    def save_people(self, people: Mapping[str, Person]) -> None:
        """Save who stands behind the codes, in place of what stood there."""
        self._put(self.path / PEOPLE_FILE, session_files.dump_people(people).encode())

    def agreements(self) -> tuple[Agreements, str | None]:
        """What was agreed, and its fingerprint; nothing and None when there is no file yet.

        Raises BadData with everything wrong in it.
        """
        found = self._read(self.path / AGREEMENTS_FILE, agreements_file.parse)
        return found if found is not None else (Agreements(), None)

    def save_agreements(self, agreements: Agreements, expected: str | None) -> str:
        """Save what was agreed; gives its new fingerprint. Raises as `atomic.save` does."""
        text = agreements_file.dump(agreements)
        return atomic.save(self.path / AGREEMENTS_FILE, text.encode(), expected)

    def discussion(self) -> tuple[Discussion, str] | None:
        """The chosen topics and their fingerprint; None when none were chosen. Raises BadData."""
        return self._read(self.path / DISCUSSION_FILE, session_files.parse_discussion)

    def save_discussion(self, discussion: Discussion, expected: str | None) -> str:
        """Save the chosen topics; gives their new fingerprint. Raises as `atomic.save` does."""
        text = session_files.dump_discussion(discussion)
        return atomic.save(self.path / DISCUSSION_FILE, text.encode(), expected)

    def put_discussion_aside(self, why: Problem) -> Path:
        """Move a discussion that cannot be read to damaged/; gives where it is now."""
        kept = self.set_aside(self.path / DISCUSSION_FILE, why)
        atomic.remove(self.path / DISCUSSION_FILE)
        return kept

    def set_aside(self, source: Path, why: Problem) -> Path:
        """Keep a copy of `source` in damaged/, with the reason beside it; `source` stays as it is.

        The copy gets a number: the name that somebody gave a file may be a person's.
        Raises NotFound or CannotRead for `source`.
        """
        return self.set_content_aside(source.name, plain_file.read_bytes(source), why)

    def set_content_aside(self, name: str, content: bytes, why: Problem) -> Path:
        """The same for what came in under `name`, and need not be a file of its own."""
        ending = PurePath(name).suffix.lower()
        ending = ending if ending in _KNOWN_ENDINGS else ".bin"
        kept = numbered.keep(self._folder(DAMAGED), "file", ending, content)
        reason = {"code": why.code, "line": str(why.where.line or why.where.row or "")}
        self._put(kept.with_suffix(".why.txt"), yaml_text.write(reason).encode())
        return kept

    def write_report(self, name: str, content: bytes) -> Path:
        """Write report/`name`, in place of what stood there. Raises as `atomic.save`."""
        if _REPORT_NAME.fullmatch(name) is None:
            raise ValueError(name)
        return self._put(self._folder(REPORT) / name, content)

    def write_figure(self, name: str, content: bytes) -> Path:
        """Write report/figures/`name`, unless it holds that already. Raises as `atomic.save`."""
        if _REPORT_NAME.fullmatch(name) is None:
            raise ValueError(name)
        self._folder(REPORT)
        path = self._folder(f"{REPORT}/{FIGURES}") / name
        stored = atomic.read(path)
        if stored is None or stored.content != content:
            atomic.save(path, content, stored.fingerprint if stored else None)
        return path

    def keep_figures(self, names: Iterable[str]) -> None:
        """Remove every picture but those called so: they are of an earlier report."""
        kept = set(names)
        folder = self.path / REPORT / FIGURES
        for name in atomic.names_in(folder):
            if name.endswith(".svg") and name not in kept:
                atomic.remove(folder / name)
                atomic.remove(atomic.lock_path(folder / name))

    def write_form(self, code: str, ending: str, content: bytes) -> Path:
        """Write what `code` gets to answer on, in place of an earlier one. Raises as `atomic.save`.

        The name begins with the code, so that erasing finds it.
        """
        return self._put(self._folder(FORMS) / f"{safe_code(code)}{ending}", content)

    def keep_round(self, number: int) -> None:
        """Keep the round that ends whole under rounds/`number`. Raises as `rounds.keep`."""
        rounds.keep(self.path, number, _KEPT_OF_A_ROUND, OF_A_ROUND)

    def clear_round(self, now: int) -> list[Path]:
        """Remove what the round before `now` left here and is kept, and copies half made."""
        return rounds.sweep(self.path, now, OF_A_ROUND)

    def bring_back_round(self, number: int) -> None:
        """Put what was kept of round `number` where it lay. Raises as `rounds.bring_back`.

        An answer that lies there meanwhile, from a synced folder or from somebody who saves at this
        moment, is kept beside it.
        """
        rounds.bring_back(self.path, number, OF_A_ROUND, self._make_room)

    def _make_room(self, inside: Path, content: bytes) -> None:
        if inside.parts[0] not in (SHEETS, CONFLICTS):  # made by bart, and made again by it
            return
        sheet, problems = _sheet_in(self.path / inside)
        if sheet is not None:
            self.keep_conflict(sheet)
        elif problems:
            self.set_content_aside(inside.name, content, problems[0])

    def forget_round(self, number: int) -> None:
        """Remove the copy of round `number`, which lies where it was again. Raises CannotWrite."""
        rounds.forget(self.path, number)

    def round(self, number: int) -> "SessionFolder":
        """The folder of a round that was finished. Raises NotFound."""
        return SessionFolder(rounds.finished(self.path, number))

    def kept_rounds(self) -> "tuple[SessionFolder, ...]":
        """The folders in which a round lies, or a copy of one that was put aside."""
        return tuple(SessionFolder(path) for path in rounds.all_kept(self.path))

    def sweep(self) -> list[Path]:
        """Remove what killed writers left; gives what was removed."""
        folders = [self.path, *(self.path / name for name in _ALL_FOLDERS)]
        swept = [path for folder in folders for path in atomic.sweep(folder)]
        return swept + [path for each in self.kept_rounds() for path in each.sweep()]

    def erase(self, code: str) -> ErasedFiles:
        """Remove every file and line about `code`, but for the list of who was invited.

        Interrupted half-way, it can be done again. Raises CannotWrite or Busy.
        """
        sheet = self._sheet_path(code)
        self.sweep()
        removed: list[Path] = []
        # Whoever waits to save this sheet finds it gone, and is told so. Where nobody answered
        # yet there is no folder of sheets, but a damaged file of theirs may have been set aside.
        with atomic.locked(sheet) if sheet.parent.is_dir() else contextlib.nullcontext():
            for folder in (SHEETS, CONFLICTS, DAMAGED, FORMS):
                removed.extend(erasing.remove_files(code, self.path / folder, SETTLED_FILE))
        rewritten, kept = self._strike(code)
        for path in removed:
            atomic.remove(atomic.lock_path(path))
        for folder in FOLDERS:
            erasing.remove_locks(code, self.path / folder)
        return ErasedFiles((*removed, *rewritten), kept)

    def _strike(self, code: str) -> tuple[list[Path], tuple[Path, ...]]:
        """Take `code` out of the files that speak of several people."""
        changed, kept = [], []
        try:
            people = self.people()
            if people.pop(code, None) is not None:
                self.save_people(people)
                changed.append(self.path / PEOPLE_FILE)
        except BadData:
            kept.append(self.path / PEOPLE_FILE)
        try:
            decisions = self.decisions()
            others = tuple(each for each in decisions if each.participant != code)
            if others != decisions:
                self.save_decisions(others)
                changed.append(self.path / CONFLICTS / SETTLED_FILE)
        except BadData:
            kept.append(self.path / CONFLICTS / SETTLED_FILE)
        return changed, tuple(kept)

    def _sheet_path(self, code: str) -> Path:
        return self.path / SHEETS / f"{safe_code(code)}.yaml"

    def _folder(self, name: str) -> Path:
        folder = self.path / name
        atomic.make_folder(folder)
        return folder

    def _read(self, path: Path, parse: Callable[[str, str], Parsed[T]]) -> tuple[T, str] | None:
        stored = atomic.read(path)
        if stored is None:
            return None
        text, problems = plain_file.decode(stored.content, path.name)
        value = None
        if text is not None:
            value, problems = parse(text, path.name)
        if value is None or any(problem.severity is Severity.ERROR for problem in problems):
            raise BadData("bad-file", problems, file=path.name)
        return value, stored.fingerprint

    def _sheets_in(self, folder: str) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
        found: list[Sheet] = []
        problems: list[Problem] = []
        for name in _sheet_names(self.path / folder):
            sheet, wrong = _sheet_in(self.path / folder / name)
            problems.extend(wrong)
            if sheet is not None:
                found.append(sheet)
        if folder == SHEETS:
            problems.extend(_not_read(self.path / folder))
        return tuple(found), tuple(problems)

    def _put(self, path: Path, content: bytes) -> Path:
        stored = atomic.read(path)
        atomic.save(path, content, stored.fingerprint if stored else None)
        return path


_KNOWN_ENDINGS = frozenset({".yaml", ".yml", ".json", ".csv", ".html", ".txt"})
_KEPT_BY_HASH = re.compile(r"-[0-9a-f]{16}\Z")  # how conflicts were named before they had a number
_REPORT_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.[a-z0-9]+")


def create(root: Path, session: Session, set_text: str) -> SessionFolder:
    """Make the folder of a new session, which only its owner may read.

    Raises CannotCreate when there is one already. session.yaml is written last: a folder without
    it was never finished, is nobody's session, and is taken over by the next attempt.
    """
    folder = SessionFolder(session_path(root, session.session))
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise atomic.refusal("cannot-create-folder", error, str(root), is_new=True) from error
    is_new = atomic.make_folder(folder.path)
    if not is_new and not is_unfinished(folder.path):
        raise CannotCreate("session-exists", name=session.session)
    try:
        folder._put(folder.path / SET_FILE, set_text.encode())
        folder.save(session, None)
    except Busy as error:
        raise CannotCreate("session-exists", name=session.session) from error
    return folder


def find(root: Path, name: str) -> SessionFolder:
    """The session called `name`; what killed writers left in it is swept.

    Raises WrongUse for a name that cannot be one, NotFound when there is no such session, with
    the names there are.
    """
    path = session_path(root, name)
    try:
        for part in (path, *(path / each for each in _ALL_FOLDERS)):
            if is_link(part):
                raise NotFound("folder-is-a-link", file=part.name)
        is_there = (path / SESSION_FILE).is_file()
    except PermissionError as error:
        raise CannotRead("cannot-read", file=name) from error
    if not is_there:
        names = list_all(root)
        if not names:
            raise NotFound("no-sessions-yet", name=name)
        raise NotFound("no-such-session", name=name, names=", ".join(names))
    folder = SessionFolder(path)
    folder.sweep()
    if (path / rounds.ROUNDS).is_dir():
        with contextlib.suppress(BadData, NotFound):  # whoever opens it will be told
            folder.clear_round(folder.read()[0].round)
    return folder


def list_all(root: Path) -> tuple[str, ...]:
    """The names of the sessions in `root`, in alphabetical order."""
    try:
        entries = [entry for entry in os.scandir(root) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return ()
    return tuple(
        sorted(
            entry.name
            for entry in entries
            if re.fullmatch(SESSION_PATTERN, entry.name)
            and not is_device_name(entry.name)
            and _has_session(root / entry.name)
        )
    )


def _has_session(path: Path) -> bool:
    try:
        return (path / SESSION_FILE).is_file()
    except OSError:  # a folder that we may not look into: `find` says so, and so does the doctor
        return False


def is_link(path: Path) -> bool:
    """Whether this leads to another place."""
    is_junction: Callable[[Path], bool] = getattr(os.path, "isjunction", lambda _: False)
    return path.is_symlink() or is_junction(path)


def is_unfinished(path: Path) -> bool:
    """Whether nothing of a session lies at `path` that a next attempt to make it would not make."""
    return {entry.name for entry in os.scandir(path) if not atomic.is_temporary(entry.name)} <= {
        SET_FILE
    }


def _sheet_names(folder: Path) -> Iterator[str]:
    for name in atomic.names_in(folder):
        is_sheet = name.endswith((".yaml", ".yml", ".json")) and not name.startswith(".")
        if is_sheet and name != SETTLED_FILE:
            yield name


def _not_read(folder: Path) -> Iterator[Problem]:
    """What lies among the sheets under a name that no sheet has."""
    for name in atomic.names_in(folder):
        is_known = name.endswith((".yaml", ".yml", ".json")) or name.startswith("~")
        if not is_known and not folders.is_passed_over(name):
            yield Problem("not-read-here", Where(name), severity=Severity.WARNING)


def _sheet_in(path: Path) -> tuple[Sheet | None, tuple[Problem, ...]]:
    try:
        stored = atomic.read(path)
    except CannotRead as error:
        return None, (Problem(error.code, Where(path.name), error.params),)
    if stored is None:  # removed since the folder was listed
        return None, ()
    text, problems = plain_file.decode(stored.content, path.name)
    if text is None:
        return None, problems
    sheet, problems = sheets.parse(text, path.name)
    if sheet is not None:
        problems = (*problems, *_named_otherwise(path, sheet.participant))
    return sheet, problems


def _named_otherwise(path: Path, code: str) -> Iterator[Problem]:
    """That a sheet lies under another name than its own: who looks at the folder should know."""
    stem, _, _ = path.name.rpartition(".")
    is_kept = path.parent.name == CONFLICTS and re.fullmatch(rf"{code}\.[0-9]+", stem)
    if stem == code or is_kept or (path.name.startswith(f"{code}-") and _KEPT_BY_HASH.search(stem)):
        return
    said = "sheet-copy" if synced.is_copy(path.name, code) else "sheet-under-other-name"
    yield Problem(said, Where(path.name), {"code": code}, Severity.WARNING)
