"""Sentences about the round as a whole: who takes part, what is shared, what moved."""

from tests.promises.note_forms import outside
from tests.promises.sentences import About, Reader, form
from tests.promises.world import World


@form("Wie doet wat in {wijk}?")
def title(r: Reader, a: About, wijk: str) -> bool:
    return wijk == r.world.session.title


def _listed(r: Reader, how: str) -> str:
    called = {party: name for name, party in r.names.label.items()}
    return ", ".join(
        how.format(called[p.party], len(p.sheets), p.invited)
        for p in r.world.now.parties
        if p.how != "withheld"
    )


@form("{list} van {n}")
def turnout(r: Reader, a: About, list: str, n: str) -> bool:
    return f"{list} van {n}" == _listed(r, "{}: {} van {}")


@form("Er valt nog niets te vergelijken.")
def nothing_yet(r: Reader, a: About) -> bool:
    return all(code == "too-few" for code in r.world.codes.values())


@form("Er zijn geen antwoorden om te laten zien. Zo ziet het verslag eruit als die er zijn.")
def no_answers(r: Reader, a: About) -> bool:
    return not any(p.sheets for p in r.world.now.parties if p.how != "withheld")


@form("We vonden geen groot verschil.")
def no_large(r: Reader, a: About) -> bool:
    return not nothing_yet(r, a) and not any(r.world.topic_code(t) for t in r.world.topics)


@form("We vonden geen vraag waarbij elke partij in beeld hetzelfde ziet.")
def none_shared(r: Reader, a: About) -> bool:
    return not any(r.world.shared()) and not nothing_yet(r, a)


@form(
    "Bij {n} [vraag|vragen] ziet elke partij in beeld hetzelfde, maar ziet binnen een partij een "
    "deel het anders."
)
def shared_with_a_minority(r: Reader, a: About, n: str) -> bool:
    shared = [r.world.asked.by_key[key] for key in r.world.shared()]
    return len(shared) == int(n) > 0 and all(
        any(outside(r, item, s) for s in r.world.on(item.key)) for item in shared
    )


def _always_all(world: World) -> bool:
    """Whether every party of the session has a position on every shared item."""
    everybody = {party.id for party in world.session.parties}
    return all({s.party for s in world.on(key)} == everybody for key in world.shared())


@form("Wat alle {n} partijen hetzelfde zien")
def all_of_them(r: Reader, a: About, n: str) -> bool:
    return _always_all(r.world) and int(n) == len(r.world.session.parties)


@form("Wat beide partijen hetzelfde zien")
def both(r: Reader, a: About) -> bool:
    return _always_all(r.world) and len(r.world.session.parties) == 2


@form("Wat partijen hetzelfde zien")
def some(r: Reader, a: About) -> bool:
    return True  # it claims nothing of anybody


@form("Wat {first} hetzelfde zien")
def these(r: Reader, a: About, first: str) -> bool:
    named = r.names.parties(first)
    return named is not None and all(
        {n.party for n in named} == {s.party for s in r.world.on(key)} for key in r.world.shared()
    )


@form(
    "Bij sommige vragen staat hier nog het beeld van een eerdere sluiting: {first}. Wat zij "
    "nu zeggen, "
    "naast wat er toen stond, zou kunnen laten zien wat een paar mensen zeiden."
)
def kept(r: Reader, a: About, first: str) -> bool:
    named = r.names.parties(first)
    old = {s.party for on in r.world.now.items.values() for s in on.values() if s.kept}
    return named is not None and {n.party for n in named} == old


def _withheld(r: Reader, a: About, k: str, *, together: bool) -> bool:
    found = [p for p in r.world.now.parties if p.party == a.party]
    is_hidden = bool(found) and found[0].how == "withheld" and int(k) == r.world.session.k
    return is_hidden and together is any(p.party == "others" for p in r.world.now.parties)


@form(
    "Niet in beeld, want iemand hier wil alleen als groep in beeld en er tellen minder dan {k} "
    "mensen mee."
)
def withheld(r: Reader, a: About, k: str) -> bool:
    return _withheld(r, a, k, together=False)


@form(
    "Alleen samen met andere partijen in beeld, want iemand hier wil alleen als groep in beeld en "
    "er tellen minder dan {k} mensen mee."
)
def withheld_and_joined(r: Reader, a: About, k: str) -> bool:
    return _withheld(r, a, k, together=True)


HOW = {"open": "herkenbaar getoond", "group": "getoond als groep"}


def _counts(r: Reader, a: About, invited: int, n: int, how: str = "") -> bool:
    return any(
        p.party == a.party
        and (p.invited, len(p.sheets)) == (invited, n)
        and how in ("", HOW.get(p.how))
        for p in r.world.now.parties
    )


@form("Antwoorden van {n} van de {invited} mensen, {how}.")
def counted(r: Reader, a: About, n: str, invited: str, how: str) -> bool:
    return _counts(r, a, int(invited), int(n), how)


@form("Antwoorden van 1 persoon, {how}.")
def one_counts(r: Reader, a: About, how: str) -> bool:
    return _counts(r, a, 1, 1, how)


@form("Hier staan geen antwoorden van.")
def nobody_counts(r: Reader, a: About) -> bool:
    return any(p.party == a.party and not p.sheets for p in r.world.now.parties)


@form("Wat mag {the} hier?")
def question(r: Reader, a: About, the: str) -> bool:
    return the in {r.names.subject(i.subject) for i in a.items if i.subject}


@form("Om te bespreken: {question}")
def to_talk_about(r: Reader, a: About, question: str) -> bool:
    from tests.promises.checking import fixed

    subjects = {r.names.subject(i.subject) for i in a.items if i.subject}
    mays = [f"Wat mag {each} hier?" for each in subjects]
    return question in fixed() or question in mays


@form("Misschien heeft dit ermee te maken: {question}")
def perhaps(r: Reader, a: About, question: str) -> bool:
    """A title asks; whether the pattern shows is held at the pattern itself."""
    from tests.promises.checking import fixed

    return question.endswith("?") and question in fixed()


@form(
    "Een partij die als groep in beeld is, houdt bij een vraag het beeld van een eerdere "
    "sluiting. "
    "Dat verandert als minstens {k} mensen erbij kwamen, weggingen of anders antwoordden. Anders "
    "laten twee rondes naast elkaar zien wat een paar mensen zeiden."
)
def kept_until(r: Reader, a: About, k: str) -> bool:
    return int(k) == r.world.session.k
