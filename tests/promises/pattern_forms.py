"""Patterns, as forms: each names who says what it stands on."""

import re
from collections.abc import Callable, Sequence

from bart_tool.domain.question_set import Item
from tests.promises.reckoned import Stand
from tests.promises.sentences import About, Reader, form, lower


def placed_on(r: Reader, item: Item) -> list[Stand]:
    return [s for s in r.world.on(item.key) if s.has]


def _by(r: Reader, item: Item, text: str, meant: Sequence[Stand]) -> bool:
    """`volgens de wijkraad zelf en het cluster`."""
    return text.startswith("volgens ") and r.stands(
        text.removeprefix("volgens "), meant, item.subject
    )


def _options(
    r: Reader, item: Item, text: str, says: Callable[[Stand, str], bool]
) -> list[str] | None:
    """The options of `trekker, volgens …; regisseur, volgens …`; None when one is not true."""
    ids = {
        r.names.option(item, o.id): o.id for o in r.world.asked.options(item.question, item.subject)
    }
    if item.question.type == "who":
        ids["niemand"] = "nobody"
    found = []
    for piece in text.split("; "):
        match = re.fullmatch(r"(.+?), (volgens .+)", piece)
        if match is None or match[1] not in ids:
            return None
        option = ids[match[1]]
        meant = [s for s in placed_on(r, item) if says(s, option)]
        if not _by(r, item, match[2], meant):
            return None
        found.append(option)
    return found


def _names(stand: Stand, option: str) -> bool:
    return option in stand.top


def _low(r: Reader, items: Sequence[Item], text: str, number: float) -> bool:
    """`tijd, volgens …; geld, volgens …`: these parties stand at this level or lower."""
    things = {}
    for item in items:
        things[lower(r.names.object(item)) if item.object else r.names.subject(item.subject)] = item
    for piece in text.split("; "):
        match = re.fullmatch(r"(.+?), (volgens .+)", piece)
        if match is None or match[1] not in things:
            return False
        item = things[match[1]]
        low = [s for s in placed_on(r, item) if s.median is not None and s.median <= number]
        placed = [s for s in placed_on(r, item) if s.median is not None]
        if not _by(r, item, match[2], low) or 2 * len(low) < len(placed):
            return False
    return True


def _number(r: Reader, item: Item, words: str) -> int | None:
    levels = r.world.asked.options(item.question)
    return next((n for n, each in enumerate(levels) if lower(each.label.nl) == words), None)


def _mandates(r: Reader, subject: str) -> list[Item]:
    return [i for i in r.world.compared if i.question.covers and i.subject == subject]


def _scales(r: Reader, subject: str) -> list[Item]:
    return [i for i in r.world.compared if i.question.type == "scale" and i.subject == subject]


def _subjects(r: Reader, the: str) -> list[str]:
    kinds = {i.subject for i in r.world.asked.items if i.subject}
    return [
        kind
        for kind in kinds
        if r.names.subject(kind) == the or _upper(r.names.subject(kind)) == the
    ]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


@form(
    "Rol van {the}: {options}. Volgens de vragenset hoort daar minstens ‘{level}’ bij. Lager staat "
    "{again} bij: {where}."
)
def role_exceeds(
    r: Reader, a: About, the: str, options: str, level: str, again: str, where: str
) -> bool:
    for subject in _subjects(r, again):
        roles = [i for i in r.world.compared if i.question.type == "multi" and i.subject == subject]
        mandates = _mandates(r, subject)
        if again != the or not mandates:
            continue
        number = _number(r, mandates[0], level)
        for item in roles:
            named = _options(r, item, options, _names)
            needs = {
                o.id: o.needs for o in r.world.asked.options(item.question, item.subject) if o.needs
            }
            levels = [o.id for o in r.world.asked.options(mandates[0].question)]
            if (
                named
                and number is not None
                and all(o in needs and levels.index(needs[o]) == number for o in named)
            ):
                return _low(r, mandates, where, number - 1)
    return False


@form("Zelf genomen rol van {the}: {options}. Wat mag {again}? {where}.")
def informal(r: Reader, a: About, the: str, options: str, again: str, where: str) -> bool:
    for subject in _subjects(r, again):
        for item in r.world.compared:
            if item.question.type != "multi" or item.subject != subject or not item.question.tagged:
                continue
            if not _options(
                r, item, options, lambda s, o: o in s.top and s.mostly(o) == "informal"
            ):
                continue
            if again == the and all(_thin(r, subject, p) for p in re.split(r"\. (?=[A-Z])", where)):
                return True
    return False


def _thin(r: Reader, subject: str, text: str) -> bool:
    mandates = _mandates(r, subject)
    match = re.fullmatch(r"Op ‘(.+?)’ of lager: (.+)", text)
    if match is not None:
        number = _number(r, mandates[0], match[1])
        return number is not None and _low(r, mandates, match[2], number)
    if not text.startswith("Niet hetzelfde gezien: "):
        return False
    rest = text.removeprefix("Niet hetzelfde gezien: ")
    for item in mandates:
        thing = lower(r.names.object(item))
        is_apart = r.world.codes[item.key] in ("gap", "wide-gap")
        if is_apart and (rest == thing or rest.startswith(f"{thing}; ")):
            rest = rest[len(thing) + 2 :]
    return not rest


