"""More text than a form may bring: without script too it is said, and nothing is lost by it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bart_tool.domain.free_text import MAX_WORDS
from bart_tool.domain.route import Route
from bart_tool.web.guard import MOST_BYTES
from bart_tool.web.server import Served
from bart_tool.workflow.open_session import OpenSession
from tests.forms.conftest import session
from tests.web.browsing import a_phone, begin, started
from tests.web.running import free_port

TOLD = "Dat is te veel tekst. Het is niet bewaard."


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return session(tmp_path)


@pytest.fixture
def served(opened: OpenSession) -> Iterator[Served]:
    made = started(opened, free_port())
    yield made
    made.stop()


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 3 * MOST_BYTES])
def test_without_script_it_is_told_and_what_was_typed_comes_back(
    browser: Browser, served: Served, opened: OpenSession, size: int
) -> None:
    context = a_phone(browser, java_script_enabled=False)
    page = context.new_page()
    begin(page, served)
    items = Route(opened.question_set, "wijkraad").items
    where = next(n for n, item in enumerate(items, 1) if item.question.type == "text")
    page.goto(f"{served.place.url}/q/{where}")
    page.locator("#text").fill("Kort.")
    page.get_by_role("button", name="Verder").last.click()
    page.wait_for_url(re.compile(f"/q/{where + 1}$"))
    kept = opened.folder.content("sheets/WR-01.yaml")
    page.goto(f"{served.place.url}/q/{where}")
    page.locator("#text").fill("x" * size)
    page.get_by_role("button", name="Verder").last.click()
    page.get_by_role("heading", name=TOLD).wait_for()
    assert f"{MAX_WORDS:,}".replace(",", ".") in page.locator("main").inner_text()
    assert opened.folder.content("sheets/WR-01.yaml") == kept
    page.go_back()
    assert page.locator("#text").input_value() == "x" * size
    page.locator("#text").fill("Korter.")
    page.get_by_role("button", name="Verder").last.click()
    page.wait_for_url(re.compile(f"/q/{where + 1}$"))
    found = opened.folder.sheet("WR-01")
    assert found is not None
    assert found[0].answers[items[where - 1].key].value == "Korter."
    context.close()
