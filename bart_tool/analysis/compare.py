"""Two rounds side by side: what moved, closer or further, and what was agreed and is kept.

How far parties stand apart is compared over the same parties: those with a position in both
rounds. Else a party that stayed away would bring the others closer. The codes are those of the
two reports, so that nobody reads here what their own report does not say.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import assert_never

from bart_tool.analysis import measures
from bart_tool.domain.agreement import Agreement, about
from bart_tool.domain.answer import OTHER
from bart_tool.domain.findings import (
    AgreementMove,
    AgreementOutcome,
    BoundaryMoves,
    Comparison,
    Findings,
    ItemFinding,
    ItemMove,
    Move,
    PartyFinding,
    PartyMove,
    Position,
)
from bart_tool.domain.question import BOUNDARIES, Compared

_YES = 2.0  # the highest level of the scale on which agreements are looked at


def compare(
    then: Findings,
    now: Findings,
    agreements: Sequence[Agreement],
    touched: Mapping[str, Sequence[str]],
) -> Comparison:
    """What is different in `now`, a later round than `then`.

    `touched`: agreement id -> the items its topic is about. Agreements that were made after the
    later round are left out.
    """
    moved = [
        _item(finding, now.by_key[finding.item])
        for finding in then.items
        if finding.code is not None and finding.item in now.by_key
    ]
    items = tuple(sorted(moved, key=lambda move: BOUNDARIES.index(move.boundary)))
    made_before = [each for each in agreements if each.round < now.round]
    return Comparison(
        session=now.session,
        rounds=(then.round, now.round),
        parties=tuple(_parties(then.parties, now.parties)),
        items=items,
        boundaries=tuple(_boundaries(items)),
        agreements=tuple(
            _agreement(each, now, [m for m in items if m.item in touched.get(each.id, ())])
            for each in made_before
        ),
    )


def said_of(finding: ItemFinding | None) -> AgreementOutcome:
    """What the parties say of an agreement, from the item that asks it.

    Yes when every party with a position stands at yes, no when each stands at no; one party at
    yes and another at no is neither: they see it differently.
    """
    if finding is None:
        return AgreementOutcome.NOT_ASKED
    medians = [p.median for p in finding.positions if p.median is not None]
    if not medians:
        return AgreementOutcome.NO_ANSWER
    if max(medians) - min(medians) >= _YES:
        return AgreementOutcome.DIFFERS
    if min(medians) >= _YES:
        return AgreementOutcome.YES
    return AgreementOutcome.NO if not max(medians) else AgreementOutcome.PARTLY


def _parties(then: Sequence[PartyFinding], now: Sequence[PartyFinding]) -> Iterator[PartyMove]:
    before = {party.party: party for party in then}
    after = {party.party: party for party in now}
    for name in dict.fromkeys((*before, *after)):
        known = after.get(name) or before[name]
        yield PartyMove(name, known.kind, before.get(name), after.get(name))


def _item(then: ItemFinding, now: ItemFinding) -> ItemMove:
    before = {p.party: p for p in then.positions if p.has_position}
    after = {p.party: p for p in now.positions if p.has_position}
    both = tuple(party for party in before if party in after)
    apart = [
        how_far_apart(now.compared, [positions[party] for party in both])
        for positions in (before, after)
    ]
    return ItemMove(
        item=now.item,
        boundary=now.boundary,
        then=then,
        now=now,
        parties=both,
        apart_then=apart[0],
        apart_now=apart[1],
        move=_move(*apart),
    )


def _move(then: float | None, now: float | None) -> Move:
    if then is None or now is None:
        return Move.NOT_COMPARED
    if then == now:
        return Move.SAME
    return Move.CLOSER if now < then else Move.FURTHER


def how_far_apart(compared: Compared, positions: Sequence[Position]) -> float | None:
    """How far parties stand apart, by how the item is compared; None with fewer than two of them.

    *level*: the steps between the highest and the lowest. *choice*, *pointing*: how many pairs
    name something else. *set*: summed over the pairs, the options that only one of the two sees;
    None beside a group, of which nobody can say what it does not see.
    """
    if len(positions) < 2:
        return None
    pairs = combinations([_top(position) for position in positions], 2)
    match compared:
        case "level":
            return measures.distance(p.median for p in positions if p.median is not None)
        case "choice" | "pointing":
            return float(sum(one != other for one, other in pairs))
        case "set":
            if any(position.is_group for position in positions):
                return None
            return float(sum(len(one ^ other) for one, other in pairs))
        case "none":
            return None
    assert_never(compared)


def _top(position: Position) -> frozenset[str]:
    """What a party names. *Something else* is never the same as another party's."""
    return frozenset(
        f"{OTHER}@{position.party}" if option == OTHER else option for option in position.top
    )


def _boundaries(items: Sequence[ItemMove]) -> Iterator[BoundaryMoves]:
    for boundary in BOUNDARIES:
        went = tuple(item.move for item in items if item.boundary == boundary)
        if went:
            yield BoundaryMoves(boundary, went)


def _agreement(agreement: Agreement, now: Findings, items: Sequence[ItemMove]) -> AgreementMove:
    kept = now.by_key.get(about(agreement.id, "kept"))
    right = now.by_key.get(about(agreement.id, "right"))
    return AgreementMove(
        agreement=agreement,
        kept=said_of(kept),
        right=said_of(right),
        kept_by=kept.positions if kept else (),
        right_by=right.positions if right else (),
        items=tuple(items),
    )
