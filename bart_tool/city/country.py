"""Many municipalities side by side, from the tables that they publish of their wijken.

Why that tells nothing new of a wijk: only cells are added up that a municipality told by the
k-safe rule (`safe.py`) and published itself. So all that stands here follows from what everybody
can read already: nobody is sure of more than by the tables. Wijken lie in one municipality, and
each table counts its own, so no table can be subtracted from another. For that three things hold
here. A municipality counts once, by its newest table: of two that differ nobody knows which, and
none counts. A table of several municipalities together does not count, because one of them may
publish too, and what is left would be the others. And a table in which a cell breaks the rule is
passed over, whoever made it. What stands on no list of `bart city` is passed over as well: of
other items one can follow from another.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bart_tool.city.rows import NOT_SEEN, SEEN
from bart_tool.city.safe import LEAST
from bart_tool.city.sentences import OTHER, CityWords
from bart_tool.domain.base import Language
from bart_tool.domain.findings import Code
from bart_tool.errors import NotFound, Problem, Severity, Where
from bart_tool.store import published, queries, reports
from bart_tool.store.published import FoundTable
from bart_tool.store.reports import CityItems

_CODES = frozenset({*map(str, Code), SEEN, NOT_SEEN, OTHER})


class Cell(BaseModel):
    """A row of a published table: in so many wijken of a municipality this was found."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    municipality: str = Field(max_length=200)
    edition: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    item: str = Field(max_length=200)
    meaning: str = Field(max_length=200)
    code: str
    wijken: int = Field(ge=1, le=100_000)
    of: int = Field(ge=1, le=100_000)


@dataclass(frozen=True, slots=True)
class Published:
    """What one municipality tells; `name` as it is written there."""

    name: str
    where: str
    cells: tuple[Cell, ...]

    @property
    def municipality(self) -> str:
        """The municipality, however its name is typed."""
        return " ".join(self.name.casefold().split())

    @property
    def edition(self) -> str:
        """The day of its newest cell."""
        return max(each.edition for each in self.cells)


def read(table: FoundTable, listed: CityItems) -> Published | Problem:
    """The table of a municipality, as far as it is on the list; or why it cannot count."""
    where = Where(table.where)
    try:
        cells = tuple(Cell.model_validate(row) for row in table.rows)
    except ValidationError:
        return Problem("published-damaged", where)
    if not cells:
        return Problem("published-nothing", where, severity=Severity.NOTE)
    names = {each.municipality for each in cells}
    if names == {""} or len(names) > 1:
        return Problem("published-of-several", where)
    known = {*(each.item for each in listed.items), *listed.patterns}
    told = tuple(each for each in cells if each.item in known)
    if not told or not {each.code for each in told} <= _CODES:
        return Problem("published-other-version", where)
    if not _are_safe(told):
        return Problem("published-not-safe", where, {"least": str(LEAST)})
    return Published(" ".join(told[0].municipality.split()), table.where, told)


def _are_safe(cells: Iterable[Cell]) -> bool:
    """Whether each item is told as rules 1 to 3 have it, as far as a table shows."""
    by_item: dict[str, list[Cell]] = defaultdict(list)
    for each in cells:
        by_item[each.item].append(each)
    return all(
        len({each.code for each in some}) == len(some) > 1
        and min(each.wijken for each in some) >= LEAST
        and {each.of for each in some} == {sum(each.wijken for each in some)}
        and len({(each.meaning, each.edition) for each in some}) == 1
        for some in by_item.values()
    )


def chosen(tables: Iterable[Published]) -> tuple[list[Published], list[Problem]]:
    """Of each municipality its newest table; none where two of one day differ."""
    of_each: dict[str, list[Published]] = defaultdict(list)
    for each in tables:
        of_each[each.municipality].append(each)
    counted, problems = [], []
    for _, some in sorted(of_each.items()):
        newest = max(each.edition for each in some)
        last = [each for each in some if each.edition == newest]
        params = {"municipality": last[0].name, "files": ", ".join(each.where for each in some)}
        if len({frozenset(each.cells) for each in last}) > 1:
            problems.append(Problem("published-differ", params=params))
            continue
        counted.append(last[0])
        if len(some) > 1:
            params = {**params, "file": last[0].where}
            problems.append(Problem("published-twice", params=params, severity=Severity.NOTE))
    return counted, problems


