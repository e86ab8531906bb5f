"""A table in an XLSX file: read as the text that the same table has as CSV, and written."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bart_tool.errors import CannotCreate, Problem, Severity, Where
from bart_tool.store import archives

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MAX_ROWS, _MAX_COLUMNS = 100_000, 1_000
_LISTS = "choices"  # the sheet behind the lists one chooses from
_LONGEST = 32_767  # characters in a cell
_EXTRA = {"formats": "XLSX", "extras": "xlsx"}


def can_be_read() -> bool:
    """Whether all is installed that XLSX takes."""
    return find_spec("openpyxl") is not None


def must_be_there() -> None:
    """Raise CannotCreate, saying what to install, where XLSX cannot be written."""
    if not can_be_read():
        raise CannotCreate("extra-missing", formats="XLSX", extras="xlsx")


def as_text(
    content: bytes, file: str, is_table: Callable[[str], bool]
) -> tuple[str | None, tuple[Problem, ...]]:
    """The table in a workbook as CSV: the first sheet that `is_table`, else the first of all.

    None and what is wrong where it is none, or where XLSX cannot be read here. Other sheets with
    answers are named.
    """
    if not can_be_read():
        return None, (Problem("extra-missing", Where(file), _EXTRA),)
    from openpyxl import load_workbook

    damaged = (Problem("xlsx-damaged", Where(file)),)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > 5 * archives.MAX_MEMBER:
                return None, (Problem("xlsx-too-large", Where(file)),)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        texts = {sheet.title: _text(sheet) for sheet in book.worksheets}
    except Exception:  # noqa: BLE001 (openpyxl raises anything at a file that is damaged)
        return None, damaged
    if not texts:
        return None, damaged
    titles = [title for title, text in texts.items() if is_table(text)] or [*texts][:1]
    if not titles[1:]:
        return texts[titles[0]], ()
    params = {"first": titles[0], "names": ", ".join(titles[1:])}
    more = Problem("xlsx-more-tables", Where(file), params, Severity.WARNING)
    return texts[titles[0]], (more,)


def _text(sheet: "Worksheet") -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter="\t")
    rows = sheet.iter_rows(max_row=_MAX_ROWS, max_col=_MAX_COLUMNS, values_only=True)
    for row in rows:
        cells = [_cell(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        writer.writerow(cells)
    return target.getvalue()


def _cell(value: object) -> str:
    """A cell as a person sees it: a whole number without decimals, a day without a clock."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


def written(
    rows: Iterable[Sequence[str]], choices: Mapping[int, Sequence[str]], column_of_choices: int
) -> bytes:
    """A workbook of `rows`, the first its header; `choices`: row -> what may stand in that column.

    Every cell is text: nothing in it reckons. Raises CannotCreate where bart cannot write XLSX.
    """
    must_be_there()
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet, lists = book.worksheets[0], book.create_sheet(_LISTS)
    for number, row in enumerate(rows, 1):
        for column, said in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = said[:_LONGEST], "s"
            if number == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "E2"
    places: dict[tuple[str, ...], DataValidation] = {}
    for number, allowed in choices.items():
        among = tuple(allowed)
        if among not in places:
            column = len(places) + 1
            for at, said in enumerate(among, 1):
                lists.cell(at, column).value = said
            letter = lists.cell(1, column).column_letter
            formula = f"{_LISTS}!${letter}$1:${letter}${len(among)}"
            places[among] = DataValidation("list", formula1=formula, allow_blank=True)
            sheet.add_data_validation(places[among])
        places[among].add(sheet.cell(number, column_of_choices))
    lists.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
