"""One participant's own picture as cells: who it is about by what it is about (the B/ART table)."""

from dataclasses import dataclass

from bart_tool.domain.answer import Sheet
from bart_tool.domain.question import Boundary
from bart_tool.domain.question_set import Item
from bart_tool.workflow.walk import Walk

# Rows of the table, in the order of BART with means behind it.
TABLE_ROWS: tuple[Boundary, ...] = ("task", "authority", "role", "boundary", "means")
ELSE = ""  # the column of questions that are about no party by itself


@dataclass(frozen=True, slots=True)
class Cell:
    """What is asked about one position on one boundary; `given` of the items have an answer."""

    items: tuple[Item, ...]
    given: int

    @property
    def is_open(self) -> bool:
        """Whether something in it has no answer yet."""
        return self.given < len(self.items)


def positions(walk: Walk) -> tuple[str, ...]:
    """The columns: the kinds of party that are asked about, one's own first, then the rest."""
    asked = {item.subject for item in walk.items}
    kinds = [kind for kind in walk.question_set.parties if kind in asked]
    kinds.sort(key=lambda kind: kind != walk.kind)
    rest = [ELSE] if asked - set(kinds) else []
    return (*kinds, *rest)


def cell(walk: Walk, sheet: Sheet, boundary: Boundary, position: str) -> Cell:
    """What stands where `boundary` and `position` meet; it may hold no items at all."""
    kinds = walk.question_set.parties
    items = tuple(
        item
        for item in walk.items
        if item.question.boundary == boundary
        and (item.subject if item.subject in kinds else ELSE) == position
    )
    return Cell(items, sum(item.key in sheet.answers for item in items))


def table_rows(walk: Walk) -> tuple[Boundary, ...]:
    """The rows that anything is asked about."""
    asked = {item.question.boundary for item in walk.items}
    return tuple(row for row in TABLE_ROWS if row in asked)
