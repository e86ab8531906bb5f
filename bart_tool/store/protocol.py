"""What a place where sessions are kept must be able to do: a disk, a database, or a memory."""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from bart_tool.errors import NotFound

LOCK_SECONDS = 20.0  # how long another writer is waited for


class CannotRead(NotFound):
    """The file or folder is there, and the system refuses it or it is not what it should be."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a file held when it was read, and its `fingerprint_of`, by which a change is seen."""

    content: bytes
    fingerprint: str


class Kind(Enum):
    """What lies under a name. A link is OTHER, wherever it leads."""

    FILE = "file"
    FOLDER = "folder"
    OTHER = "other"


hashing = hashlib.sha256  # what fingerprints are made with

# What is saved: whole, or in pieces where that is long and need not be in memory at once.
Content = bytes | Iterable[bytes]


def fingerprint_of(content: bytes) -> str:
    """The mark of `content`: equal for equal bytes, different for any others, on every store."""
    return hashing(content).hexdigest()


def whole(content: Content) -> bytes:
    """The content in one piece, for a store that takes it so."""
    return content if isinstance(content, bytes) else b"".join(content)


def is_temporary(name: str) -> bool:
    """Whether a file of this name is a writer's temporary file or lock."""
    return name.startswith(".") and name.endswith((".tmp", ".lock"))


class Store(Protocol):
    """Where sessions are kept: files, under names such as `wijk/sheets/WR-01.yaml`.

    A name begins with the session and has `/` between its parts, on every system; `""` is what
    holds all sessions. What an operation gives back is true when it returns: kept for good, or
    removed for good. An error leaves the old content or the new, never a mixture. A message names
    the last part of a name only.
    """

    def read(self, name: str) -> Stored | None:
        """What the file `name` holds, with its fingerprint; None only when there is none.

        Raises CannotRead for anything else, also for what is no plain file.
        """
        ...

    def stamp(self, name: str) -> object:
        """What is mostly another when the file `name` is, for less than reading it; None for none.

        It tells what need not be read yet, and nothing that hangs on it: two changes within one
        tick of a clock may have the same.
        """
        ...

    def save(
        self, name: str, content: Content, expected: str | None, *, under: str | None = None
    ) -> str:
        """Put `content` in place of what the file holds; gives the new fingerprint.

        In pieces it is kept whole or not at all, also when making one of them fails.
        `expected` is the fingerprint it was read with, None when it must not be there yet. It is
        compared while the lock of `name` is held: of two writers who read the same, one is refused.
        `under`: what the caller holds the lock of instead, as does whoever else saves `name`.
        Raises Busy when another writes or has written since, CannotCreate or CannotWrite when the
        store refuses; then nothing was saved.
        """
        ...

    def replace(
        self,
        folder: str,
        files: Mapping[str, bytes],
        expected: Mapping[str, str | None] | None = None,
    ) -> None:
        """Put new content in all `files` right below `folder`: name there -> content.

        `expected`: the fingerprint each was read with, as `save` asks for it; none for what bart
        can make again, which is not compared with anything. What keeps away others who `save` one
        of them is a lock that both hold around it. Nothing is replaced until all of it is kept for
        good; then each is the old one or the new. Raises Busy when another does so for long or has
        written since, CannotRead for what is there and no plain file, CannotCreate or CannotWrite.
        """
        ...

    def remove(self, name: str) -> bool:
        """Remove a file, a link or an empty folder; False when it was not there.

        Raises CannotWrite.
        """
        ...

    def names(self, folder: str) -> list[str]:
        """The last parts of the names right below `folder`, sorted; none when it is not there.

        A store's own locks and unfinished files may be among them (`is_temporary`). Raises
        CannotRead.
        """
        ...

    def kind(self, name: str) -> Kind | None:
        """What lies under `name`; None when nothing does. Raises CannotRead when that is hidden."""
        ...

    def lock(self, name: str, seconds: float = LOCK_SECONDS) -> AbstractContextManager[None]:
        """Keep other writers away from `name`, of which the folder exists, in a `with`.

        The same program may hold it more than once only by way of two names. Raises Busy when
        another has it for longer than `seconds`, CannotWrite.
        """
        ...

    def remove_lock(self, name: str) -> None:
        """Remove what a lock of `name` left, where a lock leaves something. Raises CannotWrite."""
        ...

    def make(self, folder: str) -> bool:
        """Make `folder`, inside one that exists; False when it was there.

        Raises CannotCreate, or CannotWrite when the store is full.
        """
        ...

    def move(self, source: str, target: str) -> None:
        """Give a file or folder, with all in it, the name `target`, which is free: at once.

        Raises CannotWrite.
        """
        ...

    def sweep(self, folder: str) -> list[str]:
        """Remove what killed writers left right below `folder`; gives the names that are gone."""
        ...

    def find(self, session: str) -> bool:
        """Whether there is a session of this name, and it is safe to look into.

        Raises NotFound when a part of it leads to another place, CannotRead.
        """
        ...

    def create(self, session: str) -> bool:
        """Make room for `session`, which only its owner may read; False when there was something.

        Raises CannotCreate or CannotWrite.
        """
        ...

    def exchange(
        self, session: str, files: Mapping[str, bytes], expected: Mapping[str, str]
    ) -> None:
        """Have exactly `files` in `session`, which is made where it is not there.

        Both: path in the session -> content, or the fingerprint of what was read there; nothing
        expected where it is not there yet. Killed half-way, all of it comes true at the next start
        or nothing. Raises Busy when anything else lies there, CannotCreate or CannotWrite.
        """
        ...

    def where(self, name: str) -> str:
        """Where that is, as a person is told: a path, or an address."""
        ...
