"""Tables in XLSX: whatever a spreadsheet makes of a cell, the same answers as from CSV."""

import datetime
import io
import random
import zipfile

import openpyxl
import pytest

from bart_tool.errors import CannotCreate
from bart_tool.store import sheets_csv, tables, workbook
from tests.figures import seeds
from tests.store.test_csv import SESSION, SET

HEADER = ("participant", "party", "item", "value", "certainty", "note", "quote", "consent")
ROWS = (
    ("WR-01", "wijkraad", "who", "nobody", "certain", "één; twee, 'drie'\nvier", True, "position"),
    ("WR-01", "wijkraad", "choice/cluster", "plan", None, None, None, "position"),
    ("WR-02", "wijkraad", "roles/wijkraad", "networker:formal;fixer", None, 12.0, False, None),
    ("WM-01", "wijkmanager", "who", "college", "guess", datetime.date(2027, 6, 30), 1, "group"),
)


def saved(*sheets: tuple[str, list[tuple[object, ...]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(content: bytes) -> dict[tuple[str, str], tuple[object, str, bool]]:
    text, problems = tables.decode(content, "a.xlsx")
    assert text is not None
    assert problems == ()
    found, wrong = sheets_csv.parse(text, "a.xlsx", question_set=SET, session=SESSION, consent=None)
    assert wrong == ()
    return {
        (sheet.participant, item): (answer.value, answer.note, answer.quote)
        for sheet in found
        for item, answer in sheet.answers.items()
    }


EXPECTED = {
    ("WR-01", "who"): ("nobody", "één; twee, 'drie'\nvier", True),
    ("WR-01", "choice/cluster"): ("plan", "", False),
    ("WR-02", "roles/wijkraad"): ({"networker": "formal", "fixer": "unknown"}, "12", False),
    ("WM-01", "who"): ("college", "2027-06-30", True),
}


def test_a_workbook_says_what_its_cells_say() -> None:
    assert read(saved(("Blad1", [HEADER, *ROWS]))) == EXPECTED


@pytest.mark.parametrize("seed", seeds(20, 100))
def test_a_workbook_is_read_however_it_is_arranged(seed: int) -> None:
    chance = random.Random(seed)
    order = chance.sample(range(len(HEADER)), len(HEADER))
    rows: list[tuple[object, ...]] = [HEADER, *chance.sample(ROWS, len(ROWS))]
    rows = [tuple(row[at] for at in order) for row in rows]
    rows[0] = tuple(chance.choice([str.upper, str.title, str])(str(name)) for name in rows[0])
    if chance.random() < 0.5:
        rows.insert(chance.randrange(1, len(rows)), (None,) * len(HEADER))
    if chance.random() < 0.5:
        rows.append(("", " ", None))
    others = [("Uitleg", [("Vul dit in", "graag")]), ("Leeg", [])]
    sheets = [("Antwoorden", rows), *chance.sample(others, chance.randrange(3))]
    chance.shuffle(sheets)
    assert read(saved(*sheets)) == EXPECTED  # type: ignore[arg-type]


@pytest.mark.parametrize("cut", [0.0, 0.2, 0.5, 0.9])
def test_a_damaged_workbook_is_named_for_what_it_is(cut: float) -> None:
    content = saved(("Blad1", [HEADER, *ROWS]))
    text, problems = tables.decode(b"PK" + content[2 : int(len(content) * cut)], "a.xlsx")
    assert (text, [each.code for each in problems]) == (None, ["xlsx-damaged"])


def test_a_workbook_that_unpacks_to_far_too_much_is_not_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 150_000_000)
    text, problems = tables.decode(target.getvalue(), "a.xlsx")
    assert (text, [each.code for each in problems]) == (None, ["xlsx-too-large"])


def test_without_the_package_bart_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    content = saved(("Blad1", [HEADER]))
    monkeypatch.setattr(workbook, "find_spec", lambda _: None)
    text, problems = tables.decode(content, "a.xlsx")
    assert (text, [each.code for each in problems]) == (None, ["extra-missing"])
    with pytest.raises(CannotCreate) as refused:
        workbook.written([], {}, 1)
    assert refused.value.params["extras"] == "xlsx"


def test_what_is_written_reckons_nothing_and_offers_its_choices() -> None:
    rows = [("participant", "party", "item", "value"), ("WR-01", "=1+1", "who", "")]
    book = openpyxl.load_workbook(io.BytesIO(workbook.written(rows, {2: ("a", "b")}, 4)))
    sheet = book.worksheets[0]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    (offered,) = sheet.data_validations.dataValidation
    assert str(offered.sqref) == "D2"
    assert [cell.value for cell in book["choices"]["A"]] == ["a", "b"]
