"""What became of each file that was handed in, in words that never say what was answered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bart_tool.domain.answer import Picture
from bart_tool.domain.names import code_order
from bart_tool.errors import Problem


class Outcome(StrEnum):
    """What became of a sheet, or of a part of the file it stood in."""

    NEW = "new"
    NEWER = "newer"
    SAME = "same"
    OLDER = "older"
    CONFLICTING = "conflicting"
    DRAFT = "draft-not-used"
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
    "sheet-other-round": Outcome.OTHER_ROUND,
    "sheet-other-questions": Outcome.OTHER_SET,
    "sheet-of-a-stranger": Outcome.UNKNOWN_PERSON,
    "sheet-other-party": Outcome.OTHER_PARTY,
    "unknown-party": Outcome.OTHER_PARTY,
}


@dataclass(frozen=True, slots=True)
class IntakeOutcome:
    """One outcome of one file: whose sheets it holds for, or how many rows or answers."""

    file: str
    outcome: Outcome
    participants: tuple[str, ...] = ()
    number: int = 0


class OutcomesSoFar:
    """The outcomes of a gathering, in the order in which the files came."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Outcome], IntakeOutcome] = {}

    def add(self, file: str, outcome: Outcome, code: str = "", number: int = 0) -> None:
        """Keep what became of the sheet of `code` in `file`, or of `number` parts of it."""
        before = self._found.get((file, outcome), IntakeOutcome(file, outcome))
        is_new = code and code not in before.participants
        people = (*before.participants, code) if is_new else before.participants
        codes = tuple(sorted(people, key=code_order))
        self._found[file, outcome] = replace(
            before, participants=codes, number=before.number + number
        )

    def add_unused(self, file: str, problems: Iterable[Problem]) -> None:
        """Keep how many rows or answers of `file` were not used."""
        places = {(each.where.row, each.where.item or each.where.line) for each in problems}
        rows = sum(row is not None for row, _ in places)
        for outcome, number in ((Outcome.ROWS, rows), (Outcome.ANSWERS, len(places) - rows)):
            if number:
                self.add(file, outcome, number=number)

    def all(self) -> tuple[IntakeOutcome, ...]:
        """What became of each file, in the order in which they came; one may have several."""
        return tuple(self._found.values())


def outcome_of(before: Picture, after: Picture, *, is_older: bool) -> Outcome:
    """What a sheet did that made `after` of `before`, which hold its writer only.

    `is_older`: some answer in it is an earlier one than we had.
    """
    if not before.sheets:
        return Outcome.NEW
    if after == before:
        return Outcome.OLDER if is_older else Outcome.SAME
    differs = any(conflict not in before.conflicts for conflict in after.conflicts)
    return Outcome.CONFLICTING if differs else Outcome.NEWER
