"""Standings: whether a party has one position, and which (docs/developer/method.md 4.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, assert_never

from bart_tool.analysis import measures
from bart_tool.disclosure.tally import Tally
from bart_tool.disclosure.view import Answers, GroupAnswers, OpenAnswers
from bart_tool.domain.answer import NOBODY, OTHER
from bart_tool.domain.findings import PartyFinding, Position, StandingName
from bart_tool.domain.question import Question
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.set_parts import Scale


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a party stands on an item: what the codes look at, and nothing else.

    `median` is in steps from 0. `top`: its option, or those it ascribes. `chosen`: for a multi the
    options that at least one member chose; None where that is not known, of a group. `is_lost`:
    more than half of its people say nobody or do not know; `says_nobody`: at least one does.
    `within`: the kind of party that the actor works for whom it points at; empty where none.
    """

    party: str
    kind: str
    standing: StandingName
    median: float | None = None
    top: frozenset[str] = frozenset()
    chosen: frozenset[str] | None = None
    is_lost: bool = False
    says_nobody: bool = False
    within: str = ""

    @property
    def has_position(self) -> bool:
        """Whether it takes part in the comparison."""
        return self.standing == "position"

    @property
    def has_answered(self) -> bool:
        """Whether it is known to have answered; a closed group never is."""
        return self.standing not in ("closed", "none")

    @property
    def meant(self) -> frozenset[str]:
        """Whom it points at, where who works for a kind of party is that kind."""
        return frozenset({self.within}) if self.within else self.top

    @property
    def claims(self) -> bool:
        """Whether its position is its own kind, or who works for it."""
        return self.meant == {self.kind}


@dataclass(frozen=True)
class Measure:
    """What positions on one question are measured with."""

    question_set: QuestionSet
    question: Question

    @cached_property
    def scale(self) -> Scale | None:
        """The scale on which they are compared, if they are."""
        return self.question_set.scale_of(self.question)

    @cached_property
    def line(self) -> float | None:
        """The decision line, in steps, if the scale has one."""
        return self.scale.decision_line if self.scale else None

    @cached_property
    def reach(self) -> float:
        """How far from the median an answer may lie and still hold with it, in steps."""
        steps = len(self.scale.levels) - 1 if self.scale else 0
        return self.question_set.thresholds.reach * steps

    def levels(self, tally: Tally) -> dict[int, int]:
        """People per level number; without people no level."""
        numbers: Mapping[str, int] = self.scale.numbers if self.scale else {}
        return {numbers[level]: people for level, people in tally.options.items()}

    def near(self, tally: Tally, median: float) -> int:
        """How many people lie within reach of `median`, in steps."""
        found = self.levels(tally).items()
        return sum(people for level, people in found if abs(level - median) <= self.reach)

    def standing(self, party: PartyFinding, answers: Answers) -> Standing:
        """Where a party stands whose answers to the item are these, as far as they may be known."""
        if isinstance(answers, GroupAnswers):
            return self._of_group(party, answers)
        return self.of_tally(party.party, party.kind, answers.tally)

    def of_tally(self, party: str, kind: str, tally: Tally) -> Standing:
        """Where an open party stands with these counts (docs/developer/method.md 4.5)."""
        is_lost = tally.is_lost
        says_nobody = bool(tally.votes.get(NOBODY))
        if not tally.answered or self.question.compared == "none":
            return Standing(party, kind, "none")
        if 2 * tally.dont_know >= tally.answered:
            return Standing(party, kind, "unknown", is_lost=is_lost, says_nobody=says_nobody)
        median, top = self._held(party, tally)
        chosen = frozenset(tally.options) if self.question.compared == "set" else None
        name: StandingName = "divided" if median is None and top is None else "position"
        held, within = top or frozenset(), self._within(top)
        return Standing(party, kind, name, median, held, chosen, is_lost, says_nobody, within)

    def _held(self, party: str, tally: Tally) -> tuple[float | None, frozenset[str] | None]:
        """The median or the options in which the answers hold together; neither when divided."""
        limits = self.question_set.thresholds
        enough = limits.holds * tally.substantive
        match self.question.compared:
            case "level":
                low, high = measures.middle_levels(self.levels(tally))
                median = (low + high) / 2
                holds = high - low <= 1 and self.near(tally, median) > enough
                return (median if holds else None), None
            case "set":
                top = measures.ascribed(tally.options, tally.substantive, limits.ascribes)
                return None, (top if top or not tally.options else None)
            case "choice" | "pointing":
                most = [option for option, chose in tally.options.items() if chose > enough]
                return None, (self._apart(most[0], party) if most else None)
            case "none":
                return None, None
            case _ as unknown:
                assert_never(unknown)

    def _of_group(self, party: PartyFinding, answers: GroupAnswers) -> Standing:
        top, median = answers.position, None
        if self.scale is not None and top:
            numbers = [self.scale.number(level) for level in top]
            median, top = sum(numbers) / len(numbers), frozenset()
        elif self.question.compared != "set":
            top = frozenset(option for each in top for option in self._apart(each, party.party))
        return Standing(
            party.party,
            party.kind,
            answers.standing,
            median,
            top,
            is_lost=answers.standing == "unknown" or top == {NOBODY},
            says_nobody=top == {NOBODY},
            within=self._within(top),
        )

    def _within(self, top: frozenset[str] | None) -> str:
        """The kind of party that the actor works for who is pointed at; empty where none."""
        if self.question.compared != "pointing":
            return ""
        actors = self.question_set.actors
        return next((actors[option].within for option in top or () if option in actors), "")

    @staticmethod
    def _apart(option: str, party: str) -> frozenset[str]:
        """`other` made the party's own: it is never the same as another party's `other`."""
        return frozenset({f"{OTHER}@{party}" if option == OTHER else option})

    def order(self, options: frozenset[str], subject: str) -> tuple[str, ...]:
        """Options in the order of the set, codes after them; a party's own `other` as `other`."""
        if not options:
            return ()
        plain = {OTHER if option.startswith(f"{OTHER}@") else option for option in options}
        listed = self._listed(subject)
        return (*(o for o in listed if o in plain), *sorted(plain.difference(listed)))

    def _listed(self, subject: str) -> tuple[str, ...]:
        if subject not in self._ids:
            options = self.question_set.options(self.question, subject)
            self._ids[subject] = tuple(option.id for option in options)
        return self._ids[subject]

    @cached_property
    def _ids(self) -> dict[str, tuple[str, ...]]:
        return {}


