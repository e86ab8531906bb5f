"""The questions a set can ask: one class a type, joined on `type`."""

from typing import Annotated, Literal

from pydantic import Field

from bart_tool.domain.base import Frozen, Id
from bart_tool.domain.text import Text

Boundary = Literal["boundary", "authority", "role", "task", "means"]
BOUNDARIES: tuple[Boundary, ...] = ("task", "authority", "role", "boundary", "means")
Tense = Literal["formal", "practice", "wish"]


class Option(Frozen):
    """One thing to choose. `needs` is, for a role, the least level of mandate that it takes."""

    id: Id
    label: Text
    help: Text = Text()
    needs: Id | None = None


Options = tuple[Option, ...]
# A list written out, or the name of one in the set's `option_lists`.
OptionSource = Id | Options


class _Question(Frozen):
    """What every question has. Texts may hold `{subject}` and `{object}`."""

    id: Id
    boundary: Boundary
    tense: Tense | dict[Id, Tense]  # one, or one per subject
    short: Text  # what it is about, in a few words, for tables and headings
    text: Text
    example: Text = Text()
    help: Text = Text()
    source: str = ""  # section of the method's source
    subjects: tuple[Id, ...] = ()
    objects: Id | None = None  # the name of a list in the set's `objects`
    asked_of: tuple[Id, ...] = ()  # kinds of party that answer; empty: every kind
    certainty: bool = False  # whether one is asked how sure one is

    def tense_for(self, subject: str) -> Tense:
        """The tense in which the question is asked about `subject`."""
        if isinstance(self.tense, str):
            return self.tense
        return self.tense.get(subject, "practice")


class ChoiceQuestion(_Question):
    """Choose one of the options, which may differ per subject, or say it in own words."""

    type: Literal["choice"]
    options: OptionSource | dict[Id, OptionSource]
    other: bool = True


class WhoQuestion(_Question):
    """Point at one actor, at nobody, or at another in own words."""

    type: Literal["who"]
    actors: tuple[Id, ...] = ()  # empty: every party and actor of the set
    other: bool = True


class Coverage(Frozen):
    """Says that the objects are decisions to be covered: who claims each, and is that contested?"""

    topic: Id  # the decisions' topics read `<topic>/<object>`
    claims_from: Id  # the level from which a party's own position is a claim


class ScaleQuestion(_Question):
    """Choose a level of an ordered scale."""

    type: Literal["scale"]
    scale: Id
    coverage: Coverage | None = None


class MultiQuestion(_Question):
    """Choose any number of options, for roles each with formal, informal or don't know."""

    type: Literal["multi"]
    options: OptionSource | dict[Id, OptionSource]
    formal_informal: bool = False
    most: int | None = Field(default=None, ge=1)


class TextQuestion(_Question):
    """Say it in own words; laid side by side, never coded."""

    type: Literal["text"]


Question = Annotated[
    ChoiceQuestion | WhoQuestion | ScaleQuestion | MultiQuestion | TextQuestion,
    Field(discriminator="type"),
]
