"""What docs/database/compose.yaml would have Docker do, done here by the PostgreSQL that is here.

Docker itself is not run. Its image makes a database with these arguments, runs the numbered files,
and starts the server as `command` says; the three secrets are files.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.run import bart
from tests.pages import ROOT
from tests.store import server as servers
from tests.store.server import FACILITATOR, OWNER, PASSWORD, Server
from tests.web.test_https import pair

if not sys.platform.startswith("linux"):
    pytest.skip("each run has a loopback address of its own on Linux", allow_module_level=True)

FOLDER = ROOT / "docs" / "database"
NAME = "db.gemeente.example"
HERE = f"127.{os.getpid() % 250 + 1}.{os.getpid() // 250 % 250}.8"


def service() -> dict[str, Any]:
    whole = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))
    assert set(whole) == {"services", "volumes", "secrets"}
    (found,) = whole["services"].values()
    assert set(found["secrets"]) == set(whole["secrets"])
    return dict(found)


def psql(server: Server, *more: str) -> None:
    """As the image runs a file when the server starts for the first time."""
    command = ["psql", "-v", "ON_ERROR_STOP=1", "--no-password", "--no-psqlrc", "-h", HERE]
    done = subprocess.run(
        [*command, "-U", OWNER, "-d", "bart", *more],
        env={**os.environ, "PGPASSWORD": PASSWORD},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def composed(tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    """The server as the compose file has it, and its certificate."""
    asked, known = service(), servers.needed()
    shared = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="bart-pg-", dir=shared if shared.is_dir() else None))
    server, as_nobody = Server(folder, known.binaries), servers._as_nobody()
    cert, key = pair(tmp_path / "made", name=NAME)
    (folder / "wachtwoord").write_text(PASSWORD, "utf-8")
    shutil.copy(cert, folder / "certificaat")
    shutil.copy(key, folder / "sleutel")
    (folder / "sleutel").chmod(0o400)
    for each in (folder, *folder.iterdir()):
        if as_nobody:
            os.chown(each, as_nobody["user"], as_nobody["group"])
    said = asked["environment"]
    password = said["POSTGRES_PASSWORD_FILE"].replace("/run/secrets", str(folder))
    subprocess.run(
        [
            *(known.binaries / "initdb", "-D", folder / "data", "-U", said["POSTGRES_USER"]),
            *(f"--pwfile={password}", *said["POSTGRES_INITDB_ARGS"].split()),
        ],
        check=True,
        capture_output=True,
        **as_nobody,
    )
    with (folder / "data" / "pg_hba.conf").open("a", encoding="utf-8") as stream:
        stream.write("host all all all scram-sha-256\n")  # as the image does
    name, *settings = asked["command"]
    assert name == "postgres"
    own = ["-c", f"listen_addresses={HERE}", "-c", f"unix_socket_directories={folder}"]
    options = " ".join(settings + own).replace("/run/secrets", str(folder))
    server.control("start", "-l", str(folder / "log"), "-o", options)
    server.ask(f"create database {said['POSTGRES_DB']}", database="postgres")
    yield server, cert
    servers._gone(server)


def test_what_it_begins_takes_a_session_over_an_encrypted_connection(
    composed: tuple[Server, Path], tmp_path: Path
) -> None:
    server, cert = composed
    source, target, mode = service()["volumes"][1].split(":")
    assert (target, mode) == ("/docker-entrypoint-initdb.d", "ro")
    for path in sorted((FOLDER / source).resolve().glob("*.sql")):
        psql(server, "-f", str(path))
    psql(server, "-v", f"who={FACILITATOR}", "-f", str(FOLDER / "facilitator.sql"))
    server.ask(f"alter role {FACILITATOR} password '{PASSWORD}'")
    verified = f"hostaddr={HERE}&sslmode=verify-full&sslrootcert={cert}"
    address = f"postgresql://{FACILITATOR}:{PASSWORD}@{NAME}/bart?{verified}"
    facilitator = {"BART_SESSIONS": address}
    made = bart(tmp_path, "new", "noord", "--party", "wijkraad=3", "--no-input", **facilitator)
    assert made.code == 0, made.err
    assert bart(tmp_path, "status", "noord", "--json", **facilitator).json["phase"] == "answering"
    assert server.ask("select member from bart.members") == [(FACILITATOR,)]
    assert server.ask("show data_checksums") == [("on",)]
