"""An overview of a city in words: short lines, each true of the table that it is made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bart_tool.city.overview import UNCLEAR, Line, Overview
from bart_tool.city.rows import NOT_SEEN, SEEN
from bart_tool.city.safe import LEAST, WAYS, Told
from bart_tool.domain.base import Language
from bart_tool.store.reports import CityItems
from bart_tool.wording.labels import CODES, PATTERNS, label
from bart_tool.wording.naming import lower_first
from bart_tool.wording.translation import N_, Words, words

NEARLY_ALL = 4 / 5  # of the wijken, from which on it is nearly everywhere
FEW = 1 / 5  # of the wijken, up to which it is in a few
OTHER = "other"  # the code of the cell in which some stand together
_WORDS = {
    SEEN: N_("seen"),
    NOT_SEEN: N_("not seen"),
    OTHER: N_("other"),
    **dict(zip(WAYS, (N_("clearer"), N_("less clear"), N_("the same")), strict=True)),
}


@dataclass(frozen=True)
class CityWords:
    """How the things of a city are called in one language."""

    listed: CityItems
    language: Language

    @property
    def t(self) -> Words:
        """What the program itself says."""
        return words(self.language)

    def called(self, entry: str) -> str:
        """An item or pattern in a few words."""
        for each in self.listed.items:
            if each.item == entry:
                return each.label.in_language(self.language)
        return label(PATTERNS, entry, self.language)

    def code(self, code: str) -> str:
        """An outcome, or which way an item moved, as it stands in a sentence."""
        if code in _WORDS:
            return self.t(_WORDS[code])
        return lower_first(label(CODES, code, self.language))

    def cells(self, told: Told) -> str:
        """All cells of an item: `niet bekend 20, gedeeld beeld 16, overig 3`."""
        found = [f"{self.code(code)} {number}" for code, number in told.alone]
        rest = [self.t("other {number}", number=told.other)] if told.other else []
        return ", ".join((*found, *rest))

    def in_wijken(self, number: int, told: Told) -> str:
        """In how many wijken, of how many; at least, where some are told together."""
        if told.other:
            return self.t("in at least {n} of {all} wijken", n=number, all=told.wijken)
        return self.t("in {n} of {all} wijken", n=number, all=told.wijken)

    def _edition(self, line: Line) -> str:
        """Which earlier edition told an item as it stands there."""
        day, number = line.since, line.number
        if not line.is_other_round:
            return self.t("as in the edition of {day}", day=day)
        if number is None:
            return self.t("as in the edition of {day}, of the newest rounds", day=day)
        return self.t("as in the edition of {day}, of round {number}", day=day, number=number)

    def of_round(self, said: str, number: int | None) -> str:
        """What is said of the wijken, and of which round, where one was asked for."""
        return self.t("{said} in round {number}", said=said, number=number) if number else said

    def notes(self, line: Line) -> str:
        """What a reader must know beside the figures of an item; empty where there is nothing."""
        said = []
        if line.since:
            said.append(self._edition(line))
        if line.otherwise:
            asked = self.t.plural(
                "{number} wijk was asked otherwise and is not counted",
                "{number} wijken were asked otherwise and are not counted",
                line.otherwise,
            )
            said.append(asked)
        return f" ({'; '.join(said)})" if said else ""


def nearly_everywhere(shown: Overview) -> list[Line]:
    """What there is to talk about nearly everywhere, most wijken first."""
    return _most_first([each for each in shown.items if _share(each.unclear, each) >= NEARLY_ALL])


def in_some(shown: Overview) -> list[Line]:
    """What there is to talk about in a part of the wijken."""
    others = (*nearly_everywhere(shown), *in_few(shown))
    return _most_first([each for each in shown.items if each.unclear and each not in others])


def in_few(shown: Overview) -> list[Line]:
    """What there is to talk about in a few wijken, whatever the wijken told together have."""
    return _most_first(
        [
            each
            for each in shown.items
            if each.told
            and each.unclear
            and (each.unclear + each.told.other) / each.told.wijken <= FEW
        ]
    )


def seen_the_same(shown: Overview) -> list[Line]:
    """What is seen the same nearly everywhere."""
    found = [each for each in shown.items if _share(each.same, each) >= NEARLY_ALL]
    return sorted(found, key=lambda each: -each.same)


def not_told(shown: Overview) -> list[Line]:
    """The items of which nothing may be told."""
    return [each for each in shown.items if each.told is None]


def that_moved(shown: Overview) -> list[Line]:
    """The items of which it may be told that they moved somewhere."""
    return [
        each for each in shown.items if each.moved and each.moved.number(["clearer", "less-clear"])
    ]


def _share(number: int, line: Line) -> float:
    return number / line.told.wijken if line.told else 0.0


def _most_first(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda each: -each.unclear)


def opening(shown: Overview, names: CityWords) -> str:
    """The first thing to know: what most wijken have in common to talk about."""
    t, lines = names.t, _most_first([each for each in shown.items if each.unclear])
    if not lines or lines[0].told is None:
        return t("There is too little to tell of these wijken together without telling of one.")
    first = lines[0]
    return t(
        "What returns most: {what}. It is something to talk about {where}.",
        what=lower_first(names.called(first.entry)),
        where=names.in_wijken(first.unclear, lines[0].told),
    )


def to_talk_about(line: Line, names: CityWords) -> str:
    """In how many wijken an item is something to talk about, and what is seen there."""
    if line.told is None:
        return ""
    seen = [(code, number) for code, number in line.told.alone if code in UNCLEAR]
    if len(seen) == 1:
        said = names.code(seen[0][0])
    else:
        times = [
            names.t("{number} times {code}", number=n, code=names.code(code)) for code, n in seen
        ]
        said = names.t.listed(times)
    return f"{names.in_wijken(line.unclear, line.told)}: {said}{names.notes(line)}"


def how_it_moved(line: Line, names: CityWords) -> str:
    """Which way an item went in the wijken that answered twice."""
    t, said = names.t, dict(line.moved.alone if line.moved else ())
    clearer, less, same = (said.get(way, 0) for way in WAYS)
    rest = line.moved.other if line.moved else 0
    parts = (
        (clearer, t.plural("clearer in {number} wijk", "clearer in {number} wijken", clearer)),
        (less, t.plural("less clear in {number} wijk", "less clear in {number} wijken", less)),
        (same, t.plural("the same in {number} wijk", "the same in {number} wijken", same)),
        (
            rest,
            t.plural(
                "one or the other in {number} wijk", "one or the other in {number} wijken", rest
            ),
        ),
    )
    return t.listed([text for number, text in parts if number]) + names.notes(line)


def took_part(shown: Overview, names: CityWords) -> Iterator[str]:
    """Which wijken took part, a line a municipality."""
    for municipality, wijken in shown.wijken.items():
        listed = names.t.listed(wijken)
        yield f"{municipality}: {listed}" if municipality else listed


def how_it_was_made(shown: Overview, names: CityWords) -> Iterator[str]:
    """The rules in plain words."""
    t = names.t
    yield t("We count wijken, never people. What one wijk says stands in its own report.")
    yield t(
        "An outcome stands here from {least} wijken on. The others stand together as “other”.",
        least=LEAST,
    )
    if len(shown.wijken) > 1:
        yield t("There must be {least} without the municipality that has most, too.", least=LEAST)
    yield t(
        "A new edition counts a question again only when at least {least} wijken changed and "
        "nobody can work out from it what one of them says. Else it stands as before.",
        least=LEAST,
    )
    yield t("The list of questions and patterns is fixed, and the same for every city.")
    if shown.sets > 1:
        yield t(
            "The wijken used {number} versions of the questions. Only questions that are the same "
            "word for word are counted together.",
            number=shown.sets,
        )


def summary(shown: Overview, names: CityWords) -> Iterator[str]:
    """The overview in a terminal: what returns, what is seen the same, what moved."""
    t = names.t
    counted = shown.counted
    side = t.plural("{number} wijk side by side", "{number} wijken side by side", counted)
    yield names.of_round(side, shown.number)
    yield opening(shown, names)
    parts: Mapping[str, list[Line]] = {
        t("Nearly everywhere something to talk about"): nearly_everywhere(shown),
        t("In a part of the wijken"): in_some(shown),
        t("In a few wijken"): in_few(shown),
    }
    for heading, lines in parts.items():
        if lines:
            yield ""
            yield heading
            for each in lines:
                yield f"  {names.called(each.entry)}, {to_talk_about(each, names)}"
    if same := seen_the_same(shown):
        yield ""
        yield t("Nearly everywhere seen the same")
        for each in same:
            if each.told:
                where = f"{names.in_wijken(each.same, each.told)}{names.notes(each)}"
                yield f"  {names.called(each.entry)}: {where}"
    if moving := that_moved(shown):
        yield ""
        yield t("What moved since the round before")
        for each in moving:
            yield f"  {names.called(each.entry)}: {how_it_moved(each, names)}"
