"""Every item laid out per party, from which codes, coverage and patterns are read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bart_tool.analysis import measures
from bart_tool.analysis.codes import OwnStanding, own_standing
from bart_tool.analysis.positions import Measure, Standing
from bart_tool.disclosure.tally import Tally, Vote
from bart_tool.disclosure.view import Answers, OpenAnswers, PublishedView
from bart_tool.domain.findings import Code, PartyFinding
from bart_tool.domain.question_set import Item, QuestionSet


@dataclass(frozen=True)
class Cell:
    """One item with the parties in view on it: asked, and not withheld."""

    item: Item
    measure: Measure
    parties: tuple[PartyFinding, ...]
    answers: Mapping[str, Answers]  # by party
    standings: tuple[Standing, ...]  # in the order of the parties

    @cached_property
    def placed(self) -> tuple[Standing, ...]:
        """The standings that hold a position."""
        return tuple(standing for standing in self.standings if standing.has_position)

    @cached_property
    def own(self) -> OwnStanding | None:
        """Where the subject's kind places itself, if its parties have one position."""
        is_set = self.measure.question.compared == "set"
        return own_standing(self.standings, self.item.subject, is_set=is_set)

    @cached_property
    def level(self) -> float | None:
        """On a scale, the median of the party medians, in steps: each party weighs the same."""
        medians = [standing.median for standing in self.placed if standing.median is not None]
        return measures.middle_of(medians) if medians else None

    @cached_property
    def of_one_mind(self) -> float:
        """The part, from 0 to 1, of the people of open parties who said exactly the position."""
        people = exactly = 0
        for standing in self.placed:
            tally = self.tally(standing.party)
            if tally is not None:
                people += tally.answered
                exactly += sum(
                    n for vote, n in tally.votes.items() if self._is_exactly(standing, vote)
                )
        return exactly / people if people else 0.0

    def _is_exactly(self, standing: Standing, vote: Vote) -> bool:
        if not isinstance(vote, str):
            return {option for option, _ in vote} == standing.top
        scale = self.measure.scale
        if standing.median is None or scale is None:
            return vote in standing.top
        return vote in scale.numbers and abs(scale.number(vote) - standing.median) < 1

    def tally(self, party: str) -> Tally | None:
        """The counts of an open party; None of a group."""
        answers = self.answers[party]
        return answers.tally if isinstance(answers, OpenAnswers) else None


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
    question_set: QuestionSet, view: PublishedView, items: Iterable[Item] | None = None
) -> dict[str, Cell]:
    """Where every party stands on `items`, or on all by which pictures are compared."""
    measures_of = {q.id: Measure(question_set, q) for q in question_set.questions}
    cells = {}
    for item in question_set.compared if items is None else items:
        answers = view.items.get(item.key, {})
        parties = tuple(party for party in view.parties if party.party in answers)
        measure = measures_of[item.question.id]
        standings = tuple(measure.standing(each, answers[each.party]) for each in parties)
        cells[item.key] = Cell(item, measure, parties, answers, standings)
    return cells
