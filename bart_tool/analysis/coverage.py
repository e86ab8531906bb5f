"""How kinds of party see themselves and each other: who claims a decision, self against others."""

from collections.abc import Iterator
from functools import reduce
from itertools import repeat
from operator import add

from bart_tool.analysis.item_table import Cell, ItemTable
from bart_tool.analysis.positions import may_open, position
from bart_tool.domain.findings import Code, CoverageFinding, Position, SelfOther
from bart_tool.domain.question import Coverage


def coverage(table: ItemTable) -> Iterator[CoverageFinding]:
    """One finding a decision, in the order of the set (docs/developer/method.md 4.5)."""
    for question in table.question_set.questions:
        claim = table.question_set.claims_from(question)
        if question.covers and question.objects and claim is not None:
            cells = table.of_question(question.id)
            for decision in table.question_set.objects[question.objects]:
                about = [cell for cell in cells if cell.item.object == decision]
                if about:  # a round may ask a part of the set
                    yield of_decision(decision, about, question.covers, claim)


def of_decision(
    decision: str, cells: list[Cell], rule: Coverage, claims_from: float
) -> CoverageFinding:
    """Who covers one decision, from the cells about it, one a subject.

    A kind claims the decision when its own position on itself is at least `claims_from` steps.
    One claimant is contested by the parties of other kinds that see it below the decision line.
    """
    topic = f"{rule.topic}/{decision}"
    own = {cell.item.subject: cell for cell in cells if cell.own is not None}
    if not own:
        return CoverageFinding(decision, topic, Code.TOO_FEW)
    claiming = [
        subject
        for subject, cell in own.items()
        if cell.own and cell.own.median is not None and cell.own.median >= claims_from
    ]
    if not claiming:
        return CoverageFinding(decision, topic, Code.UNCLAIMED)
    if len(claiming) >= 2:
        return CoverageFinding(decision, topic, Code.DOUBLE_CLAIM, tuple(claiming))
    contested = tuple(_seeing_less(own[claiming[0]]))
    return CoverageFinding(decision, topic, Code.CLAIMED, tuple(claiming), contested)


def _seeing_less(cell: Cell) -> Iterator[str]:
    line = cell.measure.line
    if line is None:
        return
    for standing in cell.placed:
        below = standing.median is not None and standing.median < line
        if below and standing.kind != cell.item.subject:
            yield standing.party


def self_other(cell: Cell) -> Iterator[SelfOther]:
    """Per party of another kind: theirs beside own (docs/developer/method.md 4.5).

    On a scale the difference in steps, theirs minus own: above 0 the others see more. On a choice
    or multi the options that only the one, or only the other, names. Nothing when the subject
    takes no part or has no position on itself.
    """
    own = cell.own
    if own is None or cell.item.question.compared in ("none", "pointing"):
        return
    subject = cell.item.subject
    for standing in cell.placed:
        if standing.kind == subject:
            continue
        if own.median is not None and standing.median is not None:
            yield SelfOther(standing.party, difference=standing.median - own.median)
        else:
            yield SelfOther(
                standing.party,
                only_self=cell.measure.order(own.top - standing.top, subject),
                only_other=cell.measure.order(standing.top - own.top, subject),
            )


def own_position(cell: Cell, k: int) -> Position | None:
    """The subject's kind about itself as a report may show it; None when it takes no part.

    Its counts are open only when those of each of its parties are: else the whole minus the open
    ones would give the closed one.
    """
    if cell.own is None:
        return None
    tallies = [cell.tallies[view.party] for view in cell.own_views]
    return position(
        cell.own,
        reduce(add, tallies),
        cell.measure,
        cell.item.subject,
        invited=sum(view.invited for view in cell.own_views),
        open_counts=all(map(may_open, cell.own_views, tallies, repeat(k))),
    )
