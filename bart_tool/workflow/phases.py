"""Closing the answering round, and opening it again."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bart_tool.disclosure.visibility import party_findings, views
from bart_tool.domain.findings import PartyFinding
from bart_tool.domain.picture import Picture
from bart_tool.domain.session import Phase
from bart_tool.errors import NotAllowed
from bart_tool.store import made_reports
from bart_tool.workflow.open_session import OpenSession, must_take_part, picture_of
from bart_tool.workflow.status import Presence, status_of


@dataclass(frozen=True)
class Closed:
    """A closed round: who is missing, how each party will be shown, and what is not settled yet.

    `conflicts`: (participant, item); until somebody settles them they count as unanswered.
    """

    opened: OpenSession
    missing: tuple[Presence, ...]
    parties: tuple[PartyFinding, ...]
    conflicts: tuple[tuple[str, str], ...]


def if_closed(opened: OpenSession) -> tuple[PartyFinding, ...]:
    """How each party would be shown if the round were closed now: whether, never what."""
    return _if_closed(opened, picture_of(opened).picture)


def _if_closed(opened: OpenSession, picture: Picture) -> tuple[PartyFinding, ...]:
    return party_findings(opened.session, picture, views(opened.session, picture))


def before_closing(opened: OpenSession) -> Closed:
    """What closing the round now would mean; nothing changes.

    Raises NotAllowed when it is not open.
    """
    if opened.session.phase is not Phase.ANSWERING:
        raise NotAllowed("not-open", session=opened.session.session)
    merged = picture_of(opened)
    now = status_of(opened, merged)
    return Closed(opened, now.missing, _if_closed(opened, merged.picture), now.conflicts)


def close(opened: OpenSession) -> Closed:
    """End the answering round. Raises NotAllowed when it is not open."""
    meaning = before_closing(opened)
    closed = opened.saved(opened.session.changed(phase=Phase.CLOSED, reopened=()))
    return replace(meaning, opened=closed)


def begin_discussing(opened: OpenSession) -> OpenSession:
    """The parties sit together now. Raises NotAllowed before the round is closed."""
    phase = opened.session.phase
    if not phase.is_revealed:
        raise NotAllowed("not-closed-yet", session=opened.session.session)
    if phase is not Phase.CLOSED:
        return opened
    return opened.saved(opened.session.changed(phase=Phase.DISCUSSING))


def reopen(opened: OpenSession, codes: Collection[str] = ()) -> OpenSession:
    """Open the answering round, or open it again; an earlier report is then out of date.

    Who handed in stays so, but those in `codes` may change their sheet until the round is closed;
    for them the round may also be open still. Raises NotFound for somebody who is not in the
    session, NotAllowed when there is nothing to open.
    """
    session = opened.session
    for code in codes:
        must_take_part(opened, code)
    if session.phase is Phase.ANSWERING and not codes:
        raise NotAllowed("not-closed", session=session.session)
    stale = session.report_out_of_date or bool(made_reports.names(opened.folder))
    return opened.saved(
        session.changed(
            phase=Phase.ANSWERING,
            report_out_of_date=stale,
            reopened=tuple(sorted({*session.reopened, *codes})),
        )
    )
