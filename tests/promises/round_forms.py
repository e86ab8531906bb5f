"""Two rounds side by side, as forms: held to the worlds of both."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from bart_tool.domain.question_set import Item
from tests.promises.reckoned import Shown, Stand
from tests.promises.sentences import About, Reader, form

MOVES = {
    "closer": "dichter bij elkaar",
    "further": "verder uit elkaar",
    "same": "even ver uit elkaar als eerst",
    "not-compared": "niet te vergelijken",
}
BOUNDARIES = {
    "task": "Taak", "authority": "Zeggenschap", "role": "Rol", "boundary": "Grens",
    "means": "Middelen",
}  # fmt: skip


def stands(r: Reader, item: Item) -> tuple[dict[str, Stand], dict[str, Stand]]:
    """The parties with a position, then and now."""
    assert r.then is not None
    then = {s.party: s for s in r.then.on(item.key) if s.has}
    return then, {s.party: s for s in r.world.on(item.key) if s.has}


def apart(item: Item, positions: Sequence[Stand]) -> float | None:
    if len(positions) < 2:
        return None
    if item.question.type == "scale":
        levels = [s.median or 0.0 for s in positions]
        return max(levels) - min(levels)
    pairs = list(combinations(positions, 2))
    if item.question.type == "multi":
        if any(s.n is None for s in positions):
            return None
        return float(sum(len(one.top ^ other.top) for one, other in pairs))
    return float(sum(one.top != other.top for one, other in pairs))


def moved(r: Reader, item: Item) -> tuple[str, float | None, float | None]:
    then, now = stands(r, item)
    both = [party for party in then if party in now]
    was = apart(item, [then[party] for party in both])
    stays = apart(item, [now[party] for party in both])
    if was is None or stays is None:
        return "not-compared", was, stays
    return ("same" if was == stays else "closer" if stays < was else "further"), was, stays


def in_both(r: Reader) -> list[Item]:
    assert r.then is not None
    return [i for i in r.then.compared if i.key in r.world.now.items]


def number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


@form("Wat is er verschoven in {wijk}? Ronde {then} en ronde {now}")
def title(r: Reader, a: About, wijk: str, then: str, now: str) -> bool:
    return wijk == r.world.session.title and (then, now) == ("1", "2")


@form("Wat is er verschoven in {wijk}?")
def title_of_page(r: Reader, a: About, wijk: str) -> bool:
    return wijk == r.world.session.title


@form("Ronde {then} en ronde {now} naast elkaar. {rest}")
def opening(r: Reader, a: About, then: str, now: str, rest: str) -> bool:
    return (then, now) == ("1", "2") and rest == (
        "Dichter bij elkaar is niet altijd beter, en verder uit elkaar is geen fout. Over "
        "allebei "
        "kun je praten."
    )


def turnout_of(then: Shown | None, now: Shown | None) -> str:
    def one(party: Shown | None) -> str:
        if party is None:
            return "niet uitgenodigd"
        if party.how == "withheld":
            return "niet apart in beeld"
        return f"{len(party.sheets)} van {party.invited}"

    numbers = f"{one(then)} → {one(now)}"
    before, after = (bool(each and each.how != "withheld" and each.sheets) for each in (then, now))
    if before and not after:
        return f"{numbers}: telde eerder mee, en nu niet"
    return f"{numbers}: telt nu mee, en eerder niet" if after and not before else numbers


def turnouts(r: Reader) -> dict[str, str]:
    assert r.then is not None
    then, now = ({p.party: p for p in w.now.parties} for w in (r.then, r.world))
    called = {party: name for name, party in r.names.label.items()}
    return {
        called[party]: turnout_of(then.get(party), now.get(party))
        for party in dict.fromkeys((*then, *now))
        if any(p is not None and p.how != "withheld" for p in (then.get(party), now.get(party)))
    }


@form("{list} → {rest}")
def turnout(r: Reader, a: About, list: str, rest: str) -> bool:
    if r.then is None:
        return False
    text, said = f"{list} → {rest}", turnouts(r)
    whole = ", ".join(f"{name}: {numbers}" for name, numbers in said.items())
    if text == whole or any(text == f"{name}: {numbers}" for name, numbers in said.items()):
        return True
    return _codes(r, a, list, rest) or _who_moved(r, a, text)


def _codes(r: Reader, a: About, one: str, other: str) -> bool:
    from tests.promises.checking import CODES
    from tests.promises.sentences import lower

    assert r.then is not None
    return any(
        (one, other)
        == tuple(lower(CODES[w.codes.get(i.key, "too-few")]) for w in (r.then, r.world))
        for i in a.items
    )


def _who_moved(r: Reader, a: About, text: str) -> bool:
    head, _, rest = text.partition(": ")
    party = r.names.label.get(head)
    for item in in_both(r) if party else ():
        then, now = stands(r, item)
        if party not in then or party not in now:
            continue
        if not a.items or item in a.items or item.key in {i.key for i in a.items}:
            for cut in re.finditer(" → ", rest):
                was, stays = rest[: cut.start()], rest[cut.end() :]
                if r.said(was, item, then[party]) and r.said(stays, item, now[party]):
                    return True
    return False


@form("{party}: {said}, net als eerst")
def stayed(r: Reader, a: About, party: str, said: str) -> bool:
    name = r.names.label.get(party)
    for item in in_both(r) if name and r.then else ():
        then, now = stands(r, item)
        both = [each[name] for each in (then, now) if name in each]
        if len(both) == 2 and all(r.said(said, item, stand) for stand in both):
            return True
    return False


@form("Geen vraag is in beide rondes gesteld.")
def none_in_both(r: Reader, a: About) -> bool:
    return not in_both(r)


def how_far(r: Reader, item: Item) -> str:
    move, was, stays = moved(r, item)
    said = MOVES[move]
    if item.question.type == "scale" and was is not None and stays is not None:
        steps = f"{number(stays)} {'trede' if stays == 1 else 'treden'}"
        said += f": {steps}" if move == "same" else f": {number(was)} → {steps}"
    then, now = stands(r, item)
    both = [party for party in then if party in now]
    if len(both) > 1 and move != "not-compared" and {*then, *now} - set(both):
        called = {party: name for name, party in r.names.label.items()}
        names = [called[party] for party in both]
        listed = " en ".join([", ".join(names[:-1]), *names[-1:]] if names[1:] else names)
        said += f" (geteld over {listed})"
    return said


@form("{title}: {far}")
def item_moved(r: Reader, a: About, title: str, far: str) -> bool:
    item = r.names.titles.get(title)
    if r.then is None or item is None:
        return False
    return far == how_far(r, item) or far == f"{MOVES[moved(r, item)[0]]}."


@form("{far}")
def far(r: Reader, a: About, far: str) -> bool:
    return r.then is not None and any(far == how_far(r, i) for i in a.items if i in in_both(r))


def counted(moves: Counter[str]) -> str:
    texts = [
        f"{moves[m]} {'vraag' if moves[m] == 1 else 'vragen'} {MOVES[m]}" for m in MOVES if moves[m]
    ]
    return " en ".join([", ".join(texts[:-1]), *texts[-1:]] if texts[1:] else texts)


@form("{boundary}: {counts}.")
def in_short(r: Reader, a: About, boundary: str, counts: str) -> bool:
    names = {text: name for name, text in BOUNDARIES.items()}
    if r.then is None or boundary not in names:
        return False
    about = [i for i in in_both(r) if i.question.boundary == names[boundary]]
    return counts == counted(Counter(moved(r, i)[0] for i in about))


@form("De beelden hierover: {counts}.")
def of_agreement(r: Reader, a: About, counts: str) -> bool:
    made = [each for each in r.agreements if a.agreement == each.id]
    about = [i for each in made for i in in_both(r) if i.key == each.topic]
    return r.then is not None and counts == counted(Counter(moved(r, i)[0] for i in about))


# -- what was agreed


def outcome(r: Reader, agreement: str, what: str) -> str:
    from bart_tool.domain.agreement import about

    key = about(agreement, what)  # type: ignore[arg-type]
    if key not in r.world.now.items:
        return "not-asked"
    levels = [s.median for s in r.world.on(key) if s.median is not None]
    if not levels:
        return "no-answer"
    if min(levels) == 0 and max(levels) == 2:
        return "differs"
    return "yes" if min(levels) == 2 else "no" if max(levels) == 0 else "partly"


KEPT = {
    "yes": "Afgesproken, en nagekomen volgens elke partij met een beeld.",
    "partly": "Afgesproken. Niet elke partij met een beeld vindt het helemaal nagekomen.",
    "no": "Afgesproken, maar niet nagekomen volgens elke partij met een beeld.",
    "differs": "Afgesproken. De ene partij zegt dat het is nagekomen, een andere van niet.",
    "no-answer": "Afgesproken. Van geen partij is te zeggen hoe zij dit ziet.",
    "not-asked": "In deze ronde is niet gevraagd of het is nagekomen.",
}
RIGHT = {
    "yes": "Elke partij met een beeld zegt dat de afspraak nog klopt.",
    "partly": "Niet elke partij met een beeld vindt dat de afspraak nog helemaal klopt.",
    "no": "Elke partij met een beeld zegt dat de afspraak niet meer klopt.",
    "differs": "De ene partij zegt dat de afspraak nog klopt, een andere van niet.",
}

SAID = (MOVES, KEPT, RIGHT)  # without a name or number, and yet held: to both rounds


def agreed(r: Reader, a: About, text: str) -> bool:
    """Whether an agreement is kept and still right; not asked without a form: it is two texts."""
    if not a.agreement:
        return False
    kept, right = (outcome(r, a.agreement, what) for what in ("kept", "right"))
    return text == f"{KEPT[kept]} {RIGHT.get(right, '')}".strip()


@form("Voor deze ronde was er niets afgesproken.")
def nothing_agreed(r: Reader, a: About) -> bool:
    return not r.agreements


@form("Van {n} [afspraak|afspraken] zeggen de partijen met een beeld: {counts}.")
def agreements(r: Reader, a: About, n: str, counts: str) -> bool:
    asked = [o for each in r.agreements if (o := outcome(r, each.id, "kept")) != "not-asked"]
    went = Counter(asked)

    def is_are(n: int, text: str) -> str:
        return f"{n} {'is' if n == 1 else 'zijn'} {text}"

    texts = [
        *([is_are(went["yes"], "nagekomen")] if went["yes"] else []),
        *([is_are(went["partly"], "niet helemaal nagekomen")] if went["partly"] else []),
        *([is_are(went["no"], "niet nagekomen")] if went["no"] else []),
        *([f"bij {went['differs']} zien de partijen dat verschillend"] if went["differs"] else []),
        *([f"over {went['no-answer']} is niets te zeggen"] if went["no-answer"] else []),
    ]
    listed = " en ".join([", ".join(texts[:-1]), *texts[-1:]] if texts[1:] else texts)
    return int(n) == len(asked) and counts == listed


@form("{n} [partij staat|partijen staan] er in geen van beide rondes apart in.")
def hidden(r: Reader, a: About, n: str) -> bool:
    assert r.then is not None
    every = {p.party for w in (r.then, r.world) for p in w.now.parties}
    return int(n) == len(every) - len(turnouts(r))
