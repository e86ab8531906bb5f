"""What becomes of each sheet that is taken in: read, checked, and put beside what was known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bart_tool.domain.answer import Consent, Picture, Sheet
from bart_tool.domain.names import code_order
from bart_tool.domain.session import Session
from bart_tool.errors import BadData, Busy, Problem, Severity, Where
from bart_tool.merge.engine import as_sheets, merge
from bart_tool.store import plain_file, sheets, yaml_text
from bart_tool.store.pasted import found_in
from bart_tool.workflow import incoming
from bart_tool.workflow.editions import with_our_hash
from bart_tool.workflow.incoming import Piece, Source
from bart_tool.workflow.intake_outcome import (
    OF_STRANGERS,
    IntakeOutcome,
    Outcome,
    OutcomesSoFar,
    outcome_of,
)
from bart_tool.workflow.open_session import (
    OpenSession,
    decisions_of,
    must_take_in,
    not_ours,
    with_fitting_answers,
)

_TRIES = 3  # at a sheet that its writer is saving at this moment
# Files that are whole but not for here: a copy among the damaged ones would say otherwise.
_NOT_DAMAGED = frozenset({"newer-format", "wrong-kind", "file-too-large"})
_UNREADABLE = frozenset({"no-such-file", "cannot-read"})
# Rows that were read well, but do not fit this session: nothing is broken.
_OF_ROWS = frozenset(
    {
        "answer-bad-tag",
        "answer-empty",
        "answer-two-tags",
        "answer-unknown-actor",
        "answer-unknown-level",
        "answer-unknown-option",
        "bad-certainty",
        "csv-bad-consent",
        "csv-bad-quote",
        "csv-party-differs",
        "item-not-asked",
        "text-too-long",
        "unknown-item",
        "unknown-party",
    }
)
_MOST_NAMED = 5  # files in one sentence


@dataclass(frozen=True)
class Gathered:
    """What taking in did. Codes and file names only: nothing here says what was answered.

    `partly`: of whom came in, those who left questions open: code, answered, asked.
    `duplicates` name files that said nothing new, with the code where a file holds several people.
    `conflicts`: (participant, item). `refused` and `damaged` name files and why; `problems` are
    rows, answers and drafts that were not used while the rest was. `files`: what became of each.
    """

    opened: OpenSession
    files: tuple[IntakeOutcome, ...] = ()
    came_in: tuple[str, ...] = ()
    partly: tuple[tuple[str, int, int], ...] = ()
    duplicates: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    conflicts: tuple[tuple[str, str], ...] = ()
    refused: tuple[Problem, ...] = ()
    damaged: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every file, row and answer came in; a note about one is no harm."""
        wrong = any(problem.severity is not Severity.NOTE for problem in self.problems)
        return not (self.refused or self.damaged or wrong)


