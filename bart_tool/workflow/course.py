"""How far sessions are, as read from what lies in them."""

from dataclasses import dataclass
from datetime import date

from bart_tool.domain.agreement import Agreement
from bart_tool.domain.course import Progress, Stage
from bart_tool.domain.days import Deadline
from bart_tool.domain.discussion import Discussion
from bart_tool.domain.session import Session
from bart_tool.errors import BartError, NotAllowed
from bart_tool.store import generated, sessions
from bart_tool.store.protocol import Store
from bart_tool.workflow import retention
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import Status, status


def stage_of(opened: OpenSession, now: Status | None = None, today: date | None = None) -> Stage:
    """How far the session is; `now` is its status where that was asked already."""
    known, session = now or status(opened), opened.session
    return Stage(
        said=session.phase,
        people=len(known.participants),
        due=tuple(each.code for each in known.missing),
        is_untouched=all(each.state == "not-started" for each in known.participants),
        has_conflicts=bool(known.conflicts),
        has_report=has_report(opened),
        talk=progress(opened, today),
        round=session.round,
        closed_on=session.closed_on,
        is_archived=session.archived,
    )


def has_report(opened: OpenSession) -> bool:
    """Whether a report was made that is still up to date."""
    return bool(generated.reports(opened.folder)) and not opened.session.report_out_of_date


def progress(opened: OpenSession, today: date | None = None) -> Progress:
    """How far the talk is. What cannot be read counts as not there: opening it says why."""
    discussion, agreed = _discussion(opened), _agreements(opened)
    now = today or date.today()
    return Progress(
        agreements=len(agreed),
        due=sum(each.is_due(now) for each in agreed),
        check_on=min((day for each in agreed if (day := each.look_again)), default=None),
        made_now=sum(each.round == opened.session.round for each in agreed),
        topics=len(discussion.talks),
        is_through=discussion.is_through,
        is_read_back=discussion.is_through and discussion.read_back,
        closed_on=discussion.closed_on,
    )


def _discussion(opened: OpenSession) -> Discussion:
    try:
        kept = opened.folder.discussion()
    except BartError:
        kept = None
    if kept is None or kept[0].round != opened.session.round:
        return Discussion(round=opened.session.round)
    return kept[0]


def _agreements(opened: OpenSession) -> tuple[Agreement, ...]:
    try:
        return opened.folder.agreements()[0].agreements
    except BartError:
        return ()


@dataclass(frozen=True)
class SessionLine:
    """One session among others. `to_erase`: when its answers must be erased, where that is near.

    `trouble` is why it cannot be opened; then nothing else is known.
    """

    name: str
    title: str = ""
    stage: Stage | None = None
    to_erase: Deadline | None = None
    trouble: BartError | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether it was put away; never where its answers must be erased soon."""
        return self.stage is not None and self.stage.is_archived and self.to_erase is None


def overview(store: Store, today: date | None = None) -> tuple[SessionLine, ...]:
    """Every session in `store`, by name. A session that cannot be read is named too."""
    now = today or date.today()
    return tuple(_line(store, name, now) for name in sessions.list_all(store))


def _line(store: Store, name: str, today: date) -> SessionLine:
    try:
        opened = open_session(store, name)
        stage = stage_of(opened, today=today)
    except BartError as error:
        return SessionLine(name, trouble=error)
    due = retention.to_erase(opened.folder, opened.session, today)
    return SessionLine(name, opened.session.title, stage, due)


def put_away(opened: OpenSession, *, away: bool = True) -> OpenSession:
    """Hide the session among the others, or show it again; nothing else of it changes.

    Raises NotAllowed while a round is open: people still answer in it.
    """

    def changed(now: Session) -> Session:
        if away and not now.phase.is_revealed:
            raise NotAllowed("put-away-while-open", session=now.session)
        return now.changed(archived=away)

    return opened.revised(changed)
