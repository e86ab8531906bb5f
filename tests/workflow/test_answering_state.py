"""The state of somebody who answers, without a screen: every step and every refusal."""

import io
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bart_tool.cli.plain_answer import PlainVisit
from bart_tool.cli.terminal import Lines
from bart_tool.domain.answer import CODES, NONE, OTHER, Answer, Tag
from bart_tool.domain.free_text import MAX_WORDS
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.route import Place, Route
from bart_tool.domain.sheet import Sheet
from bart_tool.errors import CannotWrite
from bart_tool.wording.questions import CODE_KEYS, codes_of
from bart_tool.wording.translation import words
from bart_tool.workflow.answering import steps
from bart_tool.workflow.answering.context import AnswerContext
from bart_tool.workflow.answering.state import Answering, Kept
from bart_tool.workflow.answering.steps import Step
from tests.tui import sample

TAGS: tuple[Tag, ...] = get_args(Tag)

SET = QuestionSet.model_validate(sample.DATA)
ROUTE = Route(SET, "wijkraad")
BLANK = Sheet(
    session="proef",
    question_set=SET.id,
    question_set_hash=SET.hash,
    participant="WR-01",
    party="wijkraad",
)
TASK, MISSION, ROLES, TIES = (
    "primary-task/wijkraad",
    "mission/wijkraad",
    "roles/wijkraad",
    "ties-broken-by",
)
ROW = "mandate/wijkraad/small-urgent-spend"
FIVE = [option.id for option in SET.options(SET.by_key[ROLES].question, "wijkraad")][:5]


def state(*said: tuple[str, Any]) -> Answering:
    here = Answering.at_work(ROUTE, BLANK)
    for item, value in said:
        here = taken(steps.answer(here, item, Answer(value=value)))
    return here


def taken(step: Step) -> Answering:
    here, problems = step
    assert not problems
    return here


def refused(before: Answering, step: Step) -> str:
    after, problems = step
    assert after is before
    (problem,) = problems
    return problem.code


def test_one_option_replaces_the_other_and_its_note_stays() -> None:
    here = taken(steps.write(state((TASK, "voice")), TASK, "note", "nou ja"))
    here = taken(steps.choose(taken(steps.rate(here, TASK, "certain")), TASK, "plan"))
    said = here.sheet.answers[TASK]
    assert (said.value, said.note, said.certainty) == ("plan", "nou ja", "certain")


@pytest.mark.parametrize("code", ["dont-know", "prefer-not"])
def test_a_code_replaces_the_options_and_how_sure_one_was(code: str) -> None:
    here = taken(steps.rate(state((TASK, "voice")), TASK))
    said = taken(steps.choose(here, TASK, code)).sheet.answers[TASK]
    assert (said.value, said.certainty) == (code, None)
    here = taken(steps.choose(state((ROLES, {FIVE[0]: "formal"})), ROLES, code))
    assert here.sheet.answers[ROLES].value == code
    assert taken(steps.choose(here, ROLES, FIVE[1])).sheet.answers[ROLES].value == {
        FIVE[1]: "unknown"
    }


def test_no_more_are_chosen_than_may_be() -> None:
    here = state()
    for option in FIVE:
        here = taken(steps.choose(here, ROLES, option))
    assert refused(here, steps.choose(here, ROLES, "adviser")) == "answer-too-many"
    assert steps.choose(here, ROLES, "adviser")[1][0].params == {"most": "5"}
    six = dict.fromkeys([*FIVE, "adviser"], "unknown")
    assert refused(here, steps.pick(here, ROLES, six)) == "answer-too-many"  # type: ignore[arg-type]
    fewer = taken(steps.choose(here, ROLES, FIVE[0]))
    assert set(fewer.sheet.answers[ROLES].value) == set(FIVE[1:])
    assert taken(steps.choose(fewer, ROLES, "adviser")).sheet.answers[ROLES].value


def test_the_last_choice_taken_away_is_no_answer_and_none_is_one() -> None:
    here = taken(steps.choose(state(), ROLES, FIVE[0]))
    assert ROLES not in taken(steps.choose(here, ROLES, FIVE[0])).sheet.answers
    assert taken(steps.choose(here, ROLES, NONE)).sheet.answers[ROLES].value == {}


