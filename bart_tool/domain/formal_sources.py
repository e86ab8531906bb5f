"""Rules that are known beforehand, each with the questions beside which it may be laid."""

from typing import Literal

from pydantic import Field

from bart_tool.domain.base import Frozen, Id
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.text import Text


class KnownRule(Frozen):
    """A rule that may be picked: where it stands, never what it says on an item."""

    title: str = Field(min_length=1, max_length=200)
    article: str = Field(default="", max_length=80)  # empty: still to be looked up
    year: int = Field(ge=1800, le=2200)  # of the text that is meant
    about: tuple[str, ...] = Field(min_length=1)  # items, or beginnings: `mandate/wijkmanager`

    def items(self, question_set: QuestionSet) -> tuple[str, ...]:
        """The items that are asked about which it is, in the order of the set."""
        return tuple(
            key
            for key in question_set.by_key
            if any(key == each or key.startswith(f"{each}/") for each in self.about)
        )


class RuleList(Frozen):
    """A file of rules: those of one municipality or organisation."""

    format: Literal[1]
    kind: Literal["formal-sources"]
    id: Id
    title: Text
    sources: dict[Id, KnownRule]
