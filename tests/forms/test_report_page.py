"""The report's pages for everybody: on a phone, in the dark, with a screen reader, on paper."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from bart_tool.report import html
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.publish import publish
from tests.forms.conftest import watched
from tests.waiting import wait_until

WIDTHS = (320, 390, 640, 768, 1280)
# A sheet of A4 within the margins of the page, in pixels of 1/96 inch.
PHONE = {"width": 360, "height": 640}
PAPER = {"width": round(180 / 25.4 * 96), "height": round(263 / 25.4 * 96)}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo's report and appendix in both languages: `report nl`."""
    made = {}
    for language in ("nl", "en"):
        root = tmp_path_factory.mktemp(language)
        opened = make_demo(DiskStore(root), language).opened  # type: ignore[arg-type]
        for path in map(Path, publish(opened, formats=("html",)).files):
            if path.suffix == ".html":
                made[f"{path.stem} {language}"] = path
    return made


def sheets_of(page: Page) -> int:
    """How many sheets of A4 the page is."""
    printed = page.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", printed)
    sizes = {(round(float(w) / 72 * 25.4), round(float(h) / 72 * 25.4)) for w, h in sheets}
    assert sizes == {(210, 297)}
    return len(re.findall(rb"/Type /Page\b", printed))


@pytest.fixture(params=["report", "appendix"])
def on_paper(
    request: pytest.FixtureRequest, browser: Browser, pages: dict[str, Path]
) -> Iterator[Page]:
    context = browser.new_context(offline=True, viewport=PAPER, color_scheme="dark")  # type: ignore[arg-type]
    page = watched(context.new_page())
    page.goto(pages[f"{request.param} nl"].as_uri())
    page.emulate_media(media="print")
    yield page
    context.close()


def test_it_is_one_file_that_names_no_other_place(pages: dict[str, Path]) -> None:
    for path in pages.values():
        text = path.read_text("utf-8")
        assert len(text.encode()) < 2_000_000
        places = set(re.findall(r"https?://[^\"'\s<>]+", text))
        assert places == {"http://www.w3.org/2000/svg"}  # the name of the format, never asked for
        assert not re.search(r"<(script|img|link|iframe|object|embed)\b", text)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["report nl", "appendix nl", "report en", "appendix en"])
def test_axe_finds_nothing_wrong(
    browser: Browser, pages: dict[str, Path], name: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        offline=True,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 800},
    )
    page = watched(context.new_page())
    page.goto(pages[name].as_uri())
    for is_open in ("false", "true"):
        parts = "document.querySelectorAll('details')"
        page.evaluate(f"{parts}.forEach(each => {{ each.open = {is_open}; }})")
        violations = Axe().run(page).response["violations"]
        assert [f"{each['id']}: {each['nodes'][0]['html']}" for each in violations] == []
    assert page.wrong == []  # type: ignore[attr-defined]
    assert page.locator("figure svg[role=img] > title").count() > 2
    context.close()


