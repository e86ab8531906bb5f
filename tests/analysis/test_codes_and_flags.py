"""Codes, flags, self against others and the agenda, on small workshops worked out by hand."""

from typing import Any

import pytest

from bart_tool.domain.findings import Code, Findings, ItemFinding
from bart_tool.merge.engine import merge
from tests.workshop import (
    CHOICE_QUESTION,
    ROLES_QUESTION,
    STATUS_QUESTION,
    WHO_QUESTION,
    analysed,
    question,
    session,
    sheet,
    sheets,
    small_set,
)

SPEND = "mandate/wijkraad/spend"
THREE = {"wijkraad": 5, "wijkmanager": 1, "cluster-a": 2}


def finding(item: str, said: dict[str, list[Any]], **of_session: Any) -> ItemFinding:
    question_set = small_set()
    workshop = session(question_set, THREE, **of_session)
    found = analysed(question_set, workshop, merge(sheets(workshop, said, item)))
    return found.by_key[item]


def said(wijkraad: Any, wijkmanager: Any, cluster: Any) -> dict[str, list[Any]]:
    return {"wijkraad": [wijkraad] * 5, "wijkmanager": [wijkmanager], "cluster-a": [cluster] * 2}


@pytest.mark.parametrize(
    ("item", "answers", "code"),
    [
        (SPEND, said("decides", None, None), Code.TOO_FEW),
        (SPEND, said("decides", "prefer-not", None), Code.TOO_FEW),
        (SPEND, said("dont-know", "decides", None), Code.UNKNOWN),
        (SPEND, said("none", "advises", "co-decides"), Code.WIDE_GAP),  # 3 steps
        (SPEND, said("informed", "co-decides", "advises"), Code.WIDE_GAP),  # 2, across the line
        (SPEND, said("co-decides", "enforces", "decides"), Code.GAP),  # 2, one side
        (SPEND, said("advises", "co-decides", "advises"), Code.GAP),  # 1, across the line
        (SPEND, said("decides", "enforces", "enforces"), Code.NUANCE),
        (SPEND, said("decides", "decides", "decides"), Code.SHARED),
        ("kept/wijkakkoord", said("no", "yes", "partly"), Code.GAP),  # 2, no line
        ("choice/cluster", said("voice", "plan", "voice"), Code.GAP),
        ("choice/cluster", said("voice", "voice", "voice"), Code.SHARED),
        ("choice/cluster", said("other", "other", "other"), Code.WIDE_GAP),  # never the same other
        ("who", said("college", "college", "college"), Code.SHARED),
        ("who", said("nobody", "college", "college"), Code.GAP),  # lost in 1 of 3 parties only
        ("who", said("nobody", "nobody", "college"), Code.NOT_ASSIGNED),
        ("who", said("college", "bewoners", "college"), Code.GAP),
        ("who", said("wijkraad", "cluster", "cluster"), Code.DOUBLE_CLAIM),
        ("who", said("wijkmanager", "college", "college"), Code.PASSED_ON),
        ("who", said("college", "college", "cluster"), Code.ONE_SIDED_CLAIM),
        ("who", said("cluster", "cluster", "cluster"), Code.SHARED),  # claimed and seen by all
        ("roles/cluster", said({}, {}, {}), Code.SHARED),  # none of these is an answer
        ("roles/cluster", said({"fixer": "formal"}, {}, {}), Code.GAP),
    ],
)
def test_the_first_rule_that_fits_gives_the_code(
    item: str, answers: dict[str, list[Any]], code: Code
) -> None:
    assert finding(item, answers).code == code


def test_a_role_some_members_see_is_a_nuance_not_a_gap() -> None:
    fixer: dict[str, str] = {"fixer": "formal"}
    director: dict[str, str] = {"director": "formal"}
    both = {**fixer, **director}
    answers = {"wijkraad": [both, director, director, director], "wijkmanager": [both]}
    assert finding("roles/cluster", answers).code is Code.NUANCE


def test_a_tie_inside_a_party_is_no_position() -> None:
    answers = {"wijkraad": ["voice", "voice", "plan", "plan"], "wijkmanager": ["voice"]}
    found = finding("choice/cluster", answers)
    assert found.code is Code.DIVIDED
    assert found.positions[0].top == ()
    assert "divided:wijkraad" in found.flags


