"""What the comparison finds in a session, once its round is closed."""

from dataclasses import dataclass

from bart_tool.analysis import earlier
from bart_tool.analysis.analyse import analyse
from bart_tool.domain.findings import Findings
from bart_tool.domain.picture import Picture
from bart_tool.errors import NotAllowed, Problem
from bart_tool.store import made_reports
from bart_tool.workflow.desk import Desk, picture_of


@dataclass(frozen=True)
class Found:
    """The findings, the groups that were held back from them, and what they were made from."""

    findings: Findings
    held_back: frozenset[str]
    groups: dict[str, dict[str, str]]
    problems: tuple[Problem, ...]


def findings(desk: Desk) -> Findings:
    """Compare the parties' pictures. Raises NotAllowed before the round is closed."""
    return found(desk).findings


def found(desk: Desk, *, earlier_not_shared: bool = False) -> Found:
    """The findings, with what publishing them must know.

    A group that, beside the report made earlier, would show what a few people said is held back,
    unless nobody has seen that report. Raises NotAllowed before the round is closed.
    """
    session = desk.session
    if not session.phase.is_revealed:
        raise NotAllowed("not-closed-yet", session=session.session)
    on_desk = picture_of(desk)
    picture = on_desk.picture
    held_back: frozenset[str] = frozenset()
    if not earlier_not_shared:
        before = made_reports.read_groups(desk.folder)
        held_back = earlier.to_hold_back(session, before, earlier.groups(session, picture))
    result = analyse(desk.question_set, session, picture, held_back=held_back)
    groups = earlier.groups(session, picture, held_back)
    return Found(result, held_back, groups, on_desk.problems)


def empty(desk: Desk) -> Findings:
    """The findings of nothing: what a report looks like, with no answer in it."""
    return analyse(desk.question_set, desk.session, Picture())
