"""The report in a dozen lines, for a terminal."""

from collections.abc import Iterator

from bart_tool.domain.base import Language
from bart_tool.domain.findings import Findings
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.report.about import title
from bart_tool.report.page_one import shared_heading, three_shared, what_is_seen
from bart_tool.wording.naming import Naming


def summary(
    findings: Findings, question_set: QuestionSet, session: Session, language: Language
) -> Iterator[str]:
    """Who took part, the first differences and what is shared, a line each."""
    names = Naming(question_set, session, language)
    t = names.t
    yield title(session, language)
    shown = [party for party in findings.parties if party.visibility != "withheld"]
    yield ", ".join(
        t(
            "{party}: {answered} of {invited}",
            party=names.party(party.party),
            answered=party.answered,
            invited=party.invited,
        )
        for party in shown
    )
    yield ""
    yield t("The differences to talk about")
    for number, topic in enumerate(findings.agenda[: question_set.thresholds.page_one], start=1):
        seen = what_is_seen(topic, findings, names)
        yield f"  {number}. {names.topic(topic.key, topic.items)}: {seen}"
    if not findings.agenda:
        yield "  -"
    yield ""
    yield shared_heading(findings, names)
    for finding in three_shared(findings):
        yield f"  - {names.title(names.item(finding.item))}"
