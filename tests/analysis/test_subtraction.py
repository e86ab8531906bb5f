"""By brute force: whatever tables are laid side by side, none shows what fewer than k people said.

Every workshop of at most four parties and eight people, as far as they differ, and many of them a
second time after somebody came, went or changed. From the count tables that are published all
those are worked out that follow by subtracting one from another; in none may fewer than k people
share a cell with somebody who asked to be shown as a group only.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement, islice, permutations, product

import pytest

from bart_tool.analysis.analyse import analyse
from bart_tool.disclosure import shown_before
from bart_tool.disclosure.visibility import views
from bart_tool.domain.answer import DONT_KNOW, PREFER_NOT, Picture, Sheet
from bart_tool.domain.findings import Findings, Position
from bart_tool.domain.session import Session
from tests.figures import are_mutants_tried, is_long
from tests.workshop import MANDATE_QUESTION, session, sheet, small_set

SET = small_set({**MANDATE_QUESTION, "subjects": ["cluster"], "certainty": False})
ITEM = "mandate/cluster/spend"
K = 3

Person = tuple[str, str]  # what they chose, and what they said
KINDS: tuple[Person, ...] = (
    ("position", "none"),
    ("group", "none"),
    ("group", "decides"),
    ("group", DONT_KNOW),
)
MORE: tuple[Person, ...] = (
    *KINDS,
    ("position", "decides"),
    ("group", PREFER_NOT),
    ("none", "none"),
)
PARTIES = ("cluster-a", "cluster-b", "wijkraad", "wijkmanager")
SIZES = ((8,), (5, 3), (4, 3, 1), (3, 3, 1, 1), (3, 2, 2, 1))
EVERY = 41 if are_mutants_tried() else 1  # of the workshops, one in so many
People = tuple[Person | None, ...]  # None: nothing handed in


@dataclass(frozen=True)
class Table:
    """What a table counts: whom, with what they said."""

    whom: frozenset[tuple[str, str]]

    def is_safe(self, private: frozenset[tuple[str, str]]) -> bool:
        """Whether nobody of `private` stands in a cell with fewer than k people in it."""
        few = {said for said, people in cells(self.whom).items() if people < K}
        return not any(said in few for _, said in self.whom & private)

    def minus(self, other: "Table") -> Iterator["Table"]:
        """What a reader of both can work out: the rest, or what the same people changed."""
        if other.whom < self.whom or codes(self.whom) == codes(other.whom):
            left = self.whom - other.whom
        else:
            return
        if left:
            yield Table(left)


def cells(whom: Iterable[tuple[str, str]]) -> Counter[str]:
    return Counter(said for _, said in whom)


def codes(whom: Iterable[tuple[str, str]]) -> frozenset[str]:
    return frozenset(code for code, _ in whom)


def workshop(sizes: tuple[int, ...]) -> Session:
    return session(SET, dict(zip(PARTIES, sizes, strict=False)))


def picture_of(of: Session, people: People) -> Picture:
    pairs = zip(of.party_of, people, strict=True)
    return Picture(tuple(_sheet(of, code, person) for code, person in pairs if person))


def _sheet(of: Session, code: str, person: Person) -> Sheet:
    consent, said = person
    return sheet(of, code, {ITEM: said}, consent=consent)


def tables(of: Session, picture: Picture, findings: Findings) -> list[Table]:
    """The count tables of one report, each with the people who are in it."""
    finding = findings.by_key[ITEM]
    members = {view.party: view.sheets for view in views(of, picture)}
    kind = [p.party for p in finding.positions if p.kind == "cluster"]
    own = [each for party in kind for each in members[party]]
    shown = [(p, members[p.party]) for p in finding.positions]
    found = [*shown, *([(finding.own, own)] if finding.own else [])]
    return [_table(position, people) for position, people in found if position.counts is not None]


def _table(position: Position, people: Iterable[Sheet]) -> Table:
    said = {each.participant: str(each.answers[ITEM].value) for each in people}
    whom = frozenset((code, value) for code, value in said.items() if value != PREFER_NOT)
    published = Counter(position.counts or {})
    published[DONT_KNOW] += position.dont_know or 0
    assert +published == cells(whom), "not whom the table counts"
    return Table(whom)


def private(*pictures: Picture) -> frozenset[tuple[str, str]]:
    """Who said what, and never chose to be recognisable in it."""
    chose: dict[str, set[tuple[str, str]]] = {"position": set(), "group": set(), "none": set()}
    for picture in pictures:
        for each in picture.sheets:
            chose[each.consent].add((each.participant, str(each.answers[ITEM].value)))
    return frozenset(chose["group"] - chose["position"])


def all_that_follows(given: list[Table]) -> set[Table]:
    """The tables, and everything that subtracting gives, over and over."""
    found, new = set(given), set(given)
    while new:
        pairs = [pair for pair in permutations(found, 2) if new & {*pair}]
        new = {left for one, other in pairs for left in one.minus(other)} - found
        found |= new
    return found


def parties(size: int, kinds: tuple[Person, ...]) -> Iterator[People]:
    yield from combinations_with_replacement(kinds, size)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_no_report_shows_what_fewer_than_k_people_said(sizes: tuple[int, ...]) -> None:
    of, open_ones = workshop(sizes), 0
    kinds = MORE if is_long() else KINDS
    for chosen in islice(product(*(parties(size, kinds) for size in sizes)), 0, None, EVERY):
        people: People = tuple(person for party in chosen for person in party)
        picture = picture_of(of, people)
        given = tables(of, picture, analyse(SET, of, picture))
        open_ones += len(given)
        for table in all_that_follows(given):
            assert table.is_safe(private(picture)), people
    assert open_ones > 50 / EVERY


def second_reports(sizes: tuple[int, ...]) -> Iterator[tuple[People, People]]:
    """A workshop as it was reported first, and as it is reported now."""
    kinds = MORE if is_long() else KINDS
    for chosen in product(*(parties(size, kinds) for size in sizes)):
        now: People = tuple(person for party in chosen for person in party)
        for place, person in enumerate(now):
            if place and now[place - 1] == person and place < sizes[0]:
                continue  # the same, somebody else
            for before in (None, *(kind for kind in kinds if kind != person)):
                yield (*now[:place], before, *now[place + 1 :]), now
                if before is None:
                    yield now, (*now[:place], before, *now[place + 1 :])
        for many in range(2, len(now)):
            yield now[:many] + (None,) * (len(now) - many), now
            yield (None,) * (len(now) - many) + now[len(now) - many :], now


@pytest.mark.parametrize("sizes", [(3,), (4,), (8,), (3, 3), (3, 1, 1), (4, 2, 1)], ids=str)
def test_nor_do_two_reports_side_by_side(sizes: tuple[int, ...]) -> None:
    of, both_open = workshop(sizes), 0
    for before, now in islice(second_reports(sizes), 0, None, EVERY):
        pictures = [picture_of(of, people) for people in (before, now)]
        was, is_ = (shown_before.groups(of, picture) for picture in pictures)
        held_back = shown_before.to_hold_back(of, was, is_)
        not_counted = shown_before.to_close(of, was, is_)
        first = tables(of, pictures[0], analyse(SET, of, pictures[0]))
        found = analyse(SET, of, pictures[1], held_back=held_back, not_counted=not_counted)
        second = tables(of, pictures[1], found)
        both_open += bool(first and second)
        for table in all_that_follows([*first, *second]):
            assert table.is_safe(private(*pictures)), (before, now)
    assert both_open >= 10 / EVERY or EVERY > 1


def test_a_table_that_shows_too_much_would_be_found() -> None:
    hidden = frozenset({("CL-03", "none"), ("CL-03", "decides")})
    three = Table(frozenset({(f"CL-0{n}", "none") for n in range(3)}))
    four = Table(three.whom | {("CL-03", "none")})
    assert three.is_safe(hidden)
    assert four.is_safe(hidden)
    assert not all(table.is_safe(hidden) for table in all_that_follows([four, three]))
    changed = Table(three.whom | {("CL-03", "decides")})
    assert not all(table.is_safe(hidden) for table in all_that_follows([four, changed]))
