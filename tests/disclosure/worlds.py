"""Every world that small groups can make, and what a reader is shown of it.

A world is what the people of some parties say at one closing after another. A reader knows who is
invited, how many handed in, who was erased, and every view that was ever shown. Whoever answers
may always leave the question open, and a reader knows that too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations_with_replacement, pairwise, product

from bart_tool.disclosure.in_time import Closing, shown, without_open
from bart_tool.disclosure.marking import Marks, without
from bart_tool.disclosure.view import Answers, OpenAnswers, PublishedView
from bart_tool.domain.answer import DONT_KNOW
from bart_tool.domain.findings import OTHERS, PartyFinding
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Picture
from tests.workshop import closing_of, options, question, session, sheet, small_set

K = 3
TODAY = date(2026, 11, 25)
NOTHING = ""  # handed in, and this question left open
ERASED = ("erased", "")  # before this closing
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
    """What somebody can do who wants to be shown only as a group, if at all."""
    return (None, *(("group", each) for each in said))


def answers(said: str, kind: str) -> dict[str, object]:
    """The answers of somebody who says this."""
    if said == NOTHING:
        return {}
    if kind == "multi" and said != DONT_KNOW:
        return {"item": {"value": {each: "unknown" for each in said.split("+") if each}}}
    return {"item": said}


def codes(of: Session) -> tuple[tuple[str, ...], ...]:
    """The codes of the people of each party."""
    return tuple(
        tuple(each.code for each in of.participants if each.party == party.id)
        for party in of.parties
    )


def is_there(person: Person) -> bool:
    """Whether somebody handed in."""
    return person is not None and person != ERASED


@cache
def workshop(kind: str, sizes: tuple[int, ...]) -> Session:
    """A closed session that asks the item of this kind, with parties of these sizes."""
    return session(SETS[kind], dict(zip(NAMES, sizes, strict=False)))


@cache
def alone(kind: str, closed: Closed) -> tuple[PublishedView, Marks]:
    """One closing taken by itself: its view and its marks."""
    of = workshop(kind, tuple(map(len, closed)))
    people = zip(
        (code for party in codes(of) for code in party),
        (person for party in closed for person in party),
        strict=True,
    )
    picture = Picture(
        tuple(
            sheet(of, code, answers(person[1], kind), consent=person[0])
            for code, person in people
            if person is not None and person != ERASED
        )
    )
    closing = closing_of(SETS[kind], of, picture)
    assert closing.marks is not None
    return closing.view, closing.marks


def published(kind: str, world: World, rounds: Sequence[int] = ()) -> list[PublishedView]:
    """Every view that a reader is ever shown of this world. `rounds`: that of each closing."""
    before: list[Closing] = []
    views = []
    for closed, round_now in zip(world, rounds or [1] * len(world), strict=True):
        before = [without_erased(each, closed, kind) for each in before]
        now, marks = alone(kind, closed)
        now = replace(now, parties=tuple(invited_less(now, closed)))
        view = shown(replace(now, round=round_now), marks, before, K)
        before.append(Closing(view, marks))
        views.append(view)
    return views


def invited_less(view: PublishedView, closed: Closed) -> Iterator[PartyFinding]:
    """The parties of the view without who was erased: they are invited no more."""
    gone = {
        name: sum(person == ERASED for person in party)
        for name, party in zip(NAMES, closed, strict=False)
    }
    withheld = {each.party for each in view.parties if each.visibility == "withheld"}
    gone[OTHERS] = sum(gone[name] for name in withheld)
    for party in view.parties:
        yield replace(party, invited=party.invited - gone[party.party])


def without_erased(before: Closing, closed: Closed, kind: str) -> Closing:
    """What is kept of an earlier closing once the people who are erased now are forgotten."""
    sizes = tuple(map(len, closed))
    marks, view = before.marks, before.view
    for name, party, people in zip(NAMES, codes(workshop(kind, sizes)), closed, strict=False):
        for code, person in zip(party, people, strict=True):
            if person == ERASED and marks is not None:
                marks, view = without(marks, code), without_open(view, name)
    return Closing(view, marks)


def told(answers: Answers) -> object:
    """What a reader sees of a party on an item, to be compared."""
    if isinstance(answers, OpenAnswers):
        return tuple(sorted(answers.tally.votes.items(), key=str))
    return answers


def seen(kind: str, world: World, rounds: Sequence[int] = ()) -> tuple[object, ...]:
    """All that a reader knows of this world; worlds that are alike in it cannot be told apart."""
    views = published(kind, world, rounds)
    return tuple(
        (
            tuple(sum(person == ERASED for person in party) for party in closed),
            view.parties,
            *((party, told(said)) for party, said in view.items["item"].items()),
        )
        for view, closed in zip(views, world, strict=True)
    )


def hidden(kind: str, closed: Closed) -> Mapping[str, Sequence[Person]]:
    """The groups of a closing, `others` among them, with the people in them."""
    view, _ = alone(kind, closed)
    visibility = {party.party: party.visibility for party in view.parties}
    people = {
        name: [each for each in party if is_there(each)]
        for name, party in zip(NAMES, closed, strict=False)
    }
    together = [
        each for name, party in people.items() if visibility[name] == "withheld" for each in party
    ]
    groups = {name: party for name, party in people.items() if visibility[name] == "group"}
    return {**groups, OTHERS: together} if OTHERS in visibility else groups


def buckets(kind: str, people: Iterable[Person]) -> Counter[str]:
    """How many people said each thing; of a multi, how many chose each option and how many not."""
    counted: Counter[str] = Counter()
    for person in people:
        if person is None or person[0] == "none":
            continue
        said = person[1]
        if kind != "multi" or said in (DONT_KNOW, NOTHING):
            counted[said] += 1
            continue
        for option in "ab":
            counted[option if option in said.split("+") else f"not {option}"] += 1
    return counted


def values(kind: str) -> set[str]:
    """Everything that can be counted of a question of this kind."""
    return {value for said in SAID[kind] for value in buckets(kind, [("group", said)])}


def leaks(kind: str, worlds: Iterable[World], rounds: Sequence[int] = ()) -> tuple[int, list[str]]:
    """How many worlds there were, and each bucket under k that follows from what is published."""
    alike: dict[object, dict[tuple[int, str, str], set[int]]] = {}
    all_values = values(kind)
    number = 0
    for world in worlds:
        number += 1
        known = alike.setdefault(seen(kind, world, rounds), defaultdict(set))
        for at, closed in enumerate(world, 1):
            for party, people in hidden(kind, closed).items():
                counted = buckets(kind, people)
                for value in all_values:
                    known[at, party, value].add(counted[value])
    found = [
        f"{party} {value!r} at closing {at}: {next(iter(counts))}, from {key}"
        for key, known in alike.items()
        for (at, party, value), counts in known.items()
        if len(counts) == 1 and 0 < next(iter(counts)) < K
    ]
    return number, found


def worlds(
    sizes: Sequence[int], closings: int, chosen: Sequence[Person], erasing: bool = False
) -> Iterator[World]:
    """Every world as far as they differ: which of a party's people it was makes none.

    With `erasing` anybody may be erased after a closing, and is then gone for good.
    """
    lives = [
        life
        for life in product((*chosen, *([ERASED] if erasing else [])), repeat=closings)
        if life[0] != ERASED
        and all(then == ERASED for was, then in pairwise(life) if was == ERASED)
    ]
    for lived in product(*(list(combinations_with_replacement(lives, size)) for size in sizes)):
        yield tuple(
            tuple(tuple(life[at] for life in party) for party in lived) for at in range(closings)
        )
