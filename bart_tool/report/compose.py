"""Findings to documents: what a wijk-MT reads, and the appendix with everything else."""

from collections.abc import Iterator, Sequence

from bart_tool.domain.agreement import Agreement
from bart_tool.domain.base import Language
from bart_tool.domain.findings import Findings
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.report import about, items, page_one, points
from bart_tool.report.agreements_page import report_part
from bart_tool.report.document import Block, Document, Heading, bullets, line, linked, paragraph
from bart_tool.wording.finding_sentences import title
from bart_tool.wording.naming import Naming
from bart_tool.wording.translation import words


def report(
    findings: Findings,
    question_set: QuestionSet,
    session: Session,
    language: Language,
    appendix: str = "",
) -> Document:
    """What to talk about, on three sheets. `question_set` is the session's own.

    `appendix`: the name of the document with everything else, empty where there is none.
    """
    names = Naming(question_set, session, language)
    return Document(
        (
            *page_one.summary(findings, names, appendix),
            *points.parts(findings, names, appendix),
            *points.what_now(findings, names),
        )
    )


def appendix(
    findings: Findings,
    question_set: QuestionSet,
    session: Session,
    language: Language,
    agreements: Sequence[Agreement] = (),
    known: QuestionSet | None = None,
) -> Document:
    """Everything that the report stands on, each item once.

    `known` also holds what this round does not ask, but an agreement may be about.
    """
    names = Naming(question_set, session, language)
    agreed = Naming(known or question_set, session, language)
    parts = tuple(_parts(findings, agreements, names, agreed))
    return Document((*_opening(parts, names), *parts))


def appendix_title(session: Session, language: Language) -> str:
    """What the appendix is called."""
    t = words(language)
    return t("Appendix: {title}", title=title(session, language))


def _parts(
    findings: Findings, agreements: Sequence[Agreement], names: Naming, agreed: Naming
) -> Iterator[Block]:
    yield from items.boundary_parts(findings, names)
    yield from points.more_pictures(findings, names)
    yield from points.further_topics(findings, names)
    yield from about.patterns(findings, names)
    yield from items.expectation_part(findings, names)
    yield from report_part(agreements, agreed)
    yield from about.inside_parties(findings, names)
    yield from about.not_known(findings, names)
    yield from items.own_words(findings, names)
    yield from about.words_of_the_work(names)
    yield from about.how_it_was_made(findings, names)
    yield from about.who_may_read(names)


def _opening(parts: Sequence[Block], names: Naming) -> Iterator[Block]:
    """The title, how to read a table, and where everything stands."""
    t = names.t
    yield Heading(1, appendix_title(names.session, names.language))
    yield paragraph(
        t(
            "Every question stands here once, with what can be told of each party. “(4 of 6)” "
            "means: four of the six people of that party who gave an answer. A difference is not "
            "a mistake."
        )
    )
    headings = [block for block in parts if isinstance(block, Heading) and block.level == 2]
    yield bullets(line(linked(heading.text, heading.text)) for heading in headings)
