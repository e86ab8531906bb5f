"""Answers and sessions that do not fit their set are named, and answers are never quoted."""

from collections.abc import Callable
from typing import Any

import pytest

from bart_tool.domain.answer import Answer
from bart_tool.domain.checks import (
    check_answer,
    check_session,
    check_sheet,
)
from bart_tool.domain.names import is_device_name
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.set_checks import check_set
from bart_tool.errors import Problem, Severity
from tests.workshop import (
    CHOICE_QUESTION,
    MANDATE_QUESTION,
    ROLES_QUESTION,
    TEXT_QUESTION,
    WHO_QUESTION,
    as_answer,
    options,
    question,
    session,
    set_data,
    sheet,
    small_set,
)

MEMBERS = question("members", "multi", options=options("a", "b", "c"), most=2)
CLOSED = question("closed", "choice", options=options("a", "b"), other=False)
ONLY_RAAD = question("only-raad", "text", asked_of=["wijkraad"])
FEW = {**WHO_QUESTION, "id": "few", "actors": ["wijkraad", "college"], "other": False}
QUESTIONS = (
    MANDATE_QUESTION,
    WHO_QUESTION,
    CHOICE_QUESTION,
    ROLES_QUESTION,
    TEXT_QUESTION,
    MEMBERS,
    CLOSED,
    ONLY_RAAD,
    FEW,
)
SET = small_set(*QUESTIONS)
SESSION = session(SET, {"wijkraad": 2, "wijkmanager": 1, "cluster-groen": 1})


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [each.code for each in problems]


def wrong(item: str, said: Any) -> list[str]:
    problems = check_answer(SET, SET.by_key[item], as_answer(said))
    assert all(each.where.item == item for each in problems)
    return codes(problems)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("who", "college"),
        ("who", "nobody"),
        ("who", {"value": "other", "words": "de buurt"}),
        ("who", {"value": "cluster", "certainty": "guess"}),
        ("few", "nobody"),
        ("choice/cluster", "plan"),
        ("choice/cluster", {"value": "other", "words": "iets"}),
        ("mandate/cluster/spend", "none"),
        ("roles/wijkraad", {"networker": "informal", "fixer": "unknown"}),
        ("roles/wijkraad", {"value": {}}),
        ("members", {"a": "unknown", "b": "unknown"}),
        ("words/wijkraad", "alles mag"),
        ("words/wijkraad", "nobody"),
        *(
            (item, code)
            for item in ("who", "choice/cluster", "mandate/cluster/spend", "members", "only-raad")
            for code in ("dont-know", "prefer-not")
        ),
    ],
)
def test_a_good_answer_has_no_problem(item: str, said: Any) -> None:
    assert wrong(item, said) == []


@pytest.mark.parametrize(
    ("item", "said", "code"),
    [
        ("who", "burgemeester", "answer-unknown-actor"),
        ("who", "wijkakkoord", "answer-unknown-actor"),
        ("who", {"value": {"college": "formal"}}, "answer-is-a-list"),
        ("who", "", "answer-empty"),
        ("few", "cluster", "answer-unknown-actor"),
        ("few", {"value": "other", "words": "x"}, "answer-unknown-actor"),
        ("choice/cluster", "nobody", "answer-unknown-option"),
        ("closed", {"value": "other", "words": "x"}, "answer-unknown-option"),
        ("mandate/cluster/spend", "nobody", "answer-unknown-level"),
        ("mandate/cluster/spend", "other", "answer-unknown-level"),
        ("mandate/cluster/spend", "3", "answer-unknown-level"),
        ("roles/wijkraad", "networker", "answer-not-a-list"),
        ("roles/wijkraad", {"plan": "formal"}, "answer-unknown-option"),
        ("members", {"a": "formal"}, "answer-tag-not-asked"),
        ("members", dict.fromkeys("abc", "unknown"), "answer-too-many"),
        ("words/wijkraad", {"value": {"a": "formal"}}, "answer-is-a-list"),
        ("words/wijkraad", " \n", "answer-empty"),
    ],
)
def test_a_wrong_answer_is_an_error(item: str, said: Any, code: str) -> None:
    problems = check_answer(SET, SET.by_key[item], as_answer(said))
    assert code in codes(problems)
    errors = [each for each in problems if each.severity is Severity.ERROR]
    assert codes(tuple(errors)) == [code]


