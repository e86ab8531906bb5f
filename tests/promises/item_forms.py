"""What is found on one item or decision, as forms: who sees what, and who decides."""

from bart_tool.domain.question_set import Item
from tests.promises.reckoned import CLAIMS, Stand
from tests.promises.sentences import About, Reader, form

# -- one item


def placed_on(r: Reader, item: Item) -> list[Stand]:
    return [s for s in r.world.on(item.key) if s.has]


def has_code(r: Reader, item: Item, *codes: str) -> bool:
    return r.world.codes.get(item.key) in codes


@form("Van hoogstens één partij is te zeggen hoe zij dit ziet.")
def at_most_one(r: Reader, a: About) -> bool:
    return r.any_item(a, lambda i: has_code(r, i, "too-few") and len(placed_on(r, i)) < 2)


@form("Bij {first} zegt meer dan de helft ‘niemand’ of ‘weet ik niet’.")
def lost(r: Reader, a: About, first: str) -> bool:
    return r.any_item(a, lambda i: r.stands(first, (s for s in r.world.on(i.key) if s.lost)))


@form("Bij {first} weet minstens de helft dit niet.")
def unknown(r: Reader, a: About, first: str) -> bool:
    return r.any_item(
        a, lambda i: r.stands(first, (s for s in r.world.on(i.key) if s.standing == "unknown"))
    )


@form("{first} noemen {each} zichzelf.")
def name_themselves(r: Reader, a: About, first: str, each: str) -> bool:
    def holds(i: Item) -> bool:
        claiming = [s for s in placed_on(r, i) if r.world.meant(s) == s.kind]
        return r.stands(first, claiming) and len({s.kind for s in claiming}) > 1

    return r.is_each(first, each) and r.any_item(a, holds)


@form("{first} noemen zichzelf niet; {one} noemt {picked}.")
def none_itself(r: Reader, a: About, first: str, one: str, picked: str) -> bool:
    return r.any_item(
        a, lambda i: r.stands(first, placed_on(r, i)) and _points_away(r, i, one, picked)
    )


@form("Geen van de {n} partijen noemt zichzelf; {one} noemt {picked}.")
def none_of_all_itself(r: Reader, a: About, n: str, one: str, picked: str) -> bool:
    return r.any_item(
        a, lambda i: r.are_all(n, placed_on(r, i)) and _points_away(r, i, one, picked)
    )


def _points_away(r: Reader, i: Item, one: str, picked: str) -> bool:
    """Whether nobody names itself, and one names another that has a position too."""
    placed = placed_on(r, i)
    named = r.names.parties(one)
    if named is None or len(named) != 1 or any(r.world.meant(s) == s.kind for s in placed):
        return False
    who = [s for s in placed if s.party == named[0].party]
    return (
        r.stands(one, who)
        and r.world.meant(who[0]) in {s.kind for s in placed}
        and picked in {r.names.option(i, o) for o in who[0].top}
    )


@form("{first} [noemt|noemen] zichzelf. {second} [antwoordt|antwoorden] iets anders.")
def one_side(r: Reader, a: About, first: str, second: str) -> bool:
    def holds(i: Item) -> bool:
        placed = placed_on(r, i)
        mine = [s for s in placed if r.world.meant(s) == s.kind]
        if len({s.kind for s in mine}) != 1:
            return False
        others = [s for s in placed if s.kind != mine[0].kind]
        return (
            r.stands(first, mine)
            and r.stands(second, others)
            and all(r.world.meant(s) != mine[0].kind for s in others)
        )

    return r.any_item(a, holds)


def _through(r: Reader, i: Item, third: str, picked: str) -> bool:
    """Who names itself in somebody who works for it, and in whom."""
    found = [s for s in placed_on(r, i) if r.world.meant(s) == s.kind and s.top != {s.kind}]
    return r.stands(third, found) and all(
        picked == r.names.option(i, o) for s in found for o in s.top
    )


@form("{first} noemen {each} zichzelf. {third} [noemt|noemen] daarbij {picked}.")
def name_themselves_through(
    r: Reader, a: About, first: str, each: str, third: str, picked: str
) -> bool:
    return r.any_item(
        a,
        lambda i: name_themselves(r, About((i,)), first, each) and _through(r, i, third, picked),
    )


@form("{first} [noemt|noemen] zichzelf: {picked}. {second} [antwoordt|antwoorden] iets anders.")
def one_side_in(r: Reader, a: About, first: str, picked: str, second: str) -> bool:
    return one_side_through(r, a, first, first, picked, second)


@form(
    "{first} [noemt|noemen] zichzelf. {third} [noemt|noemen] daarbij {picked}. "
    "{second} [antwoordt|antwoorden] iets anders."
)
def one_side_through(r: Reader, a: About, first: str, third: str, picked: str, second: str) -> bool:
    return r.any_item(
        a, lambda i: one_side(r, About((i,)), first, second) and _through(r, i, third, picked)
    )


@form("{first} hebben niet hetzelfde beeld van wat {the} hier mag.")
def not_same_say(r: Reader, a: About, first: str, the: str) -> bool:
    return r.any_item(
        a,
        lambda i: (
            bool(i.question.covers)
            and the == r.names.subject(i.subject)
            and differ(r, i)
            and r.stands(first, placed_on(r, i))
        ),
    )


def differ(r: Reader, i: Item) -> bool:
    return len({(s.median, s.top) for s in placed_on(r, i)}) > 1


