"""A PostgreSQL of one's own for the tests, as Debian ships it; on a socket, and gone afterwards."""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bart_tool.store.postgres import postgres_store
from bart_tool.store.protocol import Store

SQL = Path(__file__).parents[2] / "bart_tool" / "store" / "sql"
DEBIAN = Path("/usr/lib/postgresql")
PASSWORD = "geheim-woord"  # of everybody; no message may hold it
OWNER = "beheer"  # who set the server up
FACILITATOR, COLLEAGUE = "facilitator", "colleague"  # who use bart
STRANGER = "vreemd"  # who may log in, and is not in the group
_SETTINGS = {
    "fsync": "off",  # the machine does not fall over here
    "listen_addresses": "",
    "max_connections": "200",
    "log_min_messages": "fatal",
}


@dataclass(frozen=True)
class Server:
    """A server that runs, and where."""

    folder: Path
    binaries: Path

    def address(
        self, who: str = FACILITATOR, database: str = "bart", password: str = PASSWORD
    ) -> str:
        return f"postgresql://{who}:{password}@/{database}?host={self.folder}"

    def ask(self, sql: str, given: Any = None, database: str = "bart") -> list[Any]:
        """What the owner is answered."""
        import psycopg

        with psycopg.connect(self.address(OWNER, database), autocommit=True) as connection:
            found = connection.execute(sql.encode(), given)
            return found.fetchall() if found.description else []

    def control(self, *more: str) -> None:
        """Start or stop the server: `start`, `stop -m immediate`."""
        command = [
            str(self.binaries / "pg_ctl"),
            "-s",
            "-w",
            "-D",
            str(self.folder / "data"),
            *more,
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **_as_nobody())

    def empty(self) -> None:
        """No session in it; who was in the middle of something is cut off."""
        self.ask(
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
            " and backend_type = 'client backend' and state <> 'idle'"
        )
        self.ask("delete from bart.sessions where name <> ''")
        self.ask("delete from bart.files")


def database() -> Store:
    """An empty store in the database of these tests, of the facilitator."""
    server = needed()
    server.empty()
    return postgres_store(server.address())


def cut_off() -> None:
    """Break every connection that is open; new ones can be made."""
    off = "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'bart'"
    needed().ask(off, database="postgres")


def needed() -> Server:
    """The server of these tests; where there can be none the test is skipped, but not in CI."""
    binaries = _binaries()
    if binaries is None or os.name != "posix":
        reason = "there is no PostgreSQL here: apt-get install postgresql"
        if os.environ.get("BART_NEEDS_DATABASE"):
            pytest.fail(reason)
        pytest.skip(reason)
    return _started(binaries)


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    newest = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    return newest[-1].parent if newest else None


@cache
def _started(binaries: Path) -> Server:
    shared = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="bart-pg-", dir=shared if shared.is_dir() else None))
    server = Server(folder, binaries)
    (folder / "password").write_text(PASSWORD, "utf-8")
    if as_nobody := _as_nobody():
        for each in (folder, folder / "password"):
            os.chown(each, as_nobody["user"], as_nobody["group"])
    subprocess.run(
        [
            *(binaries / "initdb", "-D", folder / "data", "-U", OWNER, "--no-sync"),
            *("--auth=scram-sha-256", f"--pwfile={folder / 'password'}", "--encoding=UTF8"),
        ],
        check=True,
        capture_output=True,
        **as_nobody,
    )
    settings = {**_SETTINGS, "unix_socket_directories": str(folder)}
    lines = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
    with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as stream:
        stream.write(lines)
    with (folder / "data" / "pg_hba.conf").open("a", encoding="utf-8") as stream:
        stream.write("host all all 127.0.0.0/8 scram-sha-256\n")  # see test_encrypted.py
    server.control("start", "-l", str(folder / "log"))
    atexit.register(_gone, server)
    server.ask("create database bart", database="postgres")
    for path in sorted(SQL.glob("*.sql")):
        server.ask(path.read_text("utf-8"))
    for who in (FACILITATOR, COLLEAGUE, STRANGER):
        group = "" if who == STRANGER else " in role bart_facilitator"
        server.ask(f"create role {who} login password '{PASSWORD}'{group}")
    return server


def _gone(server: Server) -> None:
    server.control("stop", "-m", "immediate")
    shutil.rmtree(server.folder, ignore_errors=True)


def _as_nobody() -> dict[str, Any]:
    """What has PostgreSQL run as somebody else where we are root: it refuses that."""
    if os.getuid():
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    return {}


@contextmanager
def cut_at(number: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """All connections break when one is used for the time of this number; gives how many came."""
    from bart_tool.store.connections import Connections  # an extra

    count, to = [0], Connections.to

    @contextmanager
    def counted(self: Connections, session: str) -> Iterator[Any]:
        with to(self, session) as connection:
            count[0] += 1
            if count[0] == number:
                cut_off()
            yield connection

    with monkeypatch.context() as patch:
        patch.setattr(Connections, "to", counted)
        yield count
