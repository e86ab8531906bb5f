"""A question set: everything a round asks, and everything needed to compare the answers."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, assert_never

from pydantic import Field, PrivateAttr

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
from bart_tool.domain.set_parts import (
    Actor,
    Coorientation,
    Guess,
    Named,
    PartyKind,
    Scale,
    Thresholds,
    Together,
)
from bart_tool.domain.set_words import with_parties
from bart_tool.domain.text import Text


@dataclass(frozen=True, slots=True)
class Item:
    """One cell to answer: a question about a subject and, where it has them, an object."""

    key: str
    question: Question
    subject: str = ""
    object: str = ""

    @property
    def tense(self) -> Tense:
        """Formal, practice or wish: as its question says for its subject."""
        return self.question.tense_for(self.subject)


class QuestionSet(Frozen):
    """A set as its file says it. Look-ups below raise KeyError for what the set does not have."""

    format: Literal[1]
    """The version of this file format; a newer one is refused and left as it is."""
    kind: Literal["question-set"]
    """Tells a set from the other files of bart."""
    id: Id
    """The name by which sessions and answer sheets know the set."""
    version: int = Field(default=1, ge=1)
    """Raised with every change to a set that was already asked."""
    title: Text
    """What the set is called, where one is chosen."""
    about: Text = Text()
    """For whom it is and what it asks, in a sentence or two."""
    attribution: Text = Text()
    """Whose ideas it rests on, and under which terms; the report prints it."""
    drawing: Text = Text()
    """What people draw for themselves before the first question; it is told, never asked for."""
    parties: dict[Id, PartyKind]
    """Who answers: id of a kind of party -> what it is."""
    actors: dict[Id, Actor] = {}
    """Who does not answer but can be pointed at, and asked about."""
    subjects: dict[Id, Named] = {}
    """What else a question can be about that is neither a party nor an actor."""
    objects: dict[Id, dict[Id, Named]] = {}
    """Lists by name of what questions go over, such as decisions; a session may add to them."""
    usual: dict[Id, tuple[Id, ...]] = {}
    """Of a list in `objects`: what is asked where a session chooses no other; left out: all."""
    option_lists: dict[Id, Options] = {}
    """Lists of options by name, for more than one question."""
    scales: dict[Id, Scale] = {}
    """Scales by name, for questions of type `scale`."""
    thresholds: Thresholds = Thresholds()
    """From where on something is a difference; what is left out is as in the method, 4.5."""
    patterns: Patterns = Patterns()
    """Which questions the patterns look at; one that is left out is not looked for."""
    coorientation: Coorientation | None = None
    """What people may be asked to guess of another party; left out: nothing."""
    questions: tuple[Question, ...]
    """The questions, in the order in which they are asked and reported."""
    _asked: frozenset[str] | None = PrivateAttr(default=None)  # item keys; None: every item
    _guesses: tuple[Guess, ...] = PrivateAttr(default=())
    _as_written: "QuestionSet | None" = PrivateAttr(default=None)  # before a session's own names
    # What sets of before 0.2.0 said it takes. Nothing reads it, but their hash was made with it.
    _said_minutes: int = PrivateAttr(default=0)

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
        """Item key -> item, in the order of the set."""
        return {item.key: item for item in self.items}

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        """Question id -> question, in the order of the set."""
        return {question.id: question for question in self.questions}

    def _items_of(self, question: Question) -> Iterator[Item]:
        for subject in question.subjects or ("",):
            for thing in self.asked_about(question):
                key = item_key(question.id, subject, thing)
                if self._asked is None or key in self._asked:
                    yield Item(key, question, subject, thing)

    def asked_about(self, question: Question) -> tuple[str, ...]:
        """The objects that `question` is asked about, as the set orders them; else `("",)`."""
        if question.objects is None:
            return ("",)
        things = self.objects[question.objects]
        asked = self.usual.get(question.objects, tuple(things))
        return tuple(t for t in things if t in asked and t in (question.only or things))

    @cached_property
    def depending(self) -> Mapping[str, tuple[str, str]]:
        """Item key -> key of an earlier item, and the answer to that which leaves the first out."""
        return {
            item.key: (before, unless.value)
            for item in self.items
            if (unless := item.question.unless) is not None
            and (before := item_key(unless.question, item.subject, item.object)) in self.by_key
        }

    def asked_of(self, item: Item, kind: str) -> bool:
        """Whether a party of `kind` answers `item`, as the item's question says (`asked_of`)."""
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
                return tuple(self._as_option[name] for name in names)
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
        """The decision line, in steps; None without one or where it is not asked who decides."""
        scale = self.scale_of(question)
        return scale.decision_line if scale and question.covers else None

    def claims_from(self, question: Question) -> int | None:
        """The number of the level from which what one says of oneself is a claim, or None."""
        scale = self.scale_of(question)
        return scale.number(question.covers.claims_from) if scale and question.covers else None

    @cached_property
    def choosable(self) -> Mapping[str, frozenset[str]]:
        """Item key -> the ids of what can be chosen there, without codes such as `dont-know`."""
        return {
            item.key: frozenset(option.id for option in self.options(item.question, item.subject))
            for item in self.items
        }

    @cached_property
    def _as_option(self) -> Mapping[str, Option]:
        """Whoever `named` finds, as one can be pointed at."""
        found = {**self.subjects, **self.actors, **self.parties}
        return {name: Option(id=name, label=n.label, help=n.help) for name, n in found.items()}

    def _listed(self, source: OptionSource) -> Options:
        return self.option_lists[source] if isinstance(source, str) else source

    def named(self, name: str) -> Named:
        """The kind of party, actor or subject `name`, sought in that order. Raises KeyError."""
        for names in (self.parties, self.actors, self.subjects):
            if name in names:
                found: Named = names[name]
                return found
        raise KeyError(name)

    def meant_by(self, name: str) -> str:
        """Which party is pointed at with `name`: the kind that an actor is within, else itself."""
        actor = self.actors.get(name)
        return (actor.within if actor else "") or name

    def object_named(self, question: Question, thing: str) -> Named:
        """The object `thing` in the list that `question` goes over. Raises KeyError."""
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
        usual = {name: (*asked, *more.get(name, {})) for name, asked in self.usual.items()}
        return self._with(objects=joined, usual=usual)

    def choosing(self, decisions: Collection[str]) -> "QuestionSet":
        """The set asking about these of its decisions; with none given, about the usual ones."""
        if not decisions:
            return self
        chosen = {
            name: tuple(thing for thing in self.objects[name] if thing in decisions)
            for name in self.covered
        }
        return self._with(usual={**self.usual, **chosen})

    def calling(self, names: Mapping[str, Named]) -> "QuestionSet":
        """The set with its kinds of party called as a session calls them (kind -> name).

        Items keep the hash of the set as it was written: an answer means the same.
        """
        if not names:
            return self
        parties = {
            kind: what.model_copy(update={"label": names[kind].label, "the": names[kind].the})
            if kind in names
            else what
            for kind, what in self.parties.items()
        }
        called = self._with(parties=parties)
        called._as_written = self
        return called

    @cached_property
    def spoken(self) -> "QuestionSet":
        """The set with the names of its parties in all of its texts, as they are called now."""
        names = {kind: what.in_sentence for kind, what in self.parties.items()}
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        said = {name: with_parties(value, names) for name, value in fields.items()}
        changed = {name: value for name, value in said.items() if value is not fields[name]}
        return self.seen_otherwise(**changed) if changed else self

    def to_somebody(self, kind: str, several: Collection[str]) -> "QuestionSet":
        """The set as it is asked of somebody of `kind`, where there are `several` of these kinds.

        Their own is called so, and of the others they are asked about all of them together.
        """
        parties, actors = dict(self.parties), dict(self.actors)
        for name in several:
            what = parties[name]
            if name == kind and what.own:
                parties[name] = what.model_copy(update={"label": what.own, "the": what.own})
            elif name != kind and what.together:
                parties[name] = Together(**{**dict(what), "the": what.together})
        for name, who in actors.items():
            if who.within == kind and kind in several and who.own:
                actors[name] = who.model_copy(update={"label": who.own, "the": who.own})
        is_same = parties == self.parties and actors == self.actors
        return self if is_same else self.seen_otherwise(parties=parties, actors=actors)

    def seen_otherwise(self, **fields: Any) -> "QuestionSet":
        """The set in other words: what it asks, and what its answers mean, stays the same."""
        made = self._with(**fields)
        made._as_written = self._as_written or self
        made._asked, made._guesses = self._asked, self._guesses
        return made

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
        part = self._with(**joined, patterns=Patterns())
        part._asked = asked
        return part

    def guessing(self, questions: Sequence[Question], guesses: Sequence[Guess]) -> "QuestionSet":
        """The set with `questions` behind it that stand for `guesses`, each a single item."""
        if not guesses:
            return self
        whole = self._with(questions=(*self.questions, *questions))
        whole._guesses = tuple(guesses)
        return whole

    def _with(self, **fields: Any) -> "QuestionSet":
        # Not model_copy: it would carry the cached look-ups of the old set along.
        kept = {name: getattr(self, name) for name in type(self).model_fields}
        made = type(self).model_construct(**{**kept, **fields})
        made._as_written = self._as_written
        return made

    @property
    def said_minutes(self) -> int:
        """What its file says it takes, which nothing reads any more; 0 where it says nothing."""
        return self._said_minutes

    def having_said(self, minutes: int) -> "QuestionSet":
        """The set, when its file says that it takes so many minutes."""
        said = self._with()
        said._said_minutes = minutes
        return said

    @cached_property
    def hash(self) -> str:
        """`sha256:…` of the set's content; how its file is laid out makes no difference.

        Nor does what a session calls its parties: sheets are for the set as it was written.
        """
        if self._as_written is not None:
            return self._as_written.hash
        content = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        minutes = {"minutes": m} if (m := self._said_minutes) else {}
        return digest(canonical({**content, **minutes}))

    @property
    def as_written(self) -> "QuestionSet | None":
        """The set before a session called its parties otherwise; None when it is that itself."""
        return self._as_written


def item_key(question: str, subject: str = "", thing: str = "") -> str:
    """The key of an item, of the parts that it has: `mandate/wijkraad/small-urgent-spend`."""
    return "/".join(part for part in (question, subject, thing) if part)


# Made once: json.dumps would make one for every item.
canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode


def digest(said: str) -> str:
    """`sha256:…` of what `canonical` says of something."""
    return "sha256:" + hashlib.sha256(said.encode("ascii")).hexdigest()
