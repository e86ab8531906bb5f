"""Who may come in and who may not: links, PINs, other hosts, other people's forms."""

import asyncio
import re
import stat
from pathlib import Path

import pytest

from bart_tool.errors import NotAllowed
from bart_tool.store import pins
from bart_tool.web.guard import LONGEST_PATH, MOST_BYTES, Guard
from bart_tool.web.site import Site
from bart_tool.workflow.answering.tries import FREE, LONGEST, MOST_KEPT, Tries
from bart_tool.workflow.erase import erase
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.phases import close
from bart_tool.workflow.room import Room
from tests.tui import sample
from tests.web.phone import HOST, URL, Answered, Phone, ask, begun, link_of

Served = tuple[Site, Guard]
SECRET = "Dit zegt alleen WR-01"
MISSION = 3  # the number of the question that is answered in own words
OWN_PAGES = ("/", "/q/1", "/q/3", "/q/3/how", "/mine", "/end", "/seen", "/consent", "/function")


def written(served: Served) -> Phone:
    """WR-01 wrote something that nobody else may read."""
    phone = begun(*served)
    phone.open(f"/q/{MISSION}")
    phone.tap(text=SECRET)
    assert SECRET in phone.open("/mine").text
    return phone


def test_a_link_holds_128_bits_and_no_two_are_alike(opened: OpenSession) -> None:
    room = Room(opened)
    tokens = [card.token for card in room.cards()]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in tokens)
    assert len({*tokens}) == len(tokens) == 3
    assert [room.whose(card.token) for card in room.cards()] == [c.code for c in room.cards()]


def test_the_same_cards_come_again_and_new_ones_end_the_earlier(opened: OpenSession) -> None:
    first = Room(opened).cards()
    assert Room(opened).cards() == first
    anew = Room(opened, new_cards=True)
    assert not {c.token for c in anew.cards()} & {c.token for c in first}
    assert all(anew.whose(card.token) is None for card in first)


def test_nothing_of_a_link_is_kept_but_the_secret_that_only_its_owner_reads(
    opened: OpenSession, tmp_path: Path
) -> None:
    room = Room(opened)
    secrets = [each for card in room.cards() for each in (card.token, card.pin)]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert not any(each.encode() in path.read_bytes() for each in secrets), path
    assert stat.S_IMODE((tmp_path / "proef/private/pins.yaml").stat().st_mode) == 0o600


def test_a_round_that_is_not_open_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        Room(sample.opened(tmp_path, phase="preparing"))


@pytest.mark.parametrize("path", OWN_PAGES)
def test_no_page_shows_one_persons_answer_to_another_or_to_nobody(
    served: Served, path: str
) -> None:
    written(served)
    other, nobody, forger = begun(*served, "WR-02"), Phone(served[1]), Phone(served[1])
    forger.cookies["bart"] = "A" * 22
    for phone in (other, nobody, forger):
        assert SECRET not in phone.open(path).text
        assert SECRET not in " ".join(f"{n}: {v}" for n, v in phone.here.headers)


@pytest.mark.parametrize("path", ["/q/1", "/q/5/how", "/hand-in", "/consent", "/function"])
def test_a_form_of_one_is_not_taken_from_another(
    served: Served, opened: OpenSession, path: str
) -> None:
    mine, theirs = written(served), begun(*served, "WR-02")
    before = opened.folder.content("sheets/WR-01.yaml"), opened.folder.content("sheets/WR-02.yaml")
    key = served[0].room.form_key("WR-01")
    for phone, said in ((theirs, key), (theirs, ""), (mine, "x" * 32)):
        answered = phone.send(path, {"key": [said], "v": ["voice"], "act": ["next"]})
        assert answered.status == 403
        assert answered.title == "Dit antwoord is niet bewaard"
    after = opened.folder.content("sheets/WR-01.yaml"), opened.folder.content("sheets/WR-02.yaml")
    assert before == after


def test_nothing_in_an_address_a_title_or_a_cookie_says_who_or_what(served: Served) -> None:
    phone = written(served)
    for path in OWN_PAGES:
        answered = phone.open(path)
        said = [answered.at, answered.page.findtext(".//title"), *phone.cookies.values()]
        said += [value for _, value in answered.headers]
        for each in said:
            assert "WR-01" not in each
            assert SECRET not in each


