"""Pictures of the demo's report, to look at: `python -m tests.report_pictures [FOLDER]`.

As a phone shows it, in the light and the dark, and as it is printed on A4. Without a folder only
the two are made that are kept in docs/pictures.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bart_tool.store.disk import DiskStore
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.publish import publish
from tests.fonts import with_our_font
from tests.forms.conftest import SWITCHES, chromium

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
PHONE = {"width": 390, "height": 844}
# A4 at 96 dots an inch, and the margins that the page has when it is printed.
SHEET = {"width": 794, "height": 1123}
MARGIN = (round(16 / 25.4 * 96), round(15 / 25.4 * 96))
# What is worth a look: the heading of a part, empty for the top of the page.
PARTS = (
    "",
    "Punt 1: kleine, dringende uitgave",
    "Punt 4: wie zorgt dat het wijkakkoord wordt nagekomen",
    "En nu",
)


def _phone(browser: Browser, address: str, folder: Path, parts: tuple[str, ...]) -> None:
    for scheme in ("light", "dark") if len(parts) > 1 else ("light",):
        page = browser.new_page(viewport=PHONE, color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(address)
        _look(page, folder, "phone" if scheme == "light" else "phone-dark", parts)


def _paper(browser: Browser, address: str, folder: Path, parts: tuple[str, ...]) -> None:
    """The page as it is laid out for paper, on a sheet with its margins."""
    page = browser.new_page(viewport=SHEET)
    page.goto(address)
    page.emulate_media(media="print")
    above, beside = MARGIN
    page.evaluate(
        f"document.body.style.cssText = 'padding: {above}px {beside}px; background: white'"
    )
    page.evaluate("document.querySelector('hr + *').style.marginTop = '30rem'")  # the next sheet
    _look(page, folder, "paper", parts)


def _look(page: Page, folder: Path, name: str, parts: tuple[str, ...]) -> None:
    for number, part in enumerate(parts):
        page.evaluate(
            """part => {
                const found = [...document.querySelectorAll('h2')]
                    .find(each => each.textContent === part);
                if (found) found.closest('details').open = true;
                window.scrollTo(0, found ? found.getBoundingClientRect().top + scrollY - 16 : 0);
            }""",
            part,
        )
        path = folder / (f"report-{name}-{number}.png" if len(parts) > 1 else f"report-{name}.png")
        page.screenshot(path=path)
        sys.stdout.write(f"{path.name}\n")


def main() -> None:
    """Make them all in the folder that is named, else the two that are kept."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    parts = PARTS if len(sys.argv) > 1 else PARTS[:1]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as root, sync_playwright() as playwright:
        address = Path(
            publish(make_demo(DiskStore(Path(root))).opened, formats=("html",)).files[1]
        ).as_uri()
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=list(SWITCHES), env=with_our_font()
        )
        _phone(browser, address, folder, parts)
        _paper(browser, address, folder, parts)
        browser.close()


if __name__ == "__main__":
    main()