@pytest.mark.parametrize("name", ["report", "appendix"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_off_on_a_screen(
    browser: Browser, pages: dict[str, Path], width: int, name: str
) -> None:
    context = browser.new_context(offline=True, viewport={"width": width, "height": 700})
    page = watched(context.new_page())
    page.goto(pages[f"{name} nl"].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert outside(page) == []
    context.close()


def outside(page: Page) -> list[str]:
    """What sticks out at the right of the text, or whose own content does not fit in it."""
    found: list[str] = page.evaluate(
        """() => {
            const text = document.querySelector('main').getBoundingClientRect().right + 1;
            // On a phone a picture is wider than the text, as wide as the screen at most.
            const end = each => each.tagName === 'FIGURE' ? window.innerWidth + 1 : text;
            return [...document.querySelectorAll('main :is(table, tbody *, figure, p, li)')]
                .filter(each => !each.closest('svg'))
                // On a screen a wide table is moved in its own box.
                .filter(each => !(matchMedia('screen').matches && each.closest('.scroll')))
                .filter(each => each.getBoundingClientRect().right > end(each)
                    || (each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1))
                .map(each => each.outerHTML.slice(0, 80));
        }"""
    )
    return found


def test_the_text_in_a_picture_stays_inside_it(browser: Browser, pages: dict[str, Path]) -> None:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    for path in pages.values():
        page.goto(path.as_uri())
        cut = page.evaluate(
            """() => [...document.querySelectorAll('figure svg text')].filter(each => {
                const box = each.getBBox(), all = each.ownerSVGElement.viewBox.baseVal;
                return box.x < 0 || box.x + box.width > all.width + 1
                    || box.y < 0 || box.y + box.height > all.height + 1;
            }).map(each => each.textContent)"""
        )
        assert cut == []
    context.close()


def test_on_paper_no_table_is_cut(on_paper: Page) -> None:
    assert outside(on_paper) == []
    rules = on_paper.evaluate(
        """() => {
            const of = name => [...document.querySelectorAll(name)];
            const style = each => getComputedStyle(each);
            return {
                heads: of('thead').map(each => style(each).display),
                kept: of('tr, figure').map(each => style(each).breakInside),
                highest: Math.max(...of('tr, figure').map(e => e.getBoundingClientRect().height)),
                hidden: of('.contents, .back, .hint').map(each => style(each).display),
                background: style(document.body).color,
            };
        }"""
    )
    assert set(rules["heads"]) == {"table-header-group"}  # which is repeated on every sheet
    assert set(rules["kept"]) == {"avoid"}
    assert rules["highest"] < PAPER["height"]
    assert set(rules["hidden"]) == {"none"}
    assert rules["background"] == "rgb(28, 34, 48)"  # ink, also where the screen is dark


def open_on(browser: Browser, path: Path, viewport: dict[str, int]) -> Page:
    context = browser.new_context(offline=True, viewport=viewport)  # type: ignore[arg-type]
    page = watched(context.new_page())
    page.goto(path.as_uri())
    return page


def shown(page: Page) -> list[bool]:
    """Of every part whether what is in it can be seen."""
    found: list[bool] = page.evaluate(
        """() => [...document.querySelectorAll('.inside')].map(
            each => each.checkVisibility({visibilityProperty: true})
                && each.getBoundingClientRect().height > 0
        )"""
    )
    return found


def test_the_report_is_three_sheets_of_which_the_first_is_the_summary(
    browser: Browser, pages: dict[str, Path]
) -> None:
    for name in ("report nl", "report en"):
        page = open_on(browser, pages[name], PAPER)
        page.emulate_media(media="print")
        next_sheet = "document.querySelector('hr + *')"
        end = page.evaluate(f"{next_sheet}.getBoundingClientRect().top + scrollY")
        assert 0 < end < PAPER["height"]
        assert page.evaluate(f"getComputedStyle({next_sheet}).breakBefore") == "page"
        assert sheets_of(page) <= 3
        page.context.close()


def test_a_sheet_that_is_just_full_leaves_no_empty_one(browser: Browser, tmp_path: Path) -> None:
    parts = "".join(f"## Deel {number}\n\nEen zin.\n\n" for number in range(4))
    first = "Een zin.\n\n" * 30
    file = tmp_path / "page.html"
    text = html.render(f"# Titel\n\n## Eerst\n\n{first}---\n\n{parts}", "nl", "Titel")
    file.write_text(text, encoding="utf-8")
    page = open_on(browser, file, PAPER)
    for higher in range(0, 200, 4):
        page.evaluate(f"document.querySelector('h1').style.paddingTop = '{higher}px'")
        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert all("Een zin." in sheet.extract_text() for sheet in printed), higher
    page.context.close()


def test_the_appendix_is_at_most_thirteen_sheets(browser: Browser, pages: dict[str, Path]) -> None:
    for name in ("appendix nl", "appendix en"):
        page = open_on(browser, pages[name], PAPER)
        assert sheets_of(page) <= 13
        page.context.close()


def test_on_a_phone_the_report_is_six_screens_and_its_parts_are_closed(
    browser: Browser, pages: dict[str, Path]
) -> None:
    for name in ("report nl", "report en", "appendix nl"):
        page = open_on(browser, pages[name], PHONE)
        assert page.evaluate("document.documentElement.scrollHeight") <= 6 * PHONE["height"]
        assert set(shown(page)) == {False}
        page.context.close()


def test_a_line_of_the_summary_opens_its_part_and_the_part_leads_back(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = open_on(browser, pages["report nl"], PHONE)
    lines = page.locator("table a")
    assert lines.count() == 7
    for number in range(7):
        lines.nth(number).click()
        part = page.locator(".part[open]", has_text=f"Punt {number + 1}:")
        assert part.count() == 1
        assert part.locator("p").first.is_visible()
        part.locator(".back a").click()
        wait_until(lambda: page.evaluate("scrollY") == 0, "the top")
    page.context.close()


def test_a_point_leads_to_its_answers_in_the_appendix(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = open_on(browser, pages["report nl"], PHONE)
    page.locator("table a").first.click()
    page.locator(".part[open] a", has_text="Zeggenschap").click()
    page.wait_for_url("**/appendix.html#zeggenschap")
    assert page.locator(".part[open] h2").all_inner_texts() == ["Zeggenschap"]
    page.context.close()


def test_elsewhere_the_parts_are_open_and_nothing_in_their_headings_takes_the_focus(
    browser: Browser, pages: dict[str, Path]
) -> None:
    for media, viewport in (("screen", {"width": 1280, "height": 800}), ("print", PHONE)):
        page = open_on(browser, pages["appendix nl"], viewport)
        page.emulate_media(media=media)  # type: ignore[arg-type]
        assert set(shown(page)) == {True}
        page.evaluate("document.querySelector('summary').focus()")
        assert page.evaluate("document.activeElement.tagName") == "BODY"
        assert page.locator("h2").first.is_visible()
        page.context.close()


def test_the_keyboard_reaches_and_moves_every_wide_table(
    browser: Browser, pages: dict[str, Path]
) -> None:
    page = open_on(browser, pages["appendix nl"], PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    boxes = page.locator(".scroll")
    assert boxes.count() == 6  # one a boundary, and paper beside practice
    for number in range(boxes.count()):
        boxes.nth(number).focus()
        page.keyboard.press("ArrowRight")
        wait_until(lambda: page.evaluate("document.activeElement.scrollLeft") > 0, "it moves")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert page.locator(".hint:visible").count() == 6
    page.context.close()


def test_what_would_be_cut_is_found(on_paper: Page) -> None:
    on_paper.evaluate("document.querySelector('table').style.width = '300mm'")
    assert outside(on_paper) != []
