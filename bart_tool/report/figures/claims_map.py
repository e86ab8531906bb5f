"""The decisions as a map of claims: who says of itself that it decides, and who sees that too."""

from collections.abc import Iterator

from bart_tool.domain.findings import Code, CoverageFinding, Findings, ItemFinding
from bart_tool.report.document import Block, Figure
from bart_tool.report.figures import drawing
from bart_tool.report.figures.drawing import MARGIN, SMALL, WIDTH
from bart_tool.wording.finding_sentences import covering
from bart_tool.wording.labels import CODES, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.pictures import (
    claim_of,
    describe_claims,
    is_answered,
    line_of,
    own_place,
    with_a_say,
)
from bart_tool.wording.translation import Words
from bart_tool.wording.translation import words as catalogue

NAMES, CELL, ROW = 126, 86, 84


def pictures(findings: Findings, names: Naming) -> Iterator[Block]:
    """The one map, where somebody answered about a decision."""
    rows = [
        (covered, {finding.subject: finding for finding in covering(covered, findings, names)})
        for covered in findings.coverage
    ]
    rows = [(covered, about) for covered, about in rows if _is_seen(about)]
    if rows:
        yield drawn(rows, names, catalogue(names.language))


def _is_seen(about: dict[str, ItemFinding]) -> bool:
    return any(map(is_answered, about.values()))


def drawn(
    rows: list[tuple[CoverageFinding, dict[str, ItemFinding]]], names: Naming, t: Words
) -> Figure:
    """The map: a row a decision, a column a position."""
    subjects = tuple(dict.fromkeys(subject for _, about in rows for subject in about))
    wide = max(WIDTH, 2 * MARGIN + NAMES + CELL * len(subjects))
    title = t("Who says: we decide here")
    told = " ".join(describe_claims(covered, about, names, t) for covered, about in rows)
    parts = [drawing.text(MARGIN, 20, title, "title"), *_legend(t)]
    for place, subject in enumerate(subjects):
        middle = MARGIN + NAMES + CELL * (place + 0.5)
        said = names.text(names.question_set.named(subject).label)
        parts.append(
            drawing.lines(middle, 100, drawing.wrapped(said, CELL - 4, SMALL, 1), "strong middle")
        )
    top = 108.0
    for covered, about in rows:
        parts.append(drawing.line(MARGIN, top, wide - MARGIN, top, "rule"))
        parts += _named(covered, about, top, names, t)
        for place, subject in enumerate(subjects):
            if subject in about:
                middle = MARGIN + NAMES + CELL * (place + 0.5)
                parts += _cell(about[subject], middle, top, names, t)
        top += ROW
    return Figure("claims", told, drawing.picture("claims", title, told, top + 6, parts, wide))


def _named(
    covered: CoverageFinding, about: dict[str, ItemFinding], top: float, names: Naming, t: Words
) -> Iterator[str]:
    decision = upper_first(names.object(names.item(next(iter(about.values())).item)))
    said = drawing.wrapped(decision, NAMES - 6, drawing.USUAL, 2)
    yield drawing.lines(MARGIN, top + 18, said, "strong")
    below = top + 18 + drawing.LINE * len(said)
    says = [label(CODES, covered.code, names.language)]
    if covered.contested_by:
        says.append(t("not all see it so"))
    settled = covered.code is Code.CLAIMED and not covered.contested_by
    fitting = [each for say in says for each in drawing.wrapped(say, NAMES - 6, SMALL, 2)]
    yield drawing.lines(MARGIN, below, fitting, "dim small" if settled else "small")


def _cell(
    finding: ItemFinding, middle: float, top: float, names: Naming, t: Words
) -> Iterator[str]:
    own = finding.own
    y = top + 13
    if own is None or own.median is None:
        yield drawing.text(middle, y + 4, "–", "dim middle")
    elif own.median >= claim_of(finding, names):
        yield drawing.rect(middle - 8, y - 7, 16, 14, "own", 2)
    elif own.median > line_of(finding, names):
        yield drawing.rect(middle - 8, y - 7, 16, 14, "other", 2)
        yield drawing.rect(middle - 8, y, 16, 7, "own")
    else:
        yield drawing.rect(middle - 8, y - 7, 16, 14, "other", 2)
    below = top + 34
    if own is not None:
        says = drawing.wrapped(own_place(finding, names), CELL, SMALL, 3)
        yield drawing.lines(middle, below, says, "small middle")
        below += drawing.LINE * len(says)
    with_say, asked = with_a_say(finding, names)
    if asked:
        seen = t("{n} of {all}", n=with_say, all=asked)
        yield drawing.text(middle, below, seen, "dim small middle")


def _legend(t: Words) -> Iterator[str]:
    yield drawing.rect(MARGIN, 30, 16, 14, "own", 2)
    yield drawing.text(MARGIN + 22, 41, t("decides"), "small")
    yield drawing.rect(MARGIN + 90, 30, 16, 14, "other", 2)
    yield drawing.rect(MARGIN + 90, 37, 16, 7, "own")
    yield drawing.text(MARGIN + 112, 41, t("has a say"), "small")
    yield drawing.rect(MARGIN + 200, 30, 16, 14, "other", 2)
    yield drawing.text(MARGIN + 222, 41, t("no say"), "small")
    says = t("Each position about itself. Below it: by how many others it decides or has a say.")
    yield drawing.lines(
        MARGIN, 62, drawing.wrapped(says, WIDTH - 2 * MARGIN, SMALL, 2), "dim small"
    )
