"""What one closing shows of a party on an item (docs/developer/method.md 5)."""

from collections import Counter
from collections.abc import Mapping
from itertools import combinations_with_replacement, product
from typing import Any

import pytest

from bart_tool.disclosure.counting import Said, counted, party_findings
from bart_tool.disclosure.publish import of_group, publish
from bart_tool.disclosure.tally import Tally, vote_of
from bart_tool.disclosure.view import CLOSED, Answers, GroupAnswers, OpenAnswers, PublishedView
from bart_tool.disclosure.visibility import counts
from bart_tool.domain.answer import Answer
from bart_tool.domain.findings import OTHERS
from bart_tool.domain.sheet import Picture, Sheet, SheetStatus
from tests.workshop import options, question, session, sheet, small_set

LEVELS = ("a", "b", "c", "d")
UNKNOWN = GroupAnswers("unknown")


def at(*position: str) -> GroupAnswers:
    return GroupAnswers("position", frozenset(position))


def tally(said: str) -> Tally:
    """A letter for each person: what they said, `?` for those who do not know."""
    return Tally(dict(Counter("dont-know" if each == "?" else each for each in said)))


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("", CLOSED),
        ("aa", CLOSED),
        ("aaa", at("a")),
        ("aaab", at("a")),
        ("aab", CLOSED),
        ("aaabbb", CLOSED),
        ("aaaabbb", at("a")),
        ("???", UNKNOWN),
        ("??", CLOSED),
        ("??a", CLOSED),
        ("???a", UNKNOWN),
        ("???aaa", CLOSED),
        ("???aaaa", at("a")),
        ("????aaa", UNKNOWN),
    ],
)
def test_a_group_stands_where_most_and_at_least_k_do(said: str, answers: Answers) -> None:
    assert of_group(tally(said), 3) == answers


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("aab", at("a", "b")),
        ("abb", at("a", "b")),
        ("aac", CLOSED),
        ("aabcc", at("a", "b")),
        ("abbc", CLOSED),  # two pairs, of which neither more
        ("abbcc", at("b", "c")),
        ("aabb??", at("a", "b")),
        ("aab???", CLOSED),
        ("ab?", CLOSED),
        ("aabbccdd", CLOSED),
        ("aaabcdd", at("a", "b")),
        ("dd?", CLOSED),  # two, beside a level that nobody chose
    ],
)
def test_of_a_scale_a_half_step_between_neighbours(said: str, answers: Answers) -> None:
    if said == "aabcc":  # a+b and b+c are as many
        answers = CLOSED
    assert of_group(tally(said), 3, LEVELS) == answers
    assert of_group(tally(said), 3) in (CLOSED, answers)


@pytest.mark.parametrize("k", [3, 4, 5])
def test_with_a_larger_k_more_must_have_said_so(k: int) -> None:
    assert of_group(tally("a" * (k - 1)), k) == CLOSED
    assert of_group(tally("a" * (k - 1) + "b"), k) == CLOSED
    assert of_group(tally("a" * k + "b"), k) == at("a")
    assert of_group(tally("?" * (k - 1) + "a"), k) == CLOSED
    assert of_group(tally("?" * k), k) == UNKNOWN


def several(*chosen: str, dont_know: int = 0) -> Tally:
    votes: Counter[Any] = Counter(
        frozenset((option, "unknown") for option in each) for each in chosen
    )
    if dont_know:
        votes["dont-know"] = dont_know
    return Tally(dict(votes))


@pytest.mark.parametrize(
    ("chosen", "dont_know", "answers"),
    [
        (("a", "a", "a"), 0, at("a")),
        (("ab", "ab", "ab", "c"), 0, at("a", "b")),
        (("a", "a", "b"), 0, CLOSED),
        (("", "", ""), 0, CLOSED),
        (("ab", "ac", "a", "", "", ""), 0, at("a")),  # half is enough
        (("ab", "ac", "a", "", "", "", ""), 0, CLOSED),
        (("a", "a", "a"), 3, at("a")),
        (("a", "a", "a"), 4, UNKNOWN),
    ],
)
def test_of_several_a_group_ascribes_what_half_and_at_least_k_chose(
    chosen: tuple[str, ...], dont_know: int, answers: Answers
) -> None:
    assert of_group(several(*chosen, dont_know=dont_know), 3) == answers


