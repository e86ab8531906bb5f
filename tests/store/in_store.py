"""What lies in a store, looked at and changed as a `Path` is: for tests that go past bart."""

from collections.abc import Iterator
from fnmatch import fnmatch
from functools import total_ordering
from pathlib import PurePosixPath

from bart_tool.store.postgres import PostgresStore
from bart_tool.store.protocol import Kind

_ALL = """
select concat_ws('/', nullif(session, ''), path), content from bart.files
where %(at)s = '' or session = %(session)s and starts_with(path, %(above)s)
"""


@total_ordering
class InStore:
    """A file or folder under its name in the database `store`."""

    def __init__(self, store: PostgresStore, at: str, content: bytes | None = None) -> None:
        self.store, self.at, self._found = store, at, content

    def __truediv__(self, inside: str) -> "InStore":
        at = str(PurePosixPath(self.at) / inside)
        return InStore(self.store, "" if at == "." else at)

    def __str__(self) -> str:
        return self.store.where(self.at)

    def __repr__(self) -> str:
        return f"InStore({self})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, InStore) and self.at == other.at

    def __lt__(self, other: "InStore") -> bool:
        return self.at < other.at

    def __hash__(self) -> int:
        return hash(self.at)

    @property
    def name(self) -> str:
        return PurePosixPath(self.at).name

    @property
    def parent(self) -> "InStore":
        return InStore(self.store, self.at.rpartition("/")[0])

    def with_name(self, name: str) -> "InStore":
        return self.parent / name

    def relative_to(self, other: "InStore") -> PurePosixPath:
        return PurePosixPath(self.at).relative_to(other.at or ".")

    def exists(self) -> bool:
        return self.store.kind(self.at) is not None

    def is_file(self) -> bool:
        return self._found is not None or self.store.kind(self.at) is Kind.FILE

    def is_dir(self) -> bool:
        return self.store.kind(self.at) is Kind.FOLDER

    def read_bytes(self) -> bytes:
        stored = self.store.read(self.at)
        if stored is None:
            raise FileNotFoundError(str(self))
        return stored.content

    def read_text(self, encoding: str) -> str:
        return self.read_bytes().decode(encoding)

    def write_bytes(self, content: bytes) -> None:
        stored = self.store.read(self.at)
        self.store.save(self.at, content, stored.fingerprint if stored else None)

    def write_text(self, text: str, encoding: str) -> None:
        self.write_bytes(text.encode(encoding))

    def mkdir(self, *, parents: bool = False, exist_ok: bool = False) -> None:
        if parents and self.parent.at and not self.parent.exists():
            self.parent.mkdir(parents=True)
        if not self.store.make(self.at) and not exist_ok:
            raise FileExistsError(str(self))

    def rename(self, target: "InStore") -> None:
        self.store.move(self.at, target.at)

    def unlink(self) -> None:
        if not self.store.remove(self.at):
            raise FileNotFoundError(str(self))

    def iterdir(self) -> Iterator["InStore"]:
        for name in self.store.names(self.at):
            yield self / name

    def glob(self, pattern: str) -> Iterator["InStore"]:
        first, _, rest = pattern.partition("/")
        for each in self.iterdir():
            if fnmatch(each.name, first):
                yield from each.glob(rest) if rest else (each,)

    def rglob(self, pattern: str) -> Iterator["InStore"]:
        """All that lies below it, of one moment."""
        for each in self._all():
            if fnmatch(each.name, pattern):
                yield each

    def files(self) -> dict[str, bytes]:
        """Every file below it, and what it holds."""
        found = ((each, each._found) for each in sorted(self._all()))
        return {str(each.relative_to(self)): held for each, held in found if held is not None}

    def _all(self) -> list["InStore"]:
        session, _, above = self.at.partition("/")
        of = {"at": self.at, "session": session, "above": f"{above}/" if above else ""}
        rows = self.store._asked(session, _ALL, of)
        found = [InStore(self.store, at, content) for at, content in rows]
        if not self.at:
            found += [InStore(self.store, name) for name in self.store.names("")]
        return found
