"""Which files lie in a folder that somebody hands us, and which nobody put there."""

import os
from collections.abc import Iterator
from pathlib import Path

from bart_tool.errors import NotFound
from bart_tool.store.atomic import CannotRead

MAX_FILES = 10_000

# What systems and programs leave in a folder of their own accord.
_OF_SYSTEMS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin"})


def is_passed_over(name: str) -> bool:
    """Whether a file or folder of this name is hidden, or made by a system or an open program."""
    is_hidden = name.startswith(".") and name not in (".", "..")
    return is_hidden or name.startswith("~$") or name.casefold() in _OF_SYSTEMS


def entries_below(folder: Path, most: int | None = None) -> Iterator[Path]:
    """The files and links below `folder`, in order of name; what a link points at is not looked at.

    Pipes and devices are passed over; a folder inside that the system refuses is an entry itself.
    Raises CannotRead when `folder` is refused, NotFound when there are more than `most` files: too
    many for it to be the right folder.
    """
    most = MAX_FILES if most is None else most
    for number, path in enumerate(_walk(folder)):
        if path == folder:
            raise CannotRead("cannot-read", file=str(folder))
        if number >= most:
            raise NotFound("folder-too-large", folder=str(folder), most=most)
        yield path


def _walk(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except FileNotFoundError:
        return  # gone since we looked
    except OSError:
        yield folder  # whoever tries to read it will say that it cannot be
        return
    for entry in entries:
        path = folder / entry.name
        if is_passed_over(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path)
        elif entry.is_symlink() or entry.is_file(follow_symlinks=False):
            yield path
