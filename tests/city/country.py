"""A made-up country: what each wijk in it found, as a table in a Parquet file."""

from pathlib import Path

import duckdb

MUNICIPALITIES, WIJKEN = 342, 39
ROUNDS, ITEMS = 2, 162  # 4.1 million findings; of 20 people with 40 answers each, 10 million
CODES = (
    *("shared", "joint", "gap", "unknown", "nuance", "not-assigned", "double-claim", "unclaimed"),
    *("wide-gap", "divided", "claimed", "passed-on"),
)
PATTERNS = 1 / 7  # of the items; those are seen or not


def make(
    folder: Path,
    municipalities: int = MUNICIPALITIES,
    wijken: int = WIJKEN,
    items: int = ITEMS,
    seed: int = 17,
) -> Path:
    """Write `findings.parquet`; gives where. In a municipality and on an item codes differ in how
    often they occur; in each tenth wijk nobody answered twice, and in some what was asked differs.
    """
    path = folder / "findings.parquet"
    chance = f"(hash({seed}, place, wijk, round, item) % 100000) / 100000.0"
    # The higher, the more of the wijken of a municipality say the same on an item.
    alike = f"1 + hash({seed}, place, item) % 5"
    otherwise = "hash(wijk, item) % 40 = 0"
    query = f"""
        SELECT
          'Gemeente ' || place AS municipality,
          'wijk-' || wijk AS session,
          CAST(round AS INTEGER) AS round,
          CASE WHEN item % 7 = 6 THEN 'pattern-' || item ELSE 'item-' || item END AS item,
          'hash-' || item || CASE WHEN {otherwise} THEN '-other' ELSE '' END AS meaning,
          CASE
            WHEN item % 7 = 6 THEN CASE WHEN {chance} < 0.4 THEN 'seen' ELSE 'not-seen' END
            ELSE {list(CODES)}[1 + CAST(floor({len(CODES)} * pow({chance}, {alike})) AS INTEGER)]
          END AS code
        FROM range({municipalities}) a(place), range({wijken}) b(wijk),
          range(1, {ROUNDS + 1}) c(round), range({items}) d(item)
        WHERE round = 1 OR wijk % 10 > 0
    """
    with duckdb.connect() as base:
        base.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path
