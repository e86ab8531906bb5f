"""What is told beside an item: flags, self against others, sources and own words, as forms."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bart_tool.domain.answer import Answer
from bart_tool.domain.question_set import Item
from tests.promises.item_forms import has_code, placed_on
from tests.promises.reckoned import MISMATCH, Reckoner, Shown, Stand
from tests.promises.sentences import About, Reader, form, lower, upper

# -- notes


@form("Weinig mensen gaven hier antwoord: {list}.")
def small(r: Reader, a: About, list: str) -> bool:
    def holds(i: Item) -> bool:
        few = [
            s
            for s in r.world.on(i.key)
            if s.n is not None and (2 * s.n < s.invited or s.invited >= 3 > s.n)
        ]
        the = {party: name for name, party in r.names.the.items()}
        texts = [f"{the[s.party]} ({s.n} van {s.invited})" for s in few]
        return list == " en ".join([", ".join(texts[:-1]), *texts[-1:]] if texts[1:] else texts)

    return r.any_item(a, holds)


@form("Zonder één van deze antwoorden was deze uitkomst anders.")
def tips(r: Reader, a: About) -> bool:
    return r.any_item(a, lambda i: any(_without_one(r, i)))


def _without_one(r: Reader, item: Item) -> Iterator[bool]:
    reckoner = Reckoner(r.world.asked, r.world.session.k)
    stands = r.world.on(item.key)
    shown: dict[str, Shown] = {p.party: p for p in r.world.now.parties}
    for place, stand in enumerate(stands):
        if stand.n is None or stand.n < 2:
            continue
        party = stand.shown_then or shown[stand.party]
        for sheet in party.sheets:
            said = sheet.answers.get(item.key)
            if said is None or said.value == "prefer-not":
                continue
            fewer = replace(party, sheets=tuple(s for s in party.sheets if s is not sheet))
            moved = [*stands[:place], reckoner.stand(item, fewer), *stands[place + 1 :]]
            yield r.world.code(item, moved) != r.world.codes[item.key]


@form("Bij elke partij met een beeld is meer dan de helft zeker, van wie invulde hoe zeker.")
def outspoken(r: Reader, a: About) -> bool:
    return r.any_item(
        a, lambda i: bool(placed_on(r, i)) and all(s.sure == "certain" for s in placed_on(r, i))
    )


@form("Bij elke partij met een beeld gokt meer dan de helft, van wie invulde hoe zeker.")
def guessing(r: Reader, a: About) -> bool:
    return r.any_item(
        a, lambda i: bool(placed_on(r, i)) and all(s.sure == "unsure" for s in placed_on(r, i))
    )


@form(
    "Bij de ene partij is meer dan de helft zeker, bij een andere gokt meer dan de helft: "
    "zeker bij {first}, een gok bij {second}."
)
def information_gap(r: Reader, a: About, first: str, second: str) -> bool:
    return r.any_item(
        a,
        lambda i: (
            has_code(r, i, *MISMATCH)
            and r.stands(first, (s for s in placed_on(r, i) if s.sure == "certain"))
            and r.stands(second, (s for s in placed_on(r, i) if s.sure == "unsure"))
        ),
    )


@form("De ene partij noemt een rol meestal vastgelegd, een andere niet.")
def formal_differs(r: Reader, a: About) -> bool:
    def holds(i: Item) -> bool:
        placed = placed_on(r, i)
        return any(
            x.mostly(o) == "formal" and y.mostly(o) not in ("formal", "", "unknown")
            for x in placed for y in placed if x is not y
            for o in x.top & y.top
        )  # fmt: skip

    return r.any_item(a, holds)


@form("Binnen {first} ziet een deel het anders.")
def minority(r: Reader, a: About, first: str) -> bool:
    return r.any_item(
        a, lambda i: r.stands(first, (s for s in placed_on(r, i) if outside(r, i, s)))
    )


def outside(r: Reader, i: Item, s: Stand) -> bool:
    """Whether a part of a party's people stand clearly beside where it stands."""
    if not s.has or s.n is None or i.question.type == "multi":
        return False
    counts = s.counts or {}
    if s.median is not None:
        levels = [o.id for o in r.world.asked.options(i.question)]
        reach = (len(levels) - 1) / 4
        out = sum(n for o, n in counts.items() if abs(levels.index(o) - s.median) > reach)
    else:
        out = sum(counts.values()) - max(counts.values())
    return out >= 2 and out * 5 >= sum(counts.values())


