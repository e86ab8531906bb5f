"""The topics of page one, each a part with its picture and question, and what to do with them."""

from collections.abc import Iterator, Sequence

from bart_tool.domain.findings import Findings, Topic
from bart_tool.domain.question import BOUNDARIES
from bart_tool.report.document import (
    Block,
    Heading,
    Span,
    bullets,
    line,
    linked,
    paragraph,
    strong,
)
from bart_tool.report.figures import topic_matrix
from bart_tool.wording.finding_sentences import question_for, what_is_seen
from bart_tool.wording.labels import BOUNDARIES as BOUNDARY_WORDS
from bart_tool.wording.labels import CODES, label
from bart_tool.wording.naming import Naming
from bart_tool.wording.report_sentences import formally, heading_of, if_it_tips

PICTURED = 4  # topics with their picture in the report; the others have theirs in the appendix


def parts(findings: Findings, names: Naming, appendix: str) -> Iterator[Block]:
    """A part a topic: what is seen, what is laid down, and one question."""
    t = names.t
    for number, topic in enumerate(findings.page_one, start=1):
        yield Heading(2, heading_of(number, topic, names))
        tips = if_it_tips(topic, findings, names)
        yield paragraph(strong(what_is_seen(topic, findings, names)), f" {tips}")
        drawn = topic_matrix.drawn(topic, findings, names) if number <= PICTURED else None
        if drawn is not None:
            yield drawn
        laid_down = formally(topic.items, findings, names)
        if laid_down:
            yield paragraph(strong(t("Formally: ")), laid_down)
        yield paragraph(strong(t("To talk about: ")), question_for(topic, findings, names))
        if appendix:
            yield paragraph(
                t("More about this, in the appendix: "), *_where(topic, findings, names, appendix)
            )


def _where(topic: Topic, findings: Findings, names: Naming, appendix: str) -> Iterator[str | Span]:
    """The parts of the appendix in which the topic's items stand."""
    about = {findings.by_key[key].boundary for key in topic.items}
    for number, boundary in enumerate(each for each in BOUNDARIES if each in about):
        called = label(BOUNDARY_WORDS, boundary, names.language)
        if number:
            yield ", "
        yield linked(called, called, appendix)


def what_now(findings: Findings, names: Naming) -> Iterator[Block]:
    """What to do with the topics, where there are any."""
    t = names.t
    if not findings.page_one:
        return
    yield Heading(2, t("And now"))
    yield bullets(
        (
            line(t("Choose together what you will settle: at most six points.")),
            line(
                t(
                    "Ask of each point: is it clear, do you agree, is it kept? Look up where it "
                    "stands, and who may settle it."
                )
            ),
            line(t("Write down what you agree, who sees to it, and when you look back.")),
        ),
        numbered=True,
    )


def more_pictures(findings: Findings, names: Naming) -> Iterator[Block]:
    """The pictures of the topics that stand in the report without theirs."""
    drawn = [
        (heading_of(number, topic, names), topic_matrix.drawn(topic, findings, names))
        for number, topic in enumerate(findings.page_one, start=1)
        if number > PICTURED
    ]
    shown = [(heading, figure) for heading, figure in drawn if figure is not None]
    if shown:
        yield Heading(2, names.t("More pictures"))
    for heading, figure in shown:
        yield Heading(3, heading)
        yield figure


def further_topics(findings: Findings, names: Naming) -> Iterator[Block]:
    """The topics that found no place on page one, by their outcome."""
    further = [topic for topic in findings.agenda if topic not in findings.page_one]
    if not further:
        return
    yield Heading(2, names.t("Further topics"))
    yield bullets(
        line(
            strong(label(CODES, code, names.language) + ": "),
            _called([topic for topic in further if topic.code is code], names),
        )
        for code in dict.fromkeys(topic.code for topic in further)
    )


def _called(topics: Sequence[Topic], names: Naming) -> str:
    return "; ".join(names.topic(topic.key, topic.items) for topic in topics)
