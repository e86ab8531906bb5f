"""A second store, to show that the protocol is enough: sessions in a dictionary."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext

from bart_tool.errors import Busy, CannotCreate
from bart_tool.store.protocol import LOCK_SECONDS, Content, Kind, Stored, fingerprint_of, whole


class MemoryStore:
    """Files and folders under their names; nothing of it touches a disk."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.folders: set[str] = {""}
        self.held: set[str] = set()

    def read(self, name: str) -> Stored | None:
        content = self.files.get(name)
        return Stored(content, fingerprint_of(content)) if content is not None else None

    def stamp(self, name: str) -> object:
        found = self.read(name)
        return found.fingerprint if found else None

    def save(
        self, name: str, content: Content, expected: str | None, *, under: str | None = None
    ) -> str:
        if name.rpartition("/")[0] not in self.folders:
            raise CannotCreate("cannot-create-file", file=name)
        with self.lock(name) if under is None else nullcontext():
            there = self.read(name)
            if (there.fingerprint if there else None) != expected:
                raise Busy("changed-since-read" if expected else "already-there", file=name)
            self.files[name] = whole(content)
            return fingerprint_of(self.files[name])

    def replace(
        self,
        folder: str,
        files: Mapping[str, bytes],
        expected: Mapping[str, str | None] | None = None,
    ) -> None:
        if folder not in self.folders:
            raise CannotCreate("cannot-create-file", file=folder)
        for name, mark in (expected or {}).items():
            there = self.read(f"{folder}/{name}")
            if (there.fingerprint if there else None) != mark:
                raise Busy("changed-since-read" if mark else "already-there", file=name)
        self.files |= {f"{folder}/{name}": content for name, content in files.items()}

    def remove(self, name: str) -> bool:
        was_there = name in self.files or name in self.folders
        assert not self.names(name), "only an empty folder can be removed"
        self.files.pop(name, None)
        self.folders.discard(name)
        return was_there

    def names(self, folder: str) -> list[str]:
        above = f"{folder}/" if folder else ""
        below = [each for each in (*self.files, *self.folders) if each and each.startswith(above)]
        return sorted({each.removeprefix(above).partition("/")[0] for each in below})

    def kind(self, name: str) -> Kind | None:
        if name in self.files:
            return Kind.FILE
        return Kind.FOLDER if name in self.folders else None

    @contextmanager
    def lock(self, name: str, seconds: float = LOCK_SECONDS) -> Iterator[None]:  # noqa: ARG002 (nobody else can let go)
        if name in self.held:
            raise Busy("file-is-locked", file=name)
        self.held.add(name)
        try:
            yield
        finally:
            self.held.discard(name)

    def remove_lock(self, name: str) -> None:
        """A lock leaves nothing here."""

    def make(self, folder: str) -> bool:
        if folder.rpartition("/")[0] not in self.folders:
            raise CannotCreate("cannot-create-folder", file=folder)
        is_new = folder not in self.folders
        self.folders.add(folder)
        return is_new

    def move(self, source: str, target: str) -> None:
        def moved(name: str) -> str:
            is_in = name == source or name.startswith(f"{source}/")
            return target + name.removeprefix(source) if is_in else name

        self.files = {moved(name): content for name, content in self.files.items()}
        self.folders = set(map(moved, self.folders))

    def sweep(self, folder: str) -> list[str]:  # noqa: ARG002 (nothing is left half here)
        return []

    def find(self, session: str) -> bool:
        return f"{session}/session.yaml" in self.files

    def create(self, session: str) -> bool:
        return self.make(session)

    def exchange(
        self, session: str, files: Mapping[str, bytes], expected: Mapping[str, str]
    ) -> None:
        before = {n: c for n, c in self.files.items() if n.startswith(f"{session}/")}
        marks = {n.removeprefix(f"{session}/"): fingerprint_of(c) for n, c in before.items()}
        if marks != dict(expected):
            raise Busy("changed-since-read", file=session)
        self.files = {n: c for n, c in self.files.items() if n not in before}
        self.files |= {f"{session}/{inside}": content for inside, content in files.items()}
        for name in [n for n in self.files if n.startswith(f"{session}/")]:
            while name := name.rpartition("/")[0]:
                self.folders.add(name)

    def where(self, name: str) -> str:
        return f"memory:{name}"
