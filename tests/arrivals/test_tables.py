"""Tables as people send them: what each of these once did wrong, and what it does now."""

import random
from pathlib import Path

import pytest

from bart_tool.store import sheets
from bart_tool.workflow.prepare import usable_set
from tests.arrivals.arriving import OLD, answers, arrived, gathered, made, report
from tests.arrivals.drawn import PARTY, SAID, Drawing


def test_01_half_low_and_half_high_is_divided_and_nothing_is_shared(tmp_path: Path) -> None:
    made(tmp_path, parties=("wijkraad=2", "wijkmanager=1"))
    assert gathered(tmp_path, arrived(tmp_path, "01-half-low-half-high.csv")).code == 0
    found = report(tmp_path)
    assert found["shared"] == []


def test_01_of_a_group_no_level_is_named_that_nobody_chose(tmp_path: Path) -> None:
    made(tmp_path, parties=("wijkraad=12", "wijkmanager=1"))
    done = gathered(tmp_path, arrived(tmp_path, "01-half-low-half-high-group.csv"))
    assert done.code == 0, done.err
    found = report(tmp_path)
    item = next(i for i in found["items"] if i["item"] == "mandate/wijkraad/small-urgent-spend")  # type: ignore[attr-defined]
    assert "mandate/wijkraad/small-urgent-spend" not in found["shared"]  # type: ignore[operator]
    raad = next(p for p in item["positions"] if p["party"] == "wijkraad")
    assert raad["standing"] == "closed"
    assert "median" not in raad


def test_02_a_number_counts_who_said_it(tmp_path: Path) -> None:
    folder = made(tmp_path, parties=("wijkraad=7", "wijkmanager=1"))
    assert gathered(tmp_path, arrived(tmp_path, "02-base-read-as-count.csv")).code == 0
    report(tmp_path)
    said = (folder / "report" / "report.md").read_text("utf-8")
    assert "niemand (7" not in said
    assert "niemand 3, weet ik niet 3" in said


def test_03_a_table_that_says_nothing_of_consent_changes_nobodys_choice(tmp_path: Path) -> None:
    folder = made(tmp_path, "c03")
    chosen = arrived(tmp_path, "03-chosen-consent.json")
    assert gathered(tmp_path, chosen, OLD, name="c03").code == 0
    done = gathered(tmp_path, arrived(tmp_path, "03-no-consent-column.csv"), name="c03")
    assert (done.code, "handed in before" in done.out) == (0, True)
    assert "newer" not in done.out + done.err
    assert 'consent: "position"' in (folder / "sheets" / "WM-01.yaml").read_text("utf-8")
    assert answers(folder, "WM-01") == {"ties-broken-by": "wijkmanager"}


def test_09_a_correction_says_how_to_replace_and_after_closing_what_differs(
    tmp_path: Path,
) -> None:
    folder = made(tmp_path, "c03")
    chosen = arrived(tmp_path, "03-chosen-consent.json")
    assert gathered(tmp_path, chosen, OLD, name="c03").code == 0
    correction = arrived(tmp_path, "09-correction.csv")
    done = gathered(tmp_path, correction, name="c03")
    assert "--replace WM-01" in done.out
    assert "wijkraad" not in done.out
    done = gathered(tmp_path, correction, "--replace", "WM-01", name="c03")
    assert "Replaced: WM-01" in done.out
    assert answers(folder, "WM-01") == {"ties-broken-by": "wijkraad"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("13-sep-line.csv", {"ties-broken-by": "wijkmanager", "primary-task/wijkraad": "voice"}),
        ("13-tabs.csv", {"clarity": "unclear"}),
        ("19-one-row-a-person.csv", {"clarity": "unclear", "ties-broken-by": "wijkraad"}),
    ],
)
def test_13_and_19_the_tables_of_a_spreadsheet_and_of_a_survey_are_read(
    tmp_path: Path, name: str, expected: dict[str, str]
) -> None:
    folder = made(tmp_path)
    done = gathered(tmp_path, arrived(tmp_path, name))
    assert done.code == 0, done.err
    assert answers(folder, "WR-01") == expected


