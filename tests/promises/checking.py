"""Holds every printed text to a workshop: what is not known to be true is named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path

from babel.messages.pofile import read_po

import bart_tool
from bart_tool.domain.agreement import Agreement, Asked
from bart_tool.domain.agreement import about as about_agreement
from bart_tool.domain.question_set import Item
from tests.promises import (  # noqa: F401  (they add their forms)
    expectation_forms,
    item_forms,
    note_forms,
    pattern_forms,
    report_forms,
    round_forms,
    told,
    whole_forms,
)
from tests.promises.printed import Printed
from tests.promises.sentences import FORMS, About, Names, Reader, lower, upper
from tests.promises.world import World

LOCALE = Path(bart_tool.__file__).parent / "wording" / "locale" / "nl"
CODES = {
    "too-few": "Te weinig antwoorden",
    "not-assigned": "Veel ‘niemand’ of ‘weet ik niet’",
    "double-claim": "Meer dan één partij noemt zichzelf",
    "passed-on": "Een genoemde partij noemt zichzelf niet",
    "one-sided-claim": "Noemt zichzelf; een ander ziet dat anders",
    "wide-gap": "Groot verschil",
    "gap": "Verschil",
    "nuance": "Klein verschil",
    "shared": "Gedeeld beeld",
    "unclaimed": "Geen partij met een beeld zegt dat zij beslist",
    "claimed": "Eén kant zegt dat zij beslist",
    "unknown": "Niet bekend",
    "divided": "Verdeeld binnen een partij",
    "incomplete": "Hetzelfde, maar niet van iedereen bekend",
    "joint": "Partijen doen dit samen",
    "open": "Niet van elke partij bekend",
}
KEYS = {"● over zichzelf ○ over de ander", "-", "–", "---"}
# What stands for an answer is held to the answers.
ANSWERS = {
    "weet ik niet", "weet het niet", "verdeeld", "niet te zeggen", "geen antwoord", "niemand",
    "iets anders", "geen van deze", "wil ik niet zeggen", "ja", "nee", "deels",
    "Ja", "Nee", "Deels",
}  # fmt: skip
BY_LABEL = {text: code for code, text in CODES.items()}


@cache
def fixed() -> frozenset[str]:
    """The texts of the catalogue that hold no data."""
    found = set()
    for path in (*LOCALE.glob("*.po"), LOCALE / "LC_MESSAGES" / "labels.po"):
        with path.open("rb") as stream:
            for message in read_po(stream):
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                if message.context == "outcome":  # of these it is asked whether they hold
                    continue
                found |= {text.strip() for text in texts if text and "{" not in text}
    held = {text for text in found for _, pattern, _ in FORMS if _is_held(pattern, text)}
    held |= {text for said in round_forms.SAID for text in said.values()}
    return frozenset(found - BY_LABEL.keys() - ANSWERS - held)


def _is_held(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text without data is a form all the same: then its condition is asked."""
    return not pattern.groups and pattern.fullmatch(text) is not None


