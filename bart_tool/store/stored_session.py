"""One session in a store: what lies in it, and how each file is read and written."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeVar

from bart_tool.domain.agreement import Agreements
from bart_tool.domain.discussion import Discussion
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Decision, Sheet
from bart_tool.errors import BadData, Busy, NotFound, Problem, Severity, Where
from bart_tool.store import plain_file, question_sets, session_files, sheets, yaml_text
from bart_tool.store.locations import (
    AGREEMENTS_FILE,
    CONFLICTS,
    DAMAGED,
    DISCUSSION_FILE,
    FORMS,
    OWN_FILES,
    PEOPLE_FILE,
    SESSION_FILE,
    SET_FILE,
    SETTLED_FILE,
    SHEETS,
    safe_code,
)
from bart_tool.store.protocol import CannotRead, Content, Kind, Store, Stored
from bart_tool.store.session_files import Person

_TRIES = 5  # at saving a session that others save at the same moment
_SMALL_K = re.compile(rb"""(?m)^["']?k["']?[ \t]*:[ \t]*["']?[0-2]["']?[ \t\r]*(?:#|$)""")
T = TypeVar("T")
Parsed = tuple[T | None, tuple[Problem, ...]]


@dataclass(frozen=True)
class StoredSession:
    """A session, or a finished round of one, in `store`; all its names there begin with `at`.

    Reading gives a fingerprint, saving asks for it. What is put in it is named as it lies in
    the session: `report/report.md`.
    """

    store: Store
    at: str

    @property
    def name(self) -> str:
        """The last part of where it lies: the session's name, or the number of a round."""
        return self.at.rpartition("/")[2]

    def where(self, inside: str = "") -> str:
        """Where it lies, or what lies in it under `inside`, as a person is told."""
        return self.store.where(self.named(inside))

    def named(self, inside: str) -> str:
        """The name in the store, from the session on, of what lies in it under `inside`."""
        return f"{self.at}/{inside}" if inside else self.at

    def content(self, inside: str) -> Stored | None:
        """What the file `inside` holds; None when there is none. Raises CannotRead."""
        return self.store.read(self.named(inside))

    def stamp(self, inside: str) -> object:
        """What is mostly another when the file `inside` is; see `Store.stamp`."""
        return self.store.stamp(self.named(inside))

    def names(self, folder: str = "") -> list[str]:
        """The names in a folder of the session. Raises CannotRead."""
        return self.store.names(self.named(folder))

    def kind(self, inside: str) -> Kind | None:
        """What lies there, if anything does. Raises CannotRead."""
        return self.store.kind(self.named(inside))

    def remove(self, inside: str) -> bool:
        """Remove a file; False when it was not there. Raises CannotWrite."""
        return self.store.remove(self.named(inside))

    def put(self, inside: str, content: Content) -> str:
        """Put `content` in place of what stood there, and make its folder; gives `inside`.

        Raises as `Store.save` and `Store.make`.
        """
        stored = self.content(inside)
        expected = stored.fingerprint if stored is not None else None
        del stored  # it may be long, and so may what takes its place
        folders = inside.split("/")[:-1] if expected is None else ()
        for depth in range(len(folders)):
            self.store.make(self.named("/".join(folders[: depth + 1])))
        self._save(inside, content, expected)
        return inside

    def keep_numbered(self, folder: str, stem: str, ending: str, content: bytes) -> str:
        """Keep `content` as `<stem>.<number><ending>`; the same content twice is one file.

        A name or a hash of the content would tell what is in it. Interrupted, it can be done again.
        Raises Busy, CannotCreate or CannotRead.
        """
        self.store.make(self.named(folder))
        numbered = re.compile(rf"{re.escape(stem)}\.([0-9]{{1,9}})(\..+)", re.DOTALL)
        highest = 0
        with self.store.lock(self.named(f"{folder}/{stem}")):
            for name in self.names(folder):
                found = numbered.fullmatch(name)
                if found is None:
                    continue
                if found[2] == ending and self._holds(f"{folder}/{name}", content):
                    return f"{folder}/{name}"
                highest = max(highest, int(found[1]))
            inside = f"{folder}/{stem}.{highest + 1}{ending}"
            self._save(inside, content, None)
        return inside

    def _holds(self, inside: str, content: bytes) -> bool:
        try:
            stored = self.content(inside)
        except CannotRead:  # a link: not ours to use
            return False
        return stored is not None and stored.content == content

    def read(self) -> tuple[Session, str]:
        """The session and its fingerprint.

        Raises NotFound when there is none, BadData with everything wrong in it.
        """
        found = self._read(SESSION_FILE, session_files.parse_session)
        if found is None:
            raise NotFound("no-session-file", file=SESSION_FILE)
        return found

    def notes(self) -> tuple[Problem, ...]:
        """What session.yaml says that is read otherwise; nothing where it cannot be read."""
        try:
            stored = self.content(SESSION_FILE)
        except CannotRead:
            stored = None
        if stored is None or _SMALL_K.search(stored.content) is None:  # nearly always
            return ()
        text = plain_file.decode(stored.content, SESSION_FILE)[0] or ""
        _, problems = session_files.parse_session(text, SESSION_FILE)
        return tuple(each for each in problems if each.severity is Severity.WARNING)

    def save(self, session: Session, expected: str | None) -> str:
        """Save session.yaml; gives its new fingerprint. Raises as `Store.save` does."""
        text = session_files.dump_session(session)
        return self._save(SESSION_FILE, text.encode(), expected)

    def revise(self, change: Callable[[Session], Session]) -> tuple[Session, str]:
        """Save what `change` makes of the session as it is now, whoever saved it since.

        Gives it with its fingerprint. Raises what `change` raises, Busy when others go on saving.
        """
        for tries_left in reversed(range(_TRIES)):
            session, fingerprint = self.read()
            new = change(session)
            try:
                return new, fingerprint if new == session else self.save(new, fingerprint)
            except Busy:
                if not tries_left:
                    raise
        raise Busy("changed-since-read", file=SESSION_FILE)  # never: the last try gives or raises

    def question_set(self, session: Session | None = None) -> QuestionSet:
        """The session's own copy of its set, with the session's own decisions in it.

        Raises NotFound when there is none, BadData with everything wrong in it.
        """
        session = session or self.read()[0]
        return session.effective(self.set_as_filed())

    def set_as_filed(self) -> QuestionSet:
        """The session's own copy of its set, as its file says it. Raises as `question_set`."""
        found = self._read(SET_FILE, question_sets.parse)
        if found is None:
            raise NotFound("no-question-set-file", file=SET_FILE)
        return found[0]

    def sheet(self, code: str) -> tuple[Sheet, str] | None:
        """The sheet of `code` and its fingerprint; None when there is none yet.

        Raises BadData when anything in it is wrong: writing it again would lose that.
        """
        found = self._read(self.sheet_path(code), sheets.parse)
        if found is not None and found[0].participant != code:
            raise BadData("sheet-of-another", file=f"{code}.yaml")
        return found

    def sheet_path(self, code: str) -> str:
        """Where the sheet of `code` lies in the session."""
        return f"{SHEETS}/{safe_code(code)}.yaml"

    def code_of(self, inside: str) -> str:
        """What stands in the name of the file `inside` for a code; empty outside sheets/.

        A copy that a synced folder made has more in its name, so that is nobody's code.
        """
        folder, _, name = inside.rpartition("/")
        return name.removesuffix(".yaml") if folder == SHEETS and name.endswith(".yaml") else ""

    def sheet_files(self) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
        """Where a sheet may lie in the session: each by its name, then what waits in conflicts/.

        With what lies among them under a name that no sheet has.
        """
        names = self.names(SHEETS)
        files = (*_sheets_among(SHEETS, names), *self._kept_aside())
        return files, tuple(_not_read(names))

    def sheet_stands(self, code: str, fingerprint: str) -> bool:
        """Whether the sheet of `code` still is as it was read with `fingerprint`."""
        stored = self.content(self.sheet_path(code))
        return stored is not None and stored.fingerprint == fingerprint

    def save_sheet(
        self,
        sheet: Sheet,
        expected: str | None,
        writer: sheets.Writer | None = None,
        *,
        is_held: bool = False,
    ) -> str:
        """Save the sheet of its participant; gives its new fingerprint. Raises as `Store.save`.

        `writer`: of whoever saves the sheets of this person one after the other. `is_held`: the
        session is, by the caller, which keeps away whoever else would save it.
        """
        inside = self.sheet_path(sheet.participant)
        if expected is None:
            self.store.make(self.named(SHEETS))
        text = writer.dump(sheet) if writer is not None else sheets.dump(sheet)
        under = self.named(SESSION_FILE) if is_held else None
        return self.store.save(self.named(inside), text.encode(), expected, under=under)

    def save_sheets(self, sheets_read: Iterable[tuple[Sheet, str | None]]) -> None:
        """Save some sheets at once, each with the fingerprint it was read with.

        Only while the session is held: that keeps others away. Raises as `Store.replace`; then
        none is saved.
        """
        files, expected = dict[str, bytes](), dict[str, str | None]()
        for sheet, mark in sheets_read:
            name = f"{safe_code(sheet.participant)}.yaml"
            files[name], expected[name] = sheets.dump(sheet).encode(), mark
        if None in expected.values():
            self.store.make(self.named(SHEETS))
        self.store.replace(self.named(SHEETS), files, expected)

    def sheets(self) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
        """Every sheet that can be read, by file name, and what is wrong with the others.

        Copies that a synced folder made of a sheet are read too: merging knows what to do.
        """
        names = self.names(SHEETS)
        found, problems = self._sheets_at(_sheets_among(SHEETS, names))
        return found, (*problems, *_not_read(names))

    def conflict_sheets(self) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
        """The sheets in conflicts/ that wait for somebody to settle them, and what is wrong."""
        return self._sheets_at(self._kept_aside())

    def keep_conflict(self, sheet: Sheet) -> str:
        """Keep `sheet` in conflicts/; the same sheet twice gives one file."""
        code, content = safe_code(sheet.participant), sheets.dump(sheet).encode()
        return self.keep_numbered(CONFLICTS, code, ".yaml", content)

    def forget_in_conflict(self, code: str, items: Collection[str]) -> None:
        """Take what tables answered to `items` out of what is kept of `code` in conflicts/."""
        for inside in self._kept_aside():
            sheet, _ = self.sheet_in(inside)
            if sheet is None or sheet.participant != code:
                continue
            left = sheet.without_tables(items)
            if not left.answers:
                self.remove(inside)
            elif left != sheet:
                self.put(inside, sheets.dump(left).encode())

    def decisions(self) -> tuple[Decision, ...]:
        """What people settled. Raises BadData when the file cannot be read."""
        found = self._read(f"{CONFLICTS}/{SETTLED_FILE}", session_files.parse_decisions)
        return found[0] if found else ()

    def save_decisions(self, decisions: Iterable[Decision]) -> None:
        """Save what people settled, in place of what stood there."""
        text = session_files.dump_decisions(decisions)
        self.put(f"{CONFLICTS}/{SETTLED_FILE}", text.encode())

    def copies(self) -> tuple[Problem, ...]:
        """The copies that a synced folder made of the session's own files; none of them is read."""
        names = [name for name in self.names() if name not in OWN_FILES]
        return tuple(
            Problem("session-file-copy", Where(name), {"file": own}, Severity.WARNING)
            for own in OWN_FILES
            for name in names
            if plain_file.is_copy(name, own.removesuffix(".yaml"))
        )

    def people(self) -> dict[str, Person]:
        """Code -> person; empty when no names are kept. Raises BadData."""
        found = self._read(PEOPLE_FILE, session_files.parse_people)
        return found[0] if found else {}

    def save_people(self, people: Mapping[str, Person]) -> None:
        """Save who stands behind the codes, in place of what stood there."""
        self.put(PEOPLE_FILE, session_files.dump_people(people).encode())

    def agreements(self) -> tuple[Agreements, str | None]:
        """What was agreed, and its fingerprint; nothing and None when there is no file yet.

        Raises BadData with everything wrong in it.
        """
        found = self._read(AGREEMENTS_FILE, session_files.parse_agreements)
        return found if found is not None else (Agreements(), None)

    def save_agreements(self, agreements: Agreements, expected: str | None) -> str:
        """Save what was agreed; gives its new fingerprint. Raises as `Store.save` does."""
        text = session_files.dump_agreements(agreements)
        return self._save(AGREEMENTS_FILE, text.encode(), expected)

    def discussion(self) -> tuple[Discussion, str] | None:
        """The chosen topics and their fingerprint; None when none were chosen. Raises BadData."""
        return self._read(DISCUSSION_FILE, session_files.parse_discussion)

    def save_discussion(self, discussion: Discussion, expected: str | None) -> str:
        """Save the chosen topics; gives their new fingerprint. Raises as `Store.save` does."""
        text = session_files.dump_discussion(discussion)
        return self._save(DISCUSSION_FILE, text.encode(), expected)

    def put_discussion_aside(self, why: Problem) -> str:
        """Move a discussion that cannot be read to damaged/; gives where it is now."""
        stored = self.content(DISCUSSION_FILE)
        kept = self.set_aside(DISCUSSION_FILE, stored.content if stored else b"", why)
        self.remove(DISCUSSION_FILE)
        return kept

    def set_aside(self, name: str, content: bytes, why: Problem) -> str:
        """Keep what came in under `name` in damaged/, with the reason beside it.

        It gets a number: the name that somebody gave a file may be a person's.
        """
        ending = PurePath(name).suffix.lower()
        ending = ending if ending in _KNOWN_ENDINGS else ".bin"
        kept = self.keep_numbered(DAMAGED, "file", ending, content)
        reason = {"code": why.code, "line": str(why.where.line or why.where.row or "")}
        self.put(f"{kept.removesuffix(ending)}.why.txt", yaml_text.write(reason).encode())
        return kept

    def write_form(self, code: str, ending: str, content: bytes) -> str:
        """Write what `code` gets to answer on, in place of an earlier one. Raises as `put`.

        The name begins with the code, so that erasing finds it.
        """
        return self.put(f"{FORMS}/{safe_code(code)}{ending}", content)

    def sheet_in(self, inside: str) -> Parsed[Sheet]:
        """The sheet in the file `inside`, whatever it is called, and what is wrong with it."""
        name = inside.rpartition("/")[2]
        try:
            stored = self.content(inside)
        except CannotRead as error:
            return None, (Problem(error.code, Where(name), error.params),)
        if stored is None:  # removed since the folder was listed
            return None, ()
        text, problems = plain_file.decode(stored.content, name)
        if text is None:
            return None, problems
        sheet, problems = sheets.parse(text, name)
        if sheet is not None:
            problems = (*problems, *_named_otherwise(inside, sheet.participant))
        return sheet, problems

    def _save(self, inside: str, content: Content, expected: str | None) -> str:
        return self.store.save(self.named(inside), content, expected)

    def _read(self, inside: str, parse: Callable[[str, str], Parsed[T]]) -> tuple[T, str] | None:
        stored = self.content(inside)
        if stored is None:
            return None
        name = inside.rpartition("/")[2]
        text, problems = plain_file.decode(stored.content, name)
        value = None
        if text is not None:
            value, problems = parse(text, name)
        if value is None or any(problem.severity is Severity.ERROR for problem in problems):
            raise BadData("bad-file", problems, file=name)
        return value, stored.fingerprint

    def _kept_aside(self) -> Iterator[str]:
        return _sheets_among(CONFLICTS, self.names(CONFLICTS))

    def _sheets_at(self, files: Iterable[str]) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
        found: list[Sheet] = []
        problems: list[Problem] = []
        for inside in files:
            sheet, wrong = self.sheet_in(inside)
            problems.extend(wrong)
            if sheet is not None:
                found.append(sheet)
        return tuple(found), tuple(problems)


