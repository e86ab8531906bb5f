"""Sealed pages in a real browser, with somebody on the network who keeps every byte."""

import hashlib
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from bart_tool.domain.route import Route
from bart_tool.web.server import Served
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.open_session import OpenSession
from tests.forms.conftest import session
from tests.forms.test_every_door_the_same import sheet_of
from tests.forms.test_hostile_text import ALL
from tests.web.browsing import a_phone, axe, begin, link, started, unfolded
from tests.web.listening import Overheard
from tests.web.running import free_port
from tests.web.test_for_everybody import off_the_screen
from tests.web.test_the_same_sheet import what_is_said
from tests.web.test_whole_sets import by_touch, on_the_pages, whole_set
from tests.workshop import with_one_id

SENTINEL = "alleen-van-WR-01"
# The four files of @noble/ciphers 2.4.0, as npm has them.
NOBLE = {
    "_arx.js": "ead142ba410404c0698bb80e0d6f77780799bb77a9e3b098cf0f9fca1c486e37",
    "_poly1305.js": "5d2afd73b40dbafb7b6740c6e6388e7123c79a4e57306861b28c5734925fa84d",
    "chacha.js": "5f1c00575e227b75163f4bac50b79442dec50ee3047c46c18887808ba8af0a69",
    "utils.js": "a443ec1f60d1aaa25d1b7d8c102d33c0e8e6d683ada1ad17be9c32e69170ff95",
}


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return session(tmp_path)


@pytest.fixture
def served(opened: OpenSession) -> Iterator[Served]:
    made = started(opened, free_port(), sealed=True)
    yield made
    made.stop()


def answered(page: Page, opened: OpenSession) -> None:
    """Words on the first question for them, and "I don't know" on the next one."""
    items = Route(opened.question_set, "wijkraad").items
    where = next(n for n, item in enumerate(items, 1) if item.question.type == "text")
    for _ in range(1, where):
        page.get_by_role("button", name="Verder").last.click()
        page.wait_for_url(re.compile(r"/q/\d+$"))
    page.locator("#text").fill(SENTINEL)
    on(page, where)
    page.locator("input[value=dont-know]").check()
    on(page, where + 1)


def on(page: Page, number: int) -> None:
    page.get_by_role("button", name="Verder").last.click()
    page.wait_for_url(re.compile(f"/q/{number + 1}$"))


