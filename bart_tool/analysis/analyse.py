"""From picture to findings: the one function that everything after the merge stands on."""

from collections.abc import Iterator, Sequence

from bart_tool.analysis import agenda, flags, measures
from bart_tool.analysis.codes import main_code
from bart_tool.analysis.coorientation import coorientation
from bart_tool.analysis.coverage import coverage, own_position, self_other
from bart_tool.analysis.item_table import Cell, ItemTable, lay_out, remarks
from bart_tool.analysis.pattern_rules import patterns
from bart_tool.analysis.positions import Standing, as_shown
from bart_tool.disclosure.shown_before import EarlierShown
from bart_tool.disclosure.visibility import PartySheets, party_findings, views
from bart_tool.domain.answer import Picture
from bart_tool.domain.findings import Code, Expectation, Findings, ItemFinding, Position
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session


def analyse(
    question_set: QuestionSet,
    session: Session,
    picture: Picture,
    *,
    held_back: frozenset[str] = frozenset(),
    not_counted: frozenset[str] = frozenset(),
    beside: EarlierShown | None = None,
) -> Findings:
    """Compare the parties' pictures on every item of the set (docs/developer/method.md 4.5 and 5).

    `question_set` is the session's own, its decisions included. `held_back` names parties to
    withhold because their answers would show beside an earlier report, `not_counted` those whose
    people may not be counted for the same reason, `beside` what may not stand beside an earlier
    round. The findings hold only what may be shown, and are the same whatever
    order the sheets came in.
    """
    shown = views(session, picture, held_back, not_counted)
    cells = lay_out(question_set, shown, session.k, beside or EarlierShown())
    codes = {
        key: main_code(cell.standings, cell.measure, question_set.thresholds)
        for key, cell in cells.items()
    }
    kinds = tuple(dict.fromkeys(party.kind for party in session.parties))
    table = ItemTable(question_set, cells, codes, kinds)
    items = tuple(_item_finding(cell, table, session) for cell in cells.values())
    covered = tuple(coverage(table))
    topics = [
        (agenda.topic_of(cell.item), finding)
        for cell, finding in zip(cells.values(), items, strict=True)
    ]
    return Findings(
        session=session.session,
        round=session.round,
        question_set=question_set.id,
        parties=party_findings(session, picture, shown),
        items=items,
        coverage=covered,
        patterns=tuple(patterns(table)),
        agenda=agenda.agenda(topics, covered, session.starred),
        shared=tuple(finding.item for finding in items if finding.code is Code.SHARED),
        by_key={finding.item: finding for finding in items},
        expectations=_expectations(table, shown, session.k, beside or EarlierShown()),
    )


def _expectations(
    table: ItemTable, shown: Sequence[PartySheets], k: int, beside: EarlierShown
) -> tuple[Expectation, ...] | None:
    asked, guesses = table.question_set, table.question_set.guesses
    if not guesses:
        return None
    guessed = lay_out(asked, shown, k, beside, [asked.by_key[guess.key] for guess in guesses])
    return tuple(coorientation(guesses, table.cells, guessed, asked.thresholds, k))


def _item_finding(cell: Cell, table: ItemTable, session: Session) -> ItemFinding:
    item = cell.item
    quotes, silent = remarks(item, cell.written)
    return ItemFinding(
        item=item.key,
        boundary=item.question.boundary,
        type=item.question.type,
        compared=item.question.compared,
        tense=item.tense,
        subject=item.subject,
        object=item.object,
        code=table.codes[item.key],
        distance=_distance(cell),
        flags=_flags(cell, table, session),
        positions=tuple(_positions(cell, session.k)),
        self_other=tuple(self_other(cell)),
        own=own_position(cell, session.k),
        quotes=quotes,
        remarks=silent,
    )


def _positions(cell: Cell, k: int) -> Iterator[Position]:
    for view, standing in zip(cell.views, cell.standings, strict=True):
        yield as_shown(view, standing, cell.tallies[view.party], cell.measure, cell.item.subject, k)


def _distance(cell: Cell) -> float | None:
    return measures.distance(s.median for s in cell.placed if s.median is not None)


def _flags(cell: Cell, table: ItemTable, session: Session) -> tuple[str, ...]:
    thresholds, code = table.question_set.thresholds, table.codes[cell.item.key]

    def code_of(standings: Sequence[Standing]) -> Code | None:
        return main_code(standings, cell.measure, thresholds)

    found: list[str] = []
    for view in cell.views:
        tally = cell.tallies[view.party]
        found += flags.divided(view.party, tally, cell.measure, thresholds)
        found += flags.small(view, tally, thresholds)
    found += flags.tips(code, cell.standings, cell.tallies, cell.measure, code_of)
    found += flags.certainty(code, cell.standings, cell.tallies)
    if cell.item.question.compared == "set":
        found += flags.formal_differs(cell.standings, cell.tallies)
    found += flags.differs_from_source(
        session.sources.get(cell.item.key), cell.standings, cell.measure
    )
    return tuple(sorted(found))