def test_every_answer_is_closed_to_other_pages_and_kept_nowhere(served: Served) -> None:
    phone = written(served)
    for path in (
        *OWN_PAGES,
        "/test",
        "/page.css",
        "/tokens.css",
        "/nowhere",
        link_of(served[0], "WR-01"),
    ):
        answered = phone.open(path)
        assert answered.header("cache-control") == "no-store"
        assert answered.header("x-content-type-options") == "nosniff"
        assert answered.header("referrer-policy") == "same-origin"
        policy = answered.header("content-security-policy")
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_the_cookie_is_for_these_pages_only(served: Served) -> None:
    phone = Phone(served[1])
    said = phone.open(link_of(served[0], "WR-01")).header("set-cookie")
    assert "HttpOnly" in said
    assert "SameSite=strict" in said
    assert "Domain" not in said


def test_no_page_holds_a_style_or_a_script_of_its_own(served: Served) -> None:
    phone = written(served)
    for path in (*OWN_PAGES, "/test", "/nowhere"):
        page = phone.open(path).page
        assert page.xpath("//script[not(@src)] | //style | //@style") == []
        assert [each for each in page.xpath("//@*") if each.attrname.startswith("on")] == []


def asked(served: Served, method: str = "GET", path: str = "/test", **more: object) -> Answered:
    return asyncio.run(ask(served[1], method, path, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["evil.example", "192.0.2.5", f"{HOST}.evil.example", "", None])
def test_another_host_gets_nothing(served: Served, host: str | None) -> None:
    answered = asked(served, host=host)
    assert (answered.status, answered.body) == (421, b"")


def test_two_hosts_in_one_request_get_nothing(served: Served) -> None:
    assert asked(served, headers=[("host", HOST)]).status == 421


FORM = ("content-type", "application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([FORM, ("content-length", "0")], 403),
        ([("origin", "null"), FORM, ("content-length", "0")], 403),
        ([("origin", "http://evil.example"), FORM, ("content-length", "0")], 403),
        ([("origin", URL), ("content-type", "text/plain"), ("content-length", "0")], 415),
        ([("origin", URL), FORM], 411),
        ([("origin", URL), FORM, ("content-length", str(MOST_BYTES + 1))], 413),
        ([("origin", URL), FORM, ("content-length", "9" * 30)], 413),
    ],
)
def test_a_form_that_these_pages_did_not_send_is_refused(
    served: Served, headers: list[tuple[str, str]], status: int
) -> None:
    assert asked(served, "POST", "/q/1", headers=headers).status == status


def test_more_than_was_said_is_not_read(served: Served) -> None:
    headers = [("origin", URL), FORM, ("content-length", "1")]
    assert asked(served, "POST", "/q/1", headers=headers, body=b"x" * 100_000).status == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT"])
def test_other_methods_are_refused(served: Served, method: str) -> None:
    assert asked(served, method).status == 405


def test_questions_in_an_address_and_long_addresses_are_refused(served: Served) -> None:
    assert asked(served, query=b"code=WR-01").status == 404
    assert asked(served, path="/" + "a" * LONGEST_PATH).status == 404


@pytest.mark.parametrize("path", ["/", "/k/", "/sheets/WR-01.yaml", "/../session.yaml", "/admin"])
def test_there_is_no_folder_and_no_page_for_who_leads(served: Served, path: str) -> None:
    answered = asked(served, path=path)
    assert answered.status in (200, 404)
    assert "kind: session" not in answered.text


def test_code_and_pin_let_in_without_a_card(served: Served) -> None:
    phone = Phone(served[1])
    phone.open("/")
    pin = served[0].room.card("WR-01").pin
    assert phone.tap(code="wr-01", pin=f"{pin[:4]} {pin[4:]}").title == "Welkom"
    assert "(WR-01)" in phone.here.text


@pytest.mark.parametrize(
    ("code", "pin"), [("WR-01", "00000000"), ("WR-99", "00000000"), ("", "00000000")]
)
def test_a_wrong_pin_and_a_code_of_nobody_read_the_same(
    served: Served, code: str, pin: str
) -> None:
    phone = Phone(served[1])
    phone.open("/")
    answered = phone.tap(code=code, pin=pin)
    assert answered.status == 403
    assert "horen niet bij elkaar" in answered.alert()
    assert "bart" not in phone.cookies


@pytest.mark.parametrize("typed", ["wr01", "WR 01", "wr-1", "WR–01"])
def test_a_code_may_be_typed_as_a_phone_types_it(served: Served, typed: str) -> None:
    phone = Phone(served[1])
    phone.open("/")
    assert phone.tap(code=typed, pin=served[0].room.card("WR-01").pin).title == "Welkom"


@pytest.mark.parametrize("code", ["WR-01", "WR-99"])
def test_the_four_digits_of_the_laptop_are_no_wrong_try_and_told_apart(
    served: Served, code: str
) -> None:
    site, guard = served
    phone = Phone(guard)
    phone.open("/")
    for _ in range(FREE + 2):
        answered = phone.tap(code=code, pin=site.room.card("WR-01").pin[:4])
        assert answered.status == 403
        assert "Een pincode heeft hier acht cijfers. Vul ze alle acht in." in answered.text
    assert phone.tap(code="WR-01", pin=site.room.card("WR-01").pin).title == "Welkom"


