"""The quiet timer and the chosen topics, as values: no screen, and a clock that the test moves."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bart_tool.domain.discussion import (
    EXTRA,
    MINUTES,
    MOST_TOPICS,
    STEPS,
    TOPIC_MINUTES,
    Discussion,
    Talk,
    minutes_for,
)
from bart_tool.tui.discuss.talk import is_time_for_break
from bart_tool.tui.discuss.timer import Timer, seconds_shown
from bart_tool.tui.discuss.topic import timer_words
from bart_tool.wording.translation import words

TOPIC = "ties-broken-by"


def new(**fields: object) -> Timer:
    return Timer(Talk(topic=TOPIC).changed(**fields))


def test_the_rhythm_is_that_of_the_method() -> None:
    assert list(MINUTES.values()) == [2, 4, 7, 3, 2]
    assert (TOPIC_MINUTES, MOST_TOPICS) == (18, 6)
    assert [minutes_for(n) for n in (0, 1, 6)] == [0, 58, 148]  # within two and a half hours


def test_time_goes_by_only_while_it_runs() -> None:
    timer = new()
    assert timer.left(1000.0) == 120
    timer = timer.started(1000.0)
    assert timer.left(1030.0) == 90
    timer = timer.paused(1030.0)
    assert timer.left(9999.0) == 90
    assert timer.started(5000.0).left(5010.0) == 80


def test_starting_twice_takes_no_time_back() -> None:
    timer = new().started(0.0)
    assert timer.started(60.0).left(60.0) == 60


def test_a_clock_that_goes_back_gives_no_extra_time() -> None:
    assert new().started(100.0).left(40.0) == 120


def test_time_stops_at_nothing_and_never_goes_on_by_itself() -> None:
    timer = new().started(0.0)
    assert timer.left(86400.0) == 0
    assert timer.at(86400.0).step == "read"
    assert timer.at(86400.0).used == 120  # a night of sleep is not kept as a number


def test_the_steps_follow_each_other_and_the_last_one_stays() -> None:
    timer, seen = new().started(0.0), ["read"]
    for _ in range(6):
        timer = timer.forward(10.0)
        seen.append(timer.talk.step)
    assert seen == [*STEPS, "consent", "consent"]
    assert timer.is_running
    assert not new().forward(0.0).is_running


def test_a_topic_is_extended_once_and_never_twice() -> None:
    timer = new().started(0.0).extended(60.0)
    assert timer.left(60.0) == 60 + EXTRA * 60
    assert not timer.may_extend
    assert timer.extended(60.0) == timer
    after = timer.forward(100.0)
    assert after.left(100.0) == MINUTES["round"] * 60  # the extra time stays with its step
    assert not after.may_extend
    assert after.extended(100.0) == after


def test_what_was_kept_goes_on_where_it_was_and_waits() -> None:
    kept = new().started(0.0).forward(50.0).extended(60.0).at(90.0)
    again = Timer(kept)
    assert (again.left(7.0), again.is_running, again.may_extend) == (540 - 40, False, False)


@pytest.mark.parametrize(
    ("left", "shown"),
    [(120, 120), (119, 120), (61, 120), (60, 60), (59, 60), (45, 45), (44, 45), (1, 15), (0, 0)],
)
def test_the_time_is_told_in_minutes_and_in_the_last_one_in_quarters(left: int, shown: int) -> None:
    assert seconds_shown(left) == shown


def test_the_text_changes_seldom() -> None:
    timer, t = new().started(0.0), words("nl")
    texts = [timer_words(timer, now / 2, t) for now in range(0, 300)]
    changes = [a for a, b in pairwise(texts) if a != b]
    assert [text.rpartition(" · ")[2] for text in [*changes, texts[-1]]] == [
        "nog 2 minuten",
        "nog 1 minuut",
        "nog 45 seconden",
        "nog 30 seconden",
        "nog 15 seconden",
        "de tijd is om",
    ]


def test_a_timer_that_waits_says_so_in_words() -> None:
    assert timer_words(new(), 0.0, words("nl")).endswith("de tijd staat stil")
    assert "waits" not in timer_words(new().started(0.0), 1.0, words("en"))


KEYS = st.lists(st.sampled_from("abcdef"), unique=True)


@given(KEYS, KEYS)
def test_other_topics_keep_what_was_reached_in_those_that_stay(
    before: list[str], after: list[str]
) -> None:
    discussion = Discussion().with_topics(before)
    for key in before:
        discussion = discussion.with_talk(Talk(topic=key, state="done", used=7))
    changed = discussion.with_topics(after)
    assert changed.topics == tuple(after)
    for key in after:
        assert changed.talk(key).state == ("done" if key in before else "open")


def test_a_discussion_is_through_when_every_topic_is_done_or_parked() -> None:
    assert not Discussion().is_through
    discussion = Discussion().with_topics("ab")
    discussion = discussion.with_talk(Talk(topic="a", state="done"))
    assert (discussion.is_through, discussion.next) == (False, Talk(topic="b"))
    discussion = discussion.with_talk(Talk(topic="b", state="parked"))
    assert (discussion.is_through, discussion.next) == (True, None)


def test_a_break_is_offered_half_way_and_not_in_the_middle_of_a_topic() -> None:
    def talks(*states: str) -> tuple[Talk, ...]:
        return tuple(
            Talk.model_validate({"topic": str(n), "state": s}) for n, s in enumerate(states)
        )

    assert is_time_for_break(talks("done", "parked", "open", "open"))
    assert is_time_for_break(talks("done", "done", "open"))
    assert not is_time_for_break(talks("done", "open", "open", "open"))
    assert not is_time_for_break(talks("done", "done", "done", "open"))
    assert not is_time_for_break(talks("done", "open"))
    busy = (*talks("done", "done"), Talk(topic="x", used=30), Talk(topic="y"))
    assert not is_time_for_break(busy)