# The whole view

SET = small_set(
    question("who", "who", asked_of=["wijkraad", "cluster"]),
    question("scale", "scale", scale="status"),
    question("words", "text"),
)
PARTIES = {"wijkraad": 4, "wijkmanager": 1, "cluster-a": 2, "cluster-b": 2}


def made(people: Mapping[str, tuple[str, Mapping[str, Any]]], **more: Any) -> PublishedView:
    """The view of these: code -> consent and answers."""
    of = session(SET, PARTIES, **more)
    sheets = tuple(
        sheet(of, code, said, consent=consent) for code, (consent, said) in people.items()
    )
    return publish(SET, of, Picture(sheets))


def test_an_open_party_shows_its_counts_and_the_words_that_may_be_printed() -> None:
    view = made(
        {
            "WM-01": (
                "position",
                {"scale": {"value": "yes", "note": "zeker", "quote": True}},
            ),
            "WR-01": ("position", {"scale": {"value": "no", "note": "nee hoor"}, "who": "college"}),
            "WR-02": ("position", {"scale": {"value": "no", "note": "b", "quote": True}}),
            "WR-03": ("position", {"scale": {"value": "yes", "note": "a", "quote": True}}),
            "WR-04": ("position", {"scale": "prefer-not", "words": {"value": "x", "quote": True}}),
        }
    )
    assert view.items["scale"]["wijkmanager"] == OpenAnswers(Tally({"yes": 1}), ("zeker",), 0)
    assert view.items["scale"]["wijkraad"] == OpenAnswers(Tally({"no": 2, "yes": 1}), ("a", "b"), 1)
    words = view.items["words"]["wijkraad"]
    assert isinstance(words, OpenAnswers)
    assert words.quotes == ("x",)
    assert "wijkmanager" not in view.items["who"]  # it is not asked


def test_own_words_are_in_the_view_only_where_they_may_be_printed() -> None:
    """Version 2 of the method: the file holds nothing that may not be printed."""
    view = made(
        {
            "WR-01": ("position", {"words": "zwijgwoord"}),
            "WR-02": ("position", {"words": {"value": "spreekwoord", "quote": True}}),
            "WR-03": ("position", {"words": "dont-know"}),
            "WM-01": ("position", {"words": {"value": "nog een", "note": "erbij"}}),
        }
    )
    council, manager = (view.items["words"][party] for party in ("wijkraad", "wijkmanager"))
    assert council == OpenAnswers(Tally({"other": 2, "dont-know": 1}), ("spreekwoord",), 1)
    assert manager == OpenAnswers(Tally({"other": 1}), (), 1)
    assert "zwijgwoord" not in repr(view)


def test_a_view_says_of_which_round_it_is() -> None:
    assert [made({}, round=each).round for each in (1, 2)] == [1, 2]


def test_of_a_question_with_levels_a_group_may_stand_between_two() -> None:
    said = ("no", "no", "partly", "partly")
    view = made({f"WR-0{n}": ("group", {"scale": each}) for n, each in enumerate(said, 1)})
    assert view.items["scale"]["wijkraad"] == at("no", "partly")


def test_of_a_group_no_words_are_known_and_none_are_counted() -> None:
    said = {"scale": {"value": "yes", "note": "a", "quote": True, "certainty": "certain"}}
    words = {"words": {"value": "woord", "quote": True}}
    view = made({f"WR-0{n}": ("group", {**said, **words}) for n in (1, 2, 3)})
    assert view.items["scale"]["wijkraad"] == at("yes")
    assert view.items["words"]["wijkraad"] == CLOSED  # also when all write the same