@form("Controleer of dit nog geldt.")
def to_check(r: Reader, a: About) -> bool:
    """A rule that was picked stands beside one of these items."""
    sources = r.world.session.sources
    return r.any_item(a, lambda i: i.key in sources and sources[i.key].to_check)


@form("Op papier, zie: {source}.")
def laid_down(r: Reader, a: About, source: str) -> bool:
    return r.any_item(
        a,
        lambda i: (
            i.key in r.world.session.sources
            and source == r.world.session.sources[i.key].text
            and not any(r.world.session.sources[i.key].value)
        ),
    )


@form("Vastgelegd in {source}: {picked}.")
def laid_down_as(r: Reader, a: About, source: str, picked: str) -> bool:
    def holds(i: Item) -> bool:
        given = r.world.session.sources.get(i.key)
        if given is None or not any(values_of(given.value)):
            return False
        texts = [r.names.option(i, v) for v in values_of(given.value)]
        return source == given.text and picked == " en ".join(
            [", ".join(texts[:-1]), *texts[-1:]] if texts[1:] else texts
        )

    return r.any_item(a, holds)


def values_of(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


@form("Anders gezien door: {first}.")
def seen_otherwise(r: Reader, a: About, first: str) -> bool:
    return r.any_item(a, lambda i: r.stands(first, otherwise(r, i)))


def otherwise(r: Reader, item: Item) -> list[Stand]:
    """The parties whose position is not what the source says that was entered."""
    given = r.world.session.sources.get(item.key)
    if given is None or not any(values_of(given.value)):
        return []
    values = set(values_of(given.value))
    levels = (
        [o.id for o in r.world.asked.options(item.question)]
        if item.question.type == "scale"
        else []
    )
    numbers = {levels.index(v) for v in values if v in levels}
    return [
        s for s in placed_on(r, item)
        if (s.median not in numbers if s.median is not None else s.top != values)
    ]  # fmt: skip


def _beside_own(r: Reader, i: Item, more: bool) -> list[Stand]:
    own, _ = r.world.own(i, r.world.on(i.key))
    if own is None:
        return []
    others = [s for s in placed_on(r, i) if s.kind != i.subject and s.median is not None]
    return [s for s in others if (s.median > own if more else s.median < own)]  # type: ignore[operator]


@form("Volgens {first} meer dan {the} zelf zegt.")
def sees_more(r: Reader, a: About, first: str, the: str) -> bool:
    return r.any_item(
        a,
        lambda i: (
            bool(i.subject)
            and the == r.names.subject(i.subject)
            and r.stands(first, _beside_own(r, i, True))
        ),
    )


@form("Volgens {first} minder dan {the} zelf zegt.")
def sees_less(r: Reader, a: About, first: str, the: str) -> bool:
    return r.any_item(
        a,
        lambda i: (
            bool(i.subject)
            and the == r.names.subject(i.subject)
            and r.stands(first, _beside_own(r, i, False))
        ),
    )


def _with_parties(r: Reader, i: Item, text: str, before: str = "") -> dict[str, str] | None:
    """`a (first); b (first)` -> option in words -> its parties in words."""
    found = {}
    for piece in text.split("; "):
        match = re.fullmatch(rf"(.+?) \({before}(.+)\)", piece)
        if match is None:
            return None
        found[match[1]] = match[2]
    return found


@form("Anderen noemen: {list}.")
def others_name(r: Reader, a: About, list: str) -> bool:
    def holds(i: Item) -> bool:
        _, own = r.world.own(i, r.world.on(i.key))
        found = _with_parties(r, i, list)
        if own is None or not found:
            return False
        others = [s for s in placed_on(r, i) if s.kind != i.subject]
        named = {o.partition("@")[0] for s in others for o in s.top if o not in own}
        return found.keys() == {r.names.option(i, o) for o in named} and all(
            r.stands(
                found[r.names.option(i, o)],
                (s for s in others if any(x.partition("@")[0] == o for x in s.top)),
            )
            for o in named
        )

    return r.any_item(a, holds)


@form("Zelf noemt {the}: {list}.")
def itself_names(r: Reader, a: About, the: str, list: str) -> bool:
    def holds(i: Item) -> bool:
        if not i.subject or the != r.names.subject(i.subject):
            return False
        _, own = r.world.own(i, r.world.on(i.key))
        found = _with_parties(r, i, list, "niet genoemd door ")
        if own is None or not found:
            return False
        known = [
            s
            for s in placed_on(r, i)
            if s.kind != i.subject and (s.n is not None or i.question.type != "multi")
        ]
        lacking = {o: [s for s in known if o not in s.top] for o in own}
        lacking = {o: who for o, who in lacking.items() if who}
        return found.keys() == {r.names.option(i, o) for o in lacking} and all(
            r.stands(found[r.names.option(i, o)], who) for o, who in lacking.items()
        )

    return r.any_item(a, holds)


@form("{about}: {n} [opmerking|opmerkingen] die niet letterlijk in het verslag [mag|mogen].")
def remarks(r: Reader, a: About, about: str, n: str) -> bool:
    party = r.names.label.get(about) or r.names.label.get(lower(about))
    shown = [p for p in r.world.now.parties if p.party == party and p.how == "open"]

    def of_party(i: Item) -> int:
        said = [s.answers[i.key] for p in shown for s in p.sheets if i.key in s.answers]
        return sum(_wrote(i, x) and not x.quote and x.value != "prefer-not" for x in said)

    return r.any_item(a, lambda i: int(n) in (remarks_on(r, i), of_party(i)))


def remarks_on(r: Reader, item: Item) -> int:
    """How many people of open parties wrote something that may not be printed."""
    return sum(
        _wrote(item, said) and not said.quote
        for party in r.world.now.parties
        if party.how == "open" and not kept_on(r, item, party)
        for sheet in party.sheets
        if (said := sheet.answers.get(item.key)) and said.value != "prefer-not"
    )


def kept_on(r: Reader, item: Item, party: Shown) -> bool:
    """Whether a party is shown as at an earlier closing, or not at all: then its words are not."""
    stand = r.on(item, party.party)
    return stand is not None and (stand.kept is not None or stand.n is None)


def _wrote(item: Item, said: Answer) -> bool:
    own = item.question.type == "text" and said.value != "dont-know"
    return own or bool(said.note.strip() or said.words.strip())


@form("{about}, {party}: {quote}")
def quoted(r: Reader, a: About, about: str, party: str, quote: str) -> bool:
    """Words of somebody of that party, who let them be printed."""
    named = f"{about}, {party}"
    found = {p for label, p in r.names.label.items() if named.endswith(f", {label}")}
    shown = [p for p in r.world.now.parties if p.party in found and p.how == "open"]
    return any(
        quote.strip("“”") in (said.note, said.words, said.value) and said.quote
        for p in shown
        for sheet in p.sheets
        for i in a.items
        if (said := sheet.answers.get(i.key))
    )


@form("Niets dat in het verslag mag.")
def nothing_to_print(r: Reader, a: About) -> bool:
    """In own words nobody of an open party let anything of this question be printed."""
    return any(
        item.question.type == "text"
        and not any(
            said.quote and said.value not in ("dont-know", "prefer-not")
            for party in r.world.now.parties
            if party.how == "open" and not kept_on(r, item, party)
            for sheet in party.sheets
            if (said := sheet.answers.get(item.key))
        )
        for item in a.items or r.world.asked.items
    )


@form("{head}: “{quote}”")
def in_own_words(r: Reader, a: About, head: str, quote: str) -> bool:
    """Under `In eigen woorden`: of which party, and of which question where that is named."""
    label = next(
        (x for x in r.names.label if head in (x, upper(x)) or head.endswith(f" – {x}")), None
    )
    if label is None:
        return False
    item = r.names.titles.get(head.removesuffix(f" – {label}"))
    about = a.items or ((item,) if item else r.world.asked.items)
    return quoted(r, About(tuple(about)), "", label, quote)
