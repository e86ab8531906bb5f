"""A question set: everything a round asks, and everything needed to compare the answers."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Annotated, Any, Literal, assert_never

from pydantic import Field, PrivateAttr, StringConstraints

from bart_tool.domain.base import Frozen, Id
from bart_tool.domain.patterns import Patterns
from bart_tool.domain.question import (
    ChoiceQuestion,
    MultiQuestion,
    Option,
    Options,
    OptionSource,
    Question,
    ScaleQuestion,
    Tense,
    TextQuestion,
    WhoQuestion,
)
from bart_tool.domain.text import Text

# docs/developer/method.md 2.9: an estimate, for rounds that ask a part of a set
SECONDS_AN_ITEM = 25

CodePrefix = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,8}$")]


class Named(Frozen):
    """Something with a name: `label` alone ("wijkraad"), `the` in a sentence ("de wijkraad")."""

    label: Text
    the: Text = Text()
    help: Text = Text()

    @property
    def in_sentence(self) -> Text:
        """The name as it stands inside a sentence."""
        return self.the or self.label


class PartyKind(Named):
    """A kind of party that answers. `many`: a session may name several, as `<kind>-<name>`.

    `named_by_session`: the session names these parties, and each is a kind of its own.
    """

    prefix: CodePrefix
    many: bool = False
    named_by_session: bool = False

    @property
    def is_named(self) -> bool:
        """Whether whoever makes a session gives these parties their names."""
        return self.many or self.named_by_session


class Scale(Frozen):
    """Ordered levels, counted from 0. `decision_line` lies between two levels, in steps."""

    levels: Options
    decision_line: float | None = None

    def number(self, level: str) -> int:
        """The number of `level`, from 0. Raises KeyError for a level the scale does not have."""
        return self.numbers[level]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Level id -> its number, from 0."""
        return {level.id: number for number, level in enumerate(self.levels)}


class Thresholds(Frozen):
    """Where a difference begins, in steps of the scale (docs/developer/method.md 4.5)."""

    wide_gap: float = Field(default=3, gt=0)
    wide_gap_across_line: float = Field(default=2, gt=0)
    gap: float = Field(default=2, gt=0)
    nuance: float = Field(default=1, gt=0)
    ascribes: float = Field(default=0.5, gt=0, le=1)  # least share of a party's members
    divided_range: float = Field(default=3, gt=0)
    divided_answers: int = Field(default=3, ge=2)
    small_answers: int = Field(default=3, ge=1)
    small_share: float = Field(default=0.5, gt=0, le=1)
    page_one: int = Field(default=7, ge=1)


MOST_GUESSED = 3  # items a set may have people guess about (docs/developer/method.md 4.3)


class Coorientation(Frozen):
    """What people guess of another party, named by the session (docs/developer/method.md 4.3).

    `items`: keys of items. `text` and `short` may hold `{party}`, whom the guess is about, and
    `{question}`, what that party is asked.
    """

    items: tuple[str, ...]
    text: Text
    short: Text
    help: Text = Text()


@dataclass(frozen=True, slots=True)
class Guess:
    """A derived item, `key`: what does a party of the kind `about` fill in at `item`?"""

    key: str
    about: str
    item: str


@dataclass(frozen=True, slots=True)
class Item:
    """One cell to answer: a question about a subject and, where it has them, an object."""

    key: str
    question: Question
    subject: str = ""
    object: str = ""

    @property
    def tense(self) -> Tense:
        """The tense in which it is asked."""
        return self.question.tense_for(self.subject)


