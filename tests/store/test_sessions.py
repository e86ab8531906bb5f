"""A session folder keeps what it is given, hides nothing it cannot read, and erases whole."""

import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bart_tool.disclosure.marking import PartyMarks
from bart_tool.domain.answer import Answer
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Decision, Sheet
from bart_tool.errors import BadData, Busy, CannotCreate, NotFound, Problem, Severity
from bart_tool.store import erasing, generated, marks, sealed, sessions, sheets, yaml_text
from bart_tool.store.protocol import Stored, fingerprint_of, is_temporary
from bart_tool.store.session_files import Person
from bart_tool.store.stored_session import StoredSession
from tests.workflow.on_disk import store_in
from tests.workshop import WHO_QUESTION as WHO
from tests.workshop import path_of, session, set_data, sheet, small_set

pytestmark = pytest.mark.usefixtures("each_store")

SET = small_set(WHO)
SET_TEXT = yaml_text.write(set_data(WHO))
SESSION = session(SET, {"wijkraad": 12, "wijkmanager": 1})


@pytest.fixture
def folder(tmp_path: Path) -> StoredSession:
    return sessions.create(store_in(tmp_path / "sessions"), SESSION, SET_TEXT)


def said(code: str, value: str = "college", **more: object) -> Sheet:
    return sheet(SESSION, code, {"who": {"value": value, **more}})


def listing(folder: StoredSession) -> list[str]:
    files = [each for each in path_of(folder).rglob("*") if each.is_file()]
    return sorted(each.relative_to(path_of(folder)).as_posix() for each in files)


def test_a_new_session_is_read_back_as_it_was(folder: StoredSession) -> None:
    assert folder.read()[0] == SESSION
    assert folder.question_set().hash == SET.hash
    assert sessions.find(folder.store, "test") == folder
    assert sessions.list_all(folder.store) == ("test",)


def test_a_session_of_thousands_is_read_back_as_it_was(tmp_path: Path) -> None:
    large = session(SET, {"wijkraad": 20_000, "wijkmanager": 4_000})
    assert sessions.create(store_in(tmp_path), large, SET_TEXT).read()[0] == large


def test_what_is_long_is_put_in_pieces_and_whole_or_not_at_all(folder: StoredSession) -> None:
    def pieces(last: bytes | None) -> Iterator[bytes]:
        yield b"one "
        if last is None:
            raise ValueError("no more")
        yield last

    folder.put("private/long", pieces(b"two"))
    stored = folder.content("private/long")
    assert stored == Stored(b"one two", fingerprint_of(b"one two"))
    before = listing(folder)
    with pytest.raises(ValueError, match="no more"):
        folder.put("private/long", pieces(None))
    assert (folder.content("private/long"), listing(folder)) == (stored, before)
    folder.put("private/long", pieces(b"three"))
    assert folder.store.read(folder.named("private/long")) == Stored(
        b"one three", fingerprint_of(b"one three")
    )


def test_whose_a_sheet_is_shows_in_its_name(folder: StoredSession) -> None:
    assert folder.code_of(folder.sheet_path("WR-01")) == "WR-01"
    for other in ("conflicts/WR-01.1.yaml", "sheets/WR-01.json", "sheets", "WR-01.yaml"):
        assert not folder.code_of(other), other
    assert folder.code_of("sheets/WR-01 (kopie).yaml") == "WR-01 (kopie)"


def test_the_marks_of_thousands_are_read_back(folder: StoredSession) -> None:
    codes = [f"WR-{number}" for number in range(20_000)]
    people = PartyMarks(codes, {"who": b"mark" * len(codes)})
    made = marks.Marked(closing=1, parties={"wijkraad": people})
    marks.secret(folder)
    marks.save(folder, 1, (made,))
    assert marks.read(folder).of_round(1) == (made,)


