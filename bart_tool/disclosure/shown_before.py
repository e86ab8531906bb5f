"""Two reports, laid side by side, must not show what one person said.

Whoever holds the report of before and after one answer can subtract them. So what a report was
made from is remembered, per party and without answers. A party that changed by fewer than k people
since is held back from the next one; of one that changed more no people are counted there, because
those who came may differ among themselves (docs/developer/method.md 5). Where everybody chose to be
recognisable, before and after, there is nothing to hold back.

Over two rounds it is the coming and going of people that would show: it is known who takes part,
and whoever supposes that the others said the same again can subtract. So where the people of a
group who answered an item are not the same as in an earlier round, but differ by fewer than k, the
group is left out of that item; where they differ by more, nobody is counted there. Somebody of the
same people who changed their mind does not show: everybody answered anew, and nothing tells who of
them it was.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, product

from bart_tool.disclosure.visibility import PartySheets, views
from bart_tool.domain.answer import PREFER_NOT, Picture, Sheet, fingerprints
from bart_tool.domain.session import Session

# A party as shown (its id, or `others`) -> participant code -> mark of the sheet's answers. One of
# which everybody is recognisable is marked: beside it, a group with one person more shows that one.
Groups = Mapping[str, Mapping[str, str]]
RECOGNISABLE = "position/"


def groups(
    session: Session, picture: Picture, held_back: frozenset[str] = frozenset()
) -> dict[str, dict[str, str]]:
    """What every party that is shown is made of: party as shown -> code -> mark of the answers.

    It is kept with a report, for `to_hold_back` and `to_close` before the next.
    """
    return {
        f"{RECOGNISABLE if view.visibility == 'position' else ''}{view.party}": {
            sheet.participant: _mark(sheet) for sheet in view.sheets
        }
        for view in views(session, picture, held_back)
        if view.sheets
    }


def _mark(sheet: Sheet) -> str:
    """A mark of all that the sheet's answers say, 16 hexadecimal digits: it says whether any
    answer changed, and not which or into what.
    """
    marks = fingerprints(sheet)
    said = "\n".join(f"{item} {marks[item]}" for item in sorted(marks))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def to_hold_back(session: Session, earlier: Groups, now: Groups) -> frozenset[str]:
    """The parties whose figures, beside an earlier report's, would show what a few people said.

    They changed by at least one and fewer than k people since (docs/developer/method.md 5).
    """
    return frozenset(
        party for party, people in _changes(session, earlier, now) if people < session.k
    )


def to_close(session: Session, earlier: Groups, now: Groups) -> frozenset[str]:
    """The parties that changed at all since an earlier report, so that counts would count those.

    Those of `to_hold_back` are among them (docs/developer/method.md 5).
    """
    return frozenset(party for party, _ in _changes(session, earlier, now))


@dataclass(frozen=True)
class EarlierShown:
    """What of a round may not stand beside an earlier one: party -> items.

    `left_out`: the party is not shown there. `not_counted`: it is shown where it stands, and not
    how many people said what.
    """

    left_out: Mapping[str, frozenset[str]] = field(default_factory=dict)
    not_counted: Mapping[str, frozenset[str]] = field(default_factory=dict)


def beside(
    k: int, earlier: Sequence[Sequence[PartySheets]], now: Sequence[PartySheets]
) -> EarlierShown:
    """What of `now` may not stand beside the rounds `earlier`; `k` is the session's.

    Every party is compared with all that it shares people with, where somebody in either round
    wants to be shown only as a group.
    """
    left_out: dict[str, set[str]] = {}
    not_counted: dict[str, set[str]] = {}
    for before, after in product(chain.from_iterable(earlier), now):
        if "group" not in (before.visibility, after.visibility):
            continue
        known, said = _who_answered(before), _who_answered(after)
        for item in said.keys() & known.keys():
            came_or_went = known[item] ^ said[item]
            if not came_or_went or not known[item] & said[item]:
                continue
            if before.visibility == "group" and len(known[item]) < k:
                continue  # it was not shown there
            where = left_out if len(came_or_went) < k else not_counted
            where.setdefault(after.party, set()).add(item)
    return EarlierShown(_frozen(left_out), _frozen(not_counted))


def _frozen(items: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {party: frozenset(names) for party, names in items.items()}


def _who_answered(view: PartySheets) -> dict[str, set[str]]:
    """Item -> the people who count in its figures."""
    people: dict[str, set[str]] = {}
    for sheet in view.sheets:
        for item, answer in sheet.answers.items():
            if answer.value != PREFER_NOT:
                people.setdefault(item, set()).add(sheet.participant)
    return people


def _changes(session: Session, earlier: Groups, now: Groups) -> Iterator[tuple[str, int]]:
    """Every present party that differs from an earlier one, and by how many people.

    Every earlier party is compared with every present one that shares people with it. People who
    were erased since are left out of the earlier one: their going is allowed to be seen, because
    a report after erasure is to be the one in which they never were.
    """
    for was, before in earlier.items():
        known = {code: mark for code, mark in before.items() if code in session.party_of}
        for party, people in now.items():
            if was.startswith(RECOGNISABLE) and party.startswith(RECOGNISABLE):
                continue
            changed = _changed(known, people)
            if changed and known.keys() & people.keys():
                yield party.removeprefix(RECOGNISABLE), len(changed)


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    return {code for code in {*before, *after} if before.get(code) != after.get(code)}
