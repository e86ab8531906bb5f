"""The report's page for everybody: on a phone, in the dark, with a screen reader, on paper."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from bart_tool.store.disk import DiskStore
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.publish import publish
from tests.forms.conftest import watched

WIDTHS = (320, 390, 640, 768, 1280)
# A sheet of A4 within the margins of the page, in pixels of 1/96 inch.
PAPER = {"width": round(180 / 25.4 * 96), "height": round(263 / 25.4 * 96)}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo's report in both languages."""
    made = {}
    for language in ("nl", "en"):
        root = tmp_path_factory.mktemp(language)
        opened = make_demo(DiskStore(root), language).opened  # type: ignore[arg-type]
        made[language] = Path(publish(opened, formats=("html",)).files[1])
    return made


@pytest.fixture
def on_paper(browser: Browser, pages: dict[str, Path]) -> Iterator[Page]:
    context = browser.new_context(offline=True, viewport=PAPER, color_scheme="dark")  # type: ignore[arg-type]
    page = watched(context.new_page())
    page.goto(pages["nl"].as_uri())
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
@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_finds_nothing_wrong(
    browser: Browser, pages: dict[str, Path], language: str, scheme: str, width: int
) -> None:
    context = browser.new_context(
        offline=True,
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 800},
    )
    page = watched(context.new_page())
    page.goto(pages[language].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    found = Axe().run(page)
    wrong = [f"{each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]]
    assert wrong == []
    assert page.wrong == []  # type: ignore[attr-defined]
    assert page.locator("figure svg[role=img] > title").count() > 3
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_off_on_a_screen(
    browser: Browser, pages: dict[str, Path], width: int
) -> None:
    context = browser.new_context(offline=True, viewport={"width": width, "height": 700})
    page = watched(context.new_page())
    page.goto(pages["nl"].as_uri())
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
                hidden: of('.contents').map(each => style(each).display),
                background: style(document.body).color,
            };
        }"""
    )
    assert set(rules["heads"]) == {"table-header-group"}  # which is repeated on every sheet
    assert set(rules["kept"]) == {"avoid"}
    assert rules["highest"] < PAPER["height"]
    assert set(rules["hidden"]) == {"none"}
    assert rules["background"] == "rgb(28, 34, 48)"  # ink, also where the screen is dark


def test_the_first_sheet_is_a_summary_that_fits(on_paper: Page) -> None:
    end = on_paper.evaluate(
        "document.querySelector('hr').getBoundingClientRect().top + window.scrollY"
    )
    assert 0 < end < PAPER["height"]
    assert on_paper.evaluate("getComputedStyle(document.querySelector('hr')).breakAfter") == "page"
    before = on_paper.evaluate(
        """() => [...document.querySelectorAll('h2')].filter(each =>
            each.compareDocumentPosition(document.querySelector('hr'))
                & Node.DOCUMENT_POSITION_FOLLOWING).map(each => each.textContent)"""
    )
    assert before == [
        "Wie deed mee",
        "Waar het over moet gaan, in het kort",
        "Wat allen hetzelfde zien",
    ]


def test_it_prints_to_a4(on_paper: Page) -> None:
    printed = on_paper.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", printed)
    assert sheets
    assert {(round(float(w) / 72 * 25.4), round(float(h) / 72 * 25.4)) for w, h in sheets} == {
        (210, 297)
    }


def test_what_would_be_cut_is_found(on_paper: Page) -> None:
    on_paper.evaluate("document.querySelector('table').style.width = '300mm'")
    assert outside(on_paper) != []
