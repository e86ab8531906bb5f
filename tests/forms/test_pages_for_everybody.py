"""Every page of the form can be used by everybody: axe finds nothing, and nothing is cut off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from bart_tool.workflow.open_session import OpenSession
from tests.forms import filling
from tests.forms.conftest import form_of, session, watched

OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
WIDTHS = (320, 640, 1280)  # a small phone; a laptop at 200 %; a laptop


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return session(tmp_path, functions=("voorzitter", "lid"))


def views(page: Page, opened: OpenSession) -> Iterator[str]:
    """Show every page of the form, one after another; gives what it is."""
    page.goto(form_of(opened))
    filling.at(page, "Welkom")
    yield "welcome"
    page.locator('input[value="position"]').check()
    page.locator("button.main").click()
    number = 0
    while page.evaluate("location.hash").startswith("#q"):
        number += 1
        page.locator("progress").wait_for()
        first = page.locator(".option input, textarea").first
        if first.get_attribute("type") in ("radio", "checkbox"):
            first.check(force=True)
            page.evaluate(OPEN_ALL)
        else:
            first.fill("Eigen woorden")
            page.locator(".more > *").first.wait_for()
        yield f"question {number}"
        page.locator(".bar .main").click()
    for hash_, name in (("p", "picture"), ("o", "overview"), ("f", "finish"), ("x", "wipe")):
        filling.go(page, hash_)
        yield name
    filling.go(page, "f")
    with page.expect_download():
        page.locator("button.main").click()
    filling.made(page)
    yield "made"
    page.reload()
    yield "resume"


def wrong_in(page: Page) -> list[str]:
    found = Axe().run(page)
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_wrong(
    browser: Browser, tmp_path: Path, language: str, scheme: str
) -> None:
    opened = session(tmp_path, "wijk-kort", language=language, functions=("voorzitter", "lid"))
    context = browser.new_context(offline=True, color_scheme=scheme, locale=language)  # type: ignore[arg-type]
    page = watched(context.new_page())
    page.goto(form_of(opened))
    page.locator('input[value="position"]').check()
    page.locator("button.main").click()
    found = {}
    hashes = [f"q{number}" for number in range(1, 12)]
    for where in ("w", *hashes, "p", "o", "f", "x"):
        filling.go(page, where)
        for box in page.locator("form .option input").all()[:1]:
            box.check(force=True)
        page.evaluate(OPEN_ALL)
        if wrong := wrong_in(page):
            found[where] = wrong
    filling.go(page, "f")
    with page.expect_download():
        page.locator("button.main").click()
    filling.made(page)
    if wrong := wrong_in(page):
        found["made"] = wrong
    page.reload()
    if wrong := wrong_in(page):
        found["resume"] = wrong
    assert found == {}
    assert page.wrong == []  # type: ignore[attr-defined]
    context.close()


def test_axe_would_find_something_wrong(page: Page, opened: OpenSession) -> None:
    page.goto(form_of(opened))
    page.evaluate(
        "document.querySelectorAll('#app label').forEach("
        "each => each.replaceWith(each.querySelector('input')))"
    )
    page.evaluate("document.querySelector('h1').style.color = '#dddddd'")
    assert {each.partition(":")[0] for each in wrong_in(page)} >= {"label", "color-contrast"}


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_off(browser: Browser, tmp_path: Path, width: int) -> None:
    opened = session(tmp_path)
    context = browser.new_context(offline=True, viewport={"width": width, "height": 700})
    page = watched(context.new_page())
    too_wide = [
        name
        for name in views(page, opened)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    ]
    assert too_wide == []
    context.close()
