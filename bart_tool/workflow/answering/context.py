"""What one participant needs to answer: what is asked of them, and where their one sheet lies.

The sheet lies in the session's folder, or loose in a file that is taken in later.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bart_tool.domain.base import Language
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.route import Invitation
from bart_tool.domain.session import Phase, Session
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.domain.turned import as_met_by
from bart_tool.errors import (
    BadData,
    BartError,
    Busy,
    NotAllowed,
    NotFound,
    Problem,
    Severity,
    WrongUse,
)
from bart_tool.store import atomic, locations, plain_file, sheets
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow.answering.lock import Lock
from bart_tool.workflow.open_session import (
    OpenSession,
    must_take_part,
    not_ours,
    party_in,
    with_fitting_answers,
)
from bart_tool.workflow.prepare import usable_set
from bart_tool.workflow.session_draft import code_of

Read = Callable[[], tuple[Sheet, str] | None]
Save = Callable[[Sheet, str | None], str]
Held = Callable[[], AbstractContextManager[OpenSession]]


@dataclass(frozen=True, kw_only=True)
class AnswerContext(Invitation):
    """What one participant needs to answer: their invitation, and how their sheet is kept.

    `read` gives the sheet and its fingerprint, None before the first answer; `save` takes the
    fingerprint that was read and gives the new one. `glance` reads only what looks as if it is not
    as it was: saving tells whether it is. `file` is the loose sheet, if it is one; `lock`
    what opens a sheet in a session, and whoever shows that sheet asks it first.
    """

    read: Read
    save: Save
    glance: Read | None = None
    file: Path | None = None
    lock: Lock | None = None

    def pin_lock(self) -> Lock | None:
        """What a PIN must open before this sheet is shown; None where nothing must.

        Raises NotAllowed for a sheet that stays shut, and what reading it raises.
        """
        if self.lock is None or self.lock.asks_pin:
            return self.lock
        found = self.read()
        self.lock.must_open(found[0] if found else None)
        return None

    def moved_to(self, file: Path) -> "AnswerContext":
        """The same with its sheet in a loose file: for when the folder refuses."""
        path = _loose_path(file)
        read, save = _reader(path, self.code), _saver(path)
        return replace(self, read=read, save=save, file=path, lock=None)


def session_context(opened: OpenSession, code: str, held: Held | None = None) -> AnswerContext:
    """What `code` needs to answer in a session. `held` holds it while a sheet is saved.

    Raises NotFound for a code that is not in it, NotAllowed when nobody answers now.
    """
    party_id = must_take_part(opened, code)
    _must_be_answering(opened.session)
    party = next(party for party in opened.session.parties if party.id == party_id)
    kept = _KeptSheet(code)
    return AnswerContext(
        question_set=as_met_by(opened.session.said_to(opened.question_set, party.kind), code),
        kind=party.kind,
        party_label=party.label or opened.question_set.parties[party.kind].label,
        blank=Sheet(
            session=opened.session.session,
            round=opened.session.round,
            question_set=opened.session.question_set,
            question_set_hash=opened.session.question_set_hash,
            participant=code,
            party=party_id,
        ).marked(opened.session.id),
        read=_session_reader(opened, lambda: kept.read(opened.folder)),
        glance=_session_reader(opened, lambda: kept.glance(opened.folder)),
        save=_session_saver(opened, kept, held),
        title=opened.session.title,
        alone=opened.session.invited(party_id) == 1,
        k=opened.session.k,
        functions=opened.session.functions,
        lock=Lock(opened.home, opened.session.round, code),
    )


def own_sheet(opened: OpenSession, code: str) -> Sheet:
    """The sheet of `code`, begun or handed in.

    Raises NotFound for somebody who is not in the session or has not begun, BadData for a sheet
    that cannot be read.
    """
    must_take_part(opened, code)
    found = opened.folder.sheet(code)
    if found is None:
        raise NotFound("no-sheet-yet", code=code)
    return with_fitting_answers(opened, found[0])[0]


def picture_text(opened: OpenSession, sheet: Sheet, language: Language) -> str:
    """What is in `sheet`, as Markdown for its own writer."""
    from bart_tool.report.markdown import render  # answering needs no report
    from bart_tool.report.own_picture_page import compose_mind

    return render(compose_mind(sheet, opened.question_set, opened.session, language))


def loose_context(file: Path) -> AnswerContext:
    """What whoever's sheet `file` is needs, with the set that comes with the program.

    Raises NotFound without such a file or set, BadData when it does not fit.
    """
    path = _loose_path(file)
    found = _reader(path)()
    if found is None:
        raise NotFound("no-such-sheet", file=path.name)
    sheet = found[0]
    if sheet.round > 1:  # it asks about agreements, and these lie in the session
        raise BadData("loose-sheet-of-follow-up", file=path.name, session=sheet.session)
    question_set = _set_for_anybody(sheet.question_set, file)
    if question_set.hash != sheet.question_set_hash:
        raise BadData("loose-sheet-other-set", file=path.name, name=sheet.question_set)
    return _loose(path, question_set, sheet)


def new_loose_context(
    file: Path, session: str, code: str, set_name: str, party: str = ""
) -> AnswerContext:
    """To answer away from the session's folder, for a sheet that need not be there yet.

    The kind of party follows from the code (`WR-01`) unless `party` says it. Raises WrongUse when
    it follows from neither, else as `loose_context`.
    """
    question_set = _set_for_anybody(set_name, file)
    prefix = locations.safe_code(code).partition("-")[0]
    wanted = party or next((k for k, p in question_set.parties.items() if p.prefix == prefix), "")
    kind = wanted if wanted in question_set.parties else wanted.partition("-")[0]
    if kind not in question_set.parties:
        raise WrongUse("party-unknown-here", code=code, names=", ".join(question_set.parties))
    blank = _blank(session, question_set, code, wanted)
    return _loose(_loose_path(file), question_set, blank)


def practice_context(set_name: str, kind: str) -> AnswerContext:
    """To try the set `set_name` in as somebody of `kind`; it leaves no trace on the disk.

    Raises NotFound or BadData for a set that cannot be used.
    """
    question_set, _ = usable_set(set_name)
    party = question_set.parties[kind]
    code = code_of(party, 0)
    blank = _blank("oefenen", question_set, code, kind)
    return AnswerContext(
        question_set=as_met_by(question_set.spoken, code),
        kind=kind,
        party_label=party.label,
        blank=blank,
        read=lambda: None,
        save=lambda _sheet, _expected: "practice",
        is_practice=True,
    )


def _set_for_anybody(name: str, file: Path) -> QuestionSet:
    """The set `name`. Raises BadData where only a session knows whom it asks about."""
    question_set, _ = usable_set(name)
    if question_set.named_kind is not None:
        raise BadData("loose-sheet-own-parties", file=file.name, name=question_set.id)
    return question_set


def _loose_path(file: Path) -> Path:
    """Where `file` lies. Raises NotAllowed inside a session: there a code or a PIN opens sheets."""
    path = file.expanduser()
    if any((each / locations.SESSION_FILE).is_file() for each in path.resolve().parents):
        raise NotAllowed("sheet-in-a-session", file=path.name)
    return path


def _loose(path: Path, question_set: QuestionSet, sheet: Sheet) -> AnswerContext:
    named = sheet.party in question_set.parties
    kind = sheet.party if named else sheet.party.partition("-")[0]
    if kind not in question_set.parties:
        raise BadData("loose-sheet-other-set", file=path.name, name=sheet.question_set)
    return AnswerContext(
        question_set=as_met_by(question_set.spoken, sheet.participant),
        kind=kind,
        party_label=question_set.parties[kind].label,
        blank=sheet.model_copy(update={"answers": {}}),
        read=_reader(path, sheet.participant),
        save=_saver(path),
        file=path,
    )


def _blank(session: str, question_set: QuestionSet, code: str, party: str) -> Sheet:
    return Sheet(
        session=session,
        question_set=question_set.id,
        question_set_hash=question_set.hash,
        participant=code,
        party=party,
    )


def _must_be_answering(session: Session) -> None:
    if session.phase is not Phase.ANSWERING:
        raise NotAllowed("not-answering", session=session.session)


@dataclass
class _KeptSheet:
    """The sheet of `code` in a session: parsed again only when its file is not as it was."""

    code: str
    last: tuple[Sheet, str] | None = None
    stamp: object = None  # of the file as `last` has it, or as it was before
    writer: sheets.Writer = field(default_factory=sheets.Writer)

    def read(self, folder: StoredSession) -> tuple[Sheet, str] | None:
        last, stamp = self.last, self._looks(folder)
        if last is None or not folder.sheet_stands(self.code, last[1]):
            self.last = last = folder.sheet(self.code)
        self.stamp = stamp
        return last

    def glance(self, folder: StoredSession) -> tuple[Sheet, str] | None:
        """As `read`, of a file that looks as it was without reading it."""
        if self.last is None or self.stamp is None or self.stamp != self._looks(folder):
            return self.read(folder)
        return self.last

    def saved(self, folder: StoredSession, sheet: Sheet, fingerprint: str) -> None:
        """`sheet` lies there now."""
        self.last, self.stamp = (sheet, fingerprint), self._looks(folder)

    def _looks(self, folder: StoredSession) -> object:
        return folder.stamp(folder.sheet_path(self.code))


def _session_reader(opened: OpenSession, found_by: Read) -> Read:
    def read() -> tuple[Sheet, str] | None:
        found = found_by()
        if found is None:
            return None
        sheet, fingerprint = found
        code = sheet.participant  # as its file is called
        stranger = not_ours(opened, sheet)
        if stranger is not None:
            raise BadData("bad-file", (stranger,), file=f"{code}.yaml")
        if code in opened.session.reopened:
            sheet = sheet.model_copy(update={"status": SheetStatus.DRAFT})
        return sheet, fingerprint

    return read


def _session_saver(opened: OpenSession, kept: _KeptSheet, held: Held | None) -> Save:
    def save(sheet: Sheet, expected: str | None) -> str:
        # The round may be closed, or they may be erased, while somebody is still answering.
        with (held or opened.held)() as now:
            session, code, folder = now.session, sheet.participant, now.folder
            _must_be_answering(session)
            if session.round != sheet.round:  # closed and followed up while somebody was answering
                raise NotAllowed("round-is-over", round=sheet.round)
            party_in(session, code)
            # Of the sheet that was read, or saving is refused: then it is taken once more.
            last = kept.last
            before = last if last and last[1] == expected else kept.read(folder)
            _must_be_open(before, session, code)
            closes = False
            if before is not None and before[0].status is SheetStatus.SUBMITTED:
                closes = sheet.status is SheetStatus.SUBMITTED
                # It goes on counting while it is changed: whoever stops half-way is not lost, and
                # an older copy that is taken in again stays the older one.
                sheet = sheet.model_copy(update={"status": SheetStatus.SUBMITTED})
            try:
                fingerprint = folder.save_sheet(sheet, expected, kept.writer, is_held=True)
            except Busy:  # handed in by another way since it was read: that is what is told
                _must_be_open(kept.read(folder), session, code)
                raise
            kept.saved(folder, sheet, fingerprint)
        if closes:
            try:
                now.revised(lambda session: session.shut_again(code))
            except BartError as error:
                error.stands = fingerprint
                raise
        return fingerprint

    return save


def _must_be_open(there: tuple[Sheet, str] | None, session: Session, code: str) -> None:
    """Raises NotAllowed for a sheet that was handed in and not reopened."""
    is_handed_in = there is not None and there[0].status is SheetStatus.SUBMITTED
    if is_handed_in and code not in session.reopened:
        raise NotAllowed("handed-in-already", code=code)


def _reader(path: Path, code: str | None = None) -> Read:
    def read() -> tuple[Sheet, str] | None:
        stored = atomic.read(path)
        if stored is None:
            return None
        text, problems = plain_file.decode(stored.content, path.name)
        sheet, found = sheets.parse(text or "", path.name) if text is not None else (None, ())
        trouble: tuple[Problem, ...] = (*problems, *found)
        if sheet is None or any(problem.severity is Severity.ERROR for problem in trouble):
            raise BadData("bad-file", trouble, file=path.name)
        if code not in (None, sheet.participant):
            raise BadData("sheet-of-another", file=path.name)
        return sheet, stored.fingerprint

    return read


def _saver(path: Path) -> Save:
    return lambda sheet, expected: atomic.save(path, sheets.dump(sheet).encode(), expected)
