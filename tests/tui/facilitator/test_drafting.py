"""What is filled in for a new session, as values."""

from typing import Any

import pytest

from bart_tool.domain.session import FormalSource, Phase
from bart_tool.tui.facilitator.drafting import Draft, named_party, number_in, own_ids
from bart_tool.tui.facilitator.next_step import NO_TALK, STAGES, Stage, Step, phase_line
from bart_tool.wording.translation import words
from bart_tool.workflow.discuss import Progress
from bart_tool.workflow.prepare import planned, usable_set
from bart_tool.workflow.status import Presence, Status


@pytest.mark.parametrize(
    ("said", "number"),
    [
        *[("7", 7), (" 12 ", 12), ("0", 0), ("-1", None), ("7a", None), ("", None), ("٣", None)],
        *[("99999999", None), ("1.5", None)],
    ],
)
def test_a_number_is_digits_only(said: str, number: int | None) -> None:
    assert number_in(said) == number


@pytest.mark.parametrize("said", ["Stadsbeheer", "cluster Stadsbeheer", " Cluster  Stadsbeheer "])
def test_a_cluster_is_the_same_with_and_without_the_word_cluster(said: str) -> None:
    assert named_party("cluster", "cluster", said) == ("cluster-stadsbeheer", "cluster Stadsbeheer")


def test_a_party_of_its_own_kind_is_called_as_in_a_sentence() -> None:
    said = named_party("party", "partij", " de verpleging ", own_kind=True)
    assert said == ("verpleging", "de verpleging")
    question_set, _ = usable_set("bart-basis")
    draft = Draft(name="proef", set_name="bart-basis").with_people(said[0], 3, said[1])
    assert "primary-task/party" in draft.with_people("verpleging", 0).asking(question_set).by_key
    assert "primary-task/verpleging" in draft.asking(question_set).by_key


def test_own_decisions_that_look_alike_get_different_ids() -> None:
    assert own_ids(("Een bank", "Een bank!", "…")) == {
        "een-bank": "Een bank",
        "een-bank-2": "Een bank!",
        "besluit": "…",
    }


def test_no_people_means_no_party() -> None:
    draft = Draft().with_people("wijkraad", 7).with_people("wijkraad", 0)
    assert draft.parties == ()
    assert draft.is_empty


def test_another_set_takes_its_parties_and_sources_along() -> None:
    draft = Draft().with_people("wijkraad", 7).with_source("a", FormalSource(text="x"))
    assert draft.with_set("wijk-kern") is draft
    other = draft.with_set("wijk-kort")
    assert (other.parties, other.sources, other.set_name) == ((), {}, "wijk-kort")


def test_codes_follow_the_order_of_the_set_whatever_was_filled_in_first() -> None:
    question_set, _ = usable_set("wijk-kern")
    draft = Draft(title="Voorbeeldwijk", name="proef", decisions=("Een bank",))
    draft = draft.with_people("cluster-zorg", 1, "cluster Zorg").with_people("wijkmanager", 1)
    draft = draft.with_people("cluster-buiten", 2, "cluster Buiten").with_people("wijkraad", 2)
    session = planned(draft.plan("nl", question_set), question_set)
    assert {each.code: each.party for each in session.participants} == {
        "WR-01": "wijkraad",
        "WR-02": "wijkraad",
        "WM-01": "wijkmanager",
        "CL-01": "cluster-zorg",
        "CL-02": "cluster-buiten",
        "CL-03": "cluster-buiten",
    }
    assert list(session.decisions) == ["een-bank"]


def stage(
    phase: Phase,
    *states: str,
    report: bool = False,
    conflicts: int = 0,
    talk: Progress = NO_TALK,
) -> Stage:
    people = tuple(Presence(f"WR-{n:02}", "wijkraad", state) for n, state in enumerate(states))
    twice = tuple(("WR-01", f"item-{n}") for n in range(conflicts))
    return Stage(Status("proef", phase, (), people, twice, ()), report, talk)


def talked(**talk: Any) -> Stage:
    return stage(Phase.AGREED, "submitted", report=True, talk=Progress(**talk))


