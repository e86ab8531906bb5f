"""What only the report and its appendix say, as forms."""

import re

from bart_tool.domain.question_set import Item
from bart_tool.domain.session import FormalSource
from tests.promises.note_forms import otherwise, remarks_on, values_of
from tests.promises.reckoned import AGENDA, MISMATCH
from tests.promises.sentences import About, Reader, form, lower, upper

PAGE_ONE = 7


def _agenda(r: Reader) -> list[str]:
    return [topic for topic in r.world.topics if r.world.topic_code(topic)]


def _apart(r: Reader, topic: str) -> bool:
    """Whether two parties have different positions on a topic, or both say that they decide."""
    codes = {r.world.codes.get(i.key, "") for i in r.world.topics[topic]}
    return bool(codes & set(MISMATCH)) or r.world.topic_code(topic) == "double-claim"


@form("Praat over {n} [punt|punten].")
def talk(r: Reader, a: About, n: str) -> bool:
    return int(n) == min(PAGE_ONE, len(_agenda(r)))


@form("Praat over {n} [punt|punten]; {rest} verschilt jullie beeld.")
def talk_apart(r: Reader, a: About, n: str, rest: str) -> bool:
    """Of the topics on the page it is known only how many there are: at most so many differ."""
    most = sum(_apart(r, topic) for topic in _agenda(r))
    shown = min(PAGE_ONE, len(_agenda(r)))
    least = most - (len(_agenda(r)) - shown)
    if rest == "daarbij":
        return int(n) == shown == 1 and most >= 1
    if rest == "bij elk daarvan":
        return int(n) == shown > 1 and most >= shown
    match = re.fullmatch(r"bij (\d+) daarvan", rest)
    return match is not None and int(n) == shown and max(least, 1) <= int(match[1]) <= most


@form("Begin met {topic}.")
def begin(r: Reader, a: About, topic: str) -> bool:
    """One of the topics whose code comes first on the agenda, and there are others."""
    key, agenda = r.names.topics.get(topic.lower()), _agenda(r)
    first = min((AGENDA.index(r.world.topic_code(each)) for each in agenda), default=None)
    return key in agenda and len(agenda) > 1 and AGENDA.index(r.world.topic_code(key)) == first


@form("Mist er iemand? Daar kan een goede reden voor zijn.")
def somebody_missing(r: Reader, a: About) -> bool:
    parties = [p for p in r.world.now.parties if p.how != "withheld"]
    return any(0 < len(p.sheets) < p.invited for p in parties)


@form("{word}: {meaning}")
def word(r: Reader, a: About, word: str, meaning: str) -> bool:
    """A kind of party of the session, or who or what is asked about, as the set explains it."""
    asked, kinds = r.world.asked, {party.kind for party in r.world.session.parties}
    named = [what for kind, what in asked.parties.items() if kind in kinds]
    named += [*asked.actors.values(), *asked.subjects.values()]
    return any((upper(x.label.nl), lower(x.help.nl)) == (word, meaning) for x in named)


@form("Punt {n}: {topic}")
def point(r: Reader, a: About, n: str, topic: str) -> bool:
    return topic.lower() in r.names.topics


def _parties(r: Reader) -> tuple[str, int, int]:
    called = {party: name for name, party in r.names.label.items()}
    shown = [p for p in r.world.now.parties if p.how != "withheld" and p.sheets]
    listed = ", ".join(f"{called[p.party]} {len(p.sheets)} van {p.invited}" for p in shown)
    return listed, sum(len(p.sheets) for p in shown), sum(p.invited for p in shown)


@form("Hierin staan de antwoorden van {n} van de {invited} mensen: {list}.")
def count(r: Reader, a: About, n: str, invited: str, list: str) -> bool:
    hidden = any(p.how == "withheld" or not p.sheets for p in r.world.now.parties)
    return (list, int(n), int(invited)) == _parties(r) and not hidden


