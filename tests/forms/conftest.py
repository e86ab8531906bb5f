"""A real browser, offline, on forms that lie on the disk."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from bart_tool.store.disk import DiskStore
from bart_tool.workflow.forms import make_forms
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.prepare import new_session
from bart_tool.workflow.session_draft import SessionDraft
from tests.fonts import with_our_font

OWN = ("file:", "blob:")
NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"),
    # Nor may the browser itself ask a network for anything, whatever it keeps up to date.
    *(
        "--disable-component-update",
        "--disable-domain-reliability",
        "--host-resolver-rules=MAP * ~NOTFOUND",
    ),
)


def chromium() -> str:
    """The browser's program. Without one the tests are skipped aloud, and in CI that fails."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        why = "no Chromium on this machine: the form was not tried in a browser"
        if os.environ.get("BART_NEEDS_BROWSER"):
            pytest.fail(why)
        pytest.skip(why)
    return found


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    # For one module only: its loop runs meanwhile, and tests that have their own would meet it.
    chromium()
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    made = playwright.chromium.launch(
        executable_path=chromium(), args=list(SWITCHES), env=with_our_font()
    )
    yield made
    made.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    made.set_default_timeout(60_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return watched(context.new_page())


def watched(page: Page) -> Page:
    """The page, with everything that goes wrong in it, or leaves it, in `page.wrong`."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(OWN) else wrong.append(asked.url))
    page.wrong = wrong  # type: ignore[attr-defined]
    return page


def session(root: Path, set_name: str = "wijk-kern", **more: object) -> OpenSession:
    plan = SessionDraft(
        name="proef",
        set_name=set_name,
        parties=[("wijkraad", 2), ("wijkmanager", 1), ("cluster-stadsbeheer", 1)],
        title="Voorbeeldwijk",
        **more,  # type: ignore[arg-type]
    )
    return new_session(DiskStore(root), plan)


def form_of(opened: OpenSession, code: str = "WR-01") -> str:
    """The address of the form of `code`."""
    return Path(make_forms(opened, [code])[0]).as_uri()