class Checker:
    """Everything of one workshop that a text can name."""

    def __init__(
        self, world: World, then: World | None = None, agreements: Sequence[Agreement] = ()
    ) -> None:
        self.names = Names(world)
        self.reader = Reader(world, self.names, then, agreements)
        self.world = world

    # -- where a text stands

    def false(self, printed: Printed) -> bool:
        """Whether a text is not known to be true where it stands."""
        text = " ".join(printed.text.split()).removeprefix("- ")
        if printed.is_told:
            return not any(told.is_true(self.reader, a, text) for a in self.abouts(printed))
        if "■" in printed.lead:
            return not self._people(text, int(printed.lead.split()[-1]), printed)
        if printed.heading == "Op papier, en in de praktijk" and printed.column:
            return not self._paper_and_practice(text, printed)
        if printed.column in self.names.label and printed.row:
            return not self._cell(text, printed)
        return not any(self.holds(text, about) for about in self.abouts(printed))

    def _cell(self, text: str, printed: Printed) -> bool:
        """What the party of a column says in the question of a row, or that it is not asked."""
        for about in self._of_head(printed.row, printed.column):
            stand = self.reader.on(about.items[0], about.party)
            if stand is None:
                return text == "–"
            if self.reader.said(text, about.items[0], stand):
                return True
        return False

    def _paper_and_practice(self, text: str, printed: Printed) -> bool:
        """Where a party says that is laid down what may be done, and what is done, of one row."""
        names, party = self.names, self.names.label[printed.column]
        asked = [i for i in self.world.compared if printed.row in self._abouts(i)]
        for paper in (i for i in asked if i.question.covers and i.question.tense == "formal"):
            for practice in (i for i in asked if i.question.tense == "practice"):
                if getattr(practice.question, "scale", "") == getattr(paper.question, "scale", "-"):
                    stands = [self.reader.on(i, party) for i in (paper, practice)]
                    told = [
                        names.position(i, s)
                        for i, s in zip((paper, practice), stands, strict=True)
                        if s
                    ]
                    if text == " → ".join(dict.fromkeys(told)):
                        return True
        return False

    def _people(self, option: str, people: int, printed: Printed) -> bool:
        """Whether so many people of the party gave this answer."""
        party = self.names.label.get(printed.row) or self.names.label.get(lower(printed.row), "")
        for item in self.under(printed.under).items:
            stand = self.reader.on(item, party)
            said = {**(stand.counts or {}), "dont-know": stand.dont_know} if stand else {}
            if any(n == people and self.names.option(item, o) == option for o, n in said.items()):
                return True
        return False

    def abouts(self, printed: Printed) -> Iterator[About]:
        """What a text may be about: its row, else its heading, else what was opened."""
        if printed.under:
            yield self.under(printed.under)
        for head in (printed.row, printed.heading):
            made = self._agreement(head)
            if made:
                yield About(agreement=made)
                yield from self._of_agreement(made, printed)
            if head:
                yield from self._of_head(head, printed.column)
        yield About()

    def _of_head(self, head: str, column: str) -> Iterator[About]:
        head = re.sub(r"^Punt \d+: ", "", head)
        party = self.names.label.get(column, "")
        for about in self._named(head, About()):
            yield replace(about, party=party, is_then=column == "Ronde 1")
        things = {self.names.object(i): i.object for i in self.world.compared if i.object}
        if head in things and things[head] in self.world.decisions:
            yield self.of_decision(things[head])

    def _of_agreement(self, made: str, printed: Printed) -> Iterator[About]:
        """What a party says of an agreement, in the column that asks it."""
        asked: dict[str, Asked] = {"Nagekomen?": "kept", "Klopt het nog?": "right"}
        party = self.names.label.get(printed.row, "")
        if printed.column in asked and party:
            item = self.world.asked.by_key.get(about_agreement(made, asked[printed.column]))
            yield About((item,) if item else (), party=party, agreement=made)

    def _agreement(self, head: str) -> str:
        head = re.sub(r"^\d+\. ", "", head)
        made = (each.id for each in self.reader.agreements if each.sentence == head)
        return next(made, "")

    # -- what a text stands under

    def of_topic(self, topic: str) -> About:
        items = tuple(self.world.topics[topic])
        decision = topic.partition("/")[2] if topic.startswith("decision/") else ""
        return About(items, topic, decision if decision in self.world.decisions else "")

    def of_item(self, item: Item) -> About:
        return About((item,), "", "")

    def of_decision(self, decision: str) -> About:
        return About(tuple(self.world.about(decision)), "", decision)

    def under(self, key: str) -> About:
        """What an entry of the screens is about."""
        kind, _, name = key.partition(":")
        match kind:
            case "topic":
                return self.of_topic(name)
            case "item":
                return self.of_item(self.world.asked.by_key[name])
            case "decision":
                return self.of_decision(name)
            case "party":
                return About(party=name)
            case "expected":
                found = {k for guess in self.world.asked.guesses for k in (guess.item, guess.key)}
                return About(tuple(self.world.asked.by_key[key] for key in sorted(found)))
        return About()

    # -- holding

    def untrue(self, text: str, about: About) -> Iterator[str]:
        """The pieces of a text that are not known to be true."""
        text = " ".join(text.split()).removeprefix("- ")
        if not self.holds(text, about):
            yield text

    def holds(self, text: str, about: About) -> bool:
        text = re.sub(r"^\d+ (?=[A-ZÀ-Þ])", "", text)  # the number of a topic
        if not text or text in fixed() or text in KEYS or self._is_name(text):
            return True
        if self._form(text, about) or round_forms.agreed(self.reader, about, text):
            return True
        said = text if about.party else lower(text)  # by itself, what all say is a sentence
        if about.items and self._answer(said, about):
            return True
        if self._code(text, about) or self._led(text, about):
            return True
        return self._in_pieces(text, about)

    def _form(self, text: str, about: About) -> bool:
        for literal, pattern, is_true in FORMS:
            match = pattern.fullmatch(text) if literal in text else None
            if match is not None and is_true(self.reader, about, **match.groupdict()):
                return True
        return False

    def _is_name(self, text: str) -> bool:
        names = self.names
        return (
            text in names.titles
            or text.lower() in names.topics
            or text in names.questions
            or text in names.open_questions
            or lower(text) in names.label
            or lower(text) in names.the
            or text in names.label
            or lower(text) in self._things
            or bool(self._agreement(text))
            or text == self.world.asked.attribution.nl
            or text in self._every_about
        )

    @cached_property
    def _things(self) -> set[str]:
        asked = self.world.asked
        found = {
            lower(each.label.nl) for things in asked.objects.values() for each in things.values()
        }
        for named in (asked.parties, asked.actors, asked.subjects):
            found |= {lower(each.label.nl) for each in named.values()}
        return found

    @cached_property
    def _every_about(self) -> set[str]:
        return {text for item in self.world.asked.items for text in self._abouts(item)}

    def _code(self, text: str, about: About) -> bool:
        """An outcome by itself: of the items, the topic or the decision that it stands under."""
        code = BY_LABEL.get(text)
        if code is None:
            return False
        world = self.reader.then if about.is_then else self.world
        if world is None:
            return False
        if about.topic and world.topic_code(about.topic) == code:
            return True
        if about.decision and world.covered(about.decision) == code:
            return True
        return any(world.codes.get(item.key, "too-few") == code for item in about.items)

    def _led(self, text: str, about: About) -> bool:
        """`outcome: sentence`, `title: sentence`, `party: what it said`."""
        for match in re.finditer(r": | – |(?<=\?) ", text):
            head, rest = text[: match.start()], text[match.end() :]
            if head in BY_LABEL:
                if self._code(head, about) and self.holds(rest, about):
                    return True
            elif head in fixed() and self.holds(rest, about):
                return True
            if self._party_said(head, rest, about):
                return True
            for narrower in self._named(head, about):
                if self._answer(rest, narrower):
                    return True
                if not head.endswith("?") and self.holds(rest, narrower):
                    return True
        return False

    def _party_said(self, head: str, rest: str, about: About) -> bool:
        head = head.removesuffix(" (over zichzelf)")
        party = self.names.label.get(head) or self.names.label.get(lower(head))
        if party is None:
            return False
        said, halfway, level = rest.partition(", half naar: ")
        for item in about.items:
            stand = self.reader.on(item, party)
            if stand is None or not self.reader.said(said, item, stand):
                continue
            if not halfway:
                return True
            if stand.median is not None and level == self.names.level(item, int(stand.median + 1)):
                return stand.median % 1 == 0.5
        return False

    def _answer(self, rest: str, about: About) -> bool:
        """What the party says whose page this is; or what all say the same."""
        item = about.items[0]
        if about.party:
            text = rest.removesuffix(" – onderling verdeeld")
            stand = self.reader.on(item, about.party)
            is_divided = stand is not None and stand.standing == "divided"
            return (
                stand is not None
                and self.reader.said(text, item, stand)
                and (text == rest or is_divided)
            )
        stands = self.world.on(item.key)
        words = {self.names.position(item, s) for s in stands if s.has}
        return self.world.codes.get(item.key) == "shared" and words == {rest}

    def _named(self, head: str, about: About) -> Iterator[About]:
        """What a heading in a line narrows to: an item, a topic, a subject of these items."""
        names = self.names
        head = re.sub(r"^(?:\d+\.? |- )", "", head)
        if head in names.titles:
            item = names.titles[head]
            guesses = (g.key for g in self.world.asked.guesses if g.item == item.key)
            asked = (item, *(self.world.asked.by_key[key] for key in guesses))
            yield About(asked, party=about.party)
        if head in names.questions:
            yield About((names.questions[head],), party=about.party)
        if head.lower() in names.topics:
            yield self.of_topic(names.topics[head.lower()])
        for item in about.items:
            if head in self._abouts(item):
                yield About((item,), about.topic, about.decision, about.party)

    def _abouts(self, item: Item) -> set[str]:
        subject = self.world.asked.named(item.subject).label.nl if item.subject else ""
        thing = lower(self.names.object(item)) if item.object else ""
        both = ", ".join(part for part in (subject, thing) if part)
        short = item.question.short.nl.replace("{subject}", "…")
        asked = f"{short} – {subject}" if subject else short
        return {upper(both), upper(subject), short, asked, upper(self.names.title(item))} - {""}

    def _in_pieces(self, text: str, about: About) -> bool:
        """The text cut into sentences, each of which holds; the longest piece first."""
        cuts = [m.end() for m in re.finditer(r"[.?!:”](?= [A-ZÀ-Þ0-9‘“])", text)]
        for cut in reversed(cuts):
            head, rest = text[:cut].strip(), text[cut:].strip()
            known = head in fixed() or head.removesuffix(".") in fixed()
            if (known or self._form(head, about)) and self.holds(rest, about):
                return True
        return False