@dataclass
class Intake:
    """One gathering at work: what it has found so far."""

    opened: OpenSession
    consent: Consent
    add_people: bool
    came_in: dict[str, tuple[int, int]] = field(default_factory=dict)  # code -> answered, asked
    duplicates: dict[str, None] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)  # code -> party
    conflicts: dict[str, list[str]] = field(default_factory=dict)
    refused: list[Problem] = field(default_factory=list)
    damaged: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    others: dict[str, list[str]] = field(default_factory=dict)  # folder -> what is no sheet
    with_sheets: set[str] = field(default_factory=set)  # folders and archives
    taken: OutcomesSoFar = field(default_factory=OutcomesSoFar)

    def __post_init__(self) -> None:
        self.decisions, unread = decisions_of(self.opened)
        self.problems.extend(unread)
        self.waiting: dict[str, list[Sheet]] = defaultdict(list)
        for sheet in self.opened.folder.conflict_sheets()[0]:
            self.waiting[sheet.participant].append(sheet)

    def gathered(self) -> Gathered:
        """What was done."""
        return Gathered(
            opened=self.opened,
            files=self.taken.all(),
            came_in=tuple(sorted(self.came_in, key=code_order)),
            partly=tuple(
                (code, *self.came_in[code])
                for code in sorted(self.came_in, key=code_order)
                if self.came_in[code][0] < self.came_in[code][1]
            ),
            duplicates=tuple(self.duplicates),
            added=tuple(sorted(self.added, key=code_order)),
            conflicts=tuple(
                (code, item)
                for code in sorted(self.conflicts, key=code_order)
                for item in self.conflicts[code]
            ),
            refused=tuple(self.refused),
            damaged=tuple(self.damaged),
            problems=(*self.problems, *self._passed_over()),
        )

    def take(self, source: Source) -> Iterable[float]:
        """Take in one file, or all in an archive; gives the share that is done, again and again."""
        if source.within:
            self.others.setdefault(source.within, [])
        for piece in incoming.pieces(source):
            if piece.within:
                self.others.setdefault(piece.within, [])
            yield from self._take_sheets(piece.name, self._read(piece))
        yield 1.0

    def take_pasted(self, content: bytes, name: str) -> None:
        """Take in what was pasted; when that is not whole, nothing of it, and no copy is kept."""
        text, problems = plain_file.decode(content, name, yaml_text.MAX_CHARS)
        if text is not None:
            pasted = found_in(text)
            found, problems = self._parsed(pasted.text, name) if pasted.text else ((), ())
            errors = [problem for problem in problems if problem.severity is Severity.ERROR]
            if pasted.text and not any(each.code not in _OF_ROWS for each in errors) and found:
                self._use(name, found, problems)
                return
            is_broken = pasted.is_broken or bool(pasted.text)
            problems = (Problem("pasted-broken" if is_broken else "pasted-nothing", Where(name)),)
        self.refused.extend(problems)
        self.taken.add(name, Outcome.REFUSED)

    def _use(self, name: str, found: tuple[Sheet, ...], problems: tuple[Problem, ...]) -> None:
        self.problems.extend(problems)
        self.taken.add_unused(name, (p for p in problems if p.severity is Severity.ERROR))
        for _ in self._take_sheets(name, found):
            pass

    def _take_sheets(self, name: str, found: tuple[Sheet, ...]) -> Iterator[float]:
        ours = [with_our_hash(self.opened, sheet) for sheet in found]
        if self.add_people:
            self._let_join(ours)
        for number, sheet in enumerate(ours, start=1):
            self._take_sheet(name, sheet, is_alone=len(found) == 1)
            yield number / len(found)

    def _parsed(self, text: str, name: str) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
        return sheets.parse_any(
            text,
            name,
            question_set=self.opened.question_set,
            session=self.opened.session,
            consent=self.consent,
        )

    def _read(self, piece: Piece) -> tuple[Sheet, ...]:
        """The sheets in `piece`; what cannot be used of it is named, and kept if it is damaged."""
        name, content = piece.name, piece.content
        if content is None or piece.problem is not None:
            self._refuse_unread(piece)
            return ()
        found: tuple[Sheet, ...] = ()
        text, problems = plain_file.decode(content, name)
        is_sheet = incoming.has_ending(name) or sheets.looks_like_answers(text or "")
        if piece.within and not is_sheet:
            self.others[piece.within].append(name)
            return ()
        self.with_sheets.add(piece.within)
        if text is not None:
            found, problems = self._parsed(text, name)
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        if not (found or problems):  # a CSV of which nobody filled in anything
            problems = (Problem("csv-no-answers", Where(name), severity=Severity.NOTE),)
        if found or not errors:
            self.problems.extend(problems)
            self.taken.add_unused(name, errors)
            if not found:
                self.taken.add(name, Outcome.NOTHING)
        elif all(each.code in _OF_ROWS for each in errors):  # read well, but not one row fits
            self.problems.extend(problems)
            self.taken.add_unused(name, errors)
        elif errors[0].code in _NOT_DAMAGED:
            self.refused.append(errors[0])
            self.taken.add(name, Outcome.REFUSED)
        else:
            self._set_aside(name, content, errors[0])
            self.damaged.extend(problems)
        return found

    def _set_aside(self, name: str, content: bytes, why: Problem) -> None:
        with self._held():
            self.taken.add(name, Outcome.DAMAGED)
            self.opened.folder.set_aside(name, content, why)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """While the round is open, and stays so. Raises NotAllowed when it was closed."""
        with self.opened.held() as self.opened:
            must_take_in(self.opened.session)
            yield

    def _refuse_unread(self, piece: Piece) -> None:
        problem = piece.problem
        if problem is None:
            return
        self.with_sheets.add(piece.within)
        if problem.code in _UNREADABLE:
            self.damaged.append(problem)
            self.taken.add(piece.name, Outcome.DAMAGED)
        else:
            self.refused.append(problem)
            self.taken.add(piece.name, Outcome.REFUSED)

    def _passed_over(self) -> Iterator[Problem]:
        """Which folders and archives hold no sheet, and what else they hold."""
        for within, names in self.others.items():
            if within not in self.with_sheets:
                yield incoming.no_sheets_in(within)
            elif names:
                some = ", ".join(names[:_MOST_NAMED])
                params = {"number": str(len(names)), "names": some}
                yield Problem("passed-over", Where(within), params, Severity.NOTE)

    def _take_sheet(self, file: str, sheet: Sheet, *, is_alone: bool) -> None:
        if self._is_refused(file, sheet):
            return
        clean, wrong = with_fitting_answers(self.opened, sheet)
        self.problems.extend(problem.in_file(file) for problem in wrong)
        self.taken.add_unused(file, (p for p in wrong if p.severity is Severity.ERROR))
        for tries_left in reversed(range(_TRIES)):
            try:
                with self._held():
                    self._put_whole(file, clean, is_alone=is_alone)
            except Busy:
                if not tries_left:
                    raise
                continue
            return

    def _is_refused(self, file: str, sheet: Sheet) -> bool:
        """Whether `sheet` is not for this session as it is now; why is written down."""
        stranger = not_ours(self.opened, sheet)
        if stranger is None:
            return False
        if self.add_people and stranger.code == "sheet-of-a-stranger":  # `_let_join` passed them
            stranger = Problem("unknown-party", params={"name": sheet.party})
        self.refused.append(Problem(stranger.code, Where(file), stranger.params))
        self.taken.add(file, OF_STRANGERS[stranger.code], sheet.participant)
        return True

    def _put_whole(self, file: str, sheet: Sheet, *, is_alone: bool) -> None:
        if self._is_refused(file, sheet):  # erased since
            return
        try:
            self._put(file, sheet, is_alone=is_alone)
        except BadData:
            where = Where(f"{sheet.participant}.yaml")
            self.refused.append(Problem("sheet-here-damaged", where, {"file": file}))
            self.taken.add(file, Outcome.REFUSED, sheet.participant)

    def _let_join(self, pile: Iterable[Sheet]) -> None:
        """Whoever is new joins their party before anything of theirs is kept."""
        new: dict[str, str] = {}
        for sheet in pile:
            stranger = not_ours(self.opened, sheet)
            is_new = stranger is not None and stranger.code == "sheet-of-a-stranger"
            if is_new and sheet.party in self.opened.session.kind_of:
                new.setdefault(sheet.participant, sheet.party)

        def joined(session: Session) -> Session:
            must_take_in(session)
            return session.joined_by(new)

        if new:
            self.opened = self.opened.revised(joined)
            self.added.update(new)

    def _put(self, file: str, sheet: Sheet, *, is_alone: bool) -> None:
        """Merge `sheet` with what lies here of its writer. Raises BadData, Busy or CannotWrite.

        `is_alone`: its file holds nobody else's.
        """
        code = sheet.participant
        here = self.opened.folder.sheet(code)
        own = [here[0]] if here else []
        for sheet_here in own:
            self._must_be_ours(sheet_here)
        before = merge([*own, *self.waiting[code]])
        after = merge([*as_sheets(before), sheet])
        files = [*((f"{code}.yaml", sheet_here) for sheet_here in own), (file, sheet)]
        unused = [each for each in files if _is_passed_over(each[1], after.sheets[0])]
        main, others = _laid_out(after, (*own, sheet))
        # First the others: killed in between, nothing is lost and the conflict shows.
        for other in (*others, *(draft for _, draft in unused)):
            self._keep(other)
        if after == before and (file, sheet) not in unused:
            self.duplicates[file if is_alone else f"{file} ({code})"] = None
        elif after != before:
            self.opened.folder.save_sheet(main, here[1] if here else None)
            self.came_in[code] = (len(main.answers), self._asked_of(main))
        outcome = outcome_of(before, after, is_older=_is_older(sheet, before))
        is_unused = (file, sheet) in unused
        self.taken.add(file, Outcome.DRAFT if is_unused else outcome, code)
        for name, _ in unused:
            where = Where(name)
            self.problems.append(Problem("draft-not-used", where, {"code": code}, Severity.WARNING))
        settled = merge(as_sheets(after), self.decisions)
        self.conflicts[code] = [conflict.item for conflict in settled.conflicts]

    def _asked_of(self, sheet: Sheet) -> int:
        return len(self.opened.question_set.route(self.opened.session.kind_of[sheet.party]))

    def _must_be_ours(self, here: Sheet) -> None:
        stranger = not_ours(self.opened, here)
        if stranger is not None:
            raise BadData(stranger.code)

    def _keep(self, sheet: Sheet) -> None:
        self.opened.folder.keep_conflict(sheet)
        if sheet not in self.waiting[sheet.participant]:
            self.waiting[sheet.participant].append(sheet)