@form("{first} zien dit niet hetzelfde.")
def not_same(r: Reader, a: About, first: str) -> bool:
    return r.any_item(
        a,
        lambda i: (
            has_code(r, i, "gap", "wide-gap") and differ(r, i) and r.stands(first, placed_on(r, i))
        ),
    )


@form("{first} zien dit niet helemaal hetzelfde.")
def not_quite(r: Reader, a: About, first: str) -> bool:
    return r.any_item(
        a, lambda i: has_code(r, i, "nuance") and differ(r, i) and r.stands(first, placed_on(r, i))
    )


@form("{first} zien dit hetzelfde.")
def same(r: Reader, a: About, first: str) -> bool:
    return r.any_item(a, lambda i: not differ(r, i) and r.stands(first, placed_on(r, i)))


@form("We zien geen verschil, maar niet van elke partij is alles bekend.")
def incomplete(r: Reader, a: About) -> bool:
    return r.any_item(a, lambda i: has_code(r, i, "incomplete"))


@form("Binnen {first} lopen de antwoorden uiteen.")
def divided(r: Reader, a: About, first: str) -> bool:
    return r.any_item(
        a, lambda i: r.stands(first, (s for s in r.world.on(i.key) if s.standing == "divided"))
    )


# -- decisions


def _own(r: Reader, a: About) -> list[Stand]:
    return r.world.on_themselves(a.decision) if a.decision else []


def _decide(r: Reader, a: About) -> list[Stand]:
    return [s for s in _own(r, a) if (s.median or 0) >= CLAIMS]


def _all_see(r: Reader, a: About, kinds: set[str], least: float) -> bool:
    return all(
        (s.median or 0) >= least
        for item in r.world.about(a.decision)
        if item.subject in kinds
        for s in r.world.on(item.key)
        if s.has
    )


@form("{first} zeggen {each} van zichzelf: wij beslissen hier.")
def double_claim(r: Reader, a: About, first: str, each: str) -> bool:
    found = _decide(r, a)
    return r.is_each(first, each) and len({s.kind for s in found}) > 1 and r.stands(first, found)


@form("{first} zeggen {each} van zichzelf: wij beslissen")
def each_decide(r: Reader, a: About, first: str, each: str) -> bool:
    return double_claim(r, a, first, each)


@form("{first} [zegt|zeggen] niet: wij beslissen hier. Misschien beslist iemand anders.")
def none_decides(r: Reader, a: About, first: str) -> bool:
    return not _decide(r, a) and bool(_own(r, a)) and r.stands(first, _own(r, a))


@form("Geen van de {n} partijen zegt: wij beslissen hier. Misschien beslist iemand anders.")
def none_of_all_decides(r: Reader, a: About, n: str) -> bool:
    return not _decide(r, a) and r.are_all(n, _own(r, a))


@form("Geen van de {n} partijen zegt: wij beslissen")
def none_of_all_decides_short(r: Reader, a: About, n: str) -> bool:
    return none_of_all_decides(r, a, n)


@form("{first} [zegt|zeggen] niet: wij beslissen")
def none_decides_short(r: Reader, a: About, first: str) -> bool:
    return none_decides(r, a, first)


@form("Alleen {first} [zegt|zeggen]: wij beslissen")
def only(r: Reader, a: About, first: str) -> bool:
    everybody = {s.party for s in _own(r, a)} == {p.id for p in r.world.session.parties}
    found = _decide(r, a)
    return everybody and len({s.kind for s in found}) == 1 and r.stands(first, found)


@form("{first} [zegt|zeggen]: wij beslissen")
def claims(r: Reader, a: About, first: str) -> bool:
    found = _decide(r, a)
    return len({s.kind for s in found}) == 1 and r.stands(first, found)


@form("Alleen {first} [zegt|zeggen]: wij beslissen; {second} [ziet|zien] dat anders")
def only_contested(r: Reader, a: About, first: str, second: str) -> bool:
    return only(r, a, first) and _contest(r, a, second)


@form("{first} [zegt|zeggen]: wij beslissen; {second} [ziet|zien] dat anders")
def claims_contested(r: Reader, a: About, first: str, second: str) -> bool:
    return claims(r, a, first) and _contest(r, a, second)


def _contest(r: Reader, a: About, second: str) -> bool:
    found = _decide(r, a)
    kind = found[0].kind
    item = next(i for i in r.world.about(a.decision) if i.subject == kind)
    line = r.world.line(item) or 0
    below = [s for s in placed_on(r, item) if s.kind != kind and (s.median or 0) < line]
    return r.stands(second, below)


@form("{first} zeggen {each} van zichzelf: wij beslissen; elke partij met een beeld ziet dat zo")
def joint(r: Reader, a: About, first: str, each: str) -> bool:
    return double_claim(r, a, first, each) and _all_see(
        r, a, {s.kind for s in _decide(r, a)}, CLAIMS
    )


@form(
    "{first} zeggen {each} van zichzelf: wij beslissen mee; elke partij met een beeld ziet dat zo"
)
def share(r: Reader, a: About, first: str, each: str) -> bool:
    found = [s for s in _own(r, a) if (s.median or 0) >= 3]
    return (
        r.is_each(first, each)
        and not _decide(r, a)
        and len({s.kind for s in found}) > 1
        and r.stands(first, found)
        and _all_see(r, a, {s.kind for s in found}, 3)
    )
