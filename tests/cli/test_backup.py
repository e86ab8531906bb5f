"""`bart backup` and `bart restore`: what a facilitator is told, and a session that works again."""

import json
import os
from pathlib import Path

import pytest

from bart_tool.errors import Exit
from bart_tool.store.disk import session_in
from bart_tool.store.session_files import Person
from tests.cli.run import bart
from tests.cli.some_session import ROWS, answered, closed, csv, in_conflict, listing, made


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder somebody is in."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def test_a_backup_lands_in_the_current_folder_under_a_name_that_is_free(
    tmp_path: Path, here: Path
) -> None:
    root = tmp_path / "sessions"
    answered(root)
    for number in ("", "-2", "-3"):
        done = bart(root, "backup", "wijk")
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith(f"wijk-backup{number}.zip\n")
    assert listing(here) == ["wijk-backup-2.zip", "wijk-backup-3.zip", "wijk-backup.zip"]
    assert len({path.read_bytes() for path in here.iterdir()}) == 1
    taken = bart(root, "backup", "wijk", "--to", "wijk-backup.zip", language="en")
    assert (taken.code, taken.out) == (Exit.CANNOT_CREATE, "")
    assert "stays as it is" in taken.err


def test_the_names_are_left_out_and_that_is_said(tmp_path: Path, here: Path) -> None:
    root = tmp_path / "sessions"
    session_in(answered(root)).save_people({"WR-01": Person(name="Kwispelsteert")})
    done = bart(root, "backup", "wijk")
    assert "De namen in people.yaml zitten er niet in." in done.out
    assert b"Kwispelsteert" not in (here / "wijk-backup.zip").read_bytes()
    asked = bart(root, "backup", "wijk", "--with-people", "--to", "all.zip")
    assert "people.yaml" not in asked.out
    assert b"Kwispelsteert" in (here / "all.zip").read_bytes()


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path, here: Path) -> None:
    root = tmp_path / "sessions"
    made(root)
    done = bart(root, "backup", "wijk", "--to", "stick/a.zip", language="en")
    assert (done.code, done.out) == (Exit.NOT_FOUND, "")
    assert done.err == "There is no folder stick. Check the name.\n"
    assert listing(here) == []