def position(
    party: PartyFinding, standing: Standing, answers: Answers, measure: Measure, subject: str
) -> Position:
    """A party's standing as it is shown, with its counts where the view holds them."""
    top = measure.order(standing.top, subject)
    if isinstance(answers, GroupAnswers):
        return Position(
            party=party.party,
            kind=party.kind,
            standing=standing.standing,
            n=None,
            invited=party.invited,
            median=standing.median,
            top=top,
            kept_from=answers.kept_from,
        )
    tally = answers.tally
    levels = measure.levels(tally) if measure.scale is not None else {}
    return Position(
        party=party.party,
        kind=party.kind,
        standing=standing.standing,
        n=tally.answered,
        invited=party.invited,
        median=standing.median,
        top=top,
        counts=_counts(tally, measure, subject),
        dont_know=tally.dont_know,
        tags=_tags(tally, measure) if measure.question.compared == "set" else None,
        certainty=certainty(answers),
        consensus=_consensus(levels, measure) if tally.substantive >= 3 else None,
        kept_from=answers.kept_from,
    )


def certainty(answers: Answers) -> Literal["certain", "unsure"] | None:
    """How sure a party is: as more than half of its people say who say it; None of a group."""
    word = answers.tally.sure() if isinstance(answers, OpenAnswers) else None
    return {"certain": "certain", "guess": "unsure"}.get(word or "")  # type: ignore[return-value]


def _counts(tally: Tally, measure: Measure, subject: str) -> dict[str, int]:
    if measure.question.compared == "none":
        return {}
    ordered = measure.order(frozenset(tally.options), subject)
    return {option: tally.options[option] for option in ordered}


def _tags(tally: Tally, measure: Measure) -> dict[str, dict[str, int]]:
    asked = (*measure.question.tagged, "unknown")
    return {
        option: {tag: given[tag] for tag in asked} for option, given in sorted(tally.tags.items())
    }


def _consensus(levels: Mapping[int, int], measure: Measure) -> float | None:
    if measure.scale is None or len(measure.scale.levels) < 2 or not levels:
        return None
    return round(
        measures.consensus([levels.get(n, 0) for n in range(len(measure.scale.levels))]), 3
    )
