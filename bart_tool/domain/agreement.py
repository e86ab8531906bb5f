"""Agreements: a boundary in one sentence, who stands behind it, within whose mandate, and kept?

A boundary works only when it is specified, agreed and kept (Green & Molenkamp 2005). Nothing here
holds an answer or a code: a page of agreements may be public.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, Field, StringConstraints

from bart_tool.domain.answer import Words
from bart_tool.domain.base import Frozen, Id
from bart_tool.domain.free_text import MAX_WORDS, normal
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session

# within: within the mandate of who agrees · submitted: put to somebody who may decide it ·
# fixed: it is laid down already · parked: not settled, but not forgotten
MandateStatus = Literal["within", "submitted", "fixed", "parked"]
Test = Literal["no", "partly", "yes"]  # in the order in which every question has them

# withdrawn: does not hold any more · parked · agreed: some party agreed · proposed: nobody yet
Standing = Literal["agreed", "proposed", "parked", "withdrawn"]

MAX_SENTENCE = 300
Tidy = AfterValidator(lambda text: normal(text).strip())
Note = Annotated[Words, Tidy]
Sentence = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_SENTENCE), Tidy
]


class Assent(Frozen):
    """A party that agrees, and on what condition; an empty condition is none."""

    party: Id
    condition: Note = ""


class Check(Frozen):
    """One time the agreement was looked at again: was it kept?"""

    on: date
    kept: Test
    note: Note = ""


class Unagreed(Frozen):
    """A party that must act though it did not agree, and what was said about that."""

    party: Id
    said: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_WORDS), Tidy
    ]


class Withdrawal(Frozen):
    """The day since which an agreement does not hold any more, and why."""

    on: date
    why: Note = ""


class AgreementDraft(Frozen):
    """An agreement as it is written down, before it has an id.

    `topic` is an item key, or `<topic>/<decision>` as on the agenda. `mandate` is None until
    somebody said it. `mandate_words`: to whom it was put (submitted), or where it stands already
    (fixed). `done_by` (who carries it out) and `owner` (who sees to it) are positions: a party, a
    kind or an actor of the set, never a person. `unagreed`: what was said of a party that must act
    and did not agree. `specified` and `agreed` are the first two tests of a
    boundary (docs/developer/method.md 1.2), None where nobody said; `checks` holds the third.
    `round`: in which it was agreed, from 1. `changed_on`: the day on which anything of it was
    written last, None in what an earlier version of bart kept.
    """

    topic: str
    sentence: Sentence
    parties: tuple[Assent, ...] = ()
    mandate: MandateStatus | None = None
    mandate_words: Note = ""
    written_in: Note = ""  # where it will be written down
    done_by: tuple[Id, ...] = ()
    owner: Id | None = None
    unagreed: tuple[Unagreed, ...] = ()
    check_on: date | None = None
    specified: Test | None = None
    agreed: Test | None = None
    checks: tuple[Check, ...] = ()
    withdrawn: Withdrawal | None = None
    round: int = Field(default=1, ge=1)
    changed_on: date | None = None

    @property
    def standing(self) -> Standing:
        """What may be said of it: agreed only where a party agreed."""
        if self.withdrawn is not None:
            return "withdrawn"
        if self.mandate == "parked":
            return "parked"
        return "agreed" if self.parties else "proposed"

    @property
    def look_again(self) -> date | None:
        """The day to look at it again; None without one, once somebody looked, when withdrawn."""
        if self.check_on is None or self.withdrawn is not None:
            return None
        looked = any(check.on >= self.check_on for check in self.checks)
        return None if looked else self.check_on


class Agreement(AgreementDraft):
    """An agreement that is kept. `id`: `a-1`, `a-2` …; a number is never used again."""

    id: Id

    @property
    def kept(self) -> Test | None:
        """What the last check said: yes, partly or no; None when nobody looked yet."""
        return self.checks[-1].kept if self.checks else None

    def is_due(self, today: date) -> bool:
        """Whether it must be looked at on `today`: the date has come, and nobody looked since."""
        return self.look_again is not None and self.look_again <= today


class Agreements(Frozen):
    """What agreements.yaml holds, in the order in which they were made.

    `given` is the highest number that was ever given out: `a-3` may be gone, and is not used again.
    """

    format: Literal[1] = 1
    kind: Literal["agreements"] = "agreements"
    given: int = Field(default=0, ge=0)
    agreements: tuple[Agreement, ...] = ()

    def by_id(self, name: str) -> Agreement | None:
        """The agreement with the id `name`; None when there is none."""
        return next((each for each in self.agreements if each.id == name), None)

    def with_new(self, draft: AgreementDraft) -> "Agreements":
        """With `draft` as the last one; its number is one up on the highest ever given out."""
        number = max([self.given, *map(_number, self.agreements)]) + 1
        fields = {name: getattr(draft, name) for name in AgreementDraft.model_fields}
        added = Agreement(id=f"a-{number}", **fields)
        return self.changed(given=number, agreements=(*self.agreements, added))

    def replaced(self, agreement: Agreement) -> "Agreements":
        """With `agreement` in place of the one with the same id; unchanged when there is none."""
        return self.changed(
            agreements=tuple(
                agreement if each.id == agreement.id else each for each in self.agreements
            )
        )

    def without(self, name: str) -> "Agreements":
        """Without the agreement with the id `name`; its number is not given out again."""
        number = max([self.given, *map(_number, self.agreements)])
        left = tuple(each for each in self.agreements if each.id != name)
        return self.changed(given=number, agreements=left)

    def put_back(self, agreement: Agreement, place: int) -> "Agreements":
        """With an agreement that was taken out at `place` again, counted from 0."""
        others = [each for each in self.agreements if each.id != agreement.id]
        return self.changed(agreements=(*others[:place], agreement, *others[place:]))


def waiting(kept: Iterable[Agreement]) -> list[tuple[date, Agreement]]:
    """The agreements that still wait to be looked at, and on which day, the first day first."""
    days = [(each.look_again, each) for each in kept if each.look_again]
    return sorted(days, key=lambda pair: pair[0])


_NUMBERED = re.compile(r"a-([1-9][0-9]{0,8})")


def _number(agreement: Agreement) -> int:
    found = _NUMBERED.fullmatch(agreement.id)
    return int(found[1]) if found else 0


def plain_agreement(made: Agreement) -> dict[str, Any]:
    """An agreement, with every key also where nothing was filled in."""
    said = made.model_dump(mode="json")
    kept = {key: said[key] for key in said if key not in ("specified", "agreed")}
    tests = {"specified": made.specified, "agreed": made.agreed, "kept": made.kept}
    return {**kept, "tests": tests}


KEPT_OR_NOT = "agreement-status"  # the scale of both questions
LEVELS: tuple[Test, ...] = get_args(Test)

Asked = Literal["kept", "right"]
_LONGEST_ID = 60


@dataclass(frozen=True)
class FollowUp:
    """What a follow-up round will ask. `session` is the session as it then is.

    `agreements`: of which it is asked whether they are kept and still right. `parked`: of which
    only what they touch is asked again. `items` of the set are asked again.
    """

    session: Session
    question_set: QuestionSet
    agreements: tuple[Agreement, ...]
    parked: tuple[Agreement, ...]
    items: tuple[Item, ...]


def about(agreement: str, what: Asked) -> str:
    """The id of the question, and of its one item, whether `agreement` is kept or still right.

    >>> about("a-1", "kept")
    'agreement-kept-a-1'
    """
    name = f"agreement-{what}-{agreement}"
    if len(name) <= _LONGEST_ID:
        return name
    mark = hashlib.sha256(agreement.encode()).hexdigest()[:8]
    return f"{name[: _LONGEST_ID - 9].rstrip('-')}-{mark}"