def test_own_words_are_asked_of_whoever_answers_and_not_said_of_a_stored_sheet() -> None:
    assert wrong("who", "other") == ["answer-other-without-words"]
    stored = sheet(SESSION, "WR-01", {"who": "other"})
    assert check_sheet(SET, "wijkraad", stored) == ()


def test_a_certainty_that_was_not_asked_is_a_note() -> None:
    problems = check_answer(SET, SET.by_key["closed"], Answer(value="a", certainty="guess"))
    assert [(each.code, each.severity) for each in problems] == [
        ("answer-certainty-not-asked", Severity.NOTE)
    ]


def test_a_sheet_answers_only_what_is_there_and_what_was_asked() -> None:
    stored = sheet(SESSION, "WM-01", {"who": "college", "what": "x", "only-raad": "y", "few": "z"})
    assert [(each.code, each.where.item) for each in check_sheet(SET, "wijkmanager", stored)] == [
        ("unknown-item", "what"),
        ("item-not-asked", "only-raad"),
        ("answer-unknown-actor", "few"),
    ]
    assert codes(check_sheet(SET, "wijkraad", stored)) == ["unknown-item", "answer-unknown-actor"]


def test_a_good_session_has_no_problem() -> None:
    label = {"label": {"nl": "een boom", "en": "a tree"}}
    good = SESSION.changed(
        decisions={"tree": label},
        starred=("who", "decision/spend", "decision/tree", "mandate/cluster/tree"),
        sources={
            "mandate/wijkraad/spend": {"text": "art. 21", "value": "advises"},
            "roles/wijkraad": {"text": "art. 22", "value": ("networker", "fixer")},
            "who": {"text": "niemand", "value": "nobody"},
            "words/wijkraad": {"text": "alleen tekst"},
        },
    )
    assert check_session(good, SET) == ()


def party(name: str, kind: str) -> dict[str, str]:
    return {"id": name, "kind": kind}


RAAD, WM = party("wijkraad", "wijkraad"), party("wijkmanager", "wijkmanager")
GROEN = party("cluster-groen", "cluster")


@pytest.mark.parametrize(
    ("fields", "code", "place"),
    [
        ({"session": "con"}, "device-name", "session"),
        ({"question_set": "large"}, "session-other-set", "question_set"),
        ({"question_set_hash": "sha256:0"}, "session-set-changed", "question_set_hash"),
        ({"parties": [RAAD, WM, GROEN, party("x", "x")]}, "unknown-party-kind", "parties/#3"),
        (
            {"parties": [RAAD, WM, GROEN, party("wijkraad-oost", "wijkraad")]},
            "party-name-off-kind",
            "parties/#3",
        ),
        ({"parties": [RAAD, WM, GROEN, RAAD]}, "duplicate-party", "parties/#3"),
        (
            {"parties": [RAAD, WM, GROEN, party("cluster-b", "cluster")]},
            "party-without-people",
            "parties/#3",
        ),
        ({"parties": [WM, GROEN]}, "unknown-party", "participants/#0"),
        (
            {"participants": [*SESSION.participants, SESSION.participants[0]]},
            "duplicate-code",
            "participants/#4",
        ),
        (
            {"participants": [*SESSION.participants, {"code": "LPT1", "party": "wijkraad"}]},
            "device-name",
            "participants/#4",
        ),
        ({"decisions": {"spend": {"label": "x"}}}, "decision-in-set", "decisions/spend"),
        ({"starred": ["who", "what"]}, "unknown-item", "starred/#1"),
        ({"sources": {"what": {"text": "x"}}}, "unknown-item", "sources/what"),
        (
            {"sources": {"who": {"text": "x", "value": "burgemeester"}}},
            "unknown-source-value",
            "sources/who",
        ),
    ],
)
def test_a_session_that_does_not_fit_says_where(
    fields: dict[str, Any], code: str, place: str
) -> None:
    changed = type(SESSION).model_validate({**SESSION.model_dump(), **fields})
    problems = check_session(changed, SET)
    assert (code, place) in [(each.code, each.where.item) for each in problems]
    assert set(codes(problems)) <= {code, "party-without-people"}


