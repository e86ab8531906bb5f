"""Every pattern F1 to F16 shows where its rule holds and stays away where it does not."""

from typing import Any

import pytest

from bart_tool.analysis.pattern_rules import RULES
from bart_tool.domain.findings import PatternFinding
from bart_tool.domain.patterns import Patterns
from bart_tool.domain.question_set import QuestionSet
from bart_tool.merge.engine import merge
from tests.workshop import KINDS, analysed, options, question, session, sheets_in_turn, small_set

QUESTIONS = (
    question("roles", "multi", subjects=list(KINDS), options="roles", tags=["formal", "informal"]),
    question(
        "mandate",
        "scale",
        subjects=list(KINDS),
        objects="decisions",
        scale="mandate",
        coverage={"topic": "decision", "claims_from": "decides"},
    ),
    question("decided-by", "who"),
    question("kept", "scale", scale="status", subjects=["wijkakkoord"]),
    question("task", "choice", subjects=list(KINDS), options=options("voice", "plan")),
    question("means", "scale", subjects=list(KINDS), objects="means", scale="five"),
    question("combines", "choice", subjects=["wijkmanager"], options=options("yes", "no")),
    question("weighs", "scale", subjects=["cluster"], scale="five"),
    question("taking-part", "scale", subjects=["bewoners"], objects="phases", scale="mandate"),
    question("ties", "who"),
    question("upholds", "who"),
    question("picks-up", "who"),
    question("promises", "scale", subjects=list(KINDS), scale="status"),
    question(
        "wished", "scale", subjects=list(KINDS), objects="decisions", scale="mandate", tense="wish"
    ),
    question("relation", "choice", options=options("basis", "apart")),
    question("accounts", "who"),
)

BINDINGS: dict[str, dict[str, Any]] = {
    "role-exceeds-mandate": {"roles": "roles", "mandate": "mandate"},
    "informal-role-fills-gap": {
        "roles": "roles",
        "mandate": "mandate",
        "filling": ["fixer"],
        "low": "advises",
    },
    "decision-not-kept": {"decided_by": "decided-by", "kept": "kept", "not_kept": "no"},
    "task-without-means": {"task": "task", "means": "means", "low": "low"},
    "double-role": {
        "combines": "combines",
        "yes": "yes",
        "means": "means",
        "time": "time",
        "low": "low",
    },
    "double-loyalty": {"weighs": "weighs"},
    "front-not-back": {
        "participation": "taking-part",
        "front": ["prepare", "decide"],
        "back": ["carry-out", "evaluate"],
    },
    "no-tie-breaker": {"ties": "ties"},
    "no-enforcer": {"upholds": "upholds"},
    "falls-between": {"picks_up": "picks-up"},
    "at-table-without-mandate": {"promises": "promises", "passes_on": "no", "commits": "yes"},
    "expectation-exceeds-influence": {"formal": "mandate", "wish": "wished"},
    "support-on-few-shoulders": {
        "roles": "roles",
        "support": "networker",
        "means": "means",
        "people": "people",
        "low": "low",
    },
    "parallel-plans": {"relation": "relation"},
    "role-without-task": {
        "task": "task",
        "roles": "roles",
        "fits": {"voice": ["networker"], "plan": ["director"]},
    },
    "accountable-without-authority": {
        "accountable": "accounts",
        "mandate": "mandate",
        "low": "advises",
    },
}


def pattern_set() -> QuestionSet:
    return small_set(*QUESTIONS, patterns=BINDINGS)


def shown(answers: dict[str, Any]) -> list[PatternFinding]:
    """The patterns in a workshop of three; item -> one value for all, or three by party."""
    question_set = pattern_set()
    workshop = session(question_set, {"wijkraad": 1, "wijkmanager": 1, "cluster": 1})
    return list(analysed(question_set, workshop, merge(sheets_in_turn(workshop, answers))).patterns)


