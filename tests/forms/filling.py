"""Filling a form as a person does: by keyboard, or by touch."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from bart_tool.domain.answer import Answer
from bart_tool.domain.question import MultiQuestion, TextQuestion
from bart_tool.domain.route import Page as Asked
from bart_tool.domain.route import Route, left_out


def at(page: Page, heading: str) -> None:
    page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()


def go(page: Page, where: str) -> None:
    """To a part of the form by its address, until it is there: the form heard of it before us."""
    page.evaluate(
        """where => new Promise(there => {
            if (location.hash === where) return there();
            addEventListener("hashchange", () => there(), { once: true });
            location.hash = where;
        })""",
        f"#{where}",
    )


def made(page: Page) -> None:
    """Until the form says what to do with the file that it made."""
    page.locator(".ways").wait_for()


def begin(page: Page, address: str, consent: str = "Mag herkenbaar") -> None:
    page.goto(address)
    at(page, "Welkom")
    page.get_by_role("button", name="Verder", exact=True).click()
    page.get_by_label(consent).check()
    page.get_by_role("button", name="Begin").click()
    at_question(page, 1)


def at_question(page: Page, number: int) -> None:
    """At the answer with this number, counted over all that are asked; of a table its first."""
    page.get_by_text(re.compile(rf"· vraag {number}(–\d+)? van ")).wait_for()


def number_of(route: Route, key: str) -> int:
    """The number of an answer where nothing is left out."""
    return 1 + [item.key for item in route.items].index(key)


def values(route: Route, asked: Asked, number: int) -> dict[str, Any]:
    """What is answered on a page: item -> value, different from page to page."""
    options = [o.id for o in route.question_set.options(asked.question, asked.subject)]
    said: dict[str, Any] = {}
    for row, item in enumerate(asked.items):
        if isinstance(asked.question, TextQuestion):
            said[item.key] = "Wij zorgen voor <b>elkaar</b> & één wijk"
        elif isinstance(asked.question, MultiQuestion):
            tag = "informal" if asked.question.tagged else "unknown"
            said[item.key] = {options[number % len(options)]: tag}
        elif not asked.is_table and number % 5 == 4:
            said[item.key] = "dont-know"
        else:
            said[item.key] = options[(number + row) % len(options)]
    return said


def box(page: Page, item: str, value: str) -> Locator:
    return page.locator(f'input[name="{item}"][value="{value}"]')


def how_it_came(page: Page, item: str, option: str, tag: str) -> Locator:
    """The button, below a role, that says whether it was laid down, given or taken."""
    below = box(page, item, option).locator("xpath=ancestor::label/following-sibling::div[1]")
    return below.locator(f'button[value="{tag}"]')


def is_narrow(page: Page) -> bool:
    """Whether how roles came about is asked on a page of its own, behind the choice."""
    return bool(page.evaluate("matchMedia('(max-width: 61.99rem)').matches"))


def _behind(page: Page, said: dict[str, Any]) -> None:
    """On the page behind a choice of roles: how each came about, in the order that is shown."""
    for value in said.values():
        tags = {*value.values()} - {"unknown"} if isinstance(value, dict) else ()
        for tag in tags:
            at(page, "Hoe is dit zo gekomen?")
            for each in page.locator(f'.tags button[value="{tag}"]').all():
                each.tap()
            page.get_by_role("button", name="Verder").tap()


def by_keyboard(page: Page, said: dict[str, Any]) -> None:
    """Answer what is on the screen with keys only, and go on with Enter."""
    for item, value in said.items():
        if isinstance(value, dict):
            for option, tag in value.items():
                box(page, item, option).focus()
                page.keyboard.press("Space")
                if tag != "unknown":
                    how_it_came(page, item, option, tag).focus()
                    page.keyboard.press("Space")
        elif page.locator(f'input[name="{item}"][value="{value}"]').count():
            box(page, item, value).focus()
            page.keyboard.press("Space")
        else:
            page.locator("textarea").first.focus()
            page.keyboard.type(value)
    page.get_by_role("button", name="Verder").focus()
    page.keyboard.press("Enter")


def by_touch(page: Page, said: dict[str, Any]) -> None:
    """Answer what is on the screen with a finger only."""
    for item, value in said.items():
        if isinstance(value, dict):
            for option, tag in value.items():
                _tap(box(page, item, option))
                if tag != "unknown" and not is_narrow(page):
                    how_it_came(page, item, option, tag).tap()
        elif page.locator(f'input[name="{item}"][value="{value}"]').count():
            _tap(box(page, item, value))
        else:
            page.locator("textarea").first.fill(value)
    page.get_by_role("button", name="Verder").tap()
    if is_narrow(page):
        _behind(page, said)


def _tap(inside: Locator) -> None:
    inside.locator("xpath=ancestor::label").tap()


def fill_all(page: Page, route: Route, how: Any) -> dict[str, Any]:
    """Answer everything that is asked, given the answers before; gives these."""
    said: dict[str, Any] = {}
    number = 1
    for which, page_of_all in enumerate(route.pages, 1):
        out = left_out(route.question_set, {key: Answer(value=v) for key, v in said.items()})
        rows = tuple(item for item in page_of_all.items if item.key not in out)
        if not rows:
            continue
        here = values(route, replace(page_of_all, items=rows), which)
        said |= here
        left = [*here]
        while left:  # a narrow screen asks a table in parts
            at_question(page, number)
            together = page.locator("#app .row").count() or 1
            how(page, {key: here[key] for key in left[:together]})
            number += together
            left = left[together:]
    return said


def hand_in(page: Page, folder: Path) -> Path:
    """From wherever one is to the file; gives where it was saved."""
    go(page, "f")
    at(page, "Inleveren")
    return saved(page, folder, "Lever in: maak mijn bestand")


def saved(page: Page, folder: Path, button: str) -> Path:
    with page.expect_download() as coming:
        page.get_by_role("button", name=button).click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def answers_in(path: Path) -> dict[str, Any]:
    answers = json.loads(path.read_text("utf-8"))["answers"]
    return {item: answer["value"] for item, answer in answers.items()}
