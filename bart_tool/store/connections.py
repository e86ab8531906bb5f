"""Connections to a database: what is told of the address, pools, and errors in bart's own words.

Nothing that comes from here holds a password. What a driver says is not repeated: of an address
that is spelled wrong it quotes pieces.
"""

import atexit
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, RLock

from psycopg import (
    Connection,
    Error,
    InternalError,
    OperationalError,
    ProgrammingError,
    conninfo,
    errors,
)
from psycopg_pool import ConnectionPool

from bart_tool.errors import BadData, BartError, Busy, CannotWrite, NotAllowed, WrongUse

VERSION = 1  # the last file in sql/
_WAIT = 20.0  # seconds for a connection; a database that is started again is back by then
_MOST = 8  # connections for statements, and as many for locks
_AT_HOME = ("", "localhost", "127.0.0.1", "::1")
_NOT_TRUSTED = ("server certificate for", "certificate verify failed", "root certificate file")
# What another did at the same moment, or for long, had the database refuse a statement.
_MEANWHILE = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.QueryCanceled,
    errors.ForeignKeyViolation,
    errors.UniqueViolation,
)
# Beside no state at all, how it is said that the connection ends: 57P01 and on, and what idled.
_ENDS = ("08", "57P", "25P")
_OPTIONS = (
    "-c synchronous_commit=on"  # what is called kept is on the disk, whatever the server is used to
    " -c lock_timeout=20s"
    # A computer that fell away lets go of its locks after a minute.
    " -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
)


@dataclass
class _Held:
    """The connection over which all goes in a session of which this program has a lock."""

    turn: RLock = field(default_factory=RLock)
    users: int = 0
    connection: Connection | None = None


