"""What a file is that holds no answers as it is: a picture, an office file, the empty form."""

import io
import re
import zipfile
from collections.abc import Collection
from itertools import islice

from bart_tool.store import archives

PICTURE, PDF, WORD, WEB_PAGE = "file-is-picture", "file-is-pdf", "file-is-word", "file-is-web-page"
OUTLOOK, OLD_OFFICE, OFFICE = "file-is-outlook", "file-is-old-office", "office-file"
EMPTY_FORM, XLSFORM, WORKBOOK = "file-is-empty-form", "file-is-xlsform", "workbook"
OPEN_DOCUMENT = "file-is-open-document"

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"%PDF", PDF),
    (b"{\\rtf", WORD),
)
_PICTURES_WITHIN = re.compile(rb"\A(?:RIFF.{4}WEBP|.{4}ftyp(?:hei|mif|avif))", re.DOTALL)
_OLD = b"\xd0\xcf\x11\xe0"
_PAGE = re.compile(r"\A\ufeff?\s*(?:<!doctype html|<html\b)", re.IGNORECASE)
_OWN_FORM = b'<script type="application/json" id="data">'
_INSIDE = (("word/", WORD), ("xl/", WORKBOOK))
_WORDS, _SHEETS, _MOST_SHEETS = "xl/sharedStrings.xml", "xl/worksheets/sheet", 20
_MAX_START = 1000
_MAX_LIST = 1024 * 1024


def what_is(content: bytes, name: str) -> str:
    """The code of what the file is, when that is sure; empty when it may hold answers.

    Only of a workbook the code is no problem: it may be a table of answers.
    """
    for start, code in _STARTS:
        if content.startswith(start) and (start != b"BM" or content[6:10] == b"\0\0\0\0"):
            return code
    if _PICTURES_WITHIN.match(content[:40]):
        return PICTURE
    if content.startswith(_OLD):
        return OUTLOOK if name.lower().endswith(".msg") else OLD_OFFICE
    if content.startswith(b"PK"):
        return _in_zip(content)
    if _PAGE.match(content[:_MAX_START].decode("utf-8", "replace")):
        return EMPTY_FORM if _OWN_FORM in content[:_MAX_LIST] else WEB_PAGE
    return ""


def _in_zip(content: bytes) -> str:
    if len(content) > archives.MAX_MEMBER:
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _office(archive)
    except archives.TROUBLE:
        return ""


def _office(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if "[Content_Types].xml" not in names:
        return OPEN_DOCUMENT if names[:1] == ["mimetype"] else ""
    kind = next(
        (code for begin, code in _INSIDE if any(n.startswith(begin) for n in names)), OFFICE
    )
    return XLSFORM if kind == WORKBOOK and _is_xlsform(archive, names) else kind


def _is_xlsform(archive: zipfile.ZipFile, names: Collection[str]) -> bool:
    """Whether the columns of a questionnaire stand in it: its words lie together or in a sheet."""
    places = (name for name in names if name == _WORDS or name.startswith(_SHEETS))
    for name in islice(places, _MOST_SHEETS):
        with archive.open(name) as stream:
            cells = set(re.findall(rb">([a-z_]{4,40}|label::[^<]{1,40})<", stream.read(_MAX_LIST)))
        if {b"type", b"name"} <= cells and any(each.startswith(b"label") for each in cells):
            return True
    return False
