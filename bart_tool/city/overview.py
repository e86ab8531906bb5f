"""What is told of a city: of each listed item and pattern, all of it by the k-safe rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from bart_tool.city.editions import Editions
from bart_tool.city.rows import SEEN, Counted, Report, Row, rows
from bart_tool.city.safe import Record, Together, Told, Wijk, together
from bart_tool.domain.findings import AGENDA_ORDER, Code
from bart_tool.store.reports import CityItems

UNCLEAR: tuple[str, ...] = tuple(map(str, AGENDA_ORDER))  # what a wijk-MT talks about
SAME: tuple[str, ...] = (Code.SHARED, Code.JOINT)
_APART = 1 / 3  # by how much more often a pattern must be seen beside the other


@dataclass(frozen=True, slots=True)
class Line:
    """An item or pattern. `told` is None where nothing may be told of it, or nobody was asked.

    `moved`: which way it went where it was asked twice. `since`: the day of the edition that told
    it so, where that is an earlier one or of another round; `number`: of which, None where it was
    the newest of each wijk. `otherwise`: in how many wijken it was asked otherwise.
    `meaning`: the hash of what was asked of those that were counted.
    """

    entry: str
    told: Told | None
    moved: Told | None = None
    since: str = ""
    otherwise: int = 0
    meaning: str = ""
    number: int | None = None
    is_other_round: bool = False

    @property
    def unclear(self) -> int:
        """In at least how many wijken it is something to talk about."""
        return self.told.number(UNCLEAR) if self.told else 0

    @property
    def same(self) -> int:
        """In at least how many wijken all parties see it the same."""
        return self.told.number(SAME) if self.told else 0

    @property
    def seen(self) -> int:
        """Of a pattern: in how many wijken it is seen."""
        return self.told.number([SEEN]) if self.told else 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two patterns that are seen together more often than apart."""

    one: str
    other: str
    counted: Together


@dataclass(frozen=True)
class Overview:
    """All that is told of a city. `wijken`: municipality -> its wijken, as people call them.

    `sets`: how many versions of the question set they used. `is_first`: no edition before this one
    told another number of anything, so that what goes together may be told.
    """

    day: str
    number: int | None
    wijken: Mapping[str, Sequence[str]]
    items: tuple[Line, ...]
    patterns: tuple[Line, ...]
    pairs: tuple[Pair, ...]
    twice: int
    sets: int

    @property
    def counted(self) -> int:
        """How many wijken take part."""
        return sum(map(len, self.wijken.values()))


def overview(
    wijken: Mapping[Wijk, Counted],
    listed: CityItems,
    editions: Editions,
    day: str,
    number: int | None = None,
) -> tuple[Overview, dict[str, Record]]:
    """What the edition of `day` tells, and what is to be kept of it."""
    table = tuple(rows(wijken, listed))
    told = {
        row.entry: editions.next(row.entry, row.seen, row.meaning, day, UNCLEAR, number)
        for row in table
    }
    records = {entry: record for entry, (record, _) in told.items()}
    lines = {row.entry: _line(row, records[row.entry], day, number) for row in table}
    firsts = [row for row in table if told[row.entry][1]]
    reports = [each.now for each in wijken.values()]
    made = Overview(
        day=day,
        number=number,
        wijken=_by_municipality(reports),
        items=tuple(lines[each.item] for each in listed.items),
        patterns=tuple(lines[pattern] for pattern in listed.patterns),
        pairs=tuple(_pairs(row for row in firsts if row.entry in listed.patterns)),
        twice=sum(each.then is not None for each in wijken.values()),
        sets=len({report.question_set_hash for report in reports}),
    )
    return made, {**editions.records, **records}


def _line(row: Row, record: Record, day: str, number: int | None) -> Line:
    is_other = bool(record.day) and record.number != number
    return Line(
        row.entry,
        record.told,
        record.moved,
        since=record.day if is_other or record.day != day else "",
        otherwise=row.otherwise,
        meaning=record.meaning,
        number=record.number,
        is_other_round=is_other,
    )


def _by_municipality(reports: Iterable[Report]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    called: dict[str, str] = {}
    for report in sorted(reports, key=lambda each: each.wijk):
        name = called.setdefault(report.wijk.municipality, " ".join(report.municipality.split()))
        found.setdefault(name, []).append(report.called)
    return found


def _pairs(patterns: Iterable[Row]) -> list[Pair]:
    """The patterns that go together, the strongest first."""
    found = []
    for one, other in combinations(patterns, 2):
        if one.seen.now.keys() != other.seen.now.keys():
            continue
        counted = together(one.seen.now, other.seen.now, SEEN)
        if counted is not None and (apart := _apart(counted)) >= _APART:
            found.append((-apart, Pair(one.entry, other.entry, counted)))
    return [pair for _, pair in sorted(found, key=lambda each: (each[0], each[1].one))]


def _apart(counted: Together) -> float:
    """How much larger the share with the second is where the first is seen."""
    beside = counted.both / (counted.both + counted.only_first)
    elsewhere = counted.only_second / (counted.only_second + counted.neither)
    return beside - elsewhere
