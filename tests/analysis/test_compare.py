"""Two rounds side by side: who moved which way, and what the two together may not show."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

import pytest

from bart_tool.analysis.analyse import analyse
from bart_tool.analysis.compare import compare, said_of
from bart_tool.disclosure.shown_before import EarlierShown, beside
from bart_tool.disclosure.visibility import views
from bart_tool.domain.agreement import Agreement, about
from bart_tool.domain.answer import Sheet
from bart_tool.domain.findings import AgreementOutcome, Comparison, Findings, Move, Position
from bart_tool.domain.session import Session
from bart_tool.merge.engine import merge
from bart_tool.report import machine
from tests.workshop import (
    MANDATE_QUESTION,
    ROLES_QUESTION,
    TEXT_QUESTION,
    WHO_QUESTION,
    question,
    session,
    sheet,
    sheets,
    small_set,
)

STATUS = question("agreement-kept-a-1", "scale", scale="status", boundary="boundary")
SET = small_set(MANDATE_QUESTION, WHO_QUESTION, ROLES_QUESTION, TEXT_QUESTION, STATUS)
PARTIES = {"wijkraad": 3, "wijkmanager": 1, "cluster-a": 1}
SPEND = "mandate/wijkraad/spend"
AGREED = Agreement(id="a-1", topic="decision/spend", sentence="De wijkraad adviseert.")


def round_of(number: int, said: Mapping[str, Sequence[Any]], item: str = SPEND) -> Findings:
    workshop = session(SET, PARTIES, round=number)
    return analyse(SET, workshop, merge(sheets(workshop, said, item)))


def moved(
    then: Mapping[str, Sequence[Any]], now: Mapping[str, Sequence[Any]], item: str = SPEND
) -> Any:
    made = compare(round_of(1, then, item), round_of(2, now, item), (), {})
    return next(each for each in made.items if each.item == item)


def all_say(*values: Any) -> dict[str, list[Any]]:
    return {party: [value] for party, value in zip(PARTIES, values, strict=True)}


@pytest.mark.parametrize(
    ("item", "then", "now", "move", "apart"),
    [
        (SPEND, ("none", "decides", "none"), ("none", "advises", "none"), Move.CLOSER, (4, 2)),
        (SPEND, ("none", "none", "none"), ("none", "informed", "none"), Move.FURTHER, (0, 1)),
        (SPEND, ("none", "decides", "none"), ("none", "none", "decides"), Move.SAME, (4, 4)),
        ("who", ("college", "wijk", "wijk"), ("college",) * 3, Move.CLOSER, (4, 0)),
        ("who", ("other", "other", "other"), ("college",) * 3, Move.CLOSER, (6, 0)),
        (
            "roles/wijkraad",
            ({"fixer": "formal"}, {"networker": "formal"}, {}),
            ({"fixer": "formal"}, {"fixer": "informal"}, {}),
            Move.CLOSER,
            (4, 2),
        ),
    ],
)
def test_parties_move_closer_further_or_not(
    item: str, then: Any, now: Any, move: Move, apart: tuple[float, float]
) -> None:
    actors = {"wijk": "bewoners"}
    before, after = (
        [actors.get(v, v) if isinstance(v, str) else v for v in said] for said in (then, now)
    )
    found = moved(all_say(*before), all_say(*after), item)
    assert (found.move, (found.apart_then, found.apart_now)) == (move, apart)


def test_a_party_that_stays_away_brings_the_others_no_closer() -> None:
    found = moved(
        all_say("none", "advises", "enforces"), {"wijkraad": ["none"], "wijkmanager": ["advises"]}
    )
    assert (found.then.distance, found.now.distance) == (5, 2)
    assert (found.move, found.parties) == (Move.SAME, ("wijkraad", "wijkmanager"))
    assert found.then.code == "wide-gap"


@pytest.mark.parametrize(
    "now", [{"wijkraad": ["none"]}, {}, {"wijkraad": ["dont-know"] * 3, "wijkmanager": ["none"]}]
)
def test_with_fewer_than_two_parties_in_both_rounds_nothing_is_said(now: Any) -> None:
    found = moved(all_say("none", "advises", "enforces"), now)
    assert (found.move, found.apart_then) == (Move.NOT_COMPARED, None)


def test_words_are_laid_side_by_side_and_never_compared() -> None:
    both = [round_of(number, all_say("a", "b", "c"), "words/wijkraad") for number in (1, 2)]
    made = compare(*both, (), {})
    assert "words/wijkraad" not in {each.item for each in made.items}


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (all_say("yes", "yes", "yes"), AgreementOutcome.YES),
        (all_say("yes", "partly", "yes"), AgreementOutcome.PARTLY),
        (all_say("no", "no", "no"), AgreementOutcome.NO),
        (all_say("no", "partly", "no"), AgreementOutcome.PARTLY),
        (all_say("yes", "no", "yes"), AgreementOutcome.DIFFERS),
        (all_say("dont-know", "prefer-not", None), AgreementOutcome.NO_ANSWER),
        ({"wijkraad": ["yes", "yes", "no"]}, AgreementOutcome.YES),
        ({"wijkraad": ["no", "partly"]}, AgreementOutcome.NO),
        ({}, AgreementOutcome.NO_ANSWER),
    ],
)
def test_what_the_parties_say_of_an_agreement(said: Any, outcome: AgreementOutcome) -> None:
    item = about("a-1", "kept")
    now = round_of(2, said, item)
    (found,) = compare(round_of(1, {}), now, [AGREED], {"a-1": [SPEND]}).agreements
    assert found.kept is outcome is said_of(now.by_key[item])
    assert found.right is AgreementOutcome.NOT_ASKED
    assert [each.item for each in found.items] == [SPEND]


def test_an_agreement_of_the_later_round_itself_is_not_in_it() -> None:
    later = AGREED.changed(round=2)
    assert compare(round_of(1, {}), round_of(2, {}), [later], {}).agreements == ()


# What the two rounds together may show. The people of the wijkraad ask to be shown as a group; the
# onlooker knows who took part in either round, and supposes that who did so twice said the same.

LEVELS = ("none", "decides")
K = 3
FOUR = {"wijkraad": 4, "wijkmanager": 1}
CODES = ("WR-01", "WR-02", "WR-03", "WR-04")


def both_rounds(
    said: Mapping[str, str], then: frozenset[str], now: frozenset[str], *, guarded: bool = True
) -> tuple[Findings, Findings]:
    """The findings of two rounds in which the people `then` and `now` said what they say."""
    made: list[tuple[Session, list[Sheet]]] = []
    for number, people in ((1, then), (2, now)):
        workshop = session(SET, FOUR, round=number)
        pile = [
            sheet(workshop, code, {SPEND: said[code]}, consent="group", round=number)
            for code in sorted(people)
        ]
        pile.append(sheet(workshop, "WM-01", {SPEND: "advises"}, round=number))
        made.append((workshop, pile))
    shown = [views(workshop, merge(pile)) for workshop, pile in made]
    hidden = beside(K, shown[:1], shown[1]) if guarded else EarlierShown()
    (first, before), (second, after) = made
    return (
        analyse(SET, first, merge(before)),
        analyse(SET, second, merge(after), beside=hidden),
    )


def seen(*rounds: Findings) -> str:
    """Everything an onlooker holds: both reports, and the comparison made from them."""
    made: Comparison = compare(*rounds, (), {}) if len(rounds) == 2 else None  # type: ignore[assignment]
    reports = [machine.to_json(each, SET, session(SET, FOUR), "nl") for each in rounds]
    return json.dumps(reports) + repr(made)


def crowds() -> Iterator[frozenset[str]]:
    for size in (3, 4):
        yield from map(frozenset, combinations(CODES, size))


def what_shows(*, guarded: bool) -> list[tuple[frozenset[str], frozenset[str], str]]:
    """Who came or went and of whom the two rounds tell more than each round by itself."""
    found = []
    for then, now in product(crowds(), repeat=2):
        alone: dict[tuple[int, str], list[dict[str, str]]] = {}
        together: dict[str, list[dict[str, str]]] = {}
        worlds = [dict(zip(CODES, said, strict=True)) for said in product(LEVELS, repeat=4)]
        holds = []
        for world in worlds:
            rounds = both_rounds(world, then, now, guarded=guarded)
            keys = ((0, seen(rounds[0])), (1, seen(rounds[1])), seen(*rounds))
            holds.append((world, keys))
            for key in keys[:2]:
                alone.setdefault(key, []).append(world)
            together.setdefault(keys[2], []).append(world)
        for code in then ^ now:
            place = 0 if code in then else 1
            for _, keys in holds:
                by_one = {world[code] for world in alone[keys[place]]}
                by_both = {world[code] for world in together[keys[2]]}
                if by_both < by_one:
                    found.append((then, now, code))
                    break
    return found


def test_the_two_rounds_tell_no_more_of_who_came_or_went_than_each_by_itself() -> None:
    assert what_shows(guarded=True) == []


def test_without_the_rule_the_two_rounds_would_tell_what_one_person_said() -> None:
    leaks = what_shows(guarded=False)
    assert leaks
    assert all(len(then ^ now) < K for then, now, _ in leaks)


@pytest.mark.parametrize(
    ("then", "now", "shown"),
    [
        ("1234", "1234", True),  # the same people
        ("1234", "123", False),  # one went
        ("123", "1234", False),  # one came
        ("123", "124", False),  # one for another: two came or went
        ("1236", "4561", True),  # four of them
        ("123", "456", True),  # nobody took part twice
    ],
)
def test_a_group_stands_beside_an_earlier_round_unless_few_came_or_went(
    then: str, now: str, shown: bool
) -> None:
    positions = after_round_one(then, now, "group", "group")
    assert ("wijkraad" in positions) is shown


@pytest.mark.parametrize("consents", [("group", "position"), ("position", "group")])
def test_one_round_as_a_group_is_enough_to_hold_it_back(consents: tuple[str, str]) -> None:
    assert "wijkraad" not in after_round_one("1234", "123", *consents)


def test_where_more_came_or_went_the_party_is_placed_and_nobody_counted() -> None:
    same, many = (
        after_round_one("123", "123", "group", "group"),
        after_round_one("1236", "4561", "group", "group"),
    )
    assert same["wijkraad"].counts is not None
    assert (many["wijkraad"].counts, many["wijkraad"].median) == (None, 0)
    apart = after_round_one("123", "456", "group", "group")  # nobody took part twice
    assert apart["wijkraad"].counts is not None


def test_positions_that_may_be_recognised_are_always_shown() -> None:
    positions = after_round_one("1234", "123", "position", "position")
    assert positions["wijkraad"].n == 3


def test_the_rule_looks_at_who_answered_the_item() -> None:
    """The same people, of whom one now would rather not say."""
    positions = after_round_one("1234", "1234", "group", "group", silent="4")
    assert "wijkraad" not in positions


def after_round_one(
    then: str, now: str, before: str, after: str, silent: str = ""
) -> dict[str, Position]:
    shown, made = [], []
    for number, people, consent in ((1, then, before), (2, now, after)):
        workshop = session(SET, {"wijkraad": 6, "wijkmanager": 1}, round=number)
        pile = [
            sheet(
                workshop,
                f"WR-0{each}",
                {SPEND: "prefer-not" if number == 2 and each in silent else "none"},
                consent=consent,
                round=number,
            )
            for each in people
        ]
        pile.append(sheet(workshop, "WM-01", {SPEND: "none"}, round=number))
        shown.append(views(workshop, merge(pile)))
        made.append((workshop, pile))
    workshop, pile = made[1]
    found = analyse(SET, workshop, merge(pile), beside=beside(K, shown[:1], shown[1]))
    return {position.party: position for position in found.by_key[SPEND].positions}
