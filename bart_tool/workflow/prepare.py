"""Making a session: parties, codes, and the exact set that its round will use."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, count
from pathlib import Path

from bart_tool.domain.base import Language
from bart_tool.domain.checks import check_session
from bart_tool.domain.names import ID_PATTERN
from bart_tool.domain.question_set import Named, PartyKind, QuestionSet
from bart_tool.domain.session import FormalSource, Participant, Party, Phase, Session
from bart_tool.domain.text import Text
from bart_tool.errors import BadData, CannotCreate, Severity, WrongUse
from bart_tool.store import locations, plain_file, question_sets, sessions
from bart_tool.workflow.open_session import OpenSession, open_session

MOST_PEOPLE = 20_000  # in a party
_LONGEST_ID = 60
_LONGEST_NAME = 41  # of a session
_ARTICLES = frozenset({"de", "het", "the"})


@dataclass(frozen=True)
class Plan:
    """What a facilitator decides before a session is made.

    `parties`: (party, number of people) in the order in which codes are handed out; a party is a
    kind of the set, or `<kind>-<name>` where a session may name several. `labels`: what a named
    party is called.
    """

    name: str
    set_name: str
    parties: Sequence[tuple[str, int]]
    title: str = ""
    language: Language = "nl"
    k: int = 3
    keep_until: date | None = None
    functions: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)  # id -> what it is called
    sources: Mapping[str, FormalSource] = field(default_factory=dict)
    guess_about: tuple[str, ...] = ()  # kinds of which the others guess what they fill in
    guess_consent: tuple[str, ...] = ()  # of these, who is alone and agreed


def new_session(root: Path, plan: Plan) -> OpenSession:
    """Make the session, in phase `answering`.

    Raises WrongUse for a plan that cannot be, NotFound for an unknown set, BadData for a set with
    errors, CannotCreate when there is a session of that name.
    """
    locations.session_path(root, plan.name)
    question_set, text = usable_set(plan.set_name)
    session = planned(plan, question_set)
    wrong = [p for p in check_session(session, question_set) if p.severity is Severity.ERROR]
    if wrong:
        raise WrongUse("plan-does-not-fit", tuple(wrong))
    sessions.create(root, session, text)
    return open_session(root, session.session)


def must_be_free(root: Path, name: str) -> None:
    """Raises WrongUse for a name that no session can have, CannotCreate for one that is taken."""
    if locations.session_path(root, name).exists():
        raise CannotCreate("session-exists", name=name)


def free_name(root: Path, title: str) -> str:
    """A short name for the session of the wijk called `title` that is not taken yet."""
    wanted = id_of(title, _LONGEST_NAME) or "sessie"
    names = chain([wanted], (f"{wanted[: _LONGEST_NAME - 4]}-{n}" for n in count(2)))
    return next(name for name in names if not (root / name).exists())


def shipped_sets() -> dict[str, QuestionSet]:
    """The sets that come with the program, by id; those for any organisation stand last."""
    found = {name: usable_set(name)[0] for name in question_sets.set_ids()}
    return dict(sorted(found.items(), key=lambda each: each[1].named_kind is not None))


def usable_set(name: str) -> tuple[QuestionSet, str]:
    """The set of this id or in this file, and its text. Raises NotFound or BadData."""
    path = question_sets.find(name)
    text, problems = plain_file.read_text(path)
    question_set = None
    if text is not None:
        question_set, problems = question_sets.parse(text, path.name)
    if question_set is None or text is None:
        raise BadData("bad-set", problems, name=name)
    return question_set, text


def planned(plan: Plan, question_set: QuestionSet) -> Session:
    """The session that `plan` describes. Raises WrongUse for parties or ids that cannot be."""
    parties = tuple(_party(name, plan, question_set) for name, _ in plan.parties)
    for name in (*plan.guess_about, *plan.guess_consent):
        if not _may_be_id(name):
            raise WrongUse("no-such-party", name=name, names=", ".join(_examples(question_set)))
    for name in plan.decisions:
        if not _may_be_id(name):
            raise WrongUse("bad-decision-id", name=name)
    if not parties:
        raise WrongUse("no-parties-given", names=", ".join(question_set.parties))
    for _, people in plan.parties:
        if not 0 < people <= MOST_PEOPLE:
            raise WrongUse("bad-number-of-people", number=people, most=MOST_PEOPLE)
    session = Session(
        session=plan.name,
        title=plan.title,
        phase=Phase.ANSWERING,
        language=plan.language,
        question_set=question_set.id,
        question_set_hash=question_set.hash,
        parties=parties,
        participants=(),
        k=plan.k,
        functions=plan.functions,
        decisions={name: Named(label=_text(label)) for name, label in plan.decisions.items()},
        sources=dict(plan.sources),
        guess_about=tuple(dict.fromkeys(plan.guess_about)),
        guess_consent=tuple(dict.fromkeys(plan.guess_consent)),
        keep_until=plan.keep_until,
    )
    kinds = session.effective(question_set)
    return session.changed(participants=_participants(plan, parties, kinds))


def _party(name: str, plan: Plan, question_set: QuestionSet) -> Party:
    kind = kind_called(name, question_set) if _may_be_id(name) else None
    if kind is None:
        raise WrongUse("no-such-party", name=name, names=", ".join(_examples(question_set)))
    if question_set.parties[kind].named_by_session:
        return _own_party(name, plan.labels.get(name, "") or readable(name))
    label = plan.labels.get(name, "") or readable(name.removeprefix(kind).removeprefix("-"))
    if not label:
        return Party(id=name, kind=kind)
    named = question_set.parties[kind].label
    if name not in plan.labels:
        return Party(
            id=name, kind=kind, label=Text(nl=f"{named.nl} {label}", en=f"{named.en} {label}")
        )
    return Party(id=name, kind=kind, label=_text(label))


def _own_party(name: str, said: str) -> Party:
    """A party that is a kind of its own, called `said`: with the article that it has in a sentence.

    `de verpleging` stands in a table as `verpleging`.
    """
    label = without_article(said)
    article = said.strip().removesuffix(label).strip().lower()
    the = _text(f"{article} {label}") if article else Text()
    return Party(id=name, kind=name, label=_text(label), the=the)


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


def _may_be_id(name: str) -> bool:
    return len(name) <= _LONGEST_ID and re.fullmatch(ID_PATTERN, name) is not None


def readable(name: str) -> str:
    """An id as a name: `maatschappelijke-ontwikkeling` is Maatschappelijke ontwikkeling."""
    return name.replace("-", " ")[:1].upper() + name.replace("-", " ")[1:]


def party_id(kind: str, label: str, *, own_kind: bool = False) -> str:
    """An id for a party of `kind` that people call `label`; of `own_kind` it is the name alone."""
    if own_kind:
        return id_of(without_article(label)) or kind
    plain = id_of(label, _LONGEST_ID - len(kind) - 1)
    return f"{kind}-{plain}" if plain else kind


def id_of(label: str, longest: int = _LONGEST_ID) -> str:
    """What people call something, as an id: small letters, digits and hyphens. May be empty."""
    letters = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:longest].strip("-")


def _examples(question_set: QuestionSet) -> list[str]:
    return [f"{kind}-…" if what.many else kind for kind, what in question_set.parties.items()]


def _participants(
    plan: Plan, parties: Sequence[Party], question_set: QuestionSet
) -> tuple[Participant, ...]:
    handed_out: dict[str, int] = {}
    made: list[Participant] = []
    for party, (_, people) in zip(parties, plan.parties, strict=True):
        for _ in range(people):
            kind = question_set.parties[party.kind]
            # Kinds that the session names share a prefix, so it is the prefix that is counted on.
            handed_out[kind.prefix] = number = handed_out.get(kind.prefix, 0) + 1
            code = code_of(kind, number)
            made.append(Participant(code=code, party=party.id))
    return tuple(made)


def code_of(kind: PartyKind, number: int) -> str:
    """The code of the person with this number, from 1, of a kind: `WR-01`."""
    return f"{kind.prefix}-{number:02}"


def _text(words: str) -> Text:
    return Text(nl=words, en=words)
