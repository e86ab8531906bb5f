"""The main code of an item: the first rule of docs/developer/method.md 4.5 that fits."""

from collections.abc import Sequence
from itertools import combinations
from typing import assert_never

from bart_tool.analysis import measures
from bart_tool.analysis.positions import Measure, Standing
from bart_tool.domain.findings import Code
from bart_tool.domain.question_set import Thresholds


def main_code(
    standings: Sequence[Standing], measure: Measure, thresholds: Thresholds
) -> Code | None:
    """The main code of an item from where the parties stand; None for what is not compared.

    `standings`: every party that may be shown on the item, those that answered nothing included.
    """
    compared = measure.question.compared
    if compared == "none":
        return None
    answered = [standing for standing in standings if standing.answered]
    placed = [standing for standing in answered if standing.has_position]
    if len(answered) < 2:
        return Code.TOO_FEW
    if is_not_assigned(answered):
        return Code.NOT_ASSIGNED
    match compared:
        case "pointing":
            return _claim(placed) or _by_choice(placed)
        case "choice":
            return _by_choice(placed)
        case "set":
            return _by_ascription(placed)
        case "level":
            return _by_distance(placed, measure.line, thresholds)
    assert_never(compared)


def is_not_assigned(answered: Sequence[Standing]) -> bool:
    """Whether in at least half of the parties that answered most say nobody or don't know.

    >>> lost = Standing("wijkraad", "wijkraad", 5, is_lost=True, has_position=True)
    >>> clear = Standing("wijkmanager", "wijkmanager", 1, is_lost=False, has_position=True)
    >>> is_not_assigned([lost, clear])
    True
    """
    return 2 * sum(standing.is_lost for standing in answered) >= len(answered)


def _claim(placed: Sequence[Standing]) -> Code | None:
    """Who points at whom: claimed twice, passed on, or claimed by one alone."""
    claiming = {standing.kind for standing in placed if standing.claims}
    if len(claiming) >= 2:
        return Code.DOUBLE_CLAIM
    if is_passed_on(placed):
        return Code.PASSED_ON
    if claiming:
        (kind,) = claiming
        others = [standing for standing in placed if standing.kind != kind]
        if others and not any(kind in standing.top for standing in others):
            return Code.ONE_SIDED_CLAIM
    return None


def is_passed_on(placed: Sequence[Standing]) -> bool:
    """Whether no party points at itself and some party points at another that has a position.

    >>> resident = Standing("wijkraad", "wijkraad", 5, False, True, top=frozenset({"wijkmanager"}))
    >>> manager = Standing("wijkmanager", "wijkmanager", 1, False, True, top=frozenset({"college"}))
    >>> is_passed_on([resident, manager])
    True
    """
    if any(standing.points_to_itself for standing in placed):
        return False
    return any(
        other.kind in standing.top
        for standing in placed
        for other in placed
        if other.kind != standing.kind
    )


def _by_choice(placed: Sequence[Standing]) -> Code:
    if any(one.top.isdisjoint(other.top) for one, other in combinations(placed, 2)):
        return Code.GAP
    if len({standing.top for standing in placed}) > 1 or any(
        len(standing.top) > 1 for standing in placed
    ):
        return Code.NUANCE
    return Code.SHARED


def _by_ascription(placed: Sequence[Standing]) -> Code:
    pairs = [(one, other) for one in placed for other in placed if one is not other]
    if any(one.top - other.chosen for one, other in pairs):
        return Code.GAP
    if any(one.top - other.top for one, other in pairs):
        return Code.NUANCE
    return Code.SHARED


def _by_distance(placed: Sequence[Standing], line: float | None, thresholds: Thresholds) -> Code:
    medians = [standing.median for standing in placed if standing.median is not None]
    steps = measures.distance(medians)
    if steps is None:
        raise ValueError("two parties with a level are needed for a distance")
    across = measures.straddles(medians, line)
    if steps >= thresholds.wide_gap or (across and steps >= thresholds.wide_gap_across_line):
        return Code.WIDE_GAP
    if steps >= thresholds.gap or across:
        return Code.GAP
    return Code.NUANCE if steps >= thresholds.nuance else Code.SHARED
