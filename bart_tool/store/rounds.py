"""Finished rounds: each kept whole under rounds/<n>/ while the session goes on with the next.

First the copy is made under a temporary name and renamed, then session.yaml says that the next
round has begun, then what the copy holds is removed from where the old round lay. Killed anywhere
in between, every answer lies in at least one of the two places, and the next start goes on.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bart_tool.errors import Busy, CannotWrite, NotFound
from bart_tool.store import atomic
from bart_tool.store.atomic import CannotRead

ROUNDS = "rounds"
_KEPT = re.compile(r"[1-9][0-9]{0,8}(-before-[1-9][0-9]{0,8})?")
_TEMPORARY = re.compile(r"\.[1-9][0-9]{0,8}\.copying")
_UNSWEPT = ".unswept-{number}"  # says that the old round's files must still be removed


def keep(session: Path, number: int, files: Sequence[str], folders: Sequence[str]) -> None:
    """Copy the `files` and `folders` of the round that ends to rounds/`number`.

    A copy that was made before, and after which the session went on all the same, is put aside if
    it holds anything else. Raises Busy, CannotRead, CannotCreate or CannotWrite; then nothing has
    changed but for copies.
    """
    rounds = session / ROUNDS
    atomic.make_folder(rounds)
    with atomic.locked(rounds / ROUNDS):
        copy, final = rounds / f".{number}.copying", rounds / str(number)
        _remove_all(copy)
        atomic.make_folder(copy)
        for name in files:
            _copy(session / name, copy / name)
        for name in folders:
            _copy_folder(session / name, copy / name)
        if _content(final) == _content(copy):
            _remove_all(copy)
        else:
            if final.exists():
                atomic.move(final, _free(rounds, number))
            atomic.move(copy, final)
        _put(rounds / _UNSWEPT.format(number=number), b"")


def bring_back(
    session: Path, number: int, folders: Sequence[str], make_room: Callable[[Path, bytes], None]
) -> None:
    """Put the files of a kept round where they lay. Raises NotFound, CannotRead or CannotWrite.

    `make_room` is told of every other file that lies there now (its path in the session and what
    it holds) before the kept one takes its place.
    """
    kept = finished(session, number)
    for path in [path for name in folders for path in _files_in(kept / name)]:
        inside = path.relative_to(kept)
        for folder in (*reversed(inside.parents[:-1]),):
            atomic.make_folder(session / folder)
        stored, there = atomic.read(path), atomic.read(session / inside)
        if stored is not None and stored != there:
            if there is not None:
                make_room(inside, there.content)
            atomic.save(session / inside, stored.content, there.fingerprint if there else None)


def forget(session: Path, number: int) -> None:
    """Remove the copy of a round that lies where it was again. Raises CannotWrite."""
    with atomic.locked(session / ROUNDS / ROUNDS):
        _remove_all(session / ROUNDS / str(number))


def finished(session: Path, number: int) -> Path:
    """Where round `number` lies. Raises NotFound when it does not."""
    path = session / ROUNDS / str(number)
    if not path.is_dir() or path.is_symlink():
        raise NotFound("round-not-kept", round=number)
    return path


def all_kept(session: Path) -> tuple[Path, ...]:
    """Every folder in which a round, or what was once meant to be one, lies."""
    rounds = session / ROUNDS
    names = (name for name in atomic.names_in(rounds) if _KEPT.fullmatch(name))
    return tuple(rounds / name for name in names if not (rounds / name).is_symlink())


def sweep(session: Path, now: int, folders: Sequence[str]) -> list[Path]:
    """Go on with what a killed program left, in a session that is at round `now`.

    Gives what was removed: copies that were not finished, and of the round before this one the
    files in `folders` of which an identical copy is kept. Whatever differs stays.
    """
    rounds = session / ROUNDS
    left = [name for name in atomic.names_in(rounds) if name.startswith(".")]
    if not any(_TEMPORARY.fullmatch(name) for name in left) and (
        _UNSWEPT.format(number=now - 1) not in left
    ):
        return []
    removed: list[Path] = []
    try:
        with atomic.locked(rounds / ROUNDS, seconds=0):
            for name in left:
                if _TEMPORARY.fullmatch(name):
                    removed.extend(_remove_all(rounds / name))
            mark = rounds / _UNSWEPT.format(number=now - 1)
            if mark.exists():
                kept = rounds / str(now - 1)
                same, unread = _remove_same(session, kept, folders)
                removed.extend(same)
                if not unread:
                    atomic.remove(mark)
    except (Busy, CannotWrite):
        pass  # somebody is at it, or we may not: the next start tries again
    return removed


def _files_in(folder: Path) -> Iterator[Path]:
    """The plain files below `folder`, without locks, half-written ones and links."""
    for name in atomic.names_in(folder):
        path = folder / name
        if path.is_symlink() or atomic.is_temporary(name):
            continue
        if path.is_dir():
            yield from _files_in(path)
        elif path.is_file():
            yield path


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): stored.content
        for path in _files_in(folder)
        if (stored := atomic.read(path)) is not None
    }


def _copy_folder(source: Path, target: Path) -> None:
    for path in _files_in(source):
        inside = target / path.relative_to(source)
        for folder in (Path(), *reversed(inside.relative_to(target).parents[:-1])):
            atomic.make_folder(target / folder)
        _copy(path, inside)


def _copy(source: Path, target: Path) -> None:
    stored = atomic.read(source)
    if stored is not None:  # removed since the folder was listed
        atomic.save(target, stored.content, None)


def _put(path: Path, content: bytes) -> None:
    stored = atomic.read(path)
    if stored is None:
        atomic.save(path, content, None)


def _free(rounds: Path, number: int) -> Path:
    """A name for an earlier copy of round `number` that is not taken."""
    taken = set(atomic.names_in(rounds))
    place = 1
    while f"{number}-before-{place}" in taken:
        place += 1
    return rounds / f"{number}-before-{place}"


def _remove_same(
    session: Path, kept: Path, folders: Sequence[str]
) -> tuple[list[Path], list[Path]]:
    """Remove the files in `folders` that lie in `kept` with the same content.

    Gives what was removed, and what could not be read.
    """
    removed, unread = [], []
    for path in [path for name in folders for path in _files_in(session / name)]:
        with atomic.locked(path):
            try:
                here, there = atomic.read(path), atomic.read(kept / path.relative_to(session))
            except CannotRead:
                unread.append(path)
                continue
            if here is not None and there is not None and here.content == there.content:
                atomic.remove(path)
                removed.append(path)
        if path in removed:
            atomic.remove(atomic.lock_path(path))
    return removed, unread


def _remove_all(folder: Path) -> list[Path]:
    """Remove `folder` and what lies in it; a link goes, not what it points at."""
    removed: list[Path] = []
    if folder.is_symlink():
        atomic.remove(folder)
        return [folder]
    for name in atomic.names_in(folder):
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            removed.extend(_remove_all(path))
        elif atomic.remove(path):
            removed.append(path)
    if atomic.remove_folder(folder):
        removed.append(folder)
    return removed
