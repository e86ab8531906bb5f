"""Sheets counted one after the other: none is held, so that a closing of thousands fits in memory.

What comes of it is all that a view and its marks are made of.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bart_tool.disclosure.marking import Marking, PartyMarks
from bart_tool.disclosure.tally import Tally, Vote, vote_of
from bart_tool.disclosure.visibility import counts, visibility_of
from bart_tool.domain.answer import CODES, NOT_SUBSTANTIVE, OTHER, PREFER_NOT, Answer
from bart_tool.domain.findings import OTHERS, PartyFinding, Visibility
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Party, Session
from bart_tool.domain.sheet import Sheet


@dataclass
class Said:
    """What some people said on one item: how many chose what, and how sure they were.

    `quotes`: words that may be printed. `remarks`: how many people wrote something that may not.
    """

    votes: Counter[Vote] = field(default_factory=Counter)
    certainty: Counter[str] = field(default_factory=Counter)
    quotes: list[str] = field(default_factory=list)
    remarks: int = 0

    @property
    def tally(self) -> Tally:
        """The same without what they wrote."""
        return Tally(dict(self.votes), dict(self.certainty))

    def add(self, vote: Vote, certainty: str | None) -> None:
        """One more person; how sure they are counts only with something of the picture itself."""
        self.votes[vote] += 1
        if certainty is not None and vote not in NOT_SUBSTANTIVE:
            self.certainty[certainty] += 1


@dataclass(frozen=True)
class ShownParty:
    """A party as it is shown, with what its people said: item -> what, and the marks of that.

    `people`: how many sheets count for it. A withheld party has none here and said nothing, so that
    nothing later can show it. `said` holds no words of a party that is not open.
    """

    party: str
    kind: str
    invited: int
    visibility: Visibility
    people: int
    said: Mapping[str, Said]
    marks: PartyMarks


class Counting:
    """Takes the merged sheets of a session, in any order, and gives the parties as they are shown.

    Without a `secret` no marks are made.
    """

    def __init__(self, question_set: QuestionSet, session: Session, secret: bytes = b"") -> None:
        self._session = session
        in_words = {i.key for i in question_set.items if i.question.answered == "words"}
        self._parties = {each.id: _Party(in_words, secret) for each in session.parties}

    def add(self, sheet: Sheet) -> None:
        """One more person's sheet; only one that counts makes a difference."""
        party = self._parties.get(self._session.party_of.get(sheet.participant, sheet.party))
        if party is not None and counts(sheet):
            party.add(sheet)

    def shown(self) -> tuple[ShownParty, ...]:
        """Every party as it is shown, in the session's order: once, when all sheets are in.

        Two or more withheld ones that together reach k follow as the one party `others`.
        """
        session = self._session
        shown: list[ShownParty] = []
        hidden: list[Party] = []
        for party in session.parties:
            there, invited = self._parties[party.id], session.invited(party.id)
            visibility = visibility_of(there.people, session.k, are_all_open=there.are_all_open)
            if visibility == "withheld":
                hidden.append(party)
                there = _Party()
            shown.append(there.shown(party.id, party.kind, invited, visibility))
        others = self._joined(hidden)
        if len(hidden) >= 2 and others.people >= session.k:
            invited = sum(session.invited(party.id) for party in hidden)
            shown.append(others.shown(OTHERS, OTHERS, invited, "group"))
        return tuple(shown)

    def _joined(self, parties: Iterable[Party]) -> "_Party":
        joined = _Party()
        for party in parties:
            joined.join(self._parties[party.id])
        return joined


def counted(
    question_set: QuestionSet, session: Session, sheets: Iterable[Sheet], secret: bytes = b""
) -> tuple[ShownParty, ...]:
    """The parties as they are shown when `sheets`, one a person, are all there is."""
    counting = Counting(question_set, session, secret)
    for sheet in sheets:
        counting.add(sheet)
    return counting.shown()


def marks_of(shown: Iterable[ShownParty]) -> dict[str, PartyMarks]:
    """The marks of every party of which somebody who is shown chose something."""
    return {each.party: each.marks for each in shown if each.marks}


def party_findings(shown: Iterable[ShownParty]) -> tuple[PartyFinding, ...]:
    """The parties with how many were invited and how many sheets count; of a withheld one none."""
    return tuple(
        PartyFinding(each.party, each.kind, each.invited, each.people, each.visibility)
        for each in shown
    )


class _Party:
    """What the people of one party said."""

    def __init__(self, in_words: Iterable[str] = (), secret: bytes = b"") -> None:
        self._in_words = in_words
        self._marking = Marking(secret)
        self._said: dict[str, Said] = {}
        self.people = 0
        self.are_all_open = True

    def add(self, sheet: Sheet) -> None:
        self.people += 1
        if sheet.consent != "position":
            self._forget_words()
        for item, answer in sheet.answers.items():
            if answer.value != PREFER_NOT:
                self._count(item, answer)
        self._marking.add(sheet)

    def _count(self, item: str, answer: Answer) -> None:
        said = self._said.get(item)
        if said is None:
            said = self._said[item] = Said()
        vote, is_text = vote_of(answer.value), item in self._in_words
        if is_text and vote not in CODES:  # only that there were words is counted
            vote = OTHER
        said.add(vote, answer.certainty)
        if self.are_all_open:
            written = [*_written(answer, is_text=is_text)]
            if answer.quote:
                said.quotes += written
            else:
                said.remarks += bool(written)

    def _forget_words(self) -> None:
        """Not everybody is open, so of nobody words are printed or counted."""
        if self.are_all_open:
            self.are_all_open = False
            for said in self._said.values():
                said.quotes, said.remarks = [], 0

    def join(self, other: "_Party") -> None:
        self.people += other.people
        self.are_all_open = False
        for item, said in other._said.items():
            here = self._said.setdefault(item, Said())
            here.votes += said.votes
            here.certainty += said.certainty
        self._marking.join(other._marking)

    def shown(self, party: str, kind: str, invited: int, visibility: Visibility) -> ShownParty:
        marks = self._marking.made()
        return ShownParty(party, kind, invited, visibility, self.people, self._said, marks)


def _written(answer: Answer, *, is_text: bool) -> Iterator[str]:
    value = answer.value
    if is_text and isinstance(value, str) and value not in CODES:
        yield value
    yield from (text for text in (answer.words, answer.note) if text.strip())
