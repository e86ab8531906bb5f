"""Who is shown, as what: the parties' visibility, decided once for everything that follows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bart_tool.domain.findings import OTHERS, PartyFinding, Visibility
from bart_tool.domain.session import Party, Session
from bart_tool.domain.sheet import Picture, Sheet, SheetStatus


@dataclass(frozen=True, slots=True)
class PartySheets:
    """A party as it is shown, with the sheets that count for it; a withheld one has none here."""

    party: str
    kind: str
    invited: int
    visibility: Visibility
    sheets: tuple[Sheet, ...]


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


def shown_parties(session: Session, picture: Picture) -> tuple[PartySheets, ...]:
    """Every party of the session as it is shown, in the session's order.

    Withheld parties hold no sheets here, so nothing later can show them. Two or more of them
    that together reach k follow as the one party `others`.
    """
    sheets: Mapping[str, list[Sheet]] = defaultdict(list)
    for sheet in counted(picture):
        sheets[session.party_of.get(sheet.participant, sheet.party)].append(sheet)
    shown: list[PartySheets] = []
    hidden: list[Party] = []
    for party in session.parties:
        members = tuple(sheets[party.id])
        visibility, invited = visibility_of(members, session.k), session.invited(party.id)
        if visibility == "withheld":
            hidden.append(party)
            members = ()
        shown.append(PartySheets(party.id, party.kind, invited, visibility, members))
    together = tuple(sheet for party in hidden for sheet in sheets[party.id])
    if len(hidden) >= 2 and len(together) >= session.k:
        invited = sum(session.invited(party.id) for party in hidden)
        shown.append(PartySheets(OTHERS, OTHERS, invited, "group", together))
    return tuple(shown)


def party_findings(shown: Iterable[PartySheets]) -> tuple[PartyFinding, ...]:
    """The parties with how many were invited and how many sheets count; of a withheld one none."""
    return tuple(
        PartyFinding(each.party, each.kind, each.invited, len(each.sheets), each.visibility)
        for each in shown
    )
