"""The rows of a table as spreadsheets write them: in any of their encodings and separators."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from itertools import islice

from bart_tool.errors import Problem, Severity, Where
from bart_tool.store import plain_file, workbook

REQUIRED = ("participant", "party", "item", "value")
BESIDE = ("question", "choices")  # what an empty table says for who fills it in
_SEPARATORS = ",;\t"
_SAID_SEPARATOR = re.compile(r"""\A\s*"?sep=([,;\t|])"?[ \t]*(?:\r\n|\r|\n)""", re.IGNORECASE)
_MAX_HEADER = 20_000
_MAX_BROKEN = 100  # rows with broken quotation marks, after which reading stops
# What stands for a letter outside ASCII in Dutch and English: the first are by far the most usual.
_USUAL = frozenset("éëïöüèÉ€‘’“”–…")
_UNUSUAL = frozenset("àáâäåæçêîíñóôøùúûœßËÏÖÜ·•—°½²£«»")
# Excel on Windows, Excel on a Mac, and what Excel calls MS-DOS.
_OLD_ENCODINGS = ("cp1252", "mac_roman", "cp850")

Row = tuple[int, list[str], str]


def decode(
    content: bytes, file: str, looks_like: Callable[[str], bool] | None = None
) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file that came from elsewhere, or None and what is wrong with it.

    Beside UTF-8 it reads UTF-16, XLSX and, of a table alone, what old spreadsheets write; that
    letters may then be wrong is said. `looks_like`: whether a text is a table, else `is_table`.
    """
    looks_like = looks_like or is_table
    if content.startswith(b"PK"):
        return workbook.as_text(content, file, looks_like)
    kind = _utf_16(content)
    if kind:
        try:
            return content.decode(kind).removeprefix("\ufeff"), ()
        except UnicodeDecodeError:
            return None, (Problem("not-utf-8", Where(file, 1)),)
    text, problems = plain_file.decode(content, file)
    if text is not None or problems[0].code != "not-utf-8":
        return text, problems
    # Latin-1 reads anything, and every separator and name of a column as it is.
    if looks_like(content[:_MAX_HEADER].decode("latin-1")):
        guess = max(_OLD_ENCODINGS, key=lambda name: _likeness(content, name))
        if _likeness(content, guess) > 0:
            note = Problem("table-old-encoding", Where(file), severity=Severity.NOTE)
            return content.decode(guess), (note,)
    return None, problems


def _utf_16(content: bytes) -> str:
    """The kind of UTF-16 it is, empty for none; a program may leave out its mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = content[:200]
    if len(start) > 3 and start.count(b"\0") * 3 > len(start):
        return "utf-16-le" if start[1] == 0 else "utf-16-be"
    return ""


def _likeness(content: bytes, encoding: str) -> int:
    """How much `content` read so is like Dutch; below 0 when it cannot be that."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return -1
    odd = [char for char in text if not char.isascii()]
    if not all(char in _USUAL or char in _UNUSUAL for char in odd):
        return 0
    return sum(3 if char in _USUAL else 1 for char in odd)


def is_table(text: str) -> bool:
    """Whether the first row says that answers of people follow, one a row or one row a person."""
    names = _names(text)
    return set(names) >= set(REQUIRED) or _is_wide(names)


def is_wide(text: str) -> bool:
    """Whether the first row names the participant and other things, but not one item and value."""
    return _is_wide(_names(text))


def _is_wide(names: Collection[str]) -> bool:
    others = {name for name in names if name} - {*REQUIRED, "consent"}
    return REQUIRED[0] in names and not {"item", "value"} & set(names) and bool(others)


def _names(text: str) -> list[str]:
    start = text[:_MAX_HEADER]
    if REQUIRED[0] not in start.casefold():  # most texts, and most lines of a long one
        return []
    _, cells, trouble = next(rows(start), (0, [], ""))
    return [] if trouble else [folded(cell) for cell in cells]


def rows(text: str) -> Iterator[Row]:
    """Row number, its cells, and the code of what is wrong with its quotation marks.

    The header is row 1, as a spreadsheet counts; a line that says the separator is none. A row that
    would swallow all rows up to the next mark ends at its line.
    """
    text = text.removeprefix("\ufeff")
    said = _SAID_SEPARATOR.match(text)
    lines = list(io.StringIO(text[said.end() :] if said else text, newline=""))
    if not lines:
        return
    separator = said[1] if said else max(_SEPARATORS, key=lines[0].count)
    number = begin = 0
    for _ in range(_MAX_BROKEN):
        reader = csv.reader(islice(lines, begin, None), delimiter=separator, strict=True)
        done = 0
        try:
            for cells in reader:
                number, done = number + 1, reader.line_num
                yield number, cells, ""
        except csv.Error:
            number += 1
            begin += done + 1
            yield number, [], "csv-broken-quotes"
        else:
            return
    yield number + 1, [], "csv-gave-up"


_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\xad]")
_MARKS = re.compile("[\"'`´\u2018-\u201f\u2032\u2033\xab\xbb]")


def folded(said: str) -> str:
    """What is compared of a word: not its case, its kind of hyphen, its quotes or its blanks."""
    plain = _MARKS.sub("", _DASHES.sub("-", said)).replace("\ufeff", "").casefold()
    return " ".join(plain.split()).strip(" .:;")
