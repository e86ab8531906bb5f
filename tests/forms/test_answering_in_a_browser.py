"""A participant with only a browser: what they chose is in their file, and in the report."""

import json
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from bart_tool.domain.route import Route
from bart_tool.store import sheets
from bart_tool.workflow.answering.context import own_sheet
from bart_tool.workflow.gather import gather
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import close
from bart_tool.workflow.publish import publish
from tests.forms import filling
from tests.forms.conftest import SWITCHES, chromium, form_of, session, watched
from tests.waiting import wait_until


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return session(tmp_path / "sessions")


@pytest.fixture
def short(tmp_path: Path) -> OpenSession:
    return session(tmp_path / "sessions", "wijk-kort")


def walk_of(opened: OpenSession, kind: str = "wijkraad") -> Route:
    return Route(opened.question_set, kind)


def taken_in(opened: OpenSession, path: Path) -> dict[str, object]:
    done = gather(opened, [path])
    assert done.came_in == ("WR-01",), done
    assert not done.problems
    return {item: answer.value for item, answer in own_sheet(opened, "WR-01").answers.items()}


def test_the_whole_core_set_by_keyboard_alone(
    page: Page, opened: OpenSession, tmp_path: Path
) -> None:
    page.goto(form_of(opened))
    filling.at(page, "Welkom")
    page.get_by_role("button", name="Verder", exact=True).focus()
    page.keyboard.press("Enter")
    page.locator('input[value="position"]').focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    said = filling.fill_all(page, walk_of(opened), filling.by_keyboard)
    path = filling.hand_in(page, tmp_path)
    assert filling.answers_in(path) == said
    assert taken_in(opened, path) == said
    assert page.wrong == []  # type: ignore[attr-defined]
    closed = close(opened).opened
    report = json.loads(Path(publish(closed, formats=("json",)).files[-1]).read_text("utf-8"))
    counted = {each["item"]: each["positions"][0] for each in report["items"] if each["positions"]}
    for item, value in said.items():
        here = counted[item]
        if value == "dont-know":
            assert (here["n"], here["dont_know"]) == (1, 1), item
        elif isinstance(value, str) and here.get("counts"):
            assert here["counts"] == {value: 1}, item


