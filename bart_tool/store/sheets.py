"""Answer sheets as files: YAML and JSON, and long CSV in (docs/developer/formats.md 3 and 4).

No problem quotes what was answered, not even a key inside an answer: for a question with several
answers the keys are the answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from sys import intern
from typing import Any

from bart_tool.domain.answer import Answer, Consent
from bart_tool.domain.checks import check_sheet, kind_of_party
from bart_tool.domain.names import ID_PATTERN, is_device_name
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet
from bart_tool.errors import Problem, Where
from bart_tool.store import shape, sheets_csv, tables, yaml_text
from bart_tool.store.cell_words import Spoken
from bart_tool.store.column_map import ColumnMap
from bart_tool.store.shape import Misfit
from bart_tool.store.yaml_text import YamlDocument

KIND = "answer-sheet"
NEWEST = 2  # format: it says the id of its session


def parse(text: str, file: str) -> tuple[Sheet | None, tuple[Problem, ...]]:
    """The sheet in `text` (YAML, or JSON as the browser form writes it), and what is wrong with it.

    An answer that does not fit is left out and named, the others are kept; None when it is no
    sheet that can be used. Whoever reads a sheet to write it again must refuse it with any error.
    """
    document, problems = _read(text, file)
    if document is None or problems:  # of two answers under one key, neither may be chosen
        return None, tuple(_unquoted(problem) for problem in problems)
    opened, misfits = shape.opening(document.data, KIND, NEWEST)
    if opened is None:
        return None, tuple(_named(misfits, document, file))
    return _sheet(opened, document, file)


def check_text(text: str, file: str, question_set: QuestionSet) -> tuple[Problem, ...]:
    """Everything wrong with the sheet in `text`, also by its set, with the lines."""
    sheet, problems = parse(text, file)
    if sheet is None:
        return problems
    document, _ = _read(text, file)
    kind = kind_of_party(question_set, sheet.party)
    wrong = check_sheet(question_set, kind, sheet)
    if not kind:
        where = Where(file, document.line("party") if document else None)
        return (*problems, Problem("unknown-party-kind", where, {"name": sheet.party}))
    return (*problems, *(_with_line(problem, document, file) for problem in wrong))


def _with_line(problem: Problem, document: YamlDocument | None, file: str) -> Problem:
    item = problem.where.item
    line = document.line("answers", item) if document else None
    return Problem(problem.code, Where(file, line, item=item), problem.params, problem.severity)


def dump(sheet: Sheet) -> str:
    """`sheet` as YAML; what `parse` reads back is equal to it. Equal sheets give equal bytes."""
    answers = {item: _plain(answer) for item, answer in sorted(sheet.answers.items())}
    return _around(yaml_text.write(answers, "  "), sheet)


class Writer:
    """Writes the sheets of one person, one after the other: most answers are as they were."""

    def __init__(self) -> None:
        self._written: dict[str, tuple[Answer, str]] = {}

    def dump(self, sheet: Sheet) -> str:
        """As `dump`."""
        # The very same answer, and no equal one: to compare all that one says takes as long as
        # writing it.
        before = self._written
        self._written = {
            item: there
            if (there := before.get(item)) is not None and there[0] is answer
            else (answer, yaml_text.write({item: _plain(answer)}, "  "))
            for item, answer in sorted(sheet.answers.items())
        }
        return _around("".join([text for _, text in self._written.values()]), sheet)


def _around(answers: str, sheet: Sheet) -> str:
    """The YAML of `sheet`, of which that of its `answers` is there already."""
    head = _head(*(getattr(sheet, name) for name in _HEAD))
    said = f"answers:\n{answers}" if sheet.answers else "answers: {}\n"
    wiped = {"wiped": dict(sorted(sheet.wiped.items()))} if sheet.wiped else {}
    return head + said + (yaml_text.write(wiped) if wiped else "")


_HEAD = tuple(name for name in Sheet.model_fields if name not in ("answers", "wiped"))


@lru_cache(maxsize=100)  # of one person the same at nearly every answer
def _head(*values: Any) -> str:
    fields = dict(zip(_HEAD, values, strict=True))
    for left_out in ("function", "session_id"):
        if not fields[left_out]:
            del fields[left_out]
    return yaml_text.write(fields)


def parse_any(
    text: str,
    file: str,
    *,
    question_set: QuestionSet,
    session: Session,
    consent: Consent | None,
    spoken: Spoken | None = None,
    columns: ColumnMap | None = None,
) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """The sheets in `text`, whatever its file is called: YAML, JSON, or a table (`sheets_csv`)."""
    if is_csv(text, file, columns):
        return sheets_csv.parse(
            text,
            file,
            question_set=question_set,
            session=session,
            consent=consent,
            spoken=spoken,
            columns=columns,
        )
    sheet, problems = parse(text, file)
    return ((sheet,) if sheet is not None else ()), problems


def is_csv(text: str, file: str, columns: ColumnMap | None = None) -> bool:
    """Whether `text` is a table: by its first row, else by the ending of its file."""
    if tables.is_table(text) or (columns is not None and columns.fits(text)):
        return True
    return file.lower().endswith((".csv", ".xlsx")) and _KIND_SAID.search(text) is None


def looks_like_answers(text: str, columns: ColumnMap | None = None) -> bool:
    """Whether `text` says that it is a sheet or a table of answers, whole or not."""
    return is_csv(text, "", columns) or says_sheet(text)


def says_sheet(text: str) -> bool:
    """Whether `text` says that there is a sheet in it, whole or not."""
    return _KIND_SAID.search(text) is not None


_KIND_SAID = re.compile(rf"""["'{{,\s]kind["']?\s*:\s*["']?{KIND}\b|\Akind:\s*["']?{KIND}\b""")


