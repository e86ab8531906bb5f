"""Settling: a person says which of two answers of the same revision stands."""

from dataclasses import dataclass

from bart_tool.domain.answer import Answer, Conflict, Decision, fingerprint
from bart_tool.errors import BadData, NotAllowed, NotFound
from bart_tool.store import generated
from bart_tool.workflow.open_session import OpenSession, picture_of


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
            # Two decisions on one answer would decide nothing.
            others = (each for each in opened.folder.decisions() if each.place != decision.place)
            opened.folder.save_decisions((*others, decision))
            if generated.reports(opened.folder) and not opened.session.report_out_of_date:
                return opened.saved(opened.session.changed(report_out_of_date=True))
            return opened
    raise NotFound("no-such-conflict", code=code, item=item)