@pytest.mark.parametrize("wrong", ["6d61726b", "6d61726b6d", "no digits"])
def test_marks_that_are_not_one_for_each_are_lost(folder: StoredSession, wrong: str) -> None:
    marks.secret(folder)
    people = {"people": "WR-01 WR-02", "marks": {"who": wrong}}
    data = {
        "format": 1,
        "kind": "marks",
        "rounds": {"1": [{"closing": 1, "parties": {"wijkraad": people}}]},
    }
    sealed.write(folder, marks.MARKS, data, marks.secret(folder))
    assert marks.read(folder).is_lost


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.of_the_disk("rights on files")
def test_only_the_owner_may_read_a_session(folder: StoredSession) -> None:
    folder.save_sheet(said("WR-01"), None)
    folder.keep_conflict(said("WR-01"))
    generated.write(folder, "report.md", b"x")
    for path in (path_of(folder), *path_of(folder).rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_a_session_is_not_made_over_another(folder: StoredSession) -> None:
    before = {path: path.read_bytes() for path in path_of(folder).rglob("*") if path.is_file()}
    with pytest.raises(CannotCreate) as caught:
        sessions.create(folder.store, SESSION, "other")
    assert caught.value.code == "session-exists"
    assert {
        path: path.read_bytes() for path in path_of(folder).rglob("*") if path.is_file()
    } == before


def test_a_session_that_was_not_finished_is_no_session_and_can_be_made_again(
    folder: StoredSession,
) -> None:
    (path_of(folder) / "session.yaml").unlink()
    store = folder.store
    assert sessions.list_all(store) == ()
    with pytest.raises(NotFound):
        sessions.find(store, "test")
    assert sessions.create(store, SESSION, SET_TEXT).read()[0] == SESSION


@pytest.mark.of_the_disk("a folder that somebody else made")
def test_a_folder_with_something_else_in_it_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "thesis.txt").write_bytes(b"years of work")
    with pytest.raises(CannotCreate):
        sessions.create(store_in(tmp_path), SESSION, SET_TEXT)
    assert [each.name for each in (tmp_path / "test").iterdir()] == ["thesis.txt"]


def test_an_unknown_session_is_refused_with_the_names_there_are(folder: StoredSession) -> None:
    with pytest.raises(NotFound) as caught:
        sessions.find(folder.store, "toets")
    assert (caught.value.code, caught.value.params["names"]) == ("no-such-session", "test")


def test_a_sheet_is_saved_only_over_what_was_read(folder: StoredSession) -> None:
    assert folder.sheet("WR-01") is None
    first = folder.save_sheet(said("WR-01"), None)
    again = said("WR-01", "bewoners")
    folder.save_sheet(again, first)
    with pytest.raises(Busy):
        folder.save_sheet(said("WR-01"), first)
    found = folder.sheet("WR-01")
    assert found is not None
    assert found[0] == again


def test_a_damaged_sheet_is_not_opened_to_be_written(folder: StoredSession) -> None:
    folder.save_sheet(said("WR-01"), None)
    path = path_of(folder) / "sheets" / "WR-01.yaml"
    whole = path.read_bytes()
    for damaged in (b"", b"answers: [", whole.replace(b"value", b"valeu")):
        path.write_bytes(damaged)
        with pytest.raises(BadData):
            folder.sheet("WR-01")
        assert path.read_bytes() == damaged


@pytest.mark.of_the_disk("a folder in place of a sheet, and what a synced folder made")
def test_one_bad_sheet_does_not_stop_the_others(folder: StoredSession) -> None:
    for code in ("WR-01", "WR-02", "WR-03"):
        folder.save_sheet(said(code), None)
    here = path_of(folder) / "sheets"
    (here / "WR-02.yaml").write_bytes(b"")
    (here / "WR-04.yaml").write_bytes(b"\xff\xfe\x00")
    (here / "WR-05.yaml").mkdir()
    (here / ".hidden.yaml").write_bytes(b"x")
    (here / "notes.txt").write_bytes(b"x")
    copy = here / "WR-03.sync-conflict-20260318-101112-ABCDEFG.yaml"
    copy.write_bytes((here / "WR-03.yaml").read_bytes())
    (here / "kopie van WR-03.yaml").write_bytes((here / "WR-03.yaml").read_bytes())
    before = listing(folder)
    found, problems = folder.sheets()
    assert [each.participant for each in found] == ["WR-01", "WR-03", "WR-03", "WR-03"]
    assert [(each.where.file, each.code, each.severity) for each in problems] == [
        ("WR-02.yaml", "file-empty", Severity.ERROR),
        ("WR-03.sync-conflict-20260318-101112-ABCDEFG.yaml", "sheet-copy", Severity.WARNING),
        ("WR-04.yaml", "not-utf-8", Severity.ERROR),
        ("WR-05.yaml", "cannot-read", Severity.ERROR),
        ("kopie van WR-03.yaml", "sheet-under-other-name", Severity.WARNING),
        ("notes.txt", "not-read-here", Severity.WARNING),
    ]
    assert listing(folder) == before


def test_a_sheet_with_one_bad_answer_still_counts_for_the_others(folder: StoredSession) -> None:
    two = said("WR-01").with_answer("kept", Answer(value="yes", certainty="guess"))
    folder.save_sheet(two, None)
    path = path_of(folder) / "sheets" / "WR-01.yaml"
    path.write_bytes(path.read_bytes().replace(b'"guess"', b'"gues"'))
    found, problems = folder.sheets()
    assert [[*each.answers] for each in found] == [["who"]]
    assert [(each.code, each.where.item) for each in problems] == [("bad-certainty", "kept")]


