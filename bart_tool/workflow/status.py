"""Who has answered, in one session or in all of them: never what."""

from dataclasses import dataclass
from typing import Literal

from bart_tool.domain.answer import SheetStatus
from bart_tool.domain.session import Party, Phase
from bart_tool.errors import BartError, Problem
from bart_tool.store import sessions
from bart_tool.store.protocol import Store
from bart_tool.workflow.open_session import MergedSheets, OpenSession, open_session, picture_of

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


# All sessions


@dataclass(frozen=True)
class SessionLine:
    """One session. `due`: the codes that have not handed in; `people`: how many are invited.

    `trouble` is why it cannot be opened; then nothing else is known.
    """

    name: str
    title: str = ""
    phase: Phase | None = None
    due: tuple[str, ...] = ()
    people: int = 0
    trouble: BartError | None = None

    @property
    def done(self) -> int:
        """How many people handed in."""
        return self.people - len(self.due)


def overview(store: Store) -> tuple[SessionLine, ...]:
    """Every session in `store`, by name. A session that cannot be read is named too."""
    return tuple(_line(store, name) for name in sessions.list_all(store))


def _line(store: Store, name: str) -> SessionLine:
    try:
        opened = open_session(store, name)
        now = status(opened)
    except BartError as error:
        return SessionLine(name, trouble=error)
    due = tuple(each.code for each in now.missing)
    return SessionLine(name, opened.session.title, now.phase, due, len(now.participants))
