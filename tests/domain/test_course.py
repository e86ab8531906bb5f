"""How far a session is: its phase, what is next, what is offered, and how that is said."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from bart_tool.domain.course import PHASES, Progress, Stage, Step
from bart_tool.domain.session import Phase
from bart_tool.tui.facilitator.steps import STEPS
from bart_tool.wording.course import course, phase, phases
from bart_tool.wording.translation import words

OVER = {"topics": 2, "is_through": True, "is_read_back": True}


def talked(**talk: Any) -> Stage:
    return Stage(Phase.AGREED, has_report=True, talk=Progress(**talk))


@pytest.mark.parametrize(
    ("here", "step"),
    [
        (Stage(Phase.PREPARING, 1, ("WR-01",)), Step.BEGIN),
        (Stage(Phase.ANSWERING, 2, ("WR-02",)), Step.HAND_ON),
        (Stage(Phase.ANSWERING, 2), Step.CLOSE),
        (Stage(Phase.CLOSED), Step.REPORT),
        (Stage(Phase.CLOSED, has_report=True), Step.DISCUSS),
        (Stage(Phase.DISCUSSING, has_report=True), Step.DISCUSS),
        (talked(agreements=1, made_now=1, topics=2), Step.DISCUSS),
        (talked(agreements=1, made_now=1, topics=2, is_through=True), Step.READ_BACK),
        (talked(agreements=1, made_now=1, **OVER), Step.AGREEMENTS),
        # Made on the command line, without these screens.
        (talked(agreements=1, made_now=1), Step.AGREEMENTS),
        # A later round: what was agreed before does not stand in place of its talk.
        (talked(agreements=2, due=2), Step.DISCUSS),
        (Stage(Phase.AGREED, talk=Progress(agreements=2, due=1, made_now=2)), Step.AGREEMENTS),
        (Stage(Phase.DISCUSSING), Step.REPORT),
        (Stage(Phase.CLOSED, has_conflicts=True), Step.SETTLE),
    ],
)
def test_one_step_is_next(here: Stage, step: Step) -> None:
    assert here.next_step is step
    assert step in here.steps


def test_agreements_can_be_looked_at_while_a_later_round_is_answered() -> None:
    here = Stage(Phase.ANSWERING, talk=Progress(agreements=1))
    assert Step.AGREEMENTS in here.steps
    assert Step.AGREEMENTS not in Stage(Phase.ANSWERING).steps


def test_nothing_that_shows_answers_is_offered_before_closing() -> None:
    shows = {Step.SETTLE, Step.LOOK, Step.REPORT, Step.OPEN_REPORT, Step.DISCUSS, Step.READ_BACK}
    shows |= {Step.EXPORT}
    for said in (Phase.PREPARING, Phase.ANSWERING):
        assert not set(Stage(said, has_report=True, has_conflicts=True).steps) & shows


def test_a_round_is_taken_back_only_before_anybody_began_in_it() -> None:
    second = {"round": 2, "is_untouched": True}
    assert Step.TAKE_BACK in Stage(Phase.ANSWERING, **second).steps  # type: ignore[arg-type]
    assert Step.TAKE_BACK not in Stage(Phase.CLOSED, **second).steps  # type: ignore[arg-type]
    assert Step.TAKE_BACK not in Stage(Phase.ANSWERING, is_untouched=True).steps
    assert Step.TAKE_BACK not in Stage(Phase.ANSWERING, round=2).steps


def test_a_session_is_put_away_only_once_its_round_is_closed() -> None:
    safe = (Step.BACK_UP, Step.LOOK_OVER)
    assert Stage(Phase.ANSWERING).steps_of_all == (*safe, Step.ERASE, Step.DELETE)
    assert Stage(Phase.AGREED).steps_of_all == (*safe, Step.ARCHIVE, Step.ERASE, Step.DELETE)
    away = Stage(Phase.AGREED, is_archived=True)
    assert away.steps_of_all == (*safe, Step.BRING_BACK, Step.ERASE, Step.DELETE)


@pytest.mark.parametrize(
    ("talk", "shown"),
    [
        ({"agreements": 1}, Phase.CLOSED),
        ({"agreements": 1, "topics": 2}, Phase.DISCUSSING),
        ({"agreements": 1, "topics": 2, "is_through": True}, Phase.DISCUSSING),
        ({"agreements": 1, **OVER}, Phase.FOLLOW_UP),
    ],
)
def test_a_round_is_not_shown_as_follow_up_before_its_talk_is_over(
    talk: dict[str, Any], shown: Phase
) -> None:
    for said in (Phase.FOLLOW_UP, Phase.AGREED):
        assert Stage(said, has_report=True, talk=Progress(**talk)).phase is shown


MAY, DAY = date(2026, 5, 3), date(2027, 2, 28)


@pytest.mark.parametrize(
    ("here", "nl", "en"),
    [
        (
            Stage(Phase.ANSWERING, 3, ("WR-01", "WR-02")),
            "1 van 3 klaar · nog niet: WR-01, WR-02",
            "1 of 3 done · due: WR-01, WR-02",
        ),
        (
            Stage(Phase.ANSWERING, 9, tuple(f"WR-0{n}" for n in range(1, 7))),
            "3 van 9 klaar · nog niet: WR-01, WR-02, WR-03, WR-04 en nog 2",
            "3 of 9 done · due: WR-01, WR-02, WR-03, WR-04 and 2 more",
        ),
        (
            Stage(Phase.ANSWERING, 3),
            "3 van 3 klaar · hierna: de ronde sluiten",
            "3 of 3 done · next: close the round",
        ),
        (
            Stage(Phase.CLOSED, 3, closed_on=MAY),
            "ronde gesloten op 3-5-2026 · hierna: het verslag maken",
            "round closed on 2026-05-03 · next: make the report",
        ),
        (
            talked(agreements=2, made_now=2, check_on=DAY, closed_on=MAY, **OVER),
            "gesprek afgesloten op 3-5-2026 · hierna: nakijken op 28-2-2027",
            "talk closed on 2026-05-03 · next: check on 2027-02-28",
        ),
        (
            talked(agreements=2, due=1, made_now=2, check_on=MAY, **OVER),
            "2 afspraken · hierna: nakijken, sinds 3-5-2026",
            "2 agreements · next: check, since 2026-05-03",
        ),
    ],
)
def test_what_happened_and_what_is_next_are_said_with_their_days(
    here: Stage, nl: str, en: str
) -> None:
    assert (course(here, words("nl")), course(here, words("en"))) == (nl, en)


TALKS = [
    Progress(
        agreements=agreements,
        due=due,
        check_on=DAY if due else None,
        made_now=made_now,
        topics=topics,
        is_through=is_through,
        is_read_back=is_read_back,
    )
    for agreements, due, made_now in ((0, 0, 0), (2, 0, 0), (2, 0, 2), (2, 1, 0), (2, 2, 1))
    for topics in (0, 3)
    for is_through, is_read_back in ((False, False), (True, False), (True, True))
]


@pytest.mark.parametrize("said", Phase)
def test_every_phase_has_a_next_step_that_is_offered_and_has_words(said: Phase) -> None:
    for due, report, conflicts, talk, number in product(
        ((), ("WR-01",)), (False, True), (False, True), TALKS, (1, 2)
    ):
        here = Stage(said, 2, due, not due, conflicts, report, talk, number)
        assert here.phase in PHASES
        assert here.next_step in here.steps
        steps = (*here.steps, *here.steps_of_all)
        letters = [STEPS[step][0] for step in steps]
        assert len(set(letters)) == len(letters)  # each letter chooses one thing
        for t in (words("nl"), words("en")):
            assert t(STEPS[here.next_step][1])
            assert course(here, t)
            assert phases(here, t).count("[") == phases(here, t).count("]") == 1
            # Home says the very word that stands between the brackets.
            assert f"[{phase(here, t).partition(',')[0]}]" in phases(here, t)
