"""The pages in a real browser, on the loopback: seen, tapped, typed, and without the laptop."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bart_tool.domain.route import Route
from bart_tool.domain.sheet import SheetStatus
from bart_tool.web.server import Served
from bart_tool.workflow.open_session import OpenSession
from tests.forms.conftest import session
from tests.waiting import wait_until
from tests.web.browsing import PHONE, a_phone, begin, link, started, unfolded
from tests.web.running import free_port


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return session(tmp_path)


@pytest.fixture
def served(opened: OpenSession) -> Iterator[Served]:
    made = started(opened, free_port())
    yield made
    made.stop()


def kept(opened: OpenSession) -> dict[str, int]:
    """Item -> the revision of the answer of WR-01 that lies there."""
    found = opened.folder.sheet("WR-01")
    return {key: answer.revision for key, answer in found[0].answers.items()} if found else {}


def test_on_a_phone_the_first_choice_and_the_way_on_are_in_sight_and_large_enough(
    browser: Browser, served: Served, opened: OpenSession
) -> None:
    context = a_phone(browser, java_script_enabled=False)
    page = context.new_page()
    begin(page, served)
    heights = []
    for number, _ in enumerate(Route(opened.question_set, "wijkraad").items, 1):
        page.goto(f"{served.place.url}/q/{number}")
        first = page.locator("label.option, textarea").first.bounding_box()
        on = page.get_by_role("button", name="Verder").last.bounding_box()
        assert first is not None
        assert on is not None
        assert first["y"] + 44 <= on["y"], number
        assert on["y"] + on["height"] <= PHONE["height"], number
        for each in page.locator("label.option, .bar button, .top a, summary").all():
            box = each.bounding_box()
            assert box is None or box["height"] >= 44, number
        size = page.locator("html").bounding_box()
        assert size is not None
        assert size["width"] <= PHONE["width"], number
        heights.append(size["height"])
    assert max(heights) <= 2 * PHONE["height"]
    assert sum(heights) / len(heights) <= 1.5 * PHONE["height"]
    context.close()


def test_no_page_is_longer_than_two_screens_whoever_looks(
    browser: Browser, served: Served, opened: OpenSession
) -> None:
    for code, kind in (("WR-01", "wijkraad"), ("WM-01", "wijkmanager"), ("CL-01", "cluster")):
        context = a_phone(browser, java_script_enabled=False)
        page, heights = context.new_page(), {}

        def seen(what: str, page: Page = page, heights: dict[str, int] = heights) -> None:
            heights[what] = int(page.evaluate("document.documentElement.scrollHeight"))

        page.goto(link(served, code))
        page.wait_for_url(re.compile(r":\d+/$"))
        seen("welcome")
        for path in ("/seen", "/consent"):
            page.goto(served.place.url + path)
            seen(path)
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Verder").click()
        page.wait_for_url(re.compile("/q/1$"))
        for number, item in enumerate(Route(opened.question_set, kind).items, 1):
            page.goto(f"{served.place.url}/q/{number}")
            seen(f"/q/{number}")
            if item.question.tagged:
                for each in page.locator("input[name=v]").all()[: item.question.at_most]:
                    each.check()
                page.get_by_role("button", name="Verder").last.click()
                page.wait_for_url("**/how")
                seen(f"/q/{number}/how")
        for path in ("/mine", "/end", "/"):
            page.goto(served.place.url + path)
            seen(path)
        assert {path: h for path, h in heights.items() if h > 2 * PHONE["height"]} == {}, code
        assert len(heights) > 70
        context.close()


def test_what_somebody_may_name_is_explained_in_sight_the_first_time(
    browser: Browser, served: Served, opened: OpenSession
) -> None:
    context = a_phone(browser, java_script_enabled=False)
    page = context.new_page()
    begin(page, served)
    met: set[frozenset[str]] = set()
    route = Route(opened.question_set, "wijkraad")
    for asked in route.pages:
        explained = [
            each.help.in_language("nl")
            for each in opened.question_set.options(asked.question, asked.subject)
            if each.help.in_language("nl")
        ]
        choices = frozenset(
            each.id for each in opened.question_set.options(asked.question, asked.subject)
        )
        if not explained:
            continue
        page.goto(f"{served.place.url}/q/{route.number_of(asked.items[0])}")
        says = [each.inner_text() for each in page.locator("label.option").all()]
        in_sight = [each for each in explained if any(each in said for said in says)]
        assert in_sight == ([] if choices in met else explained), asked.question.id
        if choices in met:  # and then one tap away
            unfolded(page)
            assert all(each in page.locator("main").inner_text() for each in explained)
        met.add(choices)
    assert max(map(len, met)) > 12
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_with_the_keyboard_alone_from_card_to_handing_in(
    browser: Browser, served: Served, opened: OpenSession, script: bool
) -> None:
    context = a_phone(browser, java_script_enabled=script)
    page = context.new_page()
    begin(page, served)
    page.locator("input[name=v]").first.focus()
    page.keyboard.press("Space")
    if page.locator("input[name=v]").first.get_attribute("type") == "radio":
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/q/2$"))
    page.goto(f"{served.place.url}/end")
    page.get_by_role("button", name="Inleveren").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ingeleverd").wait_for()
    found = opened.folder.sheet("WR-01")
    assert found is not None
    assert found[0].status is SheetStatus.SUBMITTED
    context.close()


def answer(page: Page, number: int) -> None:
    """The first choice of a question, and on."""
    page.locator("input[name=v]").nth(0).check()
    page.get_by_role("button", name="Verder").last.click()
    page.wait_for_url(re.compile(f"/q/{number}$"))


def counted(page: Page) -> int | None:
    """How many answers the page says are kept, if it says so."""
    found = re.search(r"(\d+) van \d+ antwoorden bewaard", page.locator("body").inner_text())
    return int(found[1]) if found else None


def test_answers_wait_on_the_phone_while_the_laptop_is_away_and_arrive_once(
    browser: Browser, served: Served, opened: OpenSession
) -> None:
    context = a_phone(browser)
    page = context.new_page()
    begin(page, served)
    asked = Route(opened.question_set, "wijkraad").items
    items, types = [item.key for item in asked], [item.question.type for item in asked]
    start = next(n for n in range(1, len(items)) if types[n - 1 : n + 3] == ["scale"] * 4)
    page.goto(f"{served.place.url}/q/{start}")
    with page.expect_response("**/ahead"):
        page.reload()
    page.wait_for_load_state("networkidle")
    answer(page, start + 1)
    assert kept(opened) == {items[start - 1]: 1}
    served.stop()
    answer(page, start + 2)
    answer(page, start + 3)
    assert "Geen verbinding" in page.locator("#line").inner_text()
    assert counted(page) is None  # of when the page was fetched
    assert kept(opened) == {items[start - 1]: 1}
    again = started(opened, served.place.port)
    try:
        wait_until(lambda: page.evaluate("localStorage.length") == 0, "the answers")
        page.get_by_text("Er is weer verbinding").wait_for()
        assert counted(page) is None
        assert kept(opened) == {items[n]: 1 for n in range(start - 1, start + 2)}
        answer(page, start + 4)
        assert kept(opened)[items[start + 2]] == 1
        assert page.locator("#line").inner_text() == ""
        assert counted(page) == 4
    finally:
        again.stop()
        context.close()


@pytest.mark.parametrize(("number", "script"), [(1600, True), (90_000, True), (1600, False)])
def test_a_text_that_is_too_long_stays_whole_on_the_page_and_says_so(
    browser: Browser, served: Served, opened: OpenSession, number: int, script: bool
) -> None:
    context = a_phone(browser, java_script_enabled=script)
    page = context.new_page()
    begin(page, served)
    items = Route(opened.question_set, "wijkraad").items
    where = next(n for n, item in enumerate(items, 1) if item.question.type == "text")
    page.goto(f"{served.place.url}/q/{where}")
    long = "één wijk. " * (number // 10)
    for field in ("text", "note"):
        for each in page.locator("details").all():
            each.evaluate("each => { each.open = true; }")
        page.locator(f"[name={field}]").fill(long)
        page.get_by_role("button", name="Verder").last.click()
        told = page.get_by_role("alert")
        told.wait_for()
        # The spaces at the end are none of it.
        assert f"Je schreef {number - 1} tekens; er passen er 1000." in told.inner_text()
        assert page.locator(f"[name={field}]").input_value().strip() == long.strip()
        page.locator(f"[name={field}]").fill("Kort.")
    page.get_by_role("button", name="Verder").last.click()
    page.wait_for_url(re.compile(f"/q/{where + 1}$"))
    found = opened.folder.sheet("WR-01")
    assert found is not None
    assert found[0].answers[items[where - 1].key].note == "Kort."
    context.close()


def test_the_link_leaves_the_address_as_soon_as_a_script_runs(
    browser: Browser, served: Served
) -> None:
    context = a_phone(browser)
    page = context.new_page()
    page.goto(link(served))
    page.wait_for_url(re.compile(r":\d+/$"))
    assert page.title() == "Welkom"
    context.close()
