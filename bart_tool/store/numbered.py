"""Files kept under a number: a name or a hash of the content would tell what is in them."""

import re
from pathlib import Path

from bart_tool.store import atomic
from bart_tool.store.atomic import CannotRead


def keep(folder: Path, stem: str, ending: str, content: bytes) -> Path:
    """Keep `content` in `folder` as `<stem>.<number><ending>`; the same content twice is one file.

    Interrupted, it can be done again. Raises Busy, CannotCreate or CannotRead.
    """
    named = re.compile(rf"{re.escape(stem)}\.([0-9]{{1,9}})(\..+)", re.DOTALL)
    highest = 0
    with atomic.locked(folder / stem):
        for name in atomic.names_in(folder):
            found = named.fullmatch(name)
            if found is None:
                continue
            if found[2] == ending and _holds(folder / name, content):
                return folder / name
            highest = max(highest, int(found[1]))
        path = folder / f"{stem}.{highest + 1}{ending}"
        atomic.save(path, content, None)
    return path


def _holds(path: Path, content: bytes) -> bool:
    try:
        stored = atomic.read(path) if path.lstat().st_size == len(content) else None
    except (CannotRead, FileNotFoundError):  # a link, or gone since we looked: not ours to use
        return False
    return stored is not None and stored.content == content
