"""The whole core set on a phone of 360 by 640: what is asked is in sight, and going on in reach."""

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from bart_tool.domain.route import Route
from bart_tool.workflow.forms import make_forms
from tests.forms import filling
from tests.forms.conftest import form_of, session, watched
from tests.forms.phone import HEIGHT, PHONE, walked

MOST_TAPS, MOST_SCREENS, MOST_ON_A_PAGE = 2, 1.5, 2


def test_each_page_shows_its_first_choice_and_is_at_most_two_screens(
    browser: Browser, tmp_path: Path
) -> None:
    walk = walked(browser, tmp_path)
    assert walk.answers > 60
    assert [each.asked for each in walk.shown if each.first > each.room] == []
    assert walk.taps <= MOST_TAPS
    assert walk.screens <= MOST_SCREENS
    assert walk.tallest <= MOST_ON_A_PAGE


def test_what_cannot_be_chosen_is_said_above_the_bar(browser: Browser, tmp_path: Path) -> None:
    opened = session(tmp_path, "wijk-kort")
    keys = [item.key for item in Route(opened.question_set, "wijkraad").items]
    context = browser.new_context(**PHONE)
    page = watched(context.new_page())
    filling.begin(page, form_of(opened))
    filling.go(page, f"q{1 + keys.index('roles/wijkraad')}")
    for number in range(6):
        page.locator("#app label.option").nth(number).tap()
    told = page.get_by_role("alert").get_by_text("Kies er hoogstens 5.").bounding_box()
    bar = page.locator(".bar").bounding_box()
    assert told is not None
    assert bar is not None
    assert told["y"] + told["height"] <= bar["y"]
    context.close()


def test_beginning_anew_really_wipes(page: Page, tmp_path: Path) -> None:
    opened = session(tmp_path, "wijk-kort")
    first = Route(opened.question_set, "wijkraad").items[0].key
    address = form_of(opened)
    filling.begin(page, address)
    filling.box(page, first, "unclear").check()
    page.get_by_text("Bewaard op dit apparaat.").wait_for()
    page.reload()
    page.get_by_role("button", name="Wis deze antwoorden").click()
    assert not page.get_by_role("link", name="Alle vragen").count()  # no way around it
    page.get_by_role("button", name="Ja, wis alles").click()
    filling.begin(page, address, "Alleen als groep")
    assert page.locator("input:checked").count() == 0


def test_a_change_behind_a_file_that_another_tab_made_is_told(
    context: BrowserContext, tmp_path: Path
) -> None:
    opened = session(tmp_path, "wijk-kort")
    address, first = form_of(opened), Route(opened.question_set, "wijkraad").items[0].key
    left = watched(context.new_page())
    filling.begin(left, address)
    filling.box(left, first, "unclear").check()
    filling.hand_in(left, tmp_path)
    left.get_by_role("button", name="Verander toch nog iets").click()
    filling.go(left, "q1")
    assert not left.locator(".behind").count()
    filling.box(left, first, "clear").check()
    filling.go(left, "q2")
    left.get_by_text("Je veranderde iets nadat je je bestand maakte.").wait_for()


def test_it_is_done_only_when_its_writer_says_that_it_was_sent(page: Page, tmp_path: Path) -> None:
    opened = session(tmp_path, "wijk-kort")
    (form,) = make_forms(opened, ["WR-01"], to="begeleider@voorbeeld.example")
    filling.begin(page, Path(form).as_uri())
    filling.hand_in(page, tmp_path)
    filling.at(page, "Stuur nu je antwoorden")
    assert "Klaar" not in page.locator("#app").inner_text()
    address = page.get_by_role("link", name="Schrijf een mail").get_attribute("href")
    assert str(address).startswith("mailto:begeleider%40voorbeeld.example?subject=")
    page.get_by_role("button", name="Ik heb het gestuurd").click()
    filling.at(page, "Klaar. Dank je wel.")


def test_where_forms_and_addresses_are_forbidden_it_still_goes_on(
    page: Page, tmp_path: Path
) -> None:
    opened = session(tmp_path, "wijk-kort")
    source = Path(form_of(opened).removeprefix("file://")).read_text("utf-8")
    page.set_content("<iframe sandbox='allow-scripts' width='400' height='600'></iframe>")
    page.evaluate("text => { document.querySelector('iframe').srcdoc = text; }", source)
    inside = page.frame_locator("iframe")
    inside.get_by_text("Dit formulier staat open in een ander programma.").wait_for()
    inside.get_by_text("deze browser bewaart niets").wait_for()
    inside.get_by_role("button", name="Verder", exact=True).click()
    inside.get_by_label("Mag herkenbaar").check()
    inside.get_by_role("button", name="Begin").click()
    inside.get_by_text("vraag 1 van").wait_for()
    inside.get_by_role("button", name="Verder").click()
    inside.get_by_text("vraag 2 van").wait_for()


def test_what_is_no_question_is_at_most_two_screens_too(browser: Browser, tmp_path: Path) -> None:
    """Of every kind of party, with as many roles chosen as may be and all that may be asked."""
    opened = session(tmp_path, functions=("Voorzitter", "Lid"))
    for code in ("WR-01", "WM-01", "CL-01"):
        context = browser.new_context(offline=True, **PHONE)
        page = watched(context.new_page())
        page.goto(form_of(opened, code))
        heights = {"welcome": tall(page)}
        page.get_by_role("button", name="Verder", exact=True).click()
        page.get_by_label("Mag herkenbaar").check()
        heights["consent"] = tall(page)
        page.get_by_role("button", name="Begin").click()
        while page.locator(".bar").count():
            for each in page.locator(".option input[type=checkbox]").all()[:5]:
                each.evaluate("each => each.click()")
            asked = page.locator("#app h1").inner_text()
            heights[asked] = max(tall(page), heights.get(asked, 0))
            page.get_by_role("button", name="Verder").tap()
        for where in ("p", "o", "f"):
            filling.go(page, where)
            heights[where] = tall(page)
        assert "Hoe is dit zo gekomen?" in heights
        assert {k: h for k, h in heights.items() if h > MOST_ON_A_PAGE * HEIGHT} == {}, code
        context.close()


def tall(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))
