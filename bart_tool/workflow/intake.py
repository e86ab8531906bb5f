"""What becomes of each sheet that is taken in: read, checked, and put beside what was known."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bart_tool.domain.answer import Consent
from bart_tool.domain.names import near_codes
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.errors import BadData, Busy, Problem, Severity, Where
from bart_tool.store import erasing, plain_file, sheets, tables, yaml_text
from bart_tool.store.column_map import ColumnMap
from bart_tool.store.pasted import found_in
from bart_tool.store.protocol import CannotRead
from bart_tool.wording.spoken import spoken_codes
from bart_tool.workflow import incoming
from bart_tool.workflow.editions import with_our_hash
from bart_tool.workflow.incoming import Piece, Source
from bart_tool.workflow.intake_outcome import (
    NOT_DAMAGED,
    OF_ROWS,
    OF_STRANGERS,
    UNREADABLE,
    Gathered,
    Outcome,
    OutcomesSoFar,
)
from bart_tool.workflow.keeping import Keeping, ToSave
from bart_tool.workflow.open_session import (
    OpenSession,
    must_take_in,
    not_ours,
    with_fitting_answers,
)

ToPut = dict[str, tuple[str, Sequence[Sheet]]]  # code -> file, and their sheets in it

_AT_ONCE = 25  # people whose sheets are saved together: who answers meanwhile waits for that
_MOST_NAMED = 5  # files in one sentence


@dataclass
class Intake:
    """One gathering at work: what it has found so far."""

    opened: OpenSession
    consent: Consent | None
    add_people: bool
    replace: frozenset[str] = frozenset()
    same: dict[str, str] = field(default_factory=dict)  # a code as written -> the one that is meant
    ask: Callable[[str, str], bool] | None = None  # whether the first is meant for the second
    is_of_here: bool = False  # what does not say of which session it is
    ask_session: Callable[[str], bool] | None = None  # whether a file that does not say it is
    columns: ColumnMap | None = None  # what those of another program's table stand for
    of_here: dict[str, bool] = field(default_factory=dict)  # file -> what was answered to that
    to_put: ToPut = field(default_factory=dict)
    came_in: set[str] = field(default_factory=set)
    partly: dict[str, tuple[int, int]] = field(default_factory=dict)  # code -> answered, asked
    before: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)
    added: dict[str, str] = field(default_factory=dict)  # code -> party
    refused: list[Problem] = field(default_factory=list)
    damaged: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    others: dict[str, list[str]] = field(default_factory=dict)  # folder -> what is no sheet
    with_sheets: set[str] = field(default_factory=set)  # folders and archives
    taken: OutcomesSoFar = field(default_factory=OutcomesSoFar)

    def __post_init__(self) -> None:
        self.keeping = Keeping(self.opened.folder)

    def gathered(self) -> Gathered:
        """What was done, when all is put."""
        self.put_all()
        return Gathered(
            opened=self.opened,
            files=self.taken.all(),
            came_in=self._in_order(self.came_in),
            partly=tuple((code, *self.partly[code]) for code in self._in_order(self.partly)),
            before=self._in_order(self.before),
            replaced=self._in_order(self.replaced),
            added=self._in_order(self.added),
            refused=tuple(self.refused),
            damaged=tuple(self.damaged),
            problems=(*self.problems, *self._passed_over()),
        )

    def _in_order(self, codes: Collection[str]) -> tuple[str, ...]:
        """Those of `codes` who take part, as people are listed."""
        return tuple(code for code in self.opened.session.party_of if code in codes)

    def take(self, source: Source) -> Iterable[float]:
        """Take in one file, or all in an archive; gives the share that is done, again and again."""
        if source.within:
            self.others.setdefault(source.within, [])
        for piece in incoming.pieces(source):
            if piece.within:
                self.others.setdefault(piece.within, [])
            self.taken.comes(piece.name)
            yield from self._take_sheets(piece.name, self._read(piece))
        yield 1.0

    def take_pasted(self, content: bytes, name: str) -> None:
        """Take in what was pasted, each sheet that is whole; no copy of it is kept."""
        text, problems = plain_file.decode(content, name, yaml_text.MAX_CHARS)
        if text is not None:
            found, problems = self._in_text(text, name)
            if found:
                self._use(name, found, problems)
                return
        self.refused.extend(problems)
        self.taken.add(name, Outcome.REFUSED)

    def take_known(self, name: str, sheet: Sheet) -> None:
        """Take in a sheet that was read elsewhere in this session."""
        self._use(name, (sheet,), ())

    def _in_text(self, text: str, name: str) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
        """The sheets that stand whole in a text, and what is wrong with it."""
        parts = found_in(text)
        if not parts:
            return (), (Problem("pasted-nothing", Where(name)),)
        found: list[Sheet] = []
        problems: list[Problem] = []
        for part in parts:
            new, wrong = ((), ()) if part.is_broken else self._parsed(part.text, name)
            errors = [each for each in wrong if each.severity is Severity.ERROR]
            if new and all(each.code in OF_ROWS for each in errors):
                found.extend(new)
                problems.extend(wrong)
            elif _broken(name) not in problems:
                problems.append(_broken(name))
        return tuple(found), tuple(problems)

    def _use(self, name: str, found: tuple[Sheet, ...], problems: tuple[Problem, ...]) -> None:
        self.problems.extend(problems)
        self.taken.comes(name)
        self.taken.add_unused(name, (p for p in problems if p.severity is Severity.ERROR))
        for _ in self._take_sheets(name, found):
            pass

    def _take_sheets(self, name: str, found: tuple[Sheet, ...]) -> Iterator[float]:
        """Take in what a file holds, each person's sheets in one go."""
        ours = [each for each in found if not self._may_be_of_another(name, each)]
        pile = [self._of_whom(with_our_hash(self.opened, each)) for each in ours]
        if self.add_people:
            self._let_join(pile)
        by_person: dict[str, list[Sheet]] = defaultdict(list)
        for sheet in pile:
            if not self._is_refused(name, sheet):
                fitting = self._fitting(name, sheet).marked(self.opened.session.id)
                by_person[sheet.participant].append(fitting)
        for number, (code, sheets_of_one) in enumerate(by_person.items(), start=1):
            self._put(name, code, sheets_of_one)
            yield number / len(by_person)

    def _may_be_of_another(self, name: str, sheet: Sheet) -> bool:
        """Whether a sheet that does not say of which session it is, is left for that."""
        session = self.opened.session
        is_refused_anyhow = (sheet.session, sheet.round) != (session.session, session.round)
        if sheet.session_id or not session.id or is_refused_anyhow or self.is_of_here:
            return False
        if name not in self.of_here and self.ask_session is not None:
            self.of_here[name] = self.ask_session(name)
        if self.of_here.get(name, False):
            return False
        self.refused.append(Problem("sheet-without-id", Where(name), {"name": session.session}))
        self.taken.add(name, OF_STRANGERS["sheet-without-id"], sheet.participant)
        return True

    def _of_whom(self, sheet: Sheet) -> Sheet:
        """The sheet under the code that is meant, as far as somebody said so."""
        code = sheet.participant
        near = self._unsaid(code)
        if near and self.ask is not None:
            self.same[code] = near if self.ask(code, near) else code
        meant = self.same.get(code, code)
        return sheet if meant == code else sheet.changed(participant=meant)

    def _unsaid(self, code: str) -> str:
        """Somebody whose code is so like `code` that it may be meant, and nobody said which."""
        near = near_codes(code, self.opened.session.party_of)
        return near[0] if near and code not in self.same else ""

    def _parsed(self, text: str, name: str) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
        return sheets.parse_any(
            text,
            name,
            question_set=self.opened.question_set,
            session=self.opened.session,
            consent=self.consent,
            spoken=spoken_codes(),
            columns=self.columns,
        )

    def _read(self, piece: Piece) -> tuple[Sheet, ...]:
        """The sheets in `piece`; what cannot be used of it is named, and kept if it is damaged."""
        name, content = piece.name, piece.content
        if content is None or piece.problem is not None:
            self._refuse_unread(piece)
            return ()
        text, problems = tables.decode(content, name, self._is_table)
        is_sheet = incoming.has_ending(name) or sheets.looks_like_answers(text or "", self.columns)
        if piece.within and not is_sheet and not (text and found_in(text)):
            self.others[piece.within].append(name)
            return ()
        self.with_sheets.add(piece.within)
        found, wrong = self._found(text, name) if text is not None else ((), ())
        problems = (*problems, *wrong)
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        if not (found or problems):  # a CSV of which nobody filled in anything
            problems = (Problem("csv-no-answers", Where(name), severity=Severity.NOTE),)
        if found or not errors:
            self.problems.extend(problems)
            self.taken.add_unused(name, errors)
            if not found:
                self.taken.add(name, Outcome.NOTHING)
        elif all(each.code in OF_ROWS for each in errors):  # read well, but not one row fits
            self.problems.extend(problems)
            self.taken.add_unused(name, errors)
        elif errors[0].code in NOT_DAMAGED:
            self.refused.append(errors[0])
            self.taken.add(name, Outcome.REFUSED)
        else:
            is_kept = self._set_aside(name, content, errors[0])
            self.damaged.extend(problems if is_kept else ())
        return found

    def _is_table(self, text: str) -> bool:
        return sheets.is_csv(text, "", self.columns)

    def _found(self, text: str, name: str) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
        """The sheets in a file: one that is the file, or those in a text around them."""
        found, problems = self._parsed(text, name)
        if found or not any(each.severity is Severity.ERROR for each in problems):
            return found, problems
        if sheets.is_csv(text, name, self.columns):
            return found, problems
        # One sheet that is damaged stays that: of a file that says it is one nothing is mended.
        if not incoming.has_ending(name) or len(found_in(text)) > 1:
            several, wrong = self._in_text(text, name)
            if several or not incoming.has_ending(name):
                return several, wrong
        return found, problems

    def _set_aside(self, name: str, content: bytes, why: Problem) -> bool:
        with self._held():
            code = erasing.spoken_of(content, self.opened.session)
            if code:  # a copy would bring back what was erased
                self.refused.append(Problem("sheet-of-erased", Where(name), {"code": code}))
            else:
                self.opened.folder.set_aside(name, content, why)
        self.taken.add(name, Outcome.REFUSED if code else Outcome.DAMAGED)
        return not code

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
        if problem.code in UNREADABLE:
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

    def _fitting(self, file: str, sheet: Sheet) -> Sheet:
        """The sheet with the answers that fit this session; the others are named."""
        clean, wrong = with_fitting_answers(self.opened, sheet)
        self.problems.extend(problem.in_file(file) for problem in wrong)
        self.taken.add_unused(file, (p for p in wrong if p.severity is Severity.ERROR))
        return clean

    def _is_refused(self, file: str, sheet: Sheet) -> bool:
        """Whether `sheet` is not for this session as it is now; why is written down."""
        stranger = not_ours(self.opened, sheet)
        if stranger is None:
            return False
        if stranger.code == "sheet-of-a-stranger":
            near = self._unsaid(sheet.participant)
            if near:
                params = {"code": sheet.participant, "near": near}
                stranger = Problem("sheet-near-code", params=params)
            elif self.add_people:  # `_let_join` passed them
                stranger = Problem("unknown-party", params={"name": sheet.party})
        self.refused.append(Problem(stranger.code, Where(file), stranger.params))
        self.taken.add(file, OF_STRANGERS[stranger.code], sheet.participant)
        return True

    def _let_join(self, pile: Iterable[Sheet]) -> None:
        """Whoever is new joins their party before anything of theirs is kept."""
        new: dict[str, str] = {}
        for sheet in pile:
            stranger = not_ours(self.opened, sheet)
            is_new = stranger is not None and stranger.code == "sheet-of-a-stranger"
            is_new = is_new and not self._unsaid(sheet.participant)
            if is_new and sheet.party in self.opened.session.kind_of:
                new.setdefault(sheet.participant, sheet.party)

        def joined(session: Session) -> Session:
            must_take_in(session)
            return session.joined_by(new)

        if new:
            self.opened = self.opened.revised(joined)
            self.added.update(new)

    def _put(self, file: str, code: str, found: Sequence[Sheet]) -> None:
        """Put the sheets of one person, all in `file`, together with those of some others."""
        if code in self.to_put:  # in another file
            self.put_all()
        self.to_put[code] = file, found
        if len(self.to_put) == _AT_ONCE:
            self.put_all()

    def put_all(self) -> None:
        """Put what was taken in beside what was known, and save it. Raises Busy or CannotWrite."""
        people, self.to_put = self.to_put, {}
        if not people:
            return
        try:
            self._put_at_once(people)
        except (Busy, CannotRead):  # one is in the way: who comes before it is put
            for code in tuple(people):
                self._put_at_once({code: people[code]})

    def _put_at_once(self, people: ToPut) -> None:
        """Whoever is refused is not among `people` any more."""
        merged: list[ToSave] = []
        with self._held():
            for code in tuple(people):
                one = self._merged(*people[code], code)
                if one is None:
                    del people[code]
                else:
                    merged.append(one)
            self.keeping.save(merged)
        for one in merged:
            self._tell(*people[one.code], one)

    def _merged(self, file: str, found: Sequence[Sheet], code: str) -> ToSave | None:
        """What is to be saved of one person; None when it is refused, and why is written down."""
        if self._is_refused(file, found[0]):  # erased since
            return None
        try:
            return self.keeping.merged(self.opened, code, found, replaces=code in self.replace)
        except BadData:
            where = Where(f"{code}.yaml")
            self.refused.append(Problem("sheet-here-damaged", where, {"file": file}))
            self.taken.add(file, Outcome.REFUSED, code)
            return None

    def _tell(self, file: str, found: Sequence[Sheet], saved: ToSave) -> None:
        """Write down what may be told: what is wrong with this file, and who handed in before."""
        code, put = saved.code, saved.told
        if put.drafts_unused:
            where, params = Where(file), {"code": code}
            self.problems.append(Problem("draft-not-used", where, params, Severity.WARNING))
            self.taken.add(file, Outcome.DRAFT_NOT_USED, code)
            return
        if put.draft_here:
            where, params = Where(f"{code}.yaml"), {"code": code}
            self.problems.append(Problem("draft-here-not-used", where, params, Severity.NOTE))
        if put.is_first:
            is_draft = found[0].status is SheetStatus.DRAFT
            self.taken.add(file, Outcome.DRAFT if is_draft else Outcome.FIRST_TIME, code)
            answered = len({item for sheet in found for item in sheet.answers})
            asked = self._asked_of(found[0])
            self.came_in.add(code)
            if answered < asked:
                self.partly[code] = answered, asked
        elif code in self.replace:
            self.taken.add(file, Outcome.REPLACED, code)
            self.replaced.add(code)
        else:
            self.taken.add(file, Outcome.HANDED_IN_BEFORE, code)
            self.before.add(code)

    def _asked_of(self, sheet: Sheet) -> int:
        return len(self.opened.question_set.route(self.opened.session.kind_of[sheet.party]))


def _broken(name: str) -> Problem:
    return Problem("pasted-broken", Where(name))
