"""Taking one participant out of a session, everywhere it can be done."""

from dataclasses import dataclass, replace

from bart_tool.domain.session import Session
from bart_tool.errors import BadData
from bart_tool.store import erasing, generated, rounds
from bart_tool.store.locations import SESSION_FILE
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow.open_session import OpenSession, party_in

# Where a copy may lie that no program here can reach; the words are in the catalogue.
NOT_REACHED = ("mail", "sync-history", "bart-backups", "backups", "printed")


@dataclass(frozen=True)
class Erased:
    """What is gone, what could not be changed, as named in the session, and where copies may lie.

    `rounds`: the finished rounds of which a report is out of date now. `edited`: reports that
    somebody edited, which may still quote; only a person can tell.
    """

    opened: OpenSession
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    rounds: tuple[int, ...] = ()
    edited: tuple[str, ...] = ()
    not_reached: tuple[str, ...] = NOT_REACHED


def erase(opened: OpenSession, code: str) -> Erased:
    """Remove everything by or about `code`, reports included: they may quote.

    The session forgets the participant last, so that erasing half-way can be done again. Raises
    NotFound when nothing was there, CannotWrite when a file cannot be removed.
    """
    opened.folder.store.sweep("")  # a killed restore may have left their sheet there
    earlier = rounds.all_kept(opened.folder)
    comparisons: tuple[str, ...] = ()
    if code in opened.session.party_of or any(_takes_part(folder, code) for folder in earlier):
        # First: they are made of several rounds, and killed half-way none would know of them.
        for folder in (opened.folder, *earlier):
            found = generated.remove_comparisons(folder)
            comparisons = (*comparisons, *_seen_from(opened.folder, folder, found))
    gone = [_from_round(folder, code) for folder in earlier]
    place, now = _from(_Place(opened.folder, opened.session, opened.fingerprint), code)
    parts = (*zip(earlier, gone, strict=True), (opened.folder, now))
    if code not in opened.session.party_of and not any(part.removed for _, part in parts):
        party_in(opened.session, code)
    at = opened.folder
    return Erased(
        replace(opened, session=place.session, fingerprint=place.fingerprint),
        (*(each for f, part in parts for each in _seen_from(at, f, part.removed)), *comparisons),
        tuple(each for f, part in parts for each in _seen_from(at, f, part.kept)),
        tuple(part.round for part in gone if part.is_stale),
        tuple(each for f, _ in parts for each in _seen_from(at, f, generated.edited(f))),
    )


def _seen_from(
    session: StoredSession, part: StoredSession, names: tuple[str, ...]
) -> tuple[str, ...]:
    """The files `names` of a round that lies in `session`, as they are called there."""
    above = part.at.removeprefix(session.at).removeprefix("/")
    return tuple(f"{above}/{name}" if above else name for name in names)


@dataclass(frozen=True)
class _Place:
    """A round to erase somebody from: the one of now, or one that was finished."""

    folder: StoredSession
    session: Session
    fingerprint: str

    def saved(self, session: Session) -> "_Place":
        return _Place(self.folder, session, self.folder.save(session, self.fingerprint))


@dataclass(frozen=True)
class _Gone:
    """What was removed from one round. `is_stale`: a report of it is out of date now."""

    removed: tuple[str, ...]
    kept: tuple[str, ...]
    round: int = 0
    is_stale: bool = False


def _takes_part(folder: StoredSession, code: str) -> bool:
    try:
        return code in folder.read()[0].party_of
    except BadData:  # nobody can say
        return True


def _from_round(folder: StoredSession, code: str) -> _Gone:
    try:
        session, fingerprint = folder.read()
    except BadData:  # its list of people must be changed by hand; everything else need not wait
        gone = erasing.erase(folder, code)
        return _Gone(gone.removed, (*gone.kept, SESSION_FILE))
    return _from(_Place(folder, session, fingerprint), code)[1]


def _from(place: _Place, code: str) -> tuple[_Place, _Gone]:
    was_there = code in place.session.party_of
    if was_there:
        # Written down first: interrupted half-way, the reports may be gone and nobody would know.
        place = _out_of_date(place)
    gone = erasing.erase(place.folder, code)
    if not was_there and not gone.removed:
        return place, _Gone((), gone.kept, place.session.round)
    place = _out_of_date(place)
    session = place.session
    groups = generated.read_groups(place.folder)
    if any(code in people for people in groups.values()):
        left = {p: {c: m for c, m in people.items() if c != code} for p, people in groups.items()}
        generated.write_groups(place.folder, left)
    reports = generated.remove_reports(place.folder)
    others = tuple(each for each in session.participants if each.code != code)
    reopened = tuple(each for each in session.reopened if each != code)
    if (others, reopened) != (session.participants, session.reopened):
        place = place.saved(session.changed(participants=others, reopened=reopened))
    session = place.session
    removed = (*gone.removed, *reports)
    return place, _Gone(removed, gone.kept, session.round, session.report_out_of_date)


def _out_of_date(place: _Place) -> _Place:
    """The session with its reports, if there are any, marked as out of date."""
    if not generated.reports(place.folder) or place.session.report_out_of_date:
        return place
    return place.saved(place.session.changed(report_out_of_date=True))
