"""Pages that go sealed: a listener has nothing, and what is not whole or not new is refused."""

import asyncio
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bart_tool.web.guard import Guard
from bart_tool.web.seal import DOWN, UP, sealed
from bart_tool.web.seal import opened as unsealed
from bart_tool.web.sealed import Sealed
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.phases import close
from bart_tool.workflow.room import Room
from tests.forms.conftest import session
from tests.forms.test_every_door_the_same import sheet_of
from tests.web.phone import HOST, URL, Answered, Phone, answer_all, ask, begun, pages
from tests.web.test_the_same_sheet import what_is_said
from tests.workshop import with_one_id

NOT_OPENED = "Dit kon niet worden geopend"


def sealed_pages(opened: OpenSession) -> tuple[Sealed, Guard]:
    site = Sealed(Room(opened), ":root { --main: #14507f; }")
    return site, Guard(site.app(), (HOST.encode(),), (URL.encode(),))


def sent(app: Guard, **fields: str) -> Answered:
    """One message as it goes over the network."""
    body = urlencode(fields).encode()
    headers = [
        ("origin", URL),
        ("content-type", "application/x-www-form-urlencoded"),
        ("content-length", str(len(body))),
    ]
    return asyncio.run(ask(app, "POST", "/sealed", body=body, headers=headers))


def packed(message: bytes) -> str:
    return urlsafe_b64encode(message).decode().rstrip("=")


@dataclass
class SealedPhone(Phone):
    """A phone with the key of a card, that says everything sealed."""

    key: bytes = b""
    talk: str = ""
    count: int = 0
    up: list[dict[str, str]] = field(default_factory=list)
    down: list[bytes] = field(default_factory=list)

    def greet(self, once: str = "eens") -> "SealedPhone":
        greeting = sealed(self.key, json.dumps({"once": once}), "bart greets", step=UP)
        answer = sent(self.app, m=packed(greeting))
        told = unsealed(self.key, answer.body, f"bart welcomes {once}")
        assert told is not None, answer.text
        self.talk, self.count = json.loads(told)["talk"], 0
        return self

    def message(self, path: str, body: str | None = None) -> dict[str, str]:
        self.count += 1
        said = json.dumps({"path": path, **({} if body is None else {"body": body})})
        bound = f"bart up {self.talk} {self.count}"
        made = packed(sealed(self.key, said, bound, step=UP))
        return {"talk": self.talk, "count": str(self.count), "m": made}

    def _asked(self, method: str, path: str, body: bytes = b"") -> Answered:
        self.up.append(self.message(path, body.decode() if method == "POST" else None))
        answer = sent(self.app, **self.up[-1])
        self.down.append(answer.body)
        told = unsealed(self.key, answer.body, f"bart down {self.talk} {self.count}")
        assert told is not None, answer.text
        said = json.loads(told)
        self.here = Answered(said["status"], (), said["text"].encode(), said["path"])
        return self.here


def phone_of(site: Sealed, app: Guard, code: str = "WR-01") -> SealedPhone:
    """A phone that stands before the first question."""
    phone = SealedPhone(app, key=site.room.card(code).key).greet(f"van {code}")
    phone.open("/")
    phone.open("/consent")
    phone.tap(v="position")
    return phone


