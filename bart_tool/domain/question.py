"""The questions a set can ask: one class a type, joined on `type`, each with its traits.

Code asks for a trait, not for a class or a type. Where it needs the class it says so in a `match`
that ends in `assert_never`, so that the type checker names what a new type still needs.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from bart_tool.domain.answer import Tag
from bart_tool.domain.base import Frozen, Id
from bart_tool.domain.text import Text

Boundary = Literal["boundary", "authority", "role", "task", "means"]
BOUNDARIES: tuple[Boundary, ...] = ("task", "authority", "role", "boundary", "means")
Tense = Literal["formal", "practice", "wish"]
Answered = Literal["one", "several", "words"]
Compared = Literal["level", "choice", "pointing", "set", "none"]
OwnTag = Literal["formal", "given", "informal"]  # what can be said; unsaid is `unknown`


class Option(Frozen):
    """One thing to choose: an option of a question or a level of a scale."""

    id: Id
    """What answers are stored under; unique within its list, and kept when the label changes."""
    label: Text
    """What people choose, in a few words."""
    help: Text = Text()
    """One sentence more, for who asks what is meant."""
    needs: Id | None = None
    """For a role: the least level of mandate it takes; pattern F1 looks at it."""


Options = tuple[Option, ...]
# A list written out, or the name of one in the set's `option_lists`.
OptionSource = Id | Options


class Coverage(Frozen):
    """Says that the objects are decisions to be covered: who claims each, and is that contested?"""

    topic: Id
    """All about one decision is one topic for the talk, called `<topic>/<object>`."""
    claims_from: Id
    """The level of the scale from which what a party says of itself is a claim to decide."""


class Unless(Frozen):
    """Whose own answer to another question leaves this one out, for the same subject and object."""

    question: Id
    """The question that was asked before; it is asked about every subject and object of this."""
    value: Id
    """The level or option of it that leaves this question out."""


class _Question(Frozen):
    """What every question has. Texts may hold `{subject}` and `{object}`.

    `answered`: by one of what can be chosen, by several, or in own words. `compared`: by the level
    of a scale, by the option or the actor that most choose, by a set of options, or not at all.
    """

    answered: ClassVar[Answered]
    compared: ClassVar[Compared]
    has_nobody: ClassVar[bool] = False  # "nobody" is an answer

    id: Id
    """The first part of its answers' keys; unique in the set, and never changed once asked."""
    boundary: Boundary
    """What it is about, and so the heading that it stands under."""
    tense: Tense | dict[Id, Tense]
    """As it is laid down (formal), goes (practice) or should be (wish): one, or one per subject."""
    short: Text
    """What it is about, in a few words, for tables and headings."""
    text: Text
    """The question as people read it; `{subject}` and `{object}` are filled in."""
    table: Text = Text()
    """The question as it stands above a table, once for all of its objects; not for one of them."""
    example: Text = Text()
    """A concrete case that shows what is meant; it stands under the question."""
    help: Text = Text()
    """What more there is to know, for who asks for help."""
    source: str = ""
    """The section of the method's source that it comes from; participants do not see it."""
    subjects: tuple[Id, ...] = ()
    """Whom it is about: parties, actors or `subjects` of the set, asked about one by one."""
    objects: Id | None = None
    """What it is about: a list in the set's `objects`, asked about one by one for each subject."""
    only: tuple[Id, ...] = ()
    """Of that list only these; left out: all that the set, or the session, asks about."""
    asked_of: tuple[Id, ...] = ()
    """The kinds of party that answer it; empty: every kind."""
    topic: str = ""
    """The decision it is talked about with, as `decision/<id>`; where it goes over decisions
    `decision/{object}`. Empty: it is a topic by itself."""
    unless: Unless | None = None
    """Who is not asked: whose own answer to an earlier question is this one; empty: nobody."""
    certainty: bool = False
    """Whether one is also asked how sure one is: a guess, fairly or certain."""

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
    def tagged(self) -> tuple[Tag, ...]:
        """What may be said of how each chosen option came about; empty: it is not asked."""
        return ()

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
    """What can be chosen: a list, the name of one in `option_lists`, or such per subject."""
    fixed: tuple[Id, ...] = ()
    """Options that stand last, and do not turn per person as the others do: all of them where they
    go up or down, such as amounts."""

    @property
    def option_sources(self) -> Mapping[str, OptionSource]:
        """As its set gives them: one source for every subject, or a map by subject."""
        return self.options if isinstance(self.options, dict) else {"": self.options}


class _WithOther(_Question):
    """A question that may also be answered by something else, in own words."""

    other: bool = True
    """Whether something else may be said in own words beside what can be chosen."""

    @property
    def has_other(self) -> bool:
        """True unless its set says `other: false`, as with a guess."""
        return self.other


class ChoiceQuestion(_WithOptions, _WithOther):
    """Choose one of the options, which may differ per subject, or say it in own words."""

    answered = "one"
    compared = "choice"
    type: Literal["choice"]
    """One option is chosen, and compared by the option most of a party choose."""


class WhoQuestion(_WithOther):
    """Point at one actor, at nobody, or at another in own words."""

    answered = "one"
    compared = "pointing"
    has_nobody = True
    type: Literal["who"]
    """One actor is pointed at, and compared by whom most of a party point at."""
    actors: tuple[Id, ...] = ()
    """Who can be pointed at; empty: every party and every actor of the set."""


class ScaleQuestion(_Question):
    """Choose one level of an ordered scale; a party stands at the median of its people."""

    answered = "one"
    compared = "level"
    type: Literal["scale"]
    """One level of a scale is chosen, and compared in steps."""
    scale: Id
    """The name of a scale in the set's `scales`."""
    coverage: Coverage | None = None
    """Given where the objects are decisions: then it is looked at who claims each of them."""

    @property
    def on_scale(self) -> Id:
        """The name of its scale, which every question of this type has."""
        return self.scale

    @property
    def covers(self) -> Coverage | None:
        """Given where its set says that its objects are decisions; else None."""
        return self.coverage


class MultiQuestion(_WithOptions):
    """Choose any number of options, for roles each with how it came about."""

    answered = "several"
    compared = "set"
    type: Literal["multi"]
    """Any number of options is chosen, and compared by what at least half of a party choose."""
    tags: tuple[OwnTag, ...] = ()
    """What may be said of each chosen option: laid down, given by others, taken on oneself."""
    formal_informal: bool = False
    """As sets of version 0.1.0 asked for the tags `formal` and `informal`; their hash holds it."""
    most: int | None = Field(default=None, ge=1)
    """How many options may be chosen; left out: any number."""

    @property
    def tagged(self) -> tuple[Tag, ...]:
        """The tags that its set gives, in that order, as with roles."""
        return self.tags or (("formal", "informal") if self.formal_informal else ())

    @property
    def at_most(self) -> int | None:
        """At least 1 where its set gives `most`; else None."""
        return self.most


class TextQuestion(_Question):
    """Say it in own words; laid side by side, never coded."""

    answered = "words"
    compared = "none"
    type: Literal["text"]
    """Own words, which are laid side by side and not compared."""


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
