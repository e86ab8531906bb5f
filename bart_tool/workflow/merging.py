"""The sheets of a session, merged: one person after the other, so that thousands fit in memory."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from bart_tool.domain.answer import UNREVISED
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.route import left_out
from bart_tool.domain.session import Phase
from bart_tool.domain.sheet import Conflict, Decision, Picture, Sheet, SheetStatus
from bart_tool.errors import BadData, Problem, Severity, Where
from bart_tool.merge.engine import merge
from bart_tool.workflow.open_session import OpenSession, not_ours, with_fitting_answers

T = TypeVar("T")


@dataclass(frozen=True)
class MergedSheets:
    """The session's sheets as merged, and what was wrong with any of them."""

    picture: Picture
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Reading:
    """What is known without what anybody answered: where each who began is, and what is wrong.

    `states`: code -> the status of their sheet.
    """

    states: Mapping[str, SheetStatus]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]


@dataclass
class LastLook:
    """What somebody saw who only looks who has answered: what looks the same is not read again.

    Nothing may hang on it: whoever closes, shows or hands out reads for themselves.
    """

    _of: tuple[str, str] = ("", "")  # the session, as its file was
    _files: dict[str, "_SeenFile"] = field(default_factory=dict)

    def at(self, opened: OpenSession) -> dict[str, "_SeenFile"]:
        """What was seen of the files of the session, if that is as it was; by where they lie."""
        now = opened.folder.at, opened.fingerprint
        if now != self._of:
            self._of, self._files = now, {}
        return self._files


@dataclass(frozen=True, slots=True)
class _SeenFile:
    """One file: the sheet in it without its answers, if it is one, and what is wrong with it."""

    stamp: object
    sheet: Sheet | None
    wrong: tuple[Problem, ...]
    misfits: tuple[Problem, ...]


def picture_of(opened: OpenSession) -> MergedSheets:
    """Merge every sheet that lies in the session's folder, and hold them all.

    A sheet of somebody or something else is left out and named; so is an answer that does not fit
    the set. Nothing on the disk changes.
    """
    sheets: list[Sheet]
    reading, sheets = read_in_turn(opened, list, list.append)
    return MergedSheets(Picture(tuple(sheets), reading.conflicts), reading.problems)


def reading_of(opened: OpenSession, last: LastLook | None = None) -> Reading:
    """As `picture_of`, for who needs no answers; with `last` for who looks again and again."""
    return read_in_turn(opened, lambda: None, lambda _none, _sheet: None, last)[0]


def read_in_turn(
    opened: OpenSession,
    begin: Callable[[], T],
    take: Callable[[T, Sheet], None],
    last: LastLook | None = None,
) -> tuple[Reading, T]:
    """As `picture_of`, with nothing held: what `begin` gives is to `take` each merged sheet.

    They come in the order of their codes. It is begun and read again where a sheet lies under the
    name of somebody else: it may be of one whose turn is over. With `last`, sheets may come without
    their answers.
    """
    taker = begin()
    try:
        return _InTurn(opened, last).read(partial(take, taker)), taker
    except _UnderOtherName:
        taker = begin()
        return _InTurn(opened).read(partial(take, taker), holds_all=True), taker


class _UnderOtherName(Exception):
    """A sheet lies under the code of somebody else."""