def test_a_level_that_is_called_none_is_a_level() -> None:
    assert taken(steps.choose(state(), ROW, "none")).sheet.answers[ROW].value == "none"


def test_a_chosen_role_says_how_it_came_about() -> None:
    here = taken(steps.choose(state(), ROLES, FIVE[0]))
    for tag in ("formal", "given", "informal"):
        here = taken(steps.tag(here, ROLES, FIVE[0], tag))
        assert here.sheet.answers[ROLES].value == {FIVE[0]: tag}
    here = taken(steps.tag(here, ROLES, FIVE[0], "informal"))
    assert here.sheet.answers[ROLES].value == {FIVE[0]: "unknown"}
    assert refused(here, steps.tag(here, ROLES, FIVE[1], "formal")) == "tag-without-choice"


def test_how_sure_one_is_goes_round() -> None:
    here = state((TASK, "voice"))
    seen = []
    for _ in range(4):
        here = taken(steps.rate(here, TASK))
        seen.append(here.sheet.answers[TASK].certainty)
    assert seen == ["guess", "fairly", "certain", None]


def test_how_sure_one_is_needs_an_answer_that_says_something_where_it_is_asked() -> None:
    here = state((TIES, "dont-know"), (MISSION, "samen"))
    assert refused(here, steps.rate(here, TASK)) == "certainty-without-answer"
    assert refused(here, steps.rate(here, TIES)) == "certainty-without-answer"
    assert refused(here, steps.rate(here, MISSION)) == "answer-certainty-not-asked"


def test_notes_and_leave_to_print_need_an_answer() -> None:
    here = state()
    assert refused(here, steps.write(here, TASK, "note", "nou ja")) == "note-without-answer"
    assert refused(here, steps.quote(here, TASK)) == "note-without-answer"
    here = taken(steps.quote(state((MISSION, "samen")), MISSION))
    assert here.sheet.answers[MISSION].quote
    assert taken(steps.quote(here, MISSION, True)) is here
    assert not taken(steps.quote(here, MISSION)).sheet.answers[MISSION].quote


def test_own_words_are_the_answer_and_emptied_words_are_none() -> None:
    here = taken(steps.write(state(), MISSION, "text", "  samen "))
    assert steps.written(here.sheet.answers[MISSION], "text") == "samen"
    assert MISSION not in taken(steps.write(here, MISSION, "text", " ")).sheet.answers
    here = taken(steps.choose(here, MISSION, "dont-know"))
    assert steps.written(here.sheet.answers[MISSION], "text") == ""
    assert taken(steps.write(here, MISSION, "text", "")) is here
    after, problems = steps.write(here, MISSION, "text", "x" * (MAX_WORDS + 9))
    assert after is here  # nothing is cut
    assert [problem.code for problem in problems] == ["words-too-long"]
    whole = taken(steps.write(here, MISSION, "text", "x" * MAX_WORDS))
    assert steps.written(whole.sheet.answers[MISSION], "text") == "x" * MAX_WORDS


def test_words_go_with_something_else_only() -> None:
    here = taken(steps.choose(state(), TASK, OTHER))
    here = taken(steps.write(here, TASK, "words", "de markt"))
    assert steps.written(here.sheet.answers[TASK], "words") == "de markt"
    assert taken(steps.choose(here, TASK, "plan")).sheet.answers[TASK].words == ""


@pytest.mark.parametrize(
    ("item", "value", "code"),
    [
        ("no-such-item", "voice", "item-not-asked"),
        (TASK, "fixer", "answer-unknown-option"),
        (TASK, "nobody", "answer-unknown-option"),
        (TIES, "fixer", "answer-unknown-actor"),
        (ROW, "very-high", "answer-unknown-level"),
        (TASK, NONE, "answer-is-a-list"),
        (ROLES, "no-such-role", "answer-unknown-option"),
    ],
)
def test_what_does_not_fit_is_refused(item: str, value: str, code: str) -> None:
    here = state()
    assert refused(here, steps.choose(here, item, value)) == code


