"""What one participant says on one item, and the codes that may stand in place of an answer."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator

from bart_tool.domain.base import Frozen, Id
from bart_tool.domain.free_text import MAX_WORDS, normal

# Codes that stand where an option could stand. Skipped and not asked have no code: skipped is a
# key absent from a submitted sheet, not asked is an item outside the participant's route.
NOBODY = "nobody"
DONT_KNOW = "dont-know"
PREFER_NOT = "prefer-not"
OTHER = "other"
CODES = frozenset({NOBODY, DONT_KNOW, PREFER_NOT, OTHER})
NONE = "(none)"  # no code, nor an id: of a list with several choices, none of them
# The codes that are an answer but say nothing of the picture itself.
NOT_SUBSTANTIVE = frozenset({DONT_KNOW, PREFER_NOT})

Tag = Literal["formal", "given", "informal", "unknown"]
Certainty = Literal["guess", "fairly", "certain"]
Consent = Literal["position", "group", "none"]
# What stands where a table says nothing of it: it counts as `group`, and gives way to any choice.
UNCHOSEN: Literal["unchosen"] = "unchosen"

Words = Annotated[str, StringConstraints(max_length=MAX_WORDS)]


Revision = Annotated[int, Field(ge=1)]
UNREVISED = 0  # the revision of an answer from a table: it says nothing of newer or older


class Answer(Frozen):
    """What one participant says on one item.

    `value` is an option, level or actor, one of the codes, own words (text), or for a multi a map
    option -> tag; an empty map says "none of these". `words` go with `other`. `revision` counts
    the changes of this answer from 1: it, never a clock, says which of two is the newer
    (docs/developer/formats.md 3 and 5). A table counts no changes; its answers have UNREVISED.
    """

    value: Words | dict[Id, Tag]
    words: Words = ""
    certainty: Certainty | None = None
    note: Words = ""
    quote: bool = False  # may note, words and text be printed literally
    revision: Annotated[int, Field(ge=UNREVISED)] = 1

    @field_validator("value", "words", "note")
    @classmethod
    def _normal(cls, value: str | dict[str, Tag]) -> str | dict[str, Tag]:
        return normal(value) if isinstance(value, str) else value

    @property
    def is_substantive(self) -> bool:
        """Whether it says something of the picture: all but don't know and prefer not."""
        return isinstance(self.value, dict) or self.value not in NOT_SUBSTANTIVE
