"""Random workshops of the shipped sets, of every kind that a report may be made of."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bart_tool.domain.agreement import KEPT_OR_NOT, LEVELS, Agreement, Assent, about
from bart_tool.domain.answer import Answer
from bart_tool.domain.question import Option, ScaleQuestion
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import FormalSource, Party, Session
from bart_tool.domain.set_parts import Named, Scale
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.domain.text import Text
from bart_tool.store import question_sets
from bart_tool.wording.agreements import level_label, question_texts

SETS = ("wijk-kort", "wijk-kern", "wijkprogramma", "bart-basis")
OWN = (
    ("zorg", "verpleging", "de verpleging"),
    ("bestuur", "bestuur", "het bestuur"),
    ("staf", "staf", ""),
    ("raad", "cliëntenraad", "de cliëntenraad"),
)


@dataclass(frozen=True)
class Workshop:
    """A session with the sheets that lay there at each of its closings, the last one now."""

    asked: QuestionSet
    session: Session
    closings: tuple[tuple[Sheet, ...], ...]
    later: "Workshop | None" = None  # the next round, with its one closing
    agreements: tuple[Agreement, ...] = ()


@cache
def as_shipped(name: str) -> QuestionSet:
    found, problems = question_sets.load(name)
    assert found is not None, problems
    return found


def workshop(name: str, seed: int) -> Workshop:
    """A workshop of the set `name`; the same seed gives the same one."""
    chance = random.Random(f"{name} {seed}")
    plain = as_shipped(name)
    parties = _own_parties(chance) if plain.named_kind else _parties(plain, chance)
    people = [
        (party.id, party.kind, n + 1) for party in parties for n in range(_size(party, chance))
    ]
    codes = [(f"P-{n + 1:02}", party, kind) for n, (party, kind, _) in enumerate(people)]
    session = Session.model_validate(
        {
            "session": "truth",
            "title": "Voorbeeldwijk",
            "phase": "closed",
            "question_set": plain.id,
            "question_set_hash": plain.hash,
            "parties": parties,
            "participants": [{"code": code, "party": party} for code, party, _ in codes],
            "k": chance.choice((3, 3, 3, 4)),
        }
    )
    if plain.covered and chance.random() < 0.3:
        named = Named(label=Text(nl="Een bank plaatsen", en="Placing a bench"))
        session = session.changed(decisions={"own-bench": named})
    if plain.coorientation and chance.random() < 0.4:
        session = session.changed(guess_about=tuple(dict.fromkeys(p.kind for p in parties)))
    asked = session.effective(plain)
    session = session.changed(sources=_sources(asked, chance))
    people_say = Saying(asked, session, chance)
    first = tuple(people_say.sheets(codes))
    closings = [first]
    while len(closings) < 3 and chance.random() < 0.25:
        closings.append(tuple(people_say.changed(closings[-1], codes)))
    if chance.random() < 0.3:
        agreements = tuple(_agreements(asked, session, chance))
        again = _next_round(session, agreements)
        then = people_say.in_round(again, again.effective(plain))
        sheets = tuple(then.sheets(codes))
        later = Workshop(then.asked, again, (sheets,), None, agreements)
        return Workshop(asked, session, tuple(closings), later)
    return Workshop(asked, session, tuple(closings))


def _agreements(asked: QuestionSet, session: Session, chance: random.Random) -> Iterator[Agreement]:
    for number in range(chance.randint(0, 3)):
        item = chance.choice(asked.compared)
        parties = [p.id for p in session.parties if chance.random() < 0.8]
        yield Agreement(
            id=f"a-{number + 1}",
            topic=item.key,
            sentence=f"Afspraak {number + 1}: we doen het zo.",
            parties=tuple(Assent(party=party) for party in parties),
        )


def _next_round(session: Session, agreements: Sequence[Agreement]) -> Session:
    """The round after it: whether what was agreed is kept, and all of the set again."""
    levels = tuple(Option(id=level, label=level_label(level)) for level in LEVELS)
    questions = tuple(
        ScaleQuestion(
            type="scale",
            id=about(each.id, what),
            boundary="boundary",
            tense="practice",
            scale=KEPT_OR_NOT,
            **question_texts(what, each.sentence),
        )
        for each in agreements
        for what in ("kept", "right")
    )
    scales = {KEPT_OR_NOT: Scale(levels=levels)} if questions else {}
    return session.changed(round=2, questions=questions, scales=scales, guess_about=(), sources={})


def _parties(plain: QuestionSet, chance: random.Random) -> list[Party]:
    parties = []
    for kind, what in plain.parties.items():
        if chance.random() < 0.06:
            continue
        if what.many and chance.random() < 0.6:
            names = chance.sample(
                ("Stadsbeheer", "MO", "Werk en Inkomen", "SO"), chance.choice((1, 2, 2, 3))
            )
            for name in names:
                own = name.lower().replace(" ", "-")
                label = Text(nl=f"{what.label.nl} {name}", en=f"{what.label.en} {name}")
                parties.append(Party(id=f"{kind}-{own}", kind=kind, label=label))
        elif kind == "wijkraad" and chance.random() < 0.2:
            label, the = (
                Text(nl="dorpsraad", en="dorpsraad"),
                Text(nl="de dorpsraad", en="de dorpsraad"),
            )
            parties.append(Party(id=kind, kind=kind, label=label, the=the))
        else:
            parties.append(Party(id=kind, kind=kind))
    return parties or [Party(id=next(iter(plain.parties)), kind=next(iter(plain.parties)))]


def _own_parties(chance: random.Random) -> list[Party]:
    chosen = chance.sample(OWN, chance.choice((2, 3, 3, 4)))
    return [
        Party(id=name, kind=name, label=Text(nl=label, en=label), the=Text(nl=the, en=the))
        for name, label, the in chosen
    ]


def _size(party: Party, chance: random.Random) -> int:
    if party.kind == "wijkmanager":
        return chance.choice((1, 1, 1, 2))
    return chance.choice((1, 2, 3, 4, 5, 6, 7))


def _sources(asked: QuestionSet, chance: random.Random) -> dict[str, FormalSource]:
    if chance.random() < 0.6:
        return {}
    found = {}
    meant = [item for item in asked.compared if item.question.type != "text"]
    for item in chance.sample(meant, min(4, len(meant))):
        ids = sorted(asked.choosable[item.key])
        if item.question.type == "multi":
            value: Any = tuple(chance.sample(ids, min(2, len(ids))))
        else:
            value = chance.choice(ids)
        text = "Verordening, artikel 21"
        picked = chance.random() < 0.4
        places = ("Mandaatbesluit", f"Mandaatbesluit; {text}")
        found[item.key] = (
            FormalSource(text=chance.choice(places), to_check=True)
            if picked
            else FormalSource(text=text, value=chance.choice((value, "")))
        )
    return found


class Saying:
    """What the people of a session say: alike, spread, or not knowing, an item at a time."""

    def __init__(self, asked: QuestionSet, session: Session, chance: random.Random) -> None:
        self.asked, self.session, self.chance = asked, session, chance
        self.consents = {party.id: self._mode() for party in session.parties}
        self.common = {item.key: self.value(item) for item in asked.items}
        self.styles: dict[tuple[str, str], tuple[str, Any]] = {}
        self.calm = chance.random()

    def in_round(self, session: Session, asked: QuestionSet) -> "Saying":
        """The same people in a later round, or most: of some things they think as before."""
        later = Saying(asked, session, self.chance)
        stays_away = self.chance.choice((*self.consents, *[""] * len(self.consents)))
        later.consents = {
            party: (kind, 0.0 if party == stays_away else share)
            for party, (kind, share) in self.consents.items()
        }
        kept = {key: said for key, said in self.styles.items() if self.chance.random() < 0.7}
        later.styles = {key: said for key, said in kept.items() if key[0] in asked.by_key}
        return later

    def _mode(self) -> tuple[str, float]:
        chance = self.chance
        kind = chance.choice(("position",) * 8 + ("group", "group", "mixed", "none"))
        return kind, chance.choice((1.0, 1.0, 1.0, 0.9, 0.9, 0.8, 0.4, 0.0))

    def sheets(self, codes: Sequence[tuple[str, str, str]]) -> list[Sheet]:
        found = (self.sheet(code, party, kind) for code, party, kind in codes)
        return [sheet for sheet in found if sheet is not None]

    def sheet(self, code: str, party: str, kind: str) -> Sheet | None:
        chance = self.chance
        mode, hands_in = self.consents[party]
        if chance.random() > hands_in:
            if chance.random() < 0.7:
                return None
            status = SheetStatus.DRAFT
        else:
            status = SheetStatus.SUBMITTED
        consent = {
            "position": "position" if chance.random() < 0.97 else "none",
            "group": "group",
            "mixed": chance.choice(("position", "group", "none")),
            "none": "none" if chance.random() < 0.6 else "position",
        }[mode]
        answers = {}
        for item in self.asked.route(kind):
            answer = self.answer(item, party)
            if answer is not None and not self._is_left_out(item, answers):
                answers[item.key] = answer
        return Sheet.model_construct(
            session=self.session.session,
            question_set=self.session.question_set,
            question_set_hash=self.session.question_set_hash,
            participant=code,
            party=party,
            consent=consent,
            status=status,
            answers=answers,
        )

    @staticmethod
    def _is_left_out(item: Item, answers: Mapping[str, Answer]) -> bool:
        """Whether who gave these answers is not asked the item."""
        unless = item.question.unless
        if unless is None:
            return False
        before = answers.get(item.key.replace(item.question.id, unless.question, 1))
        return before is not None and before.value == unless.value

    def changed(
        self, sheets: Sequence[Sheet], codes: Sequence[tuple[str, str, str]]
    ) -> list[Sheet]:
        """Some come, some go, some change; most stay as they are."""
        chance, there = self.chance, {sheet.participant: sheet for sheet in sheets}
        share = chance.choice((0.1, 0.3, 0.9))
        found = []
        for code, party, kind in codes:
            before = there.get(code)
            after = self.sheet(code, party, kind) if chance.random() < share else before
            if after is not None:
                found.append(after)
        return found

    def answer(self, item: Item, party: str) -> Answer | None:
        chance = self.chance
        style, value = self.style(item, party)
        if style == "absent" or chance.random() < 0.04:
            return None
        drawn = chance.random()
        if style == "unknown" and drawn < 0.6:
            value = "dont-know"
        elif style == "spread" or drawn < 0.08 + 0.1 * (1 - self.calm):
            value = self.value(item)
        sure = None
        if item.question.certainty and chance.random() < 0.8:
            sure = chance.choice(("guess", "fairly", "certain", "certain"))
        words = "Iets in eigen woorden" if value == "other" else ""
        quote, note = chance.random() < 0.3, "Een opmerking" if chance.random() < 0.04 else ""
        return Answer.model_construct(
            value=value, certainty=sure, words=words, note=note, quote=quote, revision=1
        )

    def style(self, item: Item, party: str) -> tuple[str, Any]:
        key = (item.key, party)
        if key not in self.styles:
            drawn = self.chance.random()
            style = (
                "common" if drawn < 0.35 + 0.4 * self.calm
                else "alike" if drawn < 0.8
                else "spread" if drawn < 0.9
                else "unknown" if drawn < 0.97
                else "absent"
            )  # fmt: skip
            value = self.common[item.key] if style == "common" else self.value(item)
            self.styles[key] = (style, value)
        return self.styles[key]

    def value(self, item: Item) -> Any:
        """Whatever fits the item."""
        chance, question = self.chance, item.question
        if question.type == "text":
            return "Zorgen dat het goed gaat."
        ids = [option.id for option in self.asked.options(question, item.subject)]
        drawn = chance.random()
        if drawn < 0.05:
            return "dont-know"
        if drawn < 0.07:
            return "prefer-not"
        if question.type == "multi":
            few = chance.randint(0, min(4, len(ids), question.at_most or 4))
            tags = (*question.tagged, "unknown")
            return {option: chance.choice(tags) for option in chance.sample(ids, few)}
        if drawn < 0.09 and question.has_other:
            return "other"
        if drawn < 0.2 and question.type == "who":
            return "nobody"
        if question.type == "who" and drawn < 0.6:
            kinds = [party.kind for party in self.session.parties]
            return chance.choice([kind for kind in kinds if kind in ids] or ids)
        return chance.choice(ids)
