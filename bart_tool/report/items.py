"""Every item in a part of its boundary: who stands where, what was said, what others expected."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bart_tool.domain.findings import Expectation, Findings, ItemFinding, Position
from bart_tool.domain.question import BOUNDARIES
from bart_tool.report.document import (
    Block,
    Heading,
    Line,
    Span,
    Table,
    bullets,
    line,
    paragraph,
    quoted,
    soft,
    strong,
)
from bart_tool.wording.finding_sentences import (
    by_urgency,
    describe_expectation,
    expectation_question,
    three_positions,
    unprinted_remarks,
)
from bart_tool.wording.labels import BOUNDARIES as BOUNDARY_WORDS
from bart_tool.wording.labels import CODES, EXPECTATIONS, TENSES, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.notes import Note, notes


def boundary_parts(findings: Findings, names: Naming) -> Iterator[Block]:
    """The parts in the order task, authority, role, boundary, means."""
    for boundary in BOUNDARIES:
        about = [finding for finding in findings.items if finding.boundary == boundary]
        if about:
            yield Heading(2, label(BOUNDARY_WORDS, boundary, names.language))
            for _, group in groupby(about, key=lambda f: names.item(f.item).question.id):
                yield from _question(list(group), names)


def _question(about: Sequence[ItemFinding], names: Naming) -> Iterator[Block]:
    title = names.question(names.item(about[0].item))
    if title != label(BOUNDARY_WORDS, about[0].boundary, names.language):
        yield Heading(3, title)
    tenses = dict.fromkeys(label(TENSES, finding.tense, names.language) for finding in about)
    yield paragraph(soft(" / ".join(tenses)))
    if about[0].compared == "none":
        yield paragraph(names.t("Asked in own words; not compared."))
    else:
        yield _table(about, names)
    yield bullets(_line(note) for finding in about for note in notes(finding, names))


def _table(about: Sequence[ItemFinding], names: Naming) -> Table:
    t = names.t
    parties = tuple(dict.fromkeys(p.party for finding in about for p in finding.positions))
    head = (t("About"), *(names.party(party) for party in parties), t("Outcome"))
    rows = []
    for finding in about:
        item = names.item(finding.item)
        by_party = {position.party: position for position in finding.positions}
        cells = [
            _cell(by_party[party], finding, names) if party in by_party else "–"
            for party in parties
        ]
        code = label(CODES, finding.code, names.language) if finding.code else ""
        about_what = upper_first(names.about(item)) or names.t("everybody")
        rows.append((about_what, *cells, code))
    return Table(head, tuple(rows))


def _cell(position: Position, finding: ItemFinding, names: Naming) -> str:
    return names.said(names.item(finding.item), position)


def _line(note: Note) -> Line:
    if note.is_quote:
        return line(note.about, quoted(note.text))
    return line(strong(note.about), note.text) if note.about else line(note.text)


def expectation_part(findings: Findings, names: Naming) -> Iterator[Block]:
    """Per question that was guessed at, every pair of parties, the most misleading first."""
    if findings.expectations is None:
        return
    t = names.t
    yield Heading(2, t("What parties expect of each other"))
    if not findings.expectations:
        yield paragraph(t("There are too few answers to compare this."))
        return
    yield paragraph(
        t(
            "At these questions parties also guessed what another fills in. A guess that is not "
            "right is no mistake: it shows what there is to talk about. “The same” also holds for "
            "a slight difference."
        )
    )
    about_item = {each.item for each in findings.expectations}
    for item in (item.key for item in names.question_set.compared if item.key in about_item):
        yield Heading(3, names.title(names.item(item)))
        about = [each for each in by_urgency(findings) if each.item == item]
        yield bullets(_expectation(each, names) for each in about)


def _expectation(found: Expectation, names: Naming) -> Line:
    spans: list[str | Span] = [
        strong(label(EXPECTATIONS, found.code, names.language) + ". "),
        f"{describe_expectation(found, names)} ",
        upper_first("; ".join(three_positions(found, names))) + ".",
    ]
    for quote in found.quotes:
        spans += [" ", quoted(quote)]
    told = (expectation_question(found, names), unprinted_remarks(found, names))
    spans += [f" {text}" for text in told if text]
    return line(*spans)
