"""An empty table that `bart gather` reads back, and the keys of all that may stand in it."""

import csv
import io
from pathlib import Path

import openpyxl

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
