"""Reading what is in a zip archive that somebody hands us; nothing is ever unpacked to the disk.

The directory of an archive may lie: what it says is checked before anything is read, and what is
read is bounded whatever it says.
"""

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import IO

from bart_tool.domain.names import is_device_name
from bart_tool.errors import Problem, Where
from bart_tool.store.plain_file import is_passed_over

MAX_ARCHIVE = 100 * 1024 * 1024  # bytes of the file itself
MAX_MEMBERS = 5_000
MAX_MEMBER = 20 * 1024 * 1024  # bytes, unpacked
MAX_TOTAL = 100 * 1024 * 1024  # bytes of all members, unpacked
MAX_RATIO = 200  # times as large unpacked; text is rarely packed more than 20 times
SMALL = 1024 * 1024  # up to here any ratio is harmless
MAX_DIRECTORY = 1024 * 1024  # bytes of the archive's list of members: 200 for each there may be
_AT_ONCE = 64 * 1024

_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PACKED_ENDINGS = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".jar")
_PACKED_STARTS = (*_STARTS, b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HEADER = 30  # bytes of a member's own header, without its name
_ENCRYPTED, _STRONGLY = 0x1, 0x40
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a bound
_OFFICE = "[Content_Types].xml"
# What zipfile was seen to raise on archives that are damaged, or made to hurt.
TROUBLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Rules:
    """How much an archive may hold, in bytes and members, and how it may be packed."""

    archive: int = MAX_ARCHIVE
    members: int = MAX_MEMBERS
    member: int = MAX_MEMBER
    total: int = MAX_TOTAL
    directory: int = MAX_DIRECTORY
    methods: tuple[int, ...] = _METHODS
    takes_archives: bool = False  # as files like any other; they are not opened


OF_SHEETS = Rules()


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: what messages call it, and its content or why it is refused.

    `path`: where it lies in the archive, with `/` between folders.
    """

    name: str
    content: bytes | None = None
    problem: Problem | None = None
    path: str = ""


def is_archive(name: str, start: bytes) -> bool:
    """Whether a file of this name that begins so is an archive."""
    return start.startswith(_STARTS) or name.lower().endswith(".zip")


def members(path: Path, name: str, rules: Rules = OF_SHEETS) -> Iterator[Member]:
    """The files in the archive at `path`, which messages call `name`; one is read at a time.

    Files of an operating system are passed over. An archive that cannot be trusted as a whole, or
    is damaged, gives one member: itself, with the reason.
    """
    try:
        with _opened(path, rules) as archive:
            infos = archive.infolist()
            refused = _refused_whole(path, infos, rules)
            if refused:
                yield _refused(name, refused, rules)
                return
            yield from _each(archive, infos, name, rules)
    except _TooMuch:
        yield _refused(name, "archive-too-many", rules)
    except TROUBLE:
        yield _refused(name, "archive-broken", rules)


class _TooMuch(Exception):
    """The archive asks for more room than its list of members may take."""


class _Bounded(io.FileIO):
    """A file that gives no more at once than a list of members may take.

    zipfile reads that list whole, in the size the archive says.
    """

    def __init__(self, path: Path, most: int) -> None:
        super().__init__(path)
        self._most = most

    def read(self, size: int | None = -1) -> bytes:
        """At most what a list may take. Raises _TooMuch when more is asked."""
        if size is None or size < 0:
            return super().read(self._most) or b""
        if size > self._most:
            raise _TooMuch
        return super().read(size) or b""


@contextmanager
def _opened(path: Path, rules: Rules) -> Iterator[zipfile.ZipFile]:
    with _Bounded(path, rules.directory) as stream, zipfile.ZipFile(stream) as archive:
        yield archive


def _refused(name: str, code: str, rules: Rules) -> Member:
    limits = {
        "archive-too-many": f"{rules.members}",
        "archive-too-large": f"{rules.total // 1024 // 1024} MB",
        "archive-member-too-large": f"{rules.member // 1024 // 1024} MB",
    }
    params = {"most": limits[code]} if code in limits else {}
    return Member(name, problem=Problem(code, Where(name), params))


def _refused_whole(path: Path, infos: list[zipfile.ZipInfo], rules: Rules) -> str:
    """The code of why nothing in the archive is read; empty when something may be."""
    if path.stat().st_size > rules.archive:
        return "archive-too-large"
    if len(infos) > rules.members:
        return "archive-too-many"
    if any(info.filename == _OFFICE for info in infos):
        return "office-file"
    if sum(info.file_size for info in infos) > rules.total:
        return "archive-too-large"
    in_order = sorted(infos, key=lambda info: info.header_offset)
    overlaps = any(
        one.header_offset + _HEADER + one.compress_size > next_one.header_offset
        for one, next_one in pairwise(in_order)
    )
    return "archive-overlap" if overlaps else ""


def _each(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], name: str, rules: Rules
) -> Iterator[Member]:
    # Not `is_dir`, which falls over a name that is empty once it is cut at a NUL.
    files = [info for info in infos if not info.orig_filename.endswith(("/", "\\"))]
    seen = Counter(_folded(info) for info in files)
    named: set[str] = set()
    for info in files:
        inside, parts = info.orig_filename, _parts(info.orig_filename)
        folded, called = _folded(info), f"{name}: {'/'.join(parts) or inside}"
        if any(is_passed_over(part) for part in parts):
            continue
        if seen[folded] > 1:
            if folded not in named:
                named.add(folded)
                yield _refused(called, "archive-twice", rules)
            continue
        code = _refused_for(info, parts, rules)
        if code:
            yield _refused(called, code, rules)
            continue
        yield replace(_read(archive, info, called, rules), path="/".join(parts))


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, called: str, rules: Rules) -> Member:
    try:
        with archive.open(info) as stream:
            content = b"".join(_chunks(stream, rules.member))
    except (*TROUBLE, MemoryError):
        return _refused(called, "archive-member-broken", rules)
    if len(content) > rules.member:
        return _refused(called, "archive-member-too-large", rules)
    is_workbook = called.lower().endswith(".xlsx")  # packed too, and read as a table
    if content.startswith(_PACKED_STARTS) and not rules.takes_archives and not is_workbook:
        return _refused(called, "archive-in-archive", rules)
    return Member(called, content)


def _chunks(stream: IO[bytes], most: int) -> Iterator[bytes]:
    left = most + 1
    while left > 0 and (chunk := stream.read(min(left, _AT_ONCE))):
        left -= len(chunk)
        yield chunk


def _parts(inside: str) -> list[str]:
    # Some programs on Windows write a backslash between folders.
    parts = inside.replace("\\", "/").split("/")
    return [part for part in parts if part != "."]


def _folded(info: zipfile.ZipInfo) -> str:
    """What is one name on some systems: `a.yaml` and `A.YAML`, both ways to write an accent."""
    return unicodedata.normalize("NFC", "/".join(_parts(info.orig_filename))).casefold()


def _refused_for(info: zipfile.ZipInfo, parts: list[str], rules: Rules) -> str:
    """The code of why this member is not read; empty when it may be."""
    if _is_bad_name(info.orig_filename, parts):
        return "archive-bad-name"
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "archive-link"
    if kind not in (0, stat.S_IFREG):
        return "archive-no-file"
    if info.flag_bits & (_ENCRYPTED | _STRONGLY):
        return "archive-encrypted"
    if info.filename.lower().endswith(_PACKED_ENDINGS) and not rules.takes_archives:
        return "archive-in-archive"
    if info.compress_type not in rules.methods:
        return "archive-odd-packing"
    if info.file_size > rules.member:
        return "archive-member-too-large"
    is_bomb = info.file_size > SMALL and info.file_size > MAX_RATIO * info.compress_size
    return "archive-bomb" if is_bomb else ""


def _is_bad_name(inside: str, parts: list[str]) -> bool:
    return (
        re.match(r"[\\/]|[A-Za-z]:", inside) is not None
        or any(part in ("", "..") or is_device_name(part) for part in parts)
        or any(unicodedata.category(char) in ("Cc", "Cs") for char in inside)
    )
