"""The page of the demo is short: three sheets of paper, six screens of a phone, none empty."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from bart_tool.domain.base import LANGUAGES, Language
from bart_tool.report import html
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.publish import publish
from tests.forms.conftest import browser, context, page, playwright

__all__ = ["browser", "context", "page", "playwright"]
PHONE = {"width": 360, "height": 640}
SHEETS, SCREENS = 3, 6


def printed(page: Page) -> list[str]:
    """What stands on each sheet of paper."""
    content = page.pdf(prefer_css_page_size=True)
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_is_three_sheets_and_six_screens(
    language: Language, tmp_path: Path, page: Page
) -> None:
    opened = make_demo(DiskStore(tmp_path), language).opened
    files = publish(opened, formats=("html",), language=language).files
    page.goto(next(Path(each) for each in files if each.endswith("report.html")).as_uri())
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollHeight") <= SCREENS * PHONE["height"]
    first, second, *_ = sheets = printed(page)
    assert len(sheets) <= SHEETS
    begins = "Punt 1:" if language == "nl" else "Point 1:"
    assert begins not in first
    assert begins in second


def test_a_sheet_that_is_just_full_leaves_no_empty_one(tmp_path: Path, page: Page) -> None:
    parts = "".join(f"## Deel {number}\n\nEen zin.\n\n" for number in range(4))
    first = "Een zin.\n\n" * 30
    file = tmp_path / "page.html"
    text = html.render(f"# Titel\n\n## Eerst\n\n{first}---\n\n{parts}", "nl", "Titel")
    file.write_text(text, encoding="utf-8")
    page.goto(file.as_uri())
    for higher in range(0, 200, 4):
        page.evaluate(f"document.querySelector('h1').style.paddingTop = '{higher}px'")
        assert all("Een zin." in sheet for sheet in printed(page)), higher