CASES: list[tuple[str, dict[str, Any], PatternFinding]] = [
    (
        "role-exceeds-mandate",
        {
            "roles/wijkraad": ({"director": "formal"}, {}, {}),
            "mandate/wijkraad/spend": "advises",
            "mandate/wijkraad/drop": "informed",
        },
        PatternFinding(
            "role-exceeds-mandate",
            "wijkraad",
            ("roles/wijkraad", "mandate/wijkraad/spend", "mandate/wijkraad/drop"),
            ("director",),
        ),
    ),
    (
        "informal-role-fills-gap",
        {"roles/wijkmanager": {"fixer": "informal"}, "mandate/wijkmanager/drop": "none"},
        PatternFinding(
            "informal-role-fills-gap",
            "wijkmanager",
            ("roles/wijkmanager", "mandate/wijkmanager/drop"),
            ("fixer",),
        ),
    ),
    (
        "decision-not-kept",
        {"decided-by": "college", "kept/wijkakkoord": "no"},
        PatternFinding("decision-not-kept", "", ("decided-by", "kept/wijkakkoord"), ("college",)),
    ),
    (
        "task-without-means",
        {"task/wijkraad": "voice", "means/wijkraad/time": "low", "means/wijkraad/money": "high"},
        PatternFinding(
            "task-without-means", "wijkraad", ("task/wijkraad", "means/wijkraad/time"), ("voice",)
        ),
    ),
    (
        "double-role",
        {"combines/wijkmanager": "yes", "means/wijkmanager/time": "very-low"},
        PatternFinding(
            "double-role",
            "wijkmanager",
            ("combines/wijkmanager", "means/wijkmanager/time"),
            ("yes",),
        ),
    ),
    (
        "double-loyalty",
        {"weighs/cluster": ("low", "high", "high")},
        PatternFinding("double-loyalty", "cluster", ("weighs/cluster",)),
    ),
    (
        "front-not-back",
        {
            "taking-part/bewoners/prepare": "co-decides",
            "taking-part/bewoners/decide": "advises",
            "taking-part/bewoners/carry-out": "none",
            "taking-part/bewoners/evaluate": "informed",
        },
        PatternFinding(
            "front-not-back",
            "bewoners",
            tuple(
                f"taking-part/bewoners/{p}" for p in ("prepare", "decide", "carry-out", "evaluate")
            ),
        ),
    ),
    (
        "no-tie-breaker",
        {"ties": ("college", "wijkmanager", "wijkmanager")},
        PatternFinding("no-tie-breaker", "", ("ties",)),
    ),
    (
        "no-enforcer",
        {"upholds": ("wijkraad", "college", "nobody")},
        PatternFinding("no-enforcer", "", ("upholds",)),
    ),
    (
        "falls-between",
        {"picks-up": ("cluster", "cluster", "college")},
        PatternFinding("falls-between", "", ("picks-up",)),
    ),
    (
        "at-table-without-mandate",
        {"promises/cluster": ("yes", "partly", "no")},
        PatternFinding("at-table-without-mandate", "cluster", ("promises/cluster",)),
    ),
    (
        "expectation-exceeds-influence",
        {
            "mandate/wijkraad/spend": "informed",
            "wished/wijkraad/spend": ("co-decides", "informed", "informed"),
        },
        PatternFinding(
            "expectation-exceeds-influence",
            "wijkraad",
            ("mandate/wijkraad/spend", "wished/wijkraad/spend"),
        ),
    ),
    (
        "support-on-few-shoulders",
        {"roles/wijkraad": {"networker": "formal"}, "means/wijkraad/people": "low"},
        PatternFinding(
            "support-on-few-shoulders",
            "wijkraad",
            ("roles/wijkraad", "means/wijkraad/people"),
            ("networker",),
        ),
    ),
    (
        "parallel-plans",
        {"relation": ("basis", "apart", "basis")},
        PatternFinding("parallel-plans", "", ("relation",)),
    ),
    (
        "role-without-task",
        {"task/wijkraad": "plan", "roles/wijkraad": {"fixer": "formal"}},
        PatternFinding(
            "role-without-task", "wijkraad", ("task/wijkraad", "roles/wijkraad"), ("plan",)
        ),
    ),
    (
        "accountable-without-authority",
        {
            "accounts": "wijkmanager",
            "mandate/wijkmanager/spend": "advises",
            "mandate/wijkmanager/drop": "none",
        },
        PatternFinding(
            "accountable-without-authority",
            "wijkmanager",
            ("accounts", "mandate/wijkmanager/spend", "mandate/wijkmanager/drop"),
        ),
    ),
]


