"""The whole cycle on the demo: report, three agreements, the follow-up, and what moved."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from bart_tool.domain.answer import Answer
from bart_tool.domain.base import LANGUAGES, Language
from bart_tool.store.disk import DiskStore
from bart_tool.wording import agreements
from bart_tool.wording.duration import longest
from bart_tool.wording.naming import Naming
from bart_tool.workflow.agree import agree
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.compare import compared, write
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.follow_up import begin, planned
from bart_tool.workflow.forms import make_forms
from bart_tool.workflow.open_session import OpenSession, open_session, round_named
from bart_tool.workflow.publish import publish_agreements
from tests import follow_up_demo
from tests.cli.run import bart
from tests.forms.conftest import browser, context, page, playwright
from tests.golden import check_golden
from tests.tui.participant.hostile import ALL as HOSTILE
from tests.tui.participant.hostile import raw_in
from tests.workshop import path_of

__all__ = ["browser", "context", "page", "playwright"]
WIDTHS = (320, 768, 1280)
A4 = {"width": "210mm", "height": "297mm"}


@pytest.fixture(scope="module")
def cycle(tmp_path_factory: pytest.TempPathFactory) -> OpenSession:
    """The demo after its second round, closed and reported."""
    return follow_up_demo.followed_up(tmp_path_factory.mktemp("cycle") / "sessions")


@pytest.fixture
def root(cycle: OpenSession, tmp_path: Path) -> Path:
    """A copy of it, to do something in."""
    return Path(shutil.copytree(cycle.folder.store.root, tmp_path / "sessions"))


def test_round_after_round_on_the_command_line(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    opened = follow_up_demo.agreed(root)
    assert bart(root, "follow-up", "demo", typed="no\n").code == 0
    assert open_session(DiskStore(root), "demo").session.round == 1
    done = bart(root, "follow-up", "demo", "--json")  # nobody to ask, and it can be undone
    said = json.loads(done.out)
    assert (said["round"], said["phase"], said["agreements"]) == (
        2,
        "answering",
        ["a-1", "a-2", "a-3"],
    )
    whole = longest(opened.question_set, "nl")
    assert 0 < said["minutes"] < whole.minutes
    assert 0 < said["answers"] < whole.answers
    assert "antwoorden, ronde 2" in bart(root, "status", "demo", language="nl").out
    assert bart(root, "compare", "demo", "1", "2").code == 77  # the second round is still open
    assert bart(root, "follow-up", "demo", "--yes").code == 77
    answers = [
        follow_up_demo.answers_of(open_session(DiskStore(root), "demo"), sheet)
        for sheet in desk_one(root).folder.sheets()[0]
    ]
    for sheet in answers:
        open_session(DiskStore(root), "demo").folder.save_sheet(sheet, None)
    for verb in (["close", "demo"], ["report", "demo"], ["compare", "demo", "2", "1"]):
        assert bart(root, *verb).code == 0, verb
    assert open_session(DiskStore(root), "demo").session.phase == "follow-up"
    names = {path.name for path in (root / "demo" / "report").iterdir() if path.suffix != ".lock"}
    assert {"report.md", "compare-1-2.md", "compare-1-2.json"} <= names


def desk_one(root: Path) -> OpenSession:
    return round_named(open_session(DiskStore(root), "demo"), 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_moved_reads_as_it_was_last_read(root: Path, language: Language) -> None:
    made = compared(open_session(DiskStore(root), "demo"), 1, 2)
    for path in map(Path, write(made, formats=("md", "json"), language=language)):
        text = path.read_text("utf-8")
        check_golden(f"compare/{path.stem}.{language}{path.suffix}", text)
        assert "anoniem" not in text.lower()
        assert "%" not in text
        assert not re.search(r"\b(WR|WM|CL)-[0-9]", text)


def test_the_follow_ups_own_report_says_what_its_round_found_and_no_more(
    cycle: OpenSession,
) -> None:
    text = (path_of(cycle.folder) / "report" / "report.md").read_text("utf-8")
    report = json.loads((path_of(cycle.folder) / "report" / "report.json").read_text("utf-8"))
    assert report["round"] == 2
    assert text.startswith("# Wie doet wat in Voorbeeldwijk? Ronde 2\n")
    assert [each["item"] for each in report["items"]] == [
        item.key for item in cycle.question_set.items
    ]
    found = {each["item"]: each["code"] for each in report["items"]}
    assert found["agreement-kept-a-1"] == found["agreement-kept-a-2"] == "shared"
    assert found["agreement-kept-a-3"] == "gap"
    assert report["patterns"] == []  # a part of a set shows none
    assert [each["decision"] for each in report["coverage"]] == ["small-urgent-spend"]
    assert "Nagekomen: De wijkmanager organiseert de uitvoering van het" in text


def test_the_terminal_says_what_moved_and_offers_to_write_down_what_is_kept(root: Path) -> None:
    done = bart(root, "compare", "demo", "1", "2", language="nl")
    assert done.code == 0
    assert "wijkraad: 6 van 7 → 5 van 7" in done.out
    assert "dichter bij elkaar: 2 → 0 treden" in done.out
    assert "bart agreements kept demo a-1 ja" in done.err
    assert "bart agreements kept demo a-2 nee" in done.err
    assert "kept demo a-3" not in done.err  # the parties say different things
    kept = open_session(DiskStore(root), "demo").folder.agreements()[0].agreements
    assert [each.checks for each in kept] == [(), (), ()]  # offered, never recorded by itself
    assert bart(root, "agreements", "kept", "demo", "a-2", "no").code == 0
    assert open_session(DiskStore(root), "demo").folder.agreements()[0].agreements[1].kept == "no"


@pytest.mark.parametrize(
    ("rounds", "code"), [(("1", "1"), 2), (("1", "3"), 66), (("0", "1"), 2), (("een", "2"), 2)]
)
def test_rounds_that_cannot_be_compared_are_refused(
    root: Path, rounds: tuple[str, str], code: int
) -> None:
    done = bart(root, "compare", "demo", *rounds)
    assert (done.code, done.out) == (code, "")
    assert done.err


def test_a_session_of_one_round_says_how_to_begin_the_next(tmp_path: Path) -> None:
    follow_up_demo.agreed(tmp_path)
    done = bart(tmp_path, "compare", "demo", "1", "2", language="nl")
    assert done.code == 77
    assert "bart follow-up demo" in done.err


def test_after_erasing_the_report_of_an_earlier_round_is_made_again(root: Path) -> None:
    done = bart(root, "erase", "demo", "WR-01", "--yes", language="nl")
    assert done.code == 0
    assert "bart report demo --round 1" in done.out
    first = root / "demo" / "rounds" / "1"
    assert not (first / "report" / "report.md").exists()
    done = bart(root, "report", "demo", "--round", "1")
    assert done.code == 0
    made = json.loads((first / "report" / "report.json").read_text("utf-8"))
    assert made["round"] == 1
    assert {"party": "wijkraad", "invited": 6, "answered": 5, "visibility": "position"} in made[
        "parties"
    ]
    assert not desk_one(root).session.report_out_of_date
    assert open_session(
        DiskStore(root), "demo"
    ).session.report_out_of_date  # its own is still to be made
    assert bart(root, "report", "demo", "--round", "3").code == 66


def pages(opened: OpenSession) -> Iterator[Path]:
    """Every page of the cycle: the report, the agreements, and what moved."""
    yield from map(Path, write(compared(opened, 1, 2), formats=("html",)))
    yield path_of(opened.folder) / "report" / "report.html"
    yield Path(publish_agreements(opened)[1])


def test_every_page_of_the_cycle_can_be_used_by_everybody(root: Path, page: Page) -> None:
    for path in pages(open_session(DiskStore(root), "demo")):
        page.goto(path.as_uri())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert not page.evaluate(wide), (path.name, width)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 718, "height": 1000})  # A4 within its margins
        cut = """[...document.querySelectorAll('table')].filter(
            each => each.scrollWidth > each.parentElement.clientWidth + 1
        ).length"""
        assert page.evaluate(cut) == 0, path.name
        page.emulate_media(media="screen")
    assert page.wrong == []  # type: ignore[attr-defined]


def test_in_a_later_round_the_agreements_keep_the_names_of_their_topics(root: Path) -> None:
    opened = open_session(DiskStore(root), "demo")
    assert opened.session.round == 2
    kept = opened.folder.agreements()[0].agreements
    asked = {item.key for item in opened.question_set.items}
    assert not {each.topic for each in kept} <= asked  # some are known from the round before only
    page = " ".join(Path(publish_agreements(opened)[0]).read_text("utf-8").split())
    listed = bart(root, "agreements", "demo", language="nl").out
    made = (path_of(opened.folder) / "report" / "appendix.md").read_text("utf-8")
    part = " ".join(made[made.index("## Afspraken") :].partition("\n## ")[0].split())
    for each in kept:
        title = agreements.topic(each.topic, Naming(opened.known, opened.session, "nl"))
        assert title != each.topic
        for text in (page, listed, part):
            assert title in text
            assert each.topic not in text
    topics = json.loads(bart(root, "agreements", "topics", "demo", "--json").out)["topics"]
    assert not [each for each in topics if "/a-" in each["topic"]]


def test_the_form_of_a_follow_up_asks_about_the_agreements(tmp_path: Path, page: Page) -> None:
    opened = follow_up_demo.agreed(tmp_path)
    opened = begin(opened, planned(opened))
    (form,) = make_forms(opened, ["WR-01"])
    page.goto(Path(form).as_uri())
    page.locator("button.main").click()
    page.locator('input[value="position"]').check()
    page.locator("button.main").click()
    page.locator("progress").wait_for()
    data = json.loads(page.locator("#data").inner_text())
    pages = data["pages"]
    here = next(n for n, one in enumerate(pages) if "nagekomen?" in json.dumps(one))
    number = 1 + sum(len(one["rows"]) for one in pages[:here])
    page.evaluate("n => { location.hash = `q${n}` }", number)
    page.get_by_text("Is deze afspraak nagekomen?").first.wait_for()
    assert page.get_by_label("Deels").count() == 1
    assert Axe().run(page).violations_count == 0
    assert page.wrong == []  # type: ignore[attr-defined]


HOSTILE_SENTENCE = f"<script>window.bad=1</script> [@click=app.bell]x {{subject}} # {HOSTILE}"


def test_hostile_words_of_an_agreement_stay_words_through_the_whole_cycle(
    tmp_path: Path, page: Page
) -> None:
    root = tmp_path / "sessions"
    opened = agree(
        make_demo(DiskStore(root)).opened,
        follow_up_demo.AGREED[1].changed(sentence=HOSTILE_SENTENCE),
        follow_up_demo.DAY,
    ).opened
    done = bart(root, "follow-up", "demo", "--yes")
    assert done.code == 0
    assert not raw_in((done.out + done.err).encode())
    opened = open_session(DiskStore(root), "demo")
    (form,) = map(Path, make_forms(opened, ["WM-01"]))
    for code in opened.session.party_of:
        said = {
            "agreement-kept-a-1": Answer(value="yes"),
            "ties-broken-by": Answer(value="college"),
        }
        context = session_context(opened, code)
        sheet = context.blank.changed(answers=said, consent="position", status="submitted")
        context.save(sheet, None)
    for verb in ("close", "report"):
        assert bart(root, verb, "demo").code == 0
    done = bart(root, "compare", "demo", "1", "2", "--format", "md,html,json")
    assert done.code == 0
    assert not raw_in((done.out + done.err).encode())
    report = root / "demo" / "report"
    for name in ("compare-1-2.md", "compare-1-2.html", "report.md"):
        assert not raw_in((report / name).read_bytes()), name
    for path in (form, report / "compare-1-2.html"):
        page.goto(path.as_uri())
        assert page.evaluate("window.bad") is None
    assert "<script>window.bad=1</script>" in page.inner_text("main")
    assert page.wrong == []  # type: ignore[attr-defined]
