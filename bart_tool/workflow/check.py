"""Checking a file that somebody wrote: what it is, and everything that is wrong with it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bart_tool.domain.checks import check_session, check_sheet
from bart_tool.domain.question_set import QuestionSet
from bart_tool.errors import BartError, Problem, Where
from bart_tool.store import plain_file, question_sets, session_files, sheets, yaml_text
from bart_tool.store.sessions import SET_FILE

Kind = Literal["question-set", "session", "answer-sheet", "unknown"]


@dataclass(frozen=True)
class Checked:
    """A file, what kind of file it is, and what is wrong with it."""

    file: str
    kind: Kind
    problems: tuple[Problem, ...]


def checked(path: Path) -> Checked:
    """Check the set, session or sheet in `path`. Raises NotFound when there is no such file."""
    text, problems = plain_file.read_text(path)
    if text is None:
        return Checked(path.name, "unknown", problems)
    match _kind_of(text, path.name):
        case "question-set":
            return Checked(path.name, "question-set", question_sets.parse(text, path.name)[1])
        case "session":
            return Checked(path.name, "session", _session(text, path))
        case "answer-sheet":
            return Checked(path.name, "answer-sheet", _sheet(text, path.name))
    document, problems = yaml_text.read(text, path.name)
    if document is not None and not problems:
        problems = (Problem("unknown-kind", Where(path.name)),)
    return Checked(path.name, "unknown", problems)


def _kind_of(text: str, file: str) -> str:
    read = yaml_text.read_json if text.lstrip().startswith("{") else yaml_text.read
    document, _ = read(text, file)
    data = document.data if document is not None else None
    return str(data.get("kind", "")) if isinstance(data, dict) else ""


def _session(text: str, path: Path) -> tuple[Problem, ...]:
    session, problems = session_files.parse_session(text, path.name)
    question_set = _set_beside(path)
    if session is None or question_set is None:
        return problems
    wrong = check_session(session, question_set)
    return (*problems, *(problem.in_file(path.name) for problem in wrong))


def _set_beside(path: Path) -> QuestionSet | None:
    beside = path.parent / SET_FILE
    return question_sets.load(beside)[0] if beside.is_file() else None


def _sheet(text: str, file: str) -> tuple[Problem, ...]:
    sheet, problems = sheets.parse(text, file)
    if sheet is None:
        return problems
    try:
        question_set, _ = question_sets.load(sheet.question_set)
    except BartError:
        return (*problems, Problem("sheet-set-not-here", Where(file), {"name": sheet.question_set}))
    if question_set is None:
        return problems
    kind = sheet.party if sheet.party in question_set.parties else sheet.party.partition("-")[0]
    wrong = check_sheet(question_set, kind, sheet)
    return (*problems, *(problem.in_file(file) for problem in wrong))
