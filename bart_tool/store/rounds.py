"""Finished rounds: each kept whole under rounds/<n>/ while the session goes on with the next.

First the copy is made under a temporary name and renamed, then session.yaml says that the next
round has begun, then what the copy holds is removed from where the old round lay. Killed anywhere
in between, every answer lies in at least one of the two places, and the next start goes on.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bart_tool.errors import Busy, CannotWrite, NotFound
from bart_tool.store.deleting import remove_all
from bart_tool.store.locations import (
    CONFLICTS,
    KEPT_OF_A_ROUND,
    OF_A_ROUND,
    REPORT,
    ROUNDS,
    SHEETS,
    VIEW_FILE,
)
from bart_tool.store.protocol import CannotRead, Kind, is_temporary
from bart_tool.store.stored_session import StoredSession

KEPT = re.compile(r"[1-9][0-9]{0,8}(-before-[1-9][0-9]{0,8})?")
_TEMPORARY = re.compile(r"\.[1-9][0-9]{0,8}\.copying")
_UNSWEPT = ROUNDS + "/.unswept-{number}"  # says that the old round's files must still be removed
_LOCK = f"{ROUNDS}/{ROUNDS}"


def keep(session: StoredSession, number: int) -> None:
    """Copy all of the round that ends to rounds/`number`.

    A copy that was made before, and after which the session went on all the same, is put aside if
    it holds anything else. Raises Busy, CannotRead, CannotCreate or CannotWrite; then nothing has
    changed but for copies.
    """
    session.store.make(session.named(ROUNDS))
    with session.store.lock(session.named(_LOCK)):
        copy, final = f"{ROUNDS}/.{number}.copying", f"{ROUNDS}/{number}"
        _remove(session, copy)
        session.store.make(session.named(copy))
        for inside in (*KEPT_OF_A_ROUND, *_files_in(session, OF_A_ROUND)):
            _copy(session, inside, f"{copy}/{inside}")
        mark = _UNSWEPT.format(number=number)
        if session.content(mark) is None:
            session.put(mark, b"")
        if _content(session, final) == _content(session, copy):
            _remove(session, copy)
            return
        if session.kind(final) is not None:
            session.store.move(session.named(final), session.named(_free(session, number)))
        session.store.move(session.named(copy), session.named(final))


def names(session: StoredSession) -> frozenset[str] | None:
    """What lies in rounds/, for `take_away`; None when there is no such folder."""
    if session.kind(ROUNDS) is None:
        return None
    return frozenset(name for name in session.names(ROUNDS) if not is_temporary(name))


def take_away(session: StoredSession, number: int, before: frozenset[str] | None) -> None:
    """Leave in rounds/ what was there `before` a copy of round `number` was made for nothing.

    Raises CannotRead, Busy or CannotWrite; the next start sweeps what is left then.
    """
    known = before or frozenset()
    for name in sorted(names(session) or (), reverse=True):  # copies put aside before the newest
        if name in known:
            continue
        if name.startswith(f"{number}-before-"):
            _remove(session, f"{ROUNDS}/{number}")
            session.store.move(
                session.named(f"{ROUNDS}/{name}"), session.named(f"{ROUNDS}/{number}")
            )
        else:
            _remove(session, f"{ROUNDS}/{name}")
    if before is None:
        for name in session.names(ROUNDS):
            session.remove(f"{ROUNDS}/{name}")
        session.remove(ROUNDS)


def clear(session: StoredSession, number: int) -> None:
    """Remove what was brought back of a kept round for nothing. Raises as `take_away`."""
    with session.store.lock(session.named(_LOCK)):
        _remove_same(session, f"{ROUNDS}/{number}")


def bring_back(session: StoredSession, number: int) -> None:
    """Put the files of a kept round where they lay. Raises NotFound, CannotRead or CannotWrite.

    An answer that lies there meanwhile, from a synced folder or from somebody who saves at this
    moment, is kept beside it.
    """
    kept = finished(session, number)
    for inside in (VIEW_FILE, *_files_in(kept, OF_A_ROUND)):
        stored, there = kept.content(inside), session.content(inside)
        if stored is not None and stored != there:
            if there is not None:
                _make_room(session, inside, there.content)
            session.put(inside, stored.content)


def _make_room(session: StoredSession, inside: str, content: bytes) -> None:
    if inside.partition("/")[0] not in (SHEETS, CONFLICTS):  # made by bart, and made again by it
        return
    sheet, problems = session.sheet_in(inside)
    if sheet is not None:
        session.keep_conflict(sheet)
    elif problems:
        session.set_aside(inside.rpartition("/")[2], content, problems[0])


@contextmanager
def held(session: StoredSession) -> Iterator[None]:
    """While this lasts no finished round comes and none goes. Raises Busy, CannotWrite."""
    if session.kind(ROUNDS) is None:
        yield
        return
    with session.store.lock(session.named(_LOCK)):
        yield


def forget(session: StoredSession, number: int) -> None:
    """Remove the copy of a round that lies where it was again. Raises Busy or CannotWrite.

    It stays when the session was followed up since: then it is the only one.
    """
    with session.store.lock(session.named(_LOCK)):
        if session.read()[0].round <= number:
            _remove(session, f"{ROUNDS}/{number}")


def finished(session: StoredSession, number: int) -> StoredSession:
    """Round `number`, which was finished. Raises NotFound when it is not there."""
    inside = f"{ROUNDS}/{number}"
    if session.kind(inside) is not Kind.FOLDER:
        raise NotFound("round-not-kept", round=number)
    return StoredSession(session.store, session.named(inside))


def all_kept(session: StoredSession) -> tuple[StoredSession, ...]:
    """Every place in which a round, or what was once meant to be one, lies. Raises CannotRead."""
    names = (f"{ROUNDS}/{name}" for name in session.names(ROUNDS) if KEPT.fullmatch(name))
    return tuple(
        StoredSession(session.store, session.named(inside))
        for inside in names
        if session.kind(inside) is not Kind.OTHER
    )


def sweep(session: StoredSession, now: int, *, has_just_begun: bool = False) -> list[str]:
    """Go on with what a killed program left, in a session that is at round `now`.

    Gives what was removed: copies that were not finished, and of the round before this one the
    files of which an identical copy is kept. Whatever differs stays, but for a report where the
    round `has_just_begun`: it was written while the one before was copied, and is kept with that.
    """
    left = [name for name in session.names(ROUNDS) if name.startswith(".")]
    mark = _UNSWEPT.format(number=now - 1)
    is_unswept = mark.rpartition("/")[2] in left
    copies = [f"{ROUNDS}/{name}" for name in left if _TEMPORARY.fullmatch(name)]
    if not copies and not is_unswept:
        return []
    removed: list[str] = []
    try:
        with session.store.lock(session.named(_LOCK), seconds=0):
            for copy in copies:
                removed.extend(_remove(session, copy))
            if is_unswept and session.kind(mark) is not None:
                if has_just_begun:
                    _take_along(session, f"{ROUNDS}/{now - 1}")
                same, unread = _remove_same(session, f"{ROUNDS}/{now - 1}")
                removed.extend(same)
                if not unread:
                    session.remove(mark)
    except (Busy, CannotWrite):
        pass  # somebody is at it, or we may not: the next start tries again
    return removed


def _take_along(session: StoredSession, kept: str) -> None:
    """Put in `kept` the reports that were written between its copying and the next session.yaml."""
    for inside in _files_in(session, [REPORT]):
        here, there = session.content(inside), session.content(f"{kept}/{inside}")
        if here is not None and (there is None or here.content != there.content):
            session.put(f"{kept}/{inside}", here.content)


def _files_in(session: StoredSession, folders: Sequence[str]) -> Iterator[str]:
    """The plain files below `folders`, without locks, half-written ones and links."""
    for inside in (f"{folder}/{name}" for folder in folders for name in session.names(folder)):
        if is_temporary(inside.rpartition("/")[2]):
            continue
        kind = session.kind(inside)
        if kind is Kind.FOLDER:
            yield from _files_in(session, [inside])
        elif kind is Kind.FILE:
            yield inside


def _content(session: StoredSession, folder: str) -> dict[str, bytes]:
    return {
        inside.removeprefix(folder): stored.content
        for inside in _files_in(session, [folder])
        if (stored := session.content(inside)) is not None
    }


def _copy(session: StoredSession, source: str, target: str) -> None:
    stored = session.content(source)
    if stored is not None:  # removed since the folder was listed
        session.put(target, stored.content)


def _free(session: StoredSession, number: int) -> str:
    """A name for an earlier copy of round `number` that is not taken."""
    taken = set(session.names(ROUNDS))
    place = 1
    while f"{number}-before-{place}" in taken:
        place += 1
    return f"{ROUNDS}/{number}-before-{place}"


def _remove_same(session: StoredSession, kept: str) -> tuple[list[str], list[str]]:
    """Remove the files of a round that lie in `kept` with the same content.

    Gives what was removed, and what could not be read.
    """
    removed, unread = [], []
    for inside in [VIEW_FILE, *_files_in(session, OF_A_ROUND)]:
        with session.store.lock(session.named(inside)):
            try:
                here, there = session.content(inside), session.content(f"{kept}/{inside}")
            except CannotRead:
                unread.append(inside)
                continue
            if here is not None and there is not None and here.content == there.content:
                session.remove(inside)
                removed.append(inside)
        if inside in removed:
            session.store.remove_lock(session.named(inside))
    return removed, unread


def _remove(session: StoredSession, inside: str) -> list[str]:
    """Remove what lies at `inside` whole, and name its files as in the session."""
    return [
        each.removeprefix(f"{session.at}/")
        for each in remove_all(session.store, session.named(inside))
    ]