class Connections:
    """Connections to the database at an address; the first one looks whether all fits there.

    Raises WrongUse for an address that cannot be one.
    """

    def __init__(self, address: str) -> None:
        self.shown, self._settings = _read(address)
        self._pools: tuple[ConnectionPool, ConnectionPool] | None = None
        self._beginning = Lock()
        self._door = Lock()
        self._held: dict[str, _Held] = {}

    @contextmanager
    def to(self, session: str) -> Iterator[Connection]:
        """A connection for one statement or transaction: of the lock, where one is held.

        Raises NotAllowed for who may not do it, CannotWrite for a database that is full or only
        read, Busy when others kept it from it, or when the connection is lost: then, and only then,
        nobody knows what was kept.
        """
        for_statements, for_locks = self._opened()
        held = self._join(session)
        if held is None:
            with self._told(), for_statements.connection() as connection:
                yield connection
            return
        try:
            with self._told(), held.turn:
                if held.connection is None:
                    held.connection = for_locks.getconn()
                yield held.connection
        finally:
            self._leave(session, held)

    @contextmanager
    def held(self, session: str) -> Iterator[None]:
        """All that this program does in `session` goes over one connection while this lasts.

        So who has a lock never waits for a connection, and is without both when that is lost.
        """
        held = self._join(session, begins=True)
        assert held is not None
        try:
            yield
        finally:
            self._leave(session, held)

    def _join(self, session: str, *, begins: bool = False) -> _Held | None:
        with self._door:
            if begins:
                self._held.setdefault(session, _Held())
            held = self._held.get(session)
            if held is not None:
                held.users += 1
            return held

    def _leave(self, session: str, held: _Held) -> None:
        with self._door:
            held.users -= 1
            if held.users:
                return
            del self._held[session]
        if held.connection is not None:
            try:
                held.connection.execute("select pg_advisory_unlock_all()")
            except Error:  # it is lost, and its locks with it
                held.connection.close()
            self._opened()[1].putconn(held.connection)

    def _opened(self) -> tuple[ConnectionPool, ConnectionPool]:
        with self._beginning:
            if self._pools is None:
                self._must_fit()
                self._pools = (self._pool(), self._pool())
            return self._pools

    def _pool(self) -> ConnectionPool:
        for name in ("psycopg", "psycopg.pool"):  # what they say is told by an error of ours
            logging.getLogger(name).addHandler(logging.NullHandler())
            logging.getLogger(name).propagate = False
        pool = ConnectionPool(
            kwargs={**self._settings, "autocommit": True},
            min_size=0,
            max_size=_MOST,
            timeout=_WAIT,
            check=self._check,
            open=True,
        )
        atexit.register(pool.close)
        return pool

    def _check(self, connection: Connection) -> None:
        try:
            ConnectionPool.check_connection(connection)
        except Error:
            self._drain()
            raise

    def _drain(self) -> None:
        """Keep no connection that lay idle: where one is lost, most are, and each costs a wait."""
        for pool in self._pools or ():
            pool.drain()

    def _must_fit(self) -> None:
        """Raises BadData for a database of another version, NotAllowed or Busy without entry."""
        try:
            connection = Connection.connect(**self._settings, autocommit=True)  # type: ignore[arg-type]
        except OperationalError as error:
            raise self._no_entry(error) from None
        with self._told(), connection:
            found = connection.execute("select max(number) from bart.versions").fetchone()
        number = found[0] if found else None
        if number != VERSION:
            code = "database-newer" if number and number > VERSION else "database-older"
            raise BadData(code, where=self.shown, found=number or 0, known=VERSION)

    def _no_entry(self, error: OperationalError) -> BartError:
        tried = error.pgconn
        if tried is not None and (tried.needs_password or tried.used_password):
            return NotAllowed("database-no-entry", where=self.shown)
        said = str(error)  # only looked at, never told: it may quote the address
        if "not support SSL" in said:
            return NotAllowed("database-not-encrypted", where=self.shown)
        if any(each in said for each in _NOT_TRUSTED):
            return NotAllowed("database-not-trusted", where=self.shown)
        return Busy("database-not-reached", where=self.shown)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Raise what the driver raises in words of bart's own; what is a fault of bart stays one.

        Without what it came from: that may quote what was to be kept.
        """
        try:
            yield
        except errors.InsufficientPrivilege:
            raise NotAllowed("database-no-rights", where=self.shown) from None
        except (errors.InvalidSchemaName, errors.UndefinedTable):
            raise BadData("database-not-set-up", where=self.shown) from None
        except (errors.DiskFull, errors.OutOfMemory):
            raise CannotWrite("database-full", where=self.shown) from None
        except errors.ReadOnlySqlTransaction:
            raise CannotWrite("database-read-only", where=self.shown) from None
        except _MEANWHILE:
            raise Busy("database-busy", where=self.shown) from None
        except (OperationalError, InternalError) as error:
            if error.sqlstate and not error.sqlstate.startswith(_ENDS):
                code = error.sqlstate
                raise CannotWrite("database-refused", where=self.shown, code=code) from None
            self._drain()
            raise Busy("database-lost", where=self.shown) from None


def _read(address: str) -> tuple[str, dict[str, str | int]]:
    """How the address is told, and what to connect with. Raises WrongUse."""
    try:
        given = conninfo.conninfo_to_dict(address)
    except ProgrammingError:
        raise WrongUse("database-bad-address") from None
    said = {name: str(given.get(name) or "") for name in ("user", "host", "port", "dbname")}
    # A sign of the password that should have been written as %40 or so ends up in one of these.
    if any("@" in value for value in said.values()) or said["port"].strip("0123456789,"):
        raise WrongUse("database-bad-address")
    settings: dict[str, str | int] = {
        "connect_timeout": 10,
        "application_name": "bart",
        "tcp_user_timeout": 30_000,
        **{name: value for name, value in given.items() if value is not None},
    }
    is_socket = said["host"].startswith("/")
    if said["host"] not in _AT_HOME and not is_socket:
        settings.setdefault("sslmode", "require")
    settings["options"] = f"{given.get('options') or ''} {_OPTIONS}".strip()
    user, port = (f"{said['user']}@" if said["user"] else ""), f":{said['port']}".rstrip(":")
    host = "" if is_socket else said["host"]
    return f"postgresql://{user}{host}{port}/{said['dbname']}", settings
