"""Tables that municipalities publish of their wijken: found in a folder, or fetched by https."""

import csv
import io
import re
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING
from urllib import request
from urllib.error import HTTPError

from bart_tool.errors import BadData, BartError, NotFound, Problem, Where
from bart_tool.store import plain_file, queries

if TYPE_CHECKING:
    from bart_tool.store.queries import Base

COLUMNS = ("municipality", "edition", "item", "meaning", "code", "wijken", "of")
MOST = 4 * 1024 * 1024  # bytes of one table; of the whole list it is 0.02 MB
_ROWS = 10_000
_SECONDS = 20.0  # for the next bytes, and three times that for all
_AT_ONCE = 8  # addresses
_NAMED = re.compile(r"(?i)(.*[^a-z0-9])?city([^a-z0-9].*)?\.(csv|parquet)")
_HTTPS = "https://"


@dataclass(frozen=True, slots=True)
class FoundTable:
    """The rows of a table as texts, by `COLUMNS`. `where`: its path or address, for people."""

    where: str
    rows: Sequence[Mapping[str, str]]


def found(places: Sequence[str]) -> tuple[list[FoundTable], list[Problem]]:
    """The tables at these places, in that order, and what could not be read, a problem each.

    A place is an address of a table, a file, or a folder: there every `city.csv` and
    `city.parquet`, also as `crooswijk-city.csv`. Raises as `queries.must_be_there`.
    """
    every = [each for place in places for each in _below(place)]
    with ThreadPoolExecutor(_AT_ONCE) as pool, queries.opened() as base:
        contents = pool.map(_content, every)
        made = [_table(base, *each) for each in zip(every, contents, strict=True)]
    tables = [each for each in made if isinstance(each, FoundTable)]
    return tables, [each for each in made if isinstance(each, Problem)]


def _below(place: str) -> Iterator[str]:
    """The place itself, or the tables in a folder: where one is there twice, as Parquet."""
    if "://" in place or not Path(place).is_dir():
        yield place
        return
    below = (Path(place, name) for name in plain_file.names_below(Path(place)))
    paths = [path for path in below if _NAMED.fullmatch(path.name)]
    as_parquet = {each.with_suffix("") for each in paths if each.suffix.lower() == ".parquet"}
    for path in paths:
        if path.suffix.lower() == ".parquet" or path.with_suffix("") not in as_parquet:
            yield str(path)


def _content(place: str) -> bytes | Problem:
    try:
        return _fetched(place) if "://" in place else plain_file.read_bytes(Path(place), MOST + 1)
    except BartError as error:
        return Problem(error.code, Where(place), {**error.params, "file": place})


def _table(base: "Base", place: str, content: bytes | Problem) -> FoundTable | Problem:
    if isinstance(content, Problem):
        return content
    if len(content) > MOST:
        return Problem("file-too-large", Where(place), {"most": f"{MOST // 1024} kB"})
    try:
        if content[:4] == b"PAR1":
            rows = queries.of_parquet(base, content, COLUMNS, _ROWS + 1)
        else:
            rows = _of_csv(content)
    except BadData as error:
        return Problem(error.code, Where(place))
    if rows is None:
        return Problem("published-no-table", Where(place))
    if len(rows) > _ROWS:
        return Problem("published-damaged", Where(place))
    return FoundTable(place, rows)


def _of_csv(content: bytes) -> list[dict[str, str]] | None:
    """Raises BadData for what is no CSV."""
    text, problems = plain_file.decode(content, "", MOST)
    if text is None or problems:
        raise BadData("published-damaged")
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        if not set(COLUMNS) <= set(reader.fieldnames or ()):
            return None
        return [{name: row[name] or "" for name in COLUMNS} for row in reader]
    except csv.Error as error:
        raise BadData("published-damaged") from error


def _fetched(address: str) -> bytes:
    """What is published there, or its first bytes. Raises NotFound, with why."""
    if not address.lower().startswith(_HTTPS):
        raise NotFound("published-not-https")
    until = time.monotonic() + 3 * _SECONDS
    content = b""
    try:
        with _opener().open(address, timeout=_SECONDS) as answer:
            while len(content) <= MOST and (more := answer.read1(65_536)):
                content += more
                if time.monotonic() > until:
                    raise TimeoutError
    except HTTPError as error:
        error.close()
        raise NotFound("published-refused", status=error.code) from error
    except (OSError, HTTPException, ValueError) as error:  # ValueError: no system takes the address
        if isinstance(getattr(error, "reason", None), ssl.SSLCertVerificationError):
            raise NotFound("published-not-trusted") from error
        raise NotFound("published-no-answer") from error
    return content


def _opener() -> request.OpenerDirector:
    """Knows https and nothing else, also where it is sent on to."""
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(),
        request.HTTPSHandler(),
        request.HTTPRedirectHandler(),
        request.HTTPDefaultErrorHandler(),
        request.HTTPErrorProcessor(),
        request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener
