"""The ladder picture of a decision: who may do what in it, by itself and in the eyes of others."""

from collections.abc import Iterator, Sequence

from bart_tool.domain.findings import CoverageFinding, Findings, ItemFinding
from bart_tool.report.document import Block, Figure
from bart_tool.report.figures import drawing, rungs
from bart_tool.report.figures.drawing import MARGIN
from bart_tool.wording.finding_sentences import covering
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.pictures import describe_places
from bart_tool.wording.translation import Words
from bart_tool.wording.translation import words as catalogue

BEFORE, HEAD = 88.0, 24.0  # above the rows of a subject


def pictures(findings: Findings, names: Naming) -> Iterator[Block]:
    """A picture a decision, where somebody answered."""
    t = catalogue(names.language)
    for covered in findings.coverage:
        about = [f for f in covering(covered, findings, names) if any(p.n for p in f.positions)]
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
        *rungs.ends(about[0], 60, names),
    ]
    top = BEFORE
    for finding in about:
        says = t("About {subject}", subject=_the(finding, names))
        parts.append(drawing.line(MARGIN, top - 2, drawing.WIDTH - MARGIN, top - 2, "rule"))
        parts.append(drawing.text(MARGIN, top + 15, says, "strong"))
        parts += rungs.rows(finding, top + HEAD, names, t)
        top += HEAD + rungs.high(finding) + 6
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
    x = rungs.place_of(line, finding, names)
    yield drawing.text(x - 5, y, t("no say"), "dim small end")
    yield drawing.text(x + 5, y, t("a say"), "dim small")
