"""A text that is too long is never cut in silence: the form keeps all of it, and says so."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bart_tool.domain.free_text import MAX_WORDS
from bart_tool.domain.question import TextQuestion
from bart_tool.domain.route import Route
from bart_tool.workflow.open_session import OpenSession
from tests.forms import filling
from tests.forms.conftest import form_of, session

LONG = "é🌳a " * 400  # 1,600 characters, and more of what a browser counts
TOLD = "Je schreef 1600 tekens; er passen er 1000. Maak het korter."


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return session(tmp_path / "sessions", "wijk-kort")


def asked(opened: OpenSession) -> int:
    """The number of the first question in own words."""
    route = Route(opened.question_set, "wijkraad")
    return next(
        number
        for number, item in enumerate(route.items, 1)
        if isinstance(item.question, TextQuestion)
    )


def test_all_of_it_stays_until_its_writer_makes_it_shorter(
    page: Page, opened: OpenSession, tmp_path: Path
) -> None:
    number, field = asked(opened), page.get_by_label("Jouw antwoord")
    filling.begin(page, form_of(opened))
    filling.go(page, f"q{number}")
    field.fill(LONG)
    page.get_by_text(TOLD).wait_for()
    page.get_by_role("button", name="Verder").click()
    filling.at_question(page, number)  # it does not go on, and the keys are in the field
    assert field.evaluate("field => field === document.activeElement")
    page.reload()  # nor does a reload lose a letter of it
    page.get_by_role("button", name="Ja, ik ben").click()
    page.get_by_role("link", name="Alle vragen").click()
    page.get_by_text("te lang; alles staat er nog").wait_for()
    filling.go(page, "f")
    page.get_by_text("Een van je teksten is te lang voor het bestand.").wait_for()
    assert not page.get_by_role("button", name="Lever in").count()
    page.get_by_role("link", name="Maak die tekst korter").click()
    assert field.input_value() == LONG
    assert page.get_by_text(TOLD).is_visible()
    field.fill(LONG[:MAX_WORDS])
    page.get_by_role("button", name="Verder").click()
    filling.at_question(page, number + 1)
    path = filling.hand_in(page, tmp_path)
    assert LONG[:MAX_WORDS] in filling.answers_in(path).values()
    assert page.wrong == []  # type: ignore[attr-defined]


def test_a_note_and_another_answer_than_those_listed_may_be_too_long_too(
    page: Page, opened: OpenSession, tmp_path: Path
) -> None:
    route = Route(opened.question_set, "wijkraad")
    items = [item for item in route.items if item.question.type == "choice"]
    number = filling.number_of(route, items[0].key)
    filling.begin(page, form_of(opened))
    filling.go(page, f"q{number}")
    filling.box(page, items[0].key, "other").check()
    page.get_by_label("Namelijk", exact=True).fill(LONG)
    page.get_by_text(TOLD).wait_for()
    filling.box(page, items[0].key, "dont-know").check()  # then those words are of no answer
    assert not page.get_by_text(TOLD).is_visible()
    page.locator("summary", has_text="oelichting").click()
    page.get_by_label("Jouw toelichting").fill(LONG)
    page.get_by_role("button", name="Verder").click()
    filling.at_question(page, number)
    assert page.get_by_text(TOLD).is_visible()
    page.get_by_label("Jouw toelichting").fill("Kort.")
    page.get_by_role("button", name="Verder").click()
    filling.at_question(page, number + 1)
    path = filling.hand_in(page, tmp_path)
    answer = json.loads(path.read_text("utf-8"))["answers"][items[0].key]
    assert (answer["value"], answer["note"]) == ("dont-know", "Kort.")
