"""Discussing: the agenda with the topics that were chosen from it, kept between two visits."""

from dataclasses import dataclass
from datetime import date

from bart_tool.domain.agreement import Agreement
from bart_tool.domain.discussion import Discussion
from bart_tool.domain.findings import Findings, Topic
from bart_tool.errors import BadData, BartError, Problem
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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the talk of this round is, and how many agreements there are.

    `due`: of how many the day has come. `made_now`: how many are of this round. `topics`: how many
    were chosen. `is_through`: each of these was talked about or parked. `is_read_back`: and the
    agreements were read aloud.
    """

    agreements: int = 0
    due: int = 0
    made_now: int = 0
    topics: int = 0
    is_through: bool = False
    is_read_back: bool = False

    @property
    def is_over(self) -> bool:
        """Whether the talk lies behind: it was read back, or was held without these screens."""
        return self.is_read_back or bool(self.made_now and not self.topics)


def progress(opened: OpenSession, today: date | None = None) -> Progress:
    """How far the talk is. What cannot be read counts as not there: opening it says why."""
    discussion, agreed = _discussion(opened), _agreements(opened)
    now = today or date.today()
    return Progress(
        agreements=len(agreed),
        due=sum(each.is_due(now) for each in agreed),
        made_now=sum(each.round == opened.session.round for each in agreed),
        topics=len(discussion.talks),
        is_through=discussion.is_through,
        is_read_back=discussion.is_through and discussion.read_back,
    )


def _discussion(opened: OpenSession) -> Discussion:
    try:
        kept = opened.folder.discussion()
    except BartError:
        return _blank(opened)
    return kept[0] if kept is not None and kept[0].round == opened.session.round else _blank(opened)


def _agreements(opened: OpenSession) -> tuple[Agreement, ...]:
    try:
        return opened.folder.agreements()[0].agreements
    except BartError:
        return ()


def _blank(opened: OpenSession) -> Discussion:
    return Discussion(round=opened.session.round)
