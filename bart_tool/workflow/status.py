"""Who has answered, never what."""

from dataclasses import dataclass
from typing import Literal

from bart_tool.domain.answer import SheetStatus
from bart_tool.domain.session import Party, Phase
from bart_tool.errors import Problem
from bart_tool.workflow.open_session import MergedSheets, OpenSession, picture_of

State = Literal["not-started", "draft", "submitted"]


@dataclass(frozen=True, slots=True)
class Presence:
    """Where one participant is with their sheet."""

    code: str
    party: str
    state: State


@dataclass(frozen=True)
class Status:
    """How a session stands. `conflicts`: (participant, item) that a person must settle."""

    session: str
    phase: Phase
    parties: tuple[Party, ...]
    participants: tuple[Presence, ...]
    conflicts: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]

    def of_party(self, party: str) -> tuple[Presence, ...]:
        """The participants of one party."""
        return tuple(each for each in self.participants if each.party == party)

    @property
    def missing(self) -> tuple[Presence, ...]:
        """Those who have not handed in."""
        return tuple(each for each in self.participants if each.state != "submitted")


def status(opened: OpenSession) -> Status:
    """Who has handed in, who has begun, who has not."""
    return status_of(opened, picture_of(opened))


def status_of(opened: OpenSession, merged: MergedSheets) -> Status:
    """The same, for a picture that was merged already."""
    states = {sheet.participant: sheet.status for sheet in merged.picture.sheets}
    return Status(
        session=opened.session.session,
        phase=opened.session.phase,
        parties=opened.session.parties,
        participants=tuple(
            Presence(each.code, each.party, _state(states.get(each.code)))
            for each in opened.session.participants
        ),
        conflicts=tuple((c.participant, c.item) for c in merged.picture.conflicts),
        problems=merged.problems,
    )


def _state(status: SheetStatus | None) -> State:
    if status is None:
        return "not-started"
    return "submitted" if status is SheetStatus.SUBMITTED else "draft"
