"""What somebody hands us: the files in a folder, the text in a file, or what is wrong with it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from bart_tool.errors import NotFound, Problem, Where
from bart_tool.store.protocol import CannotRead

MAX_BYTES = 100 * 1024 * 1024  # of one file
MAX_FILES = 10_000  # in one folder, and below it

# What systems and programs leave in a folder of their own accord.
_OF_SYSTEMS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin"})


def read_text(path: Path, most: int = MAX_BYTES) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of `path`, without a mark of byte order, or None and what is wrong with it.

    Raises NotFound when there is no such file, CannotRead when the system refuses it.
    """
    return decode(read_bytes(path, most + 1), path.name, most)


def read_bytes(path: Path, most: int = -1) -> bytes:
    """What `path` holds, or its first `most` bytes. Raises NotFound or CannotRead."""
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            # Asked for `most` bytes, Python takes as much memory first, for a file of any size.
            return stream.read()[:most] if 0 < size < most else stream.read(most)
    except FileNotFoundError as error:
        raise NotFound("no-such-file", file=str(path)) from error
    except (OSError, ValueError) as error:  # ValueError: a name no system takes
        raise CannotRead("cannot-read", file=str(path)) from error


def decode(
    content: bytes, file: str, most: int = MAX_BYTES
) -> tuple[str | None, tuple[Problem, ...]]:
    """The text in `content`, or None and what is wrong: more than `most` bytes, or no UTF-8."""
    if len(content) > most:
        return None, (Problem("file-too-large", Where(file), {"most": f"{most // 1024} kB"}),)
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return None, (Problem("not-utf-8", Where(file, line)),)


def is_passed_over(name: str) -> bool:
    """Whether a file or folder of this name is hidden, or made by a system or an open program."""
    is_hidden = name.startswith(".") and name not in (".", "..")
    return is_hidden or name.startswith("~$") or name.casefold() in _OF_SYSTEMS


def names_below(folder: Path, most: int | None = None) -> Iterator[str]:
    """The files and links below `folder`, in order: the name of each from there, with `/`.

    What a link points at is not looked at. Pipes and devices are passed over; a folder inside that
    the system refuses is an entry itself. Raises CannotRead when `folder` is refused, NotFound when
    there are more than `most` files: too many for it to be the right folder.
    """
    most = MAX_FILES if most is None else most
    for number, name in enumerate(_walk(folder)):
        if not name:
            raise CannotRead("cannot-read", file=str(folder))
        if number >= most:
            raise NotFound("folder-too-large", folder=str(folder), most=most)
        yield name


def _walk(folder: Path, within: str = "") -> Iterator[str]:
    try:
        with os.scandir(folder / within) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return  # gone since we looked
    except OSError:
        yield within  # whoever tries to read it will say that it cannot be
        return
    for entry in entries:
        name = f"{within}/{entry.name}" if within else entry.name
        if is_passed_over(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder, name)
        elif entry.is_symlink() or entry.is_file(follow_symlinks=False):
            yield name


# What stands between the name and the ending, by whom: Syncthing; Nextcloud and ownCloud, new and
# old; Dropbox, in English and Dutch; OneDrive (the name of the computer); browsers and systems.
_MARKS = re.compile(
    r"\.sync-conflict-\d{8}-\d{6}-[A-Z0-9]{7}"
    r"| \((?:[^()]*\s)?conflicted copy[^()]*\)"
    r"| \([^()]*conflicterende kopie[^()]*\)"
    r"|_conflict-[0-9]+-[0-9]+"
    r"| \(case clash[^()]*\)"
    r"|-[A-Za-z0-9]{1,63}"
    r"| ?\(\d{1,4}\)"
    r"| \d{1,3}"
    r"| - (?:Copy|[Kk]opie)(?: \(\d{1,4}\))?",
    re.IGNORECASE,
)


def is_copy(name: str, stem: str) -> bool:
    """Whether a file called `name` is called as a copy of `stem` with any ending."""
    if not name.startswith(stem):
        return False
    mark, dot, _ = name[len(stem) :].rpartition(".")
    return bool(dot) and re.fullmatch(rf"(?:{_MARKS.pattern})+", mark, re.IGNORECASE) is not None
