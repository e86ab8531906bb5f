"""Every served page for everybody: axe, and nothing off the screen, however one looks at it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bart_tool.domain.route import Route
from bart_tool.web.cards import sheet
from bart_tool.web.server import Served
from bart_tool.wording.translation import words
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.phases import close
from tests.forms.conftest import session
from tests.web.browsing import axe, link, started
from tests.web.running import free_port

# As much room around letters, words, lines and paragraphs as WCAG 1.4.12 asks to bear.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""
TWICE = "html { font-size: 200% !important; }"
PHONE, NARROW = {"width": 360, "height": 640}, {"width": 320, "height": 640}
COLOURS: dict[str, dict[str, Any]] = {
    "light": {"viewport": PHONE},
    "dark": {"viewport": {"width": 768, "height": 1024}, "color_scheme": "dark"},
    "one's own": {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
}
ROOMS: dict[str, tuple[dict[str, int], str]] = {
    "letters twice as large": (PHONE, TWICE),
    "a laptop at 200 %": ({"width": 640, "height": 400}, ""),
    "narrow and spaced": (NARROW, SPACED),
}


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return session(tmp_path, functions=("Voorzitter", "Lid"))


@pytest.fixture
def served(opened: OpenSession) -> Iterator[Served]:
    made = started(opened, free_port())
    yield made
    made.stop()


def every_page(page: Page, served: Served, opened: OpenSession) -> Iterator[str]:
    """Go to each page in turn, and to those that say what is wrong; gives what each is."""

    def go(path: str) -> str:
        page.goto(served.place.url + path)
        return path

    def on(name: str = "Verder") -> None:
        page.get_by_role("button", name=name).last.click()
        page.wait_for_load_state()

    for path in ("/", "/test", "/nowhere", f"/k/{'A' * 22}"):
        yield go(path)
    go("/")
    page.get_by_label("Je code").fill("WR-01")
    on()
    page.locator("#problem").wait_for()
    yield "a wrong PIN"
    go(link(served).removeprefix(served.place.url))
    page.wait_for_url(f"{served.place.url}/")  # the link leaves the address at once
    yield "welcome"
    for path in ("/seen", "/consent"):
        yield go(path)
    on()
    page.locator("#problem").wait_for()
    yield "no choice"
    page.get_by_role("radio").first.check()
    on()
    yield "/function"
    on()
    items = Route(opened.question_set, "wijkraad").items
    for number in {item.question.type: n for n, item in enumerate(items, 1)}.values():
        go(f"/q/{number}")
        for each in page.locator("summary").all():
            each.click()
        yield f"question {number}"
    number = next(n for n, item in enumerate(items, 1) if item.question.tagged)
    go(f"/q/{number}")
    for each in page.locator("input[name=v]").all()[:7]:
        each.check()
    on()
    page.locator("#problem").wait_for()
    yield "too many"
    for each in page.locator("input[name=v]").all()[2:7]:
        each.uncheck()
    on()
    page.wait_for_url("**/how")
    yield "how it came"
    go(f"/q/{number}")
    yield "answered"
    for path in ("/mine", "/end", "/"):
        yield go(path)
    go("/end")
    on("Inleveren")
    yield "handed in"
    yield go("/mine")
    on("Stoppen op dit apparaat")
    yield "left"
    close(opened)
    yield go("/")


def off_the_screen(page: Page) -> list[str]:
    """What reaches past the right side, so that one would have to move the page about."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
            .map(each => each.outerHTML.slice(0, 100))"""
    )
    return found


@pytest.mark.parametrize("colours", COLOURS)
def test_every_page_is_for_everybody(
    browser: Browser, served: Served, opened: OpenSession, colours: str
) -> None:
    context = browser.new_context(**COLOURS[colours])
    context.set_default_timeout(60_000)
    page, seen = context.new_page(), []
    for what in every_page(page, served, opened):
        assert axe(page) == [], what
        assert off_the_screen(page) == [], what
        seen.append(page.locator("h1").first.inner_text())
    assert len(seen) > 20
    assert len({*seen}) > 12
    context.close()


@pytest.mark.parametrize("room", ROOMS)
def test_no_page_reaches_off_the_screen(
    browser: Browser, served: Served, opened: OpenSession, room: str
) -> None:
    viewport, style = ROOMS[room]
    context = browser.new_context(
        viewport=viewport,  # type: ignore[arg-type]
        bypass_csp=True,
        java_script_enabled=bool(style),  # as well as without
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    for what in every_page(page, served, opened):
        if style:
            page.add_style_tag(content=style)
        assert off_the_screen(page) == [], what
    context.close()


def test_a_spoilt_page_is_caught(browser: Browser, served: Served) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    for spoil in (
        "document.querySelector('h1').innerHTML = '<img src=x>'",
        "document.querySelector('button.main').style.color = '#777'",
        "document.querySelector('label').remove()",
        "document.documentElement.lang = ''",
    ):
        page.goto(served.place.url)
        assert axe(page) == []
        page.evaluate(spoil)
        assert axe(page) != [], spoil
    page.evaluate("document.querySelector('h1').style.width = '400px'")
    assert off_the_screen(page) != []
    context.close()


def test_the_cards_to_print_are_for_everybody(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    path = tmp_path / "cards.html"
    cards = [(card, "wijkraad") for card in served.site.room.cards()]
    path.write_text(sheet(cards, served.place.url, "Voorbeeldwijk", words("nl")), "utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(path.as_uri())
    assert axe(page) == []
    context.close()


def test_the_accessibility_tree_of_a_question_says_all_that_is_seen(
    browser: Browser, served: Served, opened: OpenSession
) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    for what in every_page(page, served, opened):
        if what == "too many":
            break
    tree = page.locator("body").aria_snapshot()
    for line in (
        "banner:",
        'link "Mijn beeld"',
        'heading "Welke rollen',
        "alert",
        'group "Welke rollen',
        'button "Terug"',
        'button "Verder"',
    ):
        assert line in tree, tree
    context.close()
