"""A table of answers to a form that bart made for another survey program (XLSForm).

Its columns are called after the questions of that form, with the groups they stand in before
them: `page_3-mandate__wijkraad__drop_action` of ODK Central, with `/` of KoboToolbox. What such a
program adds of its own, such as when somebody sent it, is not used.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session

MARK = "bart_form"  # the column that says for which session and round the form was made
NONE_OF_THESE = "none-of-these"  # the choice that no option of a list with several fits
PARTS = ("words", "certainty", "quote")  # what is asked beside an answer
_OF_PERSON = ("participant", "consent")
_TAG = "tag"
_BETWEEN = re.compile("[/-]")


def name_of(key: str, *parts: str) -> str:
    """What the question on an item is called in a form, or what is asked beside it.

    No two are called the same: in ids there are no two hyphens beside each other.

    >>> name_of("mandate/wijkraad/drop-action", "words")
    'mandate__wijkraad__drop_action__words'
    """
    return "__".join((key.replace("/", "__"), *parts)).replace("-", "_")


def tag_name(key: str, option: str) -> str:
    """What the question is called that asks how a chosen option came about."""
    return name_of(key, _TAG, option)


def mark_of(session: Session) -> str:
    """What stands in the column `bart_form` of the answers to a form of this session and round."""
    return f"{session.id or session.session}:{session.round}"


@dataclass(frozen=True, slots=True)
class FormTable:
    """Reads each row of such a table as a row of bart's own, whose columns are in `header`.

    `is_ours` of a row: whether it came from a form of the session and round that is asked about.
    """

    header: tuple[str, ...]
    _items: tuple[Item, ...]
    _places: Mapping[str, int]
    _options: Mapping[str, Mapping[str, int]]  # name -> option -> the column that says it was taken
    _mark: str

    def is_ours(self, cells: Sequence[str]) -> bool:
        """Whether the row says that it answers a form of this session and round."""
        return self._cell(MARK, cells) == self._mark

    def row(self, cells: Sequence[str]) -> list[str]:
        """What the cells of a row say, in the order of `header`."""
        said = [self._cell(name, cells) for name in _OF_PERSON]
        return [*said, *(cell for item in self._items for cell in self._said(item, cells))]

    def _said(self, item: Item, cells: Sequence[str]) -> Iterator[str]:
        name = name_of(item.key)
        value = self._cell(name, cells)
        if item.question.answered == "several":
            value = ";".join(self._several(item, value, cells))
        yield value
        yield from (self._cell(name_of(item.key, part), cells) for part in PARTS)

    def _several(self, item: Item, value: str, cells: Sequence[str]) -> Iterator[str]:
        columns = self._options.get(name_of(item.key), {})
        taken = (option for option, at in columns.items() if _at(at, cells).casefold() in _TAKEN)
        for option in value.split() or taken:
            tag = self._cell(tag_name(item.key, option), cells)
            yield "{}" if option == NONE_OF_THESE else f"{option}:{tag}" if tag else option

    def _cell(self, name: str, cells: Sequence[str]) -> str:
        return _at(self._places.get(name, len(cells)), cells)


_TAKEN = frozenset({"1", "true"})


def _at(place: int, cells: Sequence[str]) -> str:
    return cells[place].strip() if place < len(cells) else ""


def laid_on(names: Sequence[str], question_set: QuestionSet, session: Session) -> FormTable | None:
    """How to read a table with these names in its first row; None when no form of bart made it."""
    known = {MARK, *_OF_PERSON, *_names(question_set)}
    places: dict[str, int] = {}
    options: dict[str, dict[str, int]] = {}
    for place, column in enumerate(names):
        name, option = _asked(column, known)
        if option:
            options.setdefault(name, {}).setdefault(option, place)
        elif name:
            places.setdefault(name, place)
    if MARK not in places:
        return None
    items = tuple(i for i in question_set.items if {name_of(i.key)} & {*places, *options})
    beside = [f"{item.key}{part}" for item in items for part in ("", *(f":{p}" for p in PARTS))]
    return FormTable((*_OF_PERSON, *beside), items, places, options, mark_of(session))


def _names(question_set: QuestionSet) -> Iterator[str]:
    """Everything that a form asks."""
    for item in question_set.items:
        yield from (name_of(item.key), *(name_of(item.key, part) for part in PARTS))
        if item.question.tagged:
            options = question_set.options(item.question, item.subject)
            yield from (tag_name(item.key, option.id) for option in options)


def _asked(column: str, known: set[str]) -> tuple[str, str]:
    """The question that a column holds the answer to, and the one option that it is about."""
    begin = 0
    for part in _BETWEEN.split(column.strip()):
        begin += len(part) + 1
        if part in known:
            return part, column.strip()[begin:]
    return "", ""