def test_17_a_table_without_answers_is_called_that_and_no_copy_is_kept(tmp_path: Path) -> None:
    folder = made(tmp_path)
    done = gathered(tmp_path, arrived(tmp_path, "17-raci.csv"))
    assert done.code == 65
    assert "Refused" in done.err
    assert not (folder / "damaged").exists()


@pytest.mark.parametrize("typed", ["WR-1", "wr1", "WR-001", "WR01", "WR-O1"])
def test_a_near_code_is_never_a_new_person_unasked(tmp_path: Path, typed: str) -> None:
    folder = made(tmp_path)
    file = tmp_path / "near.csv"
    file.write_text(f"participant,party,item,value\n{typed},wijkraad,ties-broken-by,college\n")
    done = gathered(tmp_path, str(file), "--add-people", "--no-input")
    assert (done.code, "--same" in done.err) == (65, True)
    assert "looks like WR-01" in done.err
    assert [path.name for path in (folder / "sheets").glob("*")] == []
    code = typed.upper()
    assert gathered(tmp_path, str(file), "--same", f"{typed}=wr-01").code == 0
    assert answers(folder, "WR-01") == {"ties-broken-by": "college"}
    done = gathered(tmp_path, str(file), "--same", f"{typed}={typed}", "--add-people")
    assert (done.code, f"Added to the session: {code}" in done.out) == (0, True)


def test_at_a_keyboard_a_near_code_is_asked_about(tmp_path: Path) -> None:
    folder = made(tmp_path)
    file = tmp_path / "near.csv"
    file.write_text("participant,party,item,value\nWR-2,wijkraad,ties-broken-by,college\n")
    assert gathered(tmp_path, str(file), typed="no\n").code == 65
    done = gathered(tmp_path, str(file), typed="yes\n")
    assert done.code == 0
    assert "Is it WR-02?" in done.err
    assert answers(folder, "WR-02") == {"ties-broken-by": "college"}


def plain(root: Path) -> dict[str, tuple[str, dict[str, object]]]:
    """What every drawn table says, of each person, as it lies in the session in `root`."""
    found = {}
    for path in sorted((root / "wijk" / "sheets").glob("*.yaml")):
        sheet, _ = sheets.parse(path.read_text("utf-8"), path.name)
        assert sheet is not None
        found[sheet.participant] = (sheet.consent, dict(sheet.answers))
    return found


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What lies in the session when all of it was written by id, in the plainest of tables."""
    root = tmp_path_factory.mktemp("plain")
    made(root)
    lines = ["participant,party,item,value,certainty,note,consent"]
    for code, consent, said in SAID:
        for key, (value, certainty, note) in said.items():
            cells = [code, PARTY[code[:2]], key, value, certainty, note, consent]
            lines.append(",".join('"' + cell.replace('"', '""') + '"' for cell in cells))
    (root / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    assert gathered(root, str(root / "a.csv")).code == 0
    found = plain(root)
    assert {code: len(said) for code, (_, said) in found.items()} == {
        code: len(said) for code, _, said in SAID
    }
    return dict(found)


@pytest.mark.parametrize("number", range(20))
@pytest.mark.parametrize("shape", ["long", "wide"])
@pytest.mark.parametrize("file", ["a.csv", "a.xlsx"])
def test_a_table_says_the_same_however_it_was_written(
    tmp_path: Path, expected: dict[str, object], file: str, shape: str, number: int, seed: int
) -> None:
    made(tmp_path)
    drawing = Drawing(
        usable_set("wijk-kort")[0].spoken, random.Random(f"{seed} {file} {shape} {number}")
    )
    rows = drawing.long() if shape == "long" else drawing.wide()
    is_csv = file == "a.csv"
    (tmp_path / file).write_bytes(drawing.as_csv(rows) if is_csv else drawing.as_workbook(rows))
    done = gathered(tmp_path, str(tmp_path / file))
    assert done.code == 0, done.err
    assert plain(tmp_path) == expected
