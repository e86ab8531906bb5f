"""Who is not asked a question: whose own answer to an earlier one leaves it out."""

from typing import Any

from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.route import OwnPicture, Route, left_out
from bart_tool.domain.sheet import Sheet
from tests.workshop import as_answer, question, session, sheet, small_set

AGREED = question("agreed", "scale", scale="status", objects="decisions")
KEPT = question(
    "kept",
    "scale",
    scale="status",
    objects="decisions",
    unless={"question": "agreed", "value": "no"},
)
PRAISED = question(
    "praised",
    "scale",
    scale="status",
    objects="decisions",
    unless={"question": "kept", "value": "no"},
)
SET = small_set(AGREED, KEPT, PRAISED)


def out(**said: Any) -> set[str]:
    keyed = {key.replace("_", "/"): as_answer(value) for key, value in said.items()}
    return set(left_out(SET, keyed))


def of(**said: Any) -> Sheet:
    keyed = {key.replace("_", "/"): value for key, value in said.items()}
    return sheet(session(SET, {"wijkraad": 1}), "WR-01", keyed)


def test_only_that_answer_leaves_out_and_only_the_same_object() -> None:
    assert out(agreed_spend="no") == {"kept/spend"}
    assert out(agreed_spend="partly", agreed_drop="dont-know") == set()
    assert out() == set()


def test_an_answer_that_is_itself_left_out_leaves_nothing_out() -> None:
    assert out(kept_spend="no") == {"praised/spend"}
    assert out(agreed_spend="no", kept_spend="no") == {"kept/spend"}


def test_the_route_of_a_sheet_counts_and_shows_only_what_is_asked() -> None:
    whole = Route(SET, "wijkraad")
    here = whole.of(of(agreed_spend="no", kept_spend="yes"))
    assert [item.key for item in whole.items if item not in here.items] == ["kept/spend"]
    assert here.given(of(agreed_spend="no", kept_spend="yes")) == 1
    assert len(here.open_items(of(agreed_spend="no"))) == 4
    assert whole.of(of(agreed_spend="yes")) is whole
    picture = OwnPicture(here)
    shown = [each.key for row in picture.rows for each in picture.items_at(row, "")]
    assert shown == [item.key for item in here.items]


def test_a_page_of_which_every_row_is_left_out_is_no_page() -> None:
    here = Route(SET, "wijkraad").of(of(agreed_spend="no", agreed_drop="no"))
    assert [page.question.id for page in here.pages] == ["agreed", "praised"]


def test_a_round_that_does_not_ask_the_earlier_question_leaves_nothing_out() -> None:
    part: QuestionSet = SET.asking((), {}, ["kept/spend"])
    assert left_out(part, {"agreed/spend": as_answer("no")}) == frozenset()
