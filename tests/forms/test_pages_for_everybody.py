"""Every page of form and paper can be used by everybody, however they look: axe finds nothing.

Nor is anything cut off, nor too small to hit with a finger. A long run takes every page of the core
set; a change takes the first page of each kind.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bart_tool.domain.route import Route
from bart_tool.workflow.forms import make_forms
from bart_tool.workflow.open_session import OpenSession
from tests.figures import is_long
from tests.forms import filling
from tests.forms.conftest import form_of, session, watched
from tests.forms.phone import PHONE

OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true; })"
# How somebody looks -> what the browser is told.
LOOKS: dict[str, dict[str, Any]] = {
    "a phone": PHONE,
    "a tablet": {"viewport": {"width": 768, "height": 1024}},
    "a laptop": {"viewport": {"width": 1280, "height": 800}},
    "a dark phone": {**PHONE, "color_scheme": "dark"},
    "a dark laptop": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "forced colours": {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
    "200 %": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
    "wide letters": {"viewport": {"width": 320, "height": 640}, "bypass_csp": True},
}
# What WCAG 1.4.12 says that somebody may set.
WIDE_LETTERS = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
    "word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"
)
KIND = """() => ['textarea', '.tags', '.row', '.option small', 'input[type=radio]']
    .filter(each => document.querySelector(`#app ${each}`)).join()"""
CUT_OFF = "width => document.documentElement.scrollWidth > width ? ['the page'] : []"
TOO_SMALL = """() => [...document.querySelectorAll('label.option, button, summary, a')]
    .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
    .filter(([, box]) => box.width && Math.min(box.width, box.height) < 24)
    .map(([html]) => html)"""

# Who hears a list of links hears nothing else: of two places with one name they cannot choose.
ONE_NAME = """() => {
    const places = {};
    for (const each of document.querySelectorAll('a[href]')) {
        const name = each.getAttribute('aria-label') || each.textContent.trim();
        (places[name] = places[name] || new Set()).add(each.getAttribute('href'));
    }
    return Object.keys(places).filter(name => places[name].size > 1);
}"""
# A word of the bar that begins on one line and ends on the next.
CHOPPED = """() => {
    const found = [], bar = document.querySelector('.bar');
    const texts = document.createTreeWalker(bar || document.createElement('p'), 4);
    for (let text = texts.nextNode(); text; text = texts.nextNode())
        for (const { 0: word, index } of text.data.matchAll(/\\S+/g)) {
            const range = document.createRange();
            range.setStart(text, index);
            range.setEnd(text, index + word.length);
            if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) found.push(word);
        }
    return found;
}"""


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    set_name = "wijk-kern" if is_long() else "wijk-kort"
    return session(tmp_path, set_name, functions=("voorzitter", "lid"))


def looking(browser: Browser, look: str) -> BrowserContext:
    made = browser.new_context(offline=True, **LOOKS[look])
    made.set_default_timeout(60_000)
    return made


def seen(page: Page, look: str) -> None:
    """The page as it is seen, with all that can be opened open."""
    page.evaluate(OPEN_ALL)
    if look == "wide letters":
        page.add_style_tag(content=WIDE_LETTERS)


def views(page: Page, opened: OpenSession) -> Iterator[str]:
    """Show every page of the form, one after another; gives what it is."""
    page.goto(form_of(opened))
    page.locator("#app h1").wait_for()
    yield "welcome"
    page.locator("button.main").click()
    page.locator('input[value="position"]').wait_for()
    yield "consent"
    page.locator('input[value="position"]').check()
    page.locator("button.main").click()
    number, kinds = 0, set()
    while page.evaluate("location.hash").startswith("#q"):
        number += 1
        page.locator("progress").wait_for()
        first = page.locator(".option input, textarea").first
        if first.get_attribute("type") in ("radio", "checkbox"):
            first.evaluate("each => each.click()")
        else:
            first.fill("Eigen woorden")
            page.locator(".more > *").first.wait_for()
        kind = page.evaluate(KIND)
        if is_long() or kind not in kinds:
            yield f"question {number}"
        kinds.add(kind)
        page.locator(".bar .main").click()
        if page.evaluate("location.hash").endswith("h"):
            yield f"how {number} came"
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
    page.locator("#app h1").wait_for()
    yield "resume"


def wrong_in(page: Page) -> list[str]:
    """What axe finds, what is cut off, what no finger hits, and links of one name."""
    found = Axe().run(page).response["violations"]
    axe = [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]
    # As wide as the screen is: a phone makes more room for what is too wide.
    width = page.viewport_size["width"] if page.viewport_size else 0
    cut = [f"cut off: {each}" for each in page.evaluate(CUT_OFF, width)]
    small = [f"too small: {each}" for each in page.evaluate(TOO_SMALL)]
    chopped = [f"chopped: {each}" for each in page.evaluate(CHOPPED)]
    named = [f"one name: {each}" for each in page.evaluate(ONE_NAME)]
    return [*axe, *cut, *small, *chopped, *named]


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_wrong_with_any_page_of_the_form(
    browser: Browser, opened: OpenSession, look: str
) -> None:
    context = looking(browser, look)
    page = watched(context.new_page())
    found = {}
    for name in views(page, opened):
        seen(page, look)
        if wrong := wrong_in(page):
            found[name] = wrong
    assert found == {}
    assert page.wrong == []  # type: ignore[attr-defined]
    context.close()


def test_nothing_is_wrong_in_english(browser: Browser, tmp_path: Path) -> None:
    context = looking(browser, "a phone")
    page = watched(context.new_page())
    opened = session(tmp_path, "wijk-kort", language="en", functions=("chair",))
    found = {name: wrong for name in views(page, opened) if (wrong := wrong_in(page))}
    assert found == {}
    context.close()


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_wrong_without_script_nor_on_paper(
    browser: Browser, opened: OpenSession, tmp_path: Path, look: str
) -> None:
    context = looking(browser, look)
    page = context.new_page()
    form = Path(form_of(opened).removeprefix("file://"))
    plain = tmp_path / "plain.html"  # axe is a script itself: the page's own is taken out
    plain.write_text(form.read_text("utf-8").rpartition("<script>")[0], "utf-8")
    (paper,) = (path for path in make_forms(opened, ["WR-01"], paper=True) if "paper" in path)
    for path in (plain, Path(paper)):
        page.goto(path.as_uri())
        seen(page, look)
        assert wrong_in(page) == [], path
    context.close()


def test_what_is_wrong_is_found(page: Page, opened: OpenSession) -> None:
    page.goto(form_of(opened))
    page.locator("#app h1").wait_for()
    assert wrong_in(page) == []
    page.evaluate(
        "document.querySelector('#app').append("
        "...['p', 'o'].map(to => Object.assign(document.createElement('a'), "
        "{ href: `#${to}`, textContent: 'hier' })))"
    )
    page.evaluate(
        "document.querySelectorAll('#app label').forEach("
        "each => each.replaceWith(each.querySelector('input') || ''))"
    )
    page.evaluate(
        "() => { const { style } = document.querySelector('#app h1');"
        "style.color = '#dddddd'; style.width = '4000px';"
        "document.querySelector('button').style.cssText = 'all: unset; font-size: 8px'; }"
    )
    found = {each.partition(":")[0] for each in wrong_in(page)}
    assert found >= {"label", "color-contrast", "cut off", "too small", "one name"}


def test_a_screen_reader_says_each_thing_once_and_where_one_is(
    page: Page, opened: OpenSession
) -> None:
    filling.begin(page, form_of(opened))
    keys = [item.key for item in Route(opened.question_set, "wijkraad").items]
    filling.go(page, f"q{1 + keys.index('roles/wijkraad')}")
    asked = "Welke rollen heeft de wijkraad in de praktijk?"
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    expect(heading).to_have_accessible_name(asked)
    expect(heading).to_have_accessible_description(re.compile(r"^Rol · vraag \d+ van \d+ "))
    assert page.locator("body").aria_snapshot().count(f": {asked}") == 0  # no legend beside it
    roles = page.get_by_role("group", name=asked)
    expect(roles).to_have_accessible_description("Kies er hoogstens 5.")
    roles.get_by_role("checkbox", name="Brug").check()
    expect(page.get_by_role("group", name="Brug. Dit is:")).to_be_visible()
    filling.go(page, "f")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("navigation", name="Elders in dit formulier")).to_be_visible()
