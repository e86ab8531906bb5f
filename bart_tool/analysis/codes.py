"""The main code of an item: the first rule of docs/developer/method.md 4.5 that fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import assert_never

from bart_tool.analysis import measures
from bart_tool.analysis.positions import Measure, Standing
from bart_tool.domain.findings import Code


@dataclass(frozen=True)
class OwnStanding:
    """Where a kind of party places itself: a median in steps, or the options that it names.

    `is_group`: one of its parties is shown as a group, of which no more than that is known.
    """

    median: float | None = None
    top: frozenset[str] = frozenset()
    is_group: bool = False


def own_standing(
    standings: Sequence[Standing], kind: str, *, is_set: bool = False
) -> OwnStanding | None:
    """Where `kind` places itself: the one position of its parties, None when it has none.

    Of several parties: on a scale the median of their positions when these lie at most one step
    apart, on a choice or who the one they share, on a multi (`is_set`) what all of them ascribe.
    Source: docs/developer/method.md 4.5, self against others.

    >>> one = Standing("cluster-a", "cluster", "position", median=2.0)
    >>> other = Standing("cluster-b", "cluster", "position", median=4.0)
    >>> own_standing([one], "cluster").median, own_standing([one, other], "cluster")
    (2.0, None)
    """
    own = [each for each in standings if each.kind == kind and each.has_position]
    if not own:
        return None
    medians = [each.median for each in own if each.median is not None]
    if medians:
        near = max(medians) - min(medians) <= 1
        return OwnStanding(median=measures.middle_of(medians)) if near else None
    if is_set or len({each.top for each in own}) == 1:
        is_group = any(each.chosen is None for each in own)
        return OwnStanding(
            top=frozenset.intersection(*(each.top for each in own)), is_group=is_group
        )
    return None


def main_code(standings: Sequence[Standing], measure: Measure, subject: str) -> Code | None:
    """The main code of an item from where the parties stand; None for what is not compared.

    `standings`: every party in view: asked, not withheld; those without an answer included.
    `subject`: what the item is about, empty without one. Raises ValueError when no rule fits, which
    is a fault of the program: nothing falls through to *shared*.
    """
    compared = measure.question.compared
    if compared == "none":
        return None
    answered = [standing for standing in standings if standing.has_answered]
    placed = [standing for standing in answered if standing.has_position]
    if len(answered) < 2:
        return Code.TOO_FEW
    if compared == "pointing" and is_not_assigned(answered):
        return Code.NOT_ASSIGNED
    if 2 * sum(standing.standing == "unknown" for standing in answered) >= len(answered):
        return Code.UNKNOWN
    own = own_standing(standings, subject, is_set=compared == "set")
    found = _difference(placed, measure, own, subject)
    if found in (Code.NUANCE, None) and any(each.standing == "divided" for each in answered):
        return Code.DIVIDED
    if found is not None:
        return found
    if len(placed) < 2:
        return Code.TOO_FEW
    if len(placed) < len(standings) or (compared == "set" and _hides_an_option(placed)):
        return Code.INCOMPLETE
    if len({(standing.median, standing.top) for standing in placed}) == 1:
        return Code.SHARED
    raise ValueError(f"no code fits {measure.question.id}: {placed}")


def is_not_assigned(answered: Sequence[Standing]) -> bool:
    """Whether in at least half of the parties that answered most say nobody or don't know.

    And somebody says nobody: where nobody does, the item is unknown.

    >>> lost = Standing("wijkraad", "wijkraad", "unknown", is_lost=True, says_nobody=True)
    >>> clear = Standing("wijkmanager", "wijkmanager", "position")
    >>> is_not_assigned([lost, clear])
    True
    """
    lost = sum(standing.is_lost for standing in answered)
    return 2 * lost >= len(answered) and any(standing.says_nobody for standing in answered)


def _difference(
    placed: Sequence[Standing], measure: Measure, own: OwnStanding | None, subject: str
) -> Code | None:
    """What sets the positions apart; None when nothing does."""
    match measure.question.compared:
        case "pointing":
            return _claim(placed) or _by_whom(placed)
        case "choice":
            wide = own is not None and _is_seen_otherwise(placed, own, subject)
            return Code.WIDE_GAP if wide else _by_choice(placed)
        case "set":
            return _by_ascription(placed, own, subject)
        case "level":
            return _by_distance(placed, measure)
        case "none":
            return None
        case _ as unknown:
            assert_never(unknown)


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
        if others and not any(kind in standing.meant for standing in others):
            return Code.ONE_SIDED_CLAIM
    return None


def is_passed_on(placed: Sequence[Standing]) -> bool:
    """Whether no party points at itself and some party points at another that has a position.

    >>> council = Standing("wijkraad", "wijkraad", "position", top=frozenset({"wijkmanager"}))
    >>> manager = Standing("wijkmanager", "wijkmanager", "position", top=frozenset({"college"}))
    >>> is_passed_on([council, manager])
    True
    """
    if len(placed) < 2 or any(standing.claims for standing in placed):
        return False
    return any(
        other.kind in standing.meant for standing in placed for other in placed if other != standing
    )


def _by_choice(placed: Sequence[Standing]) -> Code | None:
    differ = any(one.top != other.top for one, other in combinations(placed, 2))
    return Code.GAP if differ else None


def _by_whom(placed: Sequence[Standing]) -> Code | None:
    """A party, and who works for it, are not the same, but no difference between parties."""
    if any(one.meant != other.meant for one, other in combinations(placed, 2)):
        return Code.GAP
    return Code.NUANCE if _by_choice(placed) else None


def _is_seen_otherwise(placed: Sequence[Standing], own: OwnStanding, kind: str) -> bool:
    """Whether two or more parties of other kinds have nothing in common with its own picture."""
    others = [standing for standing in placed if standing.kind != kind]
    return len(others) >= 2 and all(standing.top.isdisjoint(own.top) for standing in others)


def _by_ascription(
    placed: Sequence[Standing], own: OwnStanding | None, subject: str
) -> Code | None:
    # What a group does not ascribe is not known: only an open party can be said to lack an option.
    open_ones = [standing for standing in placed if standing.chosen is not None]
    if own is not None and own.top:
        others = [standing for standing in placed if standing.kind != subject]
        known = [standing for standing in open_ones if standing.kind != subject]
        if len(known) >= 2 and all(standing.top.isdisjoint(own.top) for standing in others):
            return Code.WIDE_GAP
    pairs = [(one, other) for one in placed for other in open_ones if one is not other]
    if any(one.top - (other.chosen or frozenset()) for one, other in pairs):
        return Code.GAP
    if any(one.top - other.top for one, other in pairs):
        return Code.NUANCE
    return None


def _hides_an_option(placed: Sequence[Standing]) -> bool:
    """Whether a group, of a multi, does not show an option that another party ascribes."""
    named = frozenset[str]().union(*(standing.top for standing in placed))
    return any(standing.chosen is None and named - standing.top for standing in placed)


def _by_distance(placed: Sequence[Standing], measure: Measure) -> Code | None:
    limits = measure.question_set.thresholds
    medians = [standing.median for standing in placed if standing.median is not None]
    steps = measures.distance(medians) or 0.0  # one party alone lies at no distance
    across = measures.straddles(medians, measure.line)
    if steps >= limits.wide_gap or (across and steps >= limits.wide_gap_across_line):
        return Code.WIDE_GAP
    if steps >= limits.gap or across:
        return Code.GAP
    return Code.NUANCE if steps > 0 else None
