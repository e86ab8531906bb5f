"""All sessions at a glance: how far each is and who is due, never what was answered."""

from dataclasses import dataclass

from bart_tool.domain.session import Phase
from bart_tool.errors import BartError
from bart_tool.store import sessions
from bart_tool.store.protocol import Store
from bart_tool.workflow.open_session import open_session
from bart_tool.workflow.status import status


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
