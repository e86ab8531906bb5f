"""Agreements: a boundary in one sentence, who stands behind it, within whose mandate, and kept?

A boundary works only when it is specified, agreed and kept (Green & Molenkamp 2005). Nothing here
holds an answer or a code: a page of agreements may be public.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bart_tool.domain.answer import Words
from bart_tool.domain.base import Frozen, Id

# within: within the mandate of who agrees · submitted: put to somebody who may decide it ·
# fixed: it is laid down already · parked: not settled, but not forgotten
MandateStatus = Literal["within", "submitted", "fixed", "parked"]
Test = Literal["yes", "partly", "no"]

MAX_SENTENCE = 300
Sentence = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_SENTENCE)
]


class Assent(Frozen):
    """A party that agrees, and on what condition; an empty condition is none."""

    party: Id
    condition: Words = ""


class Check(Frozen):
    """One time the agreement was looked at again: was it kept?"""

    on: date
    kept: Test
    note: Words = ""


class Agreement(Frozen):
    """One agreed boundary. `topic` is an item key, or `<topic>/<decision>` as on the agenda.

    `mandate_words`: to whom it was put (submitted), or where it stands already (fixed). `owner` is
    a position (a party, a kind or an actor of the set), never a person. `round`: in which it was
    agreed.
    """

    id: Id
    topic: str
    sentence: Sentence
    parties: tuple[Assent, ...] = ()
    mandate: MandateStatus = "within"
    mandate_words: Words = ""
    written_in: Words = ""  # where it will be written down
    owner: Id | None = None
    check_on: date | None = None
    specified: Test | None = None
    agreed: Test | None = None
    checks: tuple[Check, ...] = ()
    round: int = Field(default=1, ge=1)

    @property
    def kept(self) -> Test | None:
        """What the last check said; None when nobody looked yet."""
        return self.checks[-1].kept if self.checks else None

    def is_due(self, today: date) -> bool:
        """Whether it must be looked at on `today`: the date has come, and nobody looked since."""
        if self.check_on is None or self.check_on > today:
            return False
        return not any(check.on >= self.check_on for check in self.checks)


class Agreements(Frozen):
    """What agreements.yaml holds, in the order in which they were made."""

    format: Literal[1] = 1
    kind: Literal["agreements"] = "agreements"
    agreements: tuple[Agreement, ...] = ()
