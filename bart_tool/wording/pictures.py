"""The pictures as text: the ladder with who stands where, and what each figure shows, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from bart_tool.analysis.perception_gap import PerceptionGap
from bart_tool.domain.findings import CoverageFinding, ItemFinding, Position
from bart_tool.wording.finding_sentences import outcome
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


def describe_place(position: Position, finding: ItemFinding, names: Naming) -> str:
    """What a party's people said, with how many said so; of a group where it stands."""
    return names.said(names.item(finding.item), position)


def describe_places(finding: ItemFinding, names: Naming, t: Words) -> str:
    """Every party's place in words, in one sentence."""
    return "; ".join(
        t(
            "{party}: {place}",
            party=_who(p, finding, names, t),
            place=describe_place(p, finding, names),
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
    own = own_place(finding, names)
    with_say, asked = with_a_say(finding, names)
    return t(
        "{subject} about itself: {own}, a say by {n} of {all} others",
        subject=the,
        own=own,
        n=with_say,
        all=asked,
    )


def is_answered(finding: ItemFinding) -> bool:
    """Whether there is anything to draw: some party is known to have answered."""
    return any(position.standing not in ("closed", "none") for position in finding.positions)


def own_place(finding: ItemFinding, names: Naming) -> str:
    """Where the subject's kind places itself; a dash where it has not one position."""
    if finding.own is None:
        return "–"
    return names.stands_at(names.item(finding.item), finding.own.median, finding.own.top)


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
        t("{party}: {said}", party=names.party(p.party), said=describe_place(p, finding, names))
        for p in finding.positions
        if p.standing != "none"
    )
    if not many:
        return f"{said}."
    return f"{upper_first(names.object(names.item(finding.item)))}: {said}."


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

    `name` is in words, `said` what its people said, with how many; `between` names the next rung up
    when the party stands halfway to it, else it is empty.
    """

    party: str
    name: str
    said: str
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
            if position.levels is not None and position.levels[0] == number:
                low, high = position.levels
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
    """A rung for each reason why a party has no position to show."""
    for standing in ("divided", "unknown", "closed", "none"):
        without = [each for each in finding.positions if each.standing == standing]
        if without:
            why = upper_first(names.position(names.item(finding.item), without[0]))
            yield Rung(why, tuple(_mark(each, finding, names) for each in without))


def _placed(finding: ItemFinding) -> tuple[Position, ...]:
    return tuple(position for position in finding.positions if position.has_position)


def _mark(position: Position, finding: ItemFinding, names: Naming, between: str = "") -> Mark:
    is_own = bool(finding.subject) and position.kind == finding.subject
    said = names.said(names.item(finding.item), position)
    return Mark(position.party, names.party(position.party), said, is_own, between)
