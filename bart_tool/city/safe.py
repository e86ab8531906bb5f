"""The k-safe rule: what may be told of many wijken, so that nobody learns the code of one of them.

Counted are *wijken*, never people. An insider knows the code of the own wijk, this rule and all
that was told. Over several municipalities the insider knows every wijk of the own one.

1. A cell (a code of an item) stands alone when at least 3 wijken are in it; over several
   municipalities still 3 without those of the municipality that has most.
2. The other codes are one cell, "overig". The smallest safe cells join it until it is safe and
   holds two codes or more.
3. A table of one cell is not told, and neither is one in which "overig" never becomes safe.
4. There is one cut: an item is counted over all wijken, never also by area or by another code.
   Which way it moved, and what goes together, is told only where no smaller cell follows from it.
5. An edition counts for an item when at least 3 wijken changed on it since *every* earlier one. It
   tells the item anew only when the wijken that came and went in the same editions, and changed in
   the same ones, are mixed in each of these: two codes are left whichever wijk is taken out.
   Otherwise the item stands there as an earlier edition told it, or is not told.

Why that is enough: whatever is told depends on how often a code occurs in such a part, not on which
wijk has it. So wijken of one part can change places and all that was told stays true. Of a wijk the
code is certain only when all others of its part have that code too; by 3 and 5 they have not. Of
what is *not* told that reasoning says nothing: `tests/city/test_safe.py` tries every small world.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

LEAST = 3  # wijken
WAYS = ("clearer", "less-clear", "same")  # in which an item can have moved


class Wijk(NamedTuple):
    """A wijk, by the municipality that it lies in."""

    municipality: str
    name: str


Codes = Mapping[Wijk, str]  # wijk -> its code on an item


@dataclass(frozen=True, slots=True)
class Told:
    """An item as it may be told. `alone`: code -> wijken, most first; `other`: all that is left."""

    alone: tuple[tuple[str, int], ...]
    other: int = 0

    @property
    def wijken(self) -> int:
        """How many wijken are counted."""
        return self.other + sum(number for _, number in self.alone)

    def number(self, codes: Iterable[str]) -> int:
        """In how many wijken one of these codes stands alone: at least so many have it."""
        wanted = set(codes)
        return sum(number for code, number in self.alone if code in wanted)


def told(codes: Codes) -> Told | None:
    """What may be told of an item (rules 1 to 3); None when nothing may."""
    cells: dict[str, Counter[str]] = defaultdict(Counter)
    for wijk, code in codes.items():
        cells[code][wijk.municipality] += 1
    several = len({wijk.municipality for wijk in codes}) > 1

    def is_safe(cell: Counter[str]) -> bool:
        return cell.total() - (max(cell.values(), default=0) if several else 0) >= LEAST

    order = sorted(cells, key=lambda code: (cells[code].total(), code))
    alone = [code for code in order if is_safe(cells[code])]
    rest = [code for code in order if code not in alone]
    other = sum((cells[code] for code in rest), Counter[str]())
    while rest and alone and (len(rest) < 2 or not is_safe(other)):
        rest.append(alone.pop(0))
        other += cells[rest[-1]]
    if len(alone) + bool(rest) < 2 or (rest and not is_safe(other)):
        return None
    shown = ((code, cells[code].total()) for code in alone)
    return Told(tuple(sorted(shown, key=lambda cell: (-cell[1], cell[0]))), other.total())


def are_mixed(codes: Codes) -> bool:
    """Whether two codes are left among these wijken, whichever wijk an insider takes out.

    Over several municipalities: whichever municipality. True where there are no wijken at all.
    """
    several = len({wijk.municipality for wijk in codes}) > 1
    for code in set(codes.values()):
        others = [wijk for wijk, said in codes.items() if said != code]
        known = Counter(wijk.municipality if several else wijk.name for wijk in others)
        if len(others) == max(known.values(), default=0):
            return False
    return True


@dataclass(frozen=True, slots=True)
class Seen:
    """What an edition is made from: each wijk's code, and the one of the round before, if any."""

    now: Codes
    then: Codes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """An item through all editions. `moved`: which way it went; `day`: of the edition that told it.

    `meaning`: the hash of what was asked, as that edition told it; `number`: the round it was of,
    None where that was the newest of each wijk.

    `editions` are those that counted (rule 5), also where nothing was told.
    """

    editions: tuple[Seen, ...] = ()
    told: Told | None = None
    moved: Told | None = None
    has_moved: bool = False  # whether any edition told which way it went
    day: str = ""
    meaning: str = ""
    number: int | None = None


