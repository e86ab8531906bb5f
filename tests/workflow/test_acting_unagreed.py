"""Who must act and did not agree is asked about; what is withdrawn stays to be read."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.agreement import Assent, Unagreed, Withdrawal
from bart_tool.errors import NotAllowed, NotFound, Severity, WrongUse
from bart_tool.wording.messages import problem_sentence
from bart_tool.workflow import agree as agreeing
from bart_tool.workflow.follow_up import planned
from bart_tool.workflow.open_session import OpenSession, open_session
from tests.workflow.test_agreeing import TODAY, codes, desk_in, draft
from tests.workshop import path_of

pytestmark = pytest.mark.usefixtures("each_store")


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return desk_in(tmp_path)


WIJKRAAD = (Assent(party="wijkraad"),)


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        ({"done_by": ("wijkraad",)}, []),
        ({"done_by": ("wijkmanager",), "owner": None}, ["Wijkmanager moet dit doen"]),
        ({"owner": "wijkmanager"}, ["Wijkmanager moet dit bewaken"]),
        ({"done_by": ("wijkmanager",), "owner": "wijkmanager"}, ["Wijkmanager moet dit doen"]),
        ({"done_by": ("cluster",)}, ["Cluster moet dit doen"]),  # a kind, as its parties
        ({"done_by": ("wijkmanager",), "mandate": "parked"}, []),
        ({"done_by": ("wijkmanager",), "parties": ()}, []),  # nobody agreed: that is asked first
        (
            {
                "done_by": ("wijkmanager",),
                "unagreed": (Unagreed(party="wijkmanager", said="vraagt het na"),),
            },
            [],
        ),
    ],
)
def test_who_must_act_and_did_not_agree_is_asked_about_and_never_refused(
    opened: OpenSession, made: dict[str, Any], asked: list[str]
) -> None:
    whole = draft(**{"parties": WIJKRAAD, "owner": "wijkraad", **made})
    saved = agreeing.agree(opened, whole, TODAY)
    found = [each for each in saved.questions if each.where.item == "unagreed"]
    assert [problem_sentence(each, "nl").partition(",")[0] for each in found] == asked
    assert all(each.severity is Severity.NOTE for each in found)
    assert agreeing.agreements(opened).agreements == (saved.agreement,)


def test_what_was_said_of_it_stays_until_that_party_agrees(opened: OpenSession) -> None:
    said = (Unagreed(party="wijkmanager", said="vraagt het na"),)
    first = agreeing.agree(opened, draft(parties=WIJKRAAD, unagreed=said), TODAY).agreement
    assert first.unagreed == said
    both = (*WIJKRAAD, Assent(party="wijkmanager"))
    after = agreeing.change(opened, first, first.changed(parties=both), TODAY).agreement
    assert after.unagreed == ()


def test_no_code_stands_in_what_was_said_or_why_it_was_withdrawn(opened: OpenSession) -> None:
    said = (Unagreed(party="wijkmanager", said="WM-01 vraagt het na"),)
    assert "agreement-holds-a-code" in codes(opened, draft(parties=WIJKRAAD, unagreed=said))
    agreeing.agree(opened, draft(), TODAY)
    with pytest.raises(WrongUse):
        agreeing.withdraw(opened, "a-1", Withdrawal(on=TODAY, why="WR-01 wil niet"))
    assert agreeing.agreements(opened).agreements[0].withdrawn is None


def test_nothing_of_a_mandate_is_written_until_somebody_said_it(opened: OpenSession) -> None:
    agreeing.agree(opened, draft(mandate=None), TODAY)
    text = (path_of(opened.folder) / "agreements.yaml").read_text("utf-8")
    assert "mandate" not in text
    assert agreeing.agreements(opened).agreements[0].mandate is None


def test_what_is_withdrawn_is_not_due_nor_asked_again_and_can_hold_again(
    opened: OpenSession,
) -> None:
    for sentence in ("Eerste.", "Tweede."):
        opened = agreeing.agree(opened, draft(sentence), TODAY).opened
    later = TODAY + timedelta(days=100)
    assert [each.agreement.id for each in agreeing.due(opened, later)] == ["a-1", "a-2"]
    saved = agreeing.withdraw(opened, "a-1", Withdrawal(on=later, why="nieuwe regels"))
    assert (saved.agreement.standing, saved.agreement.changed_on) == ("withdrawn", later)
    assert [each.agreement.id for each in agreeing.due(opened, later)] == ["a-2"]
    again = open_session(opened.folder.store, "test")
    assert [each.id for each in planned(again).agreements] == ["a-2"]
    with pytest.raises(WrongUse):
        agreeing.withdraw(opened, "a-1", Withdrawal(on=later))
    back = agreeing.hold_again(opened, "a-1", later).agreement
    assert (back.standing, back.sentence) == ("agreed", "Eerste.")
    with pytest.raises(WrongUse):
        agreeing.hold_again(opened, "a-1", later)
    with pytest.raises(NotFound):
        agreeing.hold_again(opened, "a-9", later)


def test_with_all_withdrawn_there_is_nothing_to_come_back_to(opened: OpenSession) -> None:
    saved = agreeing.agree(opened, draft(), TODAY)
    agreeing.withdraw(saved.opened, "a-1", Withdrawal(on=TODAY))
    with pytest.raises(NotAllowed):
        planned(open_session(opened.folder.store, "test"))