class _InTurn:
    """One reading of all sheets of a session."""

    def __init__(self, opened: OpenSession, last: LastLook | None = None) -> None:
        self._opened = opened
        self._files, self._not_read = opened.folder.sheet_files()
        # Once the round is closed what is wrong hangs on the answers.
        is_open = opened.session.phase is Phase.ANSWERING
        self._seen = last.at(opened) if last is not None and is_open else None
        self._wrong: dict[str, tuple[Problem, ...]] = {}  # by file, as these
        self._misfits: dict[str, tuple[Problem, ...]] = {}

    def read(self, take: Callable[[Sheet], None], *, holds_all: bool = False) -> Reading:
        opened = self._opened
        decisions, unread = _decisions(opened)
        if decisions:  # which of them is older than what was settled, the answers tell
            self._seen = None
        states: dict[str, SheetStatus] = {}
        conflicts: list[Conflict] = []
        older: list[Problem] = []
        is_left_out = False
        for code, sheets in self._people(holds_all=holds_all):
            settled = decisions.get(code, ())
            picture = merge(sheets, settled)
            older.extend(_older_than_settled(picture, settled))
            asked = _of_what_was_asked(opened.question_set, picture)
            is_left_out = is_left_out or asked != picture
            (sheet,) = asked.sheets
            states[code] = sheet.status
            conflicts.extend(asked.conflicts)
            take(sheet)
        # Not before closing: it tells that somebody gave the answer that leaves others out.
        told = is_left_out and opened.session.phase.is_revealed
        left = (Problem("answers-left-out", severity=Severity.NOTE),) if told else ()
        problems = (*self._problems(), *unread, *opened.folder.copies(), *older, *left)
        return Reading(states, tuple(conflicts), problems)

    def _people(self, *, holds_all: bool) -> Iterator[tuple[str, list[Sheet]]]:
        """Each who has a sheet, in the order of the codes, with every one there is of them."""
        folder, codes = self._opened.folder, self._opened.session.party_of
        own = set[str]() if holds_all else {f for f in self._files if folder.code_of(f) in codes}
        found: dict[str, list[Sheet]] = defaultdict(list)
        for file in self._files:  # first the copies, and what waits in conflicts/
            if file not in own and (sheet := self._sheet(file)) is not None:
                found[sheet.participant].append(sheet)
        for code in sorted(codes):
            sheets, file = found.pop(code, []), folder.sheet_path(code)
            read = self._sheet if self._seen is None or sheets else self._at_a_glance
            if file in own and (sheet := read(file)) is not None:
                if sheet.participant != code:
                    raise _UnderOtherName
                sheets.append(sheet)
            if sheets:
                yield code, sheets

    def _sheet(self, file: str) -> Sheet | None:
        """The sheet in `file`, if it is one of this session, with only the answers that fit."""
        sheet, wrong = self._opened.folder.sheet_in(file)
        self._remember(file, wrong)
        if sheet is None:
            return None
        stranger = not_ours(self._opened, sheet)
        if stranger is not None:
            self._remember(file, misfits=(stranger,))
            return None
        fitting, misfits = with_fitting_answers(self._opened, sheet)
        self._remember(file, misfits=misfits)
        return fitting

    def _remember(
        self, file: str, wrong: Sequence[Problem] = (), misfits: Sequence[Problem] = ()
    ) -> None:
        """What is wrong with `file`: of most of thousands nothing is."""
        if wrong:
            self._wrong[file] = tuple(wrong)
        if misfits:
            self._misfits[file] = tuple(misfits)

    def _at_a_glance(self, file: str) -> Sheet | None:
        """As `_sheet`, without the answers, and read only where it does not look as it did."""
        assert self._seen is not None
        seen, stamp = self._seen.get(file), self._opened.folder.stamp(file)
        if seen is None or stamp is None or stamp != seen.stamp:
            sheet = self._sheet(file)
            alone = sheet.model_copy(update={"answers": {}, "wiped": {}}) if sheet else None
            wrong, misfits = self._wrong.get(file, ()), self._misfits.get(file, ())
            seen = self._seen[file] = _SeenFile(stamp, alone, wrong, misfits)
        self._remember(file, seen.wrong, seen.misfits)
        return seen.sheet

    def _problems(self) -> Iterator[Problem]:
        """What is wrong with the files, in their order, whenever each was read."""
        for file in self._files:
            yield from self._wrong.get(file, ())
        yield from self._not_read
        for file in self._files:
            yield from self._misfits.get(file, ())


def _of_what_was_asked(question_set: QuestionSet, picture: Picture) -> Picture:
    """The picture without answers, and conflicts, on what was not put to who gave them."""
    if not question_set.depending:
        return picture
    out = {each.participant: left_out(question_set, each.answers) for each in picture.sheets}
    return Picture(
        tuple(each.answering_all_but(out[each.participant]) for each in picture.sheets),
        tuple(each for each in picture.conflicts if each.item not in out.get(each.participant, ())),
    )


def _older_than_settled(picture: Picture, decisions: Iterable[Decision]) -> Iterable[Problem]:
    """The sheets of which somebody, or a synced folder, put an earlier version back."""
    settled = sorted({each.place for each in decisions})
    if not settled:  # nearly always
        return
    revisions = {
        (sheet.participant, item): answer.revision
        for sheet in picture.sheets
        for item, answer in sheet.answers.items()
    }
    # In conflict or not: that must not show.
    revisions |= {(each.participant, each.item): each.revision for each in picture.conflicts}
    for code, item, revision in settled:
        if UNREVISED < revisions.get((code, item), UNREVISED) < revision:
            where = Where(f"{code}.yaml", item=item)
            yield Problem("sheet-older-than-settled", where, {"code": code}, Severity.WARNING)


def _decisions(opened: OpenSession) -> tuple[dict[str, list[Decision]], tuple[Problem, ...]]:
    """What people settled, by code; none when that cannot be read, and then what is wrong."""
    decisions: dict[str, list[Decision]] = defaultdict(list)
    try:
        for decision in opened.folder.decisions():
            decisions[decision.participant].append(decision)
    except BadData as error:
        return {}, error.problems
    return decisions, ()
