"""Two rounds side by side: who moved which way, and what the two together may not show."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bart_tool.analysis.compare import compare, said_of
from bart_tool.domain.agreement import Agreement, about
from bart_tool.domain.findings import AgreementOutcome, Findings, Move
from bart_tool.merge.engine import merge
from tests.workshop import (
    MANDATE_QUESTION,
    ROLES_QUESTION,
    TEXT_QUESTION,
    WHO_QUESTION,
    analysed,
    question,
    session,
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
    return analysed(SET, workshop, merge(sheets(workshop, said, item)))


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
        ("who", ("college", "wijk", "wijk"), ("college",) * 3, Move.CLOSER, (2, 0)),
        ("who", ("other", "other", "other"), ("college",) * 3, Move.CLOSER, (3, 0)),
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
        ({"wijkraad": ["no", "partly"]}, AgreementOutcome.PARTLY),
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
