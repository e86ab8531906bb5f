"""Flags: what a reader must know beside the main code (docs/developer/method.md 4.5).

Those about how a party's people answered are told of open parties only. A group counts with its
position, as one answer that cannot be left out and that carries neither certainty nor tags.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from bart_tool.analysis import measures
from bart_tool.analysis.item_table import Cell
from bart_tool.analysis.positions import Measure, Standing, certainty
from bart_tool.disclosure.tally import Tally, Vote
from bart_tool.domain.answer import PREFER_NOT
from bart_tool.domain.findings import Code
from bart_tool.domain.session import FormalSource

# The codes that are real differences between parties.
DIFFERENCES = frozenset(
    {Code.DOUBLE_CLAIM, Code.PASSED_ON, Code.ONE_SIDED_CLAIM, Code.WIDE_GAP, Code.GAP}
)


def divided(cell: Cell) -> Iterator[str]:
    """`divided:<party>` for each party that has no one position."""
    for standing in cell.standings:
        if standing.standing == "divided":
            yield f"divided:{standing.party}"


def minority(cell: Cell) -> Iterator[str]:
    """`minority:<party>`: it has a position, and some of its people stand clearly outside it.

    At least `minority_share` of its substantive answers and at least `minority_answers` of them;
    on a scale outside means further than reach from the median. Not on a multi.
    """
    limits = cell.measure.question_set.thresholds
    if cell.measure.question.compared == "set":
        return
    for standing in cell.placed:
        tally = cell.tally(standing.party)
        if tally is None:
            continue
        outside = tally.substantive - _inside(cell.measure, standing, tally)
        share = limits.minority_share * tally.substantive
        if outside >= share and outside >= limits.minority_answers:
            yield f"minority:{standing.party}"


def _inside(measure: Measure, standing: Standing, tally: Tally) -> int:
    if standing.median is not None:
        return measure.near(tally, standing.median)
    return max(tally.options.values())


def small(cell: Cell) -> Iterator[str]:
    """`small:<party>` when few of its people gave an answer.

    Fewer than `small_share` of the invited, or fewer than `small_answers` where at least that
    many were invited.
    """
    limits = cell.measure.question_set.thresholds
    least = limits.small_answers
    for party in cell.parties:
        tally = cell.tally(party.party)
        if tally is None:
            continue
        few = tally.answered < limits.small_share * party.invited
        if few or party.invited >= least > tally.answered:
            yield f"small:{party.party}"


def tips(
    code: Code | None, cell: Cell, code_of: Callable[[Sequence[Standing]], Code | None]
) -> Iterator[str]:
    """`tips` when leaving out one answer of a party with two or more changes the main code.

    Only different answers are tried: two people who said the same tip the code the same way.
    """
    for place, standing in enumerate(cell.standings):
        tally = cell.tally(standing.party)
        if tally is None or tally.answered < 2:
            continue
        # Only a place where it does not stand now, and that was not tried, can give another code.
        tried = {standing}
        for vote in _votes_that_matter(tally, cell.measure):
            moved = cell.measure.of_tally(standing.party, standing.kind, tally.without(vote))
            if moved in tried:
                continue
            tried.add(moved)
            if code_of([*cell.standings[:place], moved, *cell.standings[place + 1 :]]) != code:
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
    share = measure.question_set.thresholds.ascribes
    people = tally.substantive
    edge = {
        option
        for option, chose in tally.options.items()
        if chose == 1 or _edge(chose, people, share)
    }
    alike: dict[object, Vote] = {}
    for vote in given:
        kind: object = vote if isinstance(vote, str) else frozenset(o for o, _ in vote if o in edge)
        alike.setdefault(kind, vote)
    return alike.values()


def _edge(chose: int, people: int, share: float) -> bool:
    """Whether one person less, of those who chose an option or of the others, can ascribe it."""
    left = share * (people - 1)
    return len({chose >= share * people, chose >= left, chose - 1 >= left}) > 1


def how_sure(code: Code | None, cell: Cell) -> Iterator[str]:
    """`outspoken`, `shared-uncertainty` and `information-gap`: how sure the parties are."""
    sure = [certainty(cell.answers[standing.party]) for standing in cell.placed]
    differs = code in DIFFERENCES
    if sure and differs and all(word == "certain" for word in sure):
        yield "outspoken"
    if sure and all(word == "unsure" for word in sure):
        yield "shared-uncertainty"
    if differs and "certain" in sure and "unsure" in sure:
        yield "information-gap"


def formal_differs(cell: Cell) -> Iterator[str]:
    """`formal-differs`: two parties ascribe an option, one mostly formal and one mostly not."""
    said = [
        (standing.top, tally)
        for standing in cell.placed
        if (tally := cell.tally(standing.party)) is not None
    ]
    for (one, one_tally), (other, other_tally) in combinations(said, 2):
        for option in one & other:
            words = {mostly(one_tally, option), mostly(other_tally, option)}
            if "formal" in words and words & {"given", "informal"}:
                yield "formal-differs"
                return


def mostly(tally: Tally, option: str) -> str | None:
    """The tag most people gave `option`; None when two tie or nobody chose it."""
    top = measures.most_chosen(tally.tags.get(option, {}))
    return next(iter(top)) if len(top) == 1 else None


def differs_from_source(source: FormalSource | None, cell: Cell) -> Iterator[str]:
    """`differs-from-source` when a position is not what the entered formal source says."""
    if source is None or not source.value:
        return
    values = {source.value} if isinstance(source.value, str) else set(source.value)
    scale = cell.measure.scale
    for standing in cell.placed:
        if scale is not None:
            same = standing.median in {scale.number(value) for value in values}
        else:
            same = standing.top == values
        if not same:
            yield "differs-from-source"
            return
