"""An overview of a city as a document of at most two sheets."""

from collections.abc import Iterator, Sequence

from bart_tool.city import sentences
from bart_tool.city.overview import Line, Overview, Pair
from bart_tool.city.safe import Told
from bart_tool.city.sentences import OTHER, CityWords
from bart_tool.report.document import (
    Block,
    Document,
    Figure,
    Heading,
    Table,
    bullets,
    line,
    paragraph,
    soft,
    strong,
)
from bart_tool.report.figures import counts, drawing
from bart_tool.report.figures.drawing import MARGIN
from bart_tool.wording.naming import lower_first, upper_first
from bart_tool.wording.pictures import TOLD, Head, Matrix, MatrixCell

_NAMED = 60  # wijken that are named; of more only how many
_PAIRS = 3  # that are told, the strongest first
_COLUMN = 22.0  # of the picture: a number of wijken has two digits


def title(shown: Overview, names: CityWords) -> str:
    """What the page is called."""
    said = names.t.plural("What {number} wijk sees", "What {number} wijken see", shown.counted)
    return names.of_round(said, shown.number)


def compose(shown: Overview, names: CityWords) -> Document:
    """The whole page."""
    return Document(tuple(_blocks(shown, names)))


def _blocks(shown: Overview, names: CityWords) -> Iterator[Block]:
    t = names.t
    yield Heading(1, title(shown, names))
    yield paragraph(strong(sentences.opening(shown, names)))
    yield paragraph(soft(t("A difference is not a mistake; it is something to talk about.")))
    yield from _returns(shown, names)
    yield from _patterns(shown, names)
    yield from _moved(shown, names)
    yield from _map(shown, names)
    yield Heading(2, t("Which wijken took part"))
    if shown.counted <= _NAMED:
        yield bullets(line(each) for each in sentences.took_part(shown, names))
    else:
        yield bullets(
            line(f"{municipality or '–'}: {len(wijken)}")
            for municipality, wijken in shown.wijken.items()
        )
    yield Heading(2, t("How this was made"))
    yield bullets(line(each) for each in sentences.how_it_was_made(shown, names))


def _returns(shown: Overview, names: CityWords) -> Iterator[Block]:
    t = names.t
    parts = (
        (
            t("Nearly everywhere something to talk about"),
            t("This may be something for the city as a whole."),
            sentences.nearly_everywhere(shown),
        ),
        (t("In a part of the wijken"), "", sentences.in_some(shown)),
        (
            t("In a few wijken"),
            t("This is something for the wijk-MT there, not for the whole city."),
            sentences.in_few(shown),
        ),
    )
    for heading, means, lines in parts:
        if lines:
            yield Heading(2, heading)
            yield paragraph(means)
            yield bullets(
                line(
                    strong(names.called(each.entry)),
                    ", ",
                    sentences.to_talk_about(each, names),
                    ".",
                )
                for each in lines
            )
    if same := sentences.seen_the_same(shown):
        yield Heading(2, t("Nearly everywhere seen the same"))
        yield bullets(
            line(
                strong(names.called(each.entry)),
                f", {names.in_wijken(each.same, each.told)}{names.notes(each)}.",
            )
            for each in same
            if each.told
        )
    if untold := sentences.not_told(shown):
        yield paragraph(
            t(
                "Not told here, because it could tell of one wijk, or too few wijken answered: "
                "{items}.",
                items="; ".join(lower_first(names.called(each.entry)) for each in untold),
            )
        )


def _map(shown: Overview, names: CityWords) -> Iterator[Block]:
    """Items by outcomes: a picture, and beside it the same as a table."""
    t, lines = names.t, [each for each in shown.items if each.told]
    if not lines:
        return
    yield Heading(2, t("All questions and outcomes"))
    yield _figure(lines, names)
    yield Table(
        (t("Question"), t("Outcomes, in how many wijken"), t("Wijken")),
        tuple(
            (
                f"{names.called(each.entry)}{names.notes(each)}",
                names.cells(each.told),
                str(each.told.wijken),
            )
            for each in lines
            if each.told
        ),
    )


def _codes(lines: Sequence[Line]) -> tuple[str, ...]:
    """The outcomes that stand alone somewhere, those of most wijken first, and then the rest."""
    total: dict[str, int] = {}
    for each in lines:
        for code, number in each.told.alone if each.told else ():
            total[code] = total.get(code, 0) + number
    has_rest = any(each.told and each.told.other for each in lines)
    return (*sorted(total, key=lambda c: (-total[c], c)), *([OTHER] if has_rest else []))


