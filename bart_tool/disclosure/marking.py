"""Marks of what people chose: from none can an answer be read without the secret of the session.

They tell later that somebody answers otherwise than when a view was shown, and nothing more.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bart_tool.domain.answer import PREFER_NOT, Answer
from bart_tool.domain.sheet import Sheet

# Bytes of a mark. Of 2^32 changed answers one gets the mark it had: then one person too few counts
# as changed, and what stood stays a little longer.
SIZE = 4
_NONE = bytes(SIZE)  # where somebody has no mark
_OF_WHO_LEFT = b"\xff" * SIZE
_LEFT = "left-"  # and a number, in place of the code of somebody who was erased
# Made once: json.dumps would look it up for every answer.
_encode = json.JSONEncoder(ensure_ascii=True).encode


def mark(item: str, code: str, answer: Answer, secret: bytes) -> bytes:
    """A mark of what `code` chose on `item`: `SIZE` bytes, keyed with `secret`.

    Only what is compared is in it: not the tags, the certainty or the words, which of a group
    nobody is told.
    """
    chosen = answer.value if isinstance(answer.value, str) else sorted(answer.value)
    said = _encode([item, code, chosen]).encode("ascii")
    made = hmac.digest(secret, said, hashlib.sha256)[:SIZE]
    return made if made != _NONE else _OF_WHO_LEFT


class PartyMarks(Mapping[str, Mapping[str, bytes]]):
    """The marks of one party: item -> participant code -> mark.

    Those of thousands of people must fit in memory: the `codes` stand there once, and for each item
    the `marks` of these people one behind the other, zeros for who has none.
    """

    def __init__(self, codes: Sequence[str], marks: Mapping[str, bytes]) -> None:
        self.codes, self.marks = tuple(codes), dict(marks)

    def __getitem__(self, item: str) -> dict[str, bytes]:
        people = zip(self.codes, _each(self.marks[item]), strict=True)
        return {code: mark for code, mark in people if mark != _NONE}

    def __contains__(self, item: object) -> bool:
        return item in self.marks

    def __iter__(self) -> Iterator[str]:
        return iter(self.marks)

    def __len__(self) -> int:
        return len(self.marks)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PartyMarks):
            return NotImplemented
        return (self.codes, self.marks) == (other.codes, other.marks)

    __hash__ = None  # type: ignore[assignment]

    def without(self, code: str) -> "PartyMarks":
        """The marks without anything of `code`, but that somebody left."""
        if code not in self.codes:
            return self
        left = f"{_LEFT}{sum(each.startswith(_LEFT) for each in self.codes)}"
        place = self.codes.index(code)
        here = slice(place * SIZE, (place + 1) * SIZE)
        marks = {
            item: each if each[here] == _NONE else _with(each, here, _OF_WHO_LEFT)
            for item, each in self.marks.items()
        }
        return PartyMarks([*self.codes[:place], left, *self.codes[place + 1 :]], marks)


# Party as it is shown -> the marks of its people.
Marks = Mapping[str, PartyMarks]


class Marking:
    """The marks of one party while its people are read, one after the other.

    Without a secret none are made.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._codes: list[str] = []
        self._marks: dict[str, bytearray] = {}

    def add(self, sheet: Sheet) -> None:
        """The marks of one more person."""
        if not self._secret:
            return
        code, before = sheet.participant, len(self._codes)
        for item, answer in sheet.answers.items():
            if answer.value != PREFER_NOT:
                if before == len(self._codes):
                    self._codes.append(code)
                of_item = self._marks.setdefault(item, bytearray())
                _lengthen(of_item, before)
                of_item += mark(item, code, answer, self._secret)

    def join(self, other: "Marking") -> None:
        """The marks of the people of another party too."""
        for item, marks in other._marks.items():
            of_item = self._marks.setdefault(item, bytearray())
            _lengthen(of_item, len(self._codes))
            of_item += marks
        self._codes += other._codes

    def made(self) -> PartyMarks:
        """All of them, once, in the order of the codes: people may be read in any.

        They are handed over one item after the other, and none stays here: those of thousands never
        lie there twice.
        """
        order = sorted(range(len(self._codes)), key=self._codes.__getitem__)
        is_in_order = order == list(range(len(order)))
        in_order: dict[str, bytes] = {}
        for item in tuple(self._marks):
            marks = self._marks.pop(item)
            _lengthen(marks, len(self._codes))
            in_order[item] = bytes(marks) if is_in_order else b"".join(_in(order, [*_each(marks)]))
        return PartyMarks(_in(order, self._codes), in_order)


def without(marks: Marks, code: str) -> dict[str, PartyMarks]:
    """The marks without anything of `code`, but that somebody left.

    Who is erased counts as one who left: of those that remain fewer need to have changed, and
    nobody can tell which (found by brute force).
    """
    return {party: each.without(code) for party, each in marks.items()}


def _each(marks: bytes | bytearray) -> Iterator[bytes]:
    return (bytes(marks[at : at + SIZE]) for at in range(0, len(marks), SIZE))


def _with(marks: bytes, here: slice, mark: bytes) -> bytes:
    return marks[: here.start] + mark + marks[here.stop :]


def _lengthen(marks: bytearray, people: int) -> None:
    marks.extend(bytes(people * SIZE - len(marks)))


def _in(order: Iterable[int], things: Sequence[Any]) -> list[Any]:
    return [things[number] for number in order]
