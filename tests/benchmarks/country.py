"""A country beside DuckDB's own count of it: `python -m tests.benchmarks.country`.

342 municipalities of 39 wijken in two rounds: 4.1 million findings, of 10 million answers.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from bart_tool.store import queries
from tests.benchmarks.sides import Row, beside, show, tell, timed
from tests.city import country

COUNT = (
    "CREATE TABLE counted AS SELECT municipality, item, meaning, code, COUNT(*) AS wijken FROM "
    "'{findings}' GROUP BY municipality, item, meaning, code"
)


def rows(rounds: int, municipalities: int = country.MUNICIPALITIES) -> Iterator[Row]:
    """What may be told of each municipality and of the country, beside counting alone."""
    with tempfile.TemporaryDirectory() as folder:
        tell(f"making {municipalities} municipalities")
        findings = country.make(Path(folder), municipalities)

        def own() -> None:
            with queries.opened() as base:
                base.execute(f"CREATE VIEW findings AS SELECT * FROM read_parquet('{findings}')")
                base.execute(f"CREATE TABLE cells AS {queries.queries()['told']}")
                queries.answered(base, "country")
                queries.answered(base, "codes")

        def floor() -> None:
            with duckdb.connect() as base:
                base.execute(COUNT.format(findings=findings))

        with duckdb.connect() as base:
            (number,) = base.execute(f"SELECT COUNT(*) FROM '{findings}'").fetchone() or (0,)
        name = f"{number / 1e6:.1f} M findings | DuckDB's own count"
        yield beside(name, timed(own), timed(floor), rounds=rounds, aim=1.5)


if __name__ == "__main__":
    show(rows(5))