def test_the_whole_core_set_by_touch_on_a_phone(
    browser: Browser, opened: OpenSession, tmp_path: Path
) -> None:
    phone = browser.new_context(
        offline=True, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    page = watched(phone.new_page())
    filling.begin(page, form_of(opened))
    said = filling.fill_all(page, walk_of(opened), filling.by_touch)
    path = filling.hand_in(page, tmp_path)
    assert taken_in(opened, path) == said
    assert page.wrong == []  # type: ignore[attr-defined]
    phone.close()


def test_everything_beside_an_answer_comes_back(
    page: Page, short: OpenSession, tmp_path: Path
) -> None:
    route = walk_of(short)
    number, asked = next(
        (n, p) for n, p in enumerate(route.pages, 1) if p.question.type == "choice"
    )
    item = asked.items[0].key
    filling.begin(page, form_of(short), "Alleen als groep")
    page.evaluate(f"location.hash = 'q{number}'")
    filling.at_question(page, number)
    filling.box(page, item, "other").check()
    page.get_by_role("textbox", name="Namelijk").fill("heel iets anders")
    page.get_by_role("button", name="redelijk zeker").click()
    page.get_by_text("Toelichting geven").click()
    page.get_by_label("Jouw toelichting").fill("Omdat het zo gaat.")
    page.get_by_label("Deze woorden mogen letterlijk in het verslag").check()
    page.get_by_role("link", name="Mijn beeld").click()
    path = filling.hand_in(page, tmp_path)
    sheet, problems = sheets.parse(path.read_text("utf-8"), path.name)
    assert sheet is not None
    assert not problems
    assert (sheet.consent, sheet.status) == ("group", "submitted")
    answer = sheet.answers[item]
    assert (answer.value, answer.words, answer.certainty, answer.note, answer.quote) == (
        "other",
        "heel iets anders",
        "fairly",
        "Omdat het zo gaat.",
        True,
    )


def test_what_an_answer_leaves_out_is_not_asked_counted_or_listed(
    page: Page, opened: OpenSession, tmp_path: Path
) -> None:
    route = walk_of(opened)
    agreed, kept = "agreed/mandate-wijkraad", "kept/mandate-wijkraad"
    numbers = {item.key: filling.number_of(route, item.key) for item in route.items}
    before, total = numbers[kept] - 1, len(route.items)
    filling.begin(page, form_of(opened))
    filling.go(page, f"q{numbers[kept]}")
    page.get_by_text(f"vraag {numbers[kept]} van {total}").wait_for()
    filling.box(page, kept, "yes").check()
    filling.go(page, f"q{numbers[agreed]}")
    filling.box(page, agreed, "no").check()
    filling.go(page, f"q{before}")
    page.get_by_text(f"vraag {before} van {total - 1}").wait_for()
    page.get_by_role("button", name="Verder").click()
    page.get_by_text(f"vraag {before + 1} van {total - 1}").wait_for()
    assert not filling.box(page, kept, "yes").count()
    page.get_by_role("button", name="Terug").click()
    page.get_by_text(f"vraag {before} van {total - 1}").wait_for()
    page.get_by_role("link", name="Mijn beeld").click()
    filling.at(page, "Mijn beeld")
    page.get_by_text(f"1 van {len(route.items) - 1} ingevuld").wait_for()
    assert not page.locator(f'a[href="#q{numbers[kept]}"]').count()
    path = filling.hand_in(page, tmp_path)
    assert gather(opened, [path]).came_in == ("WR-01",)
    assert set(picture_of(opened).picture.sheets[0].answers) == {agreed}


def test_an_answer_can_be_wiped_and_changed(page: Page, short: OpenSession, tmp_path: Path) -> None:
    filling.begin(page, form_of(short))
    item = walk_of(short).pages[0].items[0].key
    filling.box(page, item, "unclear").check()
    page.get_by_role("button", name="Wis dit antwoord").click()
    page.get_by_text("Het antwoord is gewist.").wait_for()
    page.get_by_role("link", name="Mijn beeld").click()
    assert filling.answers_in(filling.hand_in(page, tmp_path)) == {}
    page.get_by_role("button", name="Verander toch nog iets").click()
    page.evaluate("location.hash = 'q1'")
    filling.at_question(page, 1)
    filling.box(page, item, "clear").check()
    page.get_by_role("link", name="Mijn beeld").click()
    path = filling.hand_in(page, tmp_path)
    assert filling.answers_in(path) == {item: "clear"}
    assert json.loads(path.read_text("utf-8"))["answers"][item]["revision"] > 1


def test_a_reload_and_a_restart_go_on_after_asking(
    playwright: Playwright, short: OpenSession, tmp_path: Path
) -> None:
    address, item = form_of(short), walk_of(short).pages[0].items[0].key
    profile = tmp_path / "profile"
    for start in range(3):
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium(), args=list(SWITCHES), offline=True
        )
        page = context.new_page()
        if start == 0:
            filling.begin(page, address)
            filling.box(page, item, "unclear").check()
            page.get_by_text("Bewaard op dit apparaat.").wait_for()
            page.reload()
        else:
            page.goto(address)
        filling.at(page, "Welkom terug")
        text = page.locator("main#app").inner_text()
        assert "WR-01 (1 van " in text
        assert "Onduidelijk" not in text  # nothing is shown before somebody said it is theirs
        page.get_by_role("button", name="Ja, ik ben WR-01").click()
        filling.at_question(page, 2)
        context.close()


def test_two_people_on_one_computer_do_not_meet(
    context: BrowserContext, short: OpenSession, tmp_path: Path
) -> None:
    first, second = context.new_page(), context.new_page()
    item = walk_of(short).pages[0].items[0].key
    filling.begin(first, form_of(short, "WR-01"))
    filling.box(first, item, "unclear").check()
    filling.begin(second, form_of(short, "WR-02"))
    assert second.locator("input:checked").count() == 0
    filling.box(second, item, "clear").check()
    for page, code, value in ((first, "WR-01", "unclear"), (second, "WR-02", "clear")):
        page.get_by_role("link", name="Mijn beeld").click()
        path = filling.hand_in(page, tmp_path)
        assert path.name == f"bart-proef-{code}.json"
        assert filling.answers_in(path) == {item: value}


def test_two_tabs_of_one_person_lose_nothing(
    context: BrowserContext, short: OpenSession, tmp_path: Path
) -> None:
    address, route = form_of(short), walk_of(short)
    left = context.new_page()
    filling.begin(left, address)
    right = context.new_page()
    known = right.get_by_role("button", name="Ja, ik ben WR-01")

    def knows_the_left_one() -> bool:
        right.goto(address)
        right.get_by_role("heading", level=1).wait_for()
        return known.is_visible()

    # A browser tells its other tabs what was kept when it comes to it.
    wait_until(knows_the_left_one, "the tab that was there first")
    known.click()
    one, two = route.pages[0].items[0].key, route.pages[2].items[0].key
    options = [o.id for o in route.question_set.options(route.pages[2].question, "wijkraad")]
    right.evaluate("location.hash = 'q3'")
    filling.at_question(right, 3)
    filling.box(left, one, "unclear").check()
    filling.box(right, two, options[0]).check()
    left.get_by_text("Je ging verder in een ander tabblad").wait_for()
    right.get_by_role("link", name="Mijn beeld").click()
    path = filling.hand_in(right, tmp_path)
    assert filling.answers_in(path) == {one: "unclear", two: options[0]}