@pytest.mark.parametrize(("pattern", "answers", "expected"), CASES, ids=[case[0] for case in CASES])
def test_the_pattern_shows_where_its_rule_holds(
    pattern: str, answers: dict[str, Any], expected: PatternFinding
) -> None:
    assert [found for found in shown(answers) if found.pattern == pattern] == [expected]


def test_where_all_who_have_a_position_name_the_same_nothing_falls_between() -> None:
    """One party does not say, so it is not *shared*; the others still name the same."""
    answers = {"picks-up": ("college", "college", "prefer-not")}
    assert "falls-between" not in {found.pattern for found in shown(answers)}


def test_a_role_without_a_task_names_the_role_first() -> None:
    answers = {"task/wijkraad": "plan", "roles/wijkraad": {"networker": "formal"}}
    found = [f for f in shown(answers) if f.pattern == "role-without-task"]
    assert [(f.items[0], f.options) for f in found] == [
        ("task/wijkraad", ("plan",)),
        ("roles/wijkraad", ("networker",)),
    ]


# The same answers, one of them moved to just the other side of the rule.
JUST_NOT: dict[str, dict[str, Any]] = {
    "role-exceeds-mandate": {"mandate/wijkraad/drop": "decides"},  # median 3
    "informal-role-fills-gap": {"roles/wijkmanager": {"fixer": "formal"}},
    "decision-not-kept": {"kept/wijkakkoord": "partly"},
    "task-without-means": {"task/wijkraad": ("voice", "plan", "voice")},
    "double-role": {"means/wijkmanager/time": "middle"},
    "double-loyalty": {"weighs/cluster": ("middle", "middle", "high")},
    "front-not-back": {"taking-part/bewoners/evaluate": "advises"},  # 2.5 against 1
    "no-tie-breaker": {"ties": "wijkmanager"},
    "no-enforcer": {"upholds": ("wijkraad", "wijkraad", "college")},
    "falls-between": {"picks-up": ("cluster", "cluster", "cluster")},
    "at-table-without-mandate": {"promises/cluster": ("yes", "yes", "partly")},
    "expectation-exceeds-influence": {"wished/wijkraad/spend": "advises"},
    "support-on-few-shoulders": {"means/wijkraad/people": "middle"},
    "parallel-plans": {"relation": "basis"},
    "role-without-task": {"roles/wijkraad": {"director": "formal"}},
    "accountable-without-authority": {"mandate/wijkmanager/drop": "enforces"},
}


@pytest.mark.parametrize(
    ("pattern", "answers", "_expected"), CASES, ids=[case[0] for case in CASES]
)
def test_the_pattern_stays_away_just_beside_its_rule(
    pattern: str, answers: dict[str, Any], _expected: PatternFinding
) -> None:
    beside = {**answers, **JUST_NOT[pattern]}
    assert [found for found in shown(beside) if found.pattern == pattern] == []


def test_every_pattern_has_a_rule_and_a_case() -> None:
    bound = Patterns.model_validate(BINDINGS).bound()
    assert [pattern for pattern, _ in bound] == [case[0] for case in CASES]
    assert {type(binding) for _, binding in bound} == set(RULES)
    assert [binding.number for _, binding in bound] == [f"F{n}" for n in range(1, 17)]


@pytest.mark.parametrize("nobody", ["nobody", "dont-know"])
def test_a_tie_that_nobody_breaks_is_a_pattern_even_when_all_agree(nobody: str) -> None:
    assert "no-tie-breaker" in {found.pattern for found in shown({"ties": nobody})}
    assert "no-enforcer" in {found.pattern for found in shown({"upholds": nobody})}


def test_nothing_answered_shows_no_pattern() -> None:
    assert shown({}) == []
