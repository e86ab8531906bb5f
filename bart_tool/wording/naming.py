"""What things are called in a report: parties, options, levels, items and topics."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import assert_never

from bart_tool.domain.answer import CODES, DONT_KNOW
from bart_tool.domain.base import Language
from bart_tool.domain.findings import OTHERS, Position
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Party, Session, party_label
from bart_tool.domain.set_words import in_number
from bart_tool.domain.text import Text
from bart_tool.wording.labels import ANSWERS, label
from bart_tool.wording.questions import filled
from bart_tool.wording.translation import Words, words

SUBJECT = "{subject}"  # where a text of the set names whom it is about


@dataclass(frozen=True)
class Naming:
    """The names of one session's things in one language."""

    question_set: QuestionSet
    session: Session
    language: Language

    @cached_property
    def t(self) -> Words:
        """What the program itself says, in the same language."""
        return words(self.language)

    def text(self, text: Text) -> str:
        """A text of the set in this language."""
        return text.in_language(self.language)

    def party(self, party: str) -> str:
        """A party by itself, as in a table: `wijkraad`."""
        if party == OTHERS:
            return self.t("the other parties")
        if party in self._parties:
            return party_label(self.question_set, self._parties[party], self.language)
        return self.text(self.question_set.parties[party].label)

    def the(self, party: str) -> str:
        """A party or actor in a sentence: `de wijkraad`; a named party has no article."""
        if party in self._parties and self._parties[party].the:
            return self.text(self._parties[party].the)
        if party in self._parties and not self._parties[party].label:
            party = self._parties[party].kind
        elif party == OTHERS or party in self._parties:
            return self.party(party)
        return self.text(self.question_set.named(party).in_sentence)

    def kind(self, party: str) -> str:
        """What kind `party` is of; empty for the other parties together."""
        return self._parties[party].kind if party in self._parties else ""

    @cached_property
    def _parties(self) -> dict[str, Party]:
        return {party.id: party for party in self.session.parties}

    def listed_parties(self, parties: tuple[str, ...] | list[str]) -> str:
        """Parties in a sentence: `de wijkraad, de wijkmanager en het cluster`."""
        return self.t.listed([self.the(party) for party in parties])

    def speaker(self, position: Position, subject: str = "") -> str:
        """A party that says something: `de wijkraad zelf`, `de wijkmanager (1 persoon)`.

        `subject`: the kind it is about; a party of that kind speaks of itself. One person is never
        left to look like a party of many (docs/developer/method.md 4.6).
        """
        said = self.the(position.party)
        if subject and position.kind == subject:
            said = self.t("{party} itself", party=said)
        return self.t("{party} (1 person)", party=said) if position.n == 1 else said

    def speakers(self, positions: Iterable[Position], subject: str = "") -> str:
        """Parties that say something, in a row."""
        return self.t.listed([self.speaker(position, subject) for position in positions])

    def together(self, positions: Sequence[Position]) -> str:
        """Parties of whom one thing holds together: `de 4 partijen` where that is everybody.

        Two are named, and so are those beside whom another cannot be told or was not asked.
        """
        if self.are_all(positions):
            return self.t("the {number} parties", number=len(positions))
        return self.speakers(positions)

    def are_all(self, positions: Sequence[Position]) -> bool:
        """Whether these are all parties of the session, and more than two."""
        return len(positions) > 2 and {each.party for each in positions} == self._parties.keys()

    def about_whom(self, subject: str) -> str:
        """Whom or what an item is about, in a sentence: `de wijkraad`; empty for nobody."""
        return self.text(self.question_set.named(subject).in_sentence) if subject else ""

    def item(self, key: str) -> Item:
        """The item with this key. Raises KeyError for one that is not in the set."""
        return self.question_set.by_key[key]

    def option(self, item: Item, option: str) -> str:
        """An option, level, actor or code, as it stands in a sentence."""
        if option in CODES:
            return label(ANSWERS, option, self.language)
        if item.question.compared == "pointing":
            return self.text(self.question_set.named(option).in_sentence)
        for each in self.question_set.options(item.question, item.subject):
            if each.id == option:
                return lower_first(self.text(each.label))
        return option

    def whom(self, position: Position) -> str:
        """The party that a party points at, itself or in who works for it; else what it names."""
        return self.question_set.meant_by(position.top[0]) if position.top else ""

    def level(self, item: Item, number: int) -> str:
        """The level with this number, as it stands in a sentence."""
        if item.question.compared != "level":
            return str(number)
        return lower_first(self.text(self.question_set.options(item.question)[number].label))

    def position(self, item: Item, position: Position) -> str:
        """Where a party stands, in a few words: its position, or why it has none to show."""
        match position.standing:
            case "position":
                return self.stands_at(item, position.median, position.top)
            case "divided":
                return self.t("divided")
            case "unknown":
                return self.t("doesn't know")
            case "closed":
                return self.t("cannot be told")
            case "none":
                return self.t("no answer")
            case _ as unknown:
                assert_never(unknown)

    def stands_at(self, item: Item, median: float | None, top: Sequence[str]) -> str:
        """A position in words: its level, the two around a half step, or its options."""
        if median is not None:
            low, high = (self.level(item, number) for number in (floor(median), ceil(median)))
            return low if low == high else self.t("{low} / {high}", low=low, high=high)
        return ", ".join(self.option(item, option) for option in top) or self.t("none of these")

    def said(self, item: Item, position: Position) -> str:
        """What a party said: `beslist (4 van 6), beslist mee (2 van 6)`.

        Of an open party every answer with how many gave it, the most given first, out of those who
        gave an answer (docs/developer/method.md 4.6). Of a group, or one without an answer, only
        its position. Counts of a party that is a group since say of which closing they are.
        """
        where = self._said_then(item, position)
        if position.kept_from is None:
            return self.t("{position} (as a group)", position=where) if position.is_group else where
        number, closing = position.kept_from
        then = self.t("as at closing {closing} of round {round}", closing=closing, round=number)
        if position.is_group:
            return self.t("{position} (as a group, {then})", position=where, then=then)
        return f"{where} ({then})"

    def _said_then(self, item: Item, position: Position) -> str:
        """The same, whenever it was said and by whom."""
        given = self.answers(position)
        if not given:
            return self.position(item, position)
        if position.n == 1:
            only = ", ".join(self.option(item, option) for option, _ in given)
            return self.t("{answer} (1 person)", answer=only)
        return ", ".join(
            self.t("{answer} ({n} of {all})", answer=self.option(item, o), n=n, all=position.n)
            for o, n in given
        )

    def answers(self, position: Position) -> list[tuple[str, int]]:
        """The answers a party gave with how many people gave each, the most given first.

        Don't know is one of them. Empty where the counts are closed, or nobody answered.
        """
        found = {option: n for option, n in (position.counts or {}).items() if n}
        if position.dont_know:
            found[DONT_KNOW] = position.dont_know
        return sorted(found.items(), key=lambda given: -given[1])

    def about(self, item: Item) -> str:
        """What an item is about beside its question: `wijkraad, klein dringend geld`."""
        parts = []
        if item.subject:
            parts.append(self.text(self.question_set.named(item.subject).label))
        if item.object:
            parts.append(lower_first(self.object(item)))
        return ", ".join(parts)

    def object(self, item: Item) -> str:
        """The object of an item, as in a table."""
        return self.text(self.question_set.object_named(item.question, item.object).label)

    def title(self, item: Item) -> str:
        """An item in a few words: what, and about whom or what."""
        short = filled(item.question.short, self.question_set, item, self.language)
        if SUBJECT in self.text(item.question.short):
            return short
        about = self.about(item)
        return f"{short} – {about}" if about else short

    def called(self, key: str, items: tuple[str, ...]) -> str:
        """As `topic`, in a heading that links lead to: with brackets in place of the dash."""
        short, dash, about = self.topic(key, items).partition(" – ")
        return f"{short} ({about})" if dash else short

    def question(self, item: Item) -> str:
        """What is asked in a few words, of all its subjects at once."""
        return in_number(self.text(item.question.short), plural=False).replace(SUBJECT, "…")

    def topic(self, key: str, items: tuple[str, ...]) -> str:
        """A topic in a few words: the decision, or the item."""
        about = [self.item(each) for each in items]
        decided = (item for item in about if item.question.covers and item.object)
        first = next(decided, about[0])
        return self.title(first) if first.key == key else upper_first(self.object(first))


def lower_first(text: str) -> str:
    """`text` as it goes on in a sentence; abbreviations (`MO`) stay as they are."""
    if text.startswith("Eén "):  # a capital carries no accent
        return f"é{text[1:]}"
    return text if text[1:2].isupper() or text[1:2] == "-" else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """`text` as it begins a sentence."""
    return text[:1].upper() + text[1:]