def test_filling_a_row_points_at_the_next_while_the_note_stays_with_it() -> None:
    rows = [item.key for item in ROUTE.page_at(ROUTE.place_of(ROW)).items]
    here = taken(steps.fill(state().at_item(ROW), ROW, "advises"))
    assert (here.place.row, here.key) == (1, rows[0])
    here = taken(steps.fill(here.at_item(rows[2]), rows[2], "none"))
    assert (here.place.row, here.key) == (2, rows[2])
    assert here.at_item(rows[1]).key == rows[1]


def test_wiping_opens_the_question_again_and_says_which_answer_is_gone() -> None:
    here = taken(steps.wipe(state((TASK, "voice")), TASK))
    assert TASK not in here.sheet.answers
    assert here.sheet.wiped == {TASK: 1}
    assert TASK in [item.key for item in here.open_items]
    assert taken(steps.wipe(here, TASK)) is here


def test_undo_goes_back_over_pages_to_where_each_change_was_made() -> None:
    here = state((TASK, "voice"), (ROLES, {FIVE[0]: "formal"}), (TASK, "plan"))
    here = taken(steps.wipe(here, ROLES)).at_item(MISSION)
    here = steps.undo(here)
    assert (here.key, here.sheet.answers[ROLES].value) == (ROLES, {FIVE[0]: "formal"})
    here = steps.undo(here)
    assert (here.key, here.sheet.answers[TASK].value) == (TASK, "voice")
    here = steps.undo(steps.undo(here))
    assert (here.key, dict(here.sheet.answers)) == (TASK, {})
    assert steps.undo(here) is here


def test_one_goes_on_behind_the_last_answer_and_what_was_skipped_is_named() -> None:
    begun = state((MISSION, "samen"))
    here = Answering.at_work(ROUTE, begun.sheet)
    assert here.key == ROW
    assert [item.key for item in here.open_items][:2] == [TASK, "primary-task/wijkmanager"]
    whole = Answering.at_work(ROUTE, state(*((i.key, "dont-know") for i in ROUTE.items)).sheet)
    assert (whole.place, whole.open_items) == (Place(0), ())


def test_past_the_last_page_lies_the_own_picture() -> None:
    here = state()
    assert here.back() is None
    seen = []
    while not here.in_review:
        seen.append(here.key)
        here = here.onward(by_row=True)
    assert seen == [item.key for item in ROUTE.items]
    assert here.place == Place(len(ROUTE.pages) - 1)
    assert not here.at_item(TASK).in_review


def test_a_table_is_one_page_or_a_row_at_a_time() -> None:
    here = state().at_item(ROW)
    assert here.onward().place == Place(here.place.page + 1)
    assert here.onward(by_row=True).place == Place(here.place.page, 1)
    after = here.onward()
    back = after.back(by_row=True)
    assert back is not None
    assert back.place == Place(here.place.page, 2)


def test_what_is_handed_in_is_closed_until_it_is_taken_back() -> None:
    here = taken(steps.hand_in(state((TASK, "voice"))))
    assert here.is_closed
    assert refused(here, steps.hand_in(here)) == "handed-in-already"
    assert refused(here, steps.choose(here, TASK, "plan")) == "handed-in-already"
    assert refused(here, steps.wipe(here, TASK)) == "handed-in-already"
    assert steps.undo(here) is here
    back = steps.take_back(here)
    assert (back.is_closed, back.in_review) == (False, True)
    assert taken(steps.choose(back, TASK, "plan")).sheet.answers[TASK].value == "plan"


def test_trouble_in_keeping_is_a_value_and_the_last_fingerprint_stays() -> None:
    def refuse(_value: str, _expected: str | None) -> str:
        raise CannotWrite("cannot-write")

    kept = Kept[str]().tried(lambda _value, _expected: "first", "a")
    troubled = kept.tried(refuse, "b")
    assert troubled.trouble is not None
    assert (troubled.value, troubled.fingerprint) == ("a", "first")
    assert troubled.again() == kept
    seen = []
    troubled.again().tried(lambda _value, expected: seen.append(expected) or "second", "b")  # type: ignore[func-returns-value]
    assert seen == ["first"]


