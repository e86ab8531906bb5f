"""Whose answers a file holds, in whatever form: sheet, rows, mail, archive, half a file."""

import csv
import email
import html
import io
import re
import zipfile
from collections.abc import Iterator
from enum import IntEnum

from bart_tool.store import archives, mails, sheets
from bart_tool.store.plain_file import MAX_BYTES

_DEEPEST = 3  # archives and mails inside each other
_APART = r"[\W_]{1,3}"  # what stands between the parts of a code: any hyphen, a blank, a line end
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAID = re.compile(
    r"""(?i)\bparticipant["']?\s{0,9}[:=]\s{0,9}["']?[ \t]{0,9}([^"',;{}<\n]{1,40})"""
)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_SESSION = re.compile(r"""(?m)^kind\s?:\s?["']?session\b""")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Holds(IntEnum):
    """What a file holds of somebody; what is worth more is larger."""

    NOTHING = 0
    UNREAD = 1  # nobody can say
    MENTION = 2  # the code, and no sign of whose answers it is with
    SHARED = 3  # answers, and those of others
    ALONE = 4  # answers, and nobody else's


class Unread(Exception):
    """What stands in the file cannot be searched."""


def holds(content: bytes, code: str, name: str = "") -> Holds:
    """What `content` holds of `code`; `name` is what its file is called."""
    most, is_whole = Holds.NOTHING, True
    if len(content) > MAX_BYTES:
        return Holds.UNREAD
    try:
        for text in _texts(content, name):
            most = max(most, _in_text(text, code))
    except Unread:
        is_whole = False
    if content.startswith(b"PK") and most is Holds.ALONE:
        return Holds.SHARED  # who else is in it was not asked
    return most if most is not Holds.NOTHING or is_whole else Holds.UNREAD


def is_code(said: str, code: str) -> bool:
    """Whether `said` is `code`, written in any case, with any hyphen or a blank, and in quotes."""
    parts = [part for part in re.split(r"[\W_]+", said.upper()) if part]
    return parts == code.split("-")


def mentions(text: str, code: str) -> bool:
    """Whether `code` stands in `text`, in any case and with any hyphen, not within another code."""
    return _mention(code).search(text) is not None


def _mention(code: str) -> re.Pattern[str]:
    inside = _APART.join(map(re.escape, code.split("-")))
    after = "" if "-" in code else r"|[-\u2010-\u2015\u2212][A-Z0-9]"
    before = r"(?<![A-Z0-9])(?<![A-Z0-9][-\u2010-\u2015\u2212])"
    return re.compile(rf"{before}{inside}(?![A-Z0-9]{after})", re.IGNORECASE)


def _texts(content: bytes, name: str, depth: int = 0) -> Iterator[str]:
    """Every text in `content`. Raises Unread, after what could be read."""
    if archives.is_archive(name, content[:4]):
        yield from _packed(content, depth)
        return
    if mails.OF_A_MAIL.search(content[:20_000]):
        yield from _parts_of_mail(content, depth)
    text = _decoded(content)
    yield text
    if _BINARY.search(text):
        raise Unread


def _decoded(content: bytes) -> str:
    """The text as a person sees it, as far as it is one."""
    kind = _MARKS.get(content[:2])
    if kind is None and content[:400].count(b"\0") > len(content[:400]) // 4:  # without its mark
        kind = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    text = content.decode(kind, "replace") if kind else _bytes_decoded(content)
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\\u" in text else text
    return html.unescape(text) if "&" in text else text


def _bytes_decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _parts_of_mail(content: bytes, depth: int) -> Iterator[str]:
    try:
        parts = list(email.message_from_bytes(content).walk())
        bodies = [(part.get_payload(decode=True), part.get_filename() or "") for part in parts]
    except mails.TROUBLE as error:
        raise Unread from error
    for body, name in bodies:
        if isinstance(body, bytes) and body and depth < _DEEPEST:
            yield from _texts(body, name, depth + 1)


def _packed(content: bytes, depth: int) -> Iterator[str]:
    if depth >= _DEEPEST:
        raise Unread
    left, is_whole = 5 * MAX_BYTES, True
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                if info.flag_bits & 1 or min(left, MAX_BYTES) < info.file_size:
                    is_whole = False
                    continue
                with archive.open(info) as stream:
                    inside = stream.read(info.file_size)
                left -= len(inside)
                if info.filename.endswith(".xml"):  # a table or text of an office program
                    inside = re.sub(rb"<[^<>]*>", b"\n", inside)
                yield info.filename
                yield from _texts(inside, info.filename, depth + 1)
    except archives.TROUBLE as error:
        raise Unread from error
    if not is_whole:
        raise Unread


def _in_text(text: str, code: str) -> Holds:
    if not mentions(text, code) or _SESSION.search(text[:2_000]):
        return Holds.NOTHING  # of a session only the code, which its note keeps as well
    sheet, _ = sheets.parse(text, "")
    if sheet is not None:
        return Holds.ALONE if sheet.participant == code else Holds.NOTHING
    said, rows = _SAID.findall(text), list(_in_rows(text))
    begins = _mention(code)
    mine = sum(begins.match(each) is not None for each in said)
    mine += sum(is_code(each, code) for each in rows)
    if mine:
        return Holds.ALONE if mine == len(said) + len(rows) else Holds.SHARED
    return Holds.NOTHING if said or rows else _without_heading(text, code)


def _in_rows(text: str) -> Iterator[str]:
    """What stands in the column of participants, whichever column that is."""
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if "participant" not in line.casefold():
            continue
        for mark in ",;\t|":
            cells = [cell.strip(" \"'\ufeff\r\n").casefold() for cell in line.split(mark)]
            if len(cells) > 1 and "participant" in cells:
                yield from _column(lines[number + 1 :], cells.index("participant"), mark)
                return


def _column(lines: list[str], column: int, mark: str) -> Iterator[str]:
    try:
        for row in csv.reader(lines, delimiter=mark):
            if len(row) > column and row[column].strip():
                yield re.split(r"[,;\t|]", row[column])[0]  # rows may have a mark of their own
    except csv.Error:  # a NUL, or a cell without end: by the line, then
        for line in lines:
            yield from line.split(mark)[column : column + 1]


def _without_heading(text: str, code: str) -> Holds:
    """Rows of which the heading is gone: a cell that is the code says whose they are."""
    cells = (cell for line in text.splitlines() for cell in re.split(r"[,;\t|]", line))
    return Holds.SHARED if any(is_code(cell, code) for cell in cells) else Holds.MENTION
