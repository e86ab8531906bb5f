"""Somebody who answers: what is asked, what they said, where they are, and what can be undone."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bart_tool.domain.answer import Answer
from bart_tool.domain.question_set import Item
from bart_tool.domain.route import Page, Place, Route
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.errors import BartError

V = TypeVar("V")


@dataclass(frozen=True)
class Answering:
    """The state of one who answers; every step of it gives a new one.

    `in_review`: the own picture is open, from where one goes to a question or hands in. `filled`:
    the row of a table that was filled last, until the pointer is moved. `undoable`: item, and what
    stood on it before each change, the newest last.
    """

    route: Route
    sheet: Sheet
    place: Place
    in_review: bool = False
    filled: int | None = None
    undoable: tuple[tuple[str, Answer | None], ...] = ()

    @classmethod
    def at_work(cls, route: Route, sheet: Sheet) -> "Answering":
        """Whoever wrote `sheet`, where they go on."""
        route = route.of(sheet)
        return cls(route, sheet, route.goes_on_at(sheet))

    def holding(self, sheet: Sheet) -> "Answering":
        """The same with `sheet`, and with the route that follows from its answers.

        It stays where it is; where that is not asked any more, at what was asked before it.
        """
        route = self.route.of(sheet)
        if route is self.route:
            return replace(self, sheet=sheet)
        here = [item.key for item in self.route.items]
        here = here[: here.index(self.route.item_at(self.place).key) + 1]
        asked = next((key for key in reversed(here) if key in route.places), "")
        place = route.place_of(asked) if asked else Place(0)
        return replace(self, route=route, sheet=sheet, place=place, filled=None)

    @property
    def is_closed(self) -> bool:
        """Whether the sheet was handed in, so that it may only be read."""
        return self.sheet.status is SheetStatus.SUBMITTED

    @property
    def page(self) -> Page:
        """What is asked now: one item, or a table of them."""
        return self.route.page_at(self.place)

    @property
    def is_in_words(self) -> bool:
        """Whether it is answered in own words."""
        return self.page.question.answered == "words"

    @property
    def row(self) -> int:
        """The row that certainty and note are about: the digit that filled it has gone on."""
        return self.place.row if self.filled is None else self.filled

    @property
    def key(self) -> str:
        """The item of `row`, by its key in the sheet."""
        return self.page.items[self.row].key

    @property
    def answer(self) -> Answer | None:
        """What was answered on that item."""
        return self.sheet.answers.get(self.key)

    @property
    def open_items(self) -> tuple[Item, ...]:
        """The items without an answer, to be named before handing in."""
        return self.route.open_items(self.sheet)

    def at(self, place: Place) -> "Answering":
        """The same, on the page and row of `place`."""
        return replace(self, place=place, in_review=False, filled=None)

    def at_item(self, key: str) -> "Answering":
        """The same, where `key` is asked. Raises KeyError when it is not."""
        return self.at(self.route.place_of(key))

    def reviewing(self, reviewing: bool = True) -> "Answering":
        """The same with the own picture open, or closed again."""
        return replace(self, in_review=reviewing)

    def onward(self, *, by_row: bool = False) -> "Answering":
        """On the next page, or with `by_row` the next row; past the last the own picture."""
        after = self.route.after(self.place, by_row=by_row)
        return self.reviewing() if after is None else self.at(after)

    def back(self, *, by_row: bool = False) -> "Answering | None":
        """On the page before, or with `by_row` the row before; None on the first."""
        before = self.route.before(self.place, by_row=by_row)
        return None if before is None else self.at(before)


@dataclass(frozen=True)
class Kept(Generic[V]):
    """What lies on the disk of a value that changes, and the trouble in keeping the newest.

    `fingerprint` is that of the file as it was read or written last; None while there is none.
    """

    value: V | None = None
    fingerprint: str | None = None
    trouble: BartError | None = None

    def tried(self, save: Callable[[V, str | None], str], value: V) -> "Kept[V]":
        """What is kept after `save` was given `value`; trouble is kept, not raised."""
        try:
            return Kept(value, save(value, self.fingerprint))
        except BartError as error:
            return replace(self, trouble=error, fingerprint=error.stands or self.fingerprint)

    def again(self) -> "Kept[V]":
        """The trouble is put aside: the newest may be tried once more."""
        return replace(self, trouble=None)
