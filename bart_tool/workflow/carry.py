"""Carrying a session between a folder and a database, either way: answers are merged, never lost.

All but the answers is taken over as a whole, and only where the other side did not change since it
was last carried. The folder remembers how it was then, by one mark over everything.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet
from bart_tool.errors import BadData, NotFound, Problem, Severity
from bart_tool.merge.engine import merge
from bart_tool.store import erasing, rounds, yaml_text
from bart_tool.store.locations import (
    CONFLICTS,
    DAMAGED,
    PEOPLE_FILE,
    PRIVATE,
    ROUNDS,
    SETTLED_FILE,
    SHEETS,
    is_address,
)
from bart_tool.store.protocol import Kind, Store, fingerprint_of, is_temporary
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow.intake import Intake
from bart_tool.workflow.open_session import OpenSession, identified, must_take_in, open_session

_REMEMBERED = f"{PRIVATE}/carried.yaml"
_STAYS = (PEOPLE_FILE, _REMEMBERED)  # where it is: names of people, and what a folder remembers


@dataclass(frozen=True)
class Carried:
    """What was done on the side it was carried to. Codes only: nothing says what was answered.

    `is_new`: it was not there. `taken_over`: all was put there as it is here. `came_in`: who had
    not handed in there before. `is_behind`: the other side went on since, so only answers were
    taken there. `people_stay`: a list of names stayed where it was.
    """

    opened: OpenSession
    is_new: bool = False
    taken_over: bool = False
    came_in: tuple[str, ...] = ()
    is_behind: bool = False
    people_stay: bool = False
    problems: tuple[Problem, ...] = ()


def carry(source: Store, target: Store, name: str) -> Carried:
    """Carry the session `name` from `source` to `target`, of which one is a folder.

    Raises NotFound when it is not in `source`; BadData when another session of that name is in
    `target`, both changed since, or answers there are not here; NotAllowed when answers are to come
    in and the round is closed; Busy when somebody changes it meanwhile; and as the stores do. Then
    nothing was changed, but for answers that came in before.
    """
    here = identified(open_session(source, name))
    people_stay = here.folder.content(PEOPLE_FILE) is not None
    if not target.find(name):
        target.exchange(name, _files(here.folder), {})
        done = Carried(open_session(target, name), is_new=True, taken_over=True)
    else:
        done = _merged(here, identified(open_session(target, name)))
    _remember(here, done.opened)
    return replace(done, people_stay=people_stay)


def _merged(here: OpenSession, there: OpenSession) -> Carried:
    if here.session.id != there.session.id:
        raise BadData("carry-other-session", name=here.session.session)
    mark_here, mark_there = mark(here.folder), mark(there.folder)
    before = _remembered(here, there)
    if mark_here in (mark_there, before):
        done = _with_answers(here, there)
        return replace(done, is_behind=mark_here != mark_there)
    if mark_there != before:
        raise BadData("carry-both-changed", name=here.session.session)
    with there.unchanged():  # no answer comes in there meanwhile
        files = _files(there.folder, stays=())
        _must_hold(here, there)
        new = _files(here.folder) | {each: files[each] for each in _STAYS if each in files}
        new |= _set_aside_there(files, new, here.session)
        expected = {inside: fingerprint_of(content) for inside, content in files.items()}
        there.folder.store.exchange(there.folder.at, new, expected)
    return Carried(there.reread(), taken_over=True)


def _with_answers(here: OpenSession, there: OpenSession) -> Carried:
    """Take the answers here in there, as `gather` does; nothing where they are known already."""
    if _is_held(_sheets(here.folder, there.session), _sheets(there.folder, there.session)):
        return Carried(there)
    must_take_in(there.session)
    own, wrong = here.folder.sheets()
    waiting, also_wrong = here.folder.conflict_sheets()
    intake = Intake(there, None, add_people=False)
    for sheet in (*own, *waiting):
        intake.take_known(f"{sheet.participant}.yaml", sheet)
    done = intake.gathered()
    # Where the round is open nobody hears whose answers are other ones: only who is new.
    problems = (*wrong, *also_wrong, *done.refused, *done.damaged)
    errors = tuple(each for each in problems if each.severity is Severity.ERROR)
    return Carried(done.opened, came_in=done.came_in, problems=errors)


def _must_hold(here: OpenSession, there: OpenSession) -> None:
    """Raise BadData unless all that was answered there is here too."""
    now = there.session.round
    same = here.session.round == now
    try:
        known = here.folder if same else rounds.finished(here.folder, now)
    except NotFound:
        raise BadData("carry-answers-there", name=here.session.session) from None
    is_whole = not any(each.severity is Severity.ERROR for each in there.folder.sheets()[1])
    mine, theirs = _sheets(known, here.session), _sheets(there.folder, here.session)
    if not (is_whole and _is_held(theirs, mine)):
        raise BadData("carry-answers-there", name=here.session.session)


def _set_aside_there(
    files: Mapping[str, bytes], new: Mapping[str, bytes], session: Session
) -> dict[str, bytes]:
    """What was set aside there and is not here, under numbers that are free."""
    known, found = set(new.values()), dict[str, bytes]()
    number = len(new) + len(files)  # above all that are taken
    for inside, content in files.items():
        stem, _, ending = inside.rpartition(".")
        if not inside.startswith(f"{DAMAGED}/") or inside.endswith(".why.txt"):
            continue
        if content not in known and not erasing.spoken_of(content, session):
            number += 1
            found[f"{DAMAGED}/file.{number}.{ending}"] = content
            if why := files.get(f"{stem}.why.txt"):
                found[f"{DAMAGED}/file.{number}.why.txt"] = why
    return found


def _is_held(some: Iterable[Sheet], others: Iterable[Sheet]) -> bool:
    """Whether `some` say nothing that `others` do not."""
    known = list(others)
    return merge([*known, *some]) == merge(known)


def _sheets(folder: StoredSession, session: Session) -> list[Sheet]:
    """The sheets of a round, but of who was erased from `session`."""
    found = (*folder.sheets()[0], *folder.conflict_sheets()[0])
    return [each for each in found if each.participant not in session.erased]


def mark(folder: StoredSession) -> str:
    """One mark over all but the answers: what anybody answered cannot be tried out on it."""
    files = _files(folder)
    held = {each: fingerprint_of(files[each]) for each in sorted(files) if not _is_answers(each)}
    return fingerprint_of(json.dumps(held).encode())


def _is_answers(inside: str) -> bool:
    parts = inside.split("/")
    parts = parts[2:] if parts[0] == ROUNDS else parts
    in_answers = len(parts) > 1 and parts[0] in (SHEETS, CONFLICTS, DAMAGED)
    return in_answers and parts[-1] != SETTLED_FILE


def _files(
    folder: StoredSession, above: str = "", stays: tuple[str, ...] = _STAYS
) -> dict[str, bytes]:
    """Every file in a session but locks, links and what stays where it is: inside -> content."""
    found: dict[str, bytes] = {}
    for name in folder.names(above):
        inside = f"{above}/{name}" if above else name
        if is_temporary(name) or inside in stays:
            continue
        if folder.kind(inside) is Kind.FOLDER:
            found |= _files(folder, inside, stays)
        elif folder.kind(inside) is Kind.FILE and (stored := folder.content(inside)) is not None:
            found[inside] = stored.content
    return found


def _remembered(here: OpenSession, there: OpenSession) -> str:
    """The mark that both sides had when it was last carried; empty when nobody knows."""
    folder, database = _sides(here, there)
    stored = folder.content(_REMEMBERED)
    said = (
        yaml_text.mapping(stored.content.decode("utf-8", "replace"), _REMEMBERED)
        if stored
        else None
    )
    same = said is not None and said.get("database") == database.store.where("")
    return str(said.get("mark", "")) if said and same else ""


def _remember(here: OpenSession, there: OpenSession) -> None:
    folder, database = _sides(here, there)
    known = mark(there.folder)
    if known != mark(here.folder):  # one of them went on: what they had in common stays as it was
        return
    said = {"format": 1, "kind": "carried", "database": database.store.where(""), "mark": known}
    folder.put(_REMEMBERED, yaml_text.write(said).encode())


def _sides(here: OpenSession, there: OpenSession) -> tuple[StoredSession, StoredSession]:
    """The folder, and then the database."""
    is_database = is_address(here.folder.store.where(""))
    return (there.folder, here.folder) if is_database else (here.folder, there.folder)