def test_a_file_goes_on_elsewhere_and_a_strange_one_is_refused(
    browser: Browser, short: OpenSession, tmp_path: Path
) -> None:
    item = walk_of(short).pages[0].items[0].key
    first = browser.new_context(offline=True)
    page = first.new_page()
    filling.begin(page, form_of(short))
    filling.box(page, item, "unclear").check()
    page.evaluate("location.hash = 'f'")
    filling.at(page, "Inleveren")
    path = filling.saved(page, tmp_path, "Nog niet klaar?")
    first.close()
    second = browser.new_context(offline=True)
    page = second.new_page()
    page.goto(form_of(short, "WR-02"))
    page.get_by_label("Ga verder met een bestand").set_input_files(path)
    page.get_by_text("hoort niet bij dit formulier").wait_for()
    page.goto(form_of(short))
    page.get_by_label("Ga verder met een bestand").set_input_files(path)
    filling.at(page, "Alle vragen")
    page.get_by_role("link", name="Mijn beeld").click()
    assert filling.answers_in(filling.hand_in(page, tmp_path)) == {item: "unclear"}
    second.close()


def test_wiping_leaves_nothing_on_the_device(page: Page, short: OpenSession) -> None:
    filling.begin(page, form_of(short))
    filling.box(page, walk_of(short).pages[0].items[0].key, "unclear").check()
    page.get_by_text("Bewaard op dit apparaat.").wait_for()
    page.get_by_role("link", name="Alle vragen").click()
    page.get_by_role("button", name="Wis mijn antwoorden").click()
    page.get_by_role("button", name="Ja, wis alles").click()
    filling.at(page, "Welkom")
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    filling.at(page, "Welkom")


def test_without_storage_the_form_says_so_and_still_makes_the_file(
    page: Page, short: OpenSession, tmp_path: Path
) -> None:
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    filling.begin(page, form_of(short))
    item = walk_of(short).pages[0].items[0].key
    filling.box(page, item, "unclear").check()
    page.get_by_text("deze browser bewaart niets").wait_for()
    page.get_by_role("link", name="Mijn beeld").click()
    assert filling.answers_in(filling.hand_in(page, tmp_path)) == {item: "unclear"}


def test_without_script_the_questions_can_be_read(browser: Browser, opened: OpenSession) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(form_of(opened))
    text = page.locator("main#plain").inner_text()
    assert text.startswith("Hier kun je de vragen alleen lezen.")
    assert "Vraag de begeleider om de vragen op papier" in text
    assert "Wat mag de wijkraad volgens de afspraken" in text
    # Numbered as by every other door: a table has a number for each of its rows.
    numbered = "each => [each.value, each.querySelectorAll('ol > li').length || 1]"
    places = page.evaluate(f"[...document.querySelectorAll('#plain > ol > li')].map({numbered})")
    last = 0
    for number, rows in places:
        assert number == last + 1
        last += rows
    assert last == 74
    assert not page.locator("main#app").is_visible()
    context.close()


def test_the_whole_form_changes_language(page: Page, short: OpenSession) -> None:
    filling.begin(page, form_of(short))
    page.get_by_role("button", name="In English").click()
    page.get_by_role("button", name="Go on").wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
    assert "Bewaard" not in page.locator("main#app").inner_text()


def test_before_the_choice_of_consent_nothing_goes_on(page: Page, short: OpenSession) -> None:
    page.goto(form_of(short) + "#q3")
    filling.at(page, "Welkom")
    page.get_by_role("button", name="Verder", exact=True).click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("Kies eerst wat in beeld mag.").wait_for()
    assert page.evaluate("localStorage.length") == 0


def test_every_form_is_small_and_asks_nothing_of_the_network(opened: OpenSession) -> None:
    for code in opened.session.party_of:
        text = unescape(Path(form_of(opened, code).removeprefix("file://")).read_text("utf-8"))
        assert len(text.encode()) <= 185_000
        assert "http:" not in text
        assert "https:" not in text
        assert "default-src 'none'" in text


def test_a_form_of_a_closed_round_is_refused(opened: OpenSession) -> None:
    from bart_tool.errors import NotAllowed

    close(opened)
    with pytest.raises(NotAllowed):
        form_of(open_session(opened.folder.store, "proef"))
