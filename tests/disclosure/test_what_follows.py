"""By brute force: from all that is published, no bucket of fewer than k people of a group follows.

Every set of answers that small groups can give, over one or more closings with people coming,
going, changing their minds and their consent, is published; the worlds that a reader cannot tell
apart are laid together. Where they all agree that exactly so many people said something, the
reader knows it. A reader knows who is invited, how many handed in, and every view that was ever
shown. Whoever answers may always leave the question open, and a reader knows that too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations_with_replacement, product

import pytest

from bart_tool.disclosure.in_time import Closing, Marks, kept, marks_of
from bart_tool.disclosure.publish import publish
from bart_tool.disclosure.view import Answers, OpenAnswers, PublishedView
from bart_tool.disclosure.visibility import shown_parties
from bart_tool.domain.answer import DONT_KNOW
from bart_tool.domain.findings import OTHERS
from bart_tool.domain.sheet import Picture
from tests.figures import is_long
from tests.workshop import options, question, session, sheet, small_set

K = 3
SECRET = b"of the session"
NOTHING = ""  # handed in, and this question left open
Person = tuple[str, str] | None  # consent and what was said; None: nothing handed in
Closed = tuple[tuple[Person, ...], ...]  # party -> what its people say at one closing
World = tuple[Closed, ...]  # closing after closing
NAMES = ("wijkraad", "cluster-a", "wijkmanager")

QUESTIONS = {
    "choice": question("item", "choice", options=options("a", "b", "c")),
    "who": question("item", "who", actors=["wijkraad", "college"]),
    "scale": question("item", "scale", scale="status"),
    "multi": question("item", "multi", options=options("a", "b")),
}
SAID = {
    "choice": ("a", "b", "c", DONT_KNOW, NOTHING),
    "who": ("wijkraad", "college", "nobody", DONT_KNOW, NOTHING),
    "scale": ("no", "partly", "yes", DONT_KNOW, NOTHING),
    "multi": ("a", "b", "a+b", "+", DONT_KNOW, NOTHING),
}
SETS = {name: small_set(each) for name, each in QUESTIONS.items()}


def group(*said: str) -> tuple[Person, ...]:
    return (None, *(("group", each) for each in said))


def answers(said: str, kind: str) -> dict[str, object]:
    if said == NOTHING:
        return {}
    if kind == "multi" and said != DONT_KNOW:
        return {"item": {"value": {each: "unknown" for each in said.split("+") if each}}}
    return {"item": said}


@cache
def alone(kind: str, closed: Closed) -> tuple[PublishedView, Marks]:
    """One closing taken by itself: its view and its marks."""
    asked = SETS[kind]
    of = session(asked, {name: len(each) for name, each in zip(NAMES, closed, strict=False)})
    said = zip(of.party_of, (person for party in closed for person in party), strict=True)
    picture = Picture(
        tuple(
            sheet(of, code, answers(person[1], kind), consent=person[0])
            for code, person in said
            if person is not None
        )
    )
    return publish(asked, of, picture), marks_of(shown_parties(of, picture), SECRET)


def published(kind: str, world: World) -> list[PublishedView]:
    """Every view that a reader is ever shown of this world."""
    before: list[Closing] = []
    for closed in world:
        now, marks = alone(kind, closed)
        before.append(Closing(kept(now, marks, before, K), marks))
    return [closing.view for closing in before]


def told(answers: Answers) -> object:
    if isinstance(answers, OpenAnswers):
        return tuple(sorted(answers.tally.votes.items(), key=str))
    return answers


def hidden(view: PublishedView, closed: Closed) -> Mapping[str, Sequence[Person]]:
    """The groups of a closing, `others` among them, with the people in them."""
    shown = {party.party: party.visibility for party in view.parties}
    people = dict(zip(NAMES, closed, strict=False))
    together = [
        each for name, party in people.items() if shown[name] == "withheld" for each in party
    ]
    groups = {name: party for name, party in people.items() if shown[name] == "group"}
    return {**groups, OTHERS: together} if OTHERS in shown else groups


def buckets(kind: str, people: Iterable[Person]) -> Counter[str]:
    """How many people said each thing; of a multi, how many chose each option and how many not."""
    counted: Counter[str] = Counter()
    for person in people:
        if person is None:  # how many handed in is told
            continue
        said = person[1]
        if kind != "multi" or said in (DONT_KNOW, NOTHING):
            counted[said] += 1
            continue
        for option in "ab":
            counted[option if option in said.split("+") else f"not {option}"] += 1
    return counted


def leaks(kind: str, worlds: Iterator[World]) -> tuple[int, list[str]]:
    """How many worlds there were, and each bucket under k that follows from what is published."""
    alike: dict[object, dict[tuple[int, str, str], set[int]]] = {}
    values = {value for said in SAID[kind] for value in buckets(kind, [("group", said)])}
    number = 0
    for world in worlds:
        number += 1
        views = published(kind, world)
        key = tuple((v.parties, *((p, told(a)) for p, a in v.items["item"].items())) for v in views)
        known = alike.setdefault(key, defaultdict(set))
        for at, (view, closed) in enumerate(zip(views, world, strict=True), 1):
            for party, people in hidden(view, closed).items():
                counted = buckets(kind, people)
                for value in values:
                    known[at, party, value].add(counted[value])
    found = [
        f"{party} {value!r} at closing {at}: {next(iter(counts))}, from {key}"
        for key, known in alike.items()
        for (at, party, value), counts in known.items()
        if len(counts) == 1 and 0 < next(iter(counts)) < K
    ]
    return number, found


def worlds(sizes: Sequence[int], closings: int, chosen: Sequence[Person]) -> Iterator[World]:
    """Every world as far as they differ: which of a party's people it was makes none."""
    lives = list(product(chosen, repeat=closings))
    for lived in product(*(list(combinations_with_replacement(lives, size)) for size in sizes)):
        yield tuple(
            tuple(tuple(life[at] for life in party) for party in lived) for at in range(closings)
        )