def next_edition(record: Record, seen: Seen, day: str, unclear: Iterable[str] = ()) -> Record:
    """The item as the edition of `day` tells it (rule 5). `unclear`: the codes to talk about."""
    if len(seen.now) < 2 * LEAST or any(
        _changed(before, seen) < LEAST for before in record.editions
    ):
        return record
    editions = (*record.editions, seen)
    table, way = told(seen.now), moved(seen, unclear)
    if record.editions:
        mixed_now = _mixed(editions, [each.now for each in editions], fine=record.has_moved)
        table = table if mixed_now else None
        both = [*(each.now for each in editions), *(each.then for each in editions)]
        way = way if table and _mixed(editions, both, fine=True) else None
    if table is None:
        return replace(record, editions=editions)
    return Record(editions, table, way, record.has_moved or way is not None, day)


def _changed(before: Seen, seen: Seen) -> int:
    return sum(before.now.get(wijk) != seen.now.get(wijk) for wijk in {*before.now, *seen.now})


def _mixed(editions: Sequence[Seen], some: Sequence[Codes], *, fine: bool) -> bool:
    return all(
        are_mixed({wijk: each[wijk] for wijk in part if wijk in each})
        for part in _parts(editions, fine)
        for each in some
    )


def _parts(editions: Sequence[Seen], fine: bool) -> Iterator[list[Wijk]]:
    """The wijken that were there, and changed, in the same editions; `fine`: in `then` as well."""
    parts: dict[tuple[int | None, ...], list[Wijk]] = defaultdict(list)
    for wijk in {wijk for each in editions for wijk in each.now}:
        history = [each.now.get(wijk) for each in editions]
        if fine:
            history += [each.then.get(wijk) for each in editions]
        first: dict[str, int] = {}
        alike = (None if c is None else first.setdefault(c, len(first)) for c in history)
        parts[tuple(alike)].append(wijk)
    yield from parts.values()


def moved(seen: Seen, unclear: Iterable[str]) -> Told | None:
    """Which way an item went in the wijken that answered twice: see `WAYS`.

    None unless these wijken may be told of as they were, as they are and as they moved, and the
    others are mixed, or there are none. Else one of these would follow from the others.
    """
    talked, twice = set(unclear), seen.then.keys() & seen.now.keys()
    names = {(True, False): "clearer", (False, True): "less-clear"}
    ways = {
        wijk: names.get((seen.then[wijk] in talked, seen.now[wijk] in talked), "same")
        for wijk in twice
    }
    once = {wijk: code for wijk, code in seen.now.items() if wijk not in twice}
    both = [{wijk: each[wijk] for wijk in twice} for each in (seen.then, seen.now)]
    if not are_mixed(once) or None in [told(each) for each in (*both, seen.now)]:
        return None
    return told(ways)


@dataclass(frozen=True, slots=True)
class Together:
    """Two yes-or-no items side by side: in how many wijken both, one, or none is seen."""

    both: int
    only_first: int
    only_second: int
    neither: int


def together(first: Codes, second: Codes, yes: str) -> Together | None:
    """How two items go together; None unless each of the four cells may stand alone.

    A smaller one could be worked out, from these and from what is told of each item.
    """
    pairs = {
        wijk: f"{first[wijk] == yes}-{second[wijk] == yes}" for wijk in first.keys() & second.keys()
    }
    table = told(pairs)
    if table is None or len(table.alone) < 4:
        return None
    found = dict(table.alone)
    return Together(*(found[f"{one}-{two}"] for one in (True, False) for two in (True, False)))
