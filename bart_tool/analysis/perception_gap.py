"""How far each party's picture of a position lies from that position's picture of itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bart_tool.domain.answer import OTHER
from bart_tool.domain.findings import Findings, ItemFinding
from bart_tool.domain.question import BOUNDARIES, Boundary
from bart_tool.domain.question_set import Thresholds

Unit = Literal["steps", "options"]


@dataclass(frozen=True, slots=True)
class PerceptionGap:
    """One party's look at one position, over all the items of a boundary that both answered.

    On scales `apart` is the mean number of steps between the two, `more` and `less` on how many
    items the party sees more or less than the position itself. On options `apart` is how many
    only one of the two names, out of `named` that at least one does.
    """

    party: str
    subject: str
    items: int
    apart: float
    named: int = 0
    more: int = 0
    less: int = 0


@dataclass(frozen=True)
class GapTable:
    """All looks on one boundary, measured in one way. `parties` look, `subjects` are looked at."""

    boundary: Boundary
    measure: Unit
    parties: tuple[str, ...]
    subjects: tuple[str, ...]
    kinds: tuple[tuple[str, str], ...]  # party -> kind
    gaps: tuple[PerceptionGap, ...]

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], PerceptionGap]:
        return {(gap.party, gap.subject): gap for gap in self.gaps}

    def at(self, party: str, subject: str) -> PerceptionGap | None:
        """How `party` looks at `subject`, if it does."""
        return self._by_place.get((party, subject))

    def is_own(self, party: str, subject: str) -> bool:
        """Whether that would be its look at itself."""
        return (party, subject) in self.kinds


def views(findings: Findings) -> tuple[GapTable, ...]:
    """The looks per boundary, for the boundaries in which positions see themselves and others."""
    measures: tuple[Unit, ...] = ("steps", "options")
    found = (_view(each, measure, findings) for each in BOUNDARIES for measure in measures)
    return tuple(view for view in found if view.gaps)


def step_of(gap: PerceptionGap, measure: Unit, limits: Thresholds) -> int:
    """How far apart in four steps, from 0 (the same) to 3 (far apart)."""
    if not gap.apart:
        return 0
    if measure == "steps":
        return 1 if gap.apart < 1 else 2 if gap.apart < limits.gap else 3
    share = gap.apart / gap.named
    return 1 if share <= 1 / 3 else 2 if share <= 2 / 3 else 3


def _view(boundary: Boundary, measure: Unit, findings: Findings) -> GapTable:
    about = [
        finding
        for finding in findings.items
        if finding.boundary == boundary
        and finding.own is not None
        and not finding.own.is_group
        and finding.compared != "none"
        and (finding.compared == "level") == (measure == "steps")
    ]
    shown = [party for party in findings.parties if party.visibility != "withheld"]
    subjects = tuple(dict.fromkeys(finding.subject for finding in about))
    gaps = [
        gap
        for party in shown
        for subject in subjects
        if party.kind != subject
        for gap in _gaze(party.party, [f for f in about if f.subject == subject], measure)
    ]
    looking = {gap.party for gap in gaps} | {p.party for p in shown if p.kind in subjects}
    return GapTable(
        boundary,
        measure,
        tuple(party.party for party in shown if party.party in looking),
        subjects,
        tuple((party.party, party.kind) for party in shown),
        tuple(gaps),
    )


def _gaze(party: str, about: Sequence[ItemFinding], measure: Unit) -> Iterator[PerceptionGap]:
    pairs = [
        (finding.own, position)
        for finding in about
        for position in finding.positions
        if finding.own is not None
        and position.party == party
        and position.has_position
        and not (measure == "options" and position.is_group)  # what it does not name is not known
    ]
    if not pairs:
        return
    subject = about[0].subject
    if measure == "steps":
        differences = [
            theirs.median - own.median
            for own, theirs in pairs
            if own.median is not None and theirs.median is not None
        ]
        if differences:
            yield PerceptionGap(
                party,
                subject,
                len(differences),
                sum(map(abs, differences)) / len(differences),
                more=sum(each > 0 for each in differences),
                less=sum(each < 0 for each in differences),
            )
        return
    named = [(_named(own.top, subject), _named(theirs.top, party)) for own, theirs in pairs]
    yield PerceptionGap(
        party,
        subject,
        len(named),
        sum(len(own ^ theirs) for own, theirs in named),
        named=sum(len(own | theirs) for own, theirs in named),
    )


def _named(top: Sequence[str], party: str) -> frozenset[str]:
    """What `party` names; what it says in own words is never the same as another's."""
    return frozenset(f"{OTHER}@{party}" if option == OTHER else option for option in top)
