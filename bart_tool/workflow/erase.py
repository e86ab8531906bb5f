"""Taking one participant out of a session, everywhere it can be done."""

from dataclasses import dataclass
from pathlib import Path

from bart_tool.store import made_reports
from bart_tool.workflow.desk import Desk, party_in

# Where a copy may lie that no program here can reach; the words are in the catalogue.
NOT_REACHED = ("mail", "sync-history", "backups", "printed")


@dataclass(frozen=True)
class Erased:
    """What is gone, what could not be changed, and where copies may still lie."""

    desk: Desk
    removed: tuple[Path, ...]
    kept: tuple[Path, ...]
    not_reached: tuple[str, ...] = NOT_REACHED


def erase(desk: Desk, code: str) -> Erased:
    """Remove everything by or about `code`, reports included: they may quote.

    The session forgets the participant last, so that erasing half-way can be done again. Raises
    NotFound when nothing was there, CannotWrite when a file cannot be removed.
    """
    takes_part = code in desk.session.party_of
    if takes_part:
        # Written down first: interrupted half-way, the reports may be gone and nobody would know.
        desk = _out_of_date(desk)
    gone = desk.folder.erase(code)
    if not takes_part and not gone.removed:
        party_in(desk.session, code)
    desk = _out_of_date(desk)
    session = desk.session
    groups = made_reports.read_groups(desk.folder)
    if any(code in people for people in groups.values()):
        left = {p: {c: m for c, m in people.items() if c != code} for p, people in groups.items()}
        made_reports.write_groups(desk.folder, left)
    reports = made_reports.remove(desk.folder)
    others = tuple(each for each in session.participants if each.code != code)
    reopened = tuple(each for each in session.reopened if each != code)
    desk = desk.saved(session.changed(participants=others, reopened=reopened))
    return Erased(desk, (*gone.removed, *reports), gone.kept)


def _out_of_date(desk: Desk) -> Desk:
    """The session with its reports, if there are any, marked as out of date."""
    if not made_reports.names(desk.folder) or desk.session.report_out_of_date:
        return desk
    return desk.saved(desk.session.changed(report_out_of_date=True))
