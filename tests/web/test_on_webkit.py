"""The form and the served pages on WebKit, the engine of every browser on an iPhone.

Takes Debian's webkit2gtk-driver and xvfb, and `python -m pip install selenium`. What Apple builds
around the engine (the camera, its files, previews in a mail) is not tried here.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.answer import Answer
from bart_tool.domain.route import Route, left_out
from bart_tool.domain.sheet import SheetStatus
from bart_tool.store.disk import DiskStore
from bart_tool.web import cards
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.room import Room
from tests.forms.conftest import form_of, session
from tests.forms.filling import values
from tests.waiting import wait_until
from tests.web.running import Program, free_port

pytestmark = [
    pytest.mark.webkit,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:selenium"),  # of its own parts
]

BROWSER = "*/webkit2gtk-4.*/MiniBrowser"
SIZE = (400, 720)  # the browser's own window is no narrower than this


def needed(name: str, there: object) -> Any:
    """What is there; without it the tests are skipped aloud, and in CI that fails."""
    if there:
        return there
    why = f"no {name} on this machine: nothing was tried on WebKit"
    if os.environ.get("BART_NEEDS_WEBKIT"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen that nobody looks at."""
    program, (read, write) = needed("Xvfb", shutil.which("Xvfb")), os.pipe()
    running = subprocess.Popen([program, "-displayfd", str(write)], pass_fds=[write], stderr=-3)
    os.close(write)
    with os.fdopen(read) as said:
        yield f":{said.readline().strip()}"
    running.terminate()
    running.wait()


@dataclass(frozen=True)
class Screen:
    """What somebody sees of a page, and can do with it."""

    driver: Any

    @property
    def text(self) -> str:
        return str(self.run("return document.body.innerText"))

    def all(self, css: str) -> list[Any]:
        found: list[Any] = []

        def look() -> None:
            found[:] = self.driver.find_elements("css selector", css)

        wait_until(lambda: self.stands(look), css)
        return found

    def stands(self, do: Callable[[], object]) -> bool:
        """Whether that could be done on one page, and none made way for another meanwhile."""
        from selenium.common.exceptions import StaleElementReferenceException

        try:
            do()
        except StaleElementReferenceException:
            return False
        return True

    def run(self, script: str) -> Any:
        return self.driver.execute_script(script)

    def comes(self, what: str) -> None:
        wait_until(lambda: re.search(what, self.text), what)

    def tap(self, element: Any) -> None:
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def press(self, name: str) -> None:
        """A button or link that is in sight, by how its name begins, once it is there."""
        pressed: list[str] = []

        def look() -> None:
            for each in self.all("button, main a, #app a"):
                if each.is_displayed() and each.text.startswith(name):
                    self.tap(each)
                    pressed.append(name)
                    return

        wait_until(lambda: self.stands(look) and pressed, name)

    def choose(self, name: str) -> None:
        def look() -> None:
            self.tap(next(each for each in self.all("label") if name in each.text))

        wait_until(lambda: self.stands(look), name)

    def choose_value(self, field: str, value: str) -> None:
        (box,) = self.all(f'input[name="{field}"][value="{value}"]')
        self.tap(box.find_element("xpath", "ancestor::label"))


Opens = Callable[..., Screen]


