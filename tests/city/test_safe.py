"""Who knows one wijk, the rule and all that was told, is certain of no other wijk: in any world.

A world is small and whole: every way in which so many wijken can have so many codes. Wijken of one
part (those that came, that went, ...) are alike in all that is told, so a world is how many of each
part have what; how many worlds of named wijken that stands for is counted too (`-s` prints it).
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import combinations_with_replacement, product
from math import factorial, prod

import pytest

from bart_tool.city.safe import (
    Codes,
    Record,
    Seen,
    Told,
    Wijk,
    are_mixed,
    moved,
    next_edition,
    together,
    told,
)

# What a wijk has: of every edition, or item, a code; None where it has none there.
State = tuple[str | None, ...]
World = Mapping[str, tuple[State, ...]]  # a part's name -> the states of its wijken
Publish = Callable[[World], Hashable]


def worlds(parts: Mapping[str, tuple[int, list[State]]]) -> Iterator[World]:
    """Every world with so many wijken in each part, each in one of the states of that part."""
    ways = [combinations_with_replacement(states, number) for number, states in parts.values()]
    for chosen in product(*ways):
        yield dict(zip(parts, chosen, strict=True))


def certain(some: Iterable[World], publish: Publish) -> tuple[int, int]:
    """(worlds of named wijken that were tried, cases in which another wijk's code is certain)."""
    tried = 0
    # what an insider sees -> (part, place in the state) -> the one code all others have, or None
    known: dict[Hashable, dict[tuple[str, int], str | None]] = {}
    for world in some:
        tried += _named(world)
        seen = publish(world)
        for part, states in world.items():
            for own in set(states):
                mine = dict(_of_one_mind({**world, part: _without(states, own)}))
                before = known.setdefault((seen, part, own), mine)
                for what, code in mine.items():
                    if before[what] != code:
                        before[what] = None
    return tried, sum(code is not None for each in known.values() for code in each.values())


def _named(world: World) -> int:
    """For how many worlds of named wijken this one stands."""
    return prod(
        factorial(len(part)) // prod(map(factorial, Counter(part).values()))
        for part in world.values()
    )


def _without(states: tuple[State, ...], own: State) -> tuple[State, ...]:
    place = states.index(own)
    return states[:place] + states[place + 1 :]


def _of_one_mind(others: World) -> Iterator[tuple[tuple[str, int], str | None]]:
    for part, states in others.items():
        for place in range(len(states[0]) if states else 0):
            yield (part, place), _only({state[place] for state in states})


def _only(codes: set[str | None]) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else None


def at(world: World, place: int) -> Codes:
    """Each wijk's code at this place of the state; not of a wijk that has none there."""
    return {
        Wijk("here", f"{part}-{number}"): code
        for part, states in world.items()
        for number, state in enumerate(states)
        if (code := state[place]) is not None
    }


def leaks(some: Iterable[Iterable[World]], publish: Publish, least: int) -> int:
    """In how many cases a code is certain, in at least so many worlds."""
    found = [certain(each, publish) for each in some]
    tried = sum(worlds for worlds, _ in found)
    cases = sum(cases for _, cases in found)
    print(f"{publish.__name__}: {tried} worlds, {cases} cases")
    assert tried >= least
    return cases


# One table


def one_table(wijken: int, codes: str) -> Iterator[World]:
    return worlds({"all": (wijken, [(code,) for code in codes])})


TABLES = [(wijken, "ABCDE"[:codes]) for codes in (2, 3, 4, 5) for wijken in range(2, 11)]


def as_told(world: World) -> Hashable:
    return told(at(world, 0))


def naively(world: World) -> Hashable:
    """What is often done: a cell of fewer than three is left out, and the total is told."""
    cells = Counter(at(world, 0).values())
    return cells.total(), tuple(sorted(cell for cell in cells.items() if cell[1] > 2))


def test_no_code_of_another_wijk_is_certain_from_a_table() -> None:
    assert leaks((one_table(*size) for size in TABLES), as_told, 13_000_000) == 0


def test_leaving_small_cells_out_and_no_more_would_tell_codes() -> None:
    """The test bites: it finds what it looks for."""
    assert leaks((one_table(*size) for size in TABLES), naively, 13_000_000) > 300


def test_who_knows_a_whole_municipality_is_certain_of_no_wijk_elsewhere() -> None:
    """Here an insider is a municipality: all of its wijken are known to it."""
    cases = tried = 0
    for sizes in ((3, 3), (6, 4), (9, 8), (5, 3, 3), (4, 4, 4), (7, 6, 5)):
        parts = {name: (n, [("A",), ("B",)]) for name, n in zip("PQR", sizes, strict=False)}
        known: dict[Hashable, str | None] = {}
        for world in worlds(parts):
            tried += _named(world)
            codes = {Wijk(wijk.name[0], wijk.name): code for wijk, code in at(world, 0).items()}
            for own in parts:
                others = _only({s[0] for part in parts if part != own for s in world[part]})
                key = (told(codes), own, world[own])
                if known.setdefault(key, others) != others:
                    known[key] = None
        cases += sum(code is not None for code in known.values())
    print(f"municipalities: {tried} worlds, {cases} cases")
    assert (cases, tried > 400_000) == (0, True)


# Several editions


def editions(world: World) -> Iterator[Record]:
    """The item after each edition."""
    record = Record()
    for number in range(len(next(states for states in world.values() if states)[0])):
        record = next_edition(record, Seen(at(world, number)), str(number))
        yield record


def as_each_edition_tells(world: World) -> Hashable:
    return tuple((record.told, record.day) for record in editions(world))


def always(world: World) -> Hashable:
    return told(at(world, 0)), told(at(world, 1))


def when_three_changed(world: World) -> Hashable:
    then, now = at(world, 0), at(world, 1)
    changed = sum(then.get(wijk) != now.get(wijk) for wijk in {*then, *now})
    return always(world) if changed > 2 else (told(then), "as before")


def changing(came: int, went: int, stayed: int, again: int, codes: str = "AB") -> Iterator[World]:
    """Two editions: those that stayed are as they were, those asked again may have changed."""
    parts: dict[str, list[State]] = {
        "came": [(None, code) for code in codes],
        "went": [(code, None) for code in codes],
        "stayed": [(code, code) for code in codes],
        "again": list(product(codes, codes)),
    }
    sizes = (came, went, stayed, again)
    return worlds({name: (n, parts[name]) for name, n in zip(parts, sizes, strict=True)})


TWO = [s for s in product((0, 1, 3, 4), (0, 1, 3), range(7), range(4)) if 5 < sum(s) < 11]


def test_no_code_of_another_wijk_is_certain_from_two_editions() -> None:
    assert leaks((changing(*sizes) for sizes in TWO), as_each_edition_tells, 200_000) == 0


@pytest.mark.parametrize("publish", [always, when_three_changed])
def test_telling_every_edition_or_each_with_three_that_changed_would_tell_codes(
    publish: Publish,
) -> None:
    assert leaks((changing(3, 0, 7, 0), changing(0, 3, 8, 0)), publish, 1_000) > 20


def three(second: int, third: int, stayed: int, again: int, went: int) -> Iterator[World]:
    """Three editions, with wijken that came in the second or third, or went before the third."""
    codes = "AB"
    return worlds(
        {
            "second": (second, [(None, code, code) for code in codes]),
            "third": (third, [(None, None, code) for code in codes]),
            "stayed": (stayed, [(code, code, code) for code in codes]),
            "again": (again, [(old, old, new) for old, new in product(codes, codes)]),
            "went": (went, [(code, code, None) for code in codes]),
        }
    )


THREE = [
    sizes
    for sizes in product((0, 1, 3, 4), (0, 1, 3, 4), (4, 6), (0, 2, 3), (0, 3))
    if 6 <= sum(sizes) <= 11 and 0 in sizes
]


def test_no_code_of_another_wijk_is_certain_from_three_editions() -> None:
    assert leaks((three(*sizes) for sizes in THREE), as_each_edition_tells, 100_000) == 0


# Several items at once


def several_items(wijken: int, codes: str, more: str) -> Iterator[World]:
    return worlds({"all": (wijken, list(product(codes, more)))})


def all_items(world: World) -> Hashable:
    """Two items at once, and how they go together where both are told."""
    first, second = at(world, 0), at(world, 1)
    tables = (told(first), told(second))
    return (*tables, None if None in tables else together(first, second, "A"))


def test_no_code_of_another_wijk_is_certain_from_several_items_at_once() -> None:
    sizes = [(n, "AB", "AB") for n in range(2, 15)] + [(n, "AB", "ABC") for n in range(2, 10)]
    assert leaks((several_items(*size) for size in sizes), all_items, 10_000_000) == 0


def test_items_of_which_one_follows_from_the_other_would_tell_codes() -> None:
    """Why the list that is told holds no pattern that an item in it can rule out."""
    bound: list[State] = [("A", "A"), ("A", "B"), ("B", "B"), ("C", "B")]
    some = (worlds({"all": (wijken, bound)}) for wijken in range(2, 12))
    assert leaks(some, all_items, 1_000_000) > 10


def items_and_editions(world: World) -> Hashable:
    """Two items in two editions; how they go together is told in the first only."""
    items = [(at(world, place), at(world, place + 2)) for place in (0, 1)]
    first = [next_edition(Record(), Seen(then), "1") for then, _ in items]
    both = zip(first, items, strict=True)
    second = [next_edition(record, Seen(now), "2") for record, (_, now) in both]
    pair = together(items[0][0], items[1][0], "A") if all(each.told for each in first) else None
    return (*((each.told, each.day) for each in (*first, *second)), pair)


def test_no_code_of_another_wijk_is_certain_from_several_items_in_two_editions() -> None:
    pairs = list(product("AB", "AB"))
    new: list[State] = [(None, None, *pair) for pair in pairs]
    old: list[State] = [(*pair, *pair) for pair in pairs]
    some = (
        worlds({"came": (came, new), "stayed": (stayed, old)})
        for came, stayed in ((3, 6), (4, 6), (4, 7))
    )
    assert leaks(some, items_and_editions, 1_000_000) == 0


# What moved


def as_it_moved(world: World) -> Hashable:
    seen = Seen(now=at(world, 1), then=at(world, 0))
    return told(seen.now), moved(seen, "A")


def test_no_code_of_another_wijk_is_certain_from_how_an_item_moved() -> None:
    some = [
        changing(once, 0, 0, twice, codes)
        for codes, most in (("AB", 10), ("ABC", 6))
        for once in (0, 1, 2, 3)
        for twice in range(2, most)
    ]
    assert leaks(some, as_it_moved, 2_000_000) == 0


def moves_and_editions(world: World) -> Hashable:
    """A first edition of one round, a second in which some were asked again."""
    first = next_edition(Record(), Seen(at(world, 0)), "1", "A")
    again = {wijk: code for wijk, code in at(world, 0).items() if wijk.name.startswith("again")}
    second = next_edition(first, Seen(at(world, 1), again), "2", "A")
    return first.told, second.told, second.moved, second.day


def test_no_code_of_another_wijk_is_certain_from_moves_in_two_editions() -> None:
    sizes = [s for s in product((0, 3, 4), (0,), (0, 3, 5, 6), (3, 6, 7, 8)) if sum(s) < 13]
    assert leaks((changing(*each) for each in sizes), moves_and_editions, 1_000_000) == 0


# The rule by examples


def of(**numbers: int) -> Codes:
    codes = [code for code, number in numbers.items() for _ in range(number)]
    return {Wijk("p", f"w{place}"): code for place, code in enumerate(codes)}


@pytest.mark.parametrize(
    ("numbers", "shown", "other"),
    [
        ({"a": 35, "b": 4}, {"a": 35, "b": 4}, 0),
        ({"a": 20, "b": 9, "c": 2, "d": 1}, {"a": 20, "b": 9}, 3),
        ({"a": 20, "b": 9, "c": 2}, {"a": 20}, 11),  # two by themselves would be told
    ],
)
def test_what_is_small_is_told_together(
    numbers: dict[str, int], shown: dict[str, int], other: int
) -> None:
    table = told(of(**numbers))
    assert table == Told(tuple(shown.items()), other)
    assert table.wijken == sum(numbers.values())


@pytest.mark.parametrize("numbers", [{}, {"a": 39}, {"a": 38, "b": 1}, {"a": 2, "b": 2}])
def test_a_table_of_one_cell_is_not_told(numbers: dict[str, int]) -> None:
    assert told(of(**numbers)) is None


def test_over_municipalities_a_cell_is_safe_without_the_largest() -> None:
    here = of(a=10)
    elsewhere = {Wijk("q", f"x{n}"): "b" for n in range(3)}
    beside = {Wijk("r", f"y{n}"): code for n, code in enumerate("aaabbb")}
    assert told({**here, **elsewhere}) is None
    assert told({**here, **elsewhere, **beside}) == Told((("a", 13), ("b", 6)))


def test_three_that_came_with_one_code_hold_the_item_back() -> None:
    first = next_edition(Record(), Seen(of(a=6, b=6)), "1")
    new = [Wijk("p", f"n{number}") for number in range(4)]
    alike = next_edition(first, Seen({**of(a=6, b=6), **dict.fromkeys(new[:3], "a")}), "2")
    unlike = next_edition(first, Seen({**of(a=6, b=6), **dict(zip(new, "aabb", strict=True))}), "2")
    assert (alike.told, alike.day, len(alike.editions)) == (first.told, "1", 2)
    assert (unlike.told, unlike.day) == (Told((("a", 8), ("b", 8))), "2")
    assert not are_mixed(dict(zip(new, "aab", strict=False)))
