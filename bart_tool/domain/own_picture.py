"""Where the questions of one participant stand in the B/ART table: boundaries by positions."""

from dataclasses import dataclass
from functools import cached_property

from bart_tool.domain.question import BOUNDARIES, Boundary
from bart_tool.domain.question_set import Item, QuestionSet

TOGETHER = ""  # the column of questions that are about no party by itself


@dataclass(frozen=True)
class OwnPicture:
    """The table of whoever answers for a party of `kind` (organization in the mind).

    Rows are the boundaries, columns the kinds of party that are asked about, one's own first.
    """

    question_set: QuestionSet
    kind: str

    @cached_property
    def _cells(self) -> dict[tuple[Boundary, str], tuple[Item, ...]]:
        cells: dict[tuple[Boundary, str], tuple[Item, ...]] = {}
        for item in self.question_set.route(self.kind):
            column = item.subject if item.subject in self.question_set.parties else TOGETHER
            place = (item.question.boundary, column)
            cells[place] = (*cells.get(place, ()), item)
        return cells

    @cached_property
    def rows(self) -> tuple[Boundary, ...]:
        """The boundaries that anything is asked about, in the order of BART, means last."""
        return tuple(row for row in BOUNDARIES if any(row == asked for asked, _ in self._cells))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The kinds that anything is asked about, own first; `TOGETHER` last, if it is needed."""
        asked = {column for _, column in self._cells}
        kinds = [kind for kind in self.question_set.parties if kind in asked]
        kinds.sort(key=lambda kind: kind != self.kind)
        return (*kinds, *([TOGETHER] if TOGETHER in asked else []))

    def items_at(self, row: Boundary, column: str) -> tuple[Item, ...]:
        """The items about `row` that are asked of `column`, in the order of the route; or none."""
        return self._cells.get((row, column), ())
