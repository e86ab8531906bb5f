"""T7 of tests/README.md: whatever people do, and in whatever order, the files say what they did.

A machine walks through every verb and keeps a plain model beside it; after each step the files
and what the program says of them are compared with the model. Two facilitators sit at the session,
each with what they last saw of it; one may come in between two steps of what the other does.
"""

import copy
import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bart_tool.domain.agreement import AgreementDraft, Assent
from bart_tool.domain.answer import Answer
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.route import Place, Route
from bart_tool.domain.sheet import Picture, Sheet, fingerprint
from bart_tool.errors import BartError
from bart_tool.report import machine
from bart_tool.store import atomic, question_sets, views
from bart_tool.store.postgres import PostgresStore
from bart_tool.store.session_files import Person
from bart_tool.workflow.agree import agree
from bart_tool.workflow.answering import choosing
from bart_tool.workflow.answering.context import AnswerContext, session_context
from bart_tool.workflow.answering.steps import record
from bart_tool.workflow.erase import erase
from bart_tool.workflow.follow_up import begin, planned, take_back
from bart_tool.workflow.gather import gather
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import OpenSession, earlier_rounds, open_session
from bart_tool.workflow.phases import close, reopen, status
from bart_tool.workflow.publish import preview, publish
from bart_tool.workflow.settle import choices, settle
from tests.figures import figure
from tests.store.server import database
from tests.workflow.conftest import IN_MEMORY
from tests.workflow.on_disk import (
    INSTEAD,
    SET,
    begun_session,
    check_kept,
    held,
    in_folder,
    naming,
    sheet_file,
    snapshot,
    store_in,
)
from tests.workflow.plain_model import (
    STRICTNESS,
    Joined,
    PlainRound,
    PlainSession,
    PlainSheet,
    join,
    piles_in,
    sheet_of,
)
from tests.workshop import analysed, path_of

EXAMPLES = figure(100, 20_000)
STEPS = 40
PARTIES = {"wijkraad": 3, "wijkmanager": 1}
# A word of each person's own: it stands in all they write, and nowhere once they are erased.
OWN_WORD = {"WR-01": "aalbes", "WR-02": "braam", "WR-03": "cranberry", "WM-01": "druif"}
CODES = st.sampled_from(sorted(OWN_WORD))
VALUES: dict[str, list[Any]] = {
    "mandate": ["none", "advises", "decides", "dont-know"],
    "who": ["wijkraad", "wijkmanager", "nobody", "prefer-not"],
    "choice": ["voice", "plan", "dont-know"],
    "roles": [{}, {"networker": "formal"}, {"networker": "informal", "fixer": "unknown"}],
    "kept": ["no", "yes"],
    "agreement": ["no", "partly", "dont-know"],
}
DRAFTS = (
    AgreementDraft(
        topic="decision/spend",
        sentence="De wijkmanager beslist.",
        parties=(Assent(party="wijkraad"),),
    ),
    AgreementDraft(topic="words/wijkraad", sentence="Wij zeggen het zo.", mandate="submitted"),
    AgreementDraft(topic="who", sentence="Later verder.", mandate="parked"),
)
TODAY = date(2026, 11, 28)
DEEDS = ("close", "close", "reopen", "report", "agree", "follow up", "take back", "erase")
BUSY = ("changed-since-read", "file-is-locked")
# The set of this session never changes, so it need not be read thousands of times.
read_once = cache(question_sets.parse)
WHAT_WAS_DONE: Counter[str] = Counter()


@dataclass
class Visit:
    """Somebody at their sheet: what the program holds in memory, and what the model thinks."""

    context: AnswerContext
    sheet: Sheet
    fingerprint: str | None
    place: Place
    mine: PlainSheet
    seen: PlainSheet | None
    at: int
    home: Path | None = None

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(str(self))

    def __str__(self) -> str:
        return f"<{self.code} at {self.item}, {self.home or 'in the session'}: {self.mine}>"

    @property
    def code(self) -> str:
        return self.context.code

    @property
    def route(self) -> Route:
        return Route(self.context.question_set, self.context.kind)

    @property
    def items(self) -> list[str]:
        """The items that this person is asked, in their order."""
        return route_of(self.context.question_set, self.context.kind)

    @property
    def item(self) -> str:
        """The item that is asked now."""
        return self.items[self.at]