@pytest.mark.parametrize(
    ("here", "step"),
    [
        (stage(Phase.PREPARING, "not-started"), Step.BEGIN),
        (stage(Phase.ANSWERING, "submitted", "draft"), Step.HAND_ON),
        (stage(Phase.ANSWERING, "submitted", "submitted"), Step.CLOSE),
        (stage(Phase.ANSWERING, "submitted", conflicts=1), Step.SETTLE),
        (stage(Phase.CLOSED, "submitted"), Step.REPORT),
        (stage(Phase.CLOSED, "submitted", report=True), Step.DISCUSS),
        (stage(Phase.DISCUSSING, "submitted", report=True), Step.DISCUSS),
        (talked(agreements=1, made_now=1, topics=2), Step.DISCUSS),
        (talked(agreements=1, made_now=1, topics=2, is_through=True), Step.READ_BACK),
        (
            talked(agreements=1, made_now=1, topics=2, is_through=True, is_read_back=True),
            Step.AGREEMENTS,
        ),
        # Made on the command line, without these screens.
        (talked(agreements=1, made_now=1), Step.AGREEMENTS),
        # A later round: what was agreed before does not stand in place of its talk.
        (talked(agreements=2, due=2), Step.DISCUSS),
        (
            stage(Phase.AGREED, "submitted", talk=Progress(agreements=2, due=1, made_now=2)),
            Step.AGREEMENTS,
        ),
        (stage(Phase.DISCUSSING, "submitted"), Step.REPORT),
        (stage(Phase.CLOSED, "submitted", conflicts=1), Step.SETTLE),
    ],
)
def test_one_step_is_next(here: Stage, step: Step) -> None:
    assert here.next_step is step
    assert step in here.steps


def test_agreements_can_be_looked_at_while_a_later_round_is_answered() -> None:
    here = stage(Phase.ANSWERING, "draft", talk=Progress(agreements=1))
    assert Step.AGREEMENTS in here.steps
    assert Step.AGREEMENTS not in stage(Phase.ANSWERING, "draft").steps


def test_nothing_that_shows_answers_is_offered_before_closing() -> None:
    for phase in (Phase.PREPARING, Phase.ANSWERING):
        offered = set(stage(phase, "submitted", report=True, conflicts=1).steps)
        assert not offered & {Step.LOOK, Step.REPORT, Step.DISCUSS, Step.READ_BACK}


@pytest.mark.parametrize("phase", list(Phase))
def test_the_phase_of_now_stands_between_brackets(phase: Phase) -> None:
    line = phase_line(phase, words("facilitator", "nl"))
    assert line.count("[") == line.count("]") == 1
    assert line.count("→") == len(STAGES) - 1


@pytest.mark.parametrize(
    ("talk", "shown"),
    [
        ({"agreements": 1}, Phase.CLOSED),
        ({"agreements": 1, "topics": 2}, Phase.DISCUSSING),
        ({"agreements": 1, "topics": 2, "is_through": True}, Phase.DISCUSSING),
        (
            {"agreements": 1, "topics": 2, "is_through": True, "is_read_back": True},
            Phase.FOLLOW_UP,
        ),
    ],
)
def test_a_later_round_is_not_shown_as_aftercare_before_its_talk_is_over(
    talk: dict[str, Any], shown: Phase
) -> None:
    here = stage(Phase.FOLLOW_UP, "submitted", report=True, talk=Progress(**talk))
    assert here.shown_phase is shown


def test_nobody_guesses_about_who_left_or_is_alone_without_consent() -> None:
    question_set, _ = usable_set("wijkprogramma")
    draft = Draft(name="proef", set_name="wijkprogramma").with_people("wijkraad", 3)
    draft = draft.with_people("cluster-zorg", 2, "cluster Zorg").with_people("wijkmanager", 1)
    draft = draft.with_guess("wijkraad", wanted=True).with_guess("cluster", wanted=True)
    draft = draft.with_guess("wijkmanager", wanted=True, has_consent=True)
    plan = draft.plan("nl", question_set)
    assert plan.guess_about == ("wijkraad", "wijkmanager", "cluster")
    assert plan.guess_consent == ("wijkmanager",)
    fewer = draft.with_people("wijkraad", 1).with_people("wijkmanager", 0)
    plan = fewer.plan("nl", question_set)
    assert (plan.guess_about, plan.guess_consent) == (("cluster",), ())
    assert draft.with_guess("cluster", wanted=False).guessed(question_set) == (
        "wijkraad",
        "wijkmanager",
    )
    assert draft.with_set("bart-basis").guess_about == ()
