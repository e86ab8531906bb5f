"""What merging gives: every participant's sheet once, and what could not be decided."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from bart_tool.domain.answer import Answer, Sheet
from bart_tool.domain.base import Code, Frozen


@dataclass(frozen=True, slots=True)
class Conflict:
    """One item of one participant with two or more different answers of the same revision."""

    participant: str
    item: str
    answers: tuple[Answer, ...]  # in the order of their fingerprints


class Decision(Frozen):
    """What a person chose for a conflict of this `revision`.

    `chosen` is the fingerprint of the answer that stands. A later revision is a new conflict.
    """

    participant: Code
    item: str
    revision: int
    chosen: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The merged sheets, one a participant, in the order of their codes, and the conflicts.

    An item in conflict is absent from its sheet's answers: it counts as unanswered.
    """

    sheets: tuple[Sheet, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


# Made once: json.dumps would make one for every answer.
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=True)


def fingerprint(answer: Answer) -> str:
    """A mark of all that `answer` says: 16 hexadecimal digits, the same on every computer."""
    return _mark(answer.model_dump(mode="json"))


def fingerprints(sheet: Sheet) -> dict[str, str]:
    """Item -> the fingerprint of its answer; quicker than asking for one after the other."""
    dumped: dict[str, Any] = sheet.model_dump(mode="json", include={"answers"})["answers"]
    return {item: _mark(answer) for item, answer in dumped.items()}


def _mark(dumped: dict[str, Any]) -> str:
    return hashlib.sha256(_CANONICAL.encode(dumped).encode("ascii")).hexdigest()[:16]