def test_a_text_item_has_no_code() -> None:
    found = finding("words/wijkraad", said("a", "b", "c"))
    assert found.code is None
    assert found.distance is None


def test_two_neighbouring_levels_are_a_half_step_and_two_further_apart_are_none() -> None:
    answers = {"wijkraad": ["advises", "co-decides"], "wijkmanager": ["advises"]}
    position = finding(SPEND, answers).positions[0]
    assert (position.median, position.levels) == (2.5, (2, 3))
    apart = finding(SPEND, {**answers, "wijkraad": ["advises", "decides"]}).positions[0]
    assert (apart.standing, apart.median, apart.levels) == ("divided", None, None)


def test_dont_know_and_prefer_not_are_kept_apart() -> None:
    answers = {"wijkraad": ["advises", "dont-know", "prefer-not", None], "wijkmanager": ["advises"]}
    position = finding(SPEND, answers).positions[0]
    assert (position.n, position.dont_know, position.counts) == (2, 1, {"advises": 1})


def test_a_party_that_said_nothing_is_small_and_has_no_position() -> None:
    found = finding(SPEND, {"wijkraad": ["advises"] * 5, "cluster-a": ["advises"] * 2})
    assert found.flags == ("small:wijkmanager",)
    assert not found.positions[1].has_position


def test_others_that_see_more_have_a_difference_above_zero() -> None:
    found = finding(SPEND, said("advises", "decides", "informed"))
    assert [(s.party, s.difference) for s in found.self_other] == [
        ("wijkmanager", 2.0),
        ("cluster-a", -1.0),
    ]


def test_self_against_others_names_what_only_one_of_them_names() -> None:
    found = finding(
        "roles/wijkmanager",
        said({"director": "formal"}, {"fixer": "informal"}, {"fixer": "formal"}),
    )
    assert [(s.party, s.only_self, s.only_other) for s in found.self_other] == [
        ("wijkraad", ("fixer",), ("director",)),
        ("cluster-a", (), ()),
    ]
    assert "formal-differs" in found.flags


def test_clusters_count_together_as_one_self() -> None:
    question_set = small_set()
    workshop = session(question_set, {"cluster-a": 1, "cluster-b": 2, "wijkraad": 1})
    item = "mandate/cluster/spend"
    answers = {"cluster-a": ["none"], "cluster-b": ["decides", "decides"], "wijkraad": ["none"]}
    found = analysed(question_set, workshop, merge(sheets(workshop, answers, item))).by_key[item]
    assert found.own is None  # four steps apart: the kind has no one picture of itself
    assert found.self_other == ()
    near = {**answers, "cluster-a": ["co-decides"]}
    found = analysed(question_set, workshop, merge(sheets(workshop, near, item))).by_key[item]
    assert found.own is not None
    assert found.own.median == 3.5
    assert [(s.party, s.difference) for s in found.self_other] == [("wijkraad", -3.5)]


@pytest.mark.parametrize(
    ("wijkraad", "wijkmanager", "flag"),
    [
        ("certain", "certain", "outspoken"),
        ("guess", "guess", "shared-uncertainty"),
        ("certain", "guess", "information-gap"),
    ],
)
def test_certainty_says_whether_a_difference_is_outspoken_or_rests_on_guesses(
    wijkraad: str, wijkmanager: str, flag: str
) -> None:
    answers = {
        "wijkraad": [{"value": "none", "certainty": wijkraad}] * 5,
        "wijkmanager": [{"value": "decides", "certainty": wijkmanager}],
    }
    flags = set(finding(SPEND, answers).flags)
    assert flags & {"outspoken", "shared-uncertainty", "information-gap"} == {flag}


def test_agreement_is_never_outspoken() -> None:
    certain = {"value": "none", "certainty": "certain"}
    assert "outspoken" not in finding(SPEND, said(certain, certain, certain)).flags


def test_a_multi_tips_when_one_answer_carries_the_majority() -> None:
    fixer = {"fixer": "formal"}
    answers = {"wijkraad": [fixer, {}], "wijkmanager": [fixer]}
    assert "tips" in finding("roles/cluster", answers).flags


def test_a_formal_source_flags_who_sees_it_otherwise() -> None:
    sources = {SPEND: {"text": "art. 1", "value": "advises"}}
    assert (
        "differs-from-source"
        in finding(SPEND, said("decides", "advises", "advises"), sources=sources).flags
    )
    assert (
        "differs-from-source"
        not in finding(SPEND, said("advises", "advises", "advises"), sources=sources).flags
    )


