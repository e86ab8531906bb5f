"""A session that is being thought out: what was filled in so far, as values that do not change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bart_tool.domain.base import Language
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import FormalSource
from bart_tool.workflow.prepare import MOST_PEOPLE, Plan, id_of, kind_called, party_id, planned


class WizardPage(StrEnum):
    """The pages of a new session, in their order."""

    WIJK = "wijk"
    SET = "set"
    PARTIES = "parties"
    DECISIONS = "decisions"
    PRIVACY = "privacy"
    SOURCES = "sources"
    OVERVIEW = "overview"


PAGES = tuple(WizardPage)


@dataclass(frozen=True, slots=True)
class DraftParty:
    """A party with how many people; `label` is its own name where a kind has several."""

    id: str
    people: int
    label: str = ""


@dataclass(frozen=True)
class Draft:
    """What was filled in. `k`: least people in a group that is shown."""

    title: str = ""
    name: str = ""
    set_name: str = "wijk-kern"
    parties: tuple[DraftParty, ...] = ()
    decisions: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    k: int = 3
    keep_until: date | None = None
    sources: Mapping[str, FormalSource] = field(default_factory=dict)
    guess_about: tuple[str, ...] = ()  # kinds of which the others guess what they fill in
    guess_consent: tuple[str, ...] = ()  # of these, who is alone and agreed

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost by leaving."""
        return self == Draft(set_name=self.set_name)

    def people(self, party: str) -> int:
        """How many people of `party` are invited."""
        return next((each.people for each in self.parties if each.id == party), 0)

    def with_people(self, party: str, people: int, label: str = "") -> "Draft":
        """With so many people of `party`, which leaves when there are none."""
        kept = next((each.label for each in self.parties if each.id == party), "")
        changed = DraftParty(party, people, label or kept)
        if any(each.id == party for each in self.parties):
            parties = tuple(changed if each.id == party else each for each in self.parties)
        else:
            parties = (*self.parties, changed)
        return replace(self, parties=tuple(each for each in parties if each.people))

    def with_set(self, name: str) -> "Draft":
        """With another set; what belonged to the old one's questions and parties goes."""
        if name == self.set_name:
            return self
        return replace(
            self, set_name=name, parties=(), sources={}, guess_about=(), guess_consent=()
        )

    def with_source(self, item: str, source: FormalSource | None) -> "Draft":
        """With what is laid down on `item`, or without."""
        others = {key: said for key, said in self.sources.items() if key != item}
        return replace(self, sources=others if source is None else {**others, item: source})

    def with_guess(self, kind: str, *, wanted: bool, has_consent: bool = False) -> "Draft":
        """With the others guessing about `kind`, or not any more."""
        about = tuple(each for each in self.guess_about if each != kind)
        consent = tuple(each for each in self.guess_consent if each != kind)
        return replace(
            self,
            guess_about=(*about, kind) if wanted else about,
            guess_consent=(*consent, kind) if wanted and has_consent else consent,
        )

    def kinds(self, question_set: QuestionSet) -> tuple[str, ...]:
        """The kinds that take part, in the order of the set."""
        return tuple(
            dict.fromkeys(_kind(each, question_set) for each in self.in_order(question_set))
        )

    def is_alone(self, kind: str, question_set: QuestionSet) -> bool:
        """Whether a party of `kind` is one person."""
        return any(e.people == 1 and _kind(e, question_set) == kind for e in self.parties)

    def guessed(self, question_set: QuestionSet) -> tuple[str, ...]:
        """The kinds that are guessed about: still there, and when alone with consent."""
        return tuple(
            kind
            for kind in self.kinds(question_set)
            if kind in self.guess_about
            and (kind in self.guess_consent or not self.is_alone(kind, question_set))
        )

    def plan(self, language: Language, question_set: QuestionSet) -> Plan:
        """What the session is made from; codes are handed out in the order of the set's kinds."""
        return Plan(
            name=self.name,
            set_name=self.set_name,
            parties=[(each.id, each.people) for each in self.in_order(question_set)],
            title=self.title,
            language=language,
            k=self.k,
            keep_until=self.keep_until,
            functions=self.functions,
            labels={each.id: each.label for each in self.parties if each.label},
            decisions=own_ids(self.decisions),
            sources=self.sources,
            guess_about=(about := self.guessed(question_set)),
            guess_consent=tuple(kind for kind in self.guess_consent if kind in about),
        )

    def asking(self, question_set: QuestionSet) -> QuestionSet:
        """What will be asked: the set with the parties that were named so far."""
        if question_set.named_kind is None or not self.parties:
            return question_set
        return planned(self.plan("nl", question_set), question_set).effective(question_set)

    def in_order(self, question_set: QuestionSet) -> tuple[DraftParty, ...]:
        """The parties in the order of the set's kinds, and in that of naming within a kind."""
        kinds = list(question_set.parties)

        def place(party: DraftParty) -> int:
            return next(
                n for n, kind in enumerate(kinds) if kind_called(party.id, question_set) == kind
            )

        return tuple(sorted(self.parties, key=place))


def _kind(party: DraftParty, question_set: QuestionSet) -> str:
    """The kind of `party` as the session has it: its own, where the session names the parties."""
    kind = kind_called(party.id, question_set) or party.id
    return party.id if kind == question_set.named_kind else kind


def named_party(
    kind: str, kind_label: str, said: str, *, own_kind: bool = False
) -> tuple[str, str]:
    """Id and label of a party that somebody calls `said`: of a cluster, with or without "cluster".

    `kind_label` is what the kind is called; a party that is a kind of its own goes without it.
    """
    own = said.strip()
    if own_kind:
        return party_id(kind, own, own_kind=True), own
    if own.casefold().startswith(f"{kind_label} ".casefold()):
        own = own[len(kind_label) + 1 :].strip()
    return party_id(kind, own), f"{kind_label} {own}"


def own_ids(decisions: tuple[str, ...]) -> dict[str, str]:
    """Own decisions by an id made from their words; two that look alike get a number."""
    made: dict[str, str] = {}
    for label in decisions:
        stem = id_of(label, 50) or "besluit"
        name, number = stem, 2
        while name in made:
            name, number = f"{stem}-{number}", number + 1
        made[name] = label
    return made


def number_in(said: str, least: int = 0, most: int = MOST_PEOPLE) -> int | None:
    """The whole number that somebody typed, None when it is none or not between the two."""
    text = said.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        return None
    return int(text) if least <= int(text) <= most else None