# One choice an item: what is chosen, with which tags, how sure, and whether it may be printed.


@st.composite
def choices(draw: st.DrawFn) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for item in ROUTE.items:
        options = [o.id for o in SET.options(item.question, item.subject)]
        codes = [code for code in codes_of(item.question) if code != NONE]
        if not draw(st.booleans()):
            continue
        if item.question.answered == "words":
            values = st.sampled_from(["samen", "voor iedereen", *codes])
        elif item.question.answered == "several":
            some = st.dictionaries(st.sampled_from(options), st.sampled_from(TAGS), max_size=5)
            values = some | st.sampled_from(codes)
        else:
            values = st.sampled_from([*options, *codes])
        said[item.key] = draw(values), draw(st.sampled_from([0, 1, 2, 3])), draw(st.booleans())
    return said


def by_steps(said: dict[str, Any]) -> Sheet:
    """As the screens do it: ticking one by one."""
    here = steps.begin(state(), "position", "")
    for item, (value, sure, quote) in said.items():
        if isinstance(value, dict):
            here = taken(steps.choose(here, item, NONE))
            for option, tag in value.items():
                here = taken(steps.choose(here, item, option))
                here = taken(steps.tag(here, item, option, tag))
        elif SET.by_key[item].question.answered == "words" and value not in CODES:
            here = taken(steps.write(here, item, "text", value))
        else:
            here = taken(steps.choose(here, item, value))
        if value == OTHER:
            here = taken(steps.write(here, item, "words", "de markt"))
        if asked_how_sure(item, value):
            for _ in range(sure):
                here = taken(steps.rate(here, item))
        if asked_to_print(item, value) and quote:
            here = taken(steps.quote(here, item))
    return taken(steps.hand_in(here)).sheet


def asked_how_sure(item: str, value: Any) -> bool:
    return SET.by_key[item].question.certainty and value not in ("dont-know", "prefer-not")


def asked_to_print(item: str, value: Any) -> bool:
    words_asked = SET.by_key[item].question.answered == "words"
    return value == OTHER or (words_asked and value not in CODES)


def by_lines(said: dict[str, Any]) -> Sheet:
    """As it is typed line by line, from the first question to handing in."""
    typed = ["", "1"]
    for item in ROUTE.items:
        if item.key not in said:
            typed.append("")
            continue
        value, sure, quote = said[item.key]
        options = [o.id for o in SET.options(item.question, item.subject)]
        if isinstance(value, dict):
            typed.append(" ".join(str(options.index(each) + 1) for each in value) or "n")
            typed += [str(TAGS.index(tag) + 1) for tag in value.values()]
        elif value in codes_of(item.question):
            typed += [CODE_KEYS[value], *(["de markt"] if value == OTHER else [])]
        else:
            typed.append(value if value not in options else str(options.index(value) + 1))
        if asked_how_sure(item.key, value):
            typed.append(str(sure) if sure else "")
        if asked_to_print(item.key, value):
            typed.append("j" if quote else "")
    kept: list[Sheet] = []
    context = AnswerContext(
        question_set=SET,
        kind="wijkraad",
        party_label=SET.parties["wijkraad"].label,
        blank=BLANK,
        read=lambda: None,
        save=lambda sheet, _expected: kept.append(sheet) or "kept",  # type: ignore[func-returns-value]
    )
    lines = Lines(io.StringIO("\n".join([*typed, "i", "j", ""])), io.StringIO())
    assert PlainVisit(context, lines, words("nl")).run()
    return kept[-1]


@given(choices())
def test_the_steps_of_the_screens_and_the_typed_lines_give_the_same_sheet(
    said: dict[str, Any],
) -> None:
    assert without_revisions(by_lines(said)) == without_revisions(by_steps(said))


def without_revisions(sheet: Sheet) -> Sheet:
    answers = {key: said.changed(revision=1) for key, said in sheet.answers.items()}
    return sheet.changed(answers=answers, wiped={})