def test_what_bart_did_not_make_is_in_it_and_named(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    (answered(root) / "deelnemers.xlsx").write_bytes(b"PK\x03\x04Kwispelsteert")
    done = bart(root, "backup", "wijk")
    assert "niet door bart gemaakt: deelnemers.xlsx. Staan daar namen in?" in done.out
    assert bart(tmp_path / "other", "restore", "wijk-backup.zip").code == 0
    kept = tmp_path / "other" / "wijk" / "deelnemers.xlsx"
    assert kept.read_bytes() == b"PK\x03\x04Kwispelsteert"


def test_a_backup_inside_the_session_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "sessions"
    folder = answered(root)
    monkeypatch.chdir(folder)
    before = listing(folder)
    assert bart(root, "backup", "wijk").code == Exit.WRONG_USE
    assert bart(root, "backup", "wijk", "--to", "sheets/a.zip").code == Exit.WRONG_USE
    assert listing(folder) == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_what_is_left_out_is_named_and_is_65(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    (answered(root) / "sheets" / "WR-03.yaml").symlink_to(tmp_path / "x")
    done = bart(root, "backup", "wijk", language="en")
    assert done.code == Exit.BAD_DATA
    assert "That is all of the session." not in done.out
    assert done.err.startswith("These files are not in it:\n  sheets/WR-03.yaml: ")


def test_over_a_session_that_is_there_another_name_is_offered_and_it_works(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    folder = answered(root)
    bart(root, "backup", "wijk")
    (folder / "sheets" / "WR-01.yaml").unlink()
    before = listing(root)
    refused = bart(root, "restore", "wijk-backup.zip", language="en")
    assert (refused.code, refused.out) == (Exit.CANNOT_CREATE, "")
    offered = refused.err.strip().rpartition(": bart ")[2]
    assert offered == "restore wijk-backup.zip --as wijk-2"
    assert listing(root) == before
    done = bart(root, *offered.split(), language="en")
    assert (done.code, done.err) == (0, "")
    assert "In the backup it was called wijk." in done.out
    again = bart(root, *offered.split(), language="en")
    assert "--as wijk-2-2" in again.err


def test_a_session_under_another_name_goes_on_to_the_same_report(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    folder = answered(root)
    late = csv(tmp_path, "late.csv", "WR-03,wijkraad,ties-broken-by,college,,,,position")
    # As somebody may have written it by hand, and as a browser gives it.
    sheet = folder / "sheets" / "WR-02.yaml"
    text = sheet.read_text("utf-8")
    sheet.write_text("# wijk\n" + text.replace('session: "wijk"', "session: wijk  # hier"), "utf-8")
    bart(root, "form", "wijk")
    bart(root, "backup", "wijk")
    done = bart(root, "restore", "wijk-backup.zip", "--as", "oud", language="en")
    assert (done.code, done.err) == (0, "")
    assert "Make new ones: bart form oud" in done.out
    assert not (root / "oud" / "forms").exists()
    kept = (root / "oud" / "sheets" / "WR-02.yaml").read_text("utf-8")
    assert kept.startswith("# wijk\n")
    assert "session: oud  # hier" in kept
    reports = []
    for name in ("wijk", "oud"):
        assert bart(root, "status", name).code == 0
        assert bart(root, "gather", name, late).code == 0
        assert bart(root, "close", name).code == 0
        assert bart(root, "report", name, "--format", "json").code == 0
        report = json.loads((root / name / "report" / "report.json").read_text("utf-8"))
        assert report.pop("session") == name
        assert report.pop("session_id")  # drawn when a round is first closed
        reports.append(report)
    assert reports[0] == reports[1]
    assert sum(party["answered"] for party in reports[0]["parties"]) == len(ROWS) + 1


def test_what_waits_to_be_settled_still_waits_under_another_name(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    in_conflict(root)
    bart(root, "close", "wijk")
    bart(root, "backup", "wijk")
    assert bart(root, "restore", "wijk-backup.zip", "--as", "oud").code == 0
    for name in ("wijk", "oud"):
        done = bart(root, "gather", name, "--settle")
        assert (done.code, done.out) == (Exit.BAD_DATA, "WR-01  ties-broken-by\n")
        assert bart(root, "gather", name, "--settle", typed="1\n").code == 0


def test_a_report_under_the_old_name_is_said_to_be_out_of_date(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    closed(root)
    bart(root, "report", "wijk")
    bart(root, "backup", "wijk")
    assert bart(root, "restore", "wijk-backup.zip", "--as", "oud").code == 0
    assert "report_out_of_date: true" in (root / "oud" / "session.yaml").read_text("utf-8")
    assert "report_out_of_date" not in (root / "wijk" / "session.yaml").read_text("utf-8")
    assert bart(root, "report", "oud").code == 0


def test_a_sheet_that_cannot_be_read_is_named_when_the_session_gets_another_name(
    tmp_path: Path,
) -> None:
    root = tmp_path / "sessions"
    broken = answered(root) / "sheets" / "WR-01.yaml"
    broken.write_bytes(b"format: 1\nkind: [\n")
    bart(root, "backup", "wijk")
    done = bart(root, "restore", "wijk-backup.zip", "--as", "oud", language="en")
    assert done.code == 0
    assert "sheets/WR-01.yaml: This cannot be read" in done.err
    assert (root / "oud" / "sheets" / "WR-01.yaml").read_bytes() == broken.read_bytes()


def test_what_is_damaged_is_not_put_back_and_the_files_are_named(
    tmp_path: Path, here: Path
) -> None:
    root = tmp_path / "sessions"
    answered(root)
    bart(root, "backup", "wijk")
    path = here / "wijk-backup.zip"
    path.write_bytes(path.read_bytes().replace(b'"college"', b'"bewoner"'))
    done = bart(tmp_path / "other", "restore", "wijk-backup.zip", language="nl")
    assert (done.code, done.out) == (Exit.BAD_DATA, "")
    assert done.err.startswith("wijk-backup.zip is beschadigd, dus er is niets teruggezet.")
    assert "wijk/sheets/WR-01.yaml" in done.err
    assert not (tmp_path / "other").exists()


def test_both_speak_to_programs(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    made(root)
    told = bart(root, "backup", "wijk", "--json").json
    assert told == {
        "session": "wijk",
        "file": "wijk-backup.zip",
        "files": ["question_set.yaml", "session.yaml"],
        "people_left_out": False,
        "left_out": [],
    }
    told = bart(root, "restore", "wijk-backup.zip", "--as", "oud", "--json").json
    assert told == {
        "session": "oud",
        "was": "wijk",
        "files": ["question_set.yaml", "session.yaml"],
        "forms_left_out": False,
        "not_renamed": [],
    }
