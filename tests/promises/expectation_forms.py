"""What parties expect of each other, as forms: held to what they say and to their guesses."""

from itertools import permutations

from bart_tool.domain.question_set import Item
from tests.promises.reckoned import Stand
from tests.promises.sentences import About, Reader, form, lower


def _guess(r: Reader, item: Item, about: str) -> Item | None:
    for guess in r.world.asked.guesses:
        if guess.item == item.key and guess.about == r.world.session.kind_of.get(about, about):
            return r.world.asked.by_key[guess.key]
    return None


def _agree(r: Reader, item: Item, one: Stand, other: Stand) -> bool:
    """No gap or more between two positions (4.3, 4.5)."""
    if one.median is not None and other.median is not None:
        line = r.world.line(item)
        low, high = sorted((one.median, other.median))
        return high - low < 2 and not (line is not None and low < line < high)
    return bool(one.top & other.top)


@form("{pair}: {title}")
def entry(r: Reader, a: About, pair: str, title: str) -> bool:
    return " → " in pair and title in r.names.titles


def _expects(r: Reader, item: Item, one: str, other: str) -> tuple[Stand, Stand, Stand] | None:
    """What a party says, what it expects of the other, and what that one says."""
    first, second = r.names.parties(one), r.names.parties(other)
    if not first or not second or len(first) != 1 or len(second) != 1:
        return None
    guess = _guess(r, item, second[0].party)
    own, theirs = r.on(item, first[0].party), r.on(item, second[0].party)
    expected = r.on(guess, first[0].party) if guess else None
    if own is None or theirs is None or expected is None:
        return None
    if (own.n == 1) != first[0].is_one or (theirs.n == 1) != second[0].is_one:
        return None
    return (own, expected, theirs) if own.has and expected.has and theirs.has else None


def _codes(r: Reader, a: About, one: str, other: str, agree: bool, expects: bool) -> bool:
    found = [(i, _expects(r, i, lower(one), other)) for i in a.items]
    return any(
        three is not None
        and _agree(r, i, three[0], three[2]) == agree
        and _agree(r, i, three[0], three[1]) == expects
        for i, three in found
    )


@form("{first} verwacht dat {second} hetzelfde ziet, maar {third} ziet het anders.")
def apparent_agreement(r: Reader, a: About, first: str, second: str, third: str) -> bool:
    return second == third and _codes(r, a, first, second, agree=False, expects=True)


@form("{first} verwacht dat {second} het anders ziet, maar zij zien hetzelfde.")
def apparent_difference(r: Reader, a: About, first: str, second: str) -> bool:
    return _codes(r, a, first, second, agree=True, expects=False)


def _both(r: Reader, a: About, both: str, third: str, agree: bool) -> bool:
    """`A en B …. Dat verwacht A ook.`"""
    first = third[:1].upper() + third[1:]
    second = both.removeprefix(f"{first} en ")
    return second != both and _codes(r, a, first, second, agree=agree, expects=agree)


@form("{both} zien het anders. Dat verwacht {third} ook.")
def known_difference(r: Reader, a: About, both: str, third: str) -> bool:
    return _both(r, a, both, third, agree=False)


@form("Gedeeld beeld[:|.] {both} zien hetzelfde. Dat verwacht {third} ook.")
def shared_picture(r: Reader, a: About, both: str, third: str) -> bool:
    return _both(r, a, both, third, agree=True)


def _is_there(r: Reader, a: About, *, agree: bool, expects: bool) -> bool:
    """Whether what a party says, what it expects of another, and what that one says come so."""
    parties = [party.id for party in r.world.session.parties]
    for item in a.items:
        for one, other in permutations(parties, 2):
            guess = _guess(r, item, other)
            own, theirs = r.on(item, one), r.on(item, other)
            expected = r.on(guess, one) if guess else None
            if own and theirs and expected and own.has and theirs.has and expected.has:
                found = (_agree(r, item, own, theirs), _agree(r, item, own, expected))
                if found == (agree, expects):
                    return True
    return False


@form("Schijnovereenstemming[:|.|]")
@form("Waardoor leek het alsof jullie het eens waren?")
def only_seems_the_same(r: Reader, a: About) -> bool:
    return _is_there(r, a, agree=False, expects=True)


@form("Schijnverschil[:|.|]")
@form("Waardoor leek het verschil groter dan het is?")
def only_seems_different(r: Reader, a: About) -> bool:
    return _is_there(r, a, agree=True, expects=False)


@form("Bekend verschil[:|.|]")
def is_known_to_differ(r: Reader, a: About) -> bool:
    return _is_there(r, a, agree=False, expects=False)


@form("{first} zelf: {said}")
def itself(r: Reader, a: About, first: str, said: str) -> bool:
    named = r.names.parties(lower(first))
    return bool(named) and any(
        r.said(said, i, stand)
        for i in a.items
        for stand in (r.on(i, named[0].party),)
        if stand is not None
    )


@form("Verwacht van {second}: {said}")
def expected(r: Reader, a: About, second: str, said: str) -> bool:
    named = r.names.parties(second)
    if not named:
        return False
    return any(
        guess is not None and r.said(said, guess, stand)
        for i in a.items
        for guess in (_guess(r, i, named[0].party),)
        for stand in (r.world.on(guess.key) if guess else ())
    )


@form("{first} zelf: {own}; verwacht van {second}: {guess}; {third} zelf: {theirs}.")
def three(
    r: Reader, a: About, first: str, own: str, second: str, guess: str, third: str, theirs: str
) -> bool:
    def holds(item: Item) -> bool:
        one, other = r.names.parties(lower(first)), r.names.parties(second)
        asked = _guess(r, item, other[0].party) if other else None
        if not one or asked is None or second != third:
            return False
        stands = r.on(item, one[0].party), r.on(asked, one[0].party), r.on(item, other[0].party)
        return all(
            stand is not None and r.said(said, of, stand)
            for said, of, stand in zip(
                (own, guess, theirs), (item, asked, item), stands, strict=True
            )
        )

    return any(holds(item) for item in a.items)


@form("“{quote}”")
def quote(r: Reader, a: About, quote: str) -> bool:
    """Words beside a guess: somebody of an open party wrote them there and let them be printed."""
    return any(
        said.quote and quote in (said.note, said.words)
        for p in r.world.now.parties
        if p.how == "open"
        for sheet in p.sheets
        for i in a.items
        if (said := sheet.answers.get(i.key))
    )