def test_two_withheld_parties_that_together_reach_k_are_shown_as_one() -> None:
    said: Mapping[str, Any] = {"scale": "yes", "who": "college"}
    people = dict.fromkeys(("CL-01", "CL-02", "CL-03", "CL-04"), ("group", said))
    view = made(people)
    shown = {each.party: (each.visibility, each.answered, each.invited) for each in view.parties}
    assert shown["cluster-a"] == ("withheld", 0, 2)
    assert shown["cluster-b"] == ("withheld", 0, 2)
    assert shown[OTHERS] == ("group", 4, 4)
    assert view.items["scale"] == {
        "wijkraad": OpenAnswers(),
        "wijkmanager": OpenAnswers(),
        OTHERS: at("yes"),
    }
    fewer = made({code: people[code] for code in ("CL-01", "CL-03")})
    assert OTHERS not in {each.party for each in fewer.parties}
    alone = made({**{c: people[c] for c in ("CL-01", "CL-02")}})
    assert OTHERS not in {each.party for each in alone.parties}


def people(*consents: str, **more: Any) -> list[Sheet]:
    of = session(SET, {"wijkraad": 9})
    return [
        sheet(of, f"WR-0{n}", {}, consent=consent, **more) for n, consent in enumerate(consents, 1)
    ]


@pytest.mark.parametrize(
    ("consents", "k", "visibility"),
    [
        ((), 3, "position"),
        (("position",), 3, "position"),
        (("position", "position", "group"), 3, "group"),
        (("position", "group"), 3, "withheld"),
        (("group",) * 3, 4, "withheld"),
        (("group",) * 4, 4, "group"),
    ],
)
def test_how_a_party_may_be_shown(consents: tuple[str, ...], k: int, visibility: str) -> None:
    of = session(SET, {"wijkraad": 4}, k=k)
    (party,) = counted(SET, of, people(*consents))
    assert party.visibility == visibility


def test_only_sheets_count_that_were_handed_in_and_may_be_used() -> None:
    there = people("position", "group", "none")
    draft = there[0].changed(participant="WR-09", status=SheetStatus.DRAFT)
    assert [each for each in (*there, draft) if counts(each)] == there[:2]


def test_parties_come_in_the_sessions_order_with_who_was_invited() -> None:
    of = session(SET, PARTIES)
    picture = Picture((sheet(of, "WM-01", {"scale": "yes"}, consent="position"),))
    found = party_findings(counted(SET, of, picture.sheets))
    assert [(each.party, each.kind, each.invited, each.answered) for each in found] == [
        ("wijkraad", "wijkraad", 4, 0),
        ("wijkmanager", "wijkmanager", 1, 1),
        ("cluster-a", "cluster", 2, 0),
        ("cluster-b", "cluster", 2, 0),
    ]


# Tallies


def said(value: Any, certainty: str | None = None) -> Answer:
    return Answer.model_validate({"value": value, "certainty": certainty})


def tally_of(*answers: Answer) -> Tally:
    everybody = Said()
    for each in answers:
        everybody.add(vote_of(each.value), each.certainty)
    return everybody.tally


def test_a_tally_counts_what_was_said_and_how_sure_of_what_is_substantive() -> None:
    counted_all = tally_of(
        said("a", "certain"),
        said("a", "guess"),
        said("a"),
        said("dont-know", "certain"),
        said("nobody", "certain"),
        said("prefer-not"),
    )
    assert counted_all.votes == {"a": 3, "dont-know": 1, "nobody": 1, "prefer-not": 1}
    assert counted_all.certainty == {"certain": 2, "guess": 1}
    assert (counted_all.answered, counted_all.dont_know, counted_all.substantive) == (5, 1, 4)
    assert counted_all.options == {"a": 3, "nobody": 1}
    assert counted_all.sure() == "certain"
    assert not counted_all.is_lost


@pytest.mark.parametrize(
    ("certainty", "sure"),
    [
        ({}, None),
        ({"certain": 1, "guess": 1}, None),
        ({"guess": 2, "certain": 1}, "guess"),
        ({"certain": 2, "guess": 1}, "certain"),
        ({"certain": 1, "guess": 1, "fairly": 1}, None),
    ],
)
def test_sure_is_what_most_say_they_are(certainty: Mapping[str, int], sure: str | None) -> None:
    assert Tally({"a": 3}, certainty).sure() == sure


