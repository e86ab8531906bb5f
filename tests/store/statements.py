"""Makes one statement to the database fail, the first, the second, and so on.

The connection breaks before it or before its answer comes, the process dies there, or the server
refuses it. All of that is real: the server ends the connection, and raises the error itself.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.store.server import FACILITATOR
from tests.waiting import wait_until

CUT, UNHEARD = "cut off", "not heard"  # before the statement, and after it
DIES, DIED = "dies", "died"  # the same, of the process itself
REFUSALS = ("40001", "53100", "25006", "55P03")  # another was first, full, read-only, it waited
DEATH = 9  # exit code of a process that died where it was to
DYING = "dying"  # what such a process is called at the server


class Failpoint:
    """Lets `before` statements pass and then fails once, in the way of `kind`.

    `boss`: the owner's connection, over which the server is told to.
    """

    def __init__(self, boss: Any, kind: str, before: int) -> None:
        self.boss, self.kind, self.before = boss, kind, before
        self.passed = 0
        self.hit = ""  # the statement that failed

    @contextmanager
    def around(self, connection: Any, statement: str) -> Iterator[None]:
        """What is said to the database within is one statement."""
        is_it = self.passed == self.before
        self.passed += 1
        if is_it:
            self.hit = statement
            self._come_before(connection)
        yield
        if is_it:
            self._come_after(connection)

    def _come_before(self, connection: Any) -> None:
        if self.kind == DIES:
            os._exit(DEATH)
        if self.kind == CUT:
            hang_up(self.boss, connection.info.backend_pid)
        elif self.kind in REFUSALS:
            refuse = f"do $$ begin raise exception using errcode = '{self.kind}'; end $$"
            connection.cursor().execute(refuse.encode())

    def _come_after(self, connection: Any) -> None:
        from psycopg import OperationalError  # an extra

        if self.kind == DIED:
            os._exit(DEATH)
        if self.kind == UNHEARD:
            hang_up(self.boss, connection.info.backend_pid)
            connection.close()
            raise OperationalError("server closed the connection unexpectedly")


@contextmanager
def failing(failpoint: Failpoint) -> Iterator[None]:
    """Within this, every statement of bart passes by `failpoint`; begin and commit are such too."""
    from psycopg import Connection, Cursor

    execute, transaction, several = Connection.execute, Connection.transaction, Cursor.executemany

    def one(connection: Any, sql: Any, *given: Any, **more: Any) -> Any:
        if not sql:  # a pool looks whether a connection still works
            return execute(connection, sql, *given, **more)
        with failpoint.around(connection, str(sql)):
            return execute(connection, sql, *given, **more)

    def many(cursor: Any, sql: Any, *given: Any, **more: Any) -> Any:
        with failpoint.around(cursor.connection, str(sql)):
            return several(cursor, sql, *given, **more)

    @contextmanager
    def block(connection: Any) -> Iterator[Any]:
        with ExitStack() as inside:
            with failpoint.around(connection, "begin"):
                begun = inside.enter_context(transaction(connection))
            yield begun
            with failpoint.around(connection, "commit"):
                inside.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Connection, "execute", one)
        patch.setattr(Connection, "transaction", block)
        patch.setattr(Cursor, "executemany", many)
        yield


def hang_up(boss: Any, process: int) -> None:
    """The server ends the connection that `process` of it serves, with all it holds."""
    told = boss.cursor()
    told.execute("select pg_terminate_backend(%s)", (process,))
    _wait_for_none(told, "pid = %s", process)


def wait_for_the_dead(boss: Any) -> None:
    """Until the server has seen that a process died: with that its locks are free."""
    _wait_for_none(boss.cursor(), "application_name = %s", DYING)


def _wait_for_none(told: Any, which: str, value: object) -> None:
    asked = f"select from pg_stat_activity where {which}".encode()
    wait_until(lambda: not told.execute(asked, (value,)).rowcount, "that the server let it go")


# What lies in the database, to be put back again and again


def keep(boss: Any) -> None:
    """Remember all that lies in the database."""
    boss.execute("drop table if exists kept_sessions, kept_files")
    boss.execute("create temp table kept_sessions as select name from bart.sessions")
    boss.execute("create temp table kept_files as select * from bart.files")


def put_back(boss: Any) -> None:
    """Have all lie there that was kept, as sessions of the facilitator, and nothing else."""
    boss.execute("delete from bart.files")
    boss.execute("delete from bart.sessions where name <> ''")
    boss.execute("insert into bart.sessions (name) select name from kept_sessions where name <> ''")
    boss.execute("delete from bart.members")
    boss.execute(
        "insert into bart.members select id, %s from bart.sessions where name <> ''", (FACILITATOR,)
    )
    boss.execute(
        "insert into bart.files (session, path, content, fingerprint)"
        " select session, path, content, fingerprint from kept_files"
    )


def lay_out(boss: Any, root: Path) -> None:
    """Put all that lies in the database in the folder `root` instead of what lies there."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for (name,) in boss.execute("select name from bart.sessions"):
        (root / name).mkdir(exist_ok=True)
    for session, path, content in boss.execute("select session, path, content from bart.files"):
        place = root / session / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            place.mkdir(exist_ok=True)
        else:
            place.write_bytes(content)
