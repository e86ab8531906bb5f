"""Taking in sheets that came from elsewhere: merged, never overwritten, never lost."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from bart_tool.domain.answer import Consent, Sheet
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Participant, Phase
from bart_tool.errors import NotAllowed, NotFound, Problem, Severity, Where
from bart_tool.merge.engine import as_sheets, merge
from bart_tool.store import plain_file, question_sets, sheets
from bart_tool.workflow.desk import Desk, not_ours, with_fitting_answers

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Gathered:
    """What taking in did. Codes and file names only: nothing here says what was answered.

    `conflicts`: (participant, item). `refused` and `damaged` name files and why; `problems` are
    rows and answers that could not be used while the rest of their sheet was.
    """

    desk: Desk
    came_in: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    conflicts: tuple[tuple[str, str], ...] = ()
    refused: tuple[Problem, ...] = ()
    damaged: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything came in."""
        wrong = any(problem.severity is Severity.ERROR for problem in self.problems)
        return not (self.refused or self.damaged or wrong)


@dataclass
class _Pile:
    """What the files held, by participant, and what was wrong with them."""

    by_code: dict[str, list[tuple[str, Sheet]]] = field(default_factory=lambda: defaultdict(list))
    refused: list[Problem] = field(default_factory=list)
    damaged: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


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
    not in the session joins their party. `progress` hears how many files are done, of how many.
    Raises NotAllowed when the round is not open, NotFound when a file is not there; until then
    nothing was done. The files themselves never change.
    """
    if desk.session.phase is not Phase.ANSWERING:
        raise NotAllowed("gather-not-open", session=desk.session.session)
    for file in files:
        if not file.is_file():
            raise NotFound("no-such-file", file=str(file))
    pile = _Pile()
    for done, file in enumerate(files, start=1):
        _read(desk, file, consent, pile)
        if progress is not None:
            progress(done, len(files))
    desk, added = _with_people(desk, pile) if add_people else (desk, ())
    return replace(_take_in(desk, pile), added=added)


def _read(desk: Desk, file: Path, consent: Consent, pile: _Pile) -> None:
    text, problems = plain_file.read_text(file)
    found: tuple[Sheet, ...] = ()
    if text is not None and file.suffix.lower() == ".csv":
        found, problems = sheets.parse_csv(
            text, file.name, question_set=desk.question_set, session=desk.session, consent=consent
        )
    elif text is not None:
        sheet, problems = sheets.parse(text, file.name)
        found = (sheet,) if sheet is not None else ()
    for sheet in found:
        pile.by_code[sheet.participant].append((file.name, _with_our_hash(desk, sheet)))
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors and not found:
        desk.folder.set_aside(file, errors[0])
        pile.damaged.extend(problems)
    else:
        pile.problems.extend(problems)


def _with_our_hash(desk: Desk, sheet: Sheet) -> Sheet:
    """A sheet for another edition of the set, when all it answers is asked the same in ours."""
    session = desk.session
    if sheet.question_set != session.question_set or (
        sheet.question_set_hash == session.question_set_hash
    ):
        return sheet
    other = _shipped(sheet.question_set)
    if other is None or other.hash != sheet.question_set_hash:
        return sheet
    same = all(_asks_the_same(desk.question_set, other, key) for key in sheet.answers)
    return sheet.changed(question_set_hash=session.question_set_hash) if same else sheet


def _asks_the_same(ours: QuestionSet, other: QuestionSet, key: str) -> bool:
    if key not in ours.by_key or key not in other.by_key:
        return False
    return ours.item_hash(key) == other.item_hash(key)


@cache  # many sheets may be of the same other edition
def _shipped(name: str) -> QuestionSet | None:
    return question_sets.load(name)[0] if name in question_sets.set_ids() else None


def _with_people(desk: Desk, pile: _Pile) -> tuple[Desk, tuple[str, ...]]:
    """The desk with those who were not in the session added to their party."""
    session = desk.session
    new = [
        Participant(code=code, party=found[0][1].party)
        for code, found in sorted(pile.by_code.items())
        if code not in session.party_of and found[0][1].party in session.kind_of
    ]
    if not new:
        return desk, ()
    changed = session.changed(participants=(*session.participants, *new))
    return desk.saved(changed), tuple(each.code for each in new)


def _take_in(desk: Desk, pile: _Pile) -> Gathered:
    came_in: list[str] = []
    duplicates: list[str] = []
    conflicts: list[tuple[str, str]] = []
    decisions = desk.folder.decisions()
    waiting, _ = desk.folder.conflict_sheets()
    for code in sorted(pile.by_code):
        usable = list(_usable(desk, pile.by_code[code], pile))
        if not usable:
            continue
        here = desk.folder.sheet(code)
        held = [sheet for sheet in waiting if sheet.participant == code]
        before = merge([*([here[0]] if here else []), *held])
        after = merge([*as_sheets(before), *(sheet for _, sheet in usable)])
        if after == before:
            duplicates.extend(name for name, _ in usable)
            continue
        repeated = _repeated(usable)
        duplicates.extend(repeated)
        first, *rest = as_sheets(after)
        lost = here[0] if here and first.status is not here[0].status else None
        for sheet in (*rest, *([lost] if lost and lost.answers else [])):
            desk.folder.keep_conflict(sheet)
        desk.folder.save_sheet(first, here[1] if here else None)
        came_in.append(code)
        settled = merge(as_sheets(after), decisions)
        conflicts.extend((conflict.participant, conflict.item) for conflict in settled.conflicts)
    return Gathered(
        desk=desk,
        came_in=tuple(came_in),
        duplicates=tuple(duplicates),
        conflicts=tuple(conflicts),
        refused=tuple(pile.refused),
        damaged=tuple(pile.damaged),
        problems=tuple(pile.problems),
    )


def _usable(
    desk: Desk, found: Iterable[tuple[str, Sheet]], pile: _Pile
) -> Iterable[tuple[str, Sheet]]:
    """The sheets that belong here, with the answers that fit; the rest is named in `pile`."""
    for name, sheet in found:
        stranger = not_ours(desk, sheet)
        if stranger is not None:
            pile.refused.append(Problem(stranger.code, Where(name), stranger.params))
            continue
        clean, wrong = with_fitting_answers(desk, sheet)
        pile.problems.extend(problem.in_file(name) for problem in wrong)
        yield name, clean


def _repeated(usable: Sequence[tuple[str, Sheet]]) -> list[str]:
    """The files whose sheet is word for word that of an earlier one."""
    return [
        name
        for place, (name, sheet) in enumerate(usable)
        if any(sheet == other for _, other in usable[:place])
    ]
