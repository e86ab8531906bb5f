"""Deleting a session, and what would go with it."""

from contextlib import suppress
from dataclasses import dataclass

from bart_tool.errors import BartError
from bart_tool.store import deleting, generated, rounds, sessions
from bart_tool.store.locations import SHEETS
from bart_tool.store.protocol import Store, is_temporary
from bart_tool.store.stored_session import StoredSession


@dataclass(frozen=True)
class Contents:
    """What a session holds and would go with it: sheets and reports of every round, agreements.

    `agreements` is 0 too where they cannot be read.
    """

    sheets: int
    reports: int
    agreements: int


def contents(store: Store, name: str) -> Contents:
    """What the session `name`, which need not be whole, holds. Raises NotFound when it is not."""
    folder = sessions.find(store, name)
    places = (folder, *_rounds(folder))
    agreements = 0
    with suppress(BartError):
        agreements = len(folder.agreements()[0].agreements)
    return Contents(sum(map(_sheets, places)), sum(map(_reports, places)), agreements)


def delete(store: Store, name: str) -> str:
    """Remove the session `name` with everything in it, for good; gives what it was called.

    Killed half-way, the next start goes on. Raises NotFound when there is none, Busy, CannotWrite.
    """
    found = sessions.find(store, name).name
    deleting.delete(store, found)
    return found


def _rounds(folder: StoredSession) -> tuple[StoredSession, ...]:
    try:
        return rounds.all_kept(folder)
    except BartError:
        return ()


def _sheets(folder: StoredSession) -> int:
    try:
        return sum(not is_temporary(name) for name in folder.names(SHEETS))
    except BartError:
        return 0


def _reports(folder: StoredSession) -> int:
    try:
        return bool(generated.made(folder))
    except BartError:
        return 0
