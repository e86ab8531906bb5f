"""T7 of tests/README.md: whatever people do, and in whatever order, the files say what they did.

A machine walks through every verb and keeps a plain model beside it; after each step the files
and what the program says of them are compared with the model.
"""

import secrets
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bart_tool.domain.answer import Answer
from bart_tool.domain.route import Place, Route
from bart_tool.domain.sheet import Picture, Sheet, fingerprint
from bart_tool.errors import BartError
from bart_tool.report import machine
from bart_tool.store import question_sets, views
from bart_tool.store.disk import DiskStore
from bart_tool.store.session_files import Person
from bart_tool.workflow.answering import choosing
from bart_tool.workflow.answering.context import AnswerContext, session_context
from bart_tool.workflow.answering.steps import record
from bart_tool.workflow.erase import erase
from bart_tool.workflow.gather import gather
from bart_tool.workflow.open_session import OpenSession, open_session, picture_of
from bart_tool.workflow.phases import close, reopen, status_of
from bart_tool.workflow.publish import preview, publish
from bart_tool.workflow.settle import choices, settle
from tests.figures import figure
from tests.workflow.conftest import IN_MEMORY
from tests.workflow.on_disk import (
    SET,
    begun_session,
    check_kept,
    held,
    in_folder,
    naming,
    sheet_file,
    snapshot,
)
from tests.workflow.plain_model import (
    STRICTNESS,
    Joined,
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
}
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
    def item(self) -> str:
        """The item that is asked now."""
        return route_of(self.context.kind)[self.at]


