"""What the whole core set asks of a phone: `python -m tests.forms.phone` prints it as a table."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.forms import filling
from tests.forms.conftest import SWITCHES, chromium, form_of, session, watched

WIDTH, HEIGHT = 360, 640


@dataclass(frozen=True)
class Shown:
    """One page on the phone. `first`: down to where its first choice reaches; both in pixels."""

    asked: str
    first: float
    room: float
    tall: int
    taps: int


MEASURED = """() => {
    const box = each => each.getBoundingClientRect();
    const first = document.querySelector('#app .option, #app textarea');
    return [document.querySelector('#app h1').textContent, box(first).top + 44,
            box(document.querySelector('.bar')).top, document.documentElement.scrollHeight];
}"""


def walked(browser: Browser, root: Path, set_name: str = "wijk-kern") -> list[Shown]:
    """Every page of WR-01, with one choice taken on each, and the taps that this took."""
    context = browser.new_context(
        offline=True,
        viewport={"width": WIDTH, "height": HEIGHT},
        has_touch=True,
        is_mobile=True,
    )
    page = watched(context.new_page())
    filling.begin(page, form_of(session(root, set_name)))
    shown = []
    while page.locator(".bar").count():
        asked, first, room, tall = page.evaluate(MEASURED)
        shown.append(Shown(asked, first, room, tall, _taken(page) + 1))
        page.get_by_role("button", name="Verder").tap()
    context.close()
    return shown


def _taken(page: Page) -> int:
    """Take the first choice, and of a role say how it came about; how many taps that is."""
    if not page.locator("#app .option").first.is_visible():
        return 0
    words = page.locator("#app textarea:visible")
    if words.count():
        words.first.fill("Zorgen dat de wijk gehoord wordt")
        return 1
    page.locator("#app .option").first.tap()
    how = page.locator("#app .tags:visible button").first
    if how.count():
        how.tap()
        return 2
    return 1


def main() -> None:
    with sync_playwright() as started, tempfile.TemporaryDirectory() as root:
        browser = started.chromium.launch(executable_path=chromium(), args=list(SWITCHES))
        shown = walked(browser, Path(root))
        browser.close()
    many = len(shown)
    print(f"answers            {many}")
    print(f"taps an answer     {sum(each.taps for each in shown) / many:.2f}")
    print(f"screens an answer  {sum(each.tall for each in shown) / HEIGHT / many:.2f}")
    print(f"tallest page       {max(each.tall for each in shown) / HEIGHT:.2f} screens")
    print(f"first choice at    {max(each.first for each in shown) - 44:.0f} px at most")


if __name__ == "__main__":
    main()