def test_a_sheet_under_the_name_of_another_is_not_opened(folder: StoredSession) -> None:
    folder.save_sheet(said("WR-02"), None)
    (path_of(folder) / "sheets" / "WR-02.yaml").rename(path_of(folder) / "sheets" / "WR-01.yaml")
    with pytest.raises(BadData) as caught:
        folder.sheet("WR-01")
    assert caught.value.code == "sheet-of-another"


def test_conflicts_are_kept_once_and_their_decisions_apart(folder: StoredSession) -> None:
    one, two = said("WR-01"), said("WR-01", "bewoners")
    paths = {folder.keep_conflict(each) for each in (one, two, one)}
    assert len(paths) == 2
    decisions = tuple(
        Decision(participant=code, item="who", revision=1, chosen="0" * 16, among=among)
        for code, among in (("WR-02", ()), ("WR-01", ("0" * 16, "1" * 16)), ("WR-01", ()))
    )
    folder.save_decisions([*decisions, decisions[0]])
    found, problems = folder.conflict_sheets()
    assert problems == ()
    assert sorted(str(each.answers["who"].value) for each in found) == ["bewoners", "college"]
    assert folder.decisions() == (decisions[2], decisions[1], decisions[0])


def test_what_is_set_aside_is_kept_whole_and_once(folder: StoredSession) -> None:
    name, content = "antwoorden van Jan de Vries.CSV", b"\x00\xff not text"
    kept = folder.set_aside(name, content, Problem("not-utf-8"))
    assert folder.set_aside(name, content, Problem("not-utf-8")) == kept
    assert (path_of(folder) / kept).read_bytes() == content
    assert kept == "damaged/file.1.csv"
    assert not any("vries" in name.casefold() for name in listing(folder))


def test_a_report_is_replaced_and_has_a_plain_name(folder: StoredSession) -> None:
    generated.write(folder, "report.md", b"one")
    assert generated.write(folder, "report.md", b"two") == "report/report.md"
    assert (path_of(folder) / "report" / "report.md").read_bytes() == b"two"
    for name in ("../report.md", "a/b.md", ".md", "Report.md", "/tmp/x.md"):
        with pytest.raises(ValueError, match=re.escape(name)):
            generated.write(folder, name, b"x")


@pytest.mark.of_the_disk("half-written files")
def test_what_killed_writers_left_is_swept_when_the_session_opens(folder: StoredSession) -> None:
    folder.save_sheet(said("WR-01"), None)
    left = [
        path_of(folder) / f".session.yaml.{'a' * 16}.tmp",
        path_of(folder) / "sheets" / f".WR-01.yaml.{'b' * 16}.tmp",
    ]
    for path in left:
        path.write_bytes(b"half a sh")
    sessions.find(folder.store, "test")
    assert not any(path.exists() for path in left)


def fill_for_erasing(folder: StoredSession, tmp_path: Path) -> None:
    folder.save_sheet(said("WR-01", note="sentinel"), None)
    folder.save_sheet(said("WR-11", note="participant: WR-01"), None)
    folder.save_sheet(said("WM-01"), None)
    folder.keep_conflict(said("WR-01", "bewoners", note="sentinel"))
    folder.keep_conflict(said("WM-01", "bewoners"))
    here = path_of(folder) / "sheets"
    whole = (here / "WR-01.yaml").read_bytes()
    for name in (
        f".WR-01.yaml.{'c' * 16}.tmp",
        "WR-01.yaml~",
        "WR-01.sync-conflict-20260318-101112-ABCDEFG.yaml",
        "WR-01-DESKTOP-1.yaml",
        "kopie.yaml",
        ".WR-01.yaml.swp",
    ):
        (here / name).write_bytes(whole)
    for number, content in enumerate(
        [
            b'participant,party\n"WR-01";sentinel\n',
            "participant,party\nWR-01,sentinel\n".encode("utf-16"),
            b'{"participant": "WR-01", "sentinel',
            b"participant,party\nWM-01,WR-01\n",
        ]
    ):
        folder.set_aside(f"{number}.csv", content, Problem("not-utf-8"))
    folder.save_people({"WR-01": Person(name="sentinel"), "WM-01": Person(name="X")})
    folder.save_decisions(
        Decision(participant=code, item="who", revision=1, chosen="0" * 16)
        for code in ("WR-01", "WM-01")
    )