def _is_older(sheet: Sheet, before: Picture) -> bool:
    known = {item: each.answers[item] for each in before.sheets for item in each.answers}
    return any(
        item in known and answer.revision < known[item].revision
        for item, answer in sheet.answers.items()
    )


def _is_passed_over(draft: Sheet, final: Sheet) -> bool:
    """Whether `draft` does not count beside what was handed in, though it says more or later.

    It is kept and named: the answers of somebody who went on must not vanish in silence.
    """
    if draft.status is final.status:
        return False
    says_more = any(
        item not in final.answers
        or answer.revision > final.answers[item].revision
        or (answer.revision == final.answers[item].revision and answer != final.answers[item])
        for item, answer in draft.answers.items()
    )
    return says_more or any(_does_not_know(final, item, at) for item, at in draft.wiped.items())


def _does_not_know(sheet: Sheet, item: str, wiped: int) -> bool:
    """Whether `sheet` was written without knowing that the answer on `item` was wiped."""
    given = sheet.answers.get(item)
    return given.revision <= wiped if given else sheet.wiped.get(item, 0) < wiped


def _laid_out(picture: Picture, by_preference: Sequence[Sheet]) -> tuple[Sheet, list[Sheet]]:
    """One participant's picture as the sheet to keep, and one more for each further answer.

    Of answers in conflict the sheet keeps the one that the first of `by_preference` gives.
    """
    (merged,) = picture.sheets
    answers = dict(merged.answers)
    others: list[Sheet] = []
    for conflict in picture.conflicts:
        given = (sheet.answers.get(conflict.item) for sheet in by_preference)
        first = next((said for said in given if said in conflict.answers), conflict.answers[0])
        answers[conflict.item] = first
        others.extend(
            merged.model_copy(update={"answers": {conflict.item: answer}})
            for answer in conflict.answers
            if answer != first
        )
    in_order = {item: answers[item] for item in sorted(answers)}
    return merged.model_copy(update={"answers": in_order}), others
