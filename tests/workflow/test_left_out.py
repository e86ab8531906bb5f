"""What somebody was not asked, and has an answer to all the same, counts nowhere."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bart_tool.cli.paper_entry import PaperEntry
from bart_tool.cli.plain_answer import PlainVisit
from bart_tool.cli.terminal import Lines
from bart_tool.domain.answer import Answer
from bart_tool.domain.route import Place, Route
from bart_tool.domain.sheet import Sheet
from bart_tool.store import sessions, yaml_text
from bart_tool.wording.translation import words
from bart_tool.workflow import paper_content
from bart_tool.workflow.answering import steps
from bart_tool.workflow.answering.context import own_sheet, picture_text, session_context
from bart_tool.workflow.answering.state import Answering
from bart_tool.workflow.check import checked_sheets
from bart_tool.workflow.gather import gather
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import close
from bart_tool.workflow.publish import publish
from tests.workflow.on_disk import store_in, told_at
from tests.workshop import question, session, set_data, sheet, small_set

pytestmark = pytest.mark.usefixtures("each_store")

QUESTIONS = (
    question("agreed", "scale", scale="status"),
    question("kept", "scale", scale="status", unless={"question": "agreed", "value": "no"}),
    question("who", "who"),
)
SET = small_set(*QUESTIONS)
PARTIES = {"wijkraad": 4, "wijkmanager": 1}
ROUTE = Route(SET, "wijkraad")


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    made = session(SET, PARTIES, phase="answering")
    sessions.create(store_in(tmp_path), made, yaml_text.write(set_data(*QUESTIONS)))
    return open_session(store_in(tmp_path), made.session)


def save(opened: OpenSession, code: str, said: dict[str, Any]) -> None:
    opened.folder.save_sheet(sheet(opened.session, code, said, consent="position"), None)


def blank() -> Sheet:
    return sheet(session(SET, PARTIES), "WR-01", {}, status="draft")


def saying(here: Answering, item: str, value: str | None) -> Answering:
    after, problems = steps.answer(here, item, Answer(value=value) if value else None)
    assert not problems
    return after


def test_the_answer_takes_the_question_out_of_the_walk_and_undoing_puts_it_back() -> None:
    here = saying(Answering.at_work(ROUTE, blank()), "agreed", "no")
    assert [page.question.id for page in here.route.pages] == ["agreed", "who"]
    assert here.onward().page.question.id == "who"
    assert [item.key for item in here.open_items] == ["who"]
    back = steps.undo(here)
    assert [page.question.id for page in back.route.pages] == ["agreed", "kept", "who"]


def test_who_stands_further_on_stays_there_when_a_question_before_it_goes() -> None:
    here = Answering.at_work(ROUTE, blank()).at(Place(2))
    assert saying(here, "agreed", "no").page.question.id == "who"


def test_who_stands_on_what_goes_stands_at_what_was_asked_before_it() -> None:
    here = Answering.at_work(ROUTE, blank()).at(Place(1))
    assert saying(here, "agreed", "no").page.question.id == "agreed"


def test_an_answer_given_before_stays_on_the_sheet_and_is_asked_again_after_all() -> None:
    here = saying(saying(Answering.at_work(ROUTE, blank()), "agreed", "yes"), "kept", "partly")
    here = saying(here, "agreed", "no")
    assert here.sheet.answers["kept"].value == "partly"
    _, problems = steps.answer(here, "kept", Answer(value="yes"))
    assert [problem.code for problem in problems] == ["item-not-asked"]
    assert saying(here, "agreed", "partly").open_items == here.open_items


def test_who_comes_back_goes_on_in_the_walk_of_their_own_answers() -> None:
    said = sheet(session(SET, PARTIES), "WR-01", {"agreed": "no"}, status="draft")
    assert Answering.at_work(ROUTE, said).page.question.id == "who"


def test_plain_lines_do_not_put_it_and_count_without_it(opened: OpenSession) -> None:
    heard = io.StringIO()
    lines = Lines(io.StringIO("\n".join(["", "1", "1", "1", "i", "j", ""])), heard)
    assert PlainVisit(session_context(opened, "WR-01"), lines, words("nl")).run()
    assert set(own_sheet(opened, "WR-01").answers) == {"agreed", "who"}
    assert "vraag 2 van 2" in heard.getvalue()
    assert "kept" not in heard.getvalue()


def test_paper_says_who_skips_it_and_its_lines_keep_their_numbers(opened: OpenSession) -> None:
    save(opened, "WR-01", {"agreed": "no"})
    blocks = paper_content.content(session_context(opened, "WR-02"), "nl")["blocks"]
    assert [block["only"] for block in blocks] == [
        "",
        "Alleen als je bij ‘Agreed?’ iets anders invulde dan ‘no’.",
        "",
    ]
    asked = session_context(opened, "WR-02").question_set
    met = [each.id for each in asked.options(asked.question_by_id["who"])]  # in their own order
    # consent, and a line for each of the three
    typed = ["1", "1", "3", str(met.index("wijkraad") + 1)]
    heard = io.StringIO()
    screen = Lines(io.StringIO("\n".join([*typed, *typed, "j", ""])), heard)
    assert PaperEntry(session_context(opened, "WR-02"), screen, words("nl")).run()
    assert {key: said.value for key, said in own_sheet(opened, "WR-02").answers.items()} == {
        "agreed": "no",
        "who": "wijkraad",
    }


def test_a_table_may_hold_it_and_nothing_is_told_before_closing(
    opened: OpenSession, tmp_path: Path
) -> None:
    rows = ["participant,party,item,value", "WR-01,wijkraad,agreed,no", "WR-01,wijkraad,kept,yes"]
    table = tmp_path / "answers.csv"
    table.write_text("\n".join(rows), encoding="utf-8")
    assert not gather(opened, [table]).problems
    assert not checked_sheets(opened).problems
    assert set(picture_of(opened).picture.sheets[0].answers) == {"agreed"}


def test_after_closing_it_is_no_part_of_any_count_and_check_says_so(opened: OpenSession) -> None:
    for number, (agreed, kept) in enumerate([("no", "yes"), ("yes", "no"), ("partly", "no")], 1):
        save(opened, f"WR-0{number}", {"agreed": agreed, "kept": kept})
    closed = close(opened).opened
    notes = [problem.code for problem in checked_sheets(closed).problems]
    assert notes == ["answers-left-out"]
    report = json.loads(told_at(publish(closed, formats=("json",)).files[-1]).read_text("utf-8"))
    (kept,) = (each for each in report["items"] if each["item"] == "kept")
    (council,) = (each for each in kept["positions"] if each["party"] == "wijkraad")
    assert (council["n"], council["invited"], council["counts"]) == (2, 4, {"no": 2})


def test_the_own_picture_does_not_call_it_open(opened: OpenSession) -> None:
    save(opened, "WR-01", {"agreed": "no", "kept": "yes", "who": "college"})
    said = picture_text(opened, own_sheet(opened, "WR-01"), "nl")
    assert "kept" not in said.lower()
    assert "open" not in said