_SHEETS = (".yaml", ".yml", ".json")
_KNOWN_ENDINGS = frozenset({*_SHEETS, ".csv", ".html", ".txt"})
_KEPT_BY_HASH = re.compile(r"-[0-9a-f]{16}\Z")  # how conflicts were named before they had a number


def _sheets_among(folder: str, names: Iterable[str]) -> Iterator[str]:
    return (f"{folder}/{name}" for name in filter(_is_sheet, names))


def _is_sheet(name: str) -> bool:
    return name.endswith(_SHEETS) and not name.startswith(".") and name != SETTLED_FILE


def _not_read(names: Iterable[str]) -> Iterator[Problem]:
    """What lies among the sheets under a name that no sheet has."""
    for name in names:
        is_known = name.endswith(_SHEETS) or name.startswith("~")
        if not is_known and not plain_file.is_passed_over(name):
            yield Problem("not-read-here", Where(name), severity=Severity.WARNING)


def _named_otherwise(inside: str, code: str) -> Iterator[Problem]:
    """That a sheet lies under another name than its own: who looks at the folder should know."""
    folder, _, name = inside.rpartition("/")
    stem, _, _ = name.rpartition(".")
    is_kept = folder == CONFLICTS and re.fullmatch(rf"{code}\.[0-9]+", stem)
    if stem == code or is_kept or (name.startswith(f"{code}-") and _KEPT_BY_HASH.search(stem)):
        return
    said = "sheet-copy" if plain_file.is_copy(name, code) else "sheet-under-other-name"
    yield Problem(said, Where(name), {"code": code}, Severity.WARNING)
