"""From the published view to findings: everything that is said after closing stands on this."""

from collections.abc import Iterator, Sequence

from bart_tool.analysis import agenda, flags, measures
from bart_tool.analysis.codes import main_code
from bart_tool.analysis.coorientation import coorientation
from bart_tool.analysis.coverage import coverage, own_position, self_other
from bart_tool.analysis.item_table import Cell, ItemTable, lay_out
from bart_tool.analysis.pattern_rules import patterns
from bart_tool.analysis.positions import Standing, position
from bart_tool.disclosure.view import OpenAnswers, PublishedView
from bart_tool.domain.findings import Code, Expectation, Findings, ItemFinding, Position, Quote
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session


def analyse(question_set: QuestionSet, session: Session, view: PublishedView) -> Findings:
    """Compare the parties' pictures on every item of the set (docs/developer/method.md 4.5).

    `question_set` is the session's own, its decisions included. Nothing is known here but the
    view, so the findings hold only what may be shown.
    """
    cells = lay_out(question_set, view)
    codes = {
        key: main_code(cell.standings, cell.measure, cell.item.subject)
        for key, cell in cells.items()
    }
    kinds = tuple(dict.fromkeys(party.kind for party in session.parties))
    table = ItemTable(question_set, cells, codes, kinds)
    items = tuple(_item_finding(cell, table, session) for cell in cells.values())
    by_key = {finding.item: finding for finding in items}
    covered = tuple(coverage(table))
    topics = [
        (agenda.topic_of(cell.item), finding)
        for cell, finding in zip(cells.values(), items, strict=True)
    ]
    listed = agenda.agenda(topics, covered, session.starred)
    of_one_mind = {key: cell.of_one_mind for key, cell in cells.items()}
    limits = question_set.thresholds
    return Findings(
        session=session.session,
        round=session.round,
        question_set=question_set.id,
        parties=view.parties,
        items=items,
        coverage=covered,
        patterns=tuple(patterns(table)),
        agenda=listed,
        page_one=agenda.page_one(listed, by_key, limits),
        shared=tuple(finding.item for finding in items if finding.code is Code.SHARED),
        shared_list=agenda.shared_list(items, of_one_mind, limits),
        by_key=by_key,
        expectations=_expectations(table, view),
    )


def _expectations(table: ItemTable, view: PublishedView) -> tuple[Expectation, ...] | None:
    asked, guesses = table.question_set, table.question_set.guesses
    if not guesses:
        return None
    guessed = lay_out(asked, view, [asked.by_key[guess.key] for guess in guesses])
    return tuple(coorientation(guesses, table.cells, guessed, asked.thresholds))


def _item_finding(cell: Cell, table: ItemTable, session: Session) -> ItemFinding:
    item, code = cell.item, table.codes[cell.item.key]
    words = {p: each for p, each in cell.answers.items() if isinstance(each, OpenAnswers)}
    return ItemFinding(
        item=item.key,
        boundary=item.question.boundary,
        type=item.question.type,
        compared=item.question.compared,
        tense=item.tense,
        subject=item.subject,
        object=item.object,
        code=code,
        distance=_distance(cell, code),
        flags=_flags(cell, code, session),
        positions=tuple(_positions(cell)),
        self_other=tuple(self_other(cell)),
        own=own_position(cell),
        quotes=tuple(Quote(party, text) for party, each in words.items() for text in each.quotes),
        remarks=sum(each.remarks for each in words.values()),
    )


def _positions(cell: Cell) -> Iterator[Position]:
    for party, standing in zip(cell.parties, cell.standings, strict=True):
        answers = cell.answers[party.party]
        yield position(party, standing, answers, cell.measure, cell.item.subject)


def _distance(cell: Cell, code: Code | None) -> float | None:
    """Steps between the outermost positions; None where the item is not compared."""
    if code in (Code.TOO_FEW, Code.NOT_ASSIGNED, Code.UNKNOWN):
        return None
    return measures.distance(s.median for s in cell.placed if s.median is not None)


def _flags(cell: Cell, code: Code | None, session: Session) -> tuple[str, ...]:
    def code_of(standings: Sequence[Standing]) -> Code | None:
        return main_code(standings, cell.measure, cell.item.subject)

    found = [
        *flags.divided(cell),
        *flags.minority(cell),
        *flags.small(cell),
        *flags.tips(code, cell, code_of),
        *flags.how_sure(code, cell),
        *(flags.formal_differs(cell) if cell.item.question.compared == "set" else ()),
        *flags.differs_from_source(session.sources.get(cell.item.key), cell),
    ]
    return tuple(sorted(found))