def _figure(lines: Sequence[Line], names: CityWords) -> Figure:
    t, codes = names.t, _codes(lines)
    heads = tuple(Head(names.code(c)) for c in codes)
    cells = tuple(tuple(MatrixCell(number=_number(each.told, c)) for c in codes) for each in lines)
    rows = tuple(Head(names.called(each.entry)) for each in lines)
    told = short(
        t(
            "Per question, in how many wijken which outcome was found. {first}",
            first=f"{rows[0].text}: {names.cells(lines[0].told)}." if lines[0].told else "",
        )
    )
    shown = Matrix("", "", rows, heads, cells, told, counted=t("so many wijken"))
    parts, bottom = counts.draw(shown, MARGIN, t, _COLUMN)
    title = t("All questions and outcomes")
    return Figure("map", told, drawing.picture("map", title, told, bottom + MARGIN, parts))


def _number(told: Told | None, code: str) -> int | None:
    if told is None:
        return None
    return (told.other if code == OTHER else told.number([code])) or None


def short(said: str) -> str:
    """As much of it as stands beside a picture."""
    return said if len(said) <= TOLD else said[: TOLD - 1].rstrip() + "…"


def _patterns(shown: Overview, names: CityWords) -> Iterator[Block]:
    t, lines = names.t, [each for each in shown.patterns if each.told]
    if not lines:
        return
    yield Heading(2, t("What this may point at"))
    yield paragraph(
        t(
            "These are suspicions, not conclusions. They are about somebody's place in the work "
            "(the position), not about the person."
        )
    )
    yield bullets(
        line(
            strong(names.called(each.entry) + " "),
            f"{upper_first(names.in_wijken(each.seen, each.told))}{names.notes(each)}.",
        )
        for each in sorted(lines, key=lambda each: -each.seen)
        if each.told
    )
    yield from (paragraph(_together(pair, names)) for pair in shown.pairs[:_PAIRS])


def _together(pair: Pair, names: CityWords) -> str:
    found = pair.counted
    return names.t(
        "“{one}” and “{other}” go together. Where the first is seen, the second is too in {both} "
        "of {first} wijken; elsewhere in {second} of {rest}.",
        one=names.called(pair.one),
        other=names.called(pair.other),
        both=found.both,
        first=found.both + found.only_first,
        second=found.only_second,
        rest=found.only_second + found.neither,
    )


def _moved(shown: Overview, names: CityWords) -> Iterator[Block]:
    t = names.t
    if not shown.twice:
        return
    yield Heading(2, t("What moved since the round before"))
    moving = sentences.that_moved(shown)
    if not moving:
        yield paragraph(t("Of no question can we tell here that it moved."))
        return
    yield bullets(
        line(strong(names.called(each.entry)), ": ", sentences.how_it_moved(each, names), ".")
        for each in moving
    )


def plain(shown: Overview) -> dict[str, object]:
    """The overview as plain values: everything the page says comes from the same."""
    return {
        "format": 1,
        "kind": "city",
        "edition": shown.day,
        "round": shown.number,
        "wijken": {place: list(wijken) for place, wijken in shown.wijken.items()},
        "twice": shown.twice,
        "sets": shown.sets,
        "items": [_plain(each, shown) for each in shown.items],
        "patterns": [_plain(each, shown) for each in shown.patterns],
        "together": [{"patterns": [each.one, each.other], **_fields(each)} for each in shown.pairs],
    }


def _fields(pair: Pair) -> dict[str, int]:
    found = pair.counted
    return {
        "both": found.both,
        "only_first": found.only_first,
        "only_second": found.only_second,
        "neither": found.neither,
    }


def _plain(each: Line, shown: Overview) -> dict[str, object]:
    return {
        "item": each.entry,
        "edition": each.since or shown.day,
        "round": each.number,
        "told": _told(each.told),
        "moved": _told(each.moved),
        "asked_otherwise": each.otherwise,
        "meaning": each.meaning,
    }


def _told(told: Told | None) -> dict[str, object] | None:
    if told is None:
        return None
    return {"codes": dict(told.alone), "other": told.other, "wijken": told.wijken}
