"""The pictures as text: the ladder with who stands where, and what each figure shows, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from bart_tool.analysis.perception_gap import PerceptionGap
from bart_tool.domain.answer import DONT_KNOW
from bart_tool.domain.findings import CoverageFinding, ItemFinding, Position
from bart_tool.wording.finding_sentences import outcome
from bart_tool.wording.labels import ANSWERS, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import N_, Words


@dataclass(frozen=True, slots=True)
class Reach:
    """The lowest and the highest level that somebody of a party chose, as numbers from 0."""

    low: int
    high: int


def reach(position: Position, finding: ItemFinding, names: Naming) -> Reach | None:
    """How far a party's answers reach; None where its counts are closed, or nobody chose."""
    scale = names.question_set.scale_of(names.item(finding.item).question)
    if position.counts is None or scale is None:
        return None
    chosen = [scale.number(level) for level, people in position.counts.items() if people]
    return Reach(min(chosen), max(chosen)) if chosen else None


def describe_place(position: Position, finding: ItemFinding, names: Naming, t: Words) -> str:
    """A party's place in words: `adviseert (van geen rol tot beslist; 5 van 7)`."""
    item = names.item(finding.item)
    reaches = reach(position, finding, names)
    said = []
    if reaches is not None and reaches.low != reaches.high:
        low, high = names.level(item, reaches.low), names.level(item, reaches.high)
        said.append(t("from {low} to {high}", low=low, high=high))
    said.append(names.of(position))
    return f"{names.position(item, position)} ({'; '.join(said)})"


def describe_places(finding: ItemFinding, names: Naming, t: Words) -> str:
    """Every party's place in words, in one sentence."""
    return "; ".join(
        t(
            "{party}: {place}",
            party=_who(p, finding, names, t),
            place=describe_place(p, finding, names, t),
        )
        for p in finding.positions
    )


def _who(position: Position, finding: ItemFinding, names: Naming, t: Words) -> str:
    party = names.party(position.party)
    return t("{party} (itself)", party=party) if is_own(position, finding) else party


def is_own(position: Position, finding: ItemFinding) -> bool:
    """Whether it is the position that the item is about."""
    return bool(finding.subject) and position.kind == finding.subject


def describe_claims(
    covered: CoverageFinding, about: dict[str, ItemFinding], names: Naming, t: Words
) -> str:
    """Who says of itself that it decides, who sees a say for it, and what comes of that.

    It stands on the coverage of one decision and `about`, its items by subject.
    """
    first = next(iter(about.values()))
    seen = "; ".join(_describe_claim(finding, names, t) for finding in about.values())
    return t(
        "{decision}: {seen}. Outcome: {outcome}.",
        decision=upper_first(names.object(names.item(first.item))),
        seen=seen,
        outcome=outcome(covered, names),
    )


def _describe_claim(finding: ItemFinding, names: Naming, t: Words) -> str:
    the = names.text(names.question_set.named(finding.subject).in_sentence)
    own = names.position(names.item(finding.item), finding.own) if finding.own else "–"
    with_say, asked = with_a_say(finding, names)
    return t(
        "{subject} about itself: {own}, a say by {n} of {all} others",
        subject=the,
        own=own,
        n=with_say,
        all=asked,
    )


def with_a_say(finding: ItemFinding, names: Naming) -> tuple[int, int]:
    """How many other parties see a say for the subject, out of those with a position."""
    line = line_of(finding, names)
    medians = [
        p.median for p in finding.positions if p.kind != finding.subject and p.median is not None
    ]
    return sum(median > line for median in medians), len(medians)


def line_of(finding: ItemFinding, names: Naming) -> float:
    """The decision line; on a scale without one, the level from which a position claims."""
    line = names.question_set.line_of(names.item(finding.item).question)
    return claim_of(finding, names) - 0.5 if line is None else line


def claim_of(finding: ItemFinding, names: Naming) -> float:
    """The level from which a position claims the decision, in steps from 0."""
    claim = names.question_set.claims_from(names.item(finding.item).question)
    assert claim is not None  # the map is of decisions
    return claim


def describe_item(finding: ItemFinding, names: Naming, t: Words, many: bool) -> str:
    """What every party said on an item. `many`: it is one of several, so its object is named."""
    said = "; ".join(
        t("{party}: {said}", party=names.party(p.party), said=describe_counts(p, finding, names))
        for p in finding.positions
        if p.n
    )
    if not many:
        return f"{said}."
    return f"{upper_first(names.object(names.item(finding.item)))}: {said}."


def describe_counts(position: Position, finding: ItemFinding, names: Naming) -> str:
    """What the people of a party said, with how many.

    Where its counts are closed it says only where the party stands.
    """
    item = names.item(finding.item)
    if position.counts is None:
        return f"{names.position(item, position)} ({names.of(position)})"
    said = [f"{names.option(item, option)} {n}" for option, n in position.counts.items() if n]
    if position.dont_know:
        said.append(f"{label(ANSWERS, DONT_KNOW, names.language)} {position.dont_know}")
    return ", ".join(said) or names.position(item, position)


def describe_gap(gap: PerceptionGap, t: Words) -> str:
    """How far apart, in a few words: `1,4 treden; ziet minder`."""
    if gap.named:
        return t("{n} of {all} differ", n=t.number(gap.apart), all=gap.named)
    if not gap.apart:
        return t("the same")
    far = round(gap.apart, 1)
    apart = t.plural("{n} step", "{n} steps", 1 if far == 1 else 2, n=t.number(far))
    return f"{apart}; {t(_direction(gap))}"


def _direction(gap: PerceptionGap) -> str:
    if gap.more and gap.less:
        return N_("sees more and less")
    return N_("sees more") if gap.more else N_("sees less")


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
