"""Settling: a person says which of two answers of the same revision stands."""

from dataclasses import dataclass

from bart_tool.domain.answer import Answer
from bart_tool.domain.picture import Decision, fingerprint
from bart_tool.errors import NotAllowed, NotFound
from bart_tool.workflow.desk import Desk, picture_of


@dataclass(frozen=True)
class Choice:
    """A conflict to settle. `marks` name the answers; `answers` are shown only after closing."""

    participant: str
    item: str
    revision: int
    marks: tuple[str, ...]
    answers: tuple[Answer, ...] | None


def choices(desk: Desk) -> tuple[Choice, ...]:
    """The conflicts that are open. Before the round is closed, without what was answered."""
    return tuple(
        Choice(
            conflict.participant,
            conflict.item,
            conflict.answers[0].revision,
            tuple(fingerprint(answer) for answer in conflict.answers),
            conflict.answers if desk.session.phase.is_revealed else None,
        )
        for conflict in picture_of(desk).picture.conflicts
    )


def settle(desk: Desk, code: str, item: str, mark: str) -> None:
    """Let the answer with `mark` stand; the decision is kept.

    Raises NotFound when there is no such conflict, NotAllowed for an answer that is not in it.
    """
    for choice in choices(desk):
        if (choice.participant, choice.item) == (code, item):
            if mark not in choice.marks:
                raise NotAllowed("no-such-choice", code=code, item=item)
            decision = Decision(participant=code, item=item, revision=choice.revision, chosen=mark)
            desk.folder.save_decisions((*desk.folder.decisions(), decision))
            return
    raise NotFound("no-such-conflict", code=code, item=item)