def test_a_whole_set_gives_the_same_sheet_and_a_listener_has_nothing(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_one_id(monkeypatch)
    opened = session(tmp_path / "browser", "wijk-kort")
    said = what_is_said(session_context(opened, "WR-01"))
    served = Overheard(opened, sealed=True)
    context = a_phone(browser, has_touch=True)
    whole_set(context.new_page(), served, said, by_touch)
    again = a_phone(browser)  # another device, on which all of it is shown
    page = again.new_page()
    page.goto(link(served))
    page.get_by_role("heading", name="Ingeleverd").wait_for()
    page.locator("a[href='/mine']").click()
    page.wait_for_url("**/mine")
    page.locator("details.section").first.wait_for()
    unfolded(page)
    shown = page.locator("main").inner_text()
    for each in (context, again):
        each.close()
    served.stop()
    assert sheet_of(opened) == on_the_pages(tmp_path / "pages")
    heard, card = bytes(served.up + served.down), served.site.room.card("WR-01")
    texts = {each.value for each in said.values() if isinstance(each.value, str)}
    texts |= {each.note for each in said.values()} | {each.words for each in said.values()}
    secret = [*texts, *said, *shown.splitlines(), "WR-01", "application/x-www-form-urlencoded&v="]
    secret += [card.seal, card.token, card.pin, served.site.room.form_key("WR-01")]
    for each in {each.strip() for each in secret if len(each.strip()) > 12}:
        assert each.encode() not in heard, each
        assert quote(each).encode() not in heard, each
    assert heard.count(b"POST /sealed") > len(said)


@pytest.mark.parametrize("sealed", [True, False])
def test_the_listener_does_hear_what_is_not_sealed(
    browser: Browser, opened: OpenSession, sealed: bool
) -> None:
    served = Overheard(opened, sealed=sealed)
    context = a_phone(browser)
    page = context.new_page()
    begin(page, served)
    answered(page, opened)
    page.goto(f"{served.place.url}/mine")
    page.locator("details.section").first.wait_for()
    unfolded(page)
    page.get_by_text(SENTINEL).wait_for()
    context.close()
    served.stop()
    for heard in (served.up, served.down):
        assert (SENTINEL.encode() not in heard) == sealed
    assert (served.site.room.card("WR-01").token.encode() not in served.up) == sealed


def test_the_key_is_in_no_address_and_not_in_what_another_finds(
    browser: Browser, served: Served, opened: OpenSession
) -> None:
    context = a_phone(browser)
    page, asked = context.new_page(), []
    page.on("request", lambda each: asked.append((each.url, each.headers, each.post_data)))
    begin(page, served)
    answered(page, opened)
    seal = served.site.room.card("WR-01").seal
    assert seal not in repr([(url.partition("#")[0], *more) for url, *more in asked])
    assert seal not in page.url
    assert page.evaluate("JSON.stringify(localStorage) + document.cookie") == "{}"
    assert context.cookies() == []
    other = context.new_page()
    for path in ("/", "/q/1", "/mine"):
        other.goto(served.place.url + path)
        other.get_by_role("heading", name="Vul je antwoorden in").wait_for()
        assert SENTINEL not in other.content()
    page.goto(f"{served.place.url}/mine")
    page.locator("details.section").first.wait_for()
    unfolded(page)
    page.get_by_text(SENTINEL).wait_for()  # opened again in the same tab
    page.get_by_role("button", name="Stoppen op dit apparaat").click()
    page.get_by_role("heading", name="Je bent gestopt").wait_for()
    assert page.evaluate("JSON.stringify(sessionStorage)").count(seal) == 0
    page.reload()
    page.get_by_role("heading", name="Vul je antwoorden in").wait_for()
    context.close()


def test_another_card_in_the_same_tab_is_another_person(
    browser: Browser, served: Served, opened: OpenSession
) -> None:
    context = a_phone(browser)
    page = context.new_page()
    begin(page, served)
    answered(page, opened)
    page.goto(link(served, "WR-02"))
    page.get_by_role("heading", name="Welkom").wait_for()
    assert opened.folder.sheet("WR-02") is None
    page.goto(link(served))
    page.locator("a[href='/mine']").wait_for()
    page.goto(f"{served.place.url}/mine")
    page.locator("details.section").first.wait_for()
    unfolded(page)
    page.get_by_text(SENTINEL).wait_for()
    context.close()


def test_started_again_meanwhile_nothing_is_lost(browser: Browser, opened: OpenSession) -> None:
    port = free_port()
    served = started(opened, port, sealed=True)
    context = a_phone(browser)
    page = context.new_page()
    begin(page, served)
    page.locator("input[value=dont-know]").check()
    on(page, 1)
    page.wait_for_load_state("networkidle")  # the questions to come are there
    served.stop()
    for number in (2, 3):
        page.locator("input[value=dont-know]").check()
        on(page, number)
    assert "wacht op dit apparaat (2)" in page.locator("#line").inner_text()
    assert "antwoorden bewaard" not in page.locator("body").inner_text()
    again = started(opened, port, sealed=True)
    page.get_by_text("Er is weer verbinding").wait_for()
    found = opened.folder.sheet("WR-01")
    assert found is not None
    assert [each.revision for each in found[0].answers.values()] == [1, 1, 1]
    context.close()
    again.stop()


def test_what_comes_back_changed_is_not_believed(
    browser: Browser, served: Served, opened: OpenSession
) -> None:
    context = a_phone(browser)
    page, heard = context.new_page(), []
    begin(page, served)

    def changed(route: Any) -> None:
        answer = route.fetch()
        heard.append(answer.body())
        # Another time the answer that was given before.
        other = heard[0] if len(heard) > 1 else bytes([answer.body()[0] ^ 1]) + answer.body()[1:]
        route.fulfill(response=answer, body=other)

    page.route("**/sealed", changed)
    page.locator("input[value=dont-know]").check()
    page.get_by_role("button", name="Verder").last.click()
    page.get_by_text("wacht op dit apparaat (1)").wait_for()
    while len(heard) < 2:  # a second try
        page.wait_for_event("response")
    assert "(1)" in page.locator("#line").inner_text()
    page.unroute("**/sealed")
    page.get_by_text("Er is weer verbinding").wait_for()
    found = opened.folder.sheet("WR-01")
    assert found is not None
    assert [each.revision for each in found[0].answers.values()] == [1]
    context.close()


def test_hostile_text_stays_text_and_comes_back_whole(
    browser: Browser, served: Served, opened: OpenSession
) -> None:
    context = a_phone(browser)
    page, wrong = context.new_page(), []
    page.on("console", lambda each: wrong.append(each.text))
    page.on("pageerror", lambda each: wrong.append(str(each)))
    begin(page, served)
    items = Route(opened.question_set, "wijkraad").items
    where = next(n for n, item in enumerate(items, 1) if item.question.type == "text")
    page.goto(f"{served.place.url}/q/{where}")
    page.locator("#text").fill(ALL[:900] + "é\U0001f600")
    on(page, where)
    for path in (f"/q/{where}", "/mine"):
        page.goto(served.place.url + path)
        page.locator("main details").first.wait_for()
        unfolded(page)
        page.get_by_text("window.__ran").first.wait_for()
    assert page.evaluate("window.__ran") is None
    assert wrong == []
    found = opened.folder.sheet("WR-01")
    assert found is not None
    assert str(found[0].answers[items[where - 1].key].value).endswith("é\U0001f600")
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_without_a_key_or_a_script_the_page_says_what_to_do(
    browser: Browser, served: Served, script: bool
) -> None:
    context = a_phone(browser, java_script_enabled=script)
    page = context.new_page()
    page.goto(served.place.url if script else link(served))
    assert "Vraag de begeleider" in page.locator("main").inner_text()
    if script:
        assert axe(page) == []
        assert off_the_screen(page) == []
    context.close()


def test_the_other_language_stays_when_the_page_is_opened_again(
    browser: Browser, served: Served
) -> None:
    context = a_phone(browser)
    page = context.new_page()
    page.goto(link(served))
    page.get_by_role("button", name="In English").click()
    page.get_by_role("heading", name="Welcome").wait_for()
    page.reload()
    page.get_by_role("heading", name="Welcome").wait_for()
    context.close()


def test_what_seals_in_the_browser_is_what_its_makers_published() -> None:
    folder = files("bart_tool").joinpath("web", "static", "noble")
    found = {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in folder.iterdir()}
    assert found == NOBLE
