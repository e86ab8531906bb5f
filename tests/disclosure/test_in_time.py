"""What was shown of a group stands until enough of it changed (docs/developer/method.md 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bart_tool.disclosure.in_time import Closing, kept, mark, marks_of
from bart_tool.disclosure.publish import publish
from bart_tool.disclosure.view import CLOSED, Answers, GroupAnswers, OpenAnswers, PublishedView
from bart_tool.disclosure.visibility import shown_parties
from bart_tool.domain.answer import Answer
from bart_tool.domain.sheet import Picture
from tests.workshop import options, question, session, sheet, small_set

K = 3
SECRET = b"of the session"
SET = small_set(question("item", "choice", options=options("a", "b")))
SIX = {"wijkraad": 6}


def closing(said: Mapping[str, str], consent: str = "group") -> Closing:
    """What one closing shows by itself. `said`: the last digit of a code -> an answer."""
    of = session(SET, SIX)
    picture = Picture(
        tuple(sheet(of, f"WR-0{n}", {"item": each}, consent=consent) for n, each in said.items())
    )
    return Closing(publish(SET, of, picture), marks_of(shown_parties(of, picture), SECRET))


def shown(*closings: Closing) -> tuple[PublishedView, ...]:
    """The views of these closings as they may stand beside each other."""
    before: list[Closing] = []
    for each in closings:
        assert each.marks is not None
        before.append(Closing(kept(each.view, each.marks, before, K), each.marks))
    return tuple(each.view for each in before)


def last(*closings: Closing) -> Answers:
    return shown(*closings)[-1].items["item"]["wijkraad"]


ALL_A = {"1": "a", "2": "a", "3": "a", "4": "a"}
A_FROM_THE_FIRST = GroupAnswers("position", frozenset({"a"}), (1, 1))


@pytest.mark.parametrize(
    "now",
    [
        {**ALL_A, "4": "b"},  # one changed
        {**ALL_A, "4": "b", "3": "b"},  # two
        {**ALL_A, "5": "b", "6": "b"},  # two came
    ],
)
def test_a_group_keeps_what_was_shown_while_fewer_than_k_changed(now: Mapping[str, str]) -> None:
    assert last(closing(ALL_A), closing(now)) == A_FROM_THE_FIRST


@pytest.mark.parametrize(
    ("now", "answers"),
    [
        ({**ALL_A, "2": "b", "3": "b", "4": "b"}, GroupAnswers("position", frozenset({"b"}))),
        ({"1": "a", "2": "a", "5": "b"}, CLOSED),  # two went and one came
        ({"4": "b", "5": "b", "6": "b"}, GroupAnswers("position", frozenset({"b"}))),
    ],
)
def test_once_k_changed_it_shows_what_it_says_now(now: Mapping[str, str], answers: Answers) -> None:
    assert last(closing(ALL_A), closing(now)) == answers


def test_every_earlier_view_counts_and_not_only_the_last() -> None:
    three_changed = {**ALL_A, "2": "b", "3": "b", "4": "b"}
    back_but_one = {**ALL_A, "4": "b"}  # two changed since the second, one since the first
    views = shown(closing(ALL_A), closing(three_changed), closing(back_but_one))
    assert views[1].items["item"]["wijkraad"] == GroupAnswers("position", frozenset({"b"}))
    assert views[2].items["item"]["wijkraad"] == GroupAnswers("position", frozenset({"b"}), (1, 2))


def test_a_group_that_opens_shows_nothing_new() -> None:
    opened = closing(dict.fromkeys("1234", "b"), "position")
    assert last(closing(ALL_A), opened) == A_FROM_THE_FIRST


def test_an_open_party_that_becomes_a_group_keeps_its_counts() -> None:
    now = last(closing(ALL_A, "position"), closing({**ALL_A, "4": "b"}))
    assert isinstance(now, OpenAnswers)
    assert (now.tally.votes, now.kept_from) == ({"a": 4}, (1, 1))


def test_what_is_asked_for_the_first_time_is_shown_of_a_party_that_is_a_group_since() -> None:
    first = closing(ALL_A, "position")
    asked_else = {"another": first.view.items["item"]}
    marks = {party: {"another": items["item"]} for party, items in (first.marks or {}).items()}
    before = Closing(replace(first.view, items=asked_else), marks)
    answers = last(before, closing(ALL_A))
    assert answers == GroupAnswers("position", frozenset({"a"}))


def test_an_open_party_shows_what_it_says_at_every_closing() -> None:
    answers = last(closing(ALL_A, "position"), closing({**ALL_A, "4": "b"}, "position"))
    assert isinstance(answers, OpenAnswers)
    assert answers.tally.votes == {"a": 3, "b": 1}


@pytest.mark.parametrize("consent", ["group", "position"])
def test_without_the_marks_of_an_earlier_view_a_group_keeps_what_it_had(consent: str) -> None:
    first = closing(ALL_A)
    before = [Closing(first.view, None)]
    now = closing(dict.fromkeys("3456", "b"), consent)
    assert now.marks is not None
    assert kept(now.view, now.marks, before, K).items["item"]["wijkraad"] == A_FROM_THE_FIRST


def test_of_a_closing_of_which_nothing_is_known_a_group_is_closed() -> None:
    unknown = Closing(PublishedView((), {"item": {}}, closing=0), None)
    now = closing(ALL_A)
    assert now.marks is not None
    assert kept(now.view, now.marks, [unknown], K).items["item"]["wijkraad"] == CLOSED


def test_closings_are_counted_within_their_round() -> None:
    assert [view.closing for view in shown(closing(ALL_A), closing(ALL_A))] == [1, 2]


def said(value: str | dict[str, str], **more: object) -> Answer:
    return Answer.model_validate({"value": value, **more})


def test_a_mark_tells_two_choices_apart_and_nothing_else() -> None:
    def marked(answer: Answer, code: str = "WR-01", secret: bytes = SECRET) -> str:
        return mark("item", code, answer, secret)

    assert marked(said("a")) == marked(said("a", note="toch", certainty="guess", revision=4))
    assert marked(said({"a": "formal"})) == marked(said({"a": "informal"}))
    different: Sequence[str] = [
        marked(said("a")),
        marked(said("b")),
        marked(said("a"), code="WR-02"),
        marked(said("a"), secret=b"another"),
        marked(said({"a": "formal"})),
        marked(said({})),
    ]
    assert len({*different}) == len(different)
