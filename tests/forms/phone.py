"""What the whole core set asks of a phone: `python -m tests.forms.phone` prints it as a table."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, sync_playwright

from tests.fonts import with_our_font
from tests.forms import filling
from tests.forms.conftest import SWITCHES, chromium, form_of, session, watched

HEIGHT = 640
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": HEIGHT},
    "has_touch": True,
    "is_mobile": True,
}


@dataclass(frozen=True)
class Shown:
    """One page on the phone, in pixels. `first`: down to where its first choice reaches."""

    asked: str
    answers: int
    first: float
    room: float
    tall: int
    taps: int


@dataclass(frozen=True)
class Figures:
    """What a whole walk takes, an answer on average and at most; a screen is 640 pixels."""

    shown: list[Shown]

    @property
    def answers(self) -> int:
        return sum(each.answers for each in self.shown)

    @property
    def taps(self) -> float:
        return sum(each.taps for each in self.shown) / self.answers

    @property
    def screens(self) -> float:
        return sum(each.tall for each in self.shown) / HEIGHT / self.answers

    @property
    def tallest(self) -> float:
        return max(each.tall for each in self.shown) / HEIGHT


MEASURED = """() => {
    const box = each => each.getBoundingClientRect();
    const first = document.querySelector('#app .option, #app textarea, #app .step');
    return [document.querySelector('#app h1').textContent, box(first).top + 44,
            box(document.querySelector('.bar')).top, document.documentElement.scrollHeight];
}"""


def walked(browser: Browser, root: Path, set_name: str = "wijk-kern") -> Figures:
    """Every page of WR-01, with one choice taken on each, and the taps that this took."""
    context = browser.new_context(offline=True, **PHONE)
    page = watched(context.new_page())
    filling.begin(page, form_of(session(root, set_name)))
    shown = []
    while page.locator(".bar").count():
        asked, first, room, tall = page.evaluate(MEASURED)
        rows = page.locator("#app .row")
        parts = rows.all() if rows.count() else [page.locator("#app")]
        is_how = page.locator("#app .tags").count() > 0  # of the answer on the page before
        taps = 1 + sum(_taken(each) for each in parts)  # and one to go on
        tall = max(tall, page.evaluate("document.documentElement.scrollHeight"))
        shown.append(Shown(asked, 0 if is_how else len(parts), first, room, tall, taps))
        page.get_by_role("button", name="Verder").tap()
    context.close()
    return Figures(shown)


def _taken(asked: Locator) -> int:
    """Take the first choice, or say of what was chosen how it came about; how many taps that is."""
    if asked.locator(".tags").count():
        ways = [each.locator("button").first for each in asked.locator(".tags").all()]
        for each in ways:
            each.tap()
        return len(ways)
    words = asked.locator("textarea:visible")
    if words.count():
        words.first.fill("Zorgen dat de wijk gehoord wordt")
        return 1
    asked.locator(".option").first.tap()
    return 1


def main() -> None:
    with sync_playwright() as started, tempfile.TemporaryDirectory() as root:
        browser = started.chromium.launch(
            executable_path=chromium(), args=list(SWITCHES), env=with_our_font()
        )
        walk = walked(browser, Path(root))
        browser.close()
    print(f"answers            {walk.answers} on {len(walk.shown)} pages")
    print(f"taps an answer     {walk.taps:.2f}")
    print(f"screens an answer  {walk.screens:.2f}")
    print(f"tallest page       {walk.tallest:.2f} screens")
    print(f"first choice at    {max(each.first for each in walk.shown) - 44:.0f} px at most")


if __name__ == "__main__":
    main()
