"""A session that is being thought out: what was filled in, what is wrong with it, the session."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bart_tool.domain.base import Language
from bart_tool.domain.checks import check_session
from bart_tool.domain.formal_sources import KnownRule
from bart_tool.domain.names import ID_PATTERN, first_free
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import LEAST_K, FormalSource, Participant, Party, Phase, Session
from bart_tool.domain.set_parts import Named, PartyKind
from bart_tool.domain.text import Text
from bart_tool.errors import Problem, Severity, Where
from bart_tool.wording.in_view import too_few_ever
from bart_tool.wording.rules import laid_beside
from bart_tool.wording.translation import Words, words
from bart_tool.workflow.retention import past

MOST_PEOPLE = 20_000  # in a party
_LONGEST_ABBREVIATION = 3  # a cluster called `mo` by its id is MO
_LONGEST_ID = 60
_ARTICLES = frozenset({"de", "het", "the"})


@dataclass(frozen=True)
class SessionDraft:
    """What a facilitator decides before a session is made, on whatever road.

    `parties`: (party, number of people) in the order in which codes are handed out; a party is a
    kind of the set, or `<kind>-<name>` where a session may name several. `labels`: what a named
    party is called. `k`: least people in a group that is shown.
    """

    name: str = ""
    set_name: str = "wijk-kern"
    parties: Sequence[tuple[str, int]] = ()
    title: str = ""
    municipality: str = ""
    language: Language = "nl"
    k: int = LEAST_K
    keep_until: date | None = None
    functions: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)  # id -> what it is called
    asked_decisions: tuple[str, ...] = ()  # of the set's own; none: the usual ones
    sources: Mapping[str, FormalSource] = field(default_factory=dict)
    rules: Mapping[str, KnownRule] = field(default_factory=dict)  # picked, by id
    guess_about: tuple[str, ...] = ()  # kinds of which the others guess what they fill in
    guess_consent: tuple[str, ...] = ()  # of these, who is alone and agreed
    pins: bool = False  # people answer on this computer, each behind a PIN of their own

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost by leaving."""
        return self == SessionDraft(set_name=self.set_name)

    def people(self, party: str) -> int:
        """How many people of `party` are invited."""
        return dict(self.parties).get(party, 0)

    def too_few_ever(self, party: str, t: Words) -> str:
        """Why `party` can never be seen as a group, beside it where it is named; else empty."""
        return too_few_ever(self.people(party), self.k, t)

    def with_people(self, party: str, people: int, label: str = "") -> "SessionDraft":
        """With so many people of `party`, which leaves when there are none."""
        parties = {**dict(self.parties), party: people}
        labels = {**self.labels, party: label} if label else self.labels
        return replace(
            self,
            parties=tuple((name, number) for name, number in parties.items() if number),
            labels={name: called for name, called in labels.items() if parties.get(name)},
        )

    def with_set(self, name: str, question_set: QuestionSet) -> "SessionDraft":
        """With another set, called `name`; what it does not ask about goes."""
        if name == self.set_name:
            return self
        things = {thing for each in question_set.covered for thing in question_set.objects[each]}
        guesses = question_set.coorientation is not None
        return replace(
            self,
            set_name=name,
            sources={key: said for key, said in self.sources.items() if key in question_set.by_key},
            asked_decisions=tuple(each for each in self.asked_decisions if each in things),
            guess_about=self.guess_about if guesses else (),
            guess_consent=self.guess_consent if guesses else (),
        )

    def with_renamed(self, before: str, after: str) -> "SessionDraft":
        """With a party that has another id now, wherever something was said about it."""
        if not before or not after or before == after:
            return self

        def renamed(names: Iterable[str]) -> tuple[str, ...]:
            return tuple(after if name == before else name for name in names)

        return replace(
            self,
            guess_about=renamed(self.guess_about),
            guess_consent=renamed(self.guess_consent),
            sources={"/".join(renamed(key.split("/"))): said for key, said in self.sources.items()},
        )

    def decisions_asked(self, question_set: QuestionSet) -> tuple[str, ...]:
        """Of the set's decisions, those that will be asked about, in the order of the set."""
        asked = question_set.choosing(self.asked_decisions)
        about = (asked.asked_about(each) for each in asked.questions if each.covers)
        return tuple(dict.fromkeys(thing for things in about for thing in things))

    def with_decision_asked(self, decision: str, question_set: QuestionSet) -> "SessionDraft":
        """With one of the set's decisions asked about, or no more; one always stays."""
        now = self.decisions_asked(question_set)
        after = tuple(each for each in now if each != decision)
        if decision not in now:
            after = (*now, decision)
        return replace(self, asked_decisions=after) if after else self

    def with_decisions(self, called: Sequence[str]) -> "SessionDraft":
        """With own decisions, by an id made from their words; alike ones get a number."""
        made: dict[str, str] = {}
        for label in called:
            made[first_free(id_of(label, 50) or "besluit", made.__contains__)] = label
        return replace(self, decisions=made)

    def with_source(self, item: str, source: FormalSource | None) -> "SessionDraft":
        """With what is laid down on `item`, or without."""
        others = {key: said for key, said in self.sources.items() if key != item}
        return replace(self, sources=others if source is None else {**others, item: source})

    def with_rule(self, name: str, rule: KnownRule) -> "SessionDraft":
        """With `rule` picked, or without when it was."""
        others = {each: known for each, known in self.rules.items() if each != name}
        return replace(self, rules=others if name in self.rules else {**others, name: rule})

    def with_guess(self, kind: str, *, wanted: bool, has_consent: bool = False) -> "SessionDraft":
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
        parties = (party for party, _ in self.in_order(question_set))
        return tuple(dict.fromkeys(_own_kind(party, question_set) for party in parties))

    def is_alone(self, kind: str, question_set: QuestionSet) -> bool:
        """Whether a party of `kind` is one person."""
        return any(n == 1 and _own_kind(party, question_set) == kind for party, n in self.parties)

    def guessed(self, question_set: QuestionSet) -> tuple[str, ...]:
        """The kinds that are guessed about: still there, and when alone with consent."""
        return tuple(
            kind
            for kind in self.kinds(question_set)
            if kind in self.guess_about
            and (kind in self.guess_consent or not self.is_alone(kind, question_set))
        )

    def in_order(self, question_set: QuestionSet) -> tuple[tuple[str, int], ...]:
        """The parties in the order of the set's kinds, and in that of naming within a kind."""
        kinds = list(question_set.parties)

        def place(party: tuple[str, int]) -> int:
            kind = kind_called(party[0], question_set)
            return kinds.index(kind) if kind else len(kinds)

        return tuple(sorted(self.parties, key=place))

    def tidied(self, question_set: QuestionSet) -> "SessionDraft":
        """Parties in the order of the set's kinds, and guesses only where they can be."""
        about = self.guessed(question_set)
        consent = tuple(kind for kind in self.guess_consent if kind in about)
        parties = self.in_order(question_set)
        return replace(self, parties=parties, guess_about=about, guess_consent=consent)

    def asking(self, question_set: QuestionSet) -> QuestionSet:
        """What will be asked: the set with the parties that were named so far."""
        if question_set.named_kind is None or not self.parties:
            return question_set
        return self.whole(question_set)

    def whole(self, question_set: QuestionSet) -> QuestionSet:
        """All that its people will be asked: with own parties, decisions and guesses too."""
        return self.tidied(question_set).session(question_set).effective(question_set)

    def problems(self, question_set: QuestionSet, today: date | None = None) -> tuple[Problem, ...]:
        """Why no session can be made of it; the place of each is a path in the session."""
        wrong = (*self._misnamed(question_set), *past(self.keep_until, today or date.today()))
        found = wrong or check_session(self.session(question_set), question_set)
        return tuple(problem for problem in found if problem.severity is Severity.ERROR)

    def _misnamed(self, question_set: QuestionSet) -> Iterator[Problem]:
        """Parties, numbers and ids that a session cannot even hold."""
        known = ", ".join(
            f"{kind}-…" if what.many else kind for kind, what in question_set.parties.items()
        )
        for number, (name, people) in enumerate(self.parties):
            where = Where(item=f"parties/#{number}")
            if not _may_be_id(name) or kind_called(name, question_set) is None:
                yield Problem("no-such-party", where, {"name": name, "names": known})
            if not 0 < people <= MOST_PEOPLE:
                params = {"number": str(people), "most": str(MOST_PEOPLE)}
                yield Problem("bad-number-of-people", where, params)
        if self.k < LEAST_K:
            params = {"key": "k", "bound": str(LEAST_K)}
            yield Problem("number-too-small", Where(item="k"), params)
        for part, names in (
            ("guess_about", self.guess_about),
            ("guess_consent", self.guess_consent),
        ):
            for name in names:
                if not _may_be_id(name):
                    params = {"name": name, "names": known}
                    yield Problem("no-such-party", Where(item=part), params)
        for name in self.decisions:
            if not _may_be_id(name):
                yield Problem("bad-decision-id", Where(item="decisions"), {"name": name})

    def session(self, question_set: QuestionSet) -> Session:
        """The session in phase `answering`, with its codes. Only for names that can be ids."""
        parties = tuple(self._party(name, question_set) for name, _ in self.parties)
        session = Session(
            session=self.name,
            title=self.title,
            municipality=self.municipality,
            phase=Phase.ANSWERING,
            language=self.language,
            question_set=question_set.id,
            question_set_hash=question_set.hash,
            parties=parties,
            participants=(),
            k=self.k,
            functions=self.functions,
            decisions={name: Named(label=_text(label)) for name, label in self.decisions.items()},
            asked_decisions=self.asked_decisions,
            guess_about=tuple(dict.fromkeys(self.guess_about)),
            guess_consent=tuple(dict.fromkeys(self.guess_consent)),
            keep_until=self.keep_until,
        )
        asked = session.effective(question_set)
        beside = laid_beside(self.rules.values(), asked, words(self.language))
        return session.changed(
            participants=self._participants(parties, asked.parties),
            sources={**beside, **self.sources},
        )

    def _party(self, name: str, question_set: QuestionSet) -> Party:
        kind = kind_called(name, question_set) or name
        label = self.labels.get(name, "")
        if kind == question_set.named_kind:
            return _called(name, name, label or readable(name))
        if label:
            return _called(name, kind, label)
        own = readable(name.removeprefix(kind).removeprefix("-"))
        if not own:
            return Party(id=name, kind=kind)
        named = question_set.parties[kind].label
        own = own.upper() if len(own) <= _LONGEST_ABBREVIATION else own
        return Party(id=name, kind=kind, label=Text(nl=f"{named.nl} {own}", en=f"{named.en} {own}"))

    def _participants(
        self, parties: Sequence[Party], kinds: Mapping[str, PartyKind]
    ) -> tuple[Participant, ...]:
        handed_out: dict[str, int] = {}
        made: list[Participant] = []
        for party, (_, people) in zip(parties, self.parties, strict=True):
            for _ in range(people):
                kind = kinds[party.kind]
                # Kinds that the session names share a prefix: it is the prefix that is counted on.
                handed_out[kind.prefix] = number = handed_out.get(kind.prefix, 0) + 1
                made.append(Participant(code=code_of(kind, number), party=party.id))
        return tuple(made)


