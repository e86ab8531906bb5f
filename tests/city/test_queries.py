"""The queries of a country: one file, the same answer everywhere, and no more than may be told."""

import hashlib
import json
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from bart_tool.city.overview import SAME, UNCLEAR
from bart_tool.city.safe import Told, Wijk, told
from bart_tool.store import queries
from tests.city import country, engines
from tests.city.engines import Said

CODES = ("a", "b-c", "b", "d")  # a hyphen and a letter change places by some orders of texts
KINDS = {"unclear": UNCLEAR, "same": SAME, "seen": ("seen",)}


def hashed(said: Said) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("land")
    folder.chmod(0o755)
    return country.make(folder, municipalities=30, wijken=13, items=14)


@pytest.fixture(scope="module")
def on_duckdb(findings: Path) -> Said:
    said = engines.on_duckdb(findings)
    assert all(len(rows) > 13 for rows in said.values())
    return said


@pytest.mark.parametrize(
    "engine", [engines.on_postgres, pytest.param(engines.on_spark, marks=pytest.mark.spark)]
)
def test_every_engine_says_the_same(
    engine: Callable[[Path], Said], findings: Path, on_duckdb: Said
) -> None:
    said = engine(findings)
    print(engine.__name__, hashed(said))
    assert said == on_duckdb
    assert hashed(said) == hashed(on_duckdb)


def test_what_is_something_to_talk_about_is_the_same_list_as_in_a_city() -> None:
    with queries.opened() as base:
        every = [code for codes in KINDS.values() for code in codes]
        rows = [("g", code, "h", code, 3) for code in [*every, "nuance", "other", "not-seen"]]
        queries.fill(base, "cells", queries.CELLS, rows)
        for row in queries.answered(base, "country"):
            for kind, codes in KINDS.items():
                assert row[f"{kind}_in"] == (row["item"] in codes), row


def numbers(wijken: int, codes: int) -> Iterator[tuple[int, ...]]:
    """Each way in which so many wijken can have so many codes."""
    for found in product(range(wijken + 1), repeat=codes):
        if sum(found) == wijken:
            yield found


def test_the_cells_of_every_small_city_are_those_of_the_rule() -> None:
    cities = [each for wijken in range(1, 17) for each in numbers(wijken, len(CODES))]
    rows, expected = [], set()
    for number, found in enumerate(cities):
        codes = [code for code, times in zip(CODES, found, strict=True) for _ in range(times)]
        for place, code in enumerate(codes):
            rows.append((f"g{number}", f"s{place}", 2, "item", "h", code))
            if place % 3 == 0:  # an earlier round does not count
                rows.append((f"g{number}", f"s{place}", 1, "item", "h", CODES[place % 4]))
        by_rule = told({Wijk("g", str(place)): code for place, code in enumerate(codes)})
        expected |= set(cells_of(f"g{number}", by_rule))
    with queries.opened() as base:
        queries.fill(base, "findings", queries.FINDINGS, rows)
        said = queries.answered(base, "told")
    found_cells = {(row["municipality"], row["code"], row["wijken"]) for row in said}
    assert len(cities) > 4_000
    assert len(found_cells) == len(said)
    assert found_cells == expected


def cells_of(municipality: str, table: Told | None) -> Iterator[tuple[str, str, int]]:
    if table is not None:
        yield from ((municipality, *cell) for cell in table.alone)
        if table.other:
            yield municipality, "other", table.other
