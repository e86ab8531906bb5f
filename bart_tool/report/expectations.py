"""What parties expect of each other, in words: only where people were asked to guess."""

from collections.abc import Iterator

from bart_tool.domain.findings import Expectation, Findings
from bart_tool.report.document import (
    Block,
    Bullets,
    Heading,
    Line,
    Span,
    line,
    paragraph,
    said,
    strong,
)
from bart_tool.wording.finding_sentences import (
    by_urgency,
    describe_expectation,
    expectation_question,
    three_positions,
    unprinted_remarks,
)
from bart_tool.wording.labels import EXPECTATIONS, label
from bart_tool.wording.naming import Naming, upper_first


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
        yield Bullets(tuple(_line(each, names) for each in about))


def _line(found: Expectation, names: Naming) -> Line:
    spans: list[str | Span] = [
        strong(label(EXPECTATIONS, found.code, names.language) + ". "),
        f"{describe_expectation(found, names)} ",
        upper_first("; ".join(three_positions(found, names))) + ".",
    ]
    for quote in found.quotes:
        spans += [" ", said(quote)]
    told = (expectation_question(found, names), unprinted_remarks(found, names))
    spans += [f" {text}" for text in told if text]
    return line(*spans)
