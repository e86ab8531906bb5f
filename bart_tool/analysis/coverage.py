"""Coverage: for each decision, which kinds of party claim it and who sees that otherwise."""

from collections.abc import Iterator

from bart_tool.analysis.item_table import Cell, ItemTable
from bart_tool.domain.findings import Code, CoverageFinding
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
