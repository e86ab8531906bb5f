"""The report's pictures as rows of text: who said what in blocks, and the row of a looker."""

from collections.abc import Iterator

from bart_tool.analysis.perception_gap import views
from bart_tool.domain.answer import DONT_KNOW
from bart_tool.domain.findings import Findings, ItemFinding, Position
from bart_tool.tui.text import GAP, Part, Row, heading, plain
from bart_tool.wording.labels import ANSWERS, BOUNDARIES, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.pictures import describe_gap
from bart_tool.wording.translation import Words

BLOCK = "■"
MOST_BLOCKS = 12  # in one row; the number behind them says the rest


def who_said_what(finding: ItemFinding, names: Naming, t: Words) -> Iterator[Row]:
    """Per party how many gave each answer, a block a person; where there is more than one."""
    several = [p for p in finding.positions if p.n > 1 and p.counts]
    if not several or finding.compared == "none":
        return
    yield GAP
    yield heading(t("Who said what"))
    for position in several:
        yield Row("", plain(upper_first(names.party(position.party))))
        for answer, people in _answers(position, finding, names):
            lead = (Part(f"  {BLOCK * min(people, MOST_BLOCKS)} {people} "),)
            yield Row("", plain(answer), lead=lead)


def _answers(position: Position, finding: ItemFinding, names: Naming) -> Iterator[tuple[str, int]]:
    item = names.item(finding.item)
    for option, people in (position.counts or {}).items():
        if people:
            yield names.option(item, option), people
    if position.dont_know:
        yield label(ANSWERS, DONT_KNOW, names.language), position.dont_know


def how_far(party: str, findings: Findings, names: Naming, t: Words) -> Iterator[Row]:
    """The row of `party` in the perception maps: how far it looks from each own picture."""
    rows = [
        Row(
            "",
            plain(
                t(
                    "{boundary}, at {subject}: {apart}",
                    boundary=label(BOUNDARIES, view.boundary, names.language),
                    subject=names.text(names.question_set.named(gap.subject).in_sentence),
                    apart=describe_gap(gap, t),
                )
            ),
            lead=(Part("- "),),
        )
        for view in views(findings)
        for gap in view.gaps
        if gap.party == party
    ]
    if rows:
        yield GAP
        yield heading(t("How far from the others' own picture"))
        yield from rows
