"""Sheets keep the five kinds of no answer apart, and problems never say what was answered."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bart_tool.domain.answer import Answer
from bart_tool.domain.sheet import Sheet
from bart_tool.errors import Severity
from bart_tool.store import sheets
from bart_tool.wording.messages import problem_text

HEADER: dict[str, Any] = {
    "format": 1,
    "kind": "answer-sheet",
    "session": "demo",
    "round": 1,
    "question_set": "wijk-kern",
    "question_set_hash": "sha256:0",
    "participant": "WR-01",
    "party": "wijkraad",
    "consent": "position",
    "status": "submitted",
}

# As docs/developer/formats.md shows it, and as somebody might write it by hand.
BY_HAND = """\
format: 1
kind: answer-sheet
session: demo
round: 1
question_set: wijk-kern
question_set_hash: "sha256:0"
participant: WR-01
party: wijkraad
function: ""
consent: position
status: submitted
answers:
  primary-task/wijkraad: {value: voice, certainty: certain, revision: 1}
  mandate/wijkraad/spend: {value: no, certainty: guess, note: "12:30", quote: true, revision: 2}
  ties-broken-by: {value: nobody, revision: 1}
  orphan-problem: {value: dont-know}
  upholds-agreement: {value: prefer-not}
  sets-priority/wijkraad: {value: other, words: "de buurvrouw"}
  roles/wijkmanager: {value: {networker: formal, fixer: informal}, revision: 1}
  members/wijk-mt: {value: {}}
  mission/wijkraad: {value: "own words", certainty: , quote: false, revision: 1}
