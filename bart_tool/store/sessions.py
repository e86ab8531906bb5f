"""The sessions in a store: making, finding and listing them, and tidying up in one."""

import re
from contextlib import suppress

from bart_tool.domain.names import SESSION_PATTERN, is_device_name
from bart_tool.domain.session import Session
from bart_tool.errors import BadData, Busy, CannotCreate, NotFound
from bart_tool.store import deleting, rounds
from bart_tool.store.locations import ALL_FOLDERS, ROUNDS, SESSION_FILE, SET_FILE, safe_name
from bart_tool.store.protocol import CannotRead, Kind, Store, is_temporary
from bart_tool.store.stored_session import StoredSession


def create(store: Store, session: Session, set_text: str) -> StoredSession:
    """Make a new session, which only its owner may read.

    Raises CannotCreate when there is one already. session.yaml is written last: a folder without
    it was never finished, is nobody's session, and is taken over by the next attempt.
    """
    stored = StoredSession(store, safe_name(session.session))
    if not store.create(stored.at) and not is_unfinished(stored):
        raise CannotCreate("session-exists", name=session.session)
    try:
        stored.put(SET_FILE, set_text.encode())
        stored.save(session, None)
    except Busy as error:
        raise CannotCreate("session-exists", name=session.session) from error
    return stored


def find(store: Store, name: str) -> StoredSession:
    """The session called `name`; what killed writers left in it is swept, and beside it.

    Raises WrongUse for a name that cannot be one, NotFound when there is no such session, with
    the names there are.
    """
    deleting.sweep(store)
    if not store.find(safe_name(name)):
        names = list_all(store)
        if not names:
            raise NotFound("no-sessions-yet", name=name)
        raise NotFound("no-such-session", name=name, names=", ".join(names))
    stored = StoredSession(store, name)
    sweep(stored)
    if stored.kind(ROUNDS) is Kind.FOLDER:
        with suppress(BadData, NotFound):  # whoever opens it will be told
            rounds.sweep(stored, stored.read()[0].round)
    return stored


def list_all(store: Store) -> tuple[str, ...]:
    """The names of the sessions in `store`, in alphabetical order."""
    deleting.sweep(store)
    try:
        names = store.names("")
    except CannotRead:
        return ()
    return tuple(name for name in names if _is_session(store, name))


def _is_session(store: Store, name: str) -> bool:
    if re.fullmatch(SESSION_PATTERN, name) is None or is_device_name(name):
        return False
    try:
        is_folder = store.kind(name) is Kind.FOLDER
        return is_folder and store.kind(f"{name}/{SESSION_FILE}") in (Kind.FILE, Kind.OTHER)
    except CannotRead:  # one that we may not look into: `find` says so, and so does the doctor
        return False


def is_unfinished(stored: StoredSession) -> bool:
    """Whether nothing of a session lies there that a next attempt to make it would not make."""
    return {name for name in stored.names() if not is_temporary(name)} <= {SET_FILE}


def sweep(stored: StoredSession) -> list[str]:
    """Remove what killed writers left in a session and its rounds; gives what was removed."""
    folders = [stored.at, *(stored.named(name) for name in ALL_FOLDERS)]
    swept = [name for folder in folders for name in stored.store.sweep(folder)]
    return swept + [name for each in rounds.all_kept(stored) for name in sweep(each)]
