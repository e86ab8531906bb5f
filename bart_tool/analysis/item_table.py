"""Every item laid out per party, from which codes, coverage and patterns are read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import add

from bart_tool.analysis import measures
from bart_tool.analysis.positions import Measure, Standing
from bart_tool.analysis.tally import Tally
from bart_tool.disclosure.shown_before import EarlierShown
from bart_tool.disclosure.visibility import PartySheets
from bart_tool.domain.answer import CODES, Answer
from bart_tool.domain.findings import OTHERS, Code, Quote
from bart_tool.domain.question_set import Item, QuestionSet

_NOTHING = EarlierShown()


@dataclass(frozen=True)
class Cell:
    """One item with the parties that may be shown on it: their views, tallies and stands."""

    item: Item
    measure: Measure
    views: tuple[PartySheets, ...]
    tallies: Mapping[str, Tally]  # by party
    standings: tuple[Standing, ...]  # in the order of the views
    written: Mapping[str, Sequence[Answer]]  # by party, the answers that hold words

    @cached_property
    def placed(self) -> tuple[Standing, ...]:
        """The stands that hold a position."""
        return tuple(standing for standing in self.standings if standing.has_position)

    @cached_property
    def own(self) -> Standing | None:
        """Where the subject's kind places itself: all its shown parties counted together."""
        tallies = [self.tallies[view.party] for view in self.own_views]
        if not tallies:
            return None
        together = reduce(add, tallies)
        if not together.substantive:
            return None
        return self.measure.standing(self.item.subject, self.item.subject, together)

    @cached_property
    def own_views(self) -> tuple[PartySheets, ...]:
        """The shown parties whose kind is the subject."""
        return tuple(view for view in self.views if view.kind == self.item.subject)

    @cached_property
    def level(self) -> float | None:
        """On a scale, the median of the party medians, in steps: each party weighs the same."""
        medians = [standing.median for standing in self.placed if standing.median is not None]
        return measures.middle_of(medians) if medians else None


@dataclass(frozen=True)
class ItemTable:
    """All cells of a set, with the set and the kinds of party that take part."""

    question_set: QuestionSet
    cells: Mapping[str, Cell]  # by item key, in the order of the set
    codes: Mapping[str, Code | None]
    kinds: tuple[str, ...]  # in the order of the session

    def of_question(self, question: str, subject: str | None = None) -> tuple[Cell, ...]:
        """The cells of a question, of one subject if one is named."""
        return tuple(
            cell
            for cell in self._by_question.get(question, ())
            if subject is None or cell.item.subject == subject
        )

    @cached_property
    def _by_question(self) -> Mapping[str, Sequence[Cell]]:
        grouped: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.cells.values():
            grouped[cell.item.question.id].append(cell)
        return grouped

    def subjects(self, question: str) -> tuple[str, ...]:
        """The subjects a question is asked about, once each, in its order."""
        return tuple(dict.fromkeys(cell.item.subject for cell in self.of_question(question)))


def lay_out(
    question_set: QuestionSet,
    views: Sequence[PartySheets],
    k: int,
    beside: EarlierShown = _NOTHING,
    items: Iterable[Item] | None = None,
) -> dict[str, Cell]:
    """Count every party's answers to `items`, or to all by which pictures are compared.

    A party shown as a group is left out of an item that fewer than `k` of its people answered, and
    every party of what may not stand `beside` an earlier round.
    """
    given = {view.party: _by_item(view) for view in views if view.visibility != "withheld"}
    rulers = {q.id: Measure(question_set, q) for q in question_set.questions}
    cells = {}
    for item in question_set.compared if items is None else items:
        shown: list[PartySheets] = []
        tallies: dict[str, Tally] = {}
        written: dict[str, Sequence[Answer]] = {}
        for view in views:
            if view.party not in given or not _is_asked(question_set, item, view):
                continue
            answers = given[view.party].get(item.key, ())
            tally = Tally.of(answers)
            if view.visibility == "group" and tally.answered < k:
                continue
            if item.key in beside.left_out.get(view.party, ()):
                continue
            if item.key in beside.not_counted.get(view.party, ()):
                view = replace(view, is_counted=False)
            shown.append(view)
            tallies[view.party] = tally
            written[view.party] = with_words(item, answers)
        measure = rulers[item.question.id]
        standings = tuple(measure.standing(v.party, v.kind, tallies[v.party]) for v in shown)
        cells[item.key] = Cell(item, measure, tuple(shown), tallies, standings, written)
    return cells


def _is_asked(question_set: QuestionSet, item: Item, view: PartySheets) -> bool:
    # `others` joins parties of several kinds; it holds only what its members were asked.
    return view.kind == OTHERS or question_set.asked_of(item, view.kind)


def _by_item(view: PartySheets) -> Mapping[str, Sequence[Answer]]:
    answers: dict[str, list[Answer]] = defaultdict(list)
    for sheet in view.sheets:
        for key, answer in sheet.answers.items():
            answers[key].append(answer)
    return answers


def with_words(item: Item, answers: Sequence[Answer]) -> list[Answer]:
    """The answers in which somebody wrote something."""
    if item.question.answered == "words":
        return [answer for answer in answers if any(_written(item, answer))]
    return [answer for answer in answers if answer.note or answer.words]


def remarks(item: Item, written: Mapping[str, Sequence[Answer]]) -> tuple[tuple[Quote, ...], int]:
    """The quotes that may be printed, and how many people wrote something that may not.

    `written`: party -> its answers that hold words. Quotes stand in alphabetical order within a
    party, so they tell nothing of the order in which people handed in.
    """
    quotes = tuple(
        Quote(party, text)
        for party, answers in written.items()
        for text in sorted(
            text for answer in answers if answer.quote for text in _written(item, answer)
        )
    )
    silent = sum(not answer.quote for answers in written.values() for answer in answers)
    return quotes, silent


def _written(item: Item, answer: Answer) -> Iterator[str]:
    value = answer.value
    if item.question.answered == "words" and isinstance(value, str) and value not in CODES:
        yield value
    yield from (text for text in (answer.words, answer.note) if text.strip())
