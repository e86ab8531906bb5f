"""Deleting a session: renamed, so that it is none any more at once, and then removed file by file.

Killed half-way, or refused a file, the next start goes on with what is left.
"""

import re
import secrets
from contextlib import suppress

from bart_tool.domain.names import SESSION_PATTERN
from bart_tool.errors import BartError, Busy, CannotWrite
from bart_tool.store.locations import safe_name
from bart_tool.store.protocol import CannotRead, Kind, Store

_HALF_DELETED = re.compile(rf"\.(?P<name>{SESSION_PATTERN})\.[0-9a-f]{{16}}\.deleting")


def delete(store: Store, name: str) -> None:
    """Remove the session `name`, which is there, with all in it.

    Raises Busy or CannotWrite: then it is all there still, or, where the error is
    `delete-half-done`, no session any more and the next start goes on.
    """
    left = f".{safe_name(name)}.{secrets.token_hex(8)}.deleting"
    with store.lock(name):
        store.move(name, left)
        try:
            remove_all(store, left)
        except (CannotRead, CannotWrite) as error:
            raise CannotWrite("delete-half-done", folder=store.where(left)) from error
    _without_lock(store, name)


def remove_all(store: Store, name: str) -> list[str]:
    """Remove `name` and what lies in it, and name the files; a link goes, not where it leads.

    Raises CannotRead or CannotWrite.
    """
    if store.kind(name) is not Kind.FOLDER:
        return [name] if store.remove(name) else []
    removed = [each for part in store.names(name) for each in remove_all(store, f"{name}/{part}")]
    store.remove(name)
    return removed


def left_in(store: Store) -> list[str]:
    """The names of what is left of sessions that were being deleted; none when nobody can say."""
    try:
        return [name for name in store.names("") if _HALF_DELETED.fullmatch(name)]
    except CannotRead:
        return []


def sweep(store: Store) -> None:
    """Go on with deleting that was stopped, not with what somebody is at now."""
    for name in left_in(store):
        found = _HALF_DELETED.fullmatch(name)
        session = found["name"] if found else name
        try:
            with store.lock(session, seconds=0):
                remove_all(store, name)
        except (Busy, CannotRead, CannotWrite):
            continue  # somebody is at it, or we may not: the next start tries again
        _without_lock(store, session)


def _without_lock(store: Store, name: str) -> None:
    with suppress(BartError):
        store.remove_lock(name)
