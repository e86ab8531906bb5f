"""Who is shown, as what: the parties' visibility, decided once for everything that follows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bart_tool.domain.answer import Picture, Sheet, SheetStatus
from bart_tool.domain.findings import OTHERS, PartyFinding, Visibility
from bart_tool.domain.session import Party, Session


@dataclass(frozen=True, slots=True)
class PartySheets:
    """A party as it is shown, with the sheets that count for it; a withheld one has none here."""

    party: str
    kind: str
    invited: int
    visibility: Visibility
    sheets: tuple[Sheet, ...]
    is_counted: bool = True  # whether its people may be counted, and not only placed


def counted(picture: Picture) -> tuple[Sheet, ...]:
    """The sheets that count: handed in, by people who let theirs be used."""
    return tuple(
        sheet
        for sheet in picture.sheets
        if sheet.status is SheetStatus.SUBMITTED and sheet.consent != "none"
    )


def visibility_of(sheets: Iterable[Sheet], k: int) -> Visibility:
    """How a party with these counted sheets may be shown (docs/developer/method.md 5).

    `position` when every one chose so; else `group` from `k` people on; else `withheld`.
    """
    members = list(sheets)
    if all(sheet.consent == "position" for sheet in members):
        return "position"
    return "group" if len(members) >= k else "withheld"


def views(
    session: Session,
    picture: Picture,
    held_back: frozenset[str] = frozenset(),
    not_counted: frozenset[str] = frozenset(),
) -> tuple[PartySheets, ...]:
    """Every party of the session as it is shown, in the session's order.

    Withheld parties hold no sheets here, so nothing later can show them. Two or more of them
    that together reach k follow as the one party `others`. `held_back` names parties that are
    withheld for another reason: their answers would show beside an earlier report.
    They do not join `others`, where the same comparison would show them. Of the parties in
    `not_counted` a report says where they stand, and not how many people said what.
    """
    sheets: Mapping[str, list[Sheet]] = defaultdict(list)
    for sheet in counted(picture):
        sheets[session.party_of.get(sheet.participant, sheet.party)].append(sheet)
    shown: list[PartySheets] = []
    hidden: list[Party] = []
    for party in session.parties:
        members = tuple(sheets[party.id])
        visibility = visibility_of(members, session.k)
        if party.id in held_back or visibility == "withheld":
            if party.id not in held_back:
                hidden.append(party)
            shown.append(
                PartySheets(party.id, party.kind, session.invited(party.id), "withheld", ())
            )
        else:
            invited = session.invited(party.id)
            is_counted = party.id not in not_counted
            shown.append(
                PartySheets(party.id, party.kind, invited, visibility, members, is_counted)
            )
    together = tuple(sheet for party in hidden for sheet in sheets[party.id])
    if OTHERS not in held_back and len(hidden) >= 2 and len(together) >= session.k:
        invited = sum(session.invited(party.id) for party in hidden)
        is_counted = OTHERS not in not_counted
        shown.append(PartySheets(OTHERS, OTHERS, invited, "group", together, is_counted))
    return tuple(shown)


def party_findings(
    session: Session, picture: Picture, shown: Iterable[PartySheets]
) -> tuple[PartyFinding, ...]:
    """The parties with how many were invited and how many sheets count.

    For a withheld party the number who answered is given too: it says whether, not what.
    """
    answered: dict[str, int] = defaultdict(int)
    for sheet in counted(picture):
        answered[session.party_of.get(sheet.participant, sheet.party)] += 1
    return tuple(
        PartyFinding(
            view.party,
            view.kind,
            view.invited,
            len(view.sheets) if view.party == OTHERS else answered[view.party],
            view.visibility,
        )
        for view in shown
    )
