"""Where a session stands: what is next, and what is offered."""

from itertools import combinations_with_replacement, product
from typing import Any

import pytest

from bart_tool.domain.session import Phase
from bart_tool.tui.facilitator.next_step import NO_TALK, STAGES, STEPS, Stage, Step, phase_line
from bart_tool.wording.translation import words
from bart_tool.workflow.discuss import Progress
from bart_tool.workflow.phases import Presence, Status


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
        assert not offered & {Step.SETTLE, Step.LOOK, Step.REPORT, Step.DISCUSS, Step.READ_BACK}


@pytest.mark.parametrize("phase", list(Phase))
def test_the_phase_of_now_stands_between_brackets(phase: Phase) -> None:
    line = phase_line(phase, words("nl"))
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
def test_a_later_round_is_not_shown_as_follow_up_before_its_talk_is_over(
    talk: dict[str, Any], shown: Phase
) -> None:
    here = stage(Phase.FOLLOW_UP, "submitted", report=True, talk=Progress(**talk))
    assert here.shown_phase is shown


TALKS = [
    Progress(
        agreements=agreements,
        due=due,
        made_now=made_now,
        topics=topics,
        is_through=is_through,
        is_read_back=is_read_back,
    )
    for agreements, due, made_now in ((0, 0, 0), (2, 0, 0), (2, 0, 2), (2, 1, 0), (2, 2, 1))
    for topics in (0, 3)
    for is_through, is_read_back in ((False, False), (True, False), (True, True))
]


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize(
    "states", list(combinations_with_replacement(("submitted", "draft", "not-started"), 2))
)
def test_every_phase_has_a_next_step_that_is_offered_and_has_words(
    phase: Phase, states: tuple[str, str]
) -> None:
    for report, conflicts, talk in product((False, True), (0, 1), TALKS):
        here = stage(phase, *states, report=report, conflicts=conflicts, talk=talk)
        assert here.next_step in here.steps
        assert len(set(here.steps)) == len(here.steps)
        letters = [STEPS[step][0] for step in here.steps]
        assert len(set(letters)) == len(letters)  # each letter chooses one thing
        for language in ("nl", "en"):
            assert words(language)(STEPS[here.next_step][1])
        assert phase_line(here.shown_phase, words("nl")).count("[") == 1
