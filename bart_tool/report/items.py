"""Every item once: a row of its boundary's table, what was written with it, what was expected."""

from collections.abc import Iterator, Sequence

from bart_tool.domain.findings import Expectation, Findings, ItemFinding
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
    strong,
)
from bart_tool.wording.coverage_sentences import covering, is_coverage, outcome
from bart_tool.wording.finding_sentences import (
    by_urgency,
    describe_expectation,
    expectation_question,
    three_positions,
    unprinted_remarks,
)
from bart_tool.wording.labels import BOUNDARIES as BOUNDARY_WORDS
from bart_tool.wording.labels import CODES, EXPECTATIONS, label
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.notes import flagged
from bart_tool.wording.questions import asked_of

NOT_ASKED = "–"


def boundary_parts(findings: Findings, names: Naming) -> Iterator[Block]:
    """The parts in the order task, authority, role, boundary, means."""
    for boundary in BOUNDARIES:
        about = [f for f in findings.items if f.boundary == boundary and f.compared != "none"]
        if about:
            yield Heading(2, label(BOUNDARY_WORDS, boundary, names.language))
            yield from _table(about, names)
            if any(is_coverage(finding, names) for finding in about):
                yield from _decisions(findings, names)
            yield from _said_and_done(about, names)


def _table(about: Sequence[ItemFinding], names: Naming) -> Iterator[Block]:
    """A row an item, and under the table the notes that its last column names by number."""
    t, numbers = names.t, dict[str, int]()
    parties = tuple(dict.fromkeys(p.party for finding in about for p in finding.positions))
    rows = []
    for finding in about:
        item = names.item(finding.item)
        said = {each.party: names.said(item, each) for each in finding.positions}
        marks = sorted(
            numbers.setdefault(text, len(numbers) + 1) for text in flagged(finding, names)
        )
        rows.append(
            (
                asked_of(names.question_set, item, names.language),
                *(said.get(party, NOT_ASKED) for party in parties),
                _outcome(finding, marks, names),
            )
        )
    head = (t("Question"), *(names.party(party) for party in parties), t("Outcome"))
    yield Table(head, tuple(rows))
    yield bullets((line(text) for text in numbers), numbered=True)


def _outcome(finding: ItemFinding, marks: Sequence[int], names: Naming) -> str:
    """The code in words, and the numbers of the notes that go with it."""
    code = label(CODES, finding.code, names.language) if finding.code else ""
    if not marks:
        return code
    numbers = ", ".join(map(str, marks))
    noted = names.t.plural("note {marks}", "notes {marks}", len(marks), marks=numbers)
    return f"{code}; {noted}"


def _decisions(findings: Findings, names: Naming) -> Iterator[Block]:
    """Who covers a decision, as far as the answers tell."""
    t = names.t
    if not findings.coverage:
        return
    yield Heading(3, t("Who says: we decide"))
    rows = []
    for covered in findings.coverage:
        first = names.item(covering(covered, findings, names)[0].item)
        rows.append((upper_first(names.object(first)), outcome(covered, findings, names)))
    yield Table((t("Decision"), t("Outcome")), tuple(rows))


def _said_and_done(about: Sequence[ItemFinding], names: Naming) -> Iterator[Block]:
    """What each party says is laid down beside what it says is done, where both are asked.

    Two items belong together that ask of the same subject and object on the same scale.
    """
    t, laid_down = names.t, dict[tuple[str, ...], ItemFinding]()
    pairs = []
    for finding in about:
        if finding.compared == "level":
            options = names.question_set.options(names.item(finding.item).question)
            key = (finding.subject, finding.object, *(option.id for option in options))
            if finding.tense == "formal" and is_coverage(finding, names):
                laid_down[key] = finding
            elif finding.tense == "practice" and key in laid_down:
                pairs.append((laid_down[key], finding))
    if not pairs:
        return
    parties = tuple(dict.fromkeys(each.party for _, done in pairs for each in done.positions))
    yield Heading(3, t("On paper, and in practice"))
    yield paragraph(
        t(
            "Before the arrow: what is allowed by the agreements. Behind it: what is done. "
            "Without an arrow they are the same."
        )
    )
    rows = []
    for pair in pairs:
        item = names.item(pair[1].item)
        said, done = ({p.party: names.position(item, p) for p in each.positions} for each in pair)
        cells = (
            done[party] if said.get(party) == done[party] else f"{said[party]} → {done[party]}"
            for party in parties
        )
        rows.append((upper_first(names.about(item)), *cells))
    yield Table((t("About"), *(names.party(party) for party in parties)), tuple(rows))


def own_words(findings: Findings, names: Naming) -> Iterator[Block]:
    """What people wrote and let be printed; of the rest how much there is."""
    t = names.t
    remarks = sum(finding.remarks for finding in findings.items)
    lines = [each for finding in findings.items for each in _quotes(finding, names)]
    asked = [finding for finding in findings.items if finding.compared == "none"]
    if not lines and not remarks and not asked:
        return
    yield Heading(2, t("In their own words"))
    for finding in asked:
        yield paragraph(
            strong(asked_of(names.question_set, names.item(finding.item), names.language))
        )
        yield bullets(
            line(f"{names.party(quote.party)}: ", quoted(quote.text)) for quote in finding.quotes
        )
        if not finding.quotes:
            yield paragraph(t("Nothing that may be printed."))
    if lines:
        yield paragraph(strong(t("With other questions:")))
        yield bullets(lines)
    if remarks:
        yield paragraph(
            t.plural(
                "{number} remark may not be printed.",
                "{number} remarks may not be printed.",
                remarks,
            )
        )


def _quotes(finding: ItemFinding, names: Naming) -> Iterator[Line]:
    """What was written with a question that has its row in a table."""
    if finding.compared != "none":
        title = names.title(names.item(finding.item))
        for quote in finding.quotes:
            yield line(f"{title} – {names.party(quote.party)}: ", quoted(quote.text))


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