def _read(text: str, file: str) -> tuple[YamlDocument | None, tuple[Problem, ...]]:
    is_named_json = file.lower().endswith(".json")
    if text.lstrip("\ufeff \t\r\n").startswith("{"):  # JSON, also under another name
        document, problems = yaml_text.read_json(text, file)
        if document is not None or is_named_json:
            return document, problems
    if is_named_json:  # YAML under another name, unless it is nothing at all
        document, problems = yaml_text.read(text, file)
        if document is None or not isinstance(document.data, dict):
            return yaml_text.read_json(text, file)
        return document, problems
    return yaml_text.read(text, file)


def _unquoted(problem: Problem) -> Problem:
    if problem.code == "duplicate-key":
        return Problem("duplicate-key-here", problem.where, severity=problem.severity)
    return problem


def _named(misfits: Iterable[Misfit], document: YamlDocument, file: str) -> Iterator[Problem]:
    for misfit in misfits:
        where = Where(file, document.line(*misfit.path))
        # A damaged file may hold words of an answer anywhere: only names we gave are quoted.
        params = {name: value for name, value in misfit.params.items() if name != "given"}
        if "key" in params and misfit.path:  # below it, as in `wiped`, a key may be anything
            params["key"] = str(misfit.path[0])
        if misfit.code in ("unknown-key", "unknown-key-like"):
            yield Problem("unknown-key-here", where)
        else:
            yield Problem(_WITHOUT_QUOTING.get(misfit.code, misfit.code), where, params)


_WITHOUT_QUOTING = {"bad-id": "bad-id-here", "expected-one-of": "choose-one-of"}


def _sheet(
    opened: dict[str, Any], document: YamlDocument, file: str
) -> tuple[Sheet | None, tuple[Problem, ...]]:
    header = {key: value for key, value in opened.items() if key != "answers"}
    sheet, misfits = shape.validate(Sheet, header)
    problems = [*_named(misfits, document, file)]
    if sheet is not None and is_device_name(sheet.participant):
        where = Where(file, document.line("participant"))
        problems.append(Problem("device-name", where, {"name": sheet.participant}))
    raw = opened.get("answers") or {}
    if not isinstance(raw, dict):
        where = Where(file, document.line("answers"))
        problems.append(Problem("expected-map", where, {"key": "answers"}))
    if sheet is None or problems:
        return None, tuple(problems)

    named = {key: value for key, value in raw.items() if _is_item_key(key)}
    answers = shape.validate_each(Answer, named)
    if answers is None or len(named) < len(raw):
        answers, wrong = _one_by_one(raw, document, file)
        problems.extend(wrong)
    answers = {intern(item): _held_once(answer) for item, answer in answers.items()}
    wiped = {item: last for item, last in sheet.wiped.items() if item not in answers}
    return sheet.model_copy(update={"answers": answers, "wiped": wiped}), tuple(problems)


def _one_by_one(
    raw: Mapping[str, Any], document: YamlDocument, file: str
) -> tuple[dict[str, Answer], list[Problem]]:
    """The answers that fit, and what is wrong with the others."""
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for key, value in raw.items():
        if not _is_item_key(key):
            problems.append(Problem("bad-item-key", Where(file, document.line("answers", key))))
            continue
        answer, misfits = shape.validate(Answer, value)
        if answer is not None:
            answers[key] = answer
        found = (_answer_problem(key, misfit, document, file) for misfit in misfits)
        # Of one place and kind one is enough; their values are never named.
        problems.extend({(each.code, each.where): each for each in found}.values())
    return answers, problems


def _held_once(answer: Answer) -> Answer:
    """The answer itself, or one that says the same and was read before.

    Closing holds all sheets of a session at once, and most people choose what others chose.
    """
    is_choice = isinstance(answer.value, str) and _CHOICE.fullmatch(answer.value) is not None
    return _chosen(answer) if is_choice and not (answer.words or answer.note) else answer


_CHOICE = re.compile(ID_PATTERN)


@lru_cache(maxsize=1000)
def _chosen(answer: Answer) -> Answer:
    return answer


@lru_cache(maxsize=1000)  # the keys of one sheet are those of the next
def _is_item_key(key: str) -> bool:
    return len(key) <= _MAX_KEY and _ITEM_KEY.fullmatch(key) is not None


_MAX_KEY = 200
_ITEM_KEY = re.compile(rf"{ID_PATTERN}(/{ID_PATTERN}){{0,2}}")


def _answer_problem(item: str, misfit: Misfit, document: YamlDocument, file: str) -> Problem:
    where = Where(file, document.line("answers", item, *misfit.path), item=item)
    field = misfit.path[0] if misfit.path else ""
    if field not in Answer.model_fields:
        code = "unknown-key-here" if field else "answer-is-no-map"
        return Problem(code, where)
    if field == "value" and misfit.code not in ("missing-key", "text-too-long"):
        return Problem("answer-bad-value", where)
    if field == "certainty":
        return Problem("bad-certainty", where)
    params = {name: value for name, value in misfit.params.items() if name != "given"}
    return Problem(misfit.code, where, {**params, "key": str(field)})


# What is not written where it says nothing.
_USUAL = {
    name: field.default
    for name, field in Answer.model_fields.items()
    if name not in ("value", "revision")
}


def _plain(answer: Answer) -> dict[str, Any]:
    """What is written of an answer: the same, whichever option was chosen first."""
    value = answer.value
    said: dict[str, Any] = {
        "value": dict(sorted(value.items())) if isinstance(value, dict) else value
    }
    for name, usual in _USUAL.items():
        if (each := getattr(answer, name)) != usual:
            said[name] = each
    return {**said, "revision": answer.revision}
