"""Positions: what one party says on one item, as the codes compare it and as a report shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import Literal, assert_never

from bart_tool.analysis import measures
from bart_tool.analysis.tally import Tally
from bart_tool.disclosure.visibility import PartySheets
from bart_tool.domain.answer import OTHER
from bart_tool.domain.findings import Position
from bart_tool.domain.question import Question
from bart_tool.domain.question_set import QuestionSet, Scale


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a party stands on an item: the part of its tally that the codes look at."""

    party: str
    kind: str
    answered: int
    is_lost: bool  # more than half say nobody or don't know
    has_position: bool
    median: float | None = None
    top: frozenset[str] = frozenset()  # most-chosen, or for a multi ascribed
    chosen: frozenset[str] = frozenset()  # for a multi: by at least one member

    @property
    def points_to_itself(self) -> bool:
        """Whether its position contains its own kind."""
        return self.kind in self.top

    @property
    def claims(self) -> bool:
        """Whether its own kind is its only most-chosen option."""
        return self.top == {self.kind}


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

    @property
    def ascribes(self) -> float:
        """The least share of a party's members that makes an option the party's (multi)."""
        return self.question_set.thresholds.ascribes

    def levels(self, tally: Tally) -> dict[int, int]:
        """People per level number; without people no level."""
        numbers: Mapping[str, int] = self.scale.numbers if self.scale else {}
        return {numbers[level]: people for level, people in tally.options.items()}

    def standing(self, party: str, kind: str, tally: Tally) -> Standing:
        """Where a party with this tally stands (docs/developer/method.md 4.5)."""
        compared = self.question.compared
        has_position = tally.substantive > 0 and compared != "none"
        median, top, chosen = None, frozenset[str](), frozenset[str]()
        if has_position:
            match compared:
                case "level":
                    median = measures.median_of_counts(self.levels(tally))
                case "choice" | "pointing":
                    top = self._apart(measures.most_chosen(tally.options), party)
                case "set":
                    top = measures.ascribed(tally.options, tally.substantive, self.ascribes)
                    chosen = frozenset(tally.options)
                case "none":
                    pass
                case _:
                    assert_never(compared)
        return Standing(
            party, kind, tally.answered, tally.is_lost, has_position, median, top, chosen
        )

    @staticmethod
    def _apart(top: frozenset[str], party: str) -> frozenset[str]:
        """`other` made the party's own: it is never the same as another party's `other`."""
        if OTHER not in top:
            return top
        return top - {OTHER} | {f"{OTHER}@{party}"}

    def order(self, options: frozenset[str], subject: str) -> tuple[str, ...]:
        """Options in the order of the set, codes after them; a party's own `other` as `other`."""
        plain = {OTHER if option.startswith(f"{OTHER}@") else option for option in options}
        listed = [option.id for option in self.question_set.options(self.question, subject)]
        return (*(o for o in listed if o in plain), *sorted(plain.difference(listed)))


def may_open(view: PartySheets, tally: Tally, k: int) -> bool:
    """Whether a party's counts may be shown, and not only where it stands.

    For a party shown as a group no bucket of fewer than `k` people is given, nor any figure from
    which one could be worked out by subtracting: one small bucket closes all of its counts.
    """
    if not view.is_counted:
        return False
    return view.visibility == "position" or _all_buckets_reach(tally, k)


def as_shown(
    view: PartySheets, standing: Standing, tally: Tally, measure: Measure, subject: str, k: int
) -> Position:
    """A party's stand as a report may show it, with its counts where these may be open."""
    open_counts = may_open(view, tally, k)
    return position(
        standing, tally, measure, subject, invited=view.invited, open_counts=open_counts
    )


def position(
    standing: Standing,
    tally: Tally,
    measure: Measure,
    subject: str,
    *,
    invited: int,
    open_counts: bool,
) -> Position:
    """A stand as a report may show it, with its counts only when they are open."""
    has_scale = standing.median is not None
    levels = measure.levels(tally) if has_scale else {}
    return Position(
        party=standing.party,
        kind=standing.kind,
        n=standing.answered,
        invited=invited,
        has_position=standing.has_position,
        median=standing.median,
        middle=_middle(levels, standing.median, open_counts),
        top=measure.order(standing.top, subject),
        counts=_counts(tally, measure, subject) if open_counts else None,
        dont_know=tally.dont_know if open_counts else None,
        tags=_tags(tally) if open_counts and measure.question.compared == "set" else None,
        certainty=_certainty(tally),
        consensus=_consensus(levels, measure) if open_counts and tally.substantive >= 3 else None,
    )


def _middle(
    levels: Mapping[int, int], median: float | None, open_counts: bool
) -> tuple[int, int] | None:
    """The two middle levels; where counts are closed only the levels on either side of the median.

    The true middle two are what two people said.
    """
    if median is None:
        return None
    return measures.middle_levels(levels) if open_counts else (floor(median), ceil(median))


def _all_buckets_reach(tally: Tally, k: int) -> bool:
    """Whether every bucket that holds anybody holds at least `k` people.

    For a multi the people who did not choose an option, and each tag of it, are buckets as well.
    """
    buckets = [tally.dont_know]
    people = tally.substantive
    if any(not isinstance(vote, str) for vote in tally.votes):
        for option, chose in tally.options.items():
            buckets += [chose, people - chose, *tally.tags[option].values()]
    else:
        buckets += tally.options.values()
    return all(bucket == 0 or bucket >= k for bucket in buckets)


def _counts(tally: Tally, measure: Measure, subject: str) -> dict[str, int]:
    if measure.question.compared == "none":
        return {}
    ordered = measure.order(frozenset(tally.options), subject)
    return {option: tally.options[option] for option in ordered}


def _tags(tally: Tally) -> dict[str, tuple[int, int, int]]:
    return {
        option: (tags["formal"], tags["informal"], tags["unknown"])
        for option, tags in sorted(tally.tags.items())
    }


def _certainty(tally: Tally) -> Literal["certain", "unsure"] | None:
    match tally.sure():
        case "certain":
            return "certain"
        case "guess":
            return "unsure"
    return None


def _consensus(levels: Mapping[int, int], measure: Measure) -> float | None:
    if measure.scale is None or len(measure.scale.levels) < 2 or not levels:
        return None
    return round(
        measures.consensus([levels.get(n, 0) for n in range(len(measure.scale.levels))]), 3
    )