def named_party(kind: str, what: PartyKind, said: str, language: Language) -> tuple[str, str]:
    """Id and label of a party of `kind` that somebody calls `said`.

    Of a cluster, with or without "cluster": cluster-groen and `cluster Groen`. A party that is a
    kind of its own is called what is said, and its id goes without the article.
    """
    own = " ".join(said.split())
    if what.named_by_session:
        return id_of(without_article(own)) or kind, own
    kind_label = "|".join(re.escape(each) for each in (what.label.nl, what.label.en))
    own = re.sub(rf"(?i)^(?:{kind_label})(?:[\s:/-]+|$)", "", own)
    rest = id_of(own, _LONGEST_ID - len(kind) - 1)
    label = f"{what.label.in_language(language)} {own}".strip()
    return f"{kind}-{rest}" if rest else kind, label


def _called(name: str, kind: str, said: str) -> Party:
    """A party called `said`: with the article that it has in a sentence.

    `de verpleging` stands in a table as `verpleging`.
    """
    label = without_article(said)
    article = said.strip().removesuffix(label).strip().lower()
    the = _text(f"{article} {label}") if article else Text()
    return Party(id=name, kind=kind, label=_text(label), the=the)


def without_article(said: str) -> str:
    """What somebody calls a party, as it stands in a table: `de verpleging` is verpleging."""
    article, _, rest = said.strip().partition(" ")
    return rest.strip() if article.casefold() in _ARTICLES and rest.strip() else said.strip()