@pytest.fixture
def browser(display: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    """A browser of its own at an address, with what it is started with."""
    needed("selenium", find_spec("selenium"))
    from selenium import webdriver

    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setenv("LIBGL_ALWAYS_SOFTWARE", "1")
    program = needed("WebKitWebDriver", shutil.which("WebKitWebDriver"))
    made: list[Any] = []

    def opens(address: str, *how: str) -> Screen:
        options = webdriver.WebKitGTKOptions()
        options.binary_location = str(needed("MiniBrowser", [*Path("/usr/lib").glob(BROWSER)])[0])
        for each in ("--automation", *how):
            options.add_argument(each)
        driver = webdriver.WebKitGTK(options, webdriver.WebKitGTKService(program))
        made.append(driver)
        driver.set_window_size(*SIZE)
        driver.get(address)
        return Screen(driver)

    yield opens
    for driver in made:
        driver.quit()


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return session(tmp_path)


def is_no_wider(screen: Screen) -> bool:
    return bool(screen.run("return document.documentElement.scrollWidth <= innerWidth"))


def answer(screen: Screen, said: Mapping[str, Any], field: str | None = None) -> None:
    """Answer what is on the screen, and go on; `field`: what every choice is called there."""
    for item, value in said.items():
        if isinstance(value, dict):
            for option in value:
                screen.choose_value(field or item, option)
        elif screen.all(f'input[name="{field or item}"][value="{value}"]'):
            screen.choose_value(field or item, value)
        else:
            screen.all("textarea")[0].send_keys(value)
    assert is_no_wider(screen)
    screen.press("Verder")


def say_how(screen: Screen, value: Any, choose: Callable[[str], None]) -> None:
    """On the page behind a choice of roles: how each came about."""
    for tag in {*value.values()} - {"unknown"} if isinstance(value, dict) else ():
        screen.comes("Hoe is dit zo gekomen")
        choose(tag)
        screen.press("Verder")


def fill_all(screen: Screen, opened: OpenSession, on: Callable[[Mapping[str, Any]], int]) -> Any:
    """Answer all that is asked, as by every door; `on` answers some, and says of how many."""
    route = Route(session_context(opened, "WR-01").question_set, "wijkraad")
    said: dict[str, Any] = {}
    for which, page in enumerate(route.pages, 1):
        out = left_out(route.question_set, {key: Answer(value=v) for key, v in said.items()})
        rows = tuple(item for item in page.items if item.key not in out)
        here = values(route, replace(page, items=rows), which) if rows else {}
        said |= here
        left = [*here]
        while left:
            left = left[on({key: here[key] for key in left}) :]
    return said


def test_the_form_keeps_every_answer(browser: Opens, opened: OpenSession) -> None:
    screen = browser(form_of(opened))
    screen.run("window.wrong = []; window.onerror = (said) => { wrong.push(said); }")
    screen.press("Verder")
    screen.choose("Mag herkenbaar")
    screen.press("Begin")
    number = 1

    def on(left: Mapping[str, Any]) -> int:
        nonlocal number
        screen.comes(rf"· vraag {number}(–\d+)? van ")
        together = len(screen.all("#app .row")) or 1
        here = {key: left[key] for key in [*left][:together]}
        answer(screen, here)
        for value in here.values():
            say_how(screen, value, lambda tag: screen.tap(screen.all(f'[value="{tag}"]')[0]))
        number += together
        return together

    said = fill_all(screen, opened, on)
    screen.comes("Alles is ingevuld")
    screen.press("Lever in")
    screen.comes("Stuur nu je antwoorden")
    # It cannot know whether there is a file: a browser tells no page.
    assert "Je browser kreeg de vraag" in screen.text
    (stored,) = screen.run("return Object.values(localStorage)")
    kept = {item: each["value"] for item, each in json.loads(stored)["answers"].items()}
    assert kept == said
    assert screen.run("return wrong") == []
    screen.driver.refresh()
    screen.comes("Stuur nu je antwoorden|Welkom terug|Ga verder")


def test_without_script_it_says_how_it_can_be_filled_in(
    browser: Opens, opened: OpenSession
) -> None:
    screen = browser(form_of(opened), "--enable-javascript=false")
    assert screen.text.startswith("Hier kun je de vragen alleen lezen. Zo vul je ze in:")
    assert "iPhone" in screen.text
    assert [each for each in screen.all("button, input, textarea") if each.is_displayed()] == []


@pytest.mark.parametrize("sealed", [False, True], ids=["open", "sealed"])
def test_served_pages_keep_every_answer_also_when_the_laptop_went_away(
    browser: Opens, opened: OpenSession, tmp_path: Path, sealed: bool
) -> None:
    port = free_port()
    program = Program(tmp_path, port, *(["--sealed"] if sealed else []))
    try:
        card = Room(open_session(DiskStore(tmp_path), "proef")).card("WR-01")
        screen = browser(cards.link(f"http://127.0.0.1:{port}", card, sealed=sealed))
        for name in ("Verder", "Verder"):
            screen.press(name)
        screen.comes("Mag herkenbaar")
        screen.choose("Mag herkenbaar")
        screen.press("Verder")
        given = 0

        def on(left: Mapping[str, Any]) -> int:
            nonlocal given
            key = next(iter(left))
            wait_until(lambda: asked(screen) == key, key)
            goes_away = given == 10
            if goes_away:
                program.kill()
            answer(screen, {key: left[key]}, "v")
            if goes_away:
                screen.comes("Geen verbinding")
                program.start()
                screen.comes("Er is weer verbinding")
            say_how(screen, left[key], lambda tag: screen.choose({"informal": "zelf genomen"}[tag]))
            given += 1
            return 1

        said = fill_all(screen, opened, on)
        screen.comes("Alles is ingevuld")
        screen.press("Inleveren")
        screen.comes("Dank je wel")
        found = opened.folder.sheet("WR-01")
        assert found is not None
        assert (found[0].status, found[0].consent) == (SheetStatus.SUBMITTED, "position")
        assert {item: each.value for item, each in found[0].answers.items()} == said
    finally:
        program.kill()


def asked(screen: Screen) -> str:
    """The item that the page in sight asks for; of a question behind it, none."""
    field = "document.querySelector('form.question input[name=item]')"
    return str(screen.run(f"return ({field} || {{ value: '' }}).value"))
