"""Recognising folders that a service copies to other computers, and the copies it makes there.

Two people who change one file at the same moment get a copy of it, under a name of the service's.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

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


# What the folder of a service is called, in lower case; a business adds its name.
_FOLDERS = (
    ("OneDrive", re.compile(r"onedrive( ?- ?.+)?")),
    ("Dropbox", re.compile(r"dropbox( \(.+\))?")),
    ("Nextcloud", re.compile(r"nextcloud[0-9]*")),
    ("ownCloud", re.compile(r"owncloud[0-9]*")),
    ("iCloud", re.compile(r"icloud ?drive|mobile documents|com~apple~clouddocs")),
    ("Google Drive", re.compile(r"google ?drive(-.+)?|my drive|mijn drive")),
)
# What a service puts in its folder, whatever that is called.
_LEFT_THERE = (
    ("Syncthing", re.compile(r"\.stfolder")),
    ("Dropbox", re.compile(r"\.dropbox(\.cache)?")),
    ("Nextcloud", re.compile(r"\._?sync_[0-9a-f]+\.db|\.nextcloudsync\.log")),
    ("ownCloud", re.compile(r"\.owncloudsync\.log")),
)
_SAID_BY_SYSTEM = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")  # Windows


def service_of(path: Path) -> str:
    """The service that copies what lies at `path` to other computers; empty when none is known."""
    for folder in _around(path):
        if any(os.environ.get(name) == str(folder) for name in _SAID_BY_SYSTEM):
            return "OneDrive"
        for service, called in _FOLDERS:
            if called.fullmatch(folder.name.casefold()):
                return service
        try:
            names = os.listdir(folder)  # noqa: PTH208 (names, not paths)
        except OSError:
            continue
        for service, called in _LEFT_THERE:
            if any(name.startswith(".") and called.fullmatch(name) for name in names):
                return service
    return ""


def _around(path: Path) -> Iterator[Path]:
    """The folders around `path`, also where links in it lead; a user's home and above last."""
    absolute = path.absolute()
    seen = [absolute, *absolute.parents]
    yield from seen
    yield from (each for each in absolute.resolve().parents if each not in seen)
