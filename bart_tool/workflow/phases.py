"""Closing the answering round, and opening it again."""

from dataclasses import dataclass

from bart_tool.analysis.visibility import party_findings, views
from bart_tool.domain.findings import PartyFinding
from bart_tool.domain.session import Phase
from bart_tool.errors import NotAllowed
from bart_tool.store import made_reports
from bart_tool.workflow.desk import Desk, picture_of
from bart_tool.workflow.status import Presence, status


@dataclass(frozen=True)
class Closed:
    """A closed round: who is missing, and how each party will be shown."""

    desk: Desk
    missing: tuple[Presence, ...]
    parties: tuple[PartyFinding, ...]


def if_closed(desk: Desk) -> tuple[PartyFinding, ...]:
    """How each party would be shown if the round were closed now: whether, never what."""
    picture = picture_of(desk).picture
    return party_findings(desk.session, picture, views(desk.session, picture))


def close(desk: Desk) -> Closed:
    """End the answering round. Raises NotAllowed when it is not open."""
    if desk.session.phase is not Phase.ANSWERING:
        raise NotAllowed("not-open", session=desk.session.session)
    missing, parties = status(desk).missing, if_closed(desk)
    return Closed(desk.saved(desk.session.changed(phase=Phase.CLOSED)), missing, parties)


def reopen(desk: Desk) -> Desk:
    """Open the answering round again; an earlier report is then out of date.

    Raises NotAllowed when it was not closed.
    """
    if not desk.session.phase.is_revealed:
        raise NotAllowed("not-closed", session=desk.session.session)
    stale = desk.session.report_out_of_date or bool(made_reports.names(desk.folder))
    return desk.saved(desk.session.changed(phase=Phase.ANSWERING, report_out_of_date=stale))
