"""How kinds of party see themselves and each other: who claims a decision, self against others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor

from bart_tool.analysis.item_table import Cell, ItemTable
from bart_tool.analysis.positions import Standing
from bart_tool.domain.findings import Code, CoverageFinding, OwnPosition, SelfOther


def coverage(table: ItemTable) -> Iterator[CoverageFinding]:
    """One finding a decision, in the order of the set (docs/developer/method.md 4.5)."""
    for question in table.question_set.questions:
        claims_from = table.question_set.claims_from(question)
        if question.covers and question.objects and claims_from is not None:
            cells = table.of_question(question.id)
            line = table.question_set.line_of(question)
            shares_from = claims_from if line is None else floor(line) + 1
            for decision in table.question_set.objects[question.objects]:
                about = {c.item.subject: c for c in cells if c.item.object == decision}
                if about:  # a round may ask a part of the set
                    decided = Decided(about, table.kinds, claims_from, shares_from, line)
                    code, claimed_by, contested_by = decided.covered()
                    topic = f"{question.covers.topic}/{decision}"
                    yield CoverageFinding(decision, topic, code, claimed_by, contested_by)


@dataclass(frozen=True)
class Decided:
    """Who decides, as the parties see it: the cells about one decision, one a subject.

    `kinds` take part. A party claims with its own position on its own kind at `claims_from` or
    above; from `shares_from` on it decides together with others. `line`: the decision line. All in
    steps of the scale.
    """

    cells: Mapping[str, Cell]
    kinds: tuple[str, ...]
    claims_from: int
    shares_from: int
    line: float | None

    def covered(self) -> tuple[Code, tuple[str, ...], tuple[str, ...]]:
        """The code, the kinds that claim, and the parties that see one claimant below the line."""
        own = {kind: found for kind in self.cells if (found := tuple(self._own(kind)))}
        claiming = self._from(own, self.claims_from)
        if len(own) < 2:
            return Code.TOO_FEW, (), ()
        sharing = claiming or self._from(own, self.shares_from)
        least = self.claims_from if claiming else self.shares_from
        if len(sharing) >= 2 and all(self._is_seen(kind, least) for kind in sharing):
            return Code.JOINT, claiming, ()
        if len(claiming) >= 2:
            return Code.DOUBLE_CLAIM, claiming, ()
        if claiming:
            return Code.CLAIMED, claiming, tuple(self._seeing_less(claiming[0]))
        everybody = own.keys() >= set(self.kinds)
        return (Code.UNCLAIMED if everybody else Code.OPEN), (), ()

    def _own(self, kind: str) -> Iterator[Standing]:
        """The positions of the parties of `kind` on themselves."""
        return (each for each in self.cells[kind].placed if each.kind == kind)

    @staticmethod
    def _from(own: Mapping[str, tuple[Standing, ...]], level: int) -> tuple[str, ...]:
        """The kinds of which a party places itself at `level` or above."""
        return tuple(
            kind for kind, found in own.items() if any((s.median or 0) >= level for s in found)
        )

    def _is_seen(self, kind: str, level: int) -> bool:
        """Whether every party with a position sees `kind` at `level` or above."""
        return all((each.median or 0) >= level for each in self.cells[kind].placed)

    def _seeing_less(self, kind: str) -> Iterator[str]:
        for standing in self.cells[kind].placed:
            median, line = standing.median, self.line
            if standing.kind != kind and median is not None and line is not None and median < line:
                yield standing.party


def self_other(cell: Cell) -> Iterator[SelfOther]:
    """Per party of another kind: theirs beside own (docs/developer/method.md 4.5).

    On a scale the difference in steps, theirs minus own: above 0 the others see more. On a choice
    or multi the options that only the one, or only the other, names; of a group nobody can say
    what it does not name. Nothing when the subject takes no part or has no position on itself.
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
            is_set = cell.item.question.compared == "set"
            theirs = frozenset() if is_set and standing.chosen is None else own.top - standing.top
            ours = frozenset() if is_set and own.is_group else standing.top - own.top
            yield SelfOther(
                standing.party,
                only_self=cell.measure.order(theirs, subject),
                only_other=cell.measure.order(ours, subject),
            )


def own_position(cell: Cell) -> OwnPosition | None:
    """The subject's kind about itself; None when it takes no part, or has not one position."""
    if cell.own is None:
        return None
    is_group = cell.own.is_group and cell.item.question.compared == "set"
    top = cell.measure.order(cell.own.top, cell.item.subject)
    return OwnPosition(cell.own.median, top, is_group)
