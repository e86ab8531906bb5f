"""Discussing: the agenda with the topics that were chosen from it, kept between two visits."""

from dataclasses import dataclass

from bart_tool.domain.discussion import Discussion
from bart_tool.domain.findings import Findings, Topic
from bart_tool.errors import BadData, Problem
from bart_tool.workflow.findings import empty, findings
from bart_tool.workflow.open_session import OpenSession


@dataclass(frozen=True)
class Discussing:
    """What the parties sit around: the findings, and which topics they talk about.

    `fingerprint` is what saving the discussion asks for; None when there is none yet.
    `problems`: why an earlier discussion could not be read, and was put aside.
    """

    opened: OpenSession
    findings: Findings
    discussion: Discussion
    fingerprint: str | None
    problems: tuple[Problem, ...] = ()


def lay_table(opened: OpenSession) -> Discussing:
    """The findings, and the topics that were chosen before as far as they are on the agenda.

    A discussion of an earlier round makes place for this one's. One that cannot be read is put
    aside and named: a meeting does not wait for a file. Raises NotAllowed before the round is
    closed, BadData for a discussion that a newer bart has written.
    """
    found = findings(opened)
    try:
        kept = opened.folder.discussion()
    except BadData as error:
        if any(problem.code == "newer-format" for problem in error.problems):
            raise
        opened.folder.put_discussion_aside(error.problems[0])
        return Discussing(opened, found, _blank(opened), None, error.problems)
    if kept is None:
        return Discussing(opened, found, _blank(opened), None)
    discussion, fingerprint = kept
    if discussion.round != opened.session.round:
        discussion = _blank(opened)
    there = {topic.key for topic in found.agenda}
    still = [key for key in discussion.topics if key in there]
    return Discussing(opened, found, discussion.with_topics(still), fingerprint)


def lay_agreements(opened: OpenSession) -> Discussing:
    """A table for the agreements only, with no answer on it: also while a round is answered."""
    return Discussing(opened, empty(opened), _blank(opened), None)


def to_choose_from(found: Findings, discussion: Discussion) -> tuple[Topic, ...]:
    """The agenda as it is chosen from: the chosen in their order, then starred ones, then the rest.

    Within each the order of the agenda holds.
    """
    chosen = list(discussion.topics)

    def place(topic: Topic) -> tuple[int, bool]:
        is_chosen = topic.key in chosen
        return (chosen.index(topic.key) if is_chosen else len(chosen)), not topic.starred

    return tuple(sorted(found.agenda, key=place))


def _blank(opened: OpenSession) -> Discussion:
    return Discussion(round=opened.session.round)
