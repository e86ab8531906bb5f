"""Where the parties stand on one item, as rungs below each other: text that needs no colour.

A scale is drawn whole, the highest level on top and the decision line between the levels. Of
options only those are drawn that some party stands at.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bart_tool.domain.findings import ItemFinding, Position
from bart_tool.wording.naming import Naming, upper_first


@dataclass(frozen=True, slots=True)
class Mark:
    """A party on a rung. `is_own`: it is the position that the item is about.

    `name` and `of` (`5 van 7`) are in words; `between` names the next rung up when the party
    stands halfway to it, else it is empty.
    """

    party: str
    name: str
    of: str
    is_own: bool = False
    between: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """A level or option with who stands there. `line_above`: the decision line lies above it."""

    label: str
    marks: tuple[Mark, ...]
    line_above: bool = False


def ladder(finding: ItemFinding, names: Naming) -> tuple[Rung, ...]:
    """The rungs of `finding`, from the top down; whoever has no position stands below all."""
    if finding.compared == "none":
        return ()
    drawn = _levels if finding.compared == "level" else _options
    return (*drawn(finding, names), *_without(finding, names))


def _levels(finding: ItemFinding, names: Naming) -> Iterator[Rung]:
    item = names.item(finding.item)
    line = names.question_set.line_of(item.question)
    for number in reversed(range(len(names.question_set.options(item.question)))):
        marks = []
        for position in _placed(finding):
            if position.middle is not None and position.middle[0] == number:
                low, high = position.middle
                between = names.level(item, high) if low != high else ""
                marks.append(_mark(position, finding, names, between))
        above = line is not None and number < line < number + 1
        yield Rung(upper_first(names.level(item, number)), tuple(marks), above)


def _options(finding: ItemFinding, names: Naming) -> Iterator[Rung]:
    item = names.item(finding.item)
    order = [option.id for option in names.question_set.options(item.question, item.subject)]
    named = dict.fromkeys(option for p in _placed(finding) for option in p.top)
    for option in sorted(named, key=lambda o: order.index(o) if o in order else len(order)):
        marks = (_mark(p, finding, names) for p in _placed(finding) if option in p.top)
        yield Rung(upper_first(names.option(item, option)), tuple(marks))
    none = tuple(_mark(p, finding, names) for p in _placed(finding) if not p.top)
    if none:
        yield Rung(upper_first(names.t("none of these")), none)


def _without(finding: ItemFinding, names: Naming) -> Iterator[Rung]:
    lost = [position for position in finding.positions if not position.has_position]
    unknown = tuple(_mark(p, finding, names) for p in lost if p.n)
    silent = tuple(_mark(p, finding, names) for p in lost if not p.n)
    if unknown:
        yield Rung(upper_first(names.t("doesn't know")), unknown)
    if silent:
        yield Rung(upper_first(names.t("no answer")), silent)


def _placed(finding: ItemFinding) -> tuple[Position, ...]:
    return tuple(position for position in finding.positions if position.has_position)


def _mark(position: Position, finding: ItemFinding, names: Naming, between: str = "") -> Mark:
    is_own = bool(finding.subject) and position.kind == finding.subject
    return Mark(position.party, names.party(position.party), names.of(position), is_own, between)