def route_of(kind: str) -> list[str]:
    return [item.key for item in SET.route(kind)]


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
        self.model = PlainSession(dict(made.session.party_of))
        self.visits: list[Visit] = []
        self.loose: dict[Path, tuple[str, PlainSheet]] = {}
        self.erased: set[str] = set()
        self.set_aside: set[str] = set()  # whose damaged files lie here
        for code in sorted(OWN_WORD):
            self.sit_down(code)

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.root)

    def opened(self) -> OpenSession:
        return open_session(DiskStore(self.root / "sessions"), "test")

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
        if code in self.model.party_of:
            self._sit(session_context(self.opened(), code).moved_to(path), said, path)

    def _sit(self, context: AnswerContext, on_disk: PlainSheet | None, home: Path | None) -> None:
        found = context.read()
        assert (found is None) == (on_disk is None)
        sheet, mark = found or (context.blank, None)
        may_change = home is None and context.code in self.model.reopened
        mine = (on_disk or PlainSheet()).copied(**({"status": "draft"} if may_change else {}))
        place = Route(context.question_set, context.kind).goes_on_at(sheet)
        at = first_behind(route_of(context.kind), mine.answers)
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
            value = data.draw(st.sampled_from(VALUES[visit.item.partition("/")[0]]))
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
        if what == "certainty" and not SET.by_key[visit.item].question.certainty:
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

    def _record(self, visit: Visit, new: dict[str, Any], after: Answer) -> None:
        sheet, problems = record(visit.context.question_set, visit.sheet, visit.item, after)
        assert not [each for each in problems if each.severity == "error"]
        before = visit.mine.answers.get(visit.item)
        last = before["revision"] if before else visit.mine.wiped.get(visit.item, 0)
        new["revision"] = last + 1
        answers = {**visit.mine.answers, visit.item: new}
        wiped = {key: each for key, each in visit.mine.wiped.items() if key != visit.item}
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
            self.model.own[visit.code] = kept
        visit.sheet, visit.fingerprint, visit.mine, visit.seen = sheet, mark, new, kept

    def _refusal(self, visit: Visit) -> str:
        there = self.model.own.get(visit.code)
        if visit.home is not None:
            there = self.loose[visit.home][1]
        elif self.model.phase != "answering":
            return "not-answering"
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
        assert (there is not None) == (0 <= at < len(route_of(visit.context.kind)))
        if there is not None:
            visit.place, visit.at = there, at
        self.check_visit(visit)

    @precondition(lambda self: self.visits)
    @rule(data=st.data(), while_writing=st.booleans())
    def be_killed(self, data: st.DataObject, while_writing: bool) -> None:
        visit = self.one(data)
        self.visits = [each for each in self.visits if each is not visit]
        # Who was erased cannot be writing: their save is refused before it writes anything.
        if while_writing and visit.code in self.model.party_of:
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
        self._take_in([path], add_people=False)

    # The facilitator

    @precondition(lambda self: self.loose)
    @rule(data=st.data(), add_people=st.booleans())
    def take_in(self, data: st.DataObject, add_people: bool) -> None:
        files = data.draw(st.lists(st.sampled_from(sorted(self.loose)), min_size=1, max_size=3))
        self._take_in(files, add_people)

    def _take_in(self, files: list[Path], add_people: bool) -> None:
        before, as_it_was = held(in_folder(self.opened())), snapshot(self.folder)
        done, refused = outcome(lambda: gather(self.opened(), files, add_people=add_people))
        if self.model.phase != "answering":
            assert refused == "gather-not-open"
            assert snapshot(self.folder) == as_it_was
            return
        new, strangers, again, touched = set(), [], set(), set()
        for file in files:
            code, said = self.loose[file]
            if code not in self.model.party_of and (not add_people or code in self.erased):
                strangers.append(file.name)
                continue
            if code not in self.model.party_of:
                self.model.party_of[code] = done.opened.session.party_of[code]
                assert code in done.added
            touched.add(code)
            handed_in = any(each.status == "submitted" for each in self.model.pile(code))
            if not handed_in:
                new.add(code)
            elif said.status == "submitted":
                again.add(code)
            self.model.waiting.setdefault(code, []).append(said.copied())
        assert not done.damaged
        assert [each.where.file for each in done.refused] == strangers
        assert set(done.came_in) == new
        assert set(done.before) == again
        check_kept(before, held(in_folder(done.opened)))
        contradicted = touched & {code for code, _ in self.model.open_conflicts()}
        WHAT_WAS_DONE["take in with a conflict"] += bool(contradicted)
        self._lay_out(touched)

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
                counted = before is not None and before.status == expected.sheet.status
                if counted and before.answers.get(item) in candidates:
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
        self.set_aside.add(self.loose[path][0])

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
        settle(opened, choice.participant, choice.item, mark)
        place = (choice.item, choice.revision)
        self.model.settled.setdefault(choice.participant, {})[place] = by_mark[mark], said
        self.model.out_of_date |= bool(self.model.reports)

    @rule(
        data=st.data(),
        deed=st.sampled_from(["close", "reopen", "reopen", "report", "preview", "erase"]),
    )
    def what_a_facilitator_does_now_and_then(self, data: st.DataObject, deed: str) -> None:
        {
            "close": self.close,
            "reopen": lambda: self.reopen(data.draw(st.sets(CODES, max_size=2))),
            "report": lambda: self.report(data.draw(st.booleans())),
            "preview": self.look_at_the_preview,
            "erase": lambda: self.erase(data.draw(CODES)),
        }[deed]()

    def close(self) -> None:
        done, refused = outcome(lambda: close(self.opened()))
        if self.model.phase != "answering":
            assert refused == "not-open"
            return
        missing = {code for code in self.model.party_of if self.model.state(code) != "submitted"}
        assert {each.code for each in done.missing} == missing
        assert set(done.conflicts) == self.model.open_conflicts()
        self.model.phase = "closed"
        self.model.reopened = set()

    def reopen(self, codes: set[str]) -> None:
        _, refused = outcome(lambda: reopen(self.opened(), codes))
        if codes - self.model.party_of.keys():
            assert refused in ("no-such-participant", "participant-erased")
        elif self.model.phase == "answering" and not codes:
            assert refused == "not-closed"
        else:
            assert not refused
            self.model.phase = "answering"
            self.model.reopened |= codes
            self.model.out_of_date |= bool(self.model.reports)

    def report(self, html: bool) -> None:
        formats = ("md", "html", "json") if html else ("json",)
        as_it_was = snapshot(self.folder)
        made, refused = outcome(lambda: publish(self.opened(), formats=formats))
        if self.model.phase == "answering":
            assert refused == "not-closed-yet"
            assert snapshot(self.folder) == as_it_was
            return
        assert made.problems == ()
        self.model.reports |= {f"report.{each}" for each in formats}
        self.model.out_of_date = False
        session = made.opened.session
        known = views.read(made.opened.folder, session.round)
        assert known is not None
        if len(known.views) > 1:
            return  # beside an earlier closing not all of a group is shown
        # The whole report once more, from nothing but the model.
        people = self._who_said_something()
        picture = Picture(tuple(self._as_sheet(c, self._joined(c).sheet) for c in people))
        findings = analysed(SET, session, picture)
        expected = machine.to_json(findings, SET, session, session.language)
        assert (self.folder / "report" / "report.json").read_text("utf-8") == expected
        WHAT_WAS_DONE["report"] += 1

    def _joined(self, code: str) -> Joined:
        joined = self.model.joined(code)
        assert joined is not None
        return joined

    def _who_said_something(self) -> list[str]:
        return [code for code in sorted(self.model.party_of) if self.model.joined(code)]

    def _as_sheet(self, code: str, said: PlainSheet) -> Sheet:
        return Sheet(
            session="test",
            question_set=SET.id,
            question_set_hash=SET.hash,
            participant=code,
            party=self.model.party_of[code],
            consent=said.consent,
            status=said.status,
            answers={
                item: Answer.model_validate(said.answers[item]) for item in sorted(said.answers)
            },
        )

    def look_at_the_preview(self) -> None:
        made = preview(self.opened(), formats=("json",))
        assert all(each.answered == 0 for each in made.findings.parties)

    def erase(self, code: str) -> None:
        knew = code in {*self.model.party_of, *self.set_aside, *self.erased}
        _, refused = outcome(lambda: erase(self.opened(), code))
        assert refused == ("" if knew else "no-such-participant")
        if refused:
            return
        self.model.out_of_date |= bool(self.model.reports)
        self.model.reports = set()
        self.model.forget(code)
        self.erased.add(code)
        self.set_aside.discard(code)
        WHAT_WAS_DONE["erase"] += 1

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
        self._check_what_lies_about()

    def _check_what_the_program_says(self, opened: OpenSession) -> None:
        merged = picture_of(opened)
        now = status_of(opened, merged)
        states = {each.code: each.state for each in now.participants}
        assert states == {code: self.model.state(code) for code in self.model.party_of}
        assert now.phase == self.model.phase
        told = set() if self.model.phase == "answering" else self.model.open_conflicts()
        assert set(now.conflicts) == told
        assert now.problems == ()
        found = {each.participant: plain(each) for each in merged.picture.sheets}
        assert found == {code: self._joined(code).sheet for code in self._who_said_something()}
        assert set(opened.session.reopened) == self.model.reopened
        assert opened.session.report_out_of_date == self.model.out_of_date

    def _check_what_lies_about(self) -> None:
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        assert not [path for path in files if path.name.endswith(".tmp")]
        reports = {path.name for path in files if path.name.startswith("report.")}
        assert reports == self.model.reports
        gone = self.erased - self.set_aside
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
    waiting = {item: sorted(map(repr, said)) for item, said in joined.open.items()}
    return joined.sheet, waiting


def plain(sheet: Sheet) -> PlainSheet:
    """What a sheet in memory says, as its file would."""
    answers = {
        item: {**said.model_dump(exclude_defaults=True), "revision": said.revision}
        for item, said in sheet.answers.items()
    }
    return PlainSheet(str(sheet.status), sheet.consent, answers, dict(sheet.wiped))


TestWholeWalk = WholeWalk.TestCase
TestWholeWalk.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