def test_the_pin_of_one_does_not_let_in_as_another(served: Served) -> None:
    phone = Phone(served[1])
    phone.open("/")
    assert phone.tap(code="WR-02", pin=served[0].room.card("WR-01").pin).status == 403


async def _at_once(seconds: float) -> None:
    WAITED.append(seconds)


WAITED: list[float] = []


def test_wrong_tries_wait_longer_and_the_right_one_still_comes_in(served: Served) -> None:
    site, app = served
    WAITED.clear()
    site._tries = Tries(_at_once, clock=lambda: 0.0)
    for number in range(30):
        thief = Phone(app, address=f"192.0.2.{number + 10}")
        thief.open("/")
        thief.tap(code="WR-01", pin=f"{number:08}")
    assert WAITED[:3] == [1.0, 2.0, 4.0]
    assert WAITED[-1] == LONGEST
    owner = Phone(app, address="192.0.2.200")
    owner.open("/")
    assert owner.tap(code="WR-01", pin=site.room.card("WR-01").pin).title == "Welkom"
    assert begun(site, app, "WR-02").here.status == 200
    assert Phone(app).open(link_of(site, "WR-01")).status == 200


def test_an_address_that_tries_links_waits_too(served: Served) -> None:
    site, app = served
    WAITED.clear()
    site._tries = Tries(_at_once, clock=lambda: 0.0)
    thief = Phone(app)
    for number in range(FREE + 2):
        assert thief.open(f"/k/{number:022}").status == 404
    assert WAITED == [1.0, 2.0]


def test_wrong_tries_are_forgotten_in_time_and_never_fill_the_memory() -> None:
    now = [0.0]
    tries = Tries(_at_once, clock=lambda: now[0])
    for number in range(MOST_KEPT * 2):
        tries.wrong("", f"address-{number}")
    assert len(tries._wrong) == MOST_KEPT
    for _ in range(5_000):
        tries.wrong("WR-01", "192.0.2.9")
    assert tries.wait("person WR-01") == LONGEST
    now[0] = 10.0**6
    assert tries.wait("person WR-01") == 0.0


def test_an_address_has_one_try_at_a_time() -> None:
    async def both() -> list[bool]:
        hold = asyncio.Event()

        async def wait(_: float) -> None:
            await hold.wait()

        tries = Tries(wait, clock=lambda: 0.0)
        for _ in range(FREE):
            tries.wrong("", "here")
        first = asyncio.create_task(tries.may_try("", "here"))
        await asyncio.sleep(0)
        second = await tries.may_try("", "here")
        hold.set()
        return [await first, second]

    assert asyncio.run(both()) == [True, False]


def test_who_is_erased_comes_in_no_more_and_no_card_of_theirs_is_left(
    served: Served, opened: OpenSession, tmp_path: Path
) -> None:
    from bart_tool.web.cards import sheet
    from bart_tool.wording.translation import words

    phone, link = written(served), link_of(served[0], "WR-01")
    cards = [(card, "wijkraad") for card in served[0].room.cards()]
    served[0].room.keep_sheet(sheet(cards, URL, "Voorbeeldwijk", words("nl")))
    erase(opened, "WR-01")
    assert phone.open(f"/q/{MISSION}").status == 403
    assert Phone(served[1]).open(link).status == 404
    left = [p for p in tmp_path.rglob("*") if p.is_file() and b"WR-01" in p.read_bytes()]
    assert [p.name for p in left] == ["session.yaml"]
    assert begun(*served, "WR-02").here.status == 200


def test_stopping_on_a_device_that_is_not_ones_own_ends_it_there(served: Served) -> None:
    phone = written(served)
    phone.tap()
    assert phone.here.title == "Je bent gestopt op dit apparaat"
    assert SECRET not in phone.open("/mine").text


def test_closing_takes_the_secret_of_the_cards_away(served: Served, opened: OpenSession) -> None:
    assert pins.kept(opened.home).secret
    close(opened)
    assert pins.kept(opened.home).secret == ""
    assert pins.are_asked(opened.home)


def test_a_page_that_is_the_test_says_so_to_everybody(served: Served) -> None:
    assert asked(served).title == "Het werkt"
    assert served[0].tested == 1


def test_the_other_language_stays_on_the_device(served: Served) -> None:
    phone = begun(*served)
    phone.send("/language", {"at": ["/q/1"]})
    assert phone.here.at == "/q/1"
    assert "Question 1 of" in phone.here.text
    assert "Welcome back" in phone.open("/").text
