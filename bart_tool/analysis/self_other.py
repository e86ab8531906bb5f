"""Self against others: how a kind of party sees itself, and how the others see it."""

from collections.abc import Iterator
from functools import reduce
from itertools import repeat
from operator import add

from bart_tool.analysis.item_table import Cell
from bart_tool.analysis.positions import may_open, position
from bart_tool.domain.findings import Position, SelfOther


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
