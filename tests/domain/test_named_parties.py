"""Where the session names the parties, each is asked about, points and claims by itself."""

from typing import Any

import pytest

from bart_tool.domain.checks import check_session
from bart_tool.domain.findings import Code, Findings
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session, party_label
from bart_tool.domain.set_checks import check_set
from bart_tool.merge.engine import merge
from bart_tool.workflow.prepare import usable_set
from bart_tool.workflow.session_draft import SessionDraft
from tests.workshop import (
    MANDATE_QUESTION,
    WHO_QUESTION,
    analysed,
    options,
    question,
    set_data,
    sheet,
)

OPEN = {"team": {"label": "team", "the": "een team", "prefix": "T", "named_by_session": True}}
PER_SUBJECT = question(
    "task",
    "choice",
    subjects=["team", "bewoners"],
    tense={"team": "practice", "bewoners": "wish"},
    options={"team": options("care", "cure"), "bewoners": options("live")},
)
ONE_ASKED = question("asked", "who", asked_of=["team"], actors=["college", "team"])
ROLES = question("roles", "multi", subjects=["team"], options="roles", tags=["formal", "informal"])
MANDATE = {**MANDATE_QUESTION, "subjects": ["team"]}
PATTERN = {
    "informal-role-fills-gap": {
        "roles": "roles",
        "mandate": "mandate",
        "subjects": ["team"],
        "low": "advises",
    }
}


def open_set(**more: Any) -> QuestionSet:
    data = set_data(MANDATE, WHO_QUESTION, PER_SUBJECT, ONE_ASKED, ROLES, patterns=PATTERN)
    return QuestionSet.model_validate({**data, "parties": OPEN, **more})


AS_FILED = open_set()


def held(*parties: tuple[str, int], **labels: str) -> Session:
    plan = SessionDraft(name="proef", set_name="small", parties=parties, labels=labels)
    return plan.session(AS_FILED)


def in_report(workshop: Session, said: dict[str, dict[str, Any]]) -> Findings:
    filled = [sheet(workshop, code, answers) for code, answers in said.items()]
    return analysed(workshop.effective(AS_FILED), workshop, merge(filled))


def test_the_open_kind_makes_way_for_the_parties_everywhere_in_the_set() -> None:
    asked = held(("zorg", 1), ("staf", 1)).effective(AS_FILED)
    assert check_set(AS_FILED) == ()
    assert check_set(asked.model_copy(update={"parties": {}})) != ()  # it looks at all of it
    assert [p.code for p in check_set(asked)] == ["prefix-clash"]  # one prefix, counted on
    assert list(asked.parties) == ["zorg", "staf"]
    task = asked.question_by_id["task"]
    assert task.subjects == ("zorg", "staf", "bewoners")
    assert [task.tense_for(each) for each in task.subjects] == ["practice", "practice", "wish"]
    assert asked.choosable["task/staf"] == {"care", "cure"}
    assert asked.question_by_id["asked"].asked_of == ("zorg", "staf")
    assert asked.choosable["asked"] == {"college", "zorg", "staf"}
    bound = asked.patterns.informal_role_fills_gap
    assert bound is not None
    assert bound.subjects == ("zorg", "staf")


def test_a_set_that_leaves_nothing_open_stays_the_same() -> None:
    question_set, _ = usable_set("wijk-kern")
    plan = SessionDraft(name="proef", set_name="wijk-kern", parties=[("wijkraad", 2)])
    asked = plan.session(question_set).effective(question_set)
    assert (asked.by_key.keys(), asked.parties) == (
        question_set.by_key.keys(),
        question_set.parties,
    )


def test_codes_run_on_over_the_parties() -> None:
    workshop = held(("zorg", 2), ("staf", 1))
    assert workshop.party_of == {"T-01": "zorg", "T-02": "zorg", "T-03": "staf"}
    assert workshop.kind_of == {"zorg": "zorg", "staf": "staf"}


def test_a_name_with_an_article_goes_without_it_in_a_table() -> None:
    workshop = held(("zorg", 1), ("staf", 1), ("de-rest", 1), zorg="de verpleging", staf="MT")
    asked = workshop.effective(AS_FILED)
    assert [party_label(asked, party, "nl") for party in workshop.parties] == [
        "verpleging",
        "MT",
        "rest",
    ]
    said = [asked.named(party.id).in_sentence.nl for party in workshop.parties]
    assert said == ["de verpleging", "MT", "de rest"]


def test_each_is_its_own_kind_so_two_can_claim_the_same() -> None:
    workshop = held(("zorg", 1), ("staf", 1), ("lab", 1))
    found = in_report(
        workshop,
        {
            "T-01": {"who": "zorg", "mandate/zorg/spend": "decides"},
            "T-02": {"who": "staf", "mandate/staf/spend": "decides", "mandate/zorg/spend": "none"},
            "T-03": {"who": "zorg"},
        },
    )
    assert found.by_key["who"].code is Code.DOUBLE_CLAIM
    spend = next(each for each in found.coverage if each.decision == "spend")
    assert (spend.code, spend.claimed_by) == (Code.DOUBLE_CLAIM, ("zorg", "staf"))
    assert [each.difference for each in found.by_key["mandate/zorg/spend"].self_other] == [-4.0]


@pytest.mark.parametrize("name", ["college", "wijkakkoord", "nobody", "others"])
def test_a_party_may_not_take_a_name_that_means_something_else(name: str) -> None:
    workshop = held((name, 1), ("staf", 1))
    problems = check_session(workshop.changed(question_set_hash=AS_FILED.hash), AS_FILED)
    assert [(each.code, each.where.item) for each in problems] == [
        ("party-name-taken", "parties/#0")
    ]


def test_a_good_session_of_named_parties_has_no_problem() -> None:
    workshop = held(("zorg", 2), ("team", 1)).changed(
        sources={"mandate/team/spend": {"text": "art. 1", "value": "advises"}},
        starred=("task/zorg",),
    )
    assert check_session(workshop, AS_FILED) == ()
