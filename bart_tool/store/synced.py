"""Recognising the copies that synced folders make of a file when two people changed it."""

import re

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
