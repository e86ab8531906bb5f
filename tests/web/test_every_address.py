"""Every address there is, with the link, the cookie and the form of another, and after closing."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from bart_tool.store import log
from bart_tool.web.guard import Guard
from bart_tool.web.site import Site
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.phases import close, reopen
from tests.store.test_paths import CODES, NAMES
from tests.web.phone import HOST, URL, Answered, ask, begun, link_of
from tests.web.test_who_comes_in import SECRET, written

Served = tuple[Site, Guard]
OWN, OTHERS = "WR-01", "WR-02"
ELSEWHERE = ("evil.example", "192.0.2.5", "127.0.0.1:8787", f"{HOST}.", HOST.upper() + "0")
# What a form of WR-01 holds: each address takes of it what it knows.
FIELDS = {
    "item": "mission/wijkraad",
    "rev": "9",
    "v": "position",
    "text": "Iets anders",
    "note": "Iets anders",
    "act": "next",
    "at": "/q/3",
    "code": OWN,
    "pin": "12345678",
}


def addresses(site: Site) -> list[tuple[str, str]]:
    """Every method and path that the pages know, with the number of every question."""
    numbers = range(1, len(site.room.seat(OWN).items) + 2)
    found = set()
    for route in site.app().routes:
        path: Any = getattr(route, "path", "")
        for method in {*(getattr(route, "methods", None) or ())} - {"HEAD"}:
            if "{number:int}" in path:
                found |= {(method, path.replace("{number:int}", str(n))) for n in numbers}
            else:
                found.add((method, path.replace("{token}", "A" * 22)))
    return sorted(found)


def asked(app: Guard, method: str, path: str, cookie: str, key: str, host: str = HOST) -> Answered:
    body = urlencode({**FIELDS, "key": key}).encode() if method == "POST" else b""
    headers = [("cookie", f"bart={cookie}")] if cookie else []
    if method == "POST":
        headers += [
            ("origin", URL),
            ("content-type", "application/x-www-form-urlencoded"),
            ("content-length", str(len(body))),
        ]
    return asyncio.run(ask(app, method, path, body=body, headers=headers, host=host))


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    noted: list[object] = []
    monkeypatch.setattr(log, "record", lambda *said: noted.append(said))
    yield noted
    assert noted == []


async def _at_once(_: float) -> None:
    """Nobody waits after a wrong try."""


@pytest.fixture
def cookies(served: Served) -> dict[str, str]:
    """WR-01 wrote something that nobody else may read; whose cookie is whose."""
    served[0]._tries.sleep = _at_once
    mine, theirs = written(served), begun(*served, OTHERS)
    return {OWN: mine.cookies["bart"], OTHERS: theirs.cookies["bart"]}


def nothing_of(answered: Answered, what: object) -> None:
    said = answered.text + " ".join(f"{name}: {value}" for name, value in answered.headers)
    assert answered.status != 500, what
    assert SECRET not in said, what


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def test_there_are_addresses_to_try(served: Served) -> None:
    found = addresses(served[0])
    assert len(found) > 40
    assert {("GET", "/mine"), ("GET", "/ahead"), ("POST", "/hand-in"), ("POST", "/q/3")} <= {*found}


def test_no_address_gives_or_takes_anything_of_one_for_another(
    served: Served, cookies: dict[str, str], opened: OpenSession, faults: list[object]
) -> None:
    site, app = served
    before = opened.folder.content(f"sheets/{OWN}.yaml")
    keys = {site.room.form_key(OWN), site.room.form_key(OTHERS), ""}
    for method, path in addresses(site):
        for cookie in ("", "A" * 22, cookies[OTHERS]):
            for key in keys if method == "POST" else {""}:
                nothing_of(asked(app, method, path, cookie, key), (method, path, cookie, key))
    assert opened.folder.content(f"sheets/{OWN}.yaml") == before


def test_a_cookie_with_the_form_of_another_changes_neither(
    served: Served, cookies: dict[str, str], opened: OpenSession, faults: list[object]
) -> None:
    site, app = served
    before = {code: opened.folder.content(f"sheets/{code}.yaml") for code in (OWN, OTHERS)}
    for code, other in ((OWN, OTHERS), (OTHERS, OWN)):
        for method, path in addresses(site):
            if method == "POST" and path not in ("/enter", "/leave", "/language"):
                answered = asked(app, method, path, cookies[code], site.room.form_key(other))
                assert answered.status == 403, path
    assert {code: opened.folder.content(f"sheets/{code}.yaml") for code in before} == before


@pytest.mark.parametrize("host", ELSEWHERE)
def test_no_address_answers_under_another_name(
    served: Served, cookies: dict[str, str], opened: OpenSession, tmp_path: Path, host: str
) -> None:
    site, app = served
    before = files(tmp_path)
    for method, path in [*addresses(site), ("GET", link_of(site, OWN))]:
        answered = asked(app, method, path, cookies[OWN], site.room.form_key(OWN), host)
        assert (answered.status, answered.body) == (421, b""), (method, path)
        assert "set-cookie" not in dict(answered.headers)
    assert files(tmp_path) == before


def test_after_closing_no_address_gives_or_takes_anything(
    served: Served,
    cookies: dict[str, str],
    opened: OpenSession,
    tmp_path: Path,
    faults: list[object],
) -> None:
    site, app = served
    key, links = site.room.form_key(OWN), [link_of(site, code) for code in (OWN, OTHERS)]
    closed = close(opened).opened
    for again in (False, True):
        if again:  # earlier links stay dead in a round that is opened again
            reopen(closed)
            asked(app, "GET", "/", "", "")
        before = files(tmp_path)
        for method, path in [*addresses(site), *(("GET", link) for link in links)]:
            answered = asked(app, method, path, cookies[OWN], key)
            nothing_of(answered, (method, path))
            assert "set-cookie" not in dict(answered.headers) or path in ("/leave", "/language")
        assert files(tmp_path) == before


def test_no_hostile_name_in_an_address_leads_anywhere(
    served: Served, cookies: dict[str, str], tmp_path: Path, faults: list[object]
) -> None:
    app, before = served[1], files(tmp_path)
    for name in sorted({*CODES, *NAMES}):
        for path in (f"/{name}", f"/k/{name}", f"/q/{name}", f"/sheets/{name}.yaml"):
            answered = asked(app, "GET", path, "", "")
            nothing_of(answered, path)
            # A path that a client has shortened may be that of a page, for nobody.
            assert answered.status in (200, 303, 404, 429), path
    assert files(tmp_path) == before
