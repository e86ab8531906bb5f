"""Settling: a person says which of two answers of the same revision stands."""

from dataclasses import dataclass

from bart_tool.domain.answer import Answer, Conflict, Decision, fingerprint
from bart_tool.errors import BadData, Busy, NotAllowed, NotFound
from bart_tool.store import generated
from bart_tool.store.locations import SESSION_FILE
from bart_tool.workflow.open_session import OpenSession, must_take_part, picture_of


@dataclass(frozen=True)
class Choice:
    """A conflict to settle: the answer that came in first, and then the others.

    `marks` name the answers for `settle`; a mark is made from the answer, so it is shown to nobody.
    `answers` are there only after the round is closed.
    """

    participant: str
    item: str
    revision: int
    marks: tuple[str, ...]
    answers: tuple[Answer, ...] | None


def choices(opened: OpenSession) -> tuple[Choice, ...]:
    """The conflicts that are open. Before the round is closed, without what was answered."""
    return tuple(_choice(opened, conflict) for conflict in picture_of(opened).picture.conflicts)


def _choice(opened: OpenSession, conflict: Conflict) -> Choice:
    answers = conflict.answers
    try:
        here = opened.folder.sheet(conflict.participant)
    except BadData:
        here = None
    first = here[0].answers.get(conflict.item) if here else None
    if first in answers:
        answers = (first, *(answer for answer in answers if answer != first))
    return Choice(
        conflict.participant,
        conflict.item,
        answers[0].revision,
        tuple(fingerprint(answer) for answer in answers),
        answers if opened.session.phase.is_revealed else None,
    )


def settle(opened: OpenSession, code: str, item: str, mark: str) -> OpenSession:
    """Let the answer with `mark` stand; the decision is kept, an earlier report is out of date.

    Raises NotFound when there is no such conflict, NotAllowed for an answer that is not in it.
    """
    for choice in choices(opened):
        if (choice.participant, choice.item) == (code, item):
            if mark not in choice.marks:
                raise NotAllowed("no-such-choice", code=code, item=item)
            decision = Decision(participant=code, item=item, revision=choice.revision, chosen=mark)
            return _decided(opened, decision)
    raise NotFound("no-such-conflict", code=code, item=item)


def _decided(opened: OpenSession, decision: Decision) -> OpenSession:
    # The report is called out of date first: killed in between, no report hides what was settled.
    if generated.reports(opened.folder):
        opened = opened.revised(lambda session: session.changed(report_out_of_date=True))
    with opened.held() as now:
        must_take_part(now, decision.participant)  # erased meanwhile: nothing of them is kept
        if generated.reports(now.folder) and not now.session.report_out_of_date:
            raise Busy("changed-since-read", file=SESSION_FILE)  # one was made meanwhile
        # Two decisions on one answer would decide nothing.
        others = (each for each in now.folder.decisions() if each.place != decision.place)
        now.folder.save_decisions((*others, decision))
    return now