def test_of_a_tally_one_person_can_be_left_out() -> None:
    both = Tally({"a": 3, "b": 1, "nobody": 2}, {"guess": 3})
    less = both.without("b")
    assert less.votes == {"a": 3, "nobody": 2}
    assert less.certainty == both.certainty
    assert (less.answered, less.options) == (5, {"a": 3, "nobody": 2})
    assert Tally({"a": 1, "prefer-not": 1}).without("prefer-not").answered == 1
    assert Tally({"nobody": 2, "dont-know": 1, "a": 2}).is_lost
    assert not Tally({"nobody": 1, "dont-know": 1, "a": 2}).is_lost


def test_of_several_the_tags_are_counted_by_option() -> None:
    both = tally_of(said({"a": "formal", "b": "informal"}), said({"a": "informal"}), said({}))
    assert both.options == {"a": 2, "b": 1}
    assert {option: dict(tags) for option, tags in both.tags.items()} == {
        "a": {"formal": 1, "informal": 1},
        "b": {"informal": 1},
    }
    left = both.without((("a", "informal"),))
    assert (left.options, left.answered) == ({"a": 1, "b": 1}, 2)


def test_the_options_of_choices_are_no_levels() -> None:
    asked = small_set(question("item", "choice", options=options("a", "b", "c")))
    of = session(asked, {"wijkraad": 4})
    picture = Picture(
        tuple(
            sheet(of, f"WR-0{n}", {"item": each}, consent="group")
            for n, each in enumerate("aabb", 1)
        )
    )
    assert publish(asked, of, picture).items["item"]["wijkraad"] == CLOSED


AGREED = question("agreed", "scale", scale="status")
KEPT = question("kept", "scale", scale="status", unless={"question": "agreed", "value": "no"})
DEPENDING = small_set(AGREED, KEPT)
SAYS_AND_SAYS = (("no", ""), *product(("partly", "yes", "dont-know", ""), ("no", "yes", "")))


def both(*people: tuple[str, str]) -> tuple[Answers, Answers]:
    """What is published of `agreed` and `kept` of a group of these people."""
    of = session(DEPENDING, {"wijkraad": len(people)})
    said = (
        {key: value for key, value in zip(("agreed", "kept"), each, strict=True) if value}
        for each in people
    )
    sheets = tuple(sheet(of, f"WR-0{n}", each, consent="group") for n, each in enumerate(said, 1))
    view = publish(DEPENDING, of, Picture(sheets))
    return view.items["agreed"]["wijkraad"], view.items["kept"]["wijkraad"]


def test_a_group_between_an_answer_and_its_neighbour_does_not_show_what_that_leaves_out() -> None:
    """Three of four answer `kept`, so one said no to `agreed`; then two said partly."""
    said = (("no", ""), ("partly", "yes"), ("partly", "yes"), ("", "yes"))
    assert both(*said) == (at("no", "partly"), CLOSED)
    said = (("no", ""), ("partly", "yes"), ("partly", "yes"), ("partly", "yes"))
    assert both(*said) == (at("partly"), at("yes"))
    said = (("no", ""),) * 4 + (("partly", "yes"),) * 3  # it stands at no, and not beside it
    assert both(*said) == (at("no"), at("yes"))


def test_of_who_was_not_asked_no_bucket_under_k_follows() -> None:
    """By brute force: a group of four, and all that its people can say to both questions."""
    seen: dict[object, list[list[int]]] = {}
    for people in combinations_with_replacement(SAYS_AND_SAYS, 4):
        buckets = [
            sum(each[number] == value for each in people)
            for number in (0, 1)
            for value in ("no", "partly", "yes", "dont-know", "")
        ]
        seen.setdefault(both(*people), []).append(buckets)
    assert len(seen) > 15
    for worlds in seen.values():
        known = [set(each) for each in zip(*worlds, strict=True) if len(set(each)) == 1]
        assert not [each for each in known if each & {1, 2}]