@form("Van deze partijen staan de antwoorden van {n} van de {invited} mensen hierin: {list}.")
def count_of_these(r: Reader, a: About, n: str, invited: str, list: str) -> bool:
    return (list, int(n), int(invited)) == _parties(r)


@form("Van {first} tellen geen antwoorden mee.")
def absent(r: Reader, a: About, first: str) -> bool:
    none = {p.party for p in r.world.now.parties if p.how == "open" and not p.sheets}
    named = r.names.parties(first)
    return named is not None and {n.party for n in named} == none


def _withheld(r: Reader, n: int, k: str, *, together: bool) -> bool:
    hidden = [p for p in r.world.now.parties if p.how == "withheld"]
    are_together = any(p.party == "others" for p in r.world.now.parties)
    return (n, int(k), together) == (len(hidden), r.world.session.k, are_together)


@form(
    "1 partij is niet in beeld, want iemand daar wil alleen als groep in beeld en er tellen minder "
    "dan {k} mensen mee."
)
def withheld(r: Reader, a: About, k: str) -> bool:
    return _withheld(r, 1, k, together=False)


@form(
    "{n} partijen zijn niet in beeld, want in elk wil iemand alleen als groep in beeld en tellen "
    "minder dan {k} mensen mee."
)
def several_withheld(r: Reader, a: About, n: str, k: str) -> bool:
    return int(n) > 1 and _withheld(r, int(n), k, together=False)


@form(
    "{n} partijen zijn alleen samen in beeld, want in elk wil iemand alleen als groep in beeld en "
    "tellen minder dan {k} mensen mee."
)
def shown_together(r: Reader, a: About, n: str, k: str) -> bool:
    return _withheld(r, int(n), k, together=True)


@form("Van {first} telt minder dan de helft mee. Lees hun beeld als dat van deze mensen.")
def thin(r: Reader, a: About, first: str) -> bool:
    few = {
        p.party
        for p in r.world.now.parties
        if p.how != "withheld" and 0 < 2 * len(p.sheets) < p.invited
    }
    named = r.names.parties(first)
    return named is not None and {n.party for n in named} == few


def _not_of_everybody(r: Reader) -> list[Item]:
    out = {"unknown", "closed", "none"}
    if all(code == "too-few" for code in r.world.codes.values()):
        return []
    return [i for i in r.world.compared if any(s.standing in out for s in r.world.on(i.key))]


def _divided(r: Reader) -> list[Item]:
    return [i for i in r.world.compared if any(s.standing == "divided" for s in r.world.on(i.key))]


@form("Bij {n} [vraag|vragen] is niet van elke partij bekend hoe zij het ziet.")
def unknown_at(r: Reader, a: About, n: str) -> bool:
    return int(n) == len(_not_of_everybody(r))


@form("Bij {n} [vraag|vragen] zijn de antwoorden binnen een partij verdeeld.")
def divided_at(r: Reader, a: About, n: str) -> bool:
    return int(n) == len(_divided(r))


@form("Bij geen vraag vonden we een partij die verdeeld is.")
def none_divided(r: Reader, a: About) -> bool:
    return not _divided(r)


@form("Bij elke vraag die is vergeleken, is van elke partij in beeld bekend hoe zij het ziet.")
def all_known(r: Reader, a: About) -> bool:
    return not _not_of_everybody(r)


@form("De antwoorden laten geen van de patronen zien waar we op letten.")
def no_patterns(r: Reader, a: About) -> bool:
    return True  # that a pattern is missing is held in tests of the analysis


def _listed(r: Reader, text: str, meant: list[Item]) -> bool:
    if text == f"{len(meant)} vragen; ze staan in de tabellen hierboven":
        return True
    return sorted(text.split("; ")) == sorted(r.names.title(item) for item in meant)


@form("{party}: {list}")
def of_party(r: Reader, a: About, party: str, list: str) -> bool:
    """Where a party is divided, or what is not known of it: `wijkraad, weet het niet: …`."""
    standings = {
        "": "divided", "weet het niet": "unknown", "niet te zeggen": "closed",
        "geen antwoord": "none",
    }  # fmt: skip
    name, _, why = party.partition(", ")
    found = r.names.label.get(name)
    if found is None or why not in standings:
        return False
    meant = [
        i
        for i in r.world.compared
        if (s := r.on(i, found)) is not None and s.standing == standings[why]
    ]
    return _listed(r, list, meant)