"""


def parsed(text: str, file: str = "WR-01.yaml") -> Sheet:
    sheet, problems = sheets.parse(text, file)
    assert problems == ()
    assert sheet is not None
    return sheet


def test_a_sheet_written_by_hand_is_read_as_it_stands() -> None:
    sheet = parsed(BY_HAND)
    said = {item: answer.value for item, answer in sheet.answers.items()}
    assert said == {
        "primary-task/wijkraad": "voice",
        "mandate/wijkraad/spend": "no",
        "ties-broken-by": "nobody",
        "orphan-problem": "dont-know",
        "upholds-agreement": "prefer-not",
        "sets-priority/wijkraad": "other",
        "roles/wijkmanager": {"networker": "formal", "fixer": "informal"},
        "members/wijk-mt": {},
        "mission/wijkraad": "own words",
    }
    spend = sheet.answers["mandate/wijkraad/spend"]
    assert (spend.certainty, spend.note, spend.quote, spend.revision) == ("guess", "12:30", True, 2)
    assert sheet.answers["mission/wijkraad"].certainty is None


def test_what_two_people_chose_is_held_once_and_what_they_wrote_for_each() -> None:
    chose = {"value": "college", "certainty": "fairly"}
    given = {"who": chose, "words/wijkraad": {**chose, "value": "Wij samen"}}
    given |= {"mandate/cluster/spend": {**chose, "note": "soms"}, "roles/wijkraad": {"value": {}}}
    one, other = (
        sheets.parse(json.dumps({**HEADER, "participant": code, "answers": given}), "a.json")[0]
        for code in ("WR-01", "WR-02")
    )
    assert one is not None
    assert other is not None
    assert one.answers == other.answers
    same = {item for item in given if one.answers[item] is other.answers[item]}
    assert same == {"who"}


def test_yaml_and_json_say_the_same_thing() -> None:
    sheet = parsed(BY_HAND)
    text = json.dumps(sheet.model_dump(mode="json"))
    assert parsed(text, "WR-01.json") == sheet
    assert parsed("\ufeff \n" + text, "WR-01.txt") == sheet
    assert parsed(sheets.dump(sheet)) == sheet


def test_a_flow_map_is_yaml_and_no_broken_json() -> None:
    text = "{" + ", ".join(f"{key}: {value!r}" for key, value in HEADER.items()) + "}"
    assert parsed(text.replace("'", '"').replace('"1"', "1")).participant == "WR-01"


def test_defaults_are_left_out_of_what_is_written() -> None:
    text = sheets.dump(Sheet.model_validate({**HEADER, "answers": {"a": {"value": "b"}}}))
    assert text.splitlines()[-3:] == ["  a:", '    value: "b"', "    revision: 1"]
    assert "function" not in text


words = st.text(max_size=200)
answers = st.builds(
    Answer,
    value=words | st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.just("formal")),
    words=words,
    certainty=st.sampled_from([None, "guess", "fairly", "certain"]),
    note=words | st.text(alphabet="a\n \t#:-é\r", max_size=50),
    quote=st.booleans(),
    revision=st.integers(1, 99_999),
)


KEYS = st.sampled_from(["a", "a/b", "a/b/c", "no", "x-1/y"])


@given(st.lists(st.tuples(KEYS, st.none() | answers), max_size=12))
def test_what_changes_answer_by_answer_is_written_as_if_for_the_first_time(
    changes: list[tuple[str, Answer | None]],
) -> None:
    sheet, writer = Sheet.model_validate(HEADER), sheets.Writer()
    for item, answer in changes:
        sheet = sheet.without(item) if answer is None else sheet.with_answer(item, answer)
        assert writer.dump(sheet) == sheets.dump(sheet)


@given(st.dictionaries(KEYS, answers))
def test_every_sheet_is_read_back_as_it_was(given_answers: dict[str, Answer]) -> None:
    sheet = Sheet.model_validate({**HEADER, "answers": given_answers})
    assert parsed(sheets.dump(sheet)) == sheet


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("format: 1", "format: 3", "newer-format", 1),
        ("format: 1", "format: x", "unknown-format", 1),
        ("format: 1\n", "", "unknown-format", 1),
        ("kind: answer-sheet", "kind: session", "wrong-kind", 2),
        ("session: demo", "session: Demo!", "bad-id-here", 3),
        ("round: 1", "round: 1.0", "expected-whole-number", 4),
        ("participant: WR-01", "participant: ../WR", "bad-id-here", 7),
        ("participant: WR-01", "participant: COM1", "device-name", 7),
        ("party: wijkraad\n", "", "missing-key", 1),
        ("consent: position", "consent: maybe", "choose-one-of", 10),
        ("status: submitted", "status: done", "choose-one-of", 11),
        ('function: ""', "colour: red", "unknown-key-here", 9),
        ("answers:\n", "answers: [\n", "yaml-syntax", 14),
        ("  orphan-problem:", "  ties-broken-by:", "duplicate-key-here", 16),
    ],
)
def test_a_sheet_whose_head_is_wrong_is_refused(
    before: str, after: str, code: str, line: int
) -> None:
    sheet, problems = sheets.parse(BY_HAND.replace(before, after, 1), "WR-01.yaml")
    assert sheet is None
    assert [(each.code, each.where.line) for each in problems] == [(code, line)]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("ruler", "answer-is-no-map"),
        ("{}", "missing-key"),
        ("{value: [ruler]}", "answer-bad-value"),
        ("{value: {ruler: formally}}", "answer-bad-value"),
        ("{value: {Ruler of all: formal}}", "answer-bad-value"),
        ("{value: x, ruler: formal}", "unknown-key-here"),
        ("{value: x, certainty: ruler}", "bad-certainty"),
        ("{value: x, quote: yes}", "expected-true-or-false"),
        ("{value: x, revision: -1}", "expected-whole-number"),
        ("{value: x, revision: '1_0'}", "expected-whole-number"),
        ("{value: x, note: " + "ruler " * 200 + "}", "text-too-long"),
        ("{value: x, note: [ruler]}", "expected-text"),
    ],
)
def test_a_bad_answer_is_named_and_the_others_are_kept(answer: str, code: str) -> None:
    text = BY_HAND.replace("{value: dont-know}", answer)
    sheet, problems = sheets.parse(text, "WR-01.yaml")
    assert sheet is not None
    assert sheet.answers.keys() == parsed(BY_HAND).answers.keys() - {"orphan-problem"}
    assert [(each.code, each.where.item, each.where.line) for each in problems] == [
        (code, "orphan-problem", 16)
    ]
    assert problems[0].severity is Severity.ERROR
    assert "uler" not in repr(problems)
    assert "uler" not in problem_text(problems[0], "nl")


def test_a_key_that_is_no_item_is_named_by_its_line_only() -> None:
    text = BY_HAND.replace("orphan-problem:", "'what I really think':")
    sheet, problems = sheets.parse(text, "WR-01.yaml")
    assert sheet is not None
    assert [(each.code, each.where.line) for each in problems] == [("bad-item-key", 16)]
    assert "think" not in repr(problems)


def test_two_answers_under_one_key_are_not_chosen_between() -> None:
    text = BY_HAND.replace("networker: formal, fixer: informal", "fixer: formal, fixer: informal")
    sheet, problems = sheets.parse(text, "WR-01.yaml")
    assert sheet is None
    assert "fixer" not in repr(problems)


@pytest.mark.parametrize("nothing", ["null", "~", "", '""', "NULL"])
def test_a_certainty_that_says_nothing_costs_no_answer(nothing: str) -> None:
    answers = {"who": {"value": "college", "certainty": "guess"}}
    text = sheets.dump(Sheet.model_validate({**HEADER, "answers": answers}))
    said = text.replace('certainty: "guess"', f"certainty: {nothing}")
    assert said != text
    read, problems = sheets.parse(said, "WR-01.yaml")
    assert problems == ()
    assert read is not None
    assert read.answers["who"].value == "college"
    assert read.answers["who"].certainty is None
