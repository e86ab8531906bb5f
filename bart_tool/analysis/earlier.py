"""Two reports of one round, laid side by side, must not show what one person said.

Whoever holds the report of before and after one answer can subtract them. So what a report was
made from is remembered, per group and without answers, and a group that changed by fewer than k
people since is held back from the next one (method.md section 5).
"""

import hashlib
from collections.abc import Mapping

from bart_tool.analysis.visibility import views
from bart_tool.domain.answer import Sheet
from bart_tool.domain.picture import Picture, fingerprints
from bart_tool.domain.session import Session

# A group as shown (a party, or `others`) -> participant code -> mark of the sheet's answers.
Groups = Mapping[str, Mapping[str, str]]


def groups(
    session: Session, picture: Picture, held_back: frozenset[str] = frozenset()
) -> dict[str, dict[str, str]]:
    """What every party that is shown as a group is made of."""
    return {
        view.party: {sheet.participant: mark(sheet) for sheet in view.sheets}
        for view in views(session, picture, held_back)
        if view.visibility == "group"
    }


def mark(sheet: Sheet) -> str:
    """A mark of all that the sheet's answers say; no answer can be read from it."""
    marks = fingerprints(sheet)
    said = "\n".join(f"{item} {marks[item]}" for item in sorted(marks))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def to_hold_back(session: Session, earlier: Groups, now: Groups) -> frozenset[str]:
    """The groups whose figures, beside the earlier report's, would show what a few people said.

    Every earlier group is compared with every present one that shares people with it. People who
    were erased since are left out of the earlier one: their going is allowed to be seen, because
    a report after erasure is to be the one in which they never were.
    """
    held: set[str] = set()
    for before in earlier.values():
        known = {code: mark for code, mark in before.items() if code in session.party_of}
        for party, people in now.items():
            if known.keys() & people.keys() and 0 < len(_changed(known, people)) < session.k:
                held.add(party)
    return frozenset(held)


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    return {code for code in {*before, *after} if before.get(code) != after.get(code)}
