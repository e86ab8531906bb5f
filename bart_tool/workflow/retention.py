"""How long answers are kept: the day by which they must be erased, and whether that is near."""

from datetime import date

from bart_tool.domain.days import Deadline, near
from bart_tool.domain.session import Session
from bart_tool.errors import BartError, Problem, Where, WrongUse
from bart_tool.store import rounds
from bart_tool.store.locations import CONFLICTS, DAMAGED, SHEETS
from bart_tool.store.protocol import is_temporary
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow.open_session import OpenSession


def past(day: date | None, today: date) -> tuple[Problem, ...]:
    """Why answers cannot be kept until `day`: it has gone by. Nothing is wrong with none."""
    if day is None or day >= today:
        return ()
    return (Problem("keep-until-past", Where(item="keep_until"), {"date": day.isoformat()}),)


def keep_answers_until(opened: OpenSession, day: date, today: date | None = None) -> OpenSession:
    """Note that the answers are erased by `day`. Raises WrongUse when that has gone by."""
    if past(day, today or date.today()):
        raise WrongUse("keep-until-past", date=day.isoformat())
    return opened.revised(lambda now: now.changed(keep_until=day))


def to_erase(folder: StoredSession, session: Session, today: date) -> Deadline | None:
    """The day by which the answers in `folder` must be erased, where it nears or has passed.

    None where nobody's answers lie there, or that day is far off.
    """
    due = near(session.keep_until, today)
    return due if due and _has_answers(folder) else None


def _has_answers(folder: StoredSession) -> bool:
    """Whether anything that came in lies there, of this round or a finished one."""
    try:
        return any(
            not is_temporary(name)
            for place in (folder, *rounds.all_kept(folder))
            for inside in (SHEETS, CONFLICTS, DAMAGED)
            for name in place.names(inside)
        )
    except BartError:  # nobody can say
        return True
