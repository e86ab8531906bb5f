"""Whatever is sent to the sealed pages, from outside or by who has a card: nothing of another.

A stranger sends what no page sends, and what was heard on the network, spoilt or once more. Who has
a card seals what no page of ours would say. Neither gets or changes an answer of somebody else, and
the conversation of that somebody goes on.
"""

import asyncio
import json
import random
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bart_tool.store import log
from bart_tool.web.seal import opened as unsealed
from bart_tool.web.seal import sealed
from bart_tool.web.sealed import Sealed
from bart_tool.workflow.open_session import OpenSession
from tests import figures
from tests.web.phone import HOST, Answered, ask
from tests.web.test_malformed import MISSION, PATHS, POSTS, SECRET, a_body, headers, some
from tests.web.test_sealed import SealedPhone, packed, phone_of, sealed_pages, sent

OWN, OTHER = "WR-01", "WR-02"


@dataclass
class Scene:
    """WR-01 wrote something; WR-02 has a card too, and a stranger kept all that was said."""

    site: Sealed
    owner: SealedPhone
    other: SealedPhone

    @property
    def heard(self) -> list[dict[str, str]]:
        return [*self.owner.up, *self.other.up]


@pytest.fixture
def scene(opened: OpenSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    noted: list[object] = []
    monkeypatch.setattr(log, "record", lambda *said: noted.append(said))
    site, app = sealed_pages(opened)
    owner, other = phone_of(site, app, OWN), phone_of(site, app, OTHER)
    owner.open(f"/q/{MISSION}")
    owner.tap(text=SECRET)
    kept = opened.folder.content(f"sheets/{OWN}.yaml")
    before = {each.relative_to(tmp_path) for each in tmp_path.rglob("*")}
    yield Scene(site, owner, other)
    assert noted == []
    assert opened.folder.content(f"sheets/{OWN}.yaml") == kept
    after = {each.relative_to(tmp_path) for each in tmp_path.rglob("*")} - before
    assert {each.name for each in after} <= {".WR-02.yaml.lock"}
    assert SECRET in owner.open("/mine").text  # its conversation was not thrown out
    other.greet("achteraf")  # nor is anybody kept from beginning a new one


def _nothing_of_another(answered: Answered, seed: int) -> None:
    said = answered.body + b" ".join(f"{n}: {v}".encode() for n, v in answered.headers)
    assert answered.status != 500, seed
    assert SECRET.encode() not in said, seed


def _spoilt(draw: random.Random, scene: Scene) -> dict[str, str]:
    """Something that was heard on the network, or nothing like it, sent by a stranger."""
    said = dict(draw.choice(scene.heard))
    message = draw.choice(
        (
            said["m"],
            said["m"][: draw.randrange(len(said["m"]))],
            packed(draw.randbytes(draw.randrange(200))),
            packed(_flipped(draw, said["m"])),
            some(draw),
            "",
        )
    )
    name = draw.choice((said["talk"], scene.owner.talk, scene.other.talk, some(draw), ""))
    count = draw.choice((said["count"], str(draw.randrange(-3, 200)), "9" * 30, some(draw, 8)))
    return {"m": message, "talk": name, "count": count}


def _flipped(draw: random.Random, message: str) -> bytes:
    whole = bytearray(urlsafe_b64decode(f"{message}{'=' * (-len(message) % 4)}"))
    whole[draw.randrange(len(whole))] ^= 1 << draw.randrange(8)
    return bytes(whole)


def test_a_stranger_by_the_hundred_messages_gets_nothing(scene: Scene) -> None:
    app = scene.owner.app
    cookies = ["", f"bart={scene.site.room.card(OWN).token}", 'bart="']
    for seed in figures.seeds(500, 10_000):
        draw = random.Random(seed)
        fields = urlencode(_spoilt(draw, scene), errors="replace").encode()
        body = draw.choice((fields, fields, a_body(draw, [scene.site.room.form_key(OWN), ""])))
        answered = asyncio.run(
            ask(
                app,
                draw.choice(("POST", "POST", "POST", "GET", "HEAD", some(draw, 6))),
                draw.choice(("/sealed", "/sealed", "/sealed", *PATHS, *POSTS, "/" + some(draw))),
                body=body,
                headers=headers(draw, cookies, body),
                host=draw.choice((HOST, HOST, HOST, HOST, "evil.example", None)),
                query=draw.choice((b"", b"", b"a=1")),
                client=f"192.0.2.{draw.randrange(250)}",
            )
        )
        _nothing_of_another(answered, seed)
        for phone in (scene.owner, scene.other):  # what was heard before is not answered again
            for bound in (f"bart down {phone.talk} {n}" for n in range(1, phone.count + 1)):
                assert unsealed(phone.key, answered.body, bound) is None, seed


def _said(draw: random.Random, scene: Scene) -> str:
    """What somebody with a card might seal who does not use our page."""
    keys = [scene.site.room.form_key(OTHER), scene.site.room.form_key(OWN), ""]
    path = draw.choice((*PATHS, *POSTS, "/sealed", "/k/x", "/" + some(draw), some(draw)))
    body: object = draw.choice((None, a_body(draw, keys).decode(), some(draw), 7, {}))
    whole = {"path": path, "body": body, **({some(draw, 6): 1} if draw.random() < 0.1 else {})}
    text = json.dumps(whole)
    return draw.choice((text, text, text, text[: draw.randrange(len(text))], some(draw)))


def test_who_has_a_card_and_seals_nonsense_gets_nothing_of_another(
    scene: Scene, tmp_path: Path
) -> None:
    phone, answered_with = scene.other, set()
    sheet = tmp_path / f"proef/sheets/{OTHER}.yaml"
    begun = sheet.read_bytes()
    for seed in figures.seeds(500, 10_000):
        draw = random.Random(seed)
        if not seed % 50:  # some of it hands in, and then no more is taken
            sheet.write_bytes(begun)
        if draw.random() < 0.02:
            phone.greet(f"{seed}-{some(draw, 8)}"[:40])
        phone.count += draw.choice((1, 1, 1, 0, -1, 50))
        said = _said(draw, scene)
        bound = f"bart up {phone.talk} {phone.count}"
        message = packed(sealed(phone.key, said.encode("utf-8", "replace").decode(), bound))
        answered = sent(phone.app, talk=phone.talk, count=str(phone.count), m=message)
        _nothing_of_another(answered, seed)
        told = unsealed(phone.key, answered.body, f"bart down {phone.talk} {phone.count}")
        assert SECRET not in (told or ""), seed
        answered_with.add(json.loads(told)["status"] if told else answered.status)
        phone.count = max(phone.count, 0)
    assert {200, 403, 404} <= answered_with
    assert 500 not in answered_with
