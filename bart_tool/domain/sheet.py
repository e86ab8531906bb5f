"""The sheet that one participant writes, and the picture that merging all sheets gives.

What everybody may know is made of these once, in `disclosure`; what follows imports nothing here.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pydantic import Field

from bart_tool.domain.answer import UNCHOSEN, UNREVISED, Answer, Consent, Revision
from bart_tool.domain.base import Code, Frozen, Id, SessionId, SessionName


class SheetStatus(StrEnum):
    """A sheet is a draft until its writer hands it in; a draft is not counted."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


class Sheet(Frozen):
    """One participant's answers in one round (docs/developer/formats.md 3).

    It holds a code, never a name, and no times. `answers`: item key -> answer; a key that is absent
    was skipped. `function`: one of the session's, or empty. `session_id` tells sessions of one name
    apart; it is empty where nobody knew it, and in every sheet of format 1.
    """

    format: Literal[1, 2] = 1
    kind: Literal["answer-sheet"] = "answer-sheet"
    session: SessionName
    session_id: SessionId = ""
    round: int = Field(default=1, ge=1)
    question_set: Id
    question_set_hash: str
    participant: Code
    party: Id
    function: str = ""
    consent: Consent | Literal["unchosen"] = "group"
    status: SheetStatus = SheetStatus.DRAFT
    answers: dict[str, Answer] = {}
    # Item -> the revision of the answer that its writer wiped. Without it an older copy of the
    # sheet would bring the wiped answer back, or win from what was answered after it.
    wiped: dict[str, Revision] = {}

    @property
    def shown_as(self) -> Consent:
        """How its writer may be shown; who never chose, only in a group."""
        return "group" if self.consent == UNCHOSEN else self.consent

    def marked(self, session_id: str) -> "Sheet":
        """The sheet as one of the session with this id; without an id it stays as it is."""
        return (
            self.model_copy(update={"format": 2, "session_id": session_id}) if session_id else self
        )

    def with_answer(self, item: str, answer: Answer) -> "Sheet":
        """The sheet with `answer` on `item`; its revision is one up on what ever stood there."""
        before = self.answers.get(item)
        last = before.revision if before else self.wiped.get(item, 0)
        revised = answer.model_copy(update={"revision": last + 1})
        left = {key: revision for key, revision in self.wiped.items() if key != item}
        return self.model_copy(update={"answers": {**self.answers, item: revised}, "wiped": left})

    def without(self, item: str) -> "Sheet":
        """The sheet with the answer on `item` wiped; the same sheet when there was none.

        The revision that was wiped is kept, so that no older copy brings the answer back.
        """
        before = self.answers.get(item)
        if before is None:
            return self
        left = {key: answer for key, answer in self.answers.items() if key != item}
        wiped = {**self.wiped, item: max(before.revision, 1)}
        return self.model_copy(update={"answers": left, "wiped": wiped})

    def answering_all_but(self, items: Collection[str]) -> "Sheet":
        """The sheet without its answers to `items`, as if these had not been asked."""
        if not any(item in self.answers for item in items):
            return self
        left = {item: answer for item, answer in self.answers.items() if item not in items}
        return self.model_copy(update={"answers": left})

    def without_tables(self, items: Collection[str]) -> "Sheet":
        """The sheet without what tables answered to `items`."""
        left = {
            item: answer
            for item, answer in self.answers.items()
            if item not in items or answer.revision != UNREVISED
        }
        return self.model_copy(update={"answers": left})


@dataclass(frozen=True, slots=True)
class Conflict:
    """One item of one participant with two or more different answers, none newer than another."""

    participant: str
    item: str
    answers: tuple[Answer, ...]  # in the order of their fingerprints

    @property
    def revision(self) -> int:
        """The revision that is contradicted; UNREVISED when tables contradict each other."""
        return max(answer.revision for answer in self.answers)


class Decision(Frozen):
    """What a person chose for a conflict of this `revision`.

    `chosen` is the fingerprint of the answer that stands, `among` those of all it was chosen from;
    empty in a decision of before 0.2.0, which did not say so. A later revision is a new conflict,
    and so is an answer that was not among them.
    """

    participant: Code
    item: str
    revision: int
    chosen: str
    among: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, str, int]:
        """The conflict that it is about: participant, item, revision."""
        return self.participant, self.item, self.revision


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
    said = _CANONICAL.encode(answer.model_dump(mode="json"))
    return hashlib.sha256(said.encode("ascii")).hexdigest()[:16]
