"""What a city was told before, kept beside it in private/: an edition after the other.

Wijken and codes stand there as marks made with a secret, because only whether they are the same
matters. What was told stands there as it was told.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import Field, ValidationError

from bart_tool.city.safe import Codes, Record, Seen, Told, Wijk, next_edition
from bart_tool.domain.base import Frozen
from bart_tool.errors import BadData
from bart_tool.store import marks, sealed
from bart_tool.store.locations import PRIVATE
from bart_tool.store.stored_session import StoredSession

EDITIONS = f"{PRIVATE}/editions.yaml"
_MARK = 24  # hexadecimal digits


class _Seen(Frozen):
    now: dict[str, str]
    then: dict[str, str] = Field(default_factory=dict)


class _Told(Frozen):
    alone: tuple[tuple[str, int], ...]
    other: int


class _Item(Frozen):
    editions: tuple[_Seen, ...]
    told: _Told | None = None
    moved: _Told | None = None
    has_moved: Literal["true", "false"] = "false"
    day: str = ""
    meaning: str = ""
    number: int | None = None


class _File(Frozen):
    format: Literal["1"]
    kind: Literal["city-editions"]
    items: dict[str, _Item] = Field(default_factory=dict)


@dataclass(frozen=True)
class Editions:
    """Item -> what earlier editions told of it, with the secret that its marks are made with."""

    records: Mapping[str, Record]
    secret: bytes

    def next(
        self,
        entry: str,
        seen: Seen,
        meaning: str,
        day: str,
        unclear: Iterable[str],
        number: int | None = None,
    ) -> tuple[Record, bool]:
        """The item as the edition of `day` tells it; `meaning`: the hash of what is asked now.

        `number`: the round that it is of.

        And whether only one edition ever counted for the item, and it says what is seen now.
        """
        before = self.records.get(entry, Record())
        marked = self._marked(entry, seen)
        after = next_edition(before, marked, day, [self._mark(entry, code) for code in unclear])
        is_first = after.told is not None and [e.now for e in after.editions] == [marked.now]
        if after.told is None or after.told is before.told:
            return after, is_first
        of_mark = {self._mark(entry, code): code for code in seen.now.values()}
        alone = [(of_mark[mark], number) for mark, number in after.told.alone]
        shown = Told(tuple(sorted(alone, key=lambda c: (-c[1], c[0]))), after.told.other)
        return replace(after, told=shown, meaning=meaning, number=number), is_first

    def _marked(self, entry: str, seen: Seen) -> Seen:
        now, then = (
            {
                Wijk(self._mark(wijk.municipality), self._mark(*wijk)): self._mark(entry, code)
                for wijk, code in codes.items()
            }
            for codes in (seen.now, seen.then)
        )
        return Seen(now, then)

    def _mark(self, *parts: str) -> str:
        said = "\0".join(parts).encode()
        return hmac.new(self.secret, said, hashlib.sha256).hexdigest()[:_MARK]


def read(folder: StoredSession, *, was_told: bool) -> Editions:
    """What was told before. Raises BadData where that is lost, CannotWrite.

    `was_told`: whether an edition lies there; without what is kept of it none may follow.
    """
    secret = marks.secret(folder)
    if folder.content(EDITIONS) is None:
        if was_told:
            raise BadData("city-editions-lost", folder=folder.where())
        return Editions({}, secret)
    try:
        file = _File.model_validate(sealed.read(folder, EDITIONS, secret))
    except ValidationError as error:
        raise BadData("city-editions-lost", folder=folder.where()) from error
    return Editions({entry: _record(item) for entry, item in file.items.items()}, secret)


def save(folder: StoredSession, editions: Editions, records: Mapping[str, Record]) -> None:
    """Keep what is told now, before it is told. Raises CannotWrite."""
    items = {entry: _plain(record) for entry, record in sorted(records.items())}
    data = {"format": 1, "kind": "city-editions", "items": items}
    sealed.write(folder, EDITIONS, data, editions.secret)


def _plain(record: Record) -> dict[str, Any]:
    told, moved = (_plain_told(each) for each in (record.told, record.moved))
    return {
        "editions": [
            {"now": _plain_codes(each.now), "then": _plain_codes(each.then)}
            for each in record.editions
        ],
        **({"told": told} if told else {}),
        **({"moved": moved} if moved else {}),
        "has_moved": record.has_moved,
        "day": record.day,
        "meaning": record.meaning,
        **({"number": record.number} if record.number is not None else {}),
    }


def _plain_codes(codes: Codes) -> dict[str, str]:
    return {f"{wijk.municipality} {wijk.name}": code for wijk, code in sorted(codes.items())}


def _plain_told(told: Told | None) -> dict[str, Any] | None:
    if told is None:
        return None
    return {"alone": [list(cell) for cell in told.alone], "other": told.other}


def _record(item: _Item) -> Record:
    editions = tuple(Seen(_codes(each.now), _codes(each.then)) for each in item.editions)
    told, moved = (
        Told(each.alone, each.other) if each is not None else None
        for each in (item.told, item.moved)
    )
    has_moved = item.has_moved == "true"
    return Record(editions, told, moved, has_moved, item.day, item.meaning, item.number)


def _codes(plain: Mapping[str, str]) -> Codes:
    return {Wijk(*key.split(" ", 1)): code for key, code in plain.items()}
