"""A real browser on the served pages, on the loopback alone."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from bart_tool.report.tokens import shipped
from bart_tool.web import cards
from bart_tool.web.server import Place, Served
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.room import Room
from tests.forms.conftest import SWITCHES
from tests.waiting import wait_until
from tests.web.running import answers_on

PHONE = {"width": 360, "height": 640}
# As for the forms, but for this computer itself.
LOOPBACK = [each.replace("~NOTFOUND", "~NOTFOUND, EXCLUDE 127.0.0.1") for each in SWITCHES]


def started(opened: OpenSession, port: int, *, sealed: bool = False) -> Served:
    served = Served(Room(opened), shipped().css(), Place("127.0.0.1", port), sealed=sealed)
    served.start()
    wait_until(lambda: answers_on(port), "the server")
    return served


def a_phone(browser: Browser, **how: object) -> BrowserContext:
    made = browser.new_context(viewport=PHONE, **how)  # type: ignore[arg-type]
    made.set_default_timeout(60_000)
    return made


def link(served: Served, code: str = "WR-01") -> str:
    return cards.link(served.place.url, served.site.room.card(code), sealed=served.is_sealed)


def begin(page: Page, served: Served, code: str = "WR-01") -> None:
    """From the card to the first question."""
    page.goto(link(served, code))
    page.wait_for_url(f"{served.place.url}/")  # the link leaves the address at once
    for path in ("/seen", "/consent"):
        page.get_by_role("link", name="Verder").click()
        page.wait_for_url(f"**{path}")
        page.locator(f'main a[href="/consent"], form[action="{path}"]').first.wait_for()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Verder").click()
    page.wait_for_url(re.compile("/q/1$"))


def unfolded(page: Page) -> None:
    """With all that is folded open."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")


def axe(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]