@dataclass(frozen=True)
class Deed:
    """What a facilitator does: with the program, and to the model, each with what refuses it."""

    name: str
    do: Callable[[OpenSession], OpenSession]
    plainly: Callable[[PlainSession], str]


@dataclass
class Desk:
    """What one of the facilitators last saw of the session, and the model as it was then."""

    opened: OpenSession
    model: PlainSession


def route_of(question_set: QuestionSet, kind: str) -> list[str]:
    return [item.key for item in question_set.route(kind)]


@contextmanager
def in_between(number: int, deed: Callable[[], None]) -> Iterator[None]:
    """Do `deed` once within this: before the lock after `number` others, or else at its end.

    Locks that are taken while one is held do not count: whoever comes there waits.
    """
    where: tuple[Any, str] = (PostgresStore, "_alone") if INSTEAD else (atomic, "locked")
    held, left, locked = 0, [number], getattr(*where)

    @contextmanager
    def watched(*args: Any) -> Iterator[None]:
        nonlocal held
        if not held and left:
            left[0] -= 1
            if left[0] < 0:
                left.clear()
                deed()
        with locked(*args):
            held += 1
            try:
                yield
            finally:
                held -= 1

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*where, watched)
        yield
    if left:
        deed()


def first_behind(keys: list[str], answers: dict[str, Any]) -> int:
    """Where to go on: behind the last answer, else the first open one, else the first."""
    given = [n for n, key in enumerate(keys) if key in answers]
    if not given or given[-1] + 1 < len(keys):
        return given[-1] + 1 if given else 0
    return next((n for n, key in enumerate(keys) if key not in answers), 0)


def outcome(call: Any) -> tuple[Any, str]:
    """What `call` gives, or the code of what it was refused with."""
    try:
        return call(), ""
    except BartError as error:
        return None, error.code