@pytest.mark.parametrize("people", [3, 4, 5, 6])
@pytest.mark.parametrize("kind", SAID)
def test_one_closing_shows_no_bucket_under_k(kind: str, people: int) -> None:
    number, found = leaks(kind, worlds([people], 1, group(*SAID[kind])))
    assert number > 50
    assert found == []


@pytest.mark.parametrize("people", [3, 4, 5] if is_long() else [3])
@pytest.mark.parametrize("kind", SAID)
def test_nor_do_two_closings_beside_each_other(kind: str, people: int) -> None:
    number, found = leaks(kind, worlds([people], 2, group(*SAID[kind])))
    assert number > 8000
    assert found == []


@pytest.mark.parametrize("kind", SAID)
def test_nor_do_three(kind: str) -> None:
    said = (*SAID[kind][:3], NOTHING) if is_long() else (*SAID[kind][:2], NOTHING)
    number, found = leaks(kind, worlds([3], 3, group(*said)))
    assert number > 40000
    assert found == []


@pytest.mark.parametrize("kind", SAID)
def test_nor_do_two_when_people_change_their_consent(kind: str) -> None:
    said = SAID[kind] if is_long() else (*SAID[kind][:3], NOTHING)
    chosen = (*group(*said), *(("position", each) for each in said))
    number, found = leaks(kind, worlds([3], 2, chosen))
    assert number > 90000
    assert found == []


@pytest.mark.parametrize("sizes", [(2, 2), (3, 1), (1, 1, 2)] if is_long() else [(2, 2), (3, 1)])
@pytest.mark.parametrize("kind", SAID)
def test_nor_do_parties_that_come_and_go_among_the_others(
    kind: str, sizes: tuple[int, ...]
) -> None:
    said = (*SAID[kind][:3], NOTHING) if is_long() else (*SAID[kind][:2], NOTHING)
    chosen = (*group(*said), ("position", said[0])) if is_long() else group(*said)
    number, found = leaks(kind, worlds(sizes, 2, chosen))
    assert number > 10000
    assert found == []
