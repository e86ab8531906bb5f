"""What stays behind in a real browser: its history, cache, titles, and the files of its profile.

What it remembers of an address that was opened no page can take away: the link of a card lies
there, and dies when the round closes or the card is replaced. An answer lies there nowhere, except
where the browser keeps what was typed in a page so that it can bring the page back.
"""

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from bart_tool.domain.route import Route
from bart_tool.web.server import Served
from bart_tool.workflow.open_session import OpenSession
from tests.fonts import with_our_font
from tests.forms.conftest import chromium, session
from tests.forms.test_hostile_text import ALL, PAYLOADS, hostile_set
from tests.tui import sample
from tests.web.browsing import LOOPBACK, PHONE, a_phone, begin, link, started, unfolded
from tests.web.running import free_port

SAID, NOTED = "zin-die-niemand-leest", "noot-die-niemand-leest"
# Where Chromium keeps which addresses were opened, and what stood in the pages of a tab.
OF_ADDRESSES = ("Default/History", "Default/Sessions/", "segmentation_platform/")
OF_TABS = ("Default/Sessions/",)
OF_KEYS = (*OF_ADDRESSES, "Default/Session Storage/")


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return session(tmp_path / "sessions")


def with_a_profile(playwright: Playwright, folder: Path, *, script: bool = True) -> BrowserContext:
    made = playwright.chromium.launch_persistent_context(
        str(folder),
        executable_path=chromium(),
        args=LOOPBACK,
        env=with_our_font(),
        viewport=PHONE,  # type: ignore[arg-type]
        java_script_enabled=script,
    )
    made.set_default_timeout(60_000)
    return made


def number_of_words(opened: OpenSession) -> int:
    items = Route(opened.question_set, "wijkraad").items
    return next(n for n, item in enumerate(items, 1) if item.question.type == "text")


def written(page: Page, served: Served, opened: OpenSession) -> None:
    """Words and a note that were kept, and then seen again."""
    where = number_of_words(opened)
    page.goto(f"{served.place.url}/q/{where}")
    page.locator("#text").fill(SAID)
    page.locator("details:has(#note) > summary").click()
    page.locator("#note").fill(NOTED)
    page.get_by_role("button", name="Verder").last.click()
    page.wait_for_url(re.compile(f"/q/{where + 1}$"))
    page.goto(f"{served.place.url}/mine")
    page.locator("details.section").first.wait_for()
    unfolded(page)
    page.get_by_text(SAID).wait_for()


def found_in(profile: Path, what: str) -> set[str]:
    """The files of the profile that hold it, as a browser may write it."""
    shapes = (what.encode(), what.encode("utf-16-le"))
    return {
        path.relative_to(profile).as_posix()
        for path in profile.rglob("*")
        if path.is_file() and any(shape in path.read_bytes() for shape in shapes)
    }


@pytest.mark.parametrize(("sealed", "script"), [(False, True), (False, False), (True, True)])
def test_no_file_of_the_browser_holds_an_answer_or_says_whose_it_is(
    playwright: Playwright, opened: OpenSession, tmp_path: Path, sealed: bool, script: bool
) -> None:
    profile, served = tmp_path / "profile", started(opened, free_port(), sealed=sealed)
    context = with_a_profile(playwright, profile, script=script)
    page = context.new_page()
    begin(page, served)
    written(page, served, opened)
    page.goto(f"{served.place.url}/seen-by-nobody")
    context.close()  # in order: what a browser had still to write, it writes now
    served.stop()
    card = served.site.room.card("WR-01")
    # Without a script a browser keeps what was typed with the page that one left, to go back to.
    of_tabs = set() if script else {f for f in found_in(profile, SAID) if f.startswith(OF_TABS)}
    assert found_in(profile, SAID) == of_tabs
    assert {f for f in found_in(profile, NOTED) if not f.startswith(OF_TABS)} == set()
    assert not script or found_in(profile, NOTED) == set()
    for secret in ("WR-01", card.pin, card.printed_pin):
        assert found_in(profile, secret) == set(), secret
    assert all(f.startswith(OF_ADDRESSES) for f in found_in(profile, card.token))
    assert all(f.startswith(OF_KEYS) for f in found_in(profile, card.seal))
    # The other way of coming in left nothing at all, and this way of looking does find things.
    assert found_in(profile, card.token if sealed else card.seal) == set()
    assert "Default/History" in found_in(profile, card.seal if sealed else card.token)
    assert "Default/History" in found_in(profile, "seen-by-nobody")


def test_titles_in_the_history_say_what_a_page_is_and_nothing_more(
    playwright: Playwright, opened: OpenSession, tmp_path: Path
) -> None:
    profile, served = tmp_path / "profile", started(opened, free_port())
    context = with_a_profile(playwright, profile)
    page = context.new_page()
    begin(page, served)
    written(page, served, opened)
    for path in ("/seen", "/end", "/mine", "/"):
        page.goto(served.place.url + path)
    context.close()
    served.stop()
    with sqlite3.connect(profile / "Default/History") as history:
        rows = history.execute("select url, title from urls").fetchall()
    titles = {re.sub(r"\d+", "N", title) for _, title in rows}
    assert "Vraag N van N" in titles
    assert titles <= {
        *("Welkom", "Welkom terug", "Wie ziet straks wat?", "Vraag N van N", "Mijn beeld"),
        *("Hoe mogen je antwoorden in het verslag staan?", "Inleveren"),
    }
    paths = {re.sub(r"/k/.*", "/k/", url.removeprefix(served.place.url)) for url, _ in rows}
    assert {re.sub(r"\d+", "N", path) for path in paths} <= {
        *("/k/", "/", "/seen", "/consent", "/q/N", "/mine", "/end")
    }