class WholeWalk(RuleBasedStateMachine):
    """People, a facilitator, and a power cut now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(question_sets, "parse", read_once)
        memory = IN_MEMORY if IN_MEMORY.is_dir() else None
        self.root = Path(tempfile.mkdtemp(dir=memory, prefix="bart-test-"))
        self.inbox = self.root / "inbox"
        self.inbox.mkdir()
        made = begun_session(self.root / "sessions", PARTIES)
        self.folder = path_of(made.folder)
        made.folder.save_people({code: Person(name=word) for code, word in OWN_WORD.items()})
        self.session = PlainSession(PlainRound(dict(made.session.party_of)))
        self.desks = [Desk(made, copy.deepcopy(self.session)) for _ in range(2)]
        self.visits: list[Visit] = []
        self.loose: dict[Path, tuple[str, PlainSheet]] = {}
        self.round_of: dict[Path, int] = {}
        self.was_followed_up = False
        for code in sorted(OWN_WORD):
            self.sit_down(code)

    @initialize(far=st.integers(0, 4), word=st.sampled_from("xyz"))
    def begin_somewhere(self, far: int, word: str) -> None:
        """At the start, or when all that takes a while was done already."""
        if not far:
            return
        for visit in [each for each in self.visits if each.code != "WR-03"]:
            said = f"{OWN_WORD[visit.code]} {word}"
            item = "words/wijkraad"
            self._record(visit, {"value": said}, Answer(value=said), item)
            final = visit.sheet.changed(status="submitted")
            self._save(visit, final, visit.mine.copied(status="submitted"))
        for name in ("close", "agree", "follow up")[: far - 1]:
            self._do(self._deed(name), None)

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.root)

    @property
    def model(self) -> PlainRound:
        """The round of now, as it ought to be."""
        return self.session.now

    @property
    def erased(self) -> set[str]:
        return self.session.erased

    def opened(self) -> OpenSession:
        return open_session(store_in(self.root / "sessions"), "test")

    def unknown(self, code: str) -> str:
        """With what somebody who does not take part is refused."""
        return "participant-erased" if code in self.erased else "no-such-participant"

    # A participant

    @rule(code=CODES)
    def sit_down(self, code: str) -> None:
        context, refused = outcome(lambda: session_context(self.opened(), code))
        if code not in self.model.party_of:
            assert refused == self.unknown(code)
        elif self.model.phase != "answering":
            assert refused == "not-answering"
        else:
            self._sit(context, self.model.own.get(code), None)

    @precondition(lambda self: self.loose and self.model.phase == "answering")
    @rule(data=st.data())
    def go_on_at_home(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.loose)))
        code, said = self.loose[path]
        if code in self.model.party_of and self.round_of[path] == self.model.round:
            self._sit(session_context(self.opened(), code).moved_to(path), said, path)

    def _sit(self, context: AnswerContext, on_disk: PlainSheet | None, home: Path | None) -> None:
        found = context.read()
        assert (found is None) == (on_disk is None)
        sheet, mark = found or (context.blank, None)
        may_change = home is None and context.code in self.model.reopened
        mine = (on_disk or PlainSheet()).copied(**({"status": "draft"} if may_change else {}))
        place = Route(context.question_set, context.kind).goes_on_at(sheet)
        at = first_behind(route_of(context.question_set, context.kind), mine.answers)
        visit = Visit(context, sheet, mark, place, mine, on_disk, at, home)
        self.check_visit(visit)
        self.visits = [*self.visits[-3:], visit]

    def check_visit(self, visit: Visit) -> None:
        assert visit.route.item_at(visit.place).key == visit.item
        assert plain(visit.sheet) == visit.mine

    def one(self, data: st.DataObject) -> Visit:
        visit: Visit = data.draw(st.sampled_from(self.visits))
        return visit

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), times=st.integers(1, 4))
    def answer(self, data: st.DataObject, times: int) -> None:
        visit = self.one(data)
        for _ in range(times):
            self._answer(data, visit)

    def _answer(self, data: st.DataObject, visit: Visit) -> None:
        said, before = visit.mine.answers.get(visit.item), visit.sheet.answers.get(visit.item)
        if visit.item.startswith("words"):
            value = f"{OWN_WORD[visit.code]} {data.draw(st.sampled_from('xyz'))}"
            after = choosing.written(before, value)
        else:
            about = visit.item.partition("/")[0]
            about = "agreement" if about.startswith("agreement-") else about
            value = data.draw(st.sampled_from(VALUES[about]))
            after = (
                choosing.chosen(before, value)
                if isinstance(value, str)
                else Answer.model_validate({**(said or {}), "value": value})
            )
        assert after is not None
        new = {**(said or {}), "value": value}
        if value in ("dont-know", "prefer-not"):
            new.pop("certainty", None)
        self._record(visit, new, after)
        self._step(visit, forward=True)

    @precondition(lambda self: any(v.item in v.mine.answers for v in self.visits))
    @rule(data=st.data(), what=st.sampled_from(["note", "quote", "certainty"]), on=st.booleans())
    def remark(self, data: st.DataObject, what: str, on: bool) -> None:
        having = [each for each in self.visits if each.item in each.mine.answers]
        visit = data.draw(st.sampled_from(having))
        asked = visit.context.question_set.by_key[visit.item].question
        if what == "certainty" and not asked.certainty:
            what = "note"  # neither front door asks how sure one is where the set does not
        said, before = visit.mine.answers[visit.item], visit.sheet.answers[visit.item]
        word = f"{OWN_WORD[visit.code]}!" if on else ""
        value: dict[str, Any] = {"note": word, "quote": on, "certainty": "guess" if on else None}
        after = {
            "note": lambda: choosing.changed(before, note=word),
            "quote": lambda: choosing.changed(before, quote=on),
            "certainty": lambda: choosing.changed(before, certainty=value["certainty"]),
        }[what]()
        new = {key: each for key, each in said.items() if key != what}
        if value[what]:
            new[what] = value[what]
        self._record(visit, new, after)

    def _record(
        self, visit: Visit, new: dict[str, Any], after: Answer, item: str | None = None
    ) -> None:
        item = item or visit.item
        sheet, problems = record(visit.context.question_set, visit.sheet, item, after)
        assert not [each for each in problems if each.severity == "error"]
        before = visit.mine.answers.get(item)
        last = before["revision"] if before else visit.mine.wiped.get(item, 0)
        new["revision"] = last + 1
        answers = {**visit.mine.answers, item: new}
        wiped = {key: each for key, each in visit.mine.wiped.items() if key != item}
        self._save(visit, sheet, visit.mine.copied(answers=answers, wiped=wiped))

    @precondition(lambda self: any(v.item in v.mine.answers for v in self.visits))
    @rule(data=st.data())
    def clear(self, data: st.DataObject) -> None:
        having = [each for each in self.visits if each.item in each.mine.answers]
        visit = data.draw(st.sampled_from(having))
        left = {key: said for key, said in visit.mine.answers.items() if key != visit.item}
        wiped = {**visit.mine.wiped, visit.item: visit.mine.answers[visit.item]["revision"]}
        sheet = visit.sheet.without(visit.item)
        self._save(visit, sheet, visit.mine.copied(answers=left, wiped=wiped))

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), consent=st.sampled_from([*STRICTNESS, ""]))
    def choose_consent_or_hand_in(self, data: st.DataObject, consent: Any) -> None:
        visit = self.one(data)
        if consent:
            sheet, new = visit.sheet.changed(consent=consent), visit.mine.copied(consent=consent)
        else:
            sheet = visit.sheet.changed(status="submitted")
            new = visit.mine.copied(status="submitted")
        self._save(visit, sheet, new)

    def _save(self, visit: Visit, sheet: Sheet, new: PlainSheet) -> None:
        """Save as both front doors do; what is refused changes nothing anywhere."""
        expected, kept = self._refusal(visit), new
        mark, refused = outcome(lambda: visit.context.save(sheet, visit.fingerprint))
        WHAT_WAS_DONE[f"save {refused}"] += 1
        assert refused == expected
        if refused:
            return
        if visit.home is not None:
            self.loose[visit.home] = visit.code, new
        else:
            if visit.code in self.model.own and self.model.own[visit.code].status == "submitted":
                kept = new.copied(status="submitted")
                if new.status == "submitted":  # handed in once more
                    self.model.reopened.discard(visit.code)
            self.model.own[visit.code] = kept
        visit.sheet, visit.fingerprint, visit.mine, visit.seen = sheet, mark, new, kept

    def _refusal(self, visit: Visit) -> str:
        there = self.model.own.get(visit.code)
        if visit.home is not None:
            there = self.loose[visit.home][1]
        elif self.model.phase != "answering":
            return "not-answering"
        elif visit.sheet.round != self.model.round:
            return "round-is-over"
        elif visit.code not in self.model.party_of:
            return self.unknown(visit.code)
        elif there and there.status == "submitted" and visit.code not in self.model.reopened:
            return "handed-in-already"
        if there == visit.seen:  # equal sheets are equal bytes
            return ""
        return "changed-since-read" if visit.seen else "already-there"

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), forward=st.booleans())
    def skip_or_go_back(self, data: st.DataObject, forward: bool) -> None:
        self._step(self.one(data), forward)

    def _step(self, visit: Visit, forward: bool) -> None:
        step = visit.route.after if forward else visit.route.before
        there = step(visit.place, by_row=True)
        at = visit.at + (1 if forward else -1)
        assert (there is not None) == (0 <= at < len(visit.items))
        if there is not None:
            visit.place, visit.at = there, at
        self.check_visit(visit)

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), while_writing=st.booleans())
    def be_killed(self, data: st.DataObject, while_writing: bool) -> None:
        visit = self.one(data)
        self.visits = [each for each in self.visits if each is not visit]
        # Who was erased cannot be writing: their save is refused before it writes anything. In a
        # database a killed writer leaves nothing.
        if while_writing and not INSTEAD and visit.code in self.model.party_of:
            (self.folder / "sheets").mkdir(exist_ok=True)
            left = self.folder / "sheets" / f".{visit.code}.yaml.{secrets.token_hex(8)}.tmp"
            left.write_text(
                f"participant: {visit.code}\nanswers:\n  who: {OWN_WORD[visit.code]}", "utf-8"
            )

    @precondition(lambda self: any(each.home is None for each in self.visits))
    @rule(data=st.data())
    def take_it_home(self, data: st.DataObject) -> None:
        visit = data.draw(st.sampled_from([each for each in self.visits if each.home is None]))
        path = self.inbox / f"{len(self.loose)}.yaml"
        visit.context, visit.home = visit.context.moved_to(path), path
        visit.fingerprint = visit.context.save(visit.sheet, None)
        visit.seen = visit.mine
        self.loose[path] = visit.code, visit.mine
        self.round_of[path] = visit.sheet.round

    @precondition(lambda self: self.model.own)
    @rule(data=st.data(), step=st.sampled_from([-1, 0, 0, 0, 1]), final=st.booleans())
    def send_another_version(self, data: st.DataObject, step: int, final: bool) -> None:
        """A sheet from elsewhere: older, newer, the same again, or one that contradicts."""
        code = data.draw(st.sampled_from(sorted(self.model.own)))
        sheet = self._as_sheet(code, self.model.own[code])
        answers = dict(sheet.answers)
        for item in (
            data.draw(st.lists(st.sampled_from(sorted(answers)), max_size=3)) if answers else ()
        ):
            said = answers[item]
            note = data.draw(st.sampled_from(["", f"{OWN_WORD[code]}?"]))
            revision = max(said.revision + step, 1)
            answers[item] = said.model_copy(update={"note": note, "revision": revision})
        status = "submitted" if final else sheet.status
        path = sheet_file(
            self.inbox, f"{len(self.loose)}.yaml", sheet.changed(answers=answers, status=status)
        )
        self.loose[path] = sheet_of(path)
        self.round_of[path] = sheet.round
        self._take_in([path], add_people=False)

    # The facilitator

    @precondition(lambda self: self.loose)
    @rule(data=st.data(), who=st.sampled_from([None, 0, 1]))
    def take_in(self, data: st.DataObject, who: int | None) -> None:
        files = data.draw(st.lists(st.sampled_from(sorted(self.loose)), min_size=1, max_size=3))
        self._take_in(files, add_people=data.draw(st.booleans()), who=who)

    def _take_in(self, files: list[Path], *, add_people: bool, who: int | None = None) -> None:
        before, as_it_was = held(in_folder(self.opened())), snapshot(self.folder)
        desk = self.desk(who)
        done, refused = outcome(lambda: gather(desk.opened, files, add_people=add_people))
        WHAT_WAS_DONE[f"gather {refused}"] += 1
        if self.model.phase != "answering":
            assert refused == "gather-not-open"
            assert snapshot(self.folder) == as_it_was
            return
        new, strangers, again, touched = set(), [], set(), set()
        for file in files:
            code, said = self.loose[file]
            if not (code in self.model.party_of and self.round_of[file] == self.model.round):
                strangers.append(file.name)
                continue
            touched.add(code)
            handed_in = any(each.status == "submitted" for each in self.model.pile(code))
            if not handed_in:
                new.add(code)
            elif said.status == "submitted":
                again.add(code)
            self.model.waiting.setdefault(code, []).append(said.copied())
        assert not done.damaged
        assert sorted(each.where.file for each in done.refused) == sorted(strangers)
        assert set(done.came_in) == new
        assert set(done.before) == again
        check_kept(before, held(in_folder(done.opened)))
        contradicted = touched & {code for code, _ in self.model.open_conflicts()}
        WHAT_WAS_DONE["take in with a conflict"] += bool(contradicted)
        self._lay_out(touched)
        self._sees(who, done.opened)

    def _lay_out(self, codes: set[str]) -> None:
        """Where the program laid what came in is its own affair, as long as nothing changes."""
        own, waiting = piles_in(self.folder)
        for code in codes:
            expected, before = join(self.model.pile(code), {}), self.model.own.get(code)
            piled = [*([own[code]] if code in own else []), *waiting.get(code, [])]
            assert same(join(piled, {})) == same(expected)
            assert expected is not None
            for item, candidates in expected.open.items():
                first = own[code].answers.get(item)
                # A draft made room for what was handed in, before that came to contradict itself.
                if before is None or before.status != expected.sheet.status:
                    continue
                if before.answers.get(item) in candidates:
                    assert first == before.answers[item]
            self.model.own[code] = own[code]
            self.model.waiting[code] = waiting.get(code, [])

    @precondition(lambda self: self.loose and self.model.phase == "answering")
    @rule(data=st.data())
    def take_in_a_damaged_file(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.loose)))
        broken = self.inbox / "broken.yaml"
        broken.write_bytes(path.read_bytes() + b"\nanswers: [")
        done = gather(self.opened(), [broken])
        if self.loose[path][0] in self.erased:  # not even a copy is kept
            assert [each.code for each in done.refused] == ["sheet-of-erased"]
            assert not done.damaged
            return
        assert {each.where.file for each in done.damaged} == {"broken.yaml"}
        assert not {*done.came_in, *done.before, *done.refused}
        self.session.set_aside.add(self.loose[path][0])

    @precondition(lambda self: self.model.open_conflicts())
    @rule(data=st.data())
    def settle_one(self, data: st.DataObject) -> None:
        opened = self.opened()
        found, refused = outcome(lambda: choices(opened))
        assert refused == ("settle-not-closed" if self.model.phase == "answering" else "")
        if refused:
            return
        assert {(each.participant, each.item) for each in found} == self.model.open_conflicts()
        choice = data.draw(st.sampled_from(found))
        marks = [version.mark for version in choice.versions]
        mark = data.draw(st.sampled_from(marks))
        said = self._joined(choice.participant).open[choice.item]
        by_mark = {fingerprint(Answer.model_validate(each)): each for each in said}
        assert set(marks) == by_mark.keys()
        settle(opened, choice.participant, {choice.item: mark})
        place = (choice.item, choice.revision)
        self.model.settled.setdefault(choice.participant, {})[place] = by_mark[mark], said
        self.model.out_of_date |= bool(self.model.reports)

    # What two facilitators do

    def desk(self, who: int | None) -> Desk:
        """What facilitator `who` sees; who has just come in sees it as it is."""
        return Desk(self.opened(), self.session) if who is None else self.desks[who]

    def _sees(self, who: int | None, opened: OpenSession) -> None:
        """What a verb gave back is what its facilitator goes on with."""
        if who is not None:
            self.desks[who] = Desk(opened, copy.deepcopy(self.session))

    @rule(who=st.sampled_from([0, 1]))
    def look_again(self, who: int) -> None:
        self._sees(who, self.opened())

    def a_deed(self, data: st.DataObject) -> Deed:
        """Something a facilitator does now and then."""
        name = data.draw(st.sampled_from(DEEDS))
        if name == "reopen":
            codes = data.draw(st.sets(CODES, max_size=2))
            return Deed(name, lambda o: reopen(o, codes), lambda m: m.reopen(codes))
        if name == "report":
            formats = data.draw(st.sampled_from([("json",), ("md", "html", "json")]))
            made = lambda o: publish(o, formats=formats).opened  # noqa: E731
            return Deed(name, made, lambda m: m.report(formats))
        if name == "agree":
            draft = data.draw(st.sampled_from(DRAFTS))
            return Deed(name, lambda o: agree(o, draft, TODAY).opened, PlainSession.agree)
        if name == "erase":
            code = data.draw(CODES)
            return Deed(name, lambda o: erase(o, code).opened, lambda m: m.erase(code))
        return self._deed(name)

    def _deed(self, name: str) -> Deed:
        """One of which there is nothing to choose."""
        return {
            "agree": Deed(name, lambda o: agree(o, DRAFTS[0], TODAY).opened, PlainSession.agree),
            "close": Deed(name, lambda o: close(o).opened, PlainSession.close),
            "follow up": Deed(name, lambda o: begin(o, planned(o)), PlainSession.follow_up),
            "take back": Deed(name, take_back, PlainSession.take_back),
        }[name]

    @rule(data=st.data(), who=st.sampled_from([None, None, 0, 1]))
    def what_a_facilitator_does_now_and_then(self, data: st.DataObject, who: int | None) -> None:
        self._do(self.a_deed(data), who)

    def _do(self, deed: Deed, who: int | None) -> None:
        desk, as_it_was = self.desk(who), snapshot(self.folder)
        is_new = desk.opened.fingerprint == self.opened().fingerprint
        after = copy.deepcopy(self.session)
        expected = deed.plainly(after)
        opened, refused = outcome(lambda: deed.do(desk.opened))
        WHAT_WAS_DONE[f"{deed.name} {refused}"] += 1
        if is_new:
            assert refused == expected, deed.name
        elif refused:  # rightly, or by what this facilitator still thought
            thought = deed.plainly(copy.deepcopy(desk.model))
            assert refused in (expected, thought, *BUSY), deed.name
        else:
            assert expected == "", f"{deed.name} was done by who had not seen that it may not be"
        if refused:
            assert self._kept(as_it_was) == self._kept(snapshot(self.folder))
            return
        self.session = after
        self._sees(who, opened)
        assert opened.session == self.opened().session
        if deed.name == "report":
            self._check_report(opened)

    def _kept(self, files: dict[str, bytes]) -> dict[str, bytes]:
        """All but the view, which says that it may be out of date before anything is done."""
        return {name: held for name, held in files.items() if name != "view.yaml"}

    @rule(data=st.data(), number=st.integers(0, 12))
    def one_comes_in_between(self, data: st.DataObject, number: int) -> None:
        """Each does something; that of the other falls before one of the locks of the first."""
        first, other = self.a_deed(data), self.a_deed(data)
        said: dict[str, str] = {}
        with in_between(
            number, lambda: said.update(other=outcome(lambda: other.do(self.opened()))[1])
        ):
            opened = self.opened()
            said["first"] = outcome(lambda: first.do(opened))[1]
        WHAT_WAS_DONE[f"{first.name} {said['first']}, {other.name} {said['other']} between"] += 1
        self.session = next(self._what_it_may_be(first, other, said))

    def _what_it_may_be(
        self, first: Deed, other: Deed, said: dict[str, str]
    ) -> Iterator[PlainSession]:
        """The model after one and then the other, in the order that is found on the disk."""
        before, wrong = self.session, []
        for order in ("first other", "unfinished other", "other first", "other"):
            self.session = copy.deepcopy(before)
            expected = {}
            if order == "unfinished other":
                # A report was written, and the other came before its last word in the session.
                if first.name != "report" or said["first"] not in BUSY:
                    continue
                first.plainly(self.session)
                self.session.now.phase = before.now.phase
                self.session.now.out_of_date = before.now.out_of_date
                expected["first"] = said["first"]
            deeds = {"first": first, "other": other}
            steps = [name for name in order.split() if name in deeds]
            expected |= {name: deeds[name].plainly(self.session) for name in steps}
            if order == "other" and said["first"] in BUSY:
                expected["first"] = said["first"]
            if order == "first other" and first.name in ("erase", "report"):
                # Done, but for its last word in the session: whoever opens it goes on with erasing,
                # and a report lies there that the other put out of date.
                expected["first"] = said["first"] if said["first"] in BUSY else expected["first"]
            if expected != said:
                continue
            try:
                self.the_files_say_what_the_model_says()
            except AssertionError as error:
                wrong.append(f"{order}: {error}")
            else:
                yield self.session
        raise AssertionError(f"{first.name} and {other.name}: {said}, {wrong}")

    def _check_report(self, opened: OpenSession) -> None:
        session = opened.session
        known = views.read(opened.folder, session.round)
        assert known is not None
        if len(known.views) > 1 or self.was_followed_up:
            return  # beside an earlier closing not all of a group is shown
        # The whole report once more, from nothing but the model.
        people = self._who_said_something(self.model)
        sheets = tuple(self._as_sheet(c, self._joined(c).sheet) for c in people)
        findings = analysed(SET, session, Picture(sheets))
        agreed = opened.folder.agreements()[0].agreements
        expected = machine.to_json(findings, SET, session, session.language, agreed)
        assert (self.folder / "report" / "report.json").read_text("utf-8") == expected
        WHAT_WAS_DONE["whole report"] += 1

    def _joined(self, code: str) -> Joined:
        joined = self.model.joined(code)
        assert joined is not None
        return joined

    def _who_said_something(self, there: PlainRound) -> list[str]:
        return [code for code in sorted(there.party_of) if there.joined(code)]

    def _as_sheet(self, code: str, said: PlainSheet) -> Sheet:
        return Sheet(
            session="test",
            round=self.model.round,
            question_set=SET.id,
            question_set_hash=SET.hash,
            participant=code,
            party=self.model.party_of[code],
            consent=said.consent,
            status=said.status,
            answers={
                item: Answer.model_validate(said.answers[item]) for item in sorted(said.answers)
            },
        ).marked(self.opened().session.id)

    @rule()
    def look_at_the_preview(self) -> None:
        made = preview(self.opened(), formats=("json",))
        assert all(each.answered == 0 for each in made.findings.parties)

    # After every step

    @invariant()
    def the_files_say_what_the_model_says(self) -> None:
        opened = self.opened()  # which sweeps what killed writers left
        own, waiting = piles_in(self.folder)
        assert own == self.model.own
        assert waiting == {code: each for code, each in self.model.waiting.items() if each}
        for path, (code, said) in self.loose.items():
            assert sheet_of(path) == (code, said)
        self._check_what_the_program_says(opened)
        self._check_earlier_rounds(opened)
        self._check_what_lies_about()

    def _check_what_the_program_says(self, opened: OpenSession) -> None:
        now = status(opened)
        states = {each.code: each.state for each in now.participants}
        assert states == {code: self.model.state(code) for code in self.model.party_of}
        told = set() if self.model.phase == "answering" else self.model.open_conflicts()
        assert set(now.conflicts) == told
        assert now.problems == ()
        assert set(opened.session.erased) == self.erased
        assert len(opened.folder.agreements()[0].agreements) == self.session.agreements
        self._check_round(opened, self.model)

    def _check_round(self, opened: OpenSession, model: PlainRound) -> None:
        found = {each.participant: plain(each) for each in picture_of(opened).picture.sheets}
        people = self._who_said_something(model)
        joined = {code: model.joined(code) for code in people}
        assert found == {code: each.sheet for code, each in joined.items() if each}
        session = opened.session
        assert (session.round, session.phase) == (model.round, model.phase)
        assert session.party_of == model.party_of
        assert set(session.reopened) == model.reopened
        assert session.report_out_of_date == model.out_of_date
        reports = {path.name for path in (path_of(opened.folder) / "report").glob("report.*")}
        assert reports == model.reports

    def _check_earlier_rounds(self, opened: OpenSession) -> None:
        earlier = earlier_rounds(opened)
        lies_there = self.folder / "rounds"
        names = {path.name for path in lies_there.glob("*") if not path.name.startswith(".")}
        assert names == {str(each.round) for each in self.session.finished}
        for each, model in zip(earlier, self.session.finished, strict=True):
            if {model.phase, each.session.phase} == {"closed", "agreed"}:
                # The other followed up between an agreement and saying that something was agreed.
                model.phase = each.session.phase
            self._check_round(each, model)
            own, waiting = piles_in(lies_there / str(model.round))
            assert own == model.own
            assert waiting == {code: pile for code, pile in model.waiting.items() if pile}
        self.was_followed_up |= bool(earlier)

    def _check_what_lies_about(self) -> None:
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        assert not [path for path in files if path.name.endswith(".tmp")]
        gone = self.erased - self.session.set_aside
        names = "\n".join(path.name for path in files)
        held = snapshot(self.folder) if gone else {}
        for code in gone:
            assert code not in names
            assert naming(code, held) == []
            assert naming(OWN_WORD[code], held) == []


def same(joined: Any) -> Any:
    """What two piles must agree on: the order of answers in conflict is nobody's affair."""
    if joined is None:
        return None
    waiting = {item: sorted(map(in_order, said)) for item, said in joined.open.items()}
    return joined.sheet, waiting


def in_order(answer: dict[str, Any]) -> str:
    """An answer as text, whatever the order of its parts."""
    return repr(sorted(answer.items()))


def plain(sheet: Sheet) -> PlainSheet:
    """What a sheet in memory says, as its file would."""
    answers = {
        item: {**said.model_dump(exclude_defaults=True), "revision": said.revision}
        for item, said in sheet.answers.items()
    }
    return PlainSheet(str(sheet.status), sheet.consent, answers, dict(sheet.wiped))


class WalkInADatabase(WholeWalk):
    """The same, with the session in a database."""

    def __init__(self) -> None:
        INSTEAD[:] = [database()]
        super().__init__()

    def teardown(self) -> None:
        super().teardown()
        INSTEAD.clear()


def walked(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


TestWholeWalk = WholeWalk.TestCase
TestWholeWalk.settings = walked(EXAMPLES)


def test_the_whole_walk_in_a_database() -> None:
    database()  # else it is skipped here, and not in the midst of a walk
    run_state_machine_as_test(WalkInADatabase, settings=walked(figure(12, 2_000)))
