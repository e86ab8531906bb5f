"""What one participant is asked: as whom, in which order, and what of it is still open.

Every front door asks in the same order, and lays the answers out in the same table at the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from bart_tool.domain.answer import Answer
from bart_tool.domain.question import BOUNDARIES, Boundary, Question
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.sheet import Sheet
from bart_tool.domain.text import Text


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """As whom somebody answers, and which questions.

    `blank` is the sheet as it is before the first answer. `alone`: they are the only one invited
    of their party, None when that is not known. `k`: least people in a group that is shown.
    `is_practice`: nothing is kept, and nobody will read it.
    """

    question_set: QuestionSet
    kind: str
    party_label: Text
    blank: Sheet
    title: str = ""
    alone: bool | None = None
    k: int = 3
    functions: tuple[str, ...] = ()
    is_practice: bool = False

    @property
    def code(self) -> str:
        """The code of who is invited, as their sheet bears it."""
        return self.blank.participant


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked at once: one item, or a scale over several objects as a table of rows."""

    question: Question
    subject: str
    items: tuple[Item, ...]

    @property
    def is_table(self) -> bool:
        """Whether it has several rows, each with an object of its own."""
        return len(self.items) > 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: the page and the row on it, both counted from 0."""

    page: int
    row: int = 0


def left_out(question_set: QuestionSet, answers: Mapping[str, Answer]) -> frozenset[str]:
    """The keys of the items that are not put to whoever gave `answers` (`unless` of a question).

    An answer to an item that is itself left out leaves nothing out.
    """
    out: set[str] = set()
    # In the order of the set: what an item depends on stands before it.
    for item, (before, value) in question_set.depending.items():
        said = answers.get(before)
        if said is not None and said.value == value and before not in out:
            out.add(item)
    return frozenset(out)


@dataclass(frozen=True)
class Route:
    """The pages that a party of `kind` goes through, its own picture first.

    `left_out`: keys of items that are not put to whoever goes through it, by their own answers.
    """

    question_set: QuestionSet
    kind: str
    left_out: frozenset[str] = frozenset()

    def of(self, sheet: Sheet) -> "Route":
        """The route of whoever wrote `sheet`; the same one when it leaves out the same."""
        out = left_out(self.question_set, sheet.answers)
        return self if out == self.left_out else replace(self, left_out=out)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page, in the order of the route."""
        asked = self.question_set.route(self.kind)
        return tuple(pages_of(tuple(item for item in asked if item.key not in self.left_out)))

    def is_first_on_scale(self, page: Page) -> bool:
        """Whether no page before it asks on the same scale: there one reads what levels mean."""
        scale = page.question.on_scale
        return scale is not None and page is self._first_on_scale[scale]

    @cached_property
    def _first_on_scale(self) -> dict[str, Page]:
        return {page.question.on_scale or "": page for page in reversed(self.pages)}

    def is_first_with(self, page: Page) -> bool:
        """Whether no page before it offers the same choices: there one reads what each means."""
        return page is self._first_with[self._choices(page)]

    @cached_property
    def _first_with(self) -> dict[frozenset[str], Page]:
        return {self._choices(page): page for page in reversed(self.pages)}

    def _choices(self, page: Page) -> frozenset[str]:
        # A set: each person meets what can be chosen in an order of their own.
        return frozenset(each.id for each in self.question_set.options(page.question, page.subject))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item that is asked, in the order of the pages."""
        return tuple(item for page in self.pages for item in page.items)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {item.key: number for number, item in enumerate(self.items, 1)}

    def number_of(self, item: Item) -> int:
        """Which answer of all it is, from 1. Raises KeyError when it is not asked."""
        return self._numbers[item.key]

    @cached_property
    def places(self) -> dict[str, Place]:
        """Item key -> the page and row where it is asked."""
        return {
            item.key: Place(number, row)
            for number, page in enumerate(self.pages)
            for row, item in enumerate(page.items)
        }

    def place_of(self, key: str) -> Place:
        """Where the item `key` is asked. Raises KeyError when it is not."""
        return self.places[key]

    def page_at(self, place: Place) -> Page:
        """The page at `place`, whichever the row. Raises IndexError past the last."""
        return self.pages[place.page]

    def item_at(self, place: Place) -> Item:
        """The item in the row at `place`. Raises IndexError past the last page or row."""
        return self.pages[place.page].items[place.row]

    def after(self, place: Place, *, by_row: bool = False) -> Place | None:
        """The next page, or with `by_row` the next row; None past the last."""
        if by_row and place.row + 1 < len(self.page_at(place).items):
            return Place(place.page, place.row + 1)
        return Place(place.page + 1) if place.page + 1 < len(self.pages) else None

    def before(self, place: Place, *, by_row: bool = False) -> Place | None:
        """The page before, or with `by_row` the row before; None before the first."""
        if by_row and place.row:
            return Place(place.page, place.row - 1)
        if not place.page:
            return None
        rows = len(self.pages[place.page - 1].items)
        return Place(place.page - 1, rows - 1 if by_row else 0)

    def open_items(self, sheet: Sheet) -> tuple[Item, ...]:
        """The items without an answer, in the order of the pages. Don't know is an answer."""
        return tuple(item for item in self.items if item.key not in sheet.answers)

    def given(self, sheet: Sheet) -> int:
        """How many items of the route have an answer; don't know and prefer not count."""
        return len(self.items) - len(self.open_items(sheet))

    def goes_on_at(self, sheet: Sheet) -> Place:
        """Where to go on after a stop: the first open item behind the last answer.

        What somebody skipped on the way stays skipped; it is named before handing in.
        """
        answered = [n for n, item in enumerate(self.items) if item.key in sheet.answers]
        behind = answered[-1] + 1 if answered else 0
        left = self.items[behind:] or self.open_items(sheet) or self.items[:1]
        return self.place_of(left[0].key)


def pages_of(route: tuple[Item, ...]) -> Iterator[Page]:
    """The pages on which these items are asked: those on a scale as the rows of a table."""
    for (_, subject), group in groupby(route, key=lambda item: (item.question.id, item.subject)):
        items = tuple(group)
        question = items[0].question
        if question.compared == "level":  # every row has the same few columns
            yield Page(question, subject, items)
        else:
            for item in items:
                yield Page(question, subject, (item,))


TOGETHER = ""  # the column of questions that are about no party by itself


@dataclass(frozen=True)
class OwnPicture:
    """The table of whoever goes through `route` (organization in the mind).

    Rows are the boundaries, columns the kinds of party that are asked about, one's own first.
    """

    route: Route

    @cached_property
    def _cells(self) -> dict[tuple[Boundary, str], tuple[Item, ...]]:
        cells: dict[tuple[Boundary, str], tuple[Item, ...]] = {}
        for item in self.route.items:
            known = item.subject in self.route.question_set.parties
            column = item.subject if known else TOGETHER
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
        kinds = [kind for kind in self.route.question_set.parties if kind in asked]
        kinds.sort(key=lambda kind: kind != self.route.kind)
        return (*kinds, *([TOGETHER] if TOGETHER in asked else []))

    def items_at(self, row: Boundary, column: str) -> tuple[Item, ...]:
        """The items about `row` that are asked of `column`, in the order of the route; or none."""
        return self._cells.get((row, column), ())