@pytest.mark.parametrize(("sealed", "script"), [(False, True), (False, False), (True, True)])
def test_after_stopping_the_way_back_shows_no_answer(
    browser: Browser, opened: OpenSession, sealed: bool, script: bool
) -> None:
    served = started(opened, free_port(), sealed=sealed)
    context = a_phone(browser, java_script_enabled=script)
    page = context.new_page()
    begin(page, served)
    written(page, served, opened)
    page.get_by_role("button", name="Stoppen op dit apparaat").click()
    page.get_by_role("heading", name="Je bent gestopt").wait_for()
    for _ in range(4):
        page.go_back()
        page.get_by_role("heading", name="Vul je antwoorden in").wait_for()
        assert SAID not in page.content()
        assert page.locator("form.question").count() == 0
    page.reload()
    assert SAID not in page.content()
    context.close()
    served.stop()


def test_a_page_that_a_browser_kept_as_it_was_is_asked_for_anew(
    browser: Browser, opened: OpenSession
) -> None:
    """As Safari does, where pages come without https, also those that are not to be stored."""
    served = started(opened, free_port())
    context = a_phone(browser)
    page = context.new_page()
    begin(page, served)
    written(page, served, opened)
    context.clear_cookies()  # as after stopping in another tab
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.get_by_role("heading", name="Vul je antwoorden in").wait_for()
    assert SAID not in page.content()
    context.close()
    served.stop()


def test_the_link_leaves_the_address_without_a_script_too(
    browser: Browser, opened: OpenSession
) -> None:
    served = started(opened, free_port())
    context = a_phone(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.place.url}/test")
    page.goto(link(served))
    page.wait_for_url(f"{served.place.url}/")
    page.get_by_role("heading", name="Welkom").wait_for()
    page.go_back()
    assert page.url == f"{served.place.url}/test"  # the link is not on the way back
    context.close()
    served.stop()


def content_of(page: Page, url: str) -> str:
    """The page at `url`, once the hostile words stand on it as text: sealed it comes in pieces."""
    page.goto(url)
    page.get_by_text("window.__ran").first.wait_for(state="attached")
    return page.content()


@pytest.mark.parametrize(("sealed", "script"), [(False, True), (False, False), (True, True)])
def test_no_text_runs_on_any_page(
    browser: Browser, tmp_path: Path, sealed: bool, script: bool
) -> None:
    """Hostile are all texts of the set and the session, and what somebody answers."""
    without_braces = " ".join(
        each for each in PAYLOADS if "{" not in each
    )  # a set may not hold them
    data = sample.plain(hostile_set(without_braces))
    opened = sample.opened(tmp_path, data=data, title=ALL, functions=list(PAYLOADS))
    served = started(opened, free_port(), sealed=sealed)
    context = a_phone(browser, java_script_enabled=script)
    page, wrong = context.new_page(), []
    page.on("console", lambda each: wrong.append(each.text) if each.type == "error" else None)
    page.on("pageerror", lambda each: wrong.append(str(each)))
    page.on(
        "request",
        lambda each: (
            None if each.url.startswith((served.place.url, "data:")) else wrong.append(each)
        ),
    )
    begin_among_functions(page, served)
    ways = [f"/q/{n}" for n, _ in enumerate(Route(opened.question_set, "wijkraad").items, 1)]
    shown = []
    for path in ways:
        page.goto(served.place.url + path)
        page.locator("form.question").wait_for()
        for each in page.locator("summary").all():
            each.click()
        for each in page.locator("textarea:visible, input.namely:visible").all():
            each.fill(ALL[:1000])
        boxes = page.locator("input[name=v]")
        if not page.locator("#text").count():
            boxes.first.check()
        page.get_by_role("button", name="Verder").last.click()
        page.wait_for_url(lambda url, before=path: not url.endswith(before))
        shown.append(content_of(page, served.place.url + path))
    for path in ("/mine", "/"):
        shown.append(content_of(page, served.place.url + path))
    assert wrong == []
    if script:
        assert page.evaluate("window.__ran") is None
    found = opened.folder.sheet("WR-01")
    assert found is not None
    assert len(found[0].answers) == len(ways)
    assert len(shown) == len(ways) + 2
    context.close()
    served.stop()


def begin_among_functions(page: Page, served: Served) -> None:
    page.goto(link(served))
    for path in ("/seen", "/consent"):
        page.get_by_role("link", name="Verder").click()
        page.wait_for_url(f"**{path}")
        page.locator(f'main a[href="/consent"], form[action="{path}"]').first.wait_for()
    for path in ("/consent", "/function"):
        page.locator(f'form[action="{path}"]').wait_for()
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Verder").click()
    page.wait_for_url(re.compile("/q/1$"))
