"""One session opened, with everything the verbs need to know of it."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from bart_tool.domain.checks import check_sheet, check_with_sets
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Phase, Session
from bart_tool.domain.sheet import Sheet
from bart_tool.errors import (
    BadData,
    BartError,
    Busy,
    NotAllowed,
    NotFound,
    Problem,
    Severity,
    Where,
)
from bart_tool.store import generated, locations, rounds, sessions
from bart_tool.store.protocol import Store
from bart_tool.store.stored_session import StoredSession


@dataclass(frozen=True)
class OpenSession:
    """A session as it was read: `fingerprint` is what saving it again asks for.

    `question_set` is what this round asks, the session's own decisions and questions included;
    `known` also holds what another round asked. `home` is where the session itself lies when this
    is a finished round of it, and else the same as `folder`.
    """

    folder: StoredSession
    session: Session
    fingerprint: str
    question_set: QuestionSet
    known: QuestionSet
    home: StoredSession

    def reread(self) -> "OpenSession":
        """The session as it is now: a screen may have lain open for a whole meeting."""
        return self if self._is_as_read() else self._with(*self.folder.read())

    @contextmanager
    def held(self) -> Iterator["OpenSession"]:
        """The session as it is now and stays while this lasts: who closes it or erases, waits.

        What is made of answers is saved within, so that it is saved before the round closes or
        not at all. The session itself cannot be. Raises Busy when another holds it for long.
        """
        with self.folder.store.lock(self.folder.named(locations.SESSION_FILE)):
            yield self.reread()

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """The session held, and still as it was read: what was made of it may be written.

        Raises Busy when somebody saved it since, and as `held`.
        """
        with self.held() as now:
            if now.fingerprint != self.fingerprint:
                raise Busy("changed-since-read", file=locations.SESSION_FILE)
            yield

    def revised(self, change: Callable[[Session], Session]) -> "OpenSession":
        """Save what `change` makes of the session as it is now, whoever saved it since.

        Raises what `change` raises, and Busy when others go on saving it.
        """
        return self._with(*self.folder.revise(change))

    def saved(self, session: Session) -> "OpenSession":
        """Save `session` in place of this one. Raises Busy when somebody else changed it."""
        return self._with(session, self.folder.save(session, self.fingerprint))

    def _is_as_read(self) -> bool:
        stored = self.folder.content(locations.SESSION_FILE)
        return stored is not None and stored.fingerprint == self.fingerprint

    def _with(self, session: Session, fingerprint: str) -> "OpenSession":
        opened = replace(self, session=session, fingerprint=fingerprint)
        if _what_is_own(session) == _what_is_own(self.session):
            return opened
        asked, known = session.asked_and_known(self.folder.set_as_filed())
        return replace(opened, question_set=asked, known=known)


def drawn_id() -> str:
    """An id that no other session has."""
    return secrets.token_hex(8)


def with_id(session: Session) -> Session:
    """The session with an id, drawn where it has none: whoever knows it knows nothing else."""
    return session if session.id else session.changed(id=drawn_id())


def identified(opened: OpenSession) -> OpenSession:
    """The session, or the round of one, with the session's id, saved where it had none.

    Raises CannotWrite or Busy.
    """
    if opened.session.id:
        return opened
    session_id = opened.home.revise(with_id)[0].id
    return opened.revised(lambda session: session.changed(id=session_id))


def _what_is_own(session: Session) -> tuple[object, ...]:
    return session.parties, session.decisions, session.questions, session.scales, session.asked


def open_session(store: Store, name: str) -> OpenSession:
    """The session `name` in `store`.

    Erasing that was killed half-way goes on first. Raises NotFound when there is none, BadData
    when its files do not fit together.
    """
    folder = sessions.find(store, name)
    opened = session_at(folder)
    if not opened.session.erasing:
        return opened
    from bart_tool.workflow import forget  # seldom: nobody else waits for it

    with suppress(BartError):  # busy or refused: the next start tries again, and doctor says so
        forget.go_on(folder)
    return opened.reread()


def with_notes_heeded(opened: OpenSession) -> tuple[OpenSession, tuple[Problem, ...]]:
    """The session saved as it is read, where its file says otherwise, and what is to be told.

    Nothing is told twice, unless it cannot be saved. A report of before is then out of date. What
    versions before 0.2.0 kept beside a report is removed.
    """
    notes = opened.folder.notes()
    if notes:
        is_old = opened.session.report_out_of_date or bool(generated.made(opened.folder))
        with suppress(BartError):
            opened = opened.saved(opened.session.changed(report_out_of_date=is_old))
    return opened, (*notes, *_without_earlier(opened.folder))


def _without_earlier(folder: StoredSession) -> Iterator[Problem]:
    """Remove the marks that older versions kept beside a report, and say so."""
    removed = []
    with suppress(BartError):  # nothing may be changed here: the next one who may removes them
        for each in (folder, *rounds.all_kept(folder)):
            removed += [each] if generated.remove_earlier(each) else []
    if removed:
        yield Problem("earlier-marks-removed", severity=Severity.NOTE)


def session_at(folder: StoredSession, home: StoredSession | None = None) -> OpenSession:
    """The session, or the finished round of that in `home`, that lies in `folder`.

    Raises as `open_session`.
    """
    session, fingerprint = folder.read()
    as_filed = folder.set_as_filed()
    asked, known = session.asked_and_known(as_filed)
    problems = check_with_sets(session, as_filed, asked, known)
    wrong = [problem for problem in problems if problem.severity is Severity.ERROR]
    if wrong:
        placed = tuple(problem.in_file(locations.SESSION_FILE) for problem in wrong)
        raise BadData("bad-file", placed, file=locations.SESSION_FILE)
    return OpenSession(folder, session, fingerprint, asked, known, home or folder)


def round_named(opened: OpenSession, number: int) -> OpenSession:
    """The session as it was in round `number`, or as it is when that is the round of now.

    A finished round is there to be read. Raises NotFound when there is no such round, BadData when
    its files do not fit together.
    """
    if number == opened.session.round:
        return opened
    if not 0 < number < opened.session.round:
        names = ", ".join(map(str, rounds_of(opened)))
        raise NotFound("no-such-round", session=opened.session.session, round=number, rounds=names)
    found = session_at(rounds.finished(opened.home, number), opened.home)
    if (found.session.session, found.session.round) != (opened.session.session, number):
        raise BadData("round-of-another", round=number)
    return found


def earlier_rounds(opened: OpenSession) -> tuple[OpenSession, ...]:
    """Every finished round that is kept, the first one first. Raises as `round_named`.

    One may be gone: its answers need not be kept for ever.
    """
    kept = {stored.name for stored in rounds.all_kept(opened.home)}
    numbers = (number for number in range(1, opened.session.round) if str(number) in kept)
    return tuple(round_named(opened, number) for number in numbers)


def rounds_of(opened: OpenSession) -> tuple[int, ...]:
    """The numbers of the session's rounds, the one of now last."""
    return tuple(range(1, opened.session.round + 1))