@form("{code}: {list}")
def further(r: Reader, a: About, code: str, list: str) -> bool:
    """Topics beside those of page one, by their outcome."""
    from tests.promises.checking import BY_LABEL

    if code not in BY_LABEL:
        return False
    found = [r.names.topics.get(each.lower()) for each in list.split("; ")]
    return all(t is not None and r.world.topic_code(t) == BY_LABEL[code] for t in found)


def _by_the_rules(r: Reader, a: About) -> list[Item]:
    """The items of a topic that ask who by the rules, of which some party has a position."""
    asked = (i for i in a.items if i.question.type == "who" and i.question.tense == "formal")
    return [item for item in asked if any(s.has for s in r.world.on(item.key))]


def _says_by_the_rules(r: Reader, a: About, rest: str) -> bool:
    """`wie volgens de regels beslist? De wijkraad zegt: het college. Zoek op …`."""
    said = rest.removesuffix(" Zoek op waar het staat.")
    asked = _by_the_rules(r, a)
    if said == rest or len(asked) != 1:
        return False
    (item,) = asked
    head = f"{item.question.short.nl[:1].lower()}{item.question.short.nl[1:]}? "
    if not said.startswith(head) or not said.endswith("."):
        return False
    left = [s for s in r.world.on(item.key) if s.has]
    every = re.fullmatch(r"Elke partij met een beeld zegt: (.+)", said.removeprefix(head)[:-1])
    if every is not None:
        return len(left) > 2 and {r.names.position(item, s) for s in left} == {every[1]}
    for piece in said.removeprefix(head).removesuffix(".").split("; "):
        match = re.fullmatch(r"(.+?) (zegt|zeggen): (.+)", piece)
        if match is None:
            return False
        saying = [s for s in left if r.names.position(item, s) == match[3]]
        many = match[2] == "zeggen"
        if not r.stands(match[1][:1].lower() + match[1][1:], saying) or many != (len(saying) > 1):
            return False
        left = [s for s in left if s not in saying]
    return not left


@form("Formeel: {rest}")
def formally(r: Reader, a: About, rest: str) -> bool:
    """What is laid down on the items of the topic, one by one, and who sees it otherwise."""
    from tests.promises.checking import fixed

    about = [i for i in a.items if i.key in r.world.session.sources]
    if rest in fixed():
        return not about and not _by_the_rules(r, a)
    if not about:
        return _says_by_the_rules(r, a, rest)
    places = []
    for item in about:
        given = r.world.session.sources[item.key]
        values = [v for v in values_of(given.value) if v]
        if not values:
            places.append(given)
            continue
        whom = f"{r.names.subject(item.subject)}: " if item.subject else ""
        what = " en ".join(r.names.option(item, v) for v in values)
        said = f"{whom}{what}, volgens {given.text}."
        if not rest.startswith(said):
            return False
        rest = rest[len(said) :].strip()
        other = otherwise(r, item)
        match = re.match(r"Anders gezien door: (.+?)\.(?: |$)", rest)
        if other:
            if match is None or not r.stands(match[1], other):
                return False
            rest = rest[match.end() :].strip()
    return _places_and_rules(r, a, rest, places, about)


def _places_and_rules(
    r: Reader, a: About, rest: str, places: list[FormalSource], about: list[Item]
) -> bool:
    """Then every place without an answer once, and what the parties say of who decides."""
    each = dict.fromkeys(part for given in places for part in given.text.split("; "))
    checked = any(r.world.session.sources[item.key].to_check for item in about)
    said = [f"{'; '.join(each)}."] if each else []
    said += ["Controleer of dit nog geldt."] if checked else []
    head = " ".join(said)
    if not rest.startswith(head):
        return False
    rest = rest[len(head) :].strip()
    if not _by_the_rules(r, a):
        return not rest
    return _says_by_the_rules(r, a, f"{rest[:1].lower()}{rest[1:]} Zoek op waar het staat.")


