"""What is told of a city as tables, with their codebook: the same figures as on its pages."""

from collections.abc import Iterator

from bart_tool.city.overview import Overview
from bart_tool.city.rows import NOT_SEEN, SEEN
from bart_tool.city.safe import WAYS, Told
from bart_tool.city.sentences import OTHER, CityWords
from bart_tool.domain.base import LANGUAGES
from bart_tool.domain.findings import Code
from bart_tool.export import codebook
from bart_tool.export.table import Column, Row, Table, table
from bart_tool.store.reports import CityItems
from bart_tool.wording.translation import N_

ITEM = Column("item", N_("The key of what was asked, or of a pattern."), of="item")
LABEL = Column("label", N_("What was asked, in a few words."))
OUTCOME = Column("outcome", N_("What was found, in words."))
_WIJKEN = Column("wijken", N_("In how many wijken."), "whole")
_OF = Column("of", N_("Of how many wijken that were asked it."), "whole")


def tables(shown: Overview, names: CityWords) -> tuple[Table, ...]:
    """Every table of the city, the outcomes first and the codebook last."""
    made = (_outcomes(shown, names), _moved(shown, names), _together(shown), _wijken(shown))
    return (*made, codebook.of_keys(made, tuple(keys(names.listed))))


def _outcomes(shown: Overview, names: CityWords) -> Table:
    code = Column("code", N_("What was found, as a code; other: some together."), of="code")
    edition = Column("edition", N_("The day of the edition that told it so."))
    place = Column("municipality", N_("The municipality; empty where they are of several."))
    meaning = Column("meaning", N_("The hash of what was asked: only what has the same compares."))
    columns = (ITEM, LABEL, code, OUTCOME, _WIJKEN, _OF, edition, place, meaning)
    (name,) = shown.wijken if len(shown.wijken) == 1 else ("",)
    rows = [
        (
            *(each.entry, names.called(each.entry), *cell),
            *(each.since or shown.day, name or None, each.meaning or None),
        )
        for each in (*shown.items, *shown.patterns)
        for cell in _cells(each.told, names)
    ]
    means = N_("In how many wijken what was found. Wijken are counted, never people.")
    return table("city", means, columns, rows, ("item", "code"))


def _moved(shown: Overview, names: CityWords) -> Table:
    way = Column("code", N_("Which way it went since the round before."), of="code")
    columns = (ITEM, LABEL, way, OUTCOME, _WIJKEN, _OF)
    rows = [
        (each.entry, names.called(each.entry), *cell)
        for each in shown.items
        for cell in _cells(each.moved, names)
    ]
    means = N_("In how many wijken it moved since the round before, and which way.")
    return table("moved", means, columns, rows, ("item", "code"))


def _cells(told: Told | None, names: CityWords) -> Iterator[tuple[str, str, int, int]]:
    """Each code with its words and in how many wijken, of how many."""
    if told is None:
        return
    for code, number in told.alone:
        yield code, names.code(code), number, told.wijken
    if told.other:
        yield OTHER, names.code(OTHER), told.other, told.wijken


def _together(shown: Overview) -> Table:
    columns = (
        Column("one", N_("The key of a pattern."), of="item"),
        Column("other", N_("The key of a pattern that is often seen beside it."), of="item"),
        Column("both", N_("In how many wijken both are seen."), "whole"),
        Column("only_one", N_("In how many wijken only the first is seen."), "whole"),
        Column("only_other", N_("In how many wijken only the second is seen."), "whole"),
        Column("neither", N_("In how many wijken neither is seen."), "whole"),
    )
    rows = [
        (
            each.one,
            each.other,
            each.counted.both,
            each.counted.only_first,
            each.counted.only_second,
            each.counted.neither,
        )
        for each in shown.pairs
    ]
    means = N_("Patterns that are seen together more often than apart.")
    return table("together", means, columns, rows, ("one", "other"))


def _wijken(shown: Overview) -> Table:
    columns = (
        Column("municipality", N_("The municipality in which that lies.")),
        Column("wijk", N_("The wijk, as people call it.")),
    )
    rows = [(place, wijk) for place, wijken in shown.wijken.items() for wijk in wijken]
    return table("wijken", N_("Which wijken took part."), columns, rows)


def keys(listed: CityItems) -> Iterator[Row]:
    """What the keys in these tables are called in both languages."""
    in_both = [CityWords(listed, language) for language in LANGUAGES]
    for entry in (*(each.item for each in listed.items), *listed.patterns):
        yield ("item", entry, None, *(names.called(entry) for names in in_both), None, None)
    for code in (*map(str, Code), SEEN, NOT_SEEN, *WAYS, OTHER):
        yield ("code", code, None, *(names.code(code) for names in in_both), None, None)