@dataclass(frozen=True, slots=True)
class Line:
    """An item or pattern: in how many `municipalities` it is told, of how many `wijken`.

    Each of `unclear`, `same` and `seen` is in how many municipalities that was found, and in at
    least how many wijken; `codes` likewise. `otherwise`: how many municipalities asked otherwise
    than `meaning`, the hash of what was asked of those that are counted.
    """

    entry: str
    municipalities: int = 0
    wijken: int = 0
    unclear: tuple[int, int] = (0, 0)
    same: tuple[int, int] = (0, 0)
    seen: tuple[int, int] = (0, 0)
    codes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    otherwise: int = 0
    meaning: str = ""


@dataclass(frozen=True)
class Country:
    """All that is told of many municipalities."""

    municipalities: tuple[str, ...]
    lines: tuple[Line, ...]
    names: CityWords
    problems: tuple[Problem, ...] = ()


def country(places: Sequence[str], language: Language = "nl") -> Country:
    """The municipalities whose tables are at these places, side by side.

    Raises NotFound where there is none that can be used, and as `published.found`.
    """
    listed = reports.listed()
    tables, problems = published.found(places)
    made = [read(each, listed) for each in tables]
    problems += [each for each in made if isinstance(each, Problem)]
    counted, more = chosen(each for each in made if isinstance(each, Published))
    problems += more
    if not counted:
        raise NotFound("country-nothing", tuple(problems))
    return Country(
        tuple(each.name for each in counted),
        lines(counted, listed),
        CityWords(listed, language),
        tuple(problems),
    )


def lines(counted: Iterable[Published], listed: CityItems) -> tuple[Line, ...]:
    """A line each for what is listed, by the queries that come with bart.

    Where it was not asked in the same way everywhere, the way that most municipalities know counts.
    """
    cells = [
        (each.municipality, cell.item, cell.meaning, cell.code, cell.wijken)
        for each in counted
        for cell in each.cells
    ]
    with queries.opened() as base:
        queries.fill(base, "cells", queries.CELLS, cells)
        said, codes = (queries.answered(base, name) for name in ("country", "codes"))
    entries = (*(each.item for each in listed.items), *listed.patterns)
    return tuple(_line(entry, said, codes) for entry in entries)


def _line(
    entry: str, said: Iterable[Mapping[str, Any]], codes: Iterable[Mapping[str, Any]]
) -> Line:
    rows = [row for row in said if row["item"] == entry]
    every = sum(row["municipalities"] for row in rows)
    # What does not say what it means compares with nothing.
    comparable = [row for row in rows if row["meaning"]]
    if not comparable:
        return Line(entry, otherwise=every)
    most = max(comparable, key=lambda row: (row["municipalities"], row["meaning"]))
    in_order = sorted(codes, key=lambda row: (-row["wijken"], row["code"]))
    return Line(
        entry,
        most["municipalities"],
        most["wijken"],
        unclear=(most["unclear_in"], most["unclear_wijken"]),
        same=(most["same_in"], most["same_wijken"]),
        seen=(most["seen_in"], most["seen_wijken"]),
        codes={
            row["code"]: (row["municipalities"], row["wijken"])
            for row in in_order
            if (row["item"], row["meaning"]) == (entry, most["meaning"])
        },
        otherwise=every - most["municipalities"],
        meaning=most["meaning"],
    )


def plain(shown: Country) -> dict[str, object]:
    """The same as plain values; what is in so many municipalities and wijken is a pair."""
    return {
        "format": 1,
        "kind": "country",
        "municipalities": list(shown.municipalities),
        "items": [
            {
                "item": each.entry,
                "meaning": each.meaning,
                "municipalities": each.municipalities,
                "wijken": each.wijken,
                "unclear": list(each.unclear),
                "same": list(each.same),
                "seen": list(each.seen),
                "codes": {code: list(pair) for code, pair in each.codes.items()},
                "asked_otherwise": each.otherwise,
            }
            for each in shown.lines
        ],
    }
