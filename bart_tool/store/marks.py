"""The marks of what each published view was made from, and the secret that they are made with.

They lie in private/, apart from everything that is published (docs/developer/method.md 5). A
file that bart did not write with the secret that lies beside it says nothing: then the marks are
lost, and groups stay closed.
"""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic import Field

from bart_tool.disclosure.marking import SIZE, PartyMarks, without
from bart_tool.domain.base import Frozen
from bart_tool.store import sealed
from bart_tool.store.locations import PRIVATE
from bart_tool.store.plain_file import is_copy
from bart_tool.store.stored_session import StoredSession

MARKS = f"{PRIVATE}/marks.yaml"
SECRET = f"{PRIVATE}/secret"
_SECRET = re.compile(rb"[0-9a-f]{64}")


@dataclass(frozen=True)
class Marked:
    """What one closing was made from. `groups`: the parties that it showed as a group."""

    closing: int
    groups: tuple[str, ...] = ()
    parties: Mapping[str, PartyMarks] = field(default_factory=dict)


class _Party(Frozen):
    """`people`: their codes with a blank between; `marks`: item -> those of all, one behind
    another, as hexadecimal digits."""

    people: str
    marks: dict[str, str]

    def read(self) -> PartyMarks:
        codes = self.people.split(" ")
        marks = {item: bytes.fromhex(each) for item, each in self.marks.items()}
        if any(len(each) != len(codes) * SIZE for each in marks.values()):
            raise ValueError
        return PartyMarks(codes, marks)


class _Closing(Frozen):
    closing: int
    groups: tuple[str, ...] = ()
    parties: dict[str, _Party] = Field(default_factory=dict)

    def read(self) -> Marked:
        parties = {party: each.read() for party, each in self.parties.items()}
        return Marked(self.closing, self.groups, parties)


class _MarksFile(Frozen):
    format: Literal["1"]
    kind: Literal["marks"]
    rounds: dict[int, tuple[_Closing, ...]]


@dataclass(frozen=True)
class KeptMarks:
    """The marks of every closing of every round; `is_lost` when there were and they are no more."""

    rounds: Mapping[int, tuple[Marked, ...]]
    is_lost: bool = False

    def of_round(self, number: int) -> tuple[Marked, ...]:
        """The marks of the closings of one round, in the order in which they were made."""
        return self.rounds.get(number, ())


@contextmanager
def held(home: StoredSession) -> Iterator[None]:
    """While this lasts nobody else makes a view of the session, or forgets somebody in it.

    Raises Busy or CannotCreate.
    """
    home.store.make(home.named(PRIVATE))
    with home.store.lock(home.named(f"{PRIVATE}/views")):
        yield


def secret(folder: StoredSession) -> bytes:
    """The secret of the session, drawn when there is none. Raises CannotWrite."""
    there = _secret(folder)
    if there is not None:
        return there
    drawn = secrets.token_hex(32).encode()
    folder.put(SECRET, drawn + b"\n")
    return drawn


def read(folder: StoredSession) -> KeptMarks:
    """The marks that lie in `folder`. Raises CannotRead."""
    stored = folder.content(MARKS)
    if stored is None:
        return KeptMarks({})
    key = _secret(folder)
    data = sealed.opened(stored, MARKS, key) if key is not None else None
    try:
        rounds = _MarksFile.model_validate(data).rounds
        return KeptMarks({n: tuple(each.read() for each in of) for n, of in rounds.items()})
    except ValueError:  # pydantic's is one too
        return KeptMarks({}, is_lost=True)


def save(folder: StoredSession, number: int, of_round: Sequence[Marked]) -> None:
    """Keep the marks of each closing of a round. Raises CannotWrite."""
    _write(folder, {**read(folder).rounds, number: tuple(of_round)})


def forget(home: StoredSession, code: str) -> None:
    """Remove every mark of `code`.

    What cannot be read goes whole, and so do copies that a synced folder made. Raises Busy or
    CannotWrite.
    """
    with held(home):
        before = read(home)
        after = {n: tuple(_without(each, code) for each in of) for n, of in before.rounds.items()}
        if before.is_lost:
            home.remove(MARKS)
        elif after != before.rounds:
            _write(home, after)
        for name in home.names(PRIVATE):
            if is_copy(name, "marks"):
                home.remove(f"{PRIVATE}/{name}")


def _without(marked: Marked, code: str) -> Marked:
    return replace(marked, parties=without(marked.parties, code))


def _secret(folder: StoredSession) -> bytes | None:
    stored = folder.content(SECRET)
    found = stored.content.strip() if stored is not None else b""
    return found if _SECRET.fullmatch(found) else None


def _write(folder: StoredSession, rounds: Mapping[int, Sequence[Marked]]) -> None:
    plain = {str(n): [_plain(each) for each in of] for n, of in sorted(rounds.items())}
    data = {"format": 1, "kind": "marks", "rounds": plain}
    sealed.write(folder, MARKS, data, secret(folder))


def _plain(marked: Marked) -> dict[str, Any]:
    parties = {
        party: {
            "people": " ".join(each.codes),
            "marks": dict(sorted(each.marks.items())),
        }
        for party, each in marked.parties.items()
    }
    return {"closing": marked.closing, "groups": sorted(marked.groups), "parties": parties}
