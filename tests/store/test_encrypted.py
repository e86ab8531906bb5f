"""Over the network to a database: with its certificate all goes, without a right one nothing."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bart_tool.store.postgres import postgres_store
from tests.store import server as servers
from tests.store.server import PASSWORD, Server
from tests.store.test_database import said_to
from tests.web.test_https import pair

if not sys.platform.startswith("linux"):
    pytest.skip("each run has a loopback address of its own on Linux", allow_module_level=True)

NAME = "db.gemeente.example"
HERE = f"127.{os.getpid() % 250 + 1}.{os.getpid() // 250 % 250}.9"


@pytest.fixture(scope="module")
def listening() -> Iterator[Server]:
    """The server, on an address of its own."""
    server = servers.needed()
    server.ask(f"alter system set listen_addresses = '{HERE}'")
    server.control("restart", "-m", "fast")
    yield server
    server.ask("alter system reset all")
    server.control("restart", "-m", "fast")


def encrypts(server: Server, folder: Path, name: str = NAME, **days: int) -> Path:
    """Have the server show such a certificate; gives what who trusts it needs."""
    cert, key = pair(folder, name=name, **days)
    as_nobody = servers._as_nobody()
    for each in (cert, key):
        target = server.folder / "data" / each.name
        shutil.copy(each, target)
        target.chmod(0o600)
        if as_nobody:
            os.chown(target, as_nobody["user"], as_nobody["group"])
    server.ask("alter system set ssl_cert_file = 'cert.pem'")
    server.ask("alter system set ssl_key_file = 'key.pem'")
    server.ask("alter system set ssl = on")
    server.control("restart", "-m", "fast")
    return cert


def address(more: str) -> str:
    return f"postgresql://facilitator:{PASSWORD}@{NAME}/bart?hostaddr={HERE}{more}"


def verified_by(cert: Path) -> str:
    return address(f"&sslmode=verify-full&sslrootcert={cert}")


def test_with_its_certificate_a_session_is_kept_and_read_back(
    listening: Server, tmp_path: Path
) -> None:
    cert = encrypts(listening, tmp_path / "right")
    servers.database()
    store = postgres_store(verified_by(cert))
    store.create("noord")
    store.save("noord/session.yaml", b"geheim", None)
    found = store.read("noord/session.yaml")
    assert found is not None
    assert found.content == b"geheim"
    asked = "select bool_and(ssl) from pg_stat_ssl join pg_stat_activity using (pid)"
    assert listening.ask(f"{asked} where client_addr is not null") == [(True,)]
    assert store.where("") == f"postgresql://facilitator@{NAME}/bart"


def test_a_certificate_that_is_not_right_is_one_sentence(listening: Server, tmp_path: Path) -> None:
    right = encrypts(listening, tmp_path / "of-another", name="elders.example")
    wanted = "Het certificaat van postgresql://facilitator@db.gemeente.example/bart klopt niet"
    assert wanted in said_to(verified_by(right), code=77, tmp_path=tmp_path)
    past = encrypts(listening, tmp_path / "past", begins=-9, ends=-1)
    assert wanted in said_to(verified_by(past), code=77, tmp_path=tmp_path)
    unknown, _ = pair(tmp_path / "unknown", name=NAME)
    encrypts(listening, tmp_path / "right")
    assert wanted in said_to(verified_by(unknown), code=77, tmp_path=tmp_path)
    nowhere = verified_by(tmp_path / "is-er-niet.pem")
    assert wanted in said_to(nowhere, code=77, tmp_path=tmp_path)


def test_without_encryption_nothing_goes_over_the_network(
    listening: Server, tmp_path: Path
) -> None:
    listening.ask("alter system set ssl = off")
    listening.control("restart", "-m", "fast")
    for more in ("", "&sslmode=verify-full&sslrootcert=system"):
        said = said_to(address(more), code=77, tmp_path=tmp_path)
        assert "versleutelt de verbinding niet" in said
