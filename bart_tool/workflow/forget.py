"""Forgetting somebody who is erased: everything that goes, step by step, and going on with it.

First session.yaml says that they are erased, so that nothing of them is saved any more; then every
step is taken in every round; then session.yaml says that nothing is left to do. Killed anywhere in
between, the next start goes on.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress

from bart_tool.domain.session import Session
from bart_tool.errors import BadData
from bart_tool.store import erasing, generated, marks, pins, rounds, views
from bart_tool.store.erasing import ErasedFiles
from bart_tool.store.locations import SESSION_FILE
from bart_tool.store.stored_session import StoredSession

Step = Callable[[StoredSession, str], ErasedFiles]


def _comparisons(folder: StoredSession, _: str) -> ErasedFiles:
    return ErasedFiles(generated.remove_comparisons(folder))


def _reports(folder: StoredSession, _: str) -> ErasedFiles:
    gone = generated.remove_reports(folder)  # they may quote
    if gone:  # also one that somebody made since the erasing was noted
        with suppress(BadData):
            folder.revise(lambda session: session.changed(report_out_of_date=True))
    return ErasedFiles(gone)


# Each may be taken again; all are taken in the round of now and in every finished one.
STEPS: tuple[Step, ...] = (_comparisons, erasing.erase, _reports)


def note(folder: StoredSession, code: str) -> tuple[Session, str]:
    """Write down in a round that `code` is erased, and that a report of it is out of date.

    From here on nothing of theirs is saved. Gives the session and its fingerprint.
    """

    def noted(session: Session) -> Session:
        is_old = session.report_out_of_date or bool(generated.made(folder))
        return session.without(code).changed(report_out_of_date=is_old)

    folder.revise(noted)
    return folder.revise(noted)  # of a report that was written just before it was noted, too


def forget(home: StoredSession, code: str) -> ErasedFiles:
    """Take every step for `code`, whose erasing was noted; files as they are called in the session.

    Raises CannotWrite or Busy; then it can be done again.
    """
    home.store.sweep("")  # a killed restore may have left their sheet there
    rounds.sweep(home, home.read()[0].round)
    gone = ErasedFiles()
    with rounds.held(home):
        finished = rounds.all_kept(home)
        places = (*finished, home)
        for folder in finished:  # before any view is put out of date: none is made with them in it
            gone += _in_session(home, folder, _noted(folder, code))
        for folder in places:  # while their marks still tell of which party they are
            views.forget_open(home, folder, code)
        for folder in places:
            gone += _in_session(home, folder, _from_round(home, folder, code))
    marks.forget(home, code)
    pins.forget(home, code)
    home.revise(lambda session: _done(session, code))
    return gone


def go_on(home: StoredSession) -> ErasedFiles:
    """Finish all erasing that was begun in the session. Raises as `forget`."""
    gone = ErasedFiles()
    for code in home.read()[0].erasing:
        gone += forget(home, code)
    return gone


def _noted(folder: StoredSession, code: str) -> ErasedFiles:
    try:
        note(folder, code)
    except BadData:  # its list of people must be changed by hand; the rest need not wait
        return ErasedFiles(kept=(SESSION_FILE,))
    return ErasedFiles()


def _from_round(home: StoredSession, folder: StoredSession, code: str) -> ErasedFiles:
    gone = ErasedFiles()
    for step in STEPS:
        gone += step(folder, code)
    if folder.at != home.at:
        with suppress(BadData):
            folder.revise(lambda session: _done(session, code))
    return gone


def _done(session: Session, code: str) -> Session:
    return session.changed(erasing=tuple(each for each in session.erasing if each != code))


def _in_session(home: StoredSession, part: StoredSession, files: ErasedFiles) -> ErasedFiles:
    each = (files.removed, files.kept, files.unread)
    return ErasedFiles(*(seen_from(home, part, names) for names in each))


def seen_from(home: StoredSession, part: StoredSession, names: Iterable[str]) -> tuple[str, ...]:
    """The files `names` of a round that lies in the session `home`, as they are called there."""
    above = part.at.removeprefix(home.at).removeprefix("/")
    return tuple(f"{above}/{name}" if above else name for name in names)