@pytest.mark.parametrize("set_name", ["wijk-kort", "wijk-kern"])
def test_the_sheet_is_the_same_as_without_a_seal(
    tmp_path: Path, set_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_one_id(monkeypatch)
    made = []
    for name in ("plain", "sealed"):
        opened = session(tmp_path / name, set_name)
        phone = begun(*pages(opened)) if name == "plain" else phone_of(*sealed_pages(opened))
        answer_all(phone, what_is_said(session_context(opened, "WR-01")))
        assert phone.tap().title == "Ingeleverd"
        made.append(sheet_of(opened))
    assert made[0] == made[1]


def test_the_length_of_a_message_tells_no_answer_from_another(tmp_path: Path) -> None:
    opened = session(tmp_path)
    phone = phone_of(*sealed_pages(opened))
    answer_all(phone, what_is_said(session_context(opened, "WR-01")))
    phone.open("/mine")
    assert {len(each["m"]) for each in phone.up} == {len(phone.up[0]["m"])}
    assert {len(each) for each in phone.down} == {len(phone.down[0])}
    assert len(phone.down[0]) == DOWN + 28
    assert len(phone.up) > 20


Spoil = Callable[[dict[str, str]], dict[str, str]]
SPOILT: dict[str, Spoil] = {
    "first byte": lambda said: said | {"m": ("B" if said["m"][0] == "A" else "A") + said["m"][1:]},
    "a byte": lambda said: said | {"m": said["m"][:99] + "AAAA" + said["m"][103:]},
    "half": lambda said: said | {"m": said["m"][: len(said["m"]) // 2]},
    "the end off": lambda said: said | {"m": said["m"][:-4]},
    "nothing": lambda said: said | {"m": ""},
    "no such writing": lambda said: said | {"m": "é{}"},
    "longer": lambda said: said | {"m": said["m"] + "AAAA"},
    "as a later one": lambda said: said | {"count": "99"},
    "no number": lambda said: said | {"count": "x"},
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_was_changed_on_its_way_is_refused(opened: OpenSession, how: str) -> None:
    site, app = sealed_pages(opened)
    phone = phone_of(site, app)
    shown = dict(phone.form.form_values())
    kept = opened.folder.content("sheets/WR-01.yaml")
    said = phone.message("/q/1", urlencode({**shown, "v": "dont-know", "act": "next"}))
    refused = sent(app, **SPOILT[how](said))
    assert (refused.status, refused.title) == (403, NOT_OPENED)
    assert opened.folder.content("sheets/WR-01.yaml") == kept
    assert sent(app, **said).status == 200  # whole, it is heard after all
    assert opened.folder.content("sheets/WR-01.yaml") != kept


def test_what_was_heard_is_not_heard_again(opened: OpenSession) -> None:
    site, app = sealed_pages(opened)
    phone = phone_of(site, app)
    first, kept = phone.up[0], opened.folder.content("sheets/WR-01.yaml")
    shown = dict(phone.form.form_values())
    answered = phone.message("/q/1", urlencode({**shown, "v": "dont-know", "act": "next"}))
    wiped = phone.message("/q/1", urlencode({**shown, "act": "wipe", "rev": "1"}))
    assert sent(app, **answered).status == 200
    assert sent(app, **wiped).status == 200
    after = opened.folder.content("sheets/WR-01.yaml")
    assert after != kept
    for each in (*phone.up, first, answered, wiped):
        refused = sent(app, **each)
        assert (refused.status, refused.title) == (403, NOT_OPENED)
    assert opened.folder.content("sheets/WR-01.yaml") == after


def test_a_greeting_is_heard_once_and_another_round_or_person_opens_nothing(
    opened: OpenSession,
) -> None:
    site, app = sealed_pages(opened)
    one, other = phone_of(site, app), phone_of(site, app, "WR-02")
    greeting = packed(sealed(one.key, json.dumps({"once": "nu"}), "bart greets", step=UP))
    assert sent(app, m=greeting).status == 200
    assert sent(app, m=greeting).title == NOT_OPENED
    said = one.message("/mine")
    assert sent(app, **said | {"talk": other.talk}).title == NOT_OPENED
    second = SealedPhone(app, key=one.key).greet("tweede")
    assert sent(app, **said | {"talk": second.talk}).title == NOT_OPENED
    down = sent(app, **said).body
    assert unsealed(other.key, down, f"bart down {one.talk} {one.count}") is None
    assert unsealed(one.key, down, f"bart down {one.talk} {one.count + 1}") is None
    assert unsealed(one.key, down, f"bart up {one.talk} {one.count}") is None
    assert unsealed(one.key, down, f"bart down {one.talk} {one.count}") is not None


def test_a_card_that_was_replaced_and_a_round_that_closed_open_nothing(
    opened: OpenSession,
) -> None:
    site, app = sealed_pages(opened)
    one, other = phone_of(site, app), phone_of(site, app, "WR-02")
    Room(opened, new_cards=True)
    assert sent(app, **one.message("/mine")).title == NOT_OPENED
    greeting = packed(sealed(one.key, json.dumps({"once": "nog"}), "bart greets", step=UP))
    assert sent(app, m=greeting).title == NOT_OPENED
    close(opened)
    assert sent(app, **other.message("/mine")).title == "De ronde is gesloten"


def test_another_start_of_the_laptop_is_greeted_anew_and_nothing_is_lost(
    opened: OpenSession,
) -> None:
    phone = phone_of(*sealed_pages(opened))
    shown = dict(phone.form.form_values())
    phone.tap(v="dont-know")
    kept = opened.folder.content("sheets/WR-01.yaml")
    _, app = sealed_pages(opened)
    again = sent(app, **phone.message("/mine"))
    assert (again.status, again.title) == (409, "De laptop is opnieuw begonnen")
    for each in phone.up:
        assert sent(app, **each).status == 409
    phone.app = app
    phone.greet("weer").open("/mine")
    # The same form once more, as when the answer to it was lost: one answer.
    phone.send("/q/1", {name: [value] for name, value in {**shown, "v": "dont-know"}.items()})
    assert opened.folder.content("sheets/WR-01.yaml") == kept


@pytest.mark.parametrize("path", ["/enter", "/q/1", "/consent", "/hand-in", "/language", "/leave"])
def test_nothing_is_taken_without_a_seal(opened: OpenSession, path: str) -> None:
    site, app = sealed_pages(opened)
    phone_of(site, app)
    kept, card = opened.folder.content("sheets/WR-01.yaml"), site.room.card("WR-01")
    phone = Phone(app, cookies={"bart": card.token})
    key = site.room.form_key("WR-01")
    said = {"key": [key], "v": ["dont-know"], "code": ["WR-01"], "pin": [card.pin]}
    answered = phone.send(path, said)
    assert answered.status in (404, 405)
    assert phone.cookies == {"bart": card.token}
    assert opened.folder.content("sheets/WR-01.yaml") == kept


@pytest.mark.parametrize("path", ["/", "/q/1", "/q/3/how", "/mine", "/end", "/seen", "/function"])
def test_an_address_shows_nothing_of_anybody(opened: OpenSession, path: str) -> None:
    site, app = sealed_pages(opened)
    phone_of(site, app)
    phone = Phone(app, cookies={"bart": site.room.card("WR-01").token})
    page = phone.open(path)
    assert page.title == "Vul je antwoorden in"
    assert "JavaScript" in page.text
    assert page.text == phone.open("/").text
    assert site.room.form_key("WR-01") not in page.text


def test_a_card_of_pages_without_a_seal_is_told(opened: OpenSession) -> None:
    site, app = sealed_pages(opened)
    page = Phone(app).open(f"/k/{site.room.card('WR-01').token}")
    assert (page.status, page.title) == (404, "Deze link werkt niet (meer)")


@pytest.mark.parametrize(
    "said", ['{"path": 1}', '{"path": "q/1"}', '{"path": "/é"}', "[]", "{", '{"path": "/", "x": 1}']
)
def test_what_no_page_says_is_refused_too(opened: OpenSession, said: str) -> None:
    site, app = sealed_pages(opened)
    phone = phone_of(site, app)
    phone.count += 1
    bound = f"bart up {phone.talk} {phone.count}"
    made = packed(sealed(phone.key, said, bound, step=UP))
    refused = sent(app, talk=phone.talk, count=str(phone.count), m=made)
    assert (refused.status, refused.title) == (403, NOT_OPENED)


def test_the_key_of_a_card_opens_no_pages_without_a_seal(opened: OpenSession) -> None:
    site, app = pages(opened)
    card = site.room.card("WR-01")
    assert len(card.key) == 32
    assert len({card.key, *(each.key for each in site.room.cards())}) == len(site.room.cards())
    for secret in (card.seal, card.seal[:22]):
        assert Phone(app).open(f"/k/{secret}").status == 404
    assert not re.search(re.escape(card.token), card.seal)
