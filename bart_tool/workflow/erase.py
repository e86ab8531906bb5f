"""Taking one participant out of a session, everywhere it can be done."""

from dataclasses import dataclass

from bart_tool.errors import BadData, NotFound
from bart_tool.store import erasing, generated, rounds
from bart_tool.store.locations import safe_code
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow import forget
from bart_tool.workflow.open_session import OpenSession, party_in


@dataclass(frozen=True)
class Erased:
    """What is gone, and what may still speak of them; files as they are called in the session.

    `kept`: they speak of the person and of others; `unread`: nobody could see what stands in them;
    `edited`: reports that somebody edited, which may still quote. Only a person can tell what to
    do with these. `rounds`: the finished rounds of which a report is out of date now.
    """

    opened: OpenSession
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    unread: tuple[str, ...] = ()
    rounds: tuple[int, ...] = ()
    edited: tuple[str, ...] = ()


def erase(opened: OpenSession, code: str) -> Erased:
    """Remove everything by or about `code`, reports included: they may quote.

    A note of the code stays, so that nothing of theirs comes in again; who was erased before may
    be erased again. Killed half-way, the next start goes on. Raises NotFound when nothing was ever
    there, CannotWrite when a file cannot be removed, Busy.
    """
    home = opened.folder
    if not _is_known(opened.reread(), safe_code(code)):
        party_in(opened.session, code)
    forget.note(home, code)
    gone = forget.forget(home, code)
    places = (*rounds.all_kept(home), home)
    return Erased(
        opened.reread(),
        gone.removed,
        gone.kept,
        gone.unread,
        tuple(number for each in places[:-1] for number in _out_of_date(each)),
        tuple(n for f in places for n in forget.seen_from(home, f, generated.edited(f))),
    )


def _is_known(opened: OpenSession, code: str) -> bool:
    if code in {*opened.session.party_of, *opened.session.erased}:
        return True
    places = (opened.folder, *rounds.all_kept(opened.folder))
    return any(_takes_part(each, code) or erasing.is_named(each, code) for each in places)


def _takes_part(folder: StoredSession, code: str) -> bool:
    try:
        return code in folder.read()[0].party_of
    except BadData:  # nobody can say
        return True
    except NotFound:  # taken back meanwhile
        return False


def _out_of_date(folder: StoredSession) -> tuple[int, ...]:
    try:
        session = folder.read()[0]
    except (BadData, NotFound):  # it cannot be read, or was taken back meanwhile
        return ()
    return (session.round,) if session.report_out_of_date else ()