class QuestionSet(Frozen):
    """A set as its file says it. Look-ups below raise KeyError for what the set does not have."""

    format: Literal[1]
    kind: Literal["question-set"]
    id: Id
    version: int = Field(default=1, ge=1)
    title: Text
    about: Text = Text()
    minutes: int = Field(default=0, ge=0)
    attribution: Text = Text()
    parties: dict[Id, PartyKind]
    actors: dict[Id, Named] = {}
    subjects: dict[Id, Named] = {}  # subjects that are neither party nor actor
    objects: dict[Id, dict[Id, Named]] = {}
    option_lists: dict[Id, Options] = {}
    scales: dict[Id, Scale] = {}
    thresholds: Thresholds = Thresholds()
    patterns: Patterns = Patterns()
    coorientation: Coorientation | None = None
    questions: tuple[Question, ...]
    _asked: frozenset[str] | None = PrivateAttr(default=None)  # item keys; None: every item
    _guesses: tuple[Guess, ...] = PrivateAttr(default=())

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the set: by question, then subject, then object."""
        return tuple(item for question in self.questions for item in self._items_of(question))

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """What is guessed about whom; they are among the items, and stand behind all others."""
        return self._guesses

    @cached_property
    def compared(self) -> tuple[Item, ...]:
        """The items by which the parties' own pictures are compared: all but the guesses."""
        guessed = {guess.key for guess in self._guesses}
        return tuple(item for item in self.items if item.key not in guessed)

    @cached_property
    def by_key(self) -> Mapping[str, Item]:
        """Item key -> item."""
        return {item.key: item for item in self.items}

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        """Question id -> question."""
        return {question.id: question for question in self.questions}

    def _items_of(self, question: Question) -> Iterator[Item]:
        things = tuple(self.objects[question.objects]) if question.objects else ("",)
        for subject in question.subjects or ("",):
            for thing in things:
                key = item_key(question.id, subject, thing)
                if self._asked is None or key in self._asked:
                    yield Item(key, question, subject, thing)

    def asked_of(self, item: Item, kind: str) -> bool:
        """Whether a party of `kind` answers `item`."""
        return not item.question.asked_of or kind in item.question.asked_of

    def route(self, kind: str) -> tuple[Item, ...]:
        """The items a party of `kind` answers, each question about its own kind first.

        One's own picture comes before one's picture of the others, so that the second does not
        colour the first (docs/developer/method.md 2.9).
        """
        if kind not in self._routes:
            self._routes[kind] = tuple(self._route(kind))
        return self._routes[kind]

    @cached_property
    def _routes(self) -> dict[str, tuple[Item, ...]]:
        """Kind of party -> its route, as far as it was asked for."""
        return {}

    def _route(self, kind: str) -> Iterator[Item]:
        for question in self.questions:
            if not question.asked_of or kind in question.asked_of:
                yield from sorted(self._items_of(question), key=lambda item: item.subject != kind)

    def options(self, question: Question, subject: str = "") -> Options:
        """What can be chosen: options, levels, or the actors that may be pointed at.

        The codes `nobody`, `other`, `dont-know` and `prefer-not` are not among them.
        """
        match question:
            case ScaleQuestion():
                return self.scales[question.scale].levels
            case WhoQuestion():
                names = question.actors or (*self.parties, *self.actors)
                return tuple(Option(id=name, label=self.named(name).label) for name in names)
            case ChoiceQuestion() | MultiQuestion():
                sources = question.option_sources
                return self._listed(sources.get(subject, sources.get("", ())))
            case TextQuestion():
                return ()
        assert_never(question)

    def scale_of(self, question: Question) -> Scale | None:
        """The scale on which a question is compared; None when it has none in this set."""
        return self.scales.get(question.on_scale or "")

    def line_of(self, question: Question) -> float | None:
        """The decision line, in steps, where it is asked who may decide."""
        scale = self.scale_of(question)
        return scale.decision_line if scale and question.covers else None

    def claims_from(self, question: Question) -> int | None:
        """The level from which an own position is a claim, where it is asked who may decide."""
        scale = self.scale_of(question)
        return scale.number(question.covers.claims_from) if scale and question.covers else None

    @cached_property
    def choosable(self) -> Mapping[str, frozenset[str]]:
        """Item key -> the ids of what can be chosen there."""
        return {
            item.key: frozenset(option.id for option in self.options(item.question, item.subject))
            for item in self.items
        }

    def _listed(self, source: OptionSource) -> Options:
        return self.option_lists[source] if isinstance(source, str) else source

    def named(self, name: str) -> Named:
        """The party, actor or subject called `name`."""
        for names in (self.parties, self.actors, self.subjects):
            if name in names:
                found: Named = names[name]
                return found
        raise KeyError(name)

    def object_named(self, question: Question, thing: str) -> Named:
        """The object called `thing` among those of `question`."""
        if question.objects is None:
            raise KeyError(thing)
        return self.objects[question.objects][thing]

    @property
    def named_kind(self) -> str | None:
        """The kind whose parties the session names, each a kind of its own; None without one."""
        named = (kind for kind, what in self.parties.items() if what.named_by_session)
        return next(named, None)

    @property
    def covered(self) -> frozenset[str]:
        """The names of the object lists over which it is asked who may decide what."""
        return frozenset(
            question.objects for question in self.questions if question.covers and question.objects
        )

    def with_objects(self, more: Mapping[str, Mapping[str, Named]]) -> "QuestionSet":
        """The set with objects added to its lists: a session's own decisions."""
        if not any(more.values()):
            return self
        joined = {name: {**things, **more.get(name, {})} for name, things in self.objects.items()}
        return self._with(objects=joined)

    def asking(
        self,
        questions: Sequence[Question],
        scales: Mapping[str, Scale],
        only: Collection[str] | None,
    ) -> "QuestionSet":
        """The set with a round's own `questions` behind it; of its items only those in `only`.

        The part of a set shows no pattern: a pattern that looks at a question that was not asked
        would see a gap where there is none.
        """
        if not questions and only is None:
            return self
        joined = {"questions": (*self.questions, *questions), "scales": {**self.scales, **scales}}
        whole = self._with(**joined)
        if only is None:
            return whole
        own = (item.key for question in questions for item in whole._items_of(question))
        asked = frozenset((*only, *own))
        longest = max(sum(i.key in asked for i in whole.route(kind)) for kind in self.parties)
        minutes = max(1, ceil(longest * SECONDS_AN_ITEM / 60))
        part = self._with(**joined, patterns=Patterns(), minutes=minutes)
        part._asked = asked
        return part

    def guessing(self, questions: Sequence[Question], guesses: Sequence[Guess]) -> "QuestionSet":
        """The set with `questions` behind it that stand for `guesses`, each a single item."""
        if not guesses:
            return self
        longest = max(
            sum(not q.asked_of or kind in q.asked_of for q in questions) for kind in self.parties
        )
        minutes = self.minutes + ceil(longest * SECONDS_AN_ITEM / 60) if self.minutes else 0
        whole = self._with(questions=(*self.questions, *questions), minutes=minutes)
        whole._guesses = tuple(guesses)
        return whole

    def _with(self, **fields: Any) -> "QuestionSet":
        # Not model_copy: it would carry the cached look-ups of the old set along.
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_construct(**{**kept, **fields})

    @cached_property
    def hash(self) -> str:
        """`sha256:…` of the set's content; how the file is laid out makes no difference."""
        return _digest(self.model_dump(mode="json", by_alias=True, exclude_defaults=True))

    def item_hash(self, key: str) -> str:
        """`sha256:…` of all that gives an answer to the item its meaning.

        Two sets whose hashes differ still agree on an item when this is the same.
        """
        item = self.by_key[key]
        question = item.question
        chosen: list[Any] = [
            o.model_dump(mode="json") for o in self.options(question, item.subject)
        ]
        subject = self.named(item.subject).label.model_dump() if item.subject else ""
        thing = self.object_named(question, item.object).label.model_dump() if item.object else ""
        return _digest(
            [key, question.type, item.tense, question.text.model_dump(), chosen, subject, thing]
        )


def item_key(question: str, subject: str = "", thing: str = "") -> str:
    """The key of an item, of the parts that it has: `mandate/wijkraad/small-urgent-spend`."""
    return "/".join(part for part in (question, subject, thing) if part)


def _digest(value: Any) -> str:
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode("ascii")).hexdigest()
