"""Flags: what a reader must know beside the main code (docs/developer/method.md 4.5)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import assert_never

from bart_tool.analysis import measures
from bart_tool.analysis.positions import Measure, Standing
from bart_tool.analysis.tally import Tally, Vote
from bart_tool.disclosure.visibility import PartySheets
from bart_tool.domain.answer import PREFER_NOT
from bart_tool.domain.findings import Code
from bart_tool.domain.question_set import Thresholds
from bart_tool.domain.session import FormalSource

# The codes from `double-claim` to `gap` in the table: real differences between parties.
DIFFERENCES = frozenset(
    {Code.DOUBLE_CLAIM, Code.PASSED_ON, Code.ONE_SIDED_CLAIM, Code.WIDE_GAP, Code.GAP}
)


def divided(party: str, tally: Tally, measure: Measure, thresholds: Thresholds) -> Iterator[str]:
    """`divided:<party>` when its own members stand far apart.

    From three substantive answers on: on a scale the range is at least `divided_range` steps; on
    a choice or who no single option is most-chosen.
    """
    if tally.substantive < thresholds.divided_answers:
        return
    match measure.question.compared:
        case "level":
            is_divided = measures.spread(measure.levels(tally)) >= thresholds.divided_range
        case "choice" | "pointing":
            is_divided = len(measures.most_chosen(tally.options)) > 1
        case "set" | "none":
            is_divided = False
        case _ as unknown:
            assert_never(unknown)
    if is_divided:
        yield f"divided:{party}"


def small(view: PartySheets, tally: Tally, thresholds: Thresholds) -> Iterator[str]:
    """`small:<party>` when few of its people answered.

    Fewer than `small_share` of the invited, or fewer than `small_answers` where at least that
    many were invited.
    """
    answered, least = tally.answered, thresholds.small_answers
    if answered < thresholds.small_share * view.invited or (view.invited >= least > answered):
        yield f"small:{view.party}"


def tips(
    code: Code | None,
    standings: Sequence[Standing],
    tallies: Mapping[str, Tally],
    measure: Measure,
    code_of: Callable[[Sequence[Standing]], Code | None],
) -> Iterator[str]:
    """`tips` when leaving out one answer of a party with two or more changes the main code.

    Only different answers are tried: two people who said the same tip the code the same way.
    """
    for place, standing in enumerate(standings):
        tally = tallies[standing.party]
        if tally.answered < 2:
            continue
        # Only a place where it does not stand now, and that was not tried, can give another code.
        tried = {replace(standing, answered=tally.answered - 1)}
        for vote in _votes_that_matter(tally, measure):
            moved = measure.standing(standing.party, standing.kind, tally.without(vote))
            if moved in tried:
                continue
            tried.add(moved)
            if code_of([*standings[:place], moved, *standings[place + 1 :]]) != code:
                yield "tips"
                return


def _votes_that_matter(tally: Tally, measure: Measure) -> Iterable[Vote]:
    """One vote of each kind whose leaving out can differ from another's.

    In a multi many people may all choose differently; only options at the edge of being
    ascribed, or chosen by one person, can change, so votes alike on those count as one.
    """
    given = [vote for vote in tally.votes if vote != PREFER_NOT]
    if measure.question.compared != "set":
        return given
    people = tally.substantive
    edge = {
        option
        for option, chose in tally.options.items()
        if chose == 1
        or (chose >= measure.ascribes * (people - 1))
        != (chose - 1 >= measure.ascribes * (people - 1))
    }
    alike: dict[object, Vote] = {}
    for vote in given:
        kind: object = vote if isinstance(vote, str) else frozenset(o for o, _ in vote if o in edge)
        alike.setdefault(kind, vote)
    return alike.values()


def certainty(
    code: Code | None, standings: Iterable[Standing], tallies: Mapping[str, Tally]
) -> Iterator[str]:
    """`outspoken`, `shared-uncertainty` and `information-gap`: how sure the parties are."""
    sure = [tallies[standing.party].sure() for standing in standings if standing.has_position]
    differs = code in DIFFERENCES
    if sure and differs and all(word == "certain" for word in sure):
        yield "outspoken"
    if sure and all(word == "guess" for word in sure):
        yield "shared-uncertainty"
    if differs and "certain" in sure and "guess" in sure:
        yield "information-gap"


def formal_differs(standings: Iterable[Standing], tallies: Mapping[str, Tally]) -> Iterator[str]:
    """`formal-differs`: two parties ascribe an option, one mostly formal, one mostly informal."""
    said = [
        (standing.top, tallies[standing.party]) for standing in standings if standing.has_position
    ]
    for (one, one_tally), (other, other_tally) in combinations(said, 2):
        for option in one & other:
            words = {mostly(one_tally, option), mostly(other_tally, option)}
            if words == {"formal", "informal"}:
                yield "formal-differs"
                return


def mostly(tally: Tally, option: str) -> str | None:
    """The tag most people gave `option`; None when two tie or nobody chose it."""
    top = measures.most_chosen(tally.tags.get(option, {}))
    return next(iter(top)) if len(top) == 1 else None


def differs_from_source(
    source: FormalSource | None, standings: Iterable[Standing], measure: Measure
) -> Iterator[str]:
    """`differs-from-source` when a position is not what the entered formal source says."""
    if source is None or not source.value:
        return
    values = {source.value} if isinstance(source.value, str) else set(source.value)
    for standing in standings:
        if not standing.has_position:
            continue
        if measure.scale is not None:
            same = standing.median in {measure.scale.number(value) for value in values}
        else:
            same = standing.top == values
        if not same:
            yield "differs-from-source"
            return