@form("{n} [opmerking mag|opmerkingen mogen] niet in het verslag.")
def remarks(r: Reader, a: About, n: str) -> bool:
    guessed = {guess.key for guess in r.world.asked.guesses}
    return int(n) == sum(remarks_on(r, i) for i in r.world.asked.items if i.key not in guessed)


@form("Meer hierover, in de bijlage: {list}")
def all_answers(r: Reader, a: About, list: str) -> bool:
    names = {
        "task": "Taak",
        "authority": "Zeggenschap",
        "role": "Rol",
        "boundary": "Grens",
        "means": "Middelen",
    }
    return set(list.split(", ")) == {names[i.question.boundary] for i in a.items}


@form("Bijlage: {title}")
def appendix(r: Reader, a: About, title: str) -> bool:
    from tests.promises.checking import fixed

    return title == f"Wie doet wat in {r.world.session.title}?" or title in fixed()


@form(
    "Een partij heeft een beeld als meer dan de helft van haar mensen die iets zeggen, "
    "hetzelfde zegt. Op een ladder is dat het middelste antwoord; meer dan de helft moet "
    "daar dichtbij staan. Anders is de partij verdeeld."
)
def rule_position(r: Reader, a: About) -> bool:
    return r.world.asked.thresholds.holds == 0.5


@form("Een rol telt voor een partij als minstens de helft van haar mensen die noemt.")
def rule_ascribes(r: Reader, a: About) -> bool:
    return r.world.asked.thresholds.ascribes == 0.5


@form(
    "Verschil: {gap} treden of meer op een ladder, of aan weerskanten van de lijn tussen "
    "adviseren en beslissen. Groot verschil: {wide} treden of meer, of {across} over die "
    "lijn heen. Klein verschil: alles daaronder."
)
def rule_gap(r: Reader, a: About, gap: str, wide: str, across: str) -> bool:
    limits = r.world.asked.thresholds
    return (float(gap), float(wide), float(across)) == (
        limits.gap,
        limits.wide_gap,
        limits.wide_gap_across_line,
    )


@form(
    "Wil iemand alleen als groep in beeld? Dan staat die partij erin vanaf {k} mensen, en "
    "nooit met aantallen. Te zien is haar beeld, dat de meesten het niet weten, of dat het niet "
    "te zeggen is. Haar beeld staat er alleen als minstens {people} mensen het delen."
)
def rule_group(r: Reader, a: About, k: str, people: str) -> bool:
    return int(k) == int(people) == r.world.session.k


@form(
    "In het verslag staan hoogstens {n} punten, van verschillende soorten. Gedeeld is alleen "
    "wat elke partij in beeld hetzelfde ziet."
)
def rule_page_one(r: Reader, a: About, n: str) -> bool:
    return int(n) == PAGE_ONE == r.world.asked.thresholds.page_one


@form("Vragenset {name}, versie {version} ({mark}), ronde {round}, methode {method}.")
def made_with(
    r: Reader, a: About, name: str, version: str, mark: str, round: str, method: str
) -> bool:
    asked, session = r.world.asked, r.world.session
    return (name, int(version), int(round), method) == (
        asked.id,
        asked.version,
        session.round,
        "2",
    ) and mark in session.question_set_hash


@form("De bijlage zegt bij elke vraag wat er per partij te zeggen is, en hoe dit is gemaakt.")
def holds_the_rest(r: Reader, a: About) -> bool:
    return True  # what is in it is held sentence by sentence


@form("Van {first} [telt|tellen] geen antwoorden mee.")
def nobody_counts(r: Reader, a: About, first: str) -> bool:
    named = r.names.parties(first)
    nobody = {p.party for p in r.world.now.parties if p.how == "open" and not p.sheets}
    return named is not None and {n.party for n in named} == nobody
