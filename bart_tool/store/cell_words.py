"""What a word in a cell means: an id, or what people call it in either language."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import get_args

from bart_tool.domain.answer import CODES, NOBODY, NONE, OTHER, Certainty, Consent, Tag
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.text import Text
from bart_tool.store.tables import folded

# Kind of code -> code -> what people call it.
Spoken = Mapping[str, Mapping[str, tuple[str, ...]]]
CODE, CERTAINTY, TAG, CONSENT = "code", "certainty", "tag", "consent"
_IDS: Mapping[str, tuple[str, ...]] = {
    CODE: (*sorted(CODES), NONE),
    CERTAINTY: get_args(Certainty),
    TAG: get_args(Tag),
    CONSENT: get_args(Consent),
}
# What people and programs (in Dutch and English) put for yes and no, as it is compared.
YES = frozenset({"true", "waar", "yes", "ja", "y", "j", "1", "x", "checked", "selected"})
NO = frozenset({"", "false", "onwaar", "no", "nee", "n", "0", "unchecked", "not selected"})
_Meanings = Mapping[str, frozenset[str]]


class FitsTwo(Exception):
    """A word that means two things; which is for a person to say."""


@dataclass(frozen=True)
class CellWords:
    """What the words in the cells of one session's table mean.

    Every look-up gives an id, or the word itself when it means nothing; it raises FitsTwo when it
    means several things.
    """

    question_set: QuestionSet
    session: Session
    spoken: Spoken = field(default_factory=dict)

    def item(self, cell: str) -> str:
        """The key of the item that `cell` names, whatever its case and hyphens."""
        return cell if cell in self.question_set.by_key else _meant(cell, self._items)

    def party(self, cell: str) -> str:
        """The id of a party of the session."""
        return cell if cell in self.session.kind_of else _meant(cell, self._parties)

    def value(self, item: Item, cell: str) -> str:
        """An option, level or actor of `item`, or a code where the item takes it."""
        return cell if not self._of(item) else _meant(cell, self._of(item))

    def code(self, kind: str, cell: str) -> str:
        """A code of this kind: `CERTAINTY`, `TAG` or `CONSENT`."""
        return cell if cell in _IDS[kind] else _meant(cell, self._codes[kind])

    @cached_property
    def _items(self) -> _Meanings:
        return _meanings((key, (key,)) for key in self.question_set.by_key)

    @cached_property
    def _parties(self) -> _Meanings:
        return _meanings(self._names_of_parties())

    def _names_of_parties(self) -> Iterator[tuple[str, Iterable[str]]]:
        for party in self.session.parties:
            names = party.label or self.question_set.parties[party.kind].label
            yield party.id, (party.id, *_in_both(names))

    @cached_property
    def _codes(self) -> Mapping[str, _Meanings]:
        return {
            kind: _meanings((id_, (id_, *self.spoken.get(kind, {}).get(id_, ()))) for id_ in ids)
            for kind, ids in _IDS.items()
        }

    @cached_property
    def _values(self) -> dict[str, _Meanings]:
        return {}

    def _of(self, item: Item) -> _Meanings:
        if item.key not in self._values:
            self._values[item.key] = self._meanings_of(item)
        return self._values[item.key]

    def _meanings_of(self, item: Item) -> _Meanings:
        question = item.question
        if question.answered == "words":
            return {}
        found: dict[str, frozenset[str]] = defaultdict(frozenset)
        options = self.question_set.options(question, item.subject)
        found.update(_meanings((o.id, (o.id, *_in_both(o.label))) for o in options))
        ids = {option.id for option in options}
        not_here = {NOBODY: question.has_nobody, OTHER: question.has_other}
        not_here[NONE] = question.answered == "several"
        for word, codes in self._codes[CODE].items():
            if word not in map(folded, ids):  # an option of that name is meant, then
                found[word] |= {code for code in codes if not_here.get(code, True)}
        return {word: meant for word, meant in found.items() if meant}


def _meanings(said: Iterable[tuple[str, Iterable[str]]]) -> _Meanings:
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for meant, words in said:
        for word in words:
            found[folded(word)] |= {meant}
    return found


def _in_both(text: Text) -> tuple[str, ...]:
    return tuple(said for said in (text.nl, text.en) if said)


def _meant(cell: str, meanings: _Meanings) -> str:
    meant = meanings.get(folded(cell), frozenset())
    if len(meant) > 1:
        raise FitsTwo
    return next(iter(meant), cell)