def kind_called(name: str, question_set: QuestionSet) -> str | None:
    """The kind of the party called `name`: itself, or what stands before the first dash.

    Any other name is of the kind whose parties a session names, if the set has one.
    """
    if name in question_set.parties:
        return name
    for kind, what in question_set.parties.items():
        rest = name.removeprefix(f"{kind}-")
        if what.many and rest != name and re.fullmatch(ID_PATTERN, rest):
            return kind
    return question_set.named_kind


def _own_kind(party: str, question_set: QuestionSet) -> str:
    """The kind of `party` as the session has it: its own, where the session names the parties."""
    kind = kind_called(party, question_set) or party
    return party if kind == question_set.named_kind else kind


def _may_be_id(name: str) -> bool:
    return len(name) <= _LONGEST_ID and re.fullmatch(ID_PATTERN, name) is not None


def readable(name: str) -> str:
    """An id as a name: `maatschappelijke-ontwikkeling` is Maatschappelijke ontwikkeling."""
    return name.replace("-", " ")[:1].upper() + name.replace("-", " ")[1:]


def id_of(label: str, longest: int = _LONGEST_ID) -> str:
    """What people call something, as an id: small letters, digits and hyphens. May be empty."""
    letters = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:longest].strip("-")


def code_of(kind: PartyKind, number: int) -> str:
    """The code of the person with this number, from 1, of a kind: `WR-01`."""
    return f"{kind.prefix}-{number:02}"


def number_in(said: str, least: int = 0, most: int = MOST_PEOPLE) -> int | None:
    """The whole number that somebody typed, None when it is none or not between the two."""
    text = said.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        return None
    return int(text) if least <= int(text) <= most else None


def _text(words: str) -> Text:
    return Text(nl=words, en=words)
