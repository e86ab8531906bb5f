"""The first sheet: what to talk about in a sentence and a table, who took part, what is shared."""

from collections.abc import Iterator

from bart_tool.domain.findings import Findings
from bart_tool.report import about
from bart_tool.report.document import (
    Block,
    Heading,
    Link,
    NewPage,
    Paragraph,
    Table,
    bullets,
    line,
    linked,
    paragraph,
    soft,
    strong,
)
from bart_tool.wording.finding_sentences import (
    common,
    kept_before,
    nothing_shared,
    shared_heading,
    title,
    what_is_seen,
)
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.plain_words import on_page_one
from bart_tool.wording.questions import asked_of
from bart_tool.wording.report_sentences import (
    divided_inside,
    heading_of,
    not_of_everybody,
    to_begin_with,
    to_talk_about,
    who_counts,
)


def summary(findings: Findings, names: Naming, appendix: str) -> Iterator[Block]:
    """All that must fit on the first sheet; what follows begins a new one."""
    yield Heading(1, title(names.session, names.language))
    yield from _opening(findings, names)
    yield from _topics(findings, names)
    yield from _elsewhere(findings, names, appendix)
    yield from _shared(findings, names)
    yield from about.for_whom(names, appendix)
    if findings.page_one:
        yield NewPage()


def _opening(findings: Findings, names: Naming) -> Iterator[Block]:
    t = names.t
    talk, first = to_talk_about(findings, names), to_begin_with(findings, names)
    no_mistake = soft(t("A difference is not a mistake; it is something to talk about."))
    if first:
        yield paragraph(talk, t(" Begin with "), strong(first), ". ", no_mistake)
    else:
        yield paragraph(talk, " ", no_mistake)
    if not any(party.answered for party in findings.parties):
        yield paragraph(
            t("There are no answers to show. This is what the report looks like once there are.")
        )
    yield from (paragraph(said) for said in who_counts(findings, names))
    explained = on_page_one(findings, names)
    yield paragraph(soft(" ".join(f"{word}: {meant}" for word, meant in explained)))
    kept = dict.fromkeys(
        position.party
        for finding in findings.items
        for position in finding.positions
        if position.kept_from is not None
    )
    if kept:
        yield paragraph(kept_before(kept, names))


def _topics(findings: Findings, names: Naming) -> Iterator[Block]:
    """A row a topic, which leads to its part."""
    t, topics = names.t, findings.page_one
    yield Table(
        (t("What it is about"), t("What you see")),
        tuple(
            (
                f"{number} {upper_first(names.called(topic.key, topic.items))}",
                what_is_seen(topic, findings, names),
            )
            for number, topic in enumerate(topics, start=1)
        ),
        tuple(Link(heading_of(n, topic, names)) for n, topic in enumerate(topics, start=1)),
    )


def _shared(findings: Findings, names: Naming) -> Iterator[Block]:
    """What is seen the same, at most what page one holds: a talk begins well with shared ground."""
    if not findings.shared_list:
        if findings.page_one:  # else the first sentence says already that nothing is compared
            yield paragraph(nothing_shared(findings, names))
        return
    yield Heading(2, shared_heading(findings, names))
    chosen = [findings.by_key[key] for key in findings.shared_list]
    yield bullets(
        line(
            asked_of(names.question_set, names.item(f.item), names.language),
            " ",
            strong(common(f, names)),
        )
        for f in chosen
    )


def _elsewhere(findings: Findings, names: Naming, appendix: str) -> Iterator[Block]:
    """How much is not known or divided, and where that stands."""
    t = names.t
    unknown, divided = len(not_of_everybody(findings)), len(divided_inside(findings))
    if unknown:
        said = t.plural(
            "At {number} question we do not know of every party how it sees it.",
            "At {number} questions we do not know of every party how it sees it.",
            unknown,
        )
        yield _counted(said, t("What we do not know"), names, appendix)
    if divided:
        said = t.plural(
            "At {number} question the answers inside a party are divided.",
            "At {number} questions the answers inside a party are divided.",
            divided,
        )
        yield _counted(said, t("Differences inside a party"), names, appendix)


def _counted(said: str, heading: str, names: Naming, appendix: str) -> Paragraph:
    if not appendix:
        return paragraph(said)
    called = names.t("Appendix: {title}", title=heading)
    return paragraph(said, " ", linked(called, heading, appendix))
