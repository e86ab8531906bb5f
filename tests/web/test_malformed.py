"""Whatever is sent: nobody's answer comes back, nothing breaks, and what was kept stays."""

import asyncio
import random
import string
from pathlib import Path

import pytest

from bart_tool.store import log
from bart_tool.workflow.open_session import OpenSession
from tests import figures
from tests.forms.test_hostile_text import PAYLOADS
from tests.web.phone import HOST, URL, Phone, ask, begun, link_of, pages

SECRET = "alleen-van-WR-01"
MISSION = 3
PATHS = ("/", "/q/1", "/q/3", "/q/6/how", "/mine", "/end", "/seen", "/consent", "/function")
POSTS = ("/q/1", "/q/3", "/q/6/how", "/consent", "/hand-in", "/enter", "/leave", "/language")
FIELDS = ("key", "item", "rev", "v", "text", "words", "note", "sure", "quote", "act", "tag.driver")
ODD = ("%00", "%ff", "%0d%0a", "%u1234", "+", "&", "=", ";", "%", "é", "\x00", "../", "%2e%2e%2f")


def some(draw: random.Random, most: int = 40) -> str:
    letters = string.printable + "éàü\u202e\x00\x7f"
    return "".join(
        draw.choice((draw.choice(letters), draw.choice(ODD))) for _ in range(draw.randrange(most))
    )


def a_path(draw: random.Random, link: str) -> str:
    made = draw.choice((*PATHS, *POSTS, link, "/page.css", "/" + some(draw)))
    if draw.random() < 0.4:
        place = draw.randrange(1, len(made) + 1)
        made = made[:place] + some(draw, 6) + made[place:]
    return made


def headers(draw: random.Random, cookies: list[str], body: bytes) -> list[tuple[str, str]]:
    def latin(text: str) -> str:
        return text.encode("latin-1", "replace").decode("latin-1")

    said = [
        ("origin", draw.choice((URL, URL, URL, "null", "http://evil.example", latin(some(draw))))),
        (
            "content-type",
            draw.choice(("application/x-www-form-urlencoded",) * 5 + (latin(some(draw)),)),
        ),
        ("content-length", draw.choice((str(len(body)),) * 5 + ("-1", "1e9", latin(some(draw))))),
        ("cookie", draw.choice((*cookies, latin(some(draw))))),
        ("accept", latin(some(draw))),
    ]
    return [each for each in said if draw.random() < 0.9]


def a_body(draw: random.Random, keys: list[str]) -> bytes:
    parts = []
    for _ in range(draw.randrange(8)):
        name = draw.choice((*FIELDS, some(draw, 8)))
        value = draw.choice(
            (*keys, "next", "mission/wijkraad", "voice", "1", some(draw), "x" * 2_000)
        )
        parts.append(f"{name}={value}")
    return "&".join(parts).encode("utf-8", "surrogatepass")


def test_requests_by_the_hundred_that_no_page_sends(
    opened: OpenSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[BaseException | None] = []
    monkeypatch.setattr(log, "record", lambda _what, error=None: noted.append(error))

    async def at_once(_: float) -> None:
        return None

    site, app = pages(opened)
    site._tries.sleep = at_once
    owner, other = begun(site, app), begun(site, app, "WR-02")
    owner.open(f"/q/{MISSION}")
    owner.tap(text=SECRET)
    kept = opened.folder.content("sheets/WR-01.yaml")
    before = {each.name for each in (tmp_path / "proef").iterdir()}
    link = link_of(site, "WR-02")
    cookies = ["", "bart=" + "A" * 22, f"bart={other.cookies['bart']}", 'bart="', "bart=;bart=;"]
    keys = [site.room.form_key("WR-02"), site.room.form_key("WR-01"), ""]
    for seed in figures.seeds(800, 10_000):
        draw = random.Random(seed)
        body = a_body(draw, keys)
        answered = asyncio.run(
            ask(
                app,
                draw.choice(("GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", some(draw, 6))),
                a_path(draw, link),
                body=body,
                headers=headers(draw, cookies, body),
                host=draw.choice((HOST, HOST, HOST, HOST, HOST, "evil.example", "", None)),
                query=draw.choice((b"", b"", b"", b"a=1")),
                client=f"192.0.2.{draw.randrange(250)}",
            )
        )
        assert answered.status != 500, seed
        assert SECRET not in answered.body.decode("utf-8", "replace"), seed
        assert all(SECRET not in value for _, value in answered.headers), seed
    assert noted == []
    assert opened.folder.content("sheets/WR-01.yaml") == kept
    assert {each.name for each in (tmp_path / "proef").iterdir()} == before
    assert [each.name for each in tmp_path.iterdir()] == ["proef"]
    assert {each.name for each in (tmp_path / "proef/sheets").iterdir()} <= {
        f"{dot}WR-0{n}.yaml{end}" for n in (1, 2) for dot, end in (("", ""), (".", ".lock"))
    }
    assert SECRET in owner.open("/mine").text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_written_comes_back_as_text(opened: OpenSession, payload: str) -> None:
    site, app = pages(opened)
    phone: Phone = begun(site, app)
    phone.open(f"/q/{MISSION}")
    phone.tap(text=payload, note=payload)
    page = phone.open(f"/q/{MISSION}").page
    assert (
        page.xpath("//script[not(@src)] | //img | //iframe | //svg | //main//a[not(@href)]") == []
    )
    (field,) = page.xpath("//textarea[@id='text']")
    assert (
        field.text_content().strip() == " ".join(payload.split()) or payload.strip() in field.text
    )
    assert not any(name.startswith("on") for each in page.iter() for name in each.attrib)
