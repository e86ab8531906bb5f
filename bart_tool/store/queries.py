"""What is counted past one session, in plain SQL: `queries.sql`, and DuckDB that runs it here."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bart_tool.errors import BadData, CannotCreate

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    Base = DuckDBPyConnection

CELLS = ("municipality", "item", "meaning", "code", "wijken")
FINDINGS = ("municipality", "session", "round", "item", "meaning", "code")
_WHOLE = frozenset({"wijken", "round"})  # columns of whole numbers; the others are texts
# Nothing is fetched or loaded, and a table that unfolds to more than memory is refused.
_SETTINGS: Mapping[str, Any] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "2GB",
}


def must_be_there() -> None:
    """Raise CannotCreate, saying what to install, where there is no DuckDB."""
    if find_spec("duckdb") is None:
        raise CannotCreate("extra-missing", formats="Parquet", extras="city")


@cache
def queries() -> Mapping[str, str]:
    """Name -> query, of every query in the file, in its order."""
    text = (files("bart_tool") / "store" / "queries.sql").read_text("utf-8")
    _, *parts = re.split(r"^-- name: ([a-z]+)\n", text, flags=re.MULTILINE)
    return {
        name: query.strip().removesuffix(";")
        for name, query in zip(parts[::2], parts[1::2], strict=True)
    }


def opened() -> "Base":
    """A database in memory, gone when it is closed. Raises as `must_be_there`."""
    must_be_there()
    import duckdb

    return duckdb.connect(":memory:", config=dict(_SETTINGS))


def fill(
    base: "Base",
    name: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
) -> None:
    """Make the table `name` with these rows; the columns are those of `CELLS` or `FINDINGS`."""
    kinds = {column: "BIGINT" if column in _WHOLE else "VARCHAR" for column in columns}
    listed = ", ".join(f"{column} {kind}" for column, kind in kinds.items())
    base.execute(f"CREATE TABLE {name} ({listed})")
    lists = ", ".join(f"unnest(?::{kind}[])" for kind in kinds.values())
    values = [list(each) for each in zip(*rows, strict=True)] or [[] for _ in columns]
    base.execute(f"INSERT INTO {name} SELECT {lists}", values)


def answered(base: "Base", name: str) -> list[dict[str, Any]]:
    """What the query `name` says of the tables in `base`: a dict a row, in no order."""
    found = base.execute(queries()[name])
    columns = [each[0] for each in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def of_parquet(
    base: "Base", content: bytes, columns: Sequence[str], most: int
) -> list[dict[str, str]] | None:
    """The first `most` rows of a Parquet file as texts; None where it lacks one of the columns.

    Raises BadData for a damaged file.
    """
    import duckdb

    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        path.write_bytes(content)
        texts = ", ".join(f'CAST("{each}" AS VARCHAR)' for each in columns)
        try:
            found = base.execute(f"SELECT {texts} FROM read_parquet(?) LIMIT {most}", [str(path)])
            return [
                {name: cell or "" for name, cell in zip(columns, row, strict=True)}
                for row in found.fetchall()
            ]
        except duckdb.BinderException:
            return None
        except (duckdb.Error, UnicodeDecodeError) as error:
            raise BadData("published-damaged") from error
