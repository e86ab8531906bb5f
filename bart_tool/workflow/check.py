"""Checking a file that somebody wrote: what it is, and everything that is wrong with it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bart_tool.domain.question_set import QuestionSet
from bart_tool.errors import BadData, NotFound, Problem, Severity, Where
from bart_tool.report import tokens
from bart_tool.store import (
    column_map,
    plain_file,
    question_sets,
    recognised,
    rule_lists,
    session_files,
    sheets,
    sheets_csv,
    tables,
    yaml_text,
)
from bart_tool.store.disk import session_in
from bart_tool.store.locations import SESSION_FILE, SET_FILE, SHEETS
from bart_tool.wording.spoken import spoken_codes
from bart_tool.workflow.merging import reading_of
from bart_tool.workflow.open_session import OpenSession, not_ours, session_at

Kind = Literal[
    "question-set",
    "session",
    "answer-sheet",
    "answers-csv",
    "agreements",
    "formal-sources",
    "columns",
    "own-colours",
    "unknown",
]


@dataclass(frozen=True)
class Checked:
    """A file, what kind of file it is, and what is wrong with it.

    `asked`: of a set or a session what people of `kinds`, else of every kind, are to answer.
    """

    file: str
    kind: Kind
    problems: tuple[Problem, ...]
    asked: QuestionSet | None = None
    kinds: tuple[str, ...] = ()


def checked(path: Path, opened: OpenSession | None = None) -> Checked:
    """Check the set, session, sheet, CSV or colours in `path`; a CSV needs its session.

    With `opened` a sheet must also belong in that session. Raises NotFound without such a file.
    """
    content = plain_file.read_bytes(path, plain_file.MAX_BYTES + 1)
    code = recognised.what_is(content, path.name)
    if code not in ("", recognised.WORKBOOK):
        return Checked(path.name, "unknown", (Problem(code, Where(path.name)),))
    text, problems = tables.decode(content, path.name)
    if text is None:
        return Checked(path.name, "unknown", problems)
    if path.suffix.lower() == ".css":
        return Checked(path.name, "own-colours", tokens.parse(text, path.name)[1])
    if sheets.is_csv(text, path.name):
        return Checked(path.name, "answers-csv", _csv(text, path.name, opened))
    match (yaml_text.mapping(text, path.name) or {}).get("kind"):
        case "question-set":
            question_set, problems = question_sets.parse(text, path.name)
            return Checked(path.name, "question-set", problems, question_set)
        case "session":
            return _session(text, path)
        case "answer-sheet":
            return Checked(path.name, "answer-sheet", _sheet(text, path, opened))
        case "formal-sources":
            return Checked(path.name, "formal-sources", rule_lists.parse(text, path.name)[1])
        case "columns":
            known = opened.question_set if opened is not None else None
            return Checked(path.name, "columns", column_map.parse(text, path.name, known)[1])
        case "agreements":
            return Checked(path.name, "agreements", _agreements(text, path))
    document, problems = yaml_text.read(text, path.name)
    if document is not None and not problems:
        problems = (Problem("unknown-kind", Where(path.name)),)
    return Checked(path.name, "unknown", problems)


def checked_sheets(opened: OpenSession) -> Checked:
    """Check every sheet that lies in the session, and what a synced folder left there."""
    return Checked(SHEETS, "answer-sheet", reading_of(opened).problems)


def _csv(text: str, file: str, opened: OpenSession | None) -> tuple[Problem, ...]:
    if opened is None:
        return (Problem("csv-needs-session", Where(file)),)
    found = sheets_csv.parse(
        text,
        file,
        question_set=opened.question_set,
        session=opened.session,
        consent=None,
        spoken=spoken_codes(),
    )
    strangers = (not_ours(opened, sheet) for sheet in found[0])
    return (*found[1], *(each.in_file(file) for each in strangers if each is not None))


def _session(text: str, path: Path) -> Checked:
    question_set = _set_beside(path)
    session, problems = session_files.parse_session(text, path.name)
    if question_set is None:
        return Checked(path.name, "session", problems)
    problems = session_files.check_session_text(text, path.name, question_set)
    if session is None or any(each.severity is Severity.ERROR for each in problems):
        return Checked(path.name, "session", problems)
    kinds, asked = tuple(session.kind_of.values()), session.effective(question_set)
    return Checked(path.name, "session", problems, asked, kinds)


def _agreements(text: str, path: Path) -> tuple[Problem, ...]:
    """What is wrong in the file itself and, where it lies in a session, beside that session."""
    beside = session_in(path.absolute().parent)
    try:
        opened = session_at(beside) if beside.kind(SESSION_FILE) is not None else None
    except (NotFound, BadData):  # what is wrong with the session is said of its own files
        opened = None
    if opened is None:
        return session_files.parse_agreements(text, path.name)[1]
    return session_files.check_agreements(text, path.name, opened.session, opened.known)


def _set_beside(path: Path) -> QuestionSet | None:
    try:
        return session_in(path.absolute().parent).set_as_filed()
    except (NotFound, BadData):
        return None


def _sheet(text: str, path: Path, opened: OpenSession | None) -> tuple[Problem, ...]:
    sheet, problems = sheets.parse(text, path.name)
    if sheet is None:
        return problems
    if opened is not None:
        wrong = sheets.check_text(text, path.name, opened.question_set)
        stranger = not_ours(opened, sheet)
        return (*wrong, *((stranger.in_file(path.name),) if stranger is not None else ()))
    question_set = _set_of(sheet.question_set, path)
    if question_set is None or question_set.hash != sheet.question_set_hash:
        where, params = Where(path.name), {"name": sheet.question_set}
        return (*problems, Problem("sheet-set-not-here", where, params, Severity.WARNING))
    return sheets.check_text(text, path.name, question_set)


def _set_of(name: str, path: Path) -> QuestionSet | None:
    """The set a sheet is for: that of the session it lies in, else the one that is shipped."""
    session = session_in(path.absolute().parent.parent)
    try:
        if session.kind(SET_FILE) is not None:
            return session.question_set()
        return question_sets.load(name)[0]
    except (NotFound, BadData):
        return None
