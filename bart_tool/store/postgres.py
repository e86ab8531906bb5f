"""Sessions in PostgreSQL: one table of files, which several computers share (`sql/`).

A save is kept when the database says so. Who holds a lock does all it does in that session over the
one connection that has the lock: where that is lost, nothing is saved without it.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from threading import Condition
from typing import TYPE_CHECKING, Any

from bart_tool.errors import BartError, Busy, CannotCreate, CannotWrite
from bart_tool.store.locations import SESSION_FILE
from bart_tool.store.protocol import LOCK_SECONDS, Content, Kind, Stored, fingerprint_of, whole

if TYPE_CHECKING:
    from psycopg import Connection

    from bart_tool.store.connections import Connections

_PAUSE = 0.005  # seconds between two looks whether a lock is free
_PUT = """
insert into bart.files (session, path, content, fingerprint) values (%s, %s, %s, %s)
on conflict (session, path) do update
set content = excluded.content, fingerprint = excluded.fingerprint
"""
_NAMES = """
select regexp_replace(path, '.*/', '') from bart.files
where session = %(session)s and folder = %(folder)s
"""
_ALL_NAMES = """
select name from bart.sessions where name <> ''
union select path from bart.files where session = '' and folder = ''
"""
_KIND = """
select content is null from bart.files where session = %s and path = %s
"""
_REMOVE = """
delete from bart.files f where session = %s and path = %s
and not exists (select from bart.files b where b.session = f.session and b.folder = f.path)
"""
_REMOVE_SESSION = """
delete from bart.sessions s where name = %s
and not exists (select from bart.files where session = s.name)
"""
_MOVE = """
update bart.files set path = %(target)s || substr(path, length(%(source)s) + 1)
where session = %(session)s and (path = %(source)s or starts_with(path, %(source)s || '/'))
"""


@cache
def postgres_store(address: str) -> "PostgresStore":
    """The store at `address`, one for this program.

    Raises CannotCreate where the extra is not installed, WrongUse for what is no address.
    """
    if find_spec("psycopg") is None or find_spec("psycopg_pool") is None:
        raise CannotCreate("extra-missing", formats="PostgreSQL", extras="city")
    from bart_tool.store.connections import Connections

    return PostgresStore(Connections(address))


class PostgresStore:
    """The sessions in a database that are theirs who logs in.

    A name without `/` is a session, or a file beside all sessions: that one is of session `""`.
    """

    def __init__(self, connections: "Connections") -> None:
        self._connections = connections
        self._door = Condition()
        self._busy: set[str] = set()  # names that this program has locked, or is saving

    def read(self, name: str) -> Stored | None:
        """What a file holds; None for a folder too."""
        found = self._asked(
            name,
            "select content, fingerprint from bart.files"
            " where session = %s and path = %s and content is not null",
            _file(name),
        )
        return Stored(bytes(found[0][0]), found[0][1]) if found else None

    def stamp(self, name: str) -> object:
        """The fingerprint, without the content."""
        asked = "select fingerprint from bart.files where session = %s and path = %s"
        found = self._asked(name, asked, _file(name))
        return found[0][0] if found else None

    def save(
        self,
        name: str,
        content: Content,
        expected: str | None,
        *,
        under: str | None = None,  # noqa: ARG002 (a row is changed by one at a time)
    ) -> str:
        """Change the row that has the `expected` fingerprint, or add one; without it: Busy."""
        put = whole(content)
        new = fingerprint_of(put)
        self._put_in_turn(name, {name: new}, lambda to: _put(to, name, put, new, expected))
        return new

    def replace(
        self,
        folder: str,
        files: Mapping[str, bytes],
        expected: Mapping[str, str | None] | None = None,
    ) -> None:
        """Replace all in one transaction."""
        if not files:
            return
        new = {f"{folder}/{inside}": fingerprint_of(files[inside]) for inside in sorted(files)}

        def put(to: "Connection[Any]") -> None:
            _must_have(to, next(iter(new)))
            for name, mark in new.items():
                content = files[_last(name)]
                if expected is None:
                    to.execute(_PUT, (*_file(name), content, mark))
                else:
                    _put(to, name, content, mark, expected[_last(name)])

        self._put_in_turn(f"{folder}/together", new, put)

    def remove(self, name: str) -> bool:
        """Remove a row; that of a folder only while nothing is in it."""
        removed = "/" not in name and self._done(name, _REMOVE_SESSION, (name,))
        if removed or self._done(name, _REMOVE, _file(name)):
            return True
        if self.kind(name) is not None:
            raise CannotWrite("cannot-remove-file", file=_last(name), reason="ENOTEMPTY")
        return False

    def names(self, folder: str) -> list[str]:
        """The names in a folder; of `""` the sessions that are theirs, and what lies beside."""
        session, _, inside = folder.partition("/")
        of = {"session": session, "folder": inside}
        return sorted(name for (name,) in self._asked(folder, _NAMES if folder else _ALL_NAMES, of))

    def kind(self, name: str) -> Kind | None:
        """A file or a folder: there are no links."""
        if not name:
            return Kind.FOLDER
        is_session = "select true from bart.sessions where name = %s"
        found = "/" not in name and self._asked(name, is_session, (name,))
        found = found or self._asked(name, _KIND, _file(name))
        return (Kind.FOLDER if found[0][0] else Kind.FILE) if found else None

    @contextmanager
    def lock(self, name: str, seconds: float = LOCK_SECONDS) -> Iterator[None]:
        """Hold an advisory lock; all in its session goes over that connection meanwhile."""
        until = time.monotonic() + seconds
        if self.kind(_above(name)) is not Kind.FOLDER:
            raise CannotWrite("cannot-write-file", file=_last(name), reason="ENOENT")
        with self._alone(name, until), self._connections.held(_session(name)):
            while not self._asked(name, *_key("pg_try_advisory_lock", name))[0][0]:
                _wait(name, until)
            try:
                yield
            finally:
                with suppress(BartError):  # lost: then the lock is gone too
                    self._asked(name, *_key("pg_advisory_unlock", name))

    def remove_lock(self, name: str) -> None:
        """A lock leaves nothing here."""

    def make(self, folder: str) -> bool:
        """Make a session, or a row without content."""
        if "/" not in folder:
            into = "insert into bart.sessions (name) values (%s) on conflict do nothing"
            return self._done(folder, into, (folder,))
        kind = self.kind(folder)
        if kind is None and self.kind(_above(folder)) is not Kind.FOLDER:
            raise CannotCreate("cannot-create-folder", file=_last(folder), reason="ENOENT")
        if kind is Kind.FILE:
            raise CannotCreate("folder-in-the-way", file=_last(folder))
        into = "insert into bart.files (session, path) values (%s, %s) on conflict do nothing"
        return kind is None and self._done(folder, into, _file(folder))

    def move(self, source: str, target: str) -> None:
        """Rename one row of sessions, or all rows of a folder in one statement."""
        if "/" not in source:
            to = "update bart.sessions set name = %s where name = %s"
            done = self._done(source, to, (target, source))
        else:
            session, before = _file(source)
            said = {"session": session, "source": before, "target": _file(target)[1]}
            done = self._done(source, _MOVE, said)
        if not done:
            raise CannotWrite("cannot-write-file", file=_last(source), reason="ENOENT")

    def sweep(self, folder: str) -> list[str]:  # noqa: ARG002 (a transaction leaves nothing half)
        """Nothing is ever left."""
        return []

    def find(self, session: str) -> bool:
        """Whether session.yaml is there, and the session theirs."""
        return self.kind(f"{session}/{SESSION_FILE}") is Kind.FILE

    def create(self, session: str) -> bool:
        """Make the session, of which whoever does so is the first member."""
        is_new = self.make(session)
        if not is_new and self.kind(session) is None:  # somebody else's
            raise CannotCreate("session-exists", name=session)
        return is_new

    def exchange(
        self, session: str, files: Mapping[str, bytes], expected: Mapping[str, str]
    ) -> None:
        """Change all rows of the session in one transaction."""

        def put(to: "Connection[Any]") -> None:
            to.execute("insert into bart.sessions (name) values (%s) on conflict do nothing", of)
            if not to.execute("select from bart.sessions where name = %s", of).rowcount:
                raise CannotCreate("session-exists", name=session)  # somebody else's
            found = to.execute(
                "select path, fingerprint from bart.files"
                " where session = %s and content is not null for update",
                of,
            )
            if dict(found.fetchall()) != dict(expected):
                raise Busy("changed-since-read", file=SESSION_FILE)
            to.execute("delete from bart.files where session = %s", of)
            folders = {above for name in files for above in _all_above(name)}
            to.cursor().executemany(_PUT, [(session, path, None, None) for path in sorted(folders)])
            rows = [(session, path, files[path], fingerprint_of(files[path])) for path in files]
            to.cursor().executemany(_PUT, rows)

        of, together = (session,), f"{session}/together"
        until = time.monotonic() + LOCK_SECONDS
        with self._alone(together, until):
            self._in_turn(together, until, put)

    def where(self, name: str) -> str:
        """The address without a password, and the name."""
        return f"{self._connections.shown}/{name}" if name else self._connections.shown

    def _asked(self, name: str, sql: str, given: Any) -> list[tuple[Any, ...]]:
        with self._connections.to(_session(name)) as connection:
            return connection.execute(sql.encode(), given).fetchall()

    def _done(self, name: str, sql: str, given: Any) -> bool:
        with self._connections.to(_session(name)) as connection:
            return connection.execute(sql.encode(), given).rowcount > 0

    @contextmanager
    def _alone(self, name: str, until: float) -> Iterator[None]:
        """Keep other threads from `name`: for the database, one connection is one writer."""
        with self._door:
            while name in self._busy:
                if not self._door.wait(max(until - time.monotonic(), 0)):
                    raise Busy("file-is-locked", file=_last(name))
            self._busy.add(name)
        try:
            yield
        finally:
            with self._door:
                self._busy.discard(name)
                self._door.notify_all()

    def _in_turn(
        self,
        name: str,
        until: float,
        work: "Callable[[Connection[Any]], None]",
        *,
        anew: bool = False,
    ) -> None:
        """Do `work` in a transaction that has the lock of `name`.

        `anew`: not over the connection that has another lock in the session.
        """
        sql, key = _key("pg_try_advisory_xact_lock", name)
        while True:
            with (
                self._connections.to("" if anew else _session(name)) as connection,
                connection.transaction(),
            ):
                found = connection.execute(sql.encode(), key).fetchone()
                if found and found[0]:
                    work(connection)
                    return
            _wait(name, until)

    def _put_in_turn(
        self, turn: str, new: Mapping[str, str], put: "Callable[[Connection[Any]], None]"
    ) -> None:
        """Have `put` give each name in `new` what has that mark, in a transaction with its `turn`.

        Where the connection is lost meanwhile, the database is asked anew what became of it.
        """
        until = time.monotonic() + LOCK_SECONDS
        with self._alone(turn, until):
            try:
                self._in_turn(turn, until, put)
            except Busy as error:
                if error.code != "database-lost" or not self._stand(turn, new):
                    raise

    def _stand(self, turn: str, new: Mapping[str, str]) -> bool:
        """Whether each name in `new` has that mark.

        Looked at in the `turn` it was saved in: a commit on its way has come or gone by then.
        """
        found: dict[str, str] = {}
        sql = "select fingerprint from bart.files where session = %s and path = %s"

        def look(to: "Connection[Any]") -> None:
            for name in new:
                found.update((name, mark) for (mark,) in to.execute(sql, _file(name)))

        with suppress(BartError):
            self._in_turn(turn, time.monotonic() + LOCK_SECONDS, look, anew=True)
        return found == new


def _put(to: "Connection[Any]", name: str, content: bytes, new: str, expected: str | None) -> None:
    session, path = _file(name)
    if expected is None:
        _must_have(to, name)
        sql = (
            "insert into bart.files (session, path, content, fingerprint)"
            " values (%s, %s, %s, %s) on conflict do nothing"
        )
        done = to.execute(sql, (session, path, content, new))
    else:
        sql = (
            "update bart.files set content = %s, fingerprint = %s"
            " where session = %s and path = %s and fingerprint = %s"
        )
        done = to.execute(sql, (content, new, session, path, expected))
    if not done.rowcount:
        raise Busy("changed-since-read" if expected else "already-there", file=_last(name))


def _must_have(to: "Connection[Any]", name: str) -> None:
    """Raise CannotCreate unless the folder above the file `name` is there."""
    session, _, inside = _above(name).partition("/")
    if inside:
        found = to.execute(_KIND, (session, inside)).fetchone()
    else:
        found = to.execute("select true from bart.sessions where name = %s", (session,)).fetchone()
    if session and not (found and found[0]):
        raise CannotCreate("cannot-create-file", file=_last(name), reason="ENOENT")


def _wait(name: str, until: float) -> None:
    if time.monotonic() >= until:
        raise Busy("file-is-locked", file=_last(name))
    time.sleep(_PAUSE)


def _key(function: str, name: str) -> tuple[str, tuple[str]]:
    """The statement with which the advisory lock of `name` is taken or let go."""
    return f"select {function}(hashtextextended(%s, 0))", (name,)


def _file(name: str) -> tuple[str, str]:
    """The session, and the path in it, of a file or of a folder in a session."""
    session, slash, path = name.partition("/")
    return (session, path) if slash else ("", name)


def _session(name: str) -> str:
    return name.partition("/")[0]


def _above(name: str) -> str:
    return name.rpartition("/")[0]


def _all_above(path: str) -> Iterator[str]:
    while path := _above(path):
        yield path


def _last(name: str) -> str:
    return name.rpartition("/")[2]
