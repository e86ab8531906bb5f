"""Every sentence that bart prints about parties, as a form and what must then be true.

A form is the Dutch sentence with names for what is filled in. What is printed and fits no form,
and is not a fixed text of the catalogue, is not known to be true either.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bart_tool.domain.agreement import Agreement
from bart_tool.domain.question_set import Item
from tests.promises.reckoned import Stand
from tests.promises.world import World

EACH = {2: "allebei", 3: "alle drie"}
AHEAD = "‘’"


def lower(text: str) -> str:
    if text.startswith("Eén "):
        return f"één {text[4:]}"
    return text if text[1:2].isupper() or text[1:2] == "-" else text[:1].lower() + text[1:]


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class About:
    """What a printed text stands under: items, a topic, a decision, a party."""

    items: tuple[Item, ...] = ()
    topic: str = ""
    decision: str = ""
    party: str = ""
    agreement: str = ""
    is_then: bool = False  # of the round before


@dataclass(frozen=True)
class Named:
    """A party as a sentence names it."""

    party: str
    is_self: bool
    is_one: bool


class Names:
    """What things of a workshop are called in Dutch, by its own set and session."""

    def __init__(self, world: World) -> None:
        self.world, self.asked = world, world.asked

    @cached_property
    def the(self) -> dict[str, str]:
        """Name in a sentence -> party."""
        found = {}
        for party in self.world.session.parties:
            kind = self.asked.parties[party.kind]
            named = party.the.nl or party.label.nl or kind.the.nl or kind.label.nl
            found[named] = party.id
        return found | {"overige partijen": "others"}

    @cached_property
    def label(self) -> dict[str, str]:
        """Name by itself -> party."""
        found = {}
        for party in self.world.session.parties:
            found[party.label.nl or self.asked.parties[party.kind].label.nl] = party.id
        return found | {"overige partijen": "others"}

    def subject(self, name: str) -> str:
        named = self.asked.named(name)
        return named.the.nl or named.label.nl

    def option(self, item: Item, option: str) -> str:
        option = option.partition("@")[0]
        codes = {"nobody": "niemand", "other": "iets anders", "dont-know": "weet ik niet"}
        if option in codes:
            return codes[option]
        if item.question.type == "who":
            return self.subject(option)
        options = self.asked.options(item.question, item.subject)
        return next((lower(o.label.nl) for o in options if o.id == option), option)

    def level(self, item: Item, number: int) -> str:
        return lower(self.asked.options(item.question)[number].label.nl)

    def object(self, item: Item) -> str:
        assert item.question.objects
        return self.asked.objects[item.question.objects][item.object].label.nl

    def title(self, item: Item) -> str:
        short = item.question.short.nl
        if "{subject}" in short:
            return short.replace("{subject}", self.subject(item.subject))
        parts = [self.asked.named(item.subject).label.nl] if item.subject else []
        parts += [lower(self.object(item))] if item.object else []
        return f"{short} – {', '.join(parts)}" if parts else short

    def _in_number(self, said: str, item: Item) -> str:
        """`{mag|mogen}` as it goes with what is asked about."""
        many = item.subject != "" and self.asked.named(item.subject).is_plural
        return re.sub(r"\{([^{}|]+)\|([^{}|]+)\}", r"\2" if many else r"\1", said)

    def asked_in_full(self, item: Item) -> str:
        said = self._in_number(item.question.text.nl, item)
        if item.subject:
            said = said.replace("{subject}", self.subject(item.subject))
        if item.object and item.question.objects:
            thing = self.asked.objects[item.question.objects][item.object]
            said = said.replace("{object}", thing.in_sentence.nl)
        return upper(said)

    def topic(self, topic: str) -> str:
        items = self.world.topics[topic]
        decided = next((i for i in items if i.question.covers and i.object), items[0])
        return self.title(decided) if decided.key == topic else upper(self.object(decided))

    @cached_property
    def topics(self) -> dict[str, str]:
        """What a topic is called, in every way -> topic."""
        found = {}
        for topic in self.world.topics:
            called = self.topic(topic)
            short, dash, about = called.partition(" – ")
            for each in (called, f"{short} ({about})" if dash else short):
                found[each.lower()] = topic
        return found

    @cached_property
    def titles(self) -> dict[str, Item]:
        return {self.title(item): item for item in self.asked.items}

    @cached_property
    def questions(self) -> dict[str, Item]:
        return {self.asked_in_full(item): item for item in self.asked.items}

    @cached_property
    def open_questions(self) -> set[str]:
        """Questions with a gap for each of their subjects, or objects."""
        found = set()
        for item in self.asked.items:
            text = self._in_number(item.question.text.nl, item)
            objects = self.asked.objects.get(item.question.objects or "", {})
            thing = objects[item.object].in_sentence.nl if objects else ""
            subject = self.subject(item.subject) if item.subject else ""
            for whom in ("…", subject):
                for what in ("…", thing):
                    filled = text.replace("{subject}", whom).replace("{object}", what)
                    found.add(upper(filled))
        return found

    # -- reading

    @cached_property
    def _party(self) -> re.Pattern[str]:
        names = "|".join(re.escape(n) for n in sorted(self.the, key=len, reverse=True))
        return re.compile(
            rf"({names}|{names.replace(names[:1], names[:1].upper(), 1)})( zelf)?( \(1 persoon\))?",
            re.I,
        )

    def parties(self, text: str) -> list[Named] | None:
        """`de wijkraad, de wijkmanager (1 persoon) en het cluster` -> the parties; None if not."""
        found, rest, by_name = [], text, {name.lower(): p for name, p in self.the.items()}
        while True:
            match = self._party.match(rest)
            if match is None:
                return None
            found.append(Named(by_name[match[1].lower()], bool(match[2]), bool(match[3])))
            rest = rest[match.end() :]
            if not rest:
                break
            for joint in (", ", " en "):
                if rest.startswith(joint):
                    rest = rest[len(joint) :]
                    break
            else:
                return None
        names = [each.party for each in found]
        return found if len(set(names)) == len(names) else None

    def position(self, item: Item, stand: Stand) -> str:
        """Where a party stands, in words."""
        if stand.standing != "position":
            return {
                "divided": "verdeeld", "unknown": "weet het niet",
                "closed": "niet te zeggen", "none": "geen antwoord",
            }[stand.standing]  # fmt: skip
        if stand.median is not None:
            low, high = int(stand.median), int(stand.median + 0.5)
            words = [self.level(item, number) for number in dict.fromkeys((low, high))]
            return " / ".join(words)
        listed = [option.id for option in self.asked.options(item.question, item.subject)]
        options = sorted(stand.top, key=lambda o: listed.index(o) if o in listed else 99)
        return ", ".join(self.option(item, option) for option in options) or "geen van deze"


@dataclass
class Reader:
    """Reads texts of one workshop and says what is not true."""

    world: World
    names: Names
    then: World | None = None  # the round before, where two stand side by side
    agreements: Sequence[Agreement] = ()

    # -- what sentences name

    def stands(self, text: str, meant: Iterable[Stand], subject: str | None = None) -> bool:
        """Whether exactly the stands that are meant are named, and one person as one person.

        `de 4 partijen` are all parties of the session, each with the stand that is meant.
        """
        named = self.names.parties(text)
        expected = {s.party: s for s in meant}
        if together := re.fullmatch(r"[Dd]e (\d+) partijen", text):
            return self.are_all(together[1], expected.values())
        if named is None or not expected or {n.party for n in named} != expected.keys():
            return False
        return all(
            n.is_one == (expected[n.party].n == 1)
            and n.is_self
            == (subject is not None and bool(subject) and expected[n.party].kind == subject)
            for n in named
        )

    def are_all(self, number: str, stands: Iterable[Stand]) -> bool:
        """Whether these are the stands of every party of the session, so many, three at least."""
        parties = {s.party for s in stands}
        there = {party.id for party in self.world.session.parties}
        return parties == there and len(there) == int(number) > 2

    def any_item(self, about: About, holds: Callable[[Item], bool]) -> bool:
        return any(holds(item) for item in about.items)

    def is_each(self, text: str, word: str) -> bool:
        named = self.names.parties(text)
        return named is not None and word == EACH.get(len(named), "elk")

    # -- cells

    def said(self, text: str, item: Item, stand: Stand) -> bool:
        """What a party said: `beslist (4 van 6), beslist mee (2 van 6)` and the like."""
        counts = dict(stand.counts or {}) | (
            {"dont-know": stand.dont_know} if stand.dont_know else {}
        )
        counts = {option: n for option, n in counts.items() if n}
        if stand.kept is not None and stand.n is not None:  # open then, and a group since
            number, closing = stand.kept
            then = f" (zoals bij sluiting {closing} van ronde {number})"
            if not text.endswith(then):
                return False
            text = text.removesuffix(then)
        if not counts:
            where = self.names.position(item, stand)
            if stand.n is not None:
                return text == where
            if stand.kept is not None:
                number, closing = stand.kept
                return (
                    text == f"{where} (als groep, zoals bij sluiting {closing} van ronde {number})"
                )
            return text == f"{where} (als groep)"
        if stand.n == 1:
            head = text.removesuffix(" (1 persoon)")
            return head != text and self._is_listed(head, item, counts)
        found, order = {}, []
        for option, n, base in re.findall(r"(.+?) \((\d+) van (\d+)\)(?:, |$)", text):
            if int(base) != stand.n:
                return False
            found[option] = int(n)
            order.append(int(n))
        expected = {self.names.option(item, option): n for option, n in counts.items()}
        whole = ", ".join(f"{o} ({n} van {stand.n})" for o, n in found.items())
        return found == expected and order == sorted(order, reverse=True) and whole == text

    def _is_listed(self, text: str, item: Item, options: Iterable[str]) -> bool:
        rest = text
        left = {self.names.option(item, option) for option in options}
        while left:
            begins = [o for o in left if rest == o or rest.startswith(f"{o}, ")]
            if not begins:
                return False
            longest = max(begins, key=len)
            left.discard(longest)
            rest = rest[len(longest) + 2 :]
        return not rest

    def on(self, item: Item, party: str) -> Stand | None:
        return self.world.now.items[item.key].get(party)


Form = tuple[str, re.Pattern[str], Callable[..., bool]]  # the longest literal, form, condition
FORMS: list[Form] = []
NUMBERS = {"n", "k", "invited"}
NUMBER = r"\d+(?:,\d+)?"


def form(text: str) -> Callable[[Callable[..., bool]], Callable[..., bool]]:
    """A sentence; `{name}` is what is filled in, `a|b` in square brackets one or the other."""
    pieces = re.split(r"(\{\w+\}|\[[^\]]*\])", text)
    regex = "".join(
        f"(?P<{p[1:-1]}>{NUMBER if p[1:-1] in NUMBERS else '.+?'})" if p.startswith("{")
        else f"(?:{'|'.join(map(re.escape, p[1:-1].split('|')))})" if p.startswith("[")
        else re.escape(p)
        for p in pieces
    )  # fmt: skip

    def add(holds: Callable[..., bool]) -> Callable[..., bool]:
        literal = max((p for p in pieces if p[:1] not in ("{", "[")), key=len)
        FORMS.append((literal, re.compile(regex), holds))
        return holds

    return add
