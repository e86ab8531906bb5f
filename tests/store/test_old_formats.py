"""T17 of tests/README.md: files of every released format open, and newer ones are left alone."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bart_tool.domain.agreement_checks import check_agreement
from bart_tool.domain.checks import check_session, check_sheet
from bart_tool.errors import BadData, Problem
from bart_tool.store import (
    backups,
    plain_file,
    question_sets,
    rounds,
    session_files,
    sheets,
    sheets_csv,
)
from bart_tool.store.disk import DiskStore, session_in
from bart_tool.store.session_files import Person
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow.compare import compared
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import open_session, round_named
from bart_tool.workflow.phases import close
from tests.workshop import path_of

FORMAT_1 = Path(__file__).parent / "fixtures" / "format-1"
ROUNDS = Path(__file__).parent / "fixtures" / "format-1-rounds"


@pytest.fixture
def folder(tmp_path: Path) -> StoredSession:
    return session_in(Path(shutil.copytree(FORMAT_1, tmp_path / "voorbeeld")))


def test_a_session_of_format_1_opens_with_all_that_is_in_it(folder: StoredSession) -> None:
    session, _ = folder.read()
    question_set = folder.question_set()
    raw, _ = question_sets.load(path_of(folder) / "question_set.yaml")
    assert raw is not None
    assert check_session(session, raw) == ()
    assert session.keep_until == date(2027, 3, 31)
    assert session.sources["mandate/wijkraad/small-urgent-spend"].value == "advises"
    assert "mandate/cluster/big-tree" in question_set.by_key
    found, problems = folder.sheets()
    assert problems == ()
    assert [(each.participant, each.status, len(each.answers)) for each in found] == [
        ("CL-01", "draft", 2),
        ("WR-01", "submitted", 5),
    ]
    for sheet in found:
        assert check_sheet(question_set, session.kind_of[sheet.party], sheet) == ()
    assert folder.sheet("WR-01") is not None
    conflicts, problems = folder.conflict_sheets()
    assert problems == ()
    assert [each.participant for each in conflicts] == ["WR-01"]
    assert [each.item for each in folder.decisions()] == ["ties-broken-by"]
    assert folder.people() == {
        "WR-01": Person(name="Voorbeeld Persoon", contact="voorbeeld@example.org")
    }
    agreed, parked = folder.agreements()[0].agreements
    assert (agreed.id, agreed.parties[1].party, agreed.kept) == (
        "a-1",
        "cluster-groen",
        "partly",
    )
    assert (agreed.check_on, parked.check_on) == (date(2026, 3, 31), None)
    for each in (agreed, parked):
        assert check_agreement(each, session, question_set) == ()


def test_a_backup_of_format_1_comes_back_and_would_be_made_the_same(tmp_path: Path) -> None:
    kept = FORMAT_1.parent / "backup-format-1.zip"
    backup = backups.read(kept)
    assert backup.session == "voorbeeld"
    done = backups.unpack(DiskStore(tmp_path), "voorbeeld", backup.files)
    assert [sheet.participant for sheet in done.sheets()[0]] == ["CL-01", "WR-01"]
    assert done.people()["WR-01"].name == "Voorbeeld Persoon"
    assert backups.pack(done.store, done.at, with_people=True).content == kept.read_bytes()


def test_what_is_saved_again_is_the_same_file(folder: StoredSession) -> None:
    before = {path: path.read_bytes() for path in path_of(folder).rglob("*.yaml")}
    session, fingerprint = folder.read()
    folder.save(session, fingerprint)
    for code in ("WR-01", "CL-01"):
        found = folder.sheet(code)
        assert found is not None
        folder.save_sheet(*found)
    folder.save_decisions(folder.decisions())
    folder.save_people(folder.people())
    folder.save_agreements(*folder.agreements())
    discussion = folder.discussion()
    assert discussion is not None
    folder.save_discussion(*discussion)
    after = {path: path.read_bytes() for path in path_of(folder).rglob("*.yaml")}
    assert after == before


def test_a_browser_form_and_a_csv_of_format_1_open(folder: StoredSession) -> None:
    session, _ = folder.read()
    text, _ = plain_file.read_text(FORMAT_1 / "form.json")
    assert text is not None
    sheet, problems = sheets.parse(text, "form.json")
    assert problems == ()
    assert sheet is not None
    assert (sheet.function, sheet.answers["ties-broken-by"].revision) == ("voorzitter", 4)
    text, _ = plain_file.read_text(FORMAT_1 / "answers.csv")
    assert text is not None
    found, problems = sheets_csv.parse(
        text, "answers.csv", question_set=folder.question_set(), session=session, consent="group"
    )
    assert problems == ()
    assert [(each.participant, len(each.answers)) for each in found] == [("WR-02", 2)]


def test_what_does_not_fit_the_set_is_said_with_its_line(folder: StoredSession) -> None:
    question_set, _ = question_sets.load(path_of(folder) / "question_set.yaml")
    assert question_set is not None
    text = (path_of(folder) / "session.yaml").read_text("utf-8")
    assert session_files.check_session_text(text, "session.yaml", question_set) == ()
    for good, bad in (
        ('code: "CL-01"', 'code: "WR-01"'),
        ('- "ties-broken-by"', '- "ties"'),
        ('value: "advises"', 'value: "rules"'),
    ):
        text = text.replace(good, bad)
    lines = text.splitlines()
    problems = session_files.check_session_text(text, "session.yaml", question_set)
    assert [(each.code, lines[(each.where.line or 0) - 1].strip()) for each in problems] == [
        ("duplicate-code", '- code: "WR-01"'),
        ("unknown-item", '- "ties"'),
        ("unknown-source-value", "mandate/wijkraad/small-urgent-spend:"),
    ]
    text = (path_of(folder) / "sheets" / "WR-01.yaml").read_text("utf-8")
    effective = folder.question_set()
    assert sheets.check_text(text, "WR-01.yaml", effective) == ()
    text = text.replace('value: "nobody"', 'value: "someone"')
    problems = sheets.check_text(text, "WR-01.yaml", effective)
    assert [(each.code, each.where.item) for each in problems] == [
        ("answer-unknown-actor", "ties-broken-by")
    ]
    assert text.splitlines()[(problems[0].where.line or 0) - 1] == "  ties-broken-by:"
    strange = text.replace('party: "wijkraad"', 'party: "burgemeester"')
    assert [each.code for each in sheets.check_text(strange, "WR-01.yaml", effective)] == [
        "unknown-party-kind"
    ]


def problems_of(folder: StoredSession, name: str) -> tuple[Problem, ...]:
    reading = {
        "session.yaml": folder.read,
        "question_set.yaml": folder.question_set,
        "people.yaml": folder.people,
        "agreements.yaml": folder.agreements,
        "discussion.yaml": folder.discussion,
        "conflicts/settled.yaml": folder.decisions,
        "sheets/WR-01.yaml": lambda: folder.sheet("WR-01"),
    }
    with pytest.raises(BadData) as caught:
        reading[name]()
    return caught.value.problems


@pytest.mark.parametrize(
    "name",
    [
        "session.yaml",
        "question_set.yaml",
        "people.yaml",
        "agreements.yaml",
        "discussion.yaml",
        "conflicts/settled.yaml",
        "sheets/WR-01.yaml",
    ],
)
def test_a_newer_format_is_refused_untouched(folder: StoredSession, name: str) -> None:
    path = path_of(folder) / name
    newer = path.read_text("utf-8").replace("format: 1\n", "format: 3\nnew_things: [1]\n", 1)
    path.write_text(newer, "utf-8")
    assert [(each.code, each.where.line) for each in problems_of(folder, name)] == [
        ("newer-format", 1)
    ]
    assert path.read_text("utf-8") == newer


def test_a_newer_sheet_is_set_aside_and_the_others_are_read(folder: StoredSession) -> None:
    path = path_of(folder) / "sheets" / "CL-01.yaml"
    path.write_text(path.read_text("utf-8").replace("format: 1", "format: 3", 1), "utf-8")
    found, problems = folder.sheets()
    assert [each.participant for each in found] == ["WR-01"]
    assert [(each.code, each.where.file) for each in problems] == [("newer-format", "CL-01.yaml")]


def test_a_session_from_before_there_were_rounds_asks_the_whole_set(folder: StoredSession) -> None:
    session, _ = folder.read()
    assert (session.round, session.asked, session.questions) == (1, None, ())
    assert folder.question_set().patterns == folder.set_as_filed().patterns
    assert rounds.all_kept(folder) == ()


def test_a_follow_up_of_format_1_opens_with_the_round_before_it(tmp_path: Path) -> None:
    shutil.copytree(ROUNDS, tmp_path / "vervolg")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    opened = open_session(DiskStore(tmp_path), "vervolg")
    assert [item.key for item in opened.question_set.items] == [
        "ties-broken-by",
        "agreement-kept-a-1",
        "agreement-right-a-1",
    ]
    past = round_named(opened, 1)
    assert past.question_set.patterns == past.folder.set_as_filed().patterns
    assert [len(picture_of(each).picture.sheets) for each in (past, opened)] == [2, 2]
    made = compared(close(opened).opened, 1, 2).comparison
    (moved,) = made.items
    (agreed,) = made.agreements
    assert (moved.move, agreed.kept, agreed.right) == ("closer", "partly", "yes")
    for each in (past, opened):
        each.folder.save(each.session, each.folder.read()[1])
        for code in each.session.party_of:
            found = each.folder.sheet(code)
            assert found is not None
            each.folder.save_sheet(*found)
    assert {path: path.read_bytes() for path in before} == before
