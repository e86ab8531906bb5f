"""The questions a set can ask: one class a type, joined on `type`, each with its traits.

Code asks for a trait, not for a class or a type. Where it needs the class it says so in a `match`
that ends in `assert_never`, so that the type checker names what a new type still needs.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from bart_tool.domain.base import Frozen, Id
from bart_tool.domain.text import Text

Boundary = Literal["boundary", "authority", "role", "task", "means"]
BOUNDARIES: tuple[Boundary, ...] = ("task", "authority", "role", "boundary", "means")
Tense = Literal["formal", "practice", "wish"]
Answered = Literal["one", "several", "words"]
Compared = Literal["level", "choice", "pointing", "set", "none"]


class Option(Frozen):
    """One thing to choose. `needs` is, for a role, the least level of mandate that it takes."""

    id: Id
    label: Text
    help: Text = Text()
    needs: Id | None = None


Options = tuple[Option, ...]
# A list written out, or the name of one in the set's `option_lists`.
OptionSource = Id | Options


class Coverage(Frozen):
    """Says that the objects are decisions to be covered: who claims each, and is that contested?"""

    topic: Id  # the decisions' topics read `<topic>/<object>`
    claims_from: Id  # the level from which a party's own position is a claim


class _Question(Frozen):
    """What every question has. Texts may hold `{subject}` and `{object}`.

    `answered`: by one of what can be chosen, by several, or in own words. `compared`: by the level
    of a scale, by the option or the actor that most choose, by a set of options, or not at all.
    """

    answered: ClassVar[Answered]
    compared: ClassVar[Compared]
    has_nobody: ClassVar[bool] = False  # "nobody" is an answer

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

    @property
    def has_other(self) -> bool:
        """Whether something else may be said in own words beside what can be chosen."""
        return False

    @property
    def has_tags(self) -> bool:
        """Whether each chosen option is said to be formal or informal."""
        return False

    @property
    def at_most(self) -> int | None:
        """How many may be chosen; None for any number."""
        return None

    @property
    def option_sources(self) -> Mapping[str, OptionSource]:
        """Subject -> where its own options come from; under "" those of every subject."""
        return {}

    @property
    def on_scale(self) -> Id | None:
        """The name of the scale on which it is compared."""
        return None

    @property
    def covers(self) -> Coverage | None:
        """What it says of who may decide, where that is what it asks."""
        return None


class _WithOptions(_Question):
    """A question with options of its own, which may differ per subject."""

    options: OptionSource | dict[Id, OptionSource]

    @property
    def option_sources(self) -> Mapping[str, OptionSource]:
        """The options as they are given."""
        return self.options if isinstance(self.options, dict) else {"": self.options}


class _WithOther(_Question):
    """A question that may also be answered by something else, in own words."""

    other: bool = True

    @property
    def has_other(self) -> bool:
        """As its set says."""
        return self.other


class ChoiceQuestion(_WithOptions, _WithOther):
    """Choose one of the options, which may differ per subject, or say it in own words."""

    answered = "one"
    compared = "choice"
    type: Literal["choice"]


class WhoQuestion(_WithOther):
    """Point at one actor, at nobody, or at another in own words."""

    answered = "one"
    compared = "pointing"
    has_nobody = True
    type: Literal["who"]
    actors: tuple[Id, ...] = ()  # empty: every party and actor of the set


class ScaleQuestion(_Question):
    """Choose a level of an ordered scale."""

    answered = "one"
    compared = "level"
    type: Literal["scale"]
    scale: Id
    coverage: Coverage | None = None

    @property
    def on_scale(self) -> Id:
        """Its own scale."""
        return self.scale

    @property
    def covers(self) -> Coverage | None:
        """As its set says."""
        return self.coverage


class MultiQuestion(_WithOptions):
    """Choose any number of options, for roles each with formal, informal or don't know."""

    answered = "several"
    compared = "set"
    type: Literal["multi"]
    formal_informal: bool = False
    most: int | None = Field(default=None, ge=1)

    @property
    def has_tags(self) -> bool:
        """As its set says."""
        return self.formal_informal

    @property
    def at_most(self) -> int | None:
        """As its set says."""
        return self.most


class TextQuestion(_Question):
    """Say it in own words; laid side by side, never coded."""

    answered = "words"
    compared = "none"
    type: Literal["text"]


Question = Annotated[
    ChoiceQuestion | WhoQuestion | ScaleQuestion | MultiQuestion | TextQuestion,
    Field(discriminator="type"),
]
# Type, as a set's file names it -> its class.
CLASSES: Mapping[str, type[Question]] = {
    get_args(each.model_fields["type"].annotation)[0]: each
    for each in get_args(get_args(Question)[0])
}


def types_compared(how: Compared) -> tuple[str, ...]:
    """The types of question that are compared in this way."""
    return tuple(name for name, each in CLASSES.items() if each.compared == how)