@form("{what}: {options}. Wordt het nagekomen? Op ‘{level}’ of lager: {where}.")
def not_kept(r: Reader, a: About, what: str, options: str, level: str, where: str) -> bool:
    item = r.names.titles.get(what)
    if (
        item is None
        or r.world.codes[item.key] != "shared"
        or not _options(r, item, options, _names)
    ):
        return False
    kept = [
        i
        for i in r.world.compared
        if i.question.type == "scale" and _number(r, i, level) is not None
    ]
    by_question = {i.question.id for i in kept}
    return any(
        _low(
            r,
            [i for i in kept if i.question.id == q],
            where,
            _number(r, next(i for i in kept if i.question.id == q), level) or 0,
        )
        for q in by_question
    )


@form("{what}: {options}. Op ‘{level}’ of lager: {where}.")
def low_means(r: Reader, a: About, what: str, options: str, level: str, where: str) -> bool:
    item = r.names.titles.get(what)
    if item is None or not _options(r, item, options, _names):
        return False
    means = [i for i in _scales(r, item.subject) if _number(r, i, level) is not None and i.object]
    return any(
        _low(
            r,
            [i for i in means if i.question.id == q],
            where,
            _number(r, next(i for i in means if i.question.id == q), level) or 0,
        )
        for q in {i.question.id for i in means}
    )


@form("{what}: {again}, {who}. Op ‘{level}’ of lager: {where}.")
def accountable(
    r: Reader, a: About, what: str, again: str, who: str, level: str, where: str
) -> bool:
    item = r.names.titles.get(what)
    for subject in _subjects(r, again):
        mandates = _mandates(r, subject)
        if item is None or not mandates or not who.startswith("volgens "):
            continue
        naming = [s for s in placed_on(r, item) if subject in s.top]
        number = _number(r, mandates[0], level)
        if (
            r.stands(who.removeprefix("volgens "), naming, subject)
            and 2 * len(naming) > len(placed_on(r, item))
            and number is not None
            and _low(r, mandates, where, number)
        ):
            return True
    return False


@form("{what}: {answers}.")
def answers(r: Reader, a: About, what: str, answers: str) -> bool:
    """Where every party in view stands, one by one."""
    item = r.names.titles.get(what)
    if item is None:
        return False
    left = {s.party: s for s in r.world.on(item.key)}
    for piece in answers.split("; "):
        head, _, said = piece.partition(": ")
        named = r.names.parties(head)
        if named is None or len(named) != 1 or named[0].party not in left:
            return False
        stand = left.pop(named[0].party)
        if not r.stands(head, [stand], item.subject) or said != r.names.position(item, stand):
            return False
    return not left


def _middle(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _level(r: Reader, item: Item) -> float | None:
    levels = [s.median for s in placed_on(r, item) if s.median is not None]
    return _middle(levels) if levels else None


@form(
    "{what}: in het begin ({front}) minstens {n} treden hoger dan later ({back}). "
    "Dat is het midden van de partijen met een beeld."
)
def front_not_back(r: Reader, a: About, what: str, front: str, back: str, n: str) -> bool:
    def middle(text: str) -> float | None:
        levels = []
        for thing in text.split(", "):
            at = [
                _level(r, i)
                for i in r.world.compared
                if i.object
                and lower(r.names.object(i)) == thing
                and i.question.type == "scale"
                and i.question.short.nl == what
            ]
            if len(at) != 1 or at[0] is None:
                return None
            levels.append(at[0])
        return _middle(levels)

    before, after = middle(front), middle(back)
    steps = float(n.replace(",", "."))
    return before is not None and after is not None and before - after >= steps


@form(
    "{what}: de wens van {first} ligt minstens {n} treden hoger dan het midden van wat "
    "volgens de "
    "partijen is vastgelegd."
)
def wished(r: Reader, a: About, what: str, first: str, n: str) -> bool:
    formal = r.names.titles.get(what)
    level = None if formal is None else _level(r, formal)
    if formal is None or level is None:
        return False
    steps = float(n.replace(",", "."))
    for wish in r.world.compared:
        if (wish.subject, wish.object) == (formal.subject, formal.object) and wish.tense == "wish":
            far = [
                s for s in placed_on(r, wish) if s.median is not None and s.median - level >= steps
            ]
            if r.stands(first, far, formal.subject):
                return True
    return False


@form(
    "{what}: {options}. Bij ‘{other}’ noemt geen van de partijen met een beeld iets wat "
    "daarbij past."
)
def unmatched(r: Reader, a: About, what: str, options: str, other: str) -> bool:
    named, beside = r.names.titles.get(what), r.names.titles.get(other)
    if named is None or beside is None:
        return False
    bound = r.world.asked.patterns.role_without_task
    chosen = _options(r, named, options, _names)
    if bound is None or not chosen or not placed_on(r, beside):
        return False
    if any(s.n is None for s in placed_on(r, beside)) and beside.question.type == "multi":
        return False  # of a group nobody knows what it does not name
    there = {o for s in placed_on(r, beside) for o in s.top}
    for option in chosen:
        naming = [s for s in placed_on(r, named) if option in s.top]
        if named.question.type == "choice":
            fits = set(bound.fits.get(option, ()))
        else:
            fits = {task for task, roles in bound.fits.items() if option in roles}
        if 2 * len(naming) <= len(placed_on(r, named)) or fits & there:
            return False
    return True
