"""What became of each file that was handed in: whether, and never what, was answered before.

While the round is open nothing here may depend on what lies in a sheet: not by value, and not by
whether two answers are the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bart_tool.domain.names import code_order
from bart_tool.errors import Problem, Severity
from bart_tool.workflow.open_session import OpenSession


class Outcome(StrEnum):
    """What became of a sheet, or of a part of the file it stood in."""

    FIRST_TIME = "first-time"
    HANDED_IN_BEFORE = "handed-in-before"
    REPLACED = "replaced"
    DRAFT = "draft"
    DRAFT_NOT_USED = "draft-not-used"
    OTHER_ROUND = "other-round"
    OTHER_SET = "other-set"
    OTHER_SESSION = "other-session"
    OTHER_PARTY = "other-party"
    UNKNOWN_PERSON = "unknown-person"
    DAMAGED = "damaged"
    REFUSED = "refused"
    ROWS = "rows-not-used"
    ANSWERS = "answers-not-used"
    NOTHING = "no-answers"


# Why a sheet is not ours -> what that is called for its file.
OF_STRANGERS = {
    "sheet-other-session": Outcome.OTHER_SESSION,
    "sheet-other-of-name": Outcome.OTHER_SESSION,
    "sheet-without-id": Outcome.OTHER_SESSION,
    "sheet-other-round": Outcome.OTHER_ROUND,
    "sheet-other-questions": Outcome.OTHER_SET,
    "sheet-of-a-stranger": Outcome.UNKNOWN_PERSON,
    "sheet-near-code": Outcome.UNKNOWN_PERSON,
    "sheet-of-erased": Outcome.REFUSED,
    "sheet-other-party": Outcome.OTHER_PARTY,
    "unknown-party": Outcome.OTHER_PARTY,
}

# Files that are whole but not for here: a copy among the damaged ones would say otherwise.
NOT_DAMAGED = frozenset(
    {
        "newer-format",
        "wrong-kind",
        "file-too-large",
        "columns-not-in-map",
        "columns-not-in-table",
        "csv-missing-columns",
        "table-unknown-columns",
        "pasted-nothing",
        "extra-missing",
        "xlsx-too-large",
    }
)
UNREADABLE = frozenset({"no-such-file", "cannot-read"})
# Rows that were read well, but do not fit this session: nothing is broken.
OF_ROWS = frozenset(
    {
        "answer-bad-tag",
        "answer-empty",
        "answer-two-tags",
        "answer-unknown-actor",
        "answer-unknown-level",
        "answer-unknown-option",
        "bad-certainty",
        "csv-bad-consent",
        "csv-bad-quote",
        "csv-fits-two",
        "csv-no-party",
        "csv-party-differs",
        "item-not-asked",
        "text-too-long",
        "unknown-item",
        "unknown-party",
    }
)


@dataclass(frozen=True, slots=True)
class IntakeOutcome:
    """One outcome of one file: whose sheets it holds for, or how many rows or answers."""

    file: str
    outcome: Outcome
    participants: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Gathered:
    """What taking in did. Codes and file names only: nothing here says what was answered.

    Nothing depends on what was known of anybody but whether they had handed in: `came_in` had not,
    `before` had and `replaced` were asked for. `partly`: of whom came in, those whose file leaves
    questions open: code, answered, asked. `refused` and `damaged` name files and why; `problems`
    are rows, answers and drafts that were not used while the rest was. `files`: what became of
    each.
    """

    opened: OpenSession
    files: tuple[IntakeOutcome, ...] = ()
    came_in: tuple[str, ...] = ()
    partly: tuple[tuple[str, int, int], ...] = ()
    before: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    refused: tuple[Problem, ...] = ()
    damaged: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every file, row and answer came in; a note about one is no harm."""
        wrong = any(problem.severity is not Severity.NOTE for problem in self.problems)
        return not (self.refused or self.damaged or wrong)


class OutcomesSoFar:
    """The outcomes of a gathering, in the order in which the files came."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}  # file -> before how many others it came
        self._codes: dict[tuple[str, Outcome], list[str]] = {}
        self._numbers: dict[tuple[str, Outcome], int] = {}  # only of what is counted

    def comes(self, file: str) -> None:
        """Keep that `file` is the next; what becomes of it may be known after that of another."""
        self._places.setdefault(file, len(self._places))

    def add(self, file: str, outcome: Outcome, code: str = "", number: int = 0) -> None:
        """Keep what became of the sheet of `code` in `file`, or of `number` parts of it."""
        self.comes(file)
        codes = self._codes.setdefault((file, outcome), [])
        if code:
            codes.append(code)
        if number:
            self._numbers[file, outcome] = self._numbers.get((file, outcome), 0) + number

    def add_unused(self, file: str, problems: Iterable[Problem]) -> None:
        """Keep how many rows or answers of `file` were not used."""
        places = {(each.where.row, each.where.item or each.where.line) for each in problems}
        rows = sum(row is not None for row, _ in places)
        for outcome, number in ((Outcome.ROWS, rows), (Outcome.ANSWERS, len(places) - rows)):
            if number:
                self.add(file, outcome, number=number)

    def all(self) -> tuple[IntakeOutcome, ...]:
        """What became of each file, in the order in which they came; one may have several."""
        in_order = sorted(self._codes, key=lambda each: self._places[each[0]])
        return tuple(
            IntakeOutcome(
                file,
                outcome,
                tuple(sorted({*self._codes[file, outcome]}, key=code_order)),
                self._numbers.get((file, outcome), 0),
            )
            for file, outcome in in_order
        )
