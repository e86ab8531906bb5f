"""A form on paper: few sides, each with its code, and a box for everything that can be said."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

from bart_tool.domain.route import Route
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.forms import make_forms
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.paper_entry import lines
from tests.forms.conftest import session
from tests.forms.test_hostile_text import PAYLOADS, SENTINEL

MOST_SIDES = 10
CODES = ("WR-01", "WM-01", "CL-01")


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return session(tmp_path, functions=("voorzitter", "lid"))


def paper_of(opened: OpenSession, code: str) -> Path:
    return Path(make_forms(opened, [code], paper=True)[0])


def printed(page: Page, path: Path) -> list[PageObject]:
    """The sides that come out of the printer."""
    page.goto(path.as_uri())
    return list(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages)


def lowest(side: PageObject) -> float:
    """How far down the text of a side goes, from 0 to 1; its corners are not counted."""
    found: list[float] = []

    def at(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip() and "bladzijde" not in text:
            found.append(cm[1] * tm[4] + cm[3] * tm[5] + cm[5])

    side.extract_text(visitor_text=at)
    height = float(side.mediabox.height)
    return max(1 - y / height for y in found if y > height * 0.06)


@pytest.mark.parametrize("code", CODES)
def test_the_core_set_takes_ten_sides_at_most_and_each_says_whose_it_is(
    page: Page, opened: OpenSession, code: str
) -> None:
    sides = printed(page, paper_of(opened, code))
    assert len(sides) <= MOST_SIDES
    for number, side in enumerate(sides, 1):
        text = side.extract_text()
        assert code in text
        assert "Voorbeeldwijk" in text
        assert f"bladzijde {number} van {len(sides)}" in text


def test_no_side_but_the_last_is_half_empty(page: Page, opened: OpenSession) -> None:
    sides = printed(page, paper_of(opened, "WR-01"))
    assert [n for n, side in enumerate(sides[:-1], 1) if lowest(side) < 0.6] == []


def test_every_line_that_is_typed_over_stands_there_once_and_in_order(
    opened: OpenSession,
) -> None:
    text = paper_of(opened, "WR-01").read_text("utf-8")
    numbers = [int(each) for each in re.findall(r'class="number">(\d+)<', text)]
    met = session_context(opened, "WR-01").question_set
    assert numbers == [line.number for line in lines(Route(met, "wijkraad"))]


def test_every_role_has_a_box_for_each_way_in_which_it_came(opened: OpenSession) -> None:
    text = paper_of(opened, "WR-01").read_text("utf-8")
    route = Route(opened.question_set, "wijkraad")
    asked = [page for page in route.pages if page.question.tagged]
    roles = sum(len(route.question_set.options(page.question, page.subject)) for page in asked)
    assert asked
    for letter in "vkg":
        assert text.count(f'<td><i class="box"></i> {letter}</td>') == roles


def test_each_note_has_its_tick_and_nothing_else_has_one(opened: OpenSession) -> None:
    blocks = paper_of(opened, "WR-01").read_text("utf-8").split('<section class="block')[2:]
    assert all(block.count("mag letterlijk in het verslag") == 1 for block in blocks)
    assert all(block.count('class="note"') == 1 for block in blocks)


def test_paper_promises_nothing_that_it_cannot(opened: OpenSession) -> None:
    text = paper_of(opened, "WR-01").read_text("utf-8")
    assert "De begeleider typt je papier over en ziet dus wat je invulde." in text
    assert "ziet niemand de antwoorden" not in text


@pytest.mark.parametrize("set_name", ["wijk-kern", "wijk-kort", "wijkprogramma"])
def test_axe_finds_nothing_wrong_on_paper(page: Page, tmp_path: Path, set_name: str) -> None:
    page.goto(paper_of(session(tmp_path, set_name), "WR-01").as_uri())
    assert [each["id"] for each in Axe().run(page).response["violations"]] == []


def test_axe_would_find_something_wrong_on_paper(page: Page, opened: OpenSession) -> None:
    page.goto(paper_of(opened, "WR-01").as_uri())
    page.evaluate("document.documentElement.lang = ''; document.body.style.color = '#ddd'")
    found = {each["id"] for each in Axe().run(page).response["violations"]}
    assert found >= {"html-has-lang", "color-contrast"}


@pytest.mark.parametrize("payload", [*PAYLOADS, '"; } @page { @top-left { content: "x', "\\"])
def test_a_hostile_title_stands_in_the_corner_and_runs_nowhere(
    page: Page, opened: OpenSession, payload: str
) -> None:
    titled = opened.session.model_copy(update={"title": payload})
    hostile = replace(opened, session=titled)
    text = paper_of(hostile, "WR-01").read_text("utf-8")
    style = text.partition("<style>")[2].partition("</style>")[0]
    assert SENTINEL not in style
    assert style.rstrip().endswith("}")
    sides = printed(page, paper_of(hostile, "WR-01"))
    assert page.evaluate("window.__ran") is None
    assert page.wrong == []  # type: ignore[attr-defined]
    assert all("WR-01" in side.extract_text() for side in sides)
