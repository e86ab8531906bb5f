"""An actor within a party, as the account holder is within the cluster.

It is an answer of its own and is shown as such. In who points at whom it is its party: the cluster
that names its account holder names itself, and passes nothing on.
"""

from typing import Any

import pytest

from bart_tool.domain.findings import Code, Findings, ItemFinding
from bart_tool.domain.patterns import Patterns
from bart_tool.domain.question_set import QuestionSet
from bart_tool.merge.engine import merge
from tests.workshop import (
    analysed,
    named,
    question,
    session,
    sheets,
    sheets_in_turn,
    small_set,
)

THREE = {"wijkraad": 5, "wijkmanager": 1, "cluster-a": 2}
AH = "account-holder"


def of_set(*, is_within: bool = True, **more: Any) -> QuestionSet:
    holder = {**named(AH)[AH], **({"within": "cluster"} if is_within else {})}
    return small_set(question("who", "who"), actors={**named("college"), AH: holder}, **more)


def found(asked: QuestionSet, wijkraad: Any, wijkmanager: Any, cluster: Any) -> Findings:
    workshop = session(asked, THREE)
    said = {"wijkraad": [wijkraad] * 5, "wijkmanager": [wijkmanager], "cluster-a": [cluster] * 2}
    return analysed(asked, workshop, merge(sheets(workshop, said, "who")))


def finding(*said: Any, is_within: bool = True) -> ItemFinding:
    return found(of_set(is_within=is_within), *said).by_key["who"]


@pytest.mark.parametrize(
    ("said", "code", "without"),
    [
        # The cluster names its account holder: itself, and not somebody else.
        (("cluster", "cluster", AH), Code.NUANCE, Code.PASSED_ON),
        (("cluster", "college", AH), Code.GAP, Code.PASSED_ON),
        (("wijkraad", "college", AH), Code.DOUBLE_CLAIM, Code.ONE_SIDED_CLAIM),
        (("college", "college", AH), Code.ONE_SIDED_CLAIM, Code.GAP),
        # The others name the cluster's account holder: the cluster is seen.
        ((AH, "college", "cluster"), Code.GAP, Code.ONE_SIDED_CLAIM),
        ((AH, AH, "cluster"), Code.NUANCE, Code.ONE_SIDED_CLAIM),
        ((AH, "college", "college"), Code.PASSED_ON, Code.GAP),
        ((AH, "cluster", None), Code.NUANCE, Code.GAP),
        # The same answer is shared, whoever it names; and nobody is within nobody.
        ((AH, AH, AH), Code.SHARED, Code.SHARED),
        ((AH, "nobody", "nobody"), Code.NOT_ASSIGNED, Code.NOT_ASSIGNED),
        (("other", "other", "other"), Code.GAP, Code.GAP),
    ],
)
def test_it_is_its_party_in_who_points_at_whom(
    said: tuple[Any, ...], code: Code, without: Code
) -> None:
    assert finding(*said).code is code
    assert finding(*said, is_within=False).code is without


def test_what_was_said_is_shown_as_it_was_said() -> None:
    tops = [each.top for each in finding(AH, "cluster", AH).positions]
    assert tops == [(AH,), ("cluster",), (AH,)]


def test_clusters_that_name_their_account_holders_are_one_kind() -> None:
    asked = of_set()
    workshop = session(asked, {"wijkmanager": 1, "cluster-a": 1, "cluster-b": 1})
    said = {"wijkmanager": ["college"], "cluster-a": [AH], "cluster-b": ["cluster"]}
    result = analysed(asked, workshop, merge(sheets(workshop, said, "who")))
    assert result.by_key["who"].code is Code.ONE_SIDED_CLAIM


def test_inside_a_party_the_two_are_different_answers() -> None:
    """Half of the wijkraad names the one and half the other: that is for the wijkraad to say."""
    asked = of_set()
    workshop = session(asked, {"wijkraad": 4, "wijkmanager": 1, "cluster-a": 1})
    said = {"wijkraad": [AH, AH, "cluster", "cluster"], "wijkmanager": [AH], "cluster-a": [AH]}
    result = analysed(asked, workshop, merge(sheets(workshop, said, "who"))).by_key["who"]
    assert result.code is Code.DIVIDED
    assert result.positions[0].counts == {"cluster": 2, AH: 2}


def test_a_group_names_it_like_an_open_party() -> None:
    asked = of_set()
    workshop = session(asked, {"wijkraad": 3, "cluster-a": 1})
    people = sheets(workshop, {"wijkraad": ["cluster"] * 3, "cluster-a": [AH]}, "who")
    as_group = [
        each.changed(consent="group") if each.party == "wijkraad" else each for each in people
    ]
    result = analysed(asked, workshop, merge(as_group)).by_key["who"]
    assert result.positions[0].is_group
    assert result.code is Code.NUANCE


@pytest.mark.parametrize(
    ("pattern", "said", "without"),
    [
        # F8 and F9: the party and who works for it do not tear a decision apart.
        ("no-tie-breaker", ("cluster", AH, AH), True),
        ("no-enforcer", ("cluster", AH, "college"), True),
        # F10: the cluster points at its account holder, so not every party points away.
        ("falls-between", ("cluster", "college", AH), True),
        # And these are so, with and without.
        ("no-tie-breaker", ("cluster", "college", AH), None),
        ("no-enforcer", ("wijkraad", "college", AH), None),
        ("falls-between", (AH, AH, "college"), None),
    ],
)
def test_patterns_look_at_the_party(
    pattern: str, said: tuple[Any, ...], without: bool | None
) -> None:
    binding = {
        "no-tie-breaker": {"ties": "who"},
        "no-enforcer": {"upholds": "who"},
        "falls-between": {"picks_up": "who"},
    }[pattern]
    shown = {
        is_within: pattern
        in {
            each.pattern
            for each in found(
                of_set(is_within=is_within, patterns={pattern: binding}), *said
            ).patterns
        }
        for is_within in (True, False)
    }
    assert shown == ({True: True, False: True} if without is None else {True: False, False: True})


def test_f16_says_only_who_was_named() -> None:
    """Held to account is who was named: of the account holder it is not said of the cluster."""
    asked = small_set(
        question("who", "who"),
        question(
            "mandate",
            "scale",
            scale="mandate",
            subjects=["cluster"],
            objects="decisions",
            coverage={"topic": "decision", "claims_from": "decides"},
        ),
        actors={**named("college"), AH: {**named(AH)[AH], "within": "cluster"}},
        patterns=Patterns.model_validate(
            {
                "accountable-without-authority": {
                    "accountable": "who",
                    "mandate": "mandate",
                    "low": "advises",
                }
            }
        ),
    )
    workshop = session(asked, THREE)

    def shown(whom: str) -> bool:
        answers = {"who": whom, "mandate/cluster/spend": "none", "mandate/cluster/drop": "none"}
        return bool(analysed(asked, workshop, merge(sheets_in_turn(workshop, answers))).patterns)

    assert shown("cluster")
    assert not shown(AH)
