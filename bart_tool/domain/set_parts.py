"""The parts of a question set: what has a name, who answers, scales, thresholds and guesses."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints

from bart_tool.domain.base import Frozen
from bart_tool.domain.question import Options
from bart_tool.domain.text import Text

CodePrefix = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,8}$")]


class Named(Frozen):
    """Something with a name: an actor, a subject, an object or, with more, a party."""

    label: Text
    """The name by itself, in tables and lists: “wijkraad”."""
    the: Text = Text()
    """The name as it stands in a sentence, “de wijkraad”; left out: the label."""
    help: Text = Text()
    """One sentence on who or what is meant, for who asks."""

    @property
    def in_sentence(self) -> Text:
        """The name for inside a sentence: `the`, or the label where that was left out."""
        return self.the or self.label

    @property
    def is_plural(self) -> bool:
        """Whether it takes a verb in the plural, as several of a kind together do."""
        return False


class OwnDecision(Named):
    """A decision that a session adds: in a sentence it is named, for its words may be anything."""

    @classmethod
    def of(cls, named: Named) -> "OwnDecision":
        """`named` without a stop at its end: the sentence that it fills has one."""
        nl, en = (said.rstrip(" .?!;:,") or said for said in (named.label.nl, named.label.en))
        return cls(label=Text(nl=nl, en=en), the=named.the, help=named.help)

    @property
    def in_sentence(self) -> Text:
        """`dit besluit: een bank plaatsen`, unless its session says how it stands there."""
        if self.the:
            return self.the
        nl, en = self.label.in_language("nl"), self.label.in_language("en")
        return Text(nl=f"dit besluit: {_small(nl)}", en=f"this decision: {_small(en)}")


def _small(said: str) -> str:
    """As it stands behind a colon; abbreviations (`MO`, `3D`) stay as they are."""
    if said.startswith("Eén "):  # a capital carries no accent
        return f"é{said[1:]}"
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]


class PartyKind(Named):
    """A kind of party that answers: about itself and about the others, as the questions say."""

    prefix: CodePrefix
    """What the codes of its participants begin with: `WR` gives WR-01, WR-02 and so on."""
    many: bool = False
    """Whether a session may name several parties of this kind, as `<kind>-<name>`."""
    own: Text = Text()
    """Of a kind of which there are several: how somebody's own stands in a sentence to them."""
    together: Text = Text()
    """And how all of them stand in a sentence to the others, “de clusters samen”."""
    named_by_session: bool = False
    """Whether the session names these parties, each then being a kind of its own."""

    @property
    def is_named(self) -> bool:
        """Whether whoever makes a session gives these parties their names."""
        return self.many or self.named_by_session


class Together(PartyKind):
    """A kind of party of which a session has several, as the others are asked about it."""

    @property
    def is_plural(self) -> bool:
        """They are: `mogen de clusters samen`."""
        return True


class Actor(Named):
    """Who does not answer as a party, but can be pointed at."""

    within: str = ""
    """The kind of party it works for and speaks for; left out: it stands by itself."""
    own: Text = Text()
    """Where there are several of that kind: how somebody's own stands in a sentence to them."""


class Scale(Frozen):
    """Ordered levels, counted from 0; distances on it are told in steps."""

    levels: Options
    """The levels from little to much; the first is 0."""
    decision_line: float | None = None
    """In steps, between two levels (2.5 lies between 2 and 3): who stand on both sides differ."""

    def number(self, level: str) -> int:
        """The number of `level`, from 0. Raises KeyError for a level the scale does not have."""
        return self.numbers[level]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Level id -> its number: 0 for the first, the number of levels less one for the last."""
        return {level.id: number for number, level in enumerate(self.levels)}


class Thresholds(Frozen):
    """Where a position ends and a difference begins (docs/developer/method.md 4.5)."""

    holds: float = Field(default=0.5, ge=0.5, lt=1)
    """A party has one position when more than this share of its substantive answers is there."""
    ascribes: float = Field(default=0.5, gt=0, le=1)
    """The least share of a party's people who choose an option for the party to ascribe it."""
    reach: float = Field(default=0.25, gt=0, le=1)
    """How far from the median an answer still holds with it, as a share of the scale's length."""
    wide_gap: float = Field(default=3, gt=0)
    """The distance from which parties stand far apart, in steps."""
    wide_gap_across_line: float = Field(default=2, gt=0)
    """The same where they stand on both sides of the decision line, in steps."""
    gap: float = Field(default=2, gt=0)
    """The distance from which parties differ, in steps."""
    minority_share: float = Field(default=0.2, gt=0, le=1)
    """From this share of a party's answers outside its position on, these are named."""
    minority_answers: int = Field(default=2, ge=1)
    """And only from this many answers on."""
    small_share: float = Field(default=0.5, gt=0, le=1)
    """With a smaller share of the invited than this answering, a party has a small base."""
    small_answers: int = Field(default=3, ge=1)
    """With fewer answers than this, a party that invited as many has a small base."""
    page_one: int = Field(default=7, ge=1)
    """How many topics page one of the report shows."""
    page_one_of_a_code: int = Field(default=2, ge=1)
    """How many of them may have the same code while topics with another code wait."""
    shared_list: int = Field(default=5, ge=1)
    """How many shared items page one names."""


MOST_GUESSED = 3  # items a set may have people guess about (docs/developer/method.md 4.3)


class Coorientation(Frozen):
    """What people guess of another party, named by the session (docs/developer/method.md 4.3).

    Its texts may hold `{party}`, whom the guess is about, and `{question}`, what it is asked.
    """

    items: tuple[str, ...]
    """The keys of the items that are guessed about, `question/subject/object`; at most three."""
    text: Text
    """The question that asks for the guess."""
    short: Text
    """What the guess is about, in a few words, for tables and headings."""
    help: Text = Text()
    """What more there is to know, for who asks for help."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A derived item, `key`: what does a party of the kind `about` fill in at `item`?"""

    key: str
    about: str
    item: str
