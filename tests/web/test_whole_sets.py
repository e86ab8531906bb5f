"""A whole set on a phone in the room, in a real browser: by touch with script, by key without.

The sheet that comes of it is the one that the same answers give on the pages themselves.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from bart_tool.domain.answer import NONE, Answer
from bart_tool.web.server import Served
from bart_tool.workflow.answering.context import session_context
from tests.forms.conftest import session
from tests.forms.test_every_door_the_same import sheet_of
from tests.web.browsing import a_phone, begin, started
from tests.web.phone import answer_all, begun, pages
from tests.web.running import free_port
from tests.web.test_the_same_sheet import Said, what_is_said
from tests.workshop import with_one_id

Presses = Callable[[Locator], None]


def by_touch(where: Locator) -> None:
    where.tap()


def by_key(where: Locator) -> None:
    """From where one is with Tab to it, as far as that takes; then the space bar."""
    page, kind = where.page, where.get_attribute("type")
    target = where
    if kind == "radio":  # Tab comes to the one that is chosen, or else the first; arrows go on
        name = where.get_attribute("name")
        group = page.locator(f'form.question input[type=radio][name="{name}"]')
        chosen = page.locator(f'form.question input[type=radio][name="{name}"]:checked')
        target = chosen.first if chosen.count() else group.first
    for _ in range(120):
        if target.evaluate("each => each === document.activeElement"):
            break
        page.keyboard.press("Tab")
    assert target.evaluate("each => each === document.activeElement")
    if kind == "radio" and not where.is_checked():
        page.keyboard.press("Space")
        while not where.is_checked():
            page.keyboard.press("ArrowDown")
    elif kind == "checkbox":
        page.keyboard.press("Space")
    elif kind != "radio" and where.evaluate("each => each.tagName") != "TEXTAREA":
        page.keyboard.press("Enter")


def answer(page: Page, said: Answer, press: Presses) -> None:
    """One question as `said` has it, its note and how sure one is too."""

    def box(name: str, value: str) -> Locator:
        return page.locator(f'form.question input[name="{name}"][value="{value}"]')

    chosen = [*said.value] or [NONE] if isinstance(said.value, dict) else [said.value]
    if box("v", chosen[0]).count():
        for each in chosen:
            press(box("v", each))
    else:
        press(page.locator("#text"))
        page.keyboard.type(chosen[0])
    if said.words:
        page.locator("#words").fill(said.words)
    is_behind = page.locator("details:has(#note) input[name=quote]").count() > 0
    if said.note or said.certainty or (said.quote and is_behind):
        press(page.locator("details:has(#note) > summary"))
        if said.certainty:
            press(box("sure", said.certainty))
        if said.note:
            press(page.locator("#note"))
            page.keyboard.type(said.note)
    if said.quote:
        press(box("quote", "yes"))
    press(page.get_by_role("button", name="Verder").last)


def on_the_pages(root: Path) -> str:
    """The sheet of the same answers, on the pages themselves."""
    opened = session(root, "wijk-kort")
    said = what_is_said(session_context(opened, "WR-01"))

    def answered() -> None:
        phone = begun(*pages(opened))
        answer_all(phone, said)
        phone.tap()

    with ThreadPoolExecutor() as pool:  # the browser's loop runs in this one
        pool.submit(answered).result()
    return sheet_of(opened)


def whole_set(page: Page, served: Served, said: Said, press: Presses) -> None:
    """From the card to handing in, each question as `said` has it."""
    begin(page, served)
    for number, (key, each) in enumerate(said.items(), 1):
        page.locator(f'form.question input[name="item"][value="{key}"]').wait_for(state="attached")
        answer(page, each, press)
        if page.locator("fieldset.tags").count() or (isinstance(each.value, dict) and each.value):
            page.wait_for_url(f"**/q/{number}/how")
            assert isinstance(each.value, dict)
            for option, tag in each.value.items():
                press(page.locator(f'input[name="tag.{option}"][value="{tag}"]'))
            press(page.get_by_role("button", name="Verder").last)
    page.wait_for_url("**/end")
    page.get_by_role("button", name="Inleveren").click()
    page.get_by_role("heading", name="Ingeleverd").wait_for()


@pytest.mark.parametrize("press", [by_touch, by_key])
def test_a_whole_set_in_the_browser_gives_the_same_sheet(
    browser: Browser, tmp_path: Path, press: Presses, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_one_id(monkeypatch)
    opened = session(tmp_path / "browser", "wijk-kort")
    said = what_is_said(session_context(opened, "WR-01"))
    served = started(opened, free_port())
    context = a_phone(browser, has_touch=True, java_script_enabled=press is by_touch)
    whole_set(context.new_page(), served, said, press)
    context.close()
    served.stop()
    assert sheet_of(opened) == on_the_pages(tmp_path / "pages")
