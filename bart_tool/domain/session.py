"""A session: one workshop of one wijk, its parties, its participants and its phase."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import Field

from bart_tool.domain.base import Code, Frozen, Id, Language, SessionId, SessionName
from bart_tool.domain.guesses import with_guesses
from bart_tool.domain.named_parties import with_named_parties
from bart_tool.domain.names import code_order
from bart_tool.domain.question import Question
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.set_parts import Named, OwnDecision, Scale
from bart_tool.domain.text import Text

LEAST_K = 3  # of fewer people no group is shown, whatever anybody chooses


class Phase(StrEnum):
    """Where a session stands. Reports are made from CLOSED on."""

    PREPARING = "preparing"
    ANSWERING = "answering"
    CLOSED = "closed"
    DISCUSSING = "discussing"
    AGREED = "agreed"
    FOLLOW_UP = "follow-up"

    @property
    def is_revealed(self) -> bool:
        """Whether the answering round has ended, so that answers may be compared and shown."""
        return self not in (Phase.PREPARING, Phase.ANSWERING)


class Party(Frozen):
    """A party of this session; its `kind` is one of the set's. Clusters share one kind.

    Where the set leaves it to the session to name the parties, a party is its own kind.
    """

    id: Id
    kind: Id
    label: Text = Text()  # empty: the kind's own
    the: Text = Text()  # the name in a sentence, if not the label


class Participant(Frozen):
    """Somebody invited, by code. The name, if kept at all, lives in people.yaml."""

    code: Code
    party: Id


class FormalSource(Frozen):
    """What a rule or mandate says on an item, entered by the facilitator; `value` if it is one.

    `to_check`: it was picked from known rules, which may have changed since.
    """

    text: str
    value: str | tuple[str, ...] = ""
    to_check: bool = False


class Session(Frozen):
    """One workshop, in the round and the phase that it is in (docs/developer/formats.md 1).

    It holds no answer and no name of a person.
    """

    format: Literal[1] = 1
    kind: Literal["session"] = "session"
    session: SessionName
    id: SessionId = ""  # drawn once; empty in a session of before 0.2.0
    title: str = ""  # the wijk, as people call it
    municipality: str = ""  # in which that lies
    round: int = Field(default=1, ge=1)
    phase: Phase = Phase.PREPARING
    language: Language = "nl"
    question_set: Id
    question_set_hash: str
    parties: tuple[Party, ...]
    participants: tuple[Participant, ...]
    k: int = Field(default=LEAST_K, ge=LEAST_K)  # least number of people in a group that is shown
    functions: tuple[str, ...] = ()
    decisions: dict[Id, Named] = {}  # own decisions, added to the set's
    asked_decisions: tuple[Id, ...] = ()  # of the set's, those that are asked; empty: the usual
    questions: tuple[Question, ...] = ()  # asked in this round only, behind those of the set
    scales: dict[Id, Scale] = {}  # for these questions
    asked: tuple[str, ...] | None = None  # items of the set that this round asks; None: all
    # Kinds of which the others guess what they fill in, and of these the ones that hold a party of
    # one person, who agreed to that beforehand.
    guess_about: tuple[Id, ...] = ()
    guess_consent: tuple[Id, ...] = ()
    starred: tuple[str, ...] = ()  # items or topics the facilitator puts first
    sources: dict[str, FormalSource] = {}  # item -> what is laid down
    keep_until: date | None = None  # raw answers are erased by then
    closed_on: date | None = None  # when this round was closed, the last time
    archived: bool = False  # put away: not shown among the sessions
    reopened: tuple[Code, ...] = ()  # who may change what they handed in, until the round closes
    erased: tuple[Code, ...] = ()  # of whom nothing may come in again
    erasing: tuple[Code, ...] = ()  # of these, whose files are not all gone yet
    report_out_of_date: bool = False  # a report was made, and what it is made from has changed

    @cached_property
    def party_of(self) -> dict[str, str]:
        """Participant code -> the id of their party, in the order of the codes.

        Who was added first must not show. Erased people are not in it.
        """
        people = sorted(self.participants, key=lambda each: code_order(each.code))
        return {participant.code: participant.party for participant in people}

    @cached_property
    def kind_of(self) -> dict[str, str]:
        """Party id -> the kind that it is of in the set."""
        return {party.id: party.kind for party in self.parties}

    def joined_by(self, people: Mapping[str, str]) -> "Session":
        """With `people` (code -> party) invited as well, who is there already left as they are."""
        together = {**people, **self.party_of}
        in_order = sorted(together.items(), key=lambda each: code_order(each[0]))
        listed = tuple(Participant(code=code, party=party) for code, party in in_order)
        return self.changed(participants=listed)

    def without(self, code: str) -> "Session":
        """With `code` erased: no longer invited, and noted as somebody whose files must go."""
        return self.changed(
            participants=tuple(each for each in self.participants if each.code != code),
            reopened=self.shut_again(code).reopened,
            erased=tuple(sorted({*self.erased, code}, key=code_order)),
            erasing=tuple(sorted({*self.erasing, code}, key=code_order)),
        )

    def shut_again(self, code: str) -> "Session":
        """With the sheet of `code` handed in once more: it may not be changed any longer."""
        return self.changed(reopened=tuple(each for each in self.reopened if each != code))

    def invited(self, party: str) -> int:
        """How many people of the party with this id are invited; 0 for one that is not there."""
        return sum(participant.party == party for participant in self.participants)

    def effective(self, question_set: QuestionSet) -> QuestionSet:
        """What this round asks: the set, or the part of it that is asked again, and what is own."""
        return self.asked_and_known(question_set)[0]

    def known(self, question_set: QuestionSet) -> QuestionSet:
        """The set with all that is this session's own, also what this round does not ask again."""
        return self.asked_and_known(question_set)[1]

    def asked_and_known(self, question_set: QuestionSet) -> tuple[QuestionSet, QuestionSet]:
        """What `effective` and `known` give, for the price of one."""
        whole = self._peopled(question_set)
        known = with_guesses(whole.asking(self.questions, self.scales, None), self.guess_about)
        if self.asked is None:
            return known, known
        # A round that asks only a part again has no guesses: they are about the whole picture.
        return whole.asking(self.questions, self.scales, self.asked), known

    def _peopled(self, question_set: QuestionSet) -> QuestionSet:
        """The set with this session's own parties, where it leaves these open, and decisions.

        The decisions come in the lists that coverage is asked over; in a sentence they are named
        things. A kind of party is called what this session calls its one party of that kind, as
        subject and as answer too.
        """
        peopled = with_named_parties(question_set, self._own_parties(question_set))
        own = {name: OwnDecision.of(named) for name, named in self.decisions.items()}
        chosen = peopled.choosing(self.asked_decisions)
        whole = chosen.with_objects(dict.fromkeys(chosen.covered, own))
        return whole.calling(self._own_names(whole)).spoken

    def said_to(self, question_set: QuestionSet, kind: str) -> QuestionSet:
        """What a round asks, in the words for somebody of `kind`: whose cluster is meant."""
        kinds = Counter(party.kind for party in self.parties)
        several = [each for each, number in kinds.items() if number > 1]
        return question_set.to_somebody(kind, several)

    def _own_names(self, question_set: QuestionSet) -> dict[str, Named]:
        """The kinds of which this session has one party with a name of its own."""
        kinds = [party.kind for party in self.parties]
        return {
            party.kind: Named(label=party.label, the=party.the)
            for party in self.parties
            if party.label and party.kind in question_set.parties and kinds.count(party.kind) == 1
        }

    def _own_parties(self, question_set: QuestionSet) -> dict[str, Named]:
        """The parties that are a kind of their own, by the name that this session gives them."""
        known = question_set.parties.keys() - {question_set.named_kind}
        return {
            party.id: Named(label=party.label or Text(nl=party.id, en=party.id), the=party.the)
            for party in self.parties
            if party.kind == party.id and party.id not in known
        }


def party_label(question_set: QuestionSet, party: Party, language: Language) -> str:
    """What `party` is called: its own label, else its kind's."""
    if party.label:
        return party.label.in_language(language)
    return question_set.parties[party.kind].label.in_language(language)
