"""Every pattern F1 to F16 can arise from the questions that ship, in the set that binds it."""

from typing import Any

import pytest

from bart_tool.domain.findings import PatternFinding
from bart_tool.domain.patterns import Patterns
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.merge.engine import merge
from bart_tool.store import question_sets
from bart_tool.workflow.session_draft import SessionDraft
from tests.workshop import analysed, sheets_in_turn

EVERY = tuple(info.alias or name for name, info in Patterns.model_fields.items())

# Item -> what all three people say, or (wijkraad, wijkmanager, cluster).
KERN: dict[str, dict[str, Any]] = {
    "role-exceeds-mandate": {
        "roles/wijkraad": {"driver": "informal"},
        "mandate/wijkraad/agreement-actions": "advises",
        "mandate/wijkraad/participation-approach": "advises",
        "mandate/wijkraad/drop-action": "informed",
    },
    "informal-role-fills-gap": {
        "roles/wijkmanager": {"fixer": "informal"},
        "mandate/wijkmanager/cluster-capacity": "informed",
    },
    "task-without-means": {"primary-task/wijkraad": "voice", "means/wijkraad/time": "low"},
    "front-not-back": {
        "participation/bewoners/prepare": "co-produces",
        "participation/bewoners/decide": "co-produces",
        "participation/bewoners/carry-out": "informed",
        "participation/bewoners/evaluate": "none",
    },
    "no-tie-breaker": {"ties-broken-by": ("college", "rayondirecteur", "wijkmanager")},
    "no-enforcer": {"upholds-agreement": ("wijkmanager", "college", "nobody")},
    "falls-between": {"orphan-problem": ("wijkmanager", "cluster", "wijkmanager")},
    "role-without-task": {
        "primary-task/wijkraad": "monitor",
        "roles/wijkraad": {"bridge": "formal"},
    },
    "accountable-without-authority": {
        "upholds-agreement": "wijkmanager",
        "mandate/wijkmanager/agreement-actions": "advises",
        "mandate/wijkmanager/drop-action": "informed",
    },
}
PROGRAMME: dict[str, dict[str, Any]] = {
    "decision-not-kept": {"decides-means": "gemeenteraad", "kept/means-decision": "no"},
    "double-role": {"double-role/wijkmanager": "yes", "means/wijkmanager/time": "low"},
    "double-loyalty": {"loyalty/cluster": ("all-own", "more-own", "more-wijk")},
    "at-table-without-mandate": {
        "promises/cluster": ("within-limits", "after-consulting", "passes-on")
    },
    "expectation-exceeds-influence": {
        "mandate/wijkraad/cluster-capacity": "informed",
        "mandate-wish/wijkraad/cluster-capacity": ("co-decides", "advises", "informed"),
    },
    "support-on-few-shoulders": {
        "area-lead-roles/buurtprojectleider": {"carries-support": "unknown"},
        "means/buurtprojectleider/people": "low",
    },
    "parallel-plans": {"plans": ("apart", "on-top", "on-top")},
    "accountable-without-authority": {
        "held-to-account": "wijkmanager",
        "mandate/wijkmanager/cluster-capacity": "advises",
        "mandate/wijkmanager/extra-programme": "none",
    },
}
BASIS: dict[str, dict[str, Any]] = {
    "role-exceeds-mandate": {
        "roles/wijkraad": {"driver": "informal"},
        "mandate/wijkraad/year-plan": "advises",
        "mandate/wijkraad/drop-work": "informed",
    },
    "informal-role-fills-gap": {
        "roles/cluster": {"fixer": "informal"},
        "mandate/cluster/staffing": "none",
    },
    "decision-not-kept": {"decides-means": "higher-up", "kept/money-and-people": "no"},
    "task-without-means": {"primary-task/cluster": "quality", "means/cluster/people": "low"},
    "double-role": {"double-role/wijkmanager": "yes", "means/wijkmanager/time": "very-low"},
    "double-loyalty": {"loyalty/cluster": ("all-own", "more-own", "more-whole")},
    "no-tie-breaker": {"ties-broken-by": ("wijkmanager", "higher-up", "nobody")},
    "no-enforcer": {"upholds-agreement": ("wijkmanager", "higher-up", "together")},
    "falls-between": {"orphan-problem": ("wijkmanager", "cluster", "wijkraad")},
    "at-table-without-mandate": {
        "promises/cluster": ("within-limits", "after-consulting", "passes-on")
    },
    "role-without-task": {
        "primary-task/wijkraad": "set-course",
        "roles/wijkraad": {"expert": "formal"},
    },
    "accountable-without-authority": {
        "held-to-account": "wijkmanager",
        "mandate/wijkmanager/staffing": "advises",
        "mandate/wijkmanager/drop-work": "none",
    },
}
CASES = [
    *(("wijk-kern", pattern, said) for pattern, said in KERN.items()),
    *(("wijkprogramma", pattern, said) for pattern, said in PROGRAMME.items()),
    *(("bart-basis", pattern, said) for pattern, said in BASIS.items()),
]


def loaded(name: str) -> QuestionSet:
    question_set, problems = question_sets.load(name)
    assert problems == ()
    assert question_set is not None
    return question_set


def shown(
    as_filed: QuestionSet, workshop: Session, answers: dict[str, Any]
) -> dict[str, PatternFinding]:
    found = analysed(
        workshop.effective(as_filed), workshop, merge(sheets_in_turn(workshop, answers))
    ).patterns
    return {each.pattern: each for each in found}


def three(as_filed: QuestionSet) -> Session:
    # bart-basis takes any names: these, so that one table of cases reads the same for all.
    parties = [("wijkraad", 1), ("wijkmanager", 1), ("cluster", 1)]
    every = tuple(thing for name in as_filed.covered for thing in as_filed.objects[name])
    draft = SessionDraft("proef", as_filed.id, parties, asked_decisions=every)
    return draft.session(as_filed)


@pytest.mark.parametrize(("name", "pattern", "said"), CASES, ids=lambda value: str(value)[:40])
def test_a_shipped_set_can_show_each_pattern_it_binds(
    name: str, pattern: str, said: dict[str, Any]
) -> None:
    as_filed = loaded(name)
    found = shown(as_filed, three(as_filed), said)
    assert pattern in found
    assert set(said) <= set(found[pattern].items)


@pytest.mark.parametrize(
    ("name", "cases"), [("wijk-kern", KERN), ("wijkprogramma", PROGRAMME), ("bart-basis", BASIS)]
)
def test_every_pattern_that_a_set_binds_has_a_case(name: str, cases: dict[str, Any]) -> None:
    assert {pattern for pattern, _ in loaded(name).patterns.bound()} == set(cases)


def test_together_the_shipped_sets_can_show_all_sixteen() -> None:
    bound = {p for name in question_sets.set_ids() for p, _ in loaded(name).patterns.bound()}
    assert bound == set(EVERY)
    assert len(EVERY) == 16


def test_only_the_boundary_that_was_decided_on_counts_as_not_kept() -> None:
    as_filed = loaded("wijkprogramma")
    said = {"decides-means": "gemeenteraad", "kept/residents-role": "no"}
    assert "decision-not-kept" not in shown(as_filed, three(as_filed), said)