def test_erasing_leaves_nothing_of_one_and_everything_of_the_others(
    folder: StoredSession, tmp_path: Path
) -> None:
    fill_for_erasing(folder, tmp_path)
    erased = erasing.erase(folder, "WR-01")
    assert erased.kept == ()
    assert len(erased.removed) > 10
    found = {path: path.read_bytes() for path in path_of(folder).rglob("*") if path.is_file()}
    named = [path.name for path in found if "WR-01" in path.name]
    assert named == []
    for path, content in found.items():
        assert b"sentinel" not in content.replace(b"\0", b""), path
    assert [each.participant for each in folder.sheets()[0]] == ["WM-01", "WR-11"]
    assert [each.participant for each in folder.conflict_sheets()[0]] == ["WM-01"]
    assert [each.participant for each in folder.decisions()] == ["WM-01"]
    assert [*folder.people()] == ["WM-01"]
    # One copy and its reason; locks aside.
    left = [each.name for each in (path_of(folder) / "damaged").iterdir()]
    assert sorted(each for each in left if not is_temporary(each)) == [
        "file.4.csv",
        "file.4.why.txt",
    ]
    assert erasing.erase(folder, "WR-01").removed == ()


def test_before_anybody_answered_a_damaged_file_is_erased_too(
    folder: StoredSession, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(sheets.dump(said("WR-01")) + "\nanswers: [", encoding="utf-8")
    kept = folder.set_aside(broken.name, broken.read_bytes(), Problem("yaml-syntax"))
    assert not (path_of(folder) / "sheets").exists()
    assert kept in erasing.erase(folder, "WR-01").removed
    assert not [name for name in listing(folder) if name.startswith("damaged/file")]


def test_erasing_in_a_session_with_nothing_in_it_does_nothing(folder: StoredSession) -> None:
    before = listing(folder)
    assert erasing.erase(folder, "WR-01").removed == ()
    assert listing(folder) == before


def test_erasing_names_what_it_could_not_rewrite(folder: StoredSession) -> None:
    (path_of(folder) / "people.yaml").write_bytes(b"WR-01: [broken")
    assert erasing.erase(folder, "WR-01").kept == ("people.yaml",)


def test_somebody_who_is_erased_is_not_saved_back_by_an_open_screen(folder: StoredSession) -> None:
    seen = folder.save_sheet(said("WR-01"), None)
    erasing.erase(folder, "WR-01")
    with pytest.raises(Busy):
        folder.save_sheet(said("WR-01", "bewoners"), seen)
    assert folder.sheet("WR-01") is None


def test_a_whole_session_file_survives_being_written(folder: StoredSession) -> None:
    rich = Session.model_validate(
        {
            **SESSION.model_dump(),
            "title": "Voorbeeldwijk: “aan de Gouwe”\n",
            "functions": ["voorzitter", "no", "12:30"],
            "decisions": {"boom": {"label": {"nl": "een boom", "en": "a tree"}}},
            "sources": {
                "who": {"text": "art. 21\nlid 2", "value": "college"},
                "roles/wijkraad": {"text": "x", "value": ("networker", "no")},
            },
            "keep_until": "2027-03-31",
            "report_out_of_date": True,
        }
    )
    _, fingerprint = folder.read()
    folder.save(rich, fingerprint)
    assert folder.read()[0] == rich


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('phase: "closed"', 'phase: "open"', "expected-one-of"),
        ("k: 3", "k: three", "expected-whole-number"),
        ("round: 1", "round: 1\nkeep_until: 1735603200", "expected-date"),
        ("round: 1", "round: 1\nreport_out_of_date: yes", "expected-true-or-false"),
        ('language: "nl"', 'langauge: "nl"', "unknown-key-like"),
        ("parties:", "partys:", "unknown-key-like"),
        ('code: "WR-02"', 'code: "Jan"', "bad-id"),
    ],
)
def test_a_wrong_session_file_names_what_is_wrong(
    folder: StoredSession, before: str, after: str, code: str
) -> None:
    path = path_of(folder) / "session.yaml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(BadData) as caught:
        folder.read()
    assert [each.code for each in caught.value.problems] == [code]
    line = caught.value.problems[0].where.line
    assert line is not None
    assert after.rsplit("\n", maxsplit=1)[-1] in path.read_text("utf-8").splitlines()[line - 1]


def test_a_session_without_its_set_is_refused(folder: StoredSession) -> None:
    (path_of(folder) / "question_set.yaml").unlink()
    with pytest.raises(NotFound):
        folder.question_set()


def test_sheets_hold_no_times_and_files_of_equal_answers_are_equal(folder: StoredSession) -> None:
    assert sheets.dump(said("WR-01")) == sheets.dump(said("WR-01"))
    assert "20" not in sheets.dump(said("WR-01")).replace(SET.hash, "")
