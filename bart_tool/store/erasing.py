"""Finding what is by or about one participant, whatever its file is called, and removing it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bart_tool.domain.session import Session
from bart_tool.errors import NotFound
from bart_tool.store import backups, generated, plain_file, rounds, session_files, sessions
from bart_tool.store.locations import (
    CONFLICTS,
    DAMAGED,
    FOLDERS,
    FORMS,
    OWN_FILES,
    PEOPLE_FILE,
    REPORT,
    ROUNDS,
    SETTLED_FILE,
    SHEETS,
    safe_code,
)
from bart_tool.store.of_whom import Holds, holds, mentions
from bart_tool.store.protocol import CannotRead, Kind
from bart_tool.store.stored_session import StoredSession

_BARTS = (SHEETS, CONFLICTS, DAMAGED, FORMS)  # what lies in these folders came by way of bart
_DEEPEST = 8  # folders inside each other
_LISTED = re.compile(rb"""(?m)^["']?kind["']?\s*:\s*["']?(people|decisions)\b""")
_OF_SYSTEMS = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class ErasedFiles:
    """What erasing did, as files are called in the session.

    `removed`: gone, or without what was theirs. `kept`: they speak of the person and only somebody
    can tell what to take out. `unread`: nobody could see what stands in them.
    """

    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def __add__(self, other: "ErasedFiles") -> "ErasedFiles":
        return ErasedFiles(
            (*self.removed, *other.removed),
            (*self.kept, *other.kept),
            (*self.unread, *other.unread),
        )


@dataclass(frozen=True, slots=True)
class _Found:
    inside: str
    holds: Holds
    is_backup: bool = False
    is_list: bool = False  # of several people, out of which one can be taken

    @property
    def goes(self) -> bool:
        """Whether it is removed: theirs alone, or a copy that bart kept or made."""
        if self.is_list or self.holds is Holds.ALONE or self.is_backup:
            return not self.is_list
        folder = self.inside.partition("/")[0]
        return folder in _BARTS and (
            self.holds is Holds.SHARED or (self.holds is Holds.MENTION and folder == DAMAGED)
        )


def erase(session: StoredSession, code: str) -> ErasedFiles:
    """Remove every file and line about `code` in a round, but for what session.yaml says.

    Whoever saves a sheet must know by then that they are erased. Interrupted half-way, it can be
    done again. Raises CannotWrite or Busy.
    """
    safe_code(code)
    sessions.sweep(session)
    gone = ErasedFiles()
    for found in list(_found(session, code)):
        if found.goes:
            gone += _removed(session, found.inside)
        elif found.holds is Holds.UNREAD:
            gone += ErasedFiles(unread=(found.inside,))
        else:
            gone += _struck(session, found.inside, code)
    for inside in list(_walk(session, "")):
        name = inside.rpartition("/")[2]
        if name.endswith(".lock") and _name_of(code).fullmatch(name):
            session.remove(inside)
    return gone


def is_named(session: StoredSession, code: str) -> bool:
    """Whether any file of a round is by or about `code`. Raises CannotRead."""
    return any(found.holds > Holds.UNREAD for found in _found(session, safe_code(code)))


def spoken_of(content: bytes, session: Session) -> str:
    """The code of somebody who was erased and whose answers `content` holds; "" when of nobody."""
    return next((each for each in session.erased if holds(content, each) > Holds.UNREAD), "")


def _removed(session: StoredSession, inside: str) -> ErasedFiles:
    why = re.sub(r"\.[^./]*\Z", "", inside) + ".why.txt"
    there = (inside, why) if inside.startswith(f"{DAMAGED}/") else (inside,)
    removed = tuple(each for each in dict.fromkeys(there) if session.remove(each))
    for each in removed:
        session.store.remove_lock(session.named(each))
    return ErasedFiles(removed)


def _struck(session: StoredSession, inside: str, code: str) -> ErasedFiles:
    """Take `code` out of a list of several people; any other file stays, and is named."""
    stored = session.content(inside)
    kind = _LISTED.search(stored.content) if stored else None
    text = plain_file.decode(stored.content, inside)[0] if stored else None
    if stored is None or kind is None or text is None:
        return ErasedFiles(kept=(inside,))
    if kind[1] == b"people":
        people, _ = session_files.parse_people(text, inside)
        left = people and {each: who for each, who in people.items() if each != code}
        new = session_files.dump_people(left) if left is not None else None
    else:
        decisions, _ = session_files.parse_decisions(text, inside)
        others = decisions and [each for each in decisions if each.participant != code]
        new = session_files.dump_decisions(others) if others is not None else None
    if new is None or mentions(new, code):
        return ErasedFiles(kept=(inside,))
    session.store.save(session.named(inside), new.encode(), stored.fingerprint)
    return ErasedFiles((inside,))


def _found(session: StoredSession, code: str) -> Iterator[_Found]:
    """Every file of a round that is by or about `code`, or of which nobody can say."""
    named = _name_of(code)
    for inside in _walk(session, ""):
        name = inside.rpartition("/")[2]
        if name.endswith(".lock") or _is_barts_own(inside):
            continue
        own = {*FOLDERS, PEOPLE_FILE, SETTLED_FILE}
        if any(named.fullmatch(part) for part in inside.split("/") if part not in own):
            yield _Found(inside, Holds.ALONE)
            continue
        found = _seen_in(session, inside, code)
        if found.holds <= Holds.UNREAD and mentions(name, code):
            found = replace(found, holds=Holds.MENTION)
        if found.holds is Holds.NOTHING and inside.startswith(f"{REPORT}/"):
            found = replace(found, holds=Holds.MENTION)  # a copy of a report may quote them
        if found.holds is not Holds.NOTHING:
            yield found


def _is_barts_own(inside: str) -> bool:
    """Whether bart writes this file, and no answer of one person stands in it as such."""
    folder, _, name = inside.partition("/")
    if folder == REPORT:
        return generated.is_own(name)
    return folder == "private" or (inside in OWN_FILES and inside != PEOPLE_FILE)


def _seen_in(session: StoredSession, inside: str, code: str) -> _Found:
    name = inside.rpartition("/")[2]
    try:
        stored = session.content(inside) if session.kind(inside) is Kind.FILE else None
        if stored is None:  # a link, a pipe; or gone since the folder was listed
            is_there = session.kind(inside) is not None
            return _Found(inside, Holds.UNREAD if is_there else Holds.NOTHING)
    except NotFound:  # the system refuses it
        return _Found(inside, Holds.UNREAD)
    found = holds(stored.content, code, name)
    if found is Holds.UNREAD and name.casefold() in _OF_SYSTEMS:
        found = Holds.NOTHING
    is_backup = found > Holds.UNREAD and backups.is_backup(stored.content)
    return _Found(inside, found, is_backup, _LISTED.search(stored.content) is not None)


def _walk(session: StoredSession, folder: str, depth: int = 0) -> Iterator[str]:
    """Everything below `folder` that is no folder; finished rounds are places of their own."""
    try:
        names = session.names(folder)
    except CannotRead:
        yield folder
        return
    for name in names:
        inside = f"{folder}/{name}" if folder else name
        if folder == ROUNDS and rounds.KEPT.fullmatch(name):
            continue
        try:
            is_folder = session.kind(inside) is Kind.FOLDER
        except CannotRead:
            is_folder = False
        if is_folder and depth < _DEEPEST:
            yield from _walk(session, inside, depth + 1)
        else:
            yield inside


def _name_of(code: str) -> re.Pattern[str]:
    """What files of `code` are called: its own, those in conflict, copies a synced folder made.

    `WR-01` must not find `WR-012.yaml`, nor `WR` the sheet `WR-01.yaml`.
    """
    # A code has two parts at most, so `WR-01-LAPTOP.yaml` is a copy and no other's sheet.
    other = "A-Z0-9" if "-" in code else "A-Z0-9-"
    # Letters alone may be a word, or the name of a folder of bart's own.
    any_case = "(?i:" if re.search("[-0-9]", code) else "(?:"
    said = r"[ _\u2010-\u2015\u2212-]".join(code.split("-"))
    pattern = rf"\.?{any_case}{said})(?:-[0-9a-f]{{16}})?(?![{other}]).*"
    return re.compile(pattern, re.DOTALL)
