"""What the comparison finds in a session, once its round is closed."""

from dataclasses import dataclass
from itertools import count

from bart_tool.analysis.analyse import analyse
from bart_tool.disclosure import shown_before
from bart_tool.disclosure.visibility import views
from bart_tool.domain.answer import Picture
from bart_tool.domain.findings import Findings
from bart_tool.errors import Problem
from bart_tool.store import generated
from bart_tool.workflow.open_session import (
    OpenSession,
    earlier_rounds,
    must_be_closed,
    picture_of,
)


@dataclass(frozen=True)
class Found:
    """The findings, the groups that were held back from them, and what all reports so far show.

    `not_counted`: parties that are placed, but of which no people are counted. `left_out`: party ->
    the items it is left out of because of an earlier round. `groups`: a group as some report shows
    it -> participant code -> mark of their sheet.
    """

    findings: Findings
    held_back: frozenset[str]
    not_counted: frozenset[str]
    left_out: dict[str, frozenset[str]]
    groups: dict[str, dict[str, str]]
    problems: tuple[Problem, ...]


def findings(opened: OpenSession) -> Findings:
    """Compare the parties' pictures. Raises NotAllowed before the round is closed."""
    return found(opened).findings


def found(opened: OpenSession, *, earlier_not_shared: bool = False) -> Found:
    """The findings, with what publishing them must know.

    A group that, beside a report made earlier, would show what a few people said is held back,
    of one that changed more nobody is counted, and one that would show them beside an earlier round
    is left out of those items, unless nobody has seen those reports. Raises NotAllowed before the
    round is closed.
    """
    session = opened.session
    must_be_closed(opened)
    merged = picture_of(opened)
    picture = merged.picture
    shown = shown_before.groups(session, picture)
    held_back = not_counted = frozenset[str]()
    before: shown_before.Groups = {}
    if not earlier_not_shared:
        before = generated.read_groups(opened.folder)
        held_back = shown_before.to_hold_back(session, before, shown)
        not_counted = shown_before.to_close(session, before, shown) - held_back
    if held_back:
        shown = shown_before.groups(session, picture, held_back)
    beside = (
        shown_before.EarlierShown() if earlier_not_shared else _beside(opened, picture, held_back)
    )
    result = analyse(
        opened.question_set,
        session,
        picture,
        held_back=held_back,
        not_counted=not_counted,
        beside=beside,
    )
    remembered = _remembered(before, shown)
    return Found(result, held_back, not_counted, dict(beside.left_out), remembered, merged.problems)


def _beside(
    opened: OpenSession, picture: Picture, held_back: frozenset[str]
) -> shown_before.EarlierShown:
    """What may not stand beside the rounds before this one."""
    now = views(opened.session, picture, held_back)
    then = [views(each.session, picture_of(each).picture) for each in earlier_rounds(opened)]
    return shown_before.beside(opened.session.k, then, now)


def _remembered(
    before: shown_before.Groups, shown: shown_before.Groups
) -> dict[str, dict[str, str]]:
    """What every report so far was made from, this one included.

    Each of them may lie on somebody's table, so the next report is compared with them all: also a
    group that is held back now is remembered as it was shown before.
    """
    kept = {name: dict(people) for name, people in before.items()}
    for party, people in shown.items():
        if people in kept.values():
            continue
        names = (f"{party}#{number}" if number else party for number in count())
        kept[next(name for name in names if name not in kept)] = dict(people)
    return kept


def empty(opened: OpenSession) -> Findings:
    """The findings of nothing: what a report looks like, with no answer in it."""
    return analyse(opened.question_set, opened.session, Picture())
