"""Ladders: where each party stands on a scale, a row a party; and a picture of every decision."""

from collections.abc import Iterator, Sequence

from bart_tool.domain.findings import CoverageFinding, Findings, ItemFinding, Position
from bart_tool.report.document import Block, Figure
from bart_tool.report.figures import drawing
from bart_tool.report.figures.drawing import MARGIN, SMALL, WIDTH
from bart_tool.wording.finding_sentences import covering
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.pictures import describe_places, is_answered, is_own, reach
from bart_tool.wording.translation import Words
from bart_tool.wording.translation import words as catalogue

BEFORE, HEAD = 88.0, 24.0  # above the rows of a subject


def pictures(findings: Findings, names: Naming) -> Iterator[Block]:
    """A picture a decision, where somebody answered."""
    t = catalogue(names.language)
    for covered in findings.coverage:
        about = [f for f in covering(covered, findings, names) if is_answered(f)]
        if about:
            yield drawn(covered, about, names, t)


def drawn(
    covered: CoverageFinding, about: Sequence[ItemFinding], names: Naming, t: Words
) -> Figure:
    """The picture of one decision, a block a subject."""
    decision = upper_first(names.object(names.item(about[0].item)))
    name = f"ladder-{covered.decision}"
    told = " ".join(
        t("About {subject}: {told}.", subject=_the(f, names), told=describe_places(f, names, t))
        for f in about
    )
    parts = [
        drawing.lines(
            MARGIN,
            20,
            drawing.wrapped(decision, drawing.WIDTH - 2 * MARGIN, drawing.TITLE, 1),
            "title",
        ),
        *_legend(t),
        *ends(about[0], 60, names),
    ]
    top = BEFORE
    for finding in about:
        says = t("About {subject}", subject=_the(finding, names))
        parts.append(drawing.line(MARGIN, top - 2, drawing.WIDTH - MARGIN, top - 2, "rule"))
        parts.append(drawing.text(MARGIN, top + 15, says, "strong"))
        parts += rows(finding, top + HEAD, names, t)
        top += HEAD + high(finding) + 6
    parts += _at_the_line(about[0], top + 8, names, t)
    return Figure(
        name, f"{decision}. {told}", drawing.picture(name, decision, told, top + 16, parts)
    )


def _the(finding: ItemFinding, names: Naming) -> str:
    return names.text(names.question_set.named(finding.subject).in_sentence)


def _legend(t: Words) -> Iterator[str]:
    yield drawing.own_mark(MARGIN + 7, 36, 6)
    yield drawing.text(MARGIN + 18, 40, t("itself"), "small")
    yield drawing.other_mark(MARGIN + 84, 36, 5)
    yield drawing.text(MARGIN + 94, 40, t("another"), "small")
    yield drawing.line(MARGIN + 164, 36, MARGIN + 186, 36, "reach")
    yield drawing.text(MARGIN + 194, 40, t("low to high; digits: people"), "small")


def _at_the_line(finding: ItemFinding, y: float, names: Naming, t: Words) -> Iterator[str]:
    """What lies on either side of the decision line."""
    line = names.question_set.line_of(names.item(finding.item).question)
    if line is None:
        return
    x = place_of(line, finding, names)
    yield drawing.text(x - 5, y, t("no say"), "dim small end")
    yield drawing.text(x + 5, y, t("a say"), "dim small")


NAMES, ROW = 132, 58
LEFT, RIGHT = MARGIN + NAMES + 14, WIDTH - MARGIN - 14


def _heads(position: Position, own: bool, names: Naming, t: Words) -> str:
    party = names.party(position.party)
    return t("itself: {party}", party=party) if own else party


def rows(finding: ItemFinding, top: float, names: Naming, t: Words) -> Iterator[str]:
    """A row a party; the position itself first, apart from the others."""
    own = [p for p in finding.positions if is_own(p, finding)]
    others = [p for p in finding.positions if not is_own(p, finding)]
    line = names.question_set.line_of(names.item(finding.item).question)
    if line is not None:
        x = place_of(line, finding, names)
        yield drawing.line(x, top - 4, x, top + high(finding), "decision")
    for position in (*own, *others):
        yield from _row(position, finding, top, names, t)
        top += ROW


def high(finding: ItemFinding) -> float:
    """How high the rows are together."""
    return float(ROW * len(finding.positions))


def ends(finding: ItemFinding, top: float, names: Naming) -> Iterator[str]:
    """What the two ends of the scale are called, above the rows."""
    item = names.item(finding.item)
    last = _steps(finding, names)
    room = (RIGHT - LEFT) / 2
    low = drawing.wrapped(names.level(item, 0), room, SMALL, 2)
    top_level = drawing.wrapped(names.level(item, last), room, SMALL, 2)
    yield drawing.lines(LEFT - 10, top, low, "dim small")
    yield drawing.lines(RIGHT + 10, top, top_level, "dim small end")


def _steps(finding: ItemFinding, names: Naming) -> int:
    return len(names.question_set.options(names.item(finding.item).question)) - 1


def place_of(step: float, finding: ItemFinding, names: Naming) -> float:
    """Where a step of the scale is drawn."""
    return LEFT + (RIGHT - LEFT) * step / max(_steps(finding, names), 1)


def _track(finding: ItemFinding, y: float, names: Naming) -> Iterator[str]:
    yield drawing.line(LEFT, y, RIGHT, y, "track")
    for step in range(_steps(finding, names) + 1):
        x = place_of(step, finding, names)
        yield drawing.line(x, y - 5, x, y + 5, "rung")


def _row(
    position: Position, finding: ItemFinding, top: float, names: Naming, t: Words
) -> Iterator[str]:
    own = is_own(position, finding)
    said: Sequence[str] = drawing.wrapped(_heads(position, own, names, t), NAMES, SMALL, 3)
    yield drawing.lines(MARGIN, top + 14, said, "strong small" if own else "small")
    y = top + 20
    yield from _track(finding, y, names)
    where = _where(position, finding, names)
    if position.median is None:
        yield drawing.text(LEFT - 10, top + 44, where, "dim small halo")
        return
    reaches = reach(position, finding, names)
    if reaches is not None and reaches.low != reaches.high:
        low, far = (place_of(step, finding, names) for step in (reaches.low, reaches.high))
        yield drawing.line(low, y, far, y, "reach")
    yield from _people(position, finding, y, names)
    mark = drawing.own_mark if own else drawing.other_mark
    yield mark(place_of(position.median, finding, names), y)
    yield drawing.text(LEFT - 10, top + 44, where, "small halo")


def _where(position: Position, finding: ItemFinding, names: Naming) -> str:
    """Where a party stands, with how many said so where these are open."""
    said = names.said(names.item(finding.item), position)
    return drawing.wrapped(said, RIGHT - LEFT + 24, SMALL, 1)[0]


def _people(position: Position, finding: ItemFinding, y: float, names: Naming) -> Iterator[str]:
    """How many chose each level, above it, where more than one person answered."""
    scale = names.question_set.scale_of(names.item(finding.item).question)
    if position.counts is None or (position.n or 0) < 2 or scale is None:
        return
    for level, people in position.counts.items():
        if people:
            x = place_of(scale.number(level), finding, names)
            yield drawing.text(x, y - 9, str(people), "dim small middle halo")