def must_be_closed(opened: OpenSession) -> None:
    """Raises NotAllowed before the round is closed: nothing is compared or agreed till then."""
    if not opened.session.phase.is_revealed:
        raise NotAllowed("not-closed-yet", session=opened.session.session)


def must_take_in(session: Session) -> None:
    """Raises NotAllowed unless the round is open: after it no answers come in."""
    if session.phase is not Phase.ANSWERING:
        raise NotAllowed("gather-not-open", session=session.session)


def must_take_part(opened: OpenSession, code: str) -> str:
    """The party of `code`. Raises NotFound, with the codes there are, for who is not invited."""
    return party_in(opened.session, locations.safe_code(code))


def party_in(session: Session, code: str) -> str:
    """The party of `code` in `session`. Raises NotFound, with the codes there are."""
    party = session.party_of.get(code)
    if party is None and code in session.erased:
        raise NotFound("participant-erased", code=code, session=session.session)
    if party is None:
        names = ", ".join(session.party_of)
        raise NotFound("no-such-participant", code=code, session=session.session, names=names)
    return party


def not_ours(opened: OpenSession, sheet: Sheet) -> Problem | None:
    """Why `sheet` cannot be used in this session, if so."""
    session, code = opened.session, sheet.participant
    where = Where(f"{code}.yaml")
    if sheet.session != session.session:
        return Problem("sheet-other-session", where, {"name": sheet.session})
    if sheet.session_id and sheet.session_id != session.id:
        return Problem("sheet-other-of-name", where, {"name": sheet.session})
    if sheet.round != session.round:
        return Problem("sheet-other-round", where, {"round": str(sheet.round)})
    if (sheet.question_set, sheet.question_set_hash) != (
        session.question_set,
        session.question_set_hash,
    ):
        return Problem("sheet-other-questions", where, {"name": sheet.question_set})
    if code in session.erased:
        return Problem("sheet-of-erased", where, {"code": code})
    if code not in session.party_of:
        return Problem("sheet-of-a-stranger", where, {"code": code})
    if sheet.party != session.party_of[code]:
        return Problem("sheet-other-party", where, {"code": code})
    return None


def with_fitting_answers(opened: OpenSession, sheet: Sheet) -> tuple[Sheet, tuple[Problem, ...]]:
    """The sheet without the answers that do not fit the set, and which these are."""
    kind = opened.session.kind_of[sheet.party]
    problems = check_sheet(opened.question_set, kind, sheet)
    bad = {problem.where.item for problem in problems if problem.severity is Severity.ERROR}
    placed = tuple(problem.in_file(f"{sheet.participant}.yaml") for problem in problems)
    if not bad:
        return sheet, placed
    kept = {key: answer for key, answer in sheet.answers.items() if key not in bad}
    return sheet.model_copy(update={"answers": kept}), placed
