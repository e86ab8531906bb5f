"""Findings to document: what the report says, in which order."""

from collections.abc import Iterator, Sequence

from bart_tool.domain.agreement import Agreement
from bart_tool.domain.base import Language
from bart_tool.domain.findings import Code, Findings
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.report import about, page_one, tables
from bart_tool.report.agreements_page import report_part
from bart_tool.report.document import (
    Block,
    Document,
    Heading,
    NewPage,
    bullets,
    line,
    paragraph,
    strong,
)
from bart_tool.report.figures import topic_matrix
from bart_tool.report.items import boundary_parts, expectation_part
from bart_tool.wording.finding_sentences import describe_pattern, pattern_question, pattern_title
from bart_tool.wording.labels import CODES, label
from bart_tool.wording.naming import Naming, upper_first


def compose(
    findings: Findings,
    question_set: QuestionSet,
    session: Session,
    language: Language,
    agreements: Sequence[Agreement] = (),
    known: QuestionSet | None = None,
) -> Document:
    """The whole report. `question_set` is the session's own, its decisions included.

    `known` also holds what this round does not ask, but an agreement may be about.
    """
    names = Naming(question_set, session, language)
    agreed = report_part(agreements, Naming(known or question_set, session, language))
    return Document(tuple(_blocks(findings, agreed, names)))


def _blocks(findings: Findings, agreed: Iterator[Block], names: Naming) -> Iterator[Block]:
    yield from about.opening(findings, names)
    yield from page_one.who_took_part(findings, names)
    yield from page_one.in_short(findings, names)
    yield from page_one.seen_the_same(findings, names)
    yield NewPage()
    yield from page_one.differences(findings, names)
    drawn = (topic_matrix.drawn(topic, findings, names) for topic in findings.page_one)
    yield from filter(None, drawn)
    yield from agreed
    yield from tables.positions_table(findings, names)
    yield from tables.decisions_table(findings, names)
    yield from _pattern_part(findings, names)
    yield from expectation_part(findings, names)
    yield from about.inside_parties(findings, names)
    yield from about.not_known(findings, names)
    yield from _further_topics(findings, names)
    yield from boundary_parts(findings, names)
    yield from about.how_it_was_made(findings, names)
    yield from about.who_may_read(names)


def _further_topics(findings: Findings, names: Naming) -> Iterator[Block]:
    """The topics that found no place on page one, by their outcome."""
    further = [topic for topic in findings.agenda if topic not in findings.page_one]
    if not further:
        return
    yield Heading(2, names.t("Further differences"))
    by_code: dict[Code, list[str]] = {}
    for topic in further:
        by_code.setdefault(topic.code, []).append(names.topic(topic.key, topic.items))
    yield bullets(
        line(strong(label(CODES, code, names.language) + ": "), "; ".join(titles))
        for code, titles in by_code.items()
    )


def _pattern_part(findings: Findings, names: Naming) -> Iterator[Block]:
    """The patterns that the answers show, as questions."""
    t = names.t
    yield Heading(2, t("What this may point at"))
    if not findings.patterns:
        yield paragraph(t("The answers show none of the patterns that are looked for."))
        return
    yield paragraph(
        t("These are suspicions, not conclusions. They are about positions, not about people.")
    )
    yield bullets(
        line(
            strong(pattern_title(found, names) + ". "),
            upper_first(describe_pattern(found, names)),
            " ",
            pattern_question(found, names),
        )
        for found in findings.patterns
    )