def test_a_session_without_parties_or_without_decisions_asked_is_named() -> None:
    small = small_set(WHO_QUESTION)
    empty = session(small, {}, decisions={"tree": {"label": "x"}})
    assert codes(check_session(empty, small)) == ["session-without-parties", "decisions-not-asked"]


@pytest.mark.parametrize("name", ["CON", "con", "Nul", "COM1", "lpt9", "aux.txt", "CON.tar.gz"])
def test_device_names_are_known(name: str) -> None:
    assert is_device_name(name)


@pytest.mark.parametrize("name", ["CONS", "COM", "COM10", "WR-01", "CON-01", "console", ""])
def test_other_names_are_no_device_names(name: str) -> None:
    assert not is_device_name(name)


def broken(change: Callable[[dict[str, Any]], object]) -> QuestionSet:
    data = set_data(*QUESTIONS)
    change(data)
    return QuestionSet.model_validate(data)


def test_a_good_set_has_no_problem() -> None:
    assert check_set(SET) == ()


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (
            lambda data: data["questions"].append({**CLOSED}),
            "duplicate-id",
            "questions/closed#2",
        ),
        (
            lambda data: data["scales"]["status"]["levels"].append(options("no")[0]),
            "duplicate-id",
            "scales/status/levels/no#2",
        ),
        (
            lambda data: data["parties"].update(others={"label": "x", "prefix": "X"}),
            "reserved-id",
            "parties/others",
        ),
        (
            lambda data: data["objects"].update(nothing={}),
            "empty-list",
            "objects/nothing",
        ),
        (
            lambda data: data["scales"]["mandate"].update(decision_line=-0.5),
            "line-off-scale",
            "scales/mandate/decision_line",
        ),
        (
            lambda data: data.update(about={"nl": "Over {subject}", "en": "x"}),
            "unknown-placeholder",
            "about",
        ),
        (
            lambda data: data["actors"]["college"].update(help={"nl": "los } haakje", "en": "x"}),
            "unknown-placeholder",
            "actors/college/help",
        ),
        (
            lambda data: data["actors"]["college"].update(within="gemeente"),
            "unknown-party-kind",
            "actors/college/within",
        ),
    ],
)
def test_a_broken_set_says_where_by_id(
    change: Callable[[dict[str, Any]], object], code: str, place: str
) -> None:
    assert [(each.code, each.where.item) for each in check_set(broken(change))] == [(code, place)]


def test_a_pattern_bound_to_the_wrong_type_is_said_once() -> None:
    data = set_data(*QUESTIONS)
    data["patterns"] = {"task-without-means": {"task": "closed", "means": "who", "low": "low"}}
    problems = check_set(QuestionSet.model_validate(data))
    assert [(each.code, each.where.item) for each in problems] == [
        ("pattern-wrong-type", "patterns/task-without-means/means")
    ]


def test_a_role_may_need_only_what_the_mandate_it_is_compared_with_knows() -> None:
    data = set_data(*QUESTIONS)
    data["option_lists"]["roles"][0]["needs"] = "partly"
    assert codes(check_set(QuestionSet.model_validate(data))) == []
    data["patterns"] = {"role-exceeds-mandate": {"roles": "roles", "mandate": "mandate"}}
    assert codes(check_set(QuestionSet.model_validate(data))) == ["unknown-needs"]
