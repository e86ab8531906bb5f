"""Putting another state in place of all that a folder holds: first all of it beside, then file by
file, so that a start after a crash goes on with it.

What lies beside is whole before it gets its name, and is removed when the folder holds the same.
"""

import re
import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from bart_tool.errors import Busy
from bart_tool.store import atomic
from bart_tool.store.locations import SESSION_FILE
from bart_tool.store.protocol import is_temporary

_ENDING = ".exchanging"
_HALF = ".restoring"  # as of a restore that was killed: swept


def exchange(target: Path, files: Mapping[str, bytes], expected: Mapping[str, str]) -> None:
    """Have exactly `files` in the folder `target`, which is made where it is not there.

    `expected`: inside -> fingerprint, of what it held when it was read. Raises Busy when that
    changed, CannotCreate or CannotWrite.
    """
    mark = f"{target.name}.{secrets.token_hex(8)}"
    half, whole = target.with_name(f".{mark}{_HALF}"), target.with_name(f".{mark}{_ENDING}")
    with atomic.locked(target):  # so that nobody takes what lies beside for what was left
        try:
            atomic.fill_folder(half, files)
            there = {name: atomic.read(target / name) for name in held(target)}
            if {name: each.fingerprint for name, each in there.items() if each} != dict(expected):
                raise Busy("changed-since-read", file=SESSION_FILE)
            if not target.exists():
                atomic.move(half, target)
                return
            atomic.move(half, whole)
        except OSError as error:
            raise atomic.refusal("cannot-create-folder", error, target.name, is_new=True) from error
        finally:
            atomic.remove_tree(half)
        go_on(target)


def go_on(target: Path) -> None:
    """Finish what was begun in the folder `target`, if anything was. Raises as `exchange`."""
    named = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{16}}{re.escape(_ENDING)}")
    for name in atomic.names_in(target.parent):
        if not named.fullmatch(name):
            continue
        whole = target.with_name(name)
        new = set(held(whole))
        for inside in set(held(target)) - new:
            atomic.remove(target / inside)
        by_folder: dict[str, dict[str, bytes]] = defaultdict(dict)
        for inside in new:
            folder, _, last = inside.rpartition("/")
            by_folder[folder][last] = (whole / inside).read_bytes()
        own = by_folder.pop("", {})
        for folder in sorted(by_folder):
            for above in (*reversed(Path(folder).parents[:-1]), Path(folder)):
                atomic.make_folder(target / above)
            atomic.replace_all(target / folder, by_folder[folder])
        atomic.replace_all(target, own)  # session.yaml among them: what it speaks of is there
        done = whole.with_name(f"{name.removesuffix(_ENDING)}{_HALF}")
        atomic.move(whole, done)  # half of it must not be taken for all of it
        atomic.remove_tree(done)


def held(folder: Path, above: str = "") -> Iterator[str]:
    """The files in `folder`, as they are called there: no locks, no links."""
    for name in atomic.names_in(folder / above):
        inside = f"{above}/{name}" if above else name
        path = folder / inside
        if path.is_symlink() or is_temporary(name):
            continue
        if path.is_dir():
            yield from held(folder, inside)
        elif path.is_file():
            yield inside
