"""The perception map: rows who looks, columns at whom, and how far from its own picture."""

from collections.abc import Iterator

from bart_tool.analysis.perception_gap import GapTable, PerceptionGap, step_of, views
from bart_tool.domain.findings import Findings
from bart_tool.report.document import Block, Figure, Heading, Table, paragraph
from bart_tool.report.figures import drawing
from bart_tool.report.figures.drawing import MARGIN, SMALL, WIDTH
from bart_tool.wording.labels import BOUNDARIES, label
from bart_tool.wording.naming import Naming
from bart_tool.wording.pictures import describe_gap
from bart_tool.wording.translation import N_, Words
from bart_tool.wording.translation import words as catalogue

NAMES, CELL, ROW = 118, 78, 52
# What each of the four fills stands for, on scales and on options.
STEPS = {
    "steps": (N_("the same"), N_("less than 1 step"), N_("1 to 2 steps"), N_("2 steps or more")),
    "options": (N_("the same"), N_("a third at most"), N_("a third to two thirds"), N_("more")),
}


def part(findings: Findings, names: Naming) -> Iterator[Block]:
    """The part of the report with a map and a table per boundary."""
    t = catalogue(names.language)
    found = views(findings)
    if not found:
        return
    yield Heading(2, t("How far from each other's own picture"))
    yield paragraph(
        t(
            "Each row is a party that looks, each column a position that it looks at. The cell "
            "says how far its picture lies from how that position sees itself."
        )
    )
    for view in found:
        yield Heading(3, label(BOUNDARIES, view.boundary, names.language))
        yield drawn(view, names)
        yield _table(view, names, t)


def _table(view: GapTable, names: Naming, t: Words) -> Table:
    head = (t("Who looks"), *(_at_whom(subject, names, t) for subject in view.subjects))
    rows = tuple(
        (names.party(party), *(_cell(view, party, subject, t) for subject in view.subjects))
        for party in view.parties
    )
    return Table(head, rows)


def _at_whom(subject: str, names: Naming, t: Words) -> str:
    return t("at {subject}", subject=names.text(names.question_set.named(subject).in_sentence))


def _cell(view: GapTable, party: str, subject: str, t: Words) -> str:
    gap = view.at(party, subject)
    if gap is not None:
        return describe_gap(gap, t)
    return t("own picture") if view.is_own(party, subject) else "–"


def drawn(view: GapTable, names: Naming) -> Figure:
    """The map of one boundary."""
    t = catalogue(names.language)
    boundary = label(BOUNDARIES, view.boundary, names.language)
    title = t("Perception map: {boundary}", boundary=boundary)
    name = f"perception-{view.boundary}-{view.measure}"
    told = "; ".join(
        t(
            "{party} {at}: {apart}",
            party=names.party(gap.party),
            at=_at_whom(gap.subject, names, t),
            apart=describe_gap(gap, t),
        )
        for gap in view.gaps
    )
    told = f"{title}. {t(_measured(view))} {told}."
    wide = max(WIDTH, 2 * MARGIN + NAMES + CELL * len(view.subjects))
    parts = [*_head(view, title, names, t, wide)]
    top = 96.0
    for party in view.parties:
        parts += _row(view, party, top, names, t)
        top += ROW
    parts += _legend(view, top + 10, t)
    low = 74 if view.measure == "steps" else 54  # the legend
    return Figure(name, told, drawing.picture(name, title, told, top + low, parts, wide))


def _measured(view: GapTable) -> str:
    if view.measure == "steps":
        return N_("The number is the mean of steps between the two, over all questions.")
    return N_("The number says how many answers only one of the two gives, of all they give.")


def _head(view: GapTable, title: str, names: Naming, t: Words, wide: float) -> Iterator[str]:
    yield drawing.text(MARGIN, 20, title, "title")
    measured = drawing.wrapped(t(_measured(view)), wide - 2 * MARGIN, SMALL, 2)
    yield drawing.lines(MARGIN, 38, measured, "dim small")
    yield drawing.text(MARGIN, 88, t("who looks ↓   at whom →"), "dim small")
    for place, subject in enumerate(view.subjects):
        middle = MARGIN + NAMES + CELL * (place + 0.5)
        said = names.text(names.question_set.named(subject).label)
        fitting = drawing.wrapped(said, CELL - 4, SMALL, 2)
        yield drawing.lines(
            middle, 88 - drawing.LINE * (len(fitting) - 1), fitting, "strong small middle"
        )


def _row(view: GapTable, party: str, top: float, names: Naming, t: Words) -> Iterator[str]:
    said = drawing.wrapped(names.party(party), NAMES - 8, SMALL, 3)
    first = top + ROW / 2 + 4 - drawing.LINE * (len(said) - 1) / 2
    yield drawing.lines(MARGIN, first, said, "small")
    for place, subject in enumerate(view.subjects):
        left = MARGIN + NAMES + CELL * place
        middle = left + CELL / 2
        gap = view.at(party, subject)
        if gap is None:
            yield drawing.rect(left + 1, top + 1, CELL - 2, ROW - 2, "none", 4)
            own = view.is_own(party, subject)
            if own:
                yield drawing.own_mark(middle, top + 18)
            says = t("own picture") if own else "–"
            yield drawing.text(middle, top + (42 if own else 30), says, "dim small middle")
            continue
        step = step_of(gap, view.measure, names.question_set.thresholds)
        yield drawing.rect(left + 1, top + 1, CELL - 2, ROW - 2, f"step-{step}", 4)
        yield _dots(left + 9, top + 11, step)
        yield from _numbers(gap, middle, top, t)


def _numbers(gap: PerceptionGap, middle: float, top: float, t: Words) -> Iterator[str]:
    if gap.named:
        many = t("{n} of {all}", n=t.number(gap.apart), all=gap.named)
        yield drawing.text(middle, top + 27, many, "strong middle")
        yield drawing.text(middle, top + 42, t("differ"), "small middle")
        return
    yield drawing.text(middle, top + 27, t.number(round(gap.apart, 1)), "strong middle")
    if gap.more:
        yield drawing.up(middle + (-8 if gap.less else 0), top + 39)
    if gap.less:
        yield drawing.down(middle + (8 if gap.more else 0), top + 39)


def _dots(x: float, y: float, step: int) -> str:
    """The step as dots, for who cannot tell the fills apart."""
    return "".join(drawing.rect(x + 8 * n - 2, y - 2, 4, 4, "dot") for n in range(step))


def _legend(view: GapTable, top: float, t: Words) -> Iterator[str]:
    for step, says in enumerate(STEPS[view.measure]):
        x, y = MARGIN + 196 * (step % 2), top + 20 * (step // 2)
        yield drawing.rect(x, y, 24, 14, f"step-{step}", 2)
        yield _dots(x + 4, y + 7, step)
        yield drawing.text(x + 30, y + 11, t(says), "small")
    if view.measure == "steps":
        yield drawing.up(MARGIN + 6, top + 48)
        yield drawing.text(MARGIN + 30, top + 52, t("sees more than the position itself"), "small")
        yield drawing.down(MARGIN + 6 + 196, top + 48)
        yield drawing.text(MARGIN + 30 + 196, top + 52, t("sees less"), "small")
