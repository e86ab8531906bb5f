"""An empty table that `bart gather` reads back, and the keys of all that may stand in it."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.cli.run import bart
from tests.cli.some_session import made


def filled(text: str, value_of: dict[str, str]) -> str:
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    for row in rows:
        row["value"] = value_of.get(row["item"], "") if row["participant"] == "WR-01" else ""
    target = io.StringIO()
    writer = csv.DictWriter(target, rows[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def test_a_template_has_a_row_for_all_that_is_asked_and_comes_back_in(tmp_path: Path) -> None:
    made(tmp_path)
    file = tmp_path / "antwoorden.csv"
    assert bart(tmp_path, "template", "wijk", str(file)).code == 0
    text = file.read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    codes = {row["participant"] for row in rows}
    assert codes == {"WR-01", "WR-02", "WR-03", "WM-01", "CL-01"}
    assert all(row["question"] and row["choices"] and not row["value"] for row in rows)
    empty = bart(tmp_path, "gather", "wijk", str(file), "--json")
    assert (empty.code, empty.json["came_in"]) == (0, [])
    first = {row["item"]: row["choices"].split(" ")[0] for row in rows}
    values = {item: value for item, value in first.items() if not value.startswith("(")}
    file.write_text(filled(text, values), "utf-8")
    done = bart(tmp_path, "gather", "wijk", str(file), "--json")
    assert (done.code, done.json["came_in"], done.json["problems"]) == (0, ["WR-01"], [])


def test_a_workbook_has_the_same_rows_and_a_list_to_choose_from(tmp_path: Path) -> None:
    made(tmp_path)
    file = tmp_path / "antwoorden.xlsx"
    assert bart(tmp_path, "template", "wijk", str(file)).code == 0
    sheet = openpyxl.load_workbook(file).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    text = bart(tmp_path, "template", "wijk").out
    expected = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [["" if cell is None else cell for cell in row] for row in rows] == expected
    offered = {str(each.sqref) for each in sheet.data_validations.dataValidation}
    assert offered
    assert all(place.startswith("D") for each in offered for place in each.split())


def test_a_table_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    made(tmp_path)
    file = tmp_path / "antwoorden.csv"
    file.write_text("van mij", "utf-8")
    assert bart(tmp_path, "template", "wijk", str(file)).code == 73
    assert file.read_text("utf-8") == "van mij"
    nowhere = bart(tmp_path, "template", "wijk", str(tmp_path / "weg" / "a.csv"))
    assert (nowhere.code, "bestaat" in nowhere.err or "map" in nowhere.err) == (73, True)


def test_without_a_file_the_table_is_the_result(tmp_path: Path) -> None:
    made(tmp_path)
    done = bart(tmp_path, "template", "wijk")
    assert done.out.startswith("participant;party;item;value;")
    assert done.err == ""


@pytest.mark.parametrize("said", ["none", "Liever niet", "rather not"])
def test_how_one_may_be_shown_is_asked_first_and_heard(tmp_path: Path, said: str) -> None:
    folder = made(tmp_path)
    text = bart(tmp_path, "template", "wijk").out
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    of_one = [row for row in rows if row["participant"] == "WR-01"]
    assert of_one[0]["item"] == "consent"
    assert [row["item"] for row in of_one].count("consent") == 1
    file = tmp_path / "antwoorden.csv"
    file.write_text(filled(text, {"consent": said, "ties-broken-by": "college"}), "utf-8")
    assert bart(tmp_path, "gather", "wijk", str(file)).code == 0
    assert 'consent: "none"' in (folder / "sheets" / "WR-01.yaml").read_text("utf-8")
    file.write_text(filled(text, {"consent": "misschien", "ties-broken-by": "college"}), "utf-8")
    done = bart(tmp_path, "gather", "wijk", str(file), language="en")
    assert (done.code, "position, group or none" in done.err) == (65, True)


def test_a_label_that_is_none_is_refused_with_those_there_are(tmp_path: Path) -> None:
    made(tmp_path)
    file = tmp_path / "antwoorden.csv"
    file.write_text(
        "participant,party,item,value\n"
        "WR-01,wijkraad,clarity,Best duidelijk\nWR-01,wijkraad,ties-broken-by,de buurman\n"
        "WR-01,wijkraad,roles/wijkraad,Duizendpoot\n",
        "utf-8",
    )
    done = bart(tmp_path, "gather", "wijk", str(file), language="nl")
    assert done.code == 65
    for valid in ("very-clear", "college", "networker"):
        assert valid in done.err
    assert "buurman" not in done.err  # what somebody answered is not repeated


@pytest.mark.parametrize("name", ["wijk-kort", "wijk-kern", "wijkprogramma", "bart-basis"])
def test_a_set_counts_the_questions_that_it_shows(tmp_path: Path, name: str) -> None:
    said = bart(tmp_path, "sets", name, "--json", language="nl").json
    read = bart(tmp_path, "sets", name, language="nl").out
    shown = [line for line in read.splitlines() if line.startswith("  (")]
    assert said["questions"] == len(shown)
    assert said["items"] == len(said["keys"])
    listed = bart(tmp_path, "sets", "--json", language="nl").json
    assert {each["id"]: each["questions"] for each in listed}[name] == said["questions"]


def test_a_set_says_the_key_of_every_answer(tmp_path: Path) -> None:
    said = bart(tmp_path, "sets", "wijk-kern", "--json").json
    assert said["values"].keys() == set(said["keys"])
    read = bart(tmp_path, "sets", "wijk-kern").out
    for item, values in said["values"].items():
        assert item in read
        for value in values:
            assert f"- {value}: " in read or f" {value}" in read
    assert "dont-know" in said["values"]["ties-broken-by"]
    assert "nobody" in said["values"]["ties-broken-by"]
