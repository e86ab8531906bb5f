"""The answering round: who has answered and never what, closing it, and opening it again."""

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bart_tool.domain.findings import PartyFinding
from bart_tool.domain.session import Party, Phase, Session
from bart_tool.domain.sheet import SheetStatus
from bart_tool.errors import BartError, NotAllowed, Problem
from bart_tool.store import generated, pins
from bart_tool.workflow.findings import at_closing, put_out_of_date, view_there
from bart_tool.workflow.merging import LastLook, Reading, reading_of
from bart_tool.workflow.open_session import OpenSession, must_be_closed, must_take_part

State = Literal["not-started", "draft", "submitted"]
Shown = Literal["not-started", "draft", "submitted", "reopened"]


@dataclass(frozen=True, slots=True)
class Presence:
    """Where one participant is with their sheet.

    `reopened`: it was handed in, counts as it is, and they may change it until they hand in again.
    """

    code: str
    party: str
    state: State
    reopened: bool = False

    @property
    def shown(self) -> Shown:
        """The state as people are told it, by its id among the labels."""
        return "reopened" if self.reopened else self.state


@dataclass(frozen=True)
class Status:
    """How a session stands.

    `conflicts`: (participant, item) that a person must settle; none are told before closing, for
    they would say whether two answers are the same.
    """

    session: str
    phase: Phase
    parties: tuple[Party, ...]
    participants: tuple[Presence, ...]
    conflicts: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]

    def of_party(self, party: str) -> tuple[Presence, ...]:
        """The participants of the party with this id, in the order of their codes."""
        return tuple(each for each in self.participants if each.party == party)

    @property
    def missing(self) -> tuple[Presence, ...]:
        """Those who have not handed in."""
        return tuple(each for each in self.participants if each.state != "submitted")

    @property
    def at_work(self) -> tuple[Presence, ...]:
        """Those who may answer now: they did not hand in, or their sheet was opened again."""
        return tuple(each for each in self.participants if each.shown != "submitted")


def status(opened: OpenSession, last: LastLook | None = None) -> Status:
    """Who has handed in, who has begun, who has not.

    With `last`, for who only looks, again and again: sheets that look as they did are not read.
    """
    return _status(opened, reading_of(opened, last))


def _status(opened: OpenSession, reading: Reading) -> Status:
    conflicts = reading.conflicts if opened.session.phase.is_revealed else ()
    return Status(
        session=opened.session.session,
        phase=opened.session.phase,
        parties=opened.session.parties,
        participants=tuple(
            Presence(code, party, _state(reading.states.get(code)), code in opened.session.reopened)
            for code, party in opened.session.party_of.items()
        ),
        conflicts=tuple((each.participant, each.item) for each in conflicts),
        problems=reading.problems,
    )


def _state(status: SheetStatus | None) -> State:
    if status is None:
        return "not-started"
    return "submitted" if status is SheetStatus.SUBMITTED else "draft"


def in_view(opened: OpenSession) -> tuple[PartyFinding, ...]:
    """How each party is shown, once the round is closed and that was published; else nothing.

    It makes no view: whoever asks for the outcomes does.
    """
    view = view_there(opened) if opened.session.phase.is_revealed else None
    return view.parties if view else ()


# Closing and opening


@dataclass(frozen=True)
class BeforeClosing:
    """What closing the round now would mean: who is missing, and of which parties few handed in.

    `reopened`: whose sheet was opened again and not handed in since; it counts as it stands.
    `few`: parties of which somebody handed in, and fewer than may be shown as a group. Whether
    anybody in them wants to be shown only so stands in the sheets, and is not told before closing.
    """

    missing: tuple[Presence, ...]
    reopened: tuple[Presence, ...]
    few: tuple[Party, ...]


@dataclass(frozen=True)
class Closed:
    """A closed round: who is missing, how each party is shown, and what is not settled yet.

    `reopened`: as before closing.
    `conflicts`: (participant, item); until somebody settles them they count as unanswered. While
    there are any the parties are not known yet.
    """

    opened: OpenSession
    missing: tuple[Presence, ...]
    reopened: tuple[Presence, ...]
    parties: tuple[PartyFinding, ...]
    conflicts: tuple[tuple[str, str], ...]


def before_closing(opened: OpenSession) -> BeforeClosing:
    """What closing the round now would mean; nothing changes.

    Raises NotAllowed when it is not open.
    """
    if opened.session.phase is not Phase.ANSWERING:
        raise NotAllowed("not-open", session=opened.session.session)
    now = status(opened)
    done = Counter(each.party for each in now.participants if each.state == "submitted")
    few = tuple(p for p in opened.session.parties if 0 < done[p.id] < opened.session.k)
    return BeforeClosing(now.missing, _counted_of(now, opened.session.reopened), few)


def _counted_of(now: Status, codes: Collection[str]) -> tuple[Presence, ...]:
    """Those in `codes` who have handed in."""
    return tuple(e for e in now.participants if e.code in codes and e.state == "submitted")


def close(opened: OpenSession, today: date | None = None) -> Closed:
    """End the answering round, and make its published view unless answers are to be settled first.

    Raises NotAllowed when it is not open, CannotWrite; doing it again, or asking for the report,
    goes on.
    """
    if opened.session.phase is not Phase.ANSWERING:
        raise NotAllowed("not-open", session=opened.session.session)
    put_out_of_date(opened)
    closed = opened.saved(
        opened.session.changed(phase=Phase.CLOSED, reopened=(), closed_on=today or date.today())
    )
    with suppress(BartError):  # the phase refuses every link; opening again tries once more
        pins.end(closed.home)
    reading, view = at_closing(closed)
    now = _status(closed, reading)
    reopened = _counted_of(now, opened.session.reopened)
    return Closed(closed, now.missing, reopened, view.parties if view else (), now.conflicts)


def begin_discussing(opened: OpenSession) -> OpenSession:
    """The parties sit together now. Raises NotAllowed before the round is closed."""
    must_be_closed(opened)
    if opened.session.phase is not Phase.CLOSED:
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
    changed = tuple(sorted({*session.reopened, *codes}))
    session = session.changed(archived=False, reopened=changed)
    if session.phase is Phase.ANSWERING:
        # A report of this round was called out of date when it was opened. What lies there else is
        # of the round before, of somebody who takes this one back.
        return opened.saved(session)
    pins.end(opened.home)  # cards of before it was closed stay dead
    again = opened.saved(
        _with_report_out_of_date(opened, session).changed(phase=Phase.ANSWERING, closed_on=None)
    )
    # One may have been written just before it was saved; after it none can be.
    return again.revised(lambda now: _with_report_out_of_date(again, now))


def _with_report_out_of_date(opened: OpenSession, session: Session) -> Session:
    stale = session.report_out_of_date or bool(generated.made(opened.folder))
    return session.changed(report_out_of_date=stale)
