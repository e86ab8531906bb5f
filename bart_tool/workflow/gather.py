"""Taking in sheets that came from elsewhere: merged, never overwritten, never lost.

Each file is dealt with before the next is read, so stopping half-way loses nothing and doing it
again does no harm.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from bart_tool.domain.answer import Consent, Sheet, SheetStatus
from bart_tool.domain.picture import Picture
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Participant, Phase
from bart_tool.errors import BadData, Busy, NotAllowed, NotFound, Problem, Severity, Where
from bart_tool.merge.engine import as_sheets, merge
from bart_tool.store import plain_file, question_sets, sheets
from bart_tool.workflow.desk import Desk, decisions_of, not_ours, with_fitting_answers

Progress = Callable[[float], None]  # hears which share is done, from 0 to 1

_TRIES = 3  # at a sheet that its writer is saving at this moment
# Files that are whole but not for here: a copy among the damaged ones would say otherwise.
_NOT_DAMAGED = frozenset({"newer-format", "wrong-kind", "file-too-large"})


@dataclass(frozen=True)
class Gathered:
    """What taking in did. Codes and file names only: nothing here says what was answered.

    `duplicates`: (file, participant) of sheets that said nothing new. `conflicts`: (participant,
    item). `refused` and `damaged` name files and why; `problems` are rows, answers and drafts that
    were not used while the rest was.
    """

    desk: Desk
    came_in: tuple[str, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    added: tuple[str, ...] = ()
    conflicts: tuple[tuple[str, str], ...] = ()
    refused: tuple[Problem, ...] = ()
    damaged: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything came in."""
        wrong = any(problem.severity is not Severity.NOTE for problem in self.problems)
        return not (self.refused or self.damaged or wrong)


def gather(
    desk: Desk,
    files: Sequence[Path],
    *,
    consent: Consent = "group",
    add_people: bool = False,
    progress: Progress | None = None,
) -> Gathered:
    """Take in `files`: sheets in YAML or JSON, browser exports, CSV.

    `consent` is what people chose where a CSV does not say it. With `add_people` somebody who is
    not in the session joins their party. Raises NotAllowed when the round is not open, NotFound
    when a file is not there; until then nothing was done. Raises CannotWrite or Busy when the
    disk refuses; what came in before that stays. The files themselves never change.
    """
    if desk.session.phase is not Phase.ANSWERING:
        raise NotAllowed("gather-not-open", session=desk.session.session)
    for file in files:
        if not file.is_file():
            raise NotFound("no-such-file", file=str(file))
    intake = _Intake(desk, consent, add_people)
    for number, file in enumerate(files):
        for share in intake.take(file):
            if progress is not None:
                progress((number + share) / len(files))
    return intake.gathered()


@dataclass
class _Intake:
    """One gathering at work: what it has found so far."""

    desk: Desk
    consent: Consent
    add_people: bool
    came_in: set[str] = field(default_factory=set)
    duplicates: dict[tuple[str, str], None] = field(default_factory=dict)
    added: list[Participant] = field(default_factory=list)
    conflicts: dict[str, list[str]] = field(default_factory=dict)
    refused: list[Problem] = field(default_factory=list)
    damaged: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.decisions, unread = decisions_of(self.desk)
        self.problems.extend(unread)
        self.waiting: dict[str, list[Sheet]] = defaultdict(list)
        for sheet in self.desk.folder.conflict_sheets()[0]:
            self.waiting[sheet.participant].append(sheet)

    def gathered(self) -> Gathered:
        """What was done; people who were added are written down now."""
        desk = self.desk
        if self.added:
            people = (*desk.session.participants, *sorted(self.added, key=lambda each: each.code))
            desk = desk.saved(desk.session.changed(participants=people))
        return Gathered(
            desk=desk,
            came_in=tuple(sorted(self.came_in)),
            duplicates=tuple(self.duplicates),
            added=tuple(sorted(each.code for each in self.added)),
            conflicts=tuple((code, i) for code in sorted(self.conflicts) for i in self.conflicts[code]),
            refused=tuple(self.refused),
            damaged=tuple(self.damaged),
            problems=tuple(self.problems),
        )

    def take(self, file: Path) -> Iterable[float]:
        """Take in one file; gives the share of it that is done, again and again."""
        found = self._read(file)
        for number, sheet in enumerate(found, start=1):
            self._take_sheet(file.name, _with_our_hash(self.desk, sheet))
            yield number / len(found)
        yield 1.0

    def _read(self, file: Path) -> tuple[Sheet, ...]:
        """The sheets in `file`; what cannot be used of it is named, and kept if it is damaged."""
        found: tuple[Sheet, ...] = ()
        try:
            text, problems = plain_file.read_text(file)
            if text is not None:
                found, problems = self._parsed(text, file)
            errors = [problem for problem in problems if problem.severity is Severity.ERROR]
            if found or not errors:
                self.problems.extend(problems)
            elif errors[0].code in _NOT_DAMAGED:
                self.refused.append(errors[0])
            else:
                self.desk.folder.set_aside(file, errors[0])
                self.damaged.extend(problems)
        except NotFound as error:  # the system refuses it, or it is gone since we looked
            self.damaged.append(Problem(error.code, Where(file.name), error.params))
        return found

    def _parsed(self, text: str, file: Path) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
        if file.suffix.lower() != ".csv":
            sheet, problems = sheets.parse(text, file.name)
            return ((sheet,) if sheet is not None else ()), problems
        return sheets.parse_csv(
            text,
            file.name,
            question_set=self.desk.question_set,
            session=self.desk.session,
            consent=self.consent,
        )

    def _take_sheet(self, file: str, sheet: Sheet) -> None:
        new = self._invited(sheet)
        stranger = None if new else not_ours(self.desk, sheet)
        if stranger is not None:
            self.refused.append(Problem(stranger.code, Where(file), stranger.params))
            return
        clean, wrong = with_fitting_answers(self.desk, sheet)
        self.problems.extend(problem.in_file(file) for problem in wrong)
        for tries_left in reversed(range(_TRIES)):
            try:
                self._put(file, clean)
                break
            except BadData:
                where = Where(f"{sheet.participant}.yaml")
                self.refused.append(Problem("sheet-here-damaged", where, {"file": file}))
                return
            except Busy:
                if not tries_left:
                    raise
        if new and sheet.participant not in {each.code for each in self.added}:
            self.added.append(Participant(code=sheet.participant, party=sheet.party))
