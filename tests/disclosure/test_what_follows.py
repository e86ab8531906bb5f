"""By brute force: from all that is published, no bucket of fewer than k people of a group follows.

Every set of answers that small groups can give, over one or more closings with people coming,
going, changing their minds and their consent, is published; the worlds that a reader cannot tell
apart are laid together. Where they all agree that exactly so many people said something, the
reader knows it. That all that bart publishes says no more than these views do, is shown in
test_all_that_is_published.py.
"""

from collections.abc import Iterator, Sequence

import pytest

from tests.disclosure.worlds import (
    NOTHING,
    SAID,
    Person,
    World,
    group,
    leaks,
    worlds,
)
from tests.figures import are_mutants_tried, is_long

Closings = tuple[int, ...]
if are_mutants_tried():  # each of hundreds of them would take minutes
    SAID = {"scale": ("no", "partly", NOTHING)}


def none_follows(kind: str, tried: Iterator[World], least: int, rounds: Sequence[int] = ()) -> None:
    number, found = leaks(kind, tried, rounds)
    print(f"{number} worlds")
    assert number >= least or are_mutants_tried()
    assert found == []


@pytest.mark.parametrize("people", [3, 4, 5, 6])
@pytest.mark.parametrize("kind", SAID)
def test_one_closing_shows_no_bucket_under_k(kind: str, people: int) -> None:
    none_follows(kind, worlds([people], 1, group(*SAID[kind])), 50)


def beside(kind: str) -> dict[str, tuple[Person, ...]]:
    """Who may sit beside a group: an open party, another group, somebody who is withheld."""
    said = SAID[kind][:2]
    return {
        "open": (("position", said[0]), ("position", said[1]), None),
        "withheld": (("group", said[0]), None),
        "not used": (("none", said[0]), ("none", said[1])),
    }


@pytest.mark.parametrize("who", ["open", "withheld", "not used"])
@pytest.mark.parametrize("people", [3, 4, 5, 6] if is_long() else [3, 4])
@pytest.mark.parametrize("kind", SAID)
def test_nor_does_it_beside_another_party(kind: str, people: int, who: str) -> None:
    here = list(worlds([people], 1, group(*SAID[kind])))
    there = list(worlds([1], 1, beside(kind)[who]))
    both = (((one[0][0], other[0][0]),) for one in here for other in there)
    none_follows(kind, both, 100)


@pytest.mark.parametrize("kind", SAID)
def test_nor_beside_another_group(kind: str) -> None:
    here = list(worlds([3], 1, group(*SAID[kind])))
    both = (((one[0][0], other[0][0]),) for one in here for other in here)
    none_follows(kind, both, 3000)


@pytest.mark.parametrize("people", [3, 4, 5] if is_long() else [3])
@pytest.mark.parametrize("kind", SAID)
def test_nor_do_two_closings_beside_each_other(kind: str, people: int) -> None:
    none_follows(kind, worlds([people], 2, group(*SAID[kind])), 8000)


@pytest.mark.parametrize("kind", SAID)
def test_nor_do_three(kind: str) -> None:
    said = (*SAID[kind][:3], NOTHING) if is_long() else (*SAID[kind][:2], NOTHING)
    none_follows(kind, worlds([3], 3, group(*said)), 40000)


@pytest.mark.parametrize("rounds", [(1, 2), (1, 1, 2)])
@pytest.mark.parametrize("kind", SAID)
def test_nor_does_a_follow_up(kind: str, rounds: Closings) -> None:
    said = SAID[kind][:3] if is_long() else SAID[kind][:2]
    none_follows(kind, worlds([3], len(rounds), group(*said, NOTHING)), 800, rounds)


@pytest.mark.parametrize("kind", SAID)
def test_nor_do_two_when_people_change_their_consent(kind: str) -> None:
    said = SAID[kind] if is_long() else (*SAID[kind][:3], NOTHING)
    chosen = (*group(*said), *(("position", each) for each in said))
    none_follows(kind, worlds([3], 2, chosen), 90000)


@pytest.mark.parametrize("rounds", [(1, 1), (1, 2)])
@pytest.mark.parametrize("people", [3, 4])
@pytest.mark.parametrize("kind", SAID)
def test_nor_when_somebody_is_erased(kind: str, people: int, rounds: Closings) -> None:
    said = SAID[kind] if is_long() else (*SAID[kind][:2], NOTHING)
    none_follows(kind, worlds([people], 2, group(*said), erasing=True), 800, rounds)


@pytest.mark.parametrize("sizes", [(2, 2), (3, 1), (1, 1, 2)] if is_long() else [(2, 2), (3, 1)])
@pytest.mark.parametrize("kind", SAID)
def test_nor_do_parties_that_come_and_go_among_the_others(kind: str, sizes: Closings) -> None:
    said = (*SAID[kind][:3], NOTHING) if is_long() else (*SAID[kind][:2], NOTHING)
    chosen = (*group(*said), ("position", said[0])) if is_long() else group(*said)
    none_follows(kind, worlds(sizes, 2, chosen), 10000)
