"""Marks take little room, and are the same whatever the order in which people are read."""

from itertools import permutations

import pytest

from bart_tool.disclosure import marking
from bart_tool.disclosure.counting import counted, marks_of
from bart_tool.disclosure.marking import SIZE, PartyMarks, mark
from bart_tool.domain.findings import OTHERS
from bart_tool.domain.sheet import Sheet
from tests.workshop import options, question, session, sheet, small_set

SECRET = b"of the session"
SET = small_set(*(question(name, "choice", options=options("a", "b")) for name in ("one", "two")))


def marks(parties: dict[str, int], *sheets: Sheet) -> dict[str, PartyMarks]:
    return marks_of(counted(SET, session(SET, parties), sheets, SECRET))


def said(code: str, **answers: str) -> Sheet:
    return sheet(session(SET, {"wijkraad": 3, "wijkmanager": 2}), code, answers, consent="group")


FIRST = said("WR-01", one="a")
SECOND = said("WR-02", two="b")
THIRD = said("WR-03", one="a", two="prefer-not")


@pytest.mark.parametrize("order", [*permutations((FIRST, SECOND, THIRD))])
def test_the_order_in_which_people_are_read_makes_no_difference(order: tuple[Sheet, ...]) -> None:
    (of_council,) = marks({"wijkraad": 3}, *order).values()
    assert of_council == marks({"wijkraad": 3}, FIRST, SECOND, THIRD)["wijkraad"]
    assert {item: dict(people) for item, people in of_council.items()} == {
        "one": {
            "WR-01": mark("one", "WR-01", FIRST.answers["one"], SECRET),
            "WR-03": mark("one", "WR-03", THIRD.answers["one"], SECRET),
        },
        "two": {"WR-02": mark("two", "WR-02", SECOND.answers["two"], SECRET)},
    }


def test_parties_that_are_shown_together_have_their_marks_together() -> None:
    parties = {"wijkraad": 2, "wijkmanager": 2}
    one, other = said("WR-01", one="a", two="b"), said("WM-01", two="a")
    pile = (one, SECOND, other)
    found = marks(parties, *pile)
    assert found.keys() == {OTHERS}
    assert found[OTHERS].codes == ("WM-01", "WR-01", "WR-02")
    assert found[OTHERS]["two"] == {
        each.participant: mark("two", each.participant, each.answers["two"], SECRET)
        for each in pile
    }


def test_who_chose_nothing_leaves_no_trace() -> None:
    silent = said("WR-02", one="prefer-not")
    (of_council,) = marks({"wijkraad": 3}, FIRST, silent, THIRD).values()
    assert of_council.codes == ("WR-01", "WR-03")


def test_a_mark_of_nothing_but_zeros_is_a_mark_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking.hmac, "digest", lambda *_: bytes(32))
    (of_council,) = marks({"wijkraad": 3}, FIRST, SECOND, THIRD).values()
    assert {item: {*people} for item, people in of_council.items()} == {
        "one": {"WR-01", "WR-03"},
        "two": {"WR-02"},
    }


def test_without_somebody_who_is_not_there_they_stay_as_they_are() -> None:
    of_council = PartyMarks(["WR-01"], {"one": b"m" * SIZE})
    assert of_council.without("WR-02") is of_council
