"""What was shown of a group stands until enough of it changed (docs/developer/method.md 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bart_tool.disclosure.in_time import Closing, kept, without_open
from bart_tool.disclosure.in_time import shown as as_shown
from bart_tool.disclosure.marking import PartyMarks, mark, without
from bart_tool.disclosure.tally import Tally
from bart_tool.disclosure.view import CLOSED, Answers, GroupAnswers, OpenAnswers, PublishedView
from bart_tool.domain.answer import Answer
from bart_tool.domain.sheet import Picture
from tests.workshop import closing_of, options, question, session, sheet, small_set

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
    return closing_of(SET, of, picture)


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
    marks = {
        party: PartyMarks(each.codes, {"another": each.marks["item"]})
        for party, each in (first.marks or {}).items()
    }
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
    def marked(answer: Answer, code: str = "WR-01", secret: bytes = SECRET) -> bytes:
        return mark("item", code, answer, secret)

    assert marked(said("a")) == marked(said("a", note="toch", certainty="guess", revision=4))
    assert marked(said({"a": "formal"})) == marked(said({"a": "informal"}))
    different = [
        marked(said("a")),
        marked(said("b")),
        marked(said("a"), code="WR-02"),
        marked(said("a"), secret=b"another"),
        marked(said({"a": "formal"})),
        marked(said({})),
    ]
    assert len({*different}) == len(different)


# What is remembered to know it


def everybody(said: Mapping[str, str], **more: str) -> Closing:
    """A closing of two items, `item` and `two`; who says nothing of the second left it open."""
    of = session(TWO_ITEMS, {"wijkraad": 6, "wijkmanager": 1})
    people = {f"WR-0{n}": {"item": each} for n, each in said.items()}
    people |= {"WM-01": {"item": "a"}}
    for n, each in more.items():
        people[f"WR-0{n.removeprefix('_')}"]["two"] = each
    picture = Picture(
        tuple(
            sheet(of, code, each, consent="position" if code == "WM-01" else "group")
            for code, each in people.items()
        )
    )
    return closing_of(TWO_ITEMS, of, picture)


TWO_ITEMS = small_set(
    question("item", "choice", options=options("a", "b")),
    question("two", "choice", options=options("a", "b")),
)


def forgotten(before: Closing, *codes: str) -> Closing:
    """What is kept of a closing once these people were erased."""
    marks = before.marks
    assert marks is not None
    for code in codes:
        marks = without(marks, code)
    return Closing(before.view, marks)


def beside(before: Closing, now: Closing, item: str = "item") -> Answers:
    assert now.marks is not None
    return kept(now.view, now.marks, [before], K).items[item]["wijkraad"]


FIVE = dict.fromkeys("12345", "a")


@pytest.mark.parametrize(
    ("erased", "changed", "is_new"),
    [
        (["WR-01"], "2", False),
        (["WR-01"], "23", True),
        (["WR-01", "WR-02"], "", False),
        (["WR-01", "WR-02"], "3", True),
        (["WR-01", "WR-02", "WR-03"], "", True),
        (["WR-01", "WR-01"], "2", False),  # erased again: still one person
    ],
)
def test_each_who_was_erased_counts_as_one_who_left(
    erased: Sequence[str], changed: str, is_new: bool
) -> None:
    gone = {code[-1] for code in erased}
    now = {n: "b" if n in changed else "a" for n in "123456" if n not in gone}
    answers = beside(forgotten(closing(dict.fromkeys("123456", "a")), *erased), closing(now))
    assert (answers != A_FROM_THE_FIRST) == is_new


def test_who_was_erased_left_no_item_on_which_they_had_said_nothing() -> None:
    """Of the second item WR-01 said nothing, so two changed it and not three."""
    first = everybody(FIVE, _2="a", _3="a", _4="a", _5="a")
    less = {n: said for n, said in FIVE.items() if n != "1"}
    now = everybody(less, _2="b", _3="b", _4="a", _5="a")
    assert beside(forgotten(first, "WR-01"), now, "two") == A_FROM_THE_FIRST


def test_of_who_was_erased_no_mark_stays_and_of_the_others_every_one() -> None:
    first = everybody(FIVE, _1="b", _2="b")
    left = forgotten(first, "WR-01").marks
    assert first.marks is not None
    assert left is not None
    for item in ("item", "two"):
        was, now = first.marks["wijkraad"][item], left["wijkraad"][item]
        assert was["WR-01"] not in now.values()
        assert {code: each for code, each in now.items() if not code.startswith("left-")} == {
            code: each for code, each in was.items() if code != "WR-01"
        }
    assert left["wijkmanager"] == first.marks["wijkmanager"]


def test_when_somebody_is_erased_the_counts_of_their_open_party_go_and_nothing_else() -> None:
    view = everybody({**FIVE, "1": "b"}, _1="b", _2="b", _3="b").view
    council = {item: said["wijkraad"] for item, said in view.items.items()}
    without_manager = without_open(view, "wijkmanager")
    assert without_manager.items == {item: {"wijkraad": said} for item, said in council.items()}
    assert without_open(view, "wijkraad") == view  # it is a group: what was shown of it stays
    assert without_manager.parties == view.parties


def test_a_closing_that_shows_the_same_is_the_view_of_before() -> None:
    first = closing(ALL_A)
    assert first.marks is not None
    now = closing({**ALL_A, "4": "b"})  # what it says is kept, and nobody sees that
    assert now.marks is not None
    view = kept(first.view, first.marks, [], K)
    before = [Closing(view, first.marks)]
    assert as_shown(now.view, now.marks, before, K) is view


@pytest.mark.parametrize(
    "now",
    [
        closing({**ALL_A, "5": "a"}),  # one more handed in
        closing({"1": "b", "2": "b", "3": "b", "4": "b"}),  # another position
        closing({"1": "a", "2": "a", "3": "a", "4": "b"}, "position"),  # open now
    ],
    ids=["one more", "another position", "open"],
)
def test_a_closing_that_shows_something_else_is_a_view_of_its_own(now: Closing) -> None:
    first = closing(ALL_A)
    assert first.marks is not None
    assert now.marks is not None
    view = kept(first.view, first.marks, [], K)
    new = as_shown(now.view, now.marks, [Closing(view, first.marks)], K)
    assert (new.closing, new.parties) == (2, now.view.parties)


def test_what_another_round_showed_is_no_view_of_this_one() -> None:
    first = closing(ALL_A)
    assert first.marks is not None
    view = kept(first.view, first.marks, [], K)
    again = as_shown(replace(first.view, round=2), first.marks, [Closing(view, first.marks)], K)
    assert (again.round, again.closing) == (2, 1)
    assert again.items["item"]["wijkraad"] == A_FROM_THE_FIRST


def test_a_closing_of_which_nothing_is_known_is_shown_to_nobody_again() -> None:
    first = closing(ALL_A)
    assert first.marks is not None
    unknown = Closing(PublishedView((), {"item": {}}, closing=0), None)
    view = as_shown(first.view, first.marks, [unknown], K)
    assert (view.closing, view.items["item"]["wijkraad"]) == (1, CLOSED)


def test_only_the_items_of_a_closing_without_marks_are_closed_by_it() -> None:
    unknown = Closing(PublishedView((), {"two": {}}, closing=0), None)
    now = everybody(FIVE, **{f"_{n}": "a" for n in FIVE})
    assert beside(unknown, now, "two") == CLOSED
    assert beside(unknown, now, "item") == GroupAnswers("position", frozenset({"a"}))


def test_a_closing_of_which_not_even_the_items_are_known_closes_every_one() -> None:
    now = everybody(FIVE, **{f"_{n}": "a" for n in FIVE})
    for item in ("item", "two"):
        assert beside(Closing(PublishedView((), {}, closing=0), None), now, item) == CLOSED


def test_without_marks_an_open_party_that_was_always_open_shows_what_it_says() -> None:
    first = closing(ALL_A, "position")
    answers = beside(Closing(first.view, None), closing({**ALL_A, "4": "b"}, "position"))
    assert isinstance(answers, OpenAnswers)
    assert (answers.tally.votes, answers.kept_from) == ({"a": 3, "b": 1}, None)


def test_of_a_view_and_of_its_marks_the_latest_is_kept() -> None:
    """An answer that was kept says where it was first shown, not where it was last kept."""
    third = last(closing(ALL_A), closing({**ALL_A, "4": "b"}), closing({**ALL_A, "3": "b"}))
    assert third == A_FROM_THE_FIRST


def test_a_group_in_which_nobody_says_anything_any_more_is_closed() -> None:
    of = session(SET, SIX)
    silent = Picture(tuple(sheet(of, f"WR-0{n}", {}, consent="group") for n in ALL_A))
    now = closing_of(SET, of, silent)
    assert now.marks == {}
    assert beside(closing(ALL_A), now) == CLOSED


def test_of_a_party_of_which_nobody_counts_any_more_nothing_is_kept() -> None:
    """Its old picture beside "nobody counts" was compared as if they had given it again."""
    assert last(closing(ALL_A), closing({})) == OpenAnswers(Tally({}))
    back = last(closing(ALL_A), closing({}), closing({**ALL_A, "4": "b"}))
    assert back == A_FROM_THE_FIRST  # of every earlier view one changed since the first


def test_a_closing_of_which_the_marks_are_lost_hides_no_other() -> None:
    """It was about another item; of the one that counts, one person changed since."""
    lost = Closing(PublishedView((), {"two": {}}, closing=0), None)
    now = closing({**ALL_A, "4": "b"})
    assert now.marks is not None
    view = kept(now.view, now.marks, [lost, closing(ALL_A)], K)
    assert view.items["item"]["wijkraad"] == A_FROM_THE_FIRST


def test_a_party_is_the_same_also_when_everybody_in_it_is_new() -> None:
    first, opened = (
        closing(dict.fromkeys("123", "a")),
        closing(dict.fromkeys("456", "b"), "position"),
    )
    assert beside(first, opened) == A_FROM_THE_FIRST


def test_of_a_view_that_is_lost_the_marks_still_say_who_changed() -> None:
    first = closing(ALL_A)
    lost = Closing(replace(first.view, items={}), first.marks)
    assert beside(lost, closing({**ALL_A, "4": "b"})) == CLOSED
    three = closing({**ALL_A, "2": "b", "3": "b", "4": "b"})
    assert beside(lost, three) == GroupAnswers("position", frozenset({"b"}))


def test_words_of_an_open_party_are_not_said_again_once_it_is_a_group() -> None:
    of = session(SET, SIX)
    told = {"value": "a", "note": "zo is het", "quote": True}
    picture = Picture(
        tuple(sheet(of, f"WR-0{n}", {"item": told}, consent="position") for n in "1234")
    )
    first = closing_of(SET, of, picture)
    shown_then = first.view.items["item"]["wijkraad"]
    assert isinstance(shown_then, OpenAnswers)
    assert shown_then.quotes == ("zo is het",) * 4
    now = beside(first, closing(ALL_A))
    assert isinstance(now, OpenAnswers)
    assert (now.quotes, now.remarks, now.tally.votes) == ((), 0, {"a": 4})


def test_who_would_rather_not_say_has_no_mark() -> None:
    there = closing({**ALL_A, "4": "prefer-not"}).marks
    assert there is not None
    assert sorted(there["wijkraad"]["item"]) == ["WR-01", "WR-02", "WR-03"]


def test_people_who_are_moved_into_another_party_take_what_was_shown_of_them_along() -> None:
    """The marks tell that the people are the same, whatever their party is called now."""
    first = closing(ALL_A)
    assert first.marks is not None
    elsewhere = Closing(
        replace(
            first.view,
            items={"item": {"cluster-a": first.view.items["item"]["wijkraad"]}},
            parties=tuple(replace(each, party="cluster-a") for each in first.view.parties),
        ),
        {"cluster-a": first.marks["wijkraad"]},
    )
    opened = closing(ALL_A, "position")
    assert beside(elsewhere, opened) == CLOSED  # not their counts
    strangers = Closing(elsewhere.view, {"cluster-a": PartyMarks(["CL-01"], {"item": b"mark"})})
    assert isinstance(beside(strangers, opened), OpenAnswers)


def test_from_the_marks_nobody_sees_who_said_the_same() -> None:
    """Neither of two people on one item, nor of one person on two."""
    there = everybody({"1": "a", "2": "a", "3": "a"}, _1="a", _2="a", _3="a").marks
    assert there is not None
    people = there["wijkraad"]
    marks = [each for item in ("item", "two") for each in people[item].values()]
    assert len({*marks}) == 6
    assert {len(each) for each in marks} == {4}


def test_own_words_in_any_script_have_a_mark() -> None:
    one, other = (mark("item", "WR-01", said(words), SECRET) for words in ("één", "één €"))
    assert one != other
