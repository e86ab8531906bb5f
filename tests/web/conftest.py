"""A session that is answered in the room, and its pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from bart_tool.web.guard import Guard
from bart_tool.web.site import Site
from bart_tool.workflow.open_session import OpenSession
from tests.fonts import with_our_font
from tests.forms.conftest import chromium
from tests.tui import sample
from tests.web.browsing import LOOPBACK
from tests.web.phone import pages


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return sample.opened(tmp_path)


@pytest.fixture
def served(opened: OpenSession) -> tuple[Site, Guard]:
    return pages(opened)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    chromium()
    with sync_playwright() as begun:
        yield begun


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    made = playwright.chromium.launch(
        executable_path=chromium(), args=LOOPBACK, env=with_our_font()
    )
    yield made
    made.close()
