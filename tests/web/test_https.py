"""With the name and the certificate that IT gave: everything is kept, and a wrong one is told."""

import datetime
import http.client
import re
import ssl
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from lxml import html

from bart_tool.domain.sheet import SheetStatus
from bart_tool.web.certificate import must_fit
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.room import Room
from tests.cli.run import bart
from tests.web.running import Program, free_port

NAME = "localhost"
DAY = datetime.timedelta(days=1)
Pair = tuple[Path, Path]


def pair(
    folder: Path, *, name: str = NAME, begins: int = -1, ends: int = 1, password: bytes = b""
) -> Pair:
    """A certificate that signs itself, from so many days from now to so many, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begins * DAY)
        .not_valid_after(now + ends * DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True)
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    hidden = (
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption()
    )
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, hidden)
    )
    return cert_file, key_file


class Visitor:
    """A browser that trusts this certificate and no other, and keeps its cookie."""

    def __init__(self, port: int, cert: Path) -> None:
        self._port, self._trusts = port, ssl.create_default_context(cafile=cert)
        self.cookie, self.said = "", ""

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        """Where it ends, and the page there."""
        line = http.client.HTTPSConnection(NAME, self._port, timeout=60, context=self._trusts)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if fields is None:
            line.request("GET", path, headers=headers)
        else:
            headers |= {
                "Origin": f"https://{NAME}:{self._port}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            line.request("POST", path, urlencode(fields), headers)
        answer = line.getresponse()
        page = answer.read().decode()
        self.said = answer.headers.get("set-cookie", self.said)
        self.cookie = SimpleCookie(self.said).output(attrs=[], header="").strip()
        line.close()
        if answer.status == 303:
            return self.ask(answer.headers["location"])
        assert answer.status == 200, page
        return path, page

    def give(self, page: str, **fields: str) -> tuple[str, str]:
        """The form on this page, with these fields filled in."""
        form = next(f for f in html.fromstring(page).forms if f.action != "/language")
        return self.ask(form.action, {**dict(form.form_values()), "act": "next", **fields})


@pytest.fixture
def program(opened: OpenSession, tmp_path: Path) -> Iterator[tuple[Program, Path]]:
    cert, key = pair(tmp_path / "of-it")
    more = ("--name", NAME, "--cert", str(cert), "--key", str(key))
    made = Program(tmp_path, free_port(), *more)
    yield made, cert
    made.kill()


def test_over_https_one_answers_goes_on_after_a_restart_and_hands_in(
    program: tuple[Program, Path], opened: OpenSession
) -> None:
    running, cert = program
    link = f"/k/{Room(opened).card('WR-01').token}"
    phone = Visitor(running.port, cert)
    assert "Welkom" in phone.ask(link)[1]
    assert re.search("(?i); *secure", phone.said)
    _, page = phone.ask("/consent")
    at, page = phone.give(page, v="position")
    assert at == "/q/1"
    phone.give(page, v="voice")
    _, page = phone.ask("/q/3")
    running.kill()
    running.start()
    phone.give(page, text="Samen sterk")
    tablet = Visitor(running.port, cert)
    assert "Welkom terug" in tablet.ask(link)[1]
    tablet.give(tablet.ask("/end")[1])
    found = opened.folder.sheet("WR-01")
    assert found is not None
    assert [answer.value for answer in found[0].answers.values()] == ["Samen sterk", "voice"]
    assert found[0].status is SheetStatus.SUBMITTED


def test_nothing_is_told_without_https_where_there_is_a_certificate(
    program: tuple[Program, Path],
) -> None:
    line = http.client.HTTPConnection(NAME, program[0].port, timeout=60)
    line.request("GET", "/test")
    with pytest.raises((http.client.HTTPException, OSError)):
        line.getresponse()
    line.close()


def wrong(folder: Path) -> dict[str, tuple[Pair, str]]:
    good, other = pair(folder / "good"), pair(folder / "other")
    rubbish = folder / "rubbish.pem"
    rubbish.write_bytes(b"\x00\xff-----BEGIN CERTIFICATE-----\nnee\n")
    return {
        "no certificate": ((rubbish, good[1]), "niet te gebruiken"),
        "no key": ((good[0], rubbish), "niet te gebruiken"),
        "key for certificate": ((good[1], good[0]), "niet te gebruiken"),
        "key of another": ((good[0], other[1]), "hoort niet bij het certificaat"),
        "with a password": (pair(folder / "p", password=b"geheim"), "zonder wachtwoord"),
        "expired": (pair(folder / "e", begins=-9, ends=-2), "verlopen"),
        "later": (pair(folder / "l", begins=2, ends=9), "verlopen of gaat later in"),
        "another name": (pair(folder / "n", name="elders.example"), f"niet voor {NAME}"),
    }


def test_a_wrong_certificate_is_told_in_plain_words_before_anything_begins(
    opened: OpenSession, tmp_path: Path
) -> None:
    at = ("--address", "127.0.0.1", "--port", str(free_port()), "--name", NAME, "--no-input")
    for what, ((cert, key), told) in wrong(tmp_path / "of-it").items():
        more = ("--cert", str(cert), "--key", str(key))
        done = bart(tmp_path, "serve", "proef", *at, *more, language="nl")
        assert (done.code, done.out) == (2, ""), what
        assert told in " ".join(done.err.split()), what
        assert len(done.err.splitlines()) <= 3, what
        assert str(tmp_path) not in done.err, what


def test_a_certificate_without_its_key_is_asked_for_it(opened: OpenSession, tmp_path: Path) -> None:
    cert, key = pair(tmp_path / "of-it")
    for name, file in (("--cert", cert), ("--key", key)):
        done = bart(tmp_path, "serve", "proef", name, str(file), "--no-input", language="nl")
        assert done.code == 2
        assert "--cert en --key samen" in done.err


@pytest.mark.parametrize("name", [NAME, "LocalHost"])
def test_a_good_pair_is_taken(tmp_path: Path, name: str) -> None:
    must_fit(*pair(tmp_path / "of-it"), name)