def test_a_question_asked_of_some_counts_only_those() -> None:
    question_set = small_set(question("who", "who", asked_of=["wijkraad", "cluster"]))
    workshop = session(question_set, THREE)
    found = analysed(
        question_set,
        workshop,
        merge(sheets(workshop, said("college", "bewoners", "college"), "who")),
    )
    assert [p.party for p in found.by_key["who"].positions] == ["wijkraad", "cluster-a"]
    assert found.by_key["who"].code is Code.SHARED


def test_thresholds_of_the_set_decide_where_a_gap_begins() -> None:
    question_set = small_set(STATUS_QUESTION, thresholds={"gap": 1})
    workshop = session(question_set, THREE)
    item = "kept/wijkakkoord"
    found = analysed(
        question_set, workshop, merge(sheets(workshop, said("no", "partly", "partly"), item))
    )
    assert found.by_key[item].code is Code.GAP


def agenda_of(answers: dict[str, tuple[Any, Any, Any]], **of_session: Any) -> Findings:
    question_set = small_set()
    workshop = session(question_set, THREE, **of_session)
    filled = [
        sheet(
            workshop,
            code,
            {item: values[THREE_KINDS.index(party)] for item, values in answers.items()},
        )
        for code, party in workshop.party_of.items()
    ]
    return analysed(question_set, workshop, merge(filled))


THREE_KINDS = list(THREE)


def test_the_agenda_puts_a_double_claim_before_a_gap_and_keeps_shared_items_off() -> None:
    found = agenda_of(
        {
            "choice/cluster": ("voice", "plan", "voice"),
            "choice/wijkraad": ("voice", "voice", "voice"),
            "who": ("wijkraad", "wijkmanager", "college"),
        }
    )
    assert [(t.key, t.code) for t in found.agenda] == [
        ("who", Code.DOUBLE_CLAIM),
        ("choice/cluster", Code.GAP),
    ]
    assert found.shared == ("choice/wijkraad",)


def test_a_decision_is_one_topic_with_all_its_items() -> None:
    found = agenda_of(
        {
            "mandate/wijkraad/spend": ("decides", "none", "none"),
            "mandate/cluster/spend": ("advises", "decides", "decides"),
        }
    )
    (topic,) = found.agenda
    assert topic.key == "decision/spend"
    assert topic.code is Code.DOUBLE_CLAIM  # coverage: both give themselves 4
    assert topic.items == tuple(
        f"mandate/{kind}/spend" for kind in ("wijkraad", "wijkmanager", "cluster")
    )


def test_a_starred_topic_comes_first_within_its_code() -> None:
    answers = {
        "choice/wijkraad": ("voice", "plan", "voice"),
        "choice/cluster": ("voice", "plan", "voice"),
    }
    assert [t.key for t in agenda_of(answers).agenda] == ["choice/wijkraad", "choice/cluster"]
    starred = agenda_of(answers, starred=["choice/cluster"])
    assert [t.key for t in starred.agenda] == ["choice/cluster", "choice/wijkraad"]


def test_drafts_and_people_who_would_rather_not_count_for_nothing() -> None:
    question_set = small_set(WHO_QUESTION)
    workshop = session(question_set, THREE)
    handed_in = sheets(workshop, said("college", "college", "college"), "who")
    draft = sheet(workshop, "WR-01", {"who": "bewoners"}, status="draft")
    silent = sheet(workshop, "WM-01", {"who": "bewoners"}, consent="none")
    found = analysed(
        question_set, workshop, merge([*handed_in[1:5], *handed_in[6:], draft, silent])
    )
    assert {p.party: p.answered for p in found.parties} == {
        "wijkraad": 4,
        "wijkmanager": 0,
        "cluster-a": 2,
    }
    assert found.by_key["who"].code is Code.INCOMPLETE  # the wijkmanager is in view


def test_nothing_answered_gives_findings_without_anything_found() -> None:
    question_set = small_set(WHO_QUESTION, CHOICE_QUESTION, ROLES_QUESTION)
    found = analysed(question_set, session(question_set, THREE), merge([]))
    assert {item.code for item in found.items} == {Code.TOO_FEW}
    assert found.agenda == ()
    assert found.patterns == ()
