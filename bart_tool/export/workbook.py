"""Tables as a workbook: a sheet each, figures as figures, and text that never reckons."""

import errno
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as PlacedCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from bart_tool.errors import CannotWrite
from bart_tool.export.table import Cell, Table

_LONGEST = 32_767  # characters in a cell
_NARROW, _WIDE = 8, 60  # characters of a column
_STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: nobody sees when it was made
_ABOUT = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_TOP = Alignment(vertical="top", wrap_text=True)


def written(name: str, tables: Sequence[Table], title: str, day: date) -> bytes:
    """A workbook with a sheet for each table that has rows. `day`: of when it tells.

    `name`: what the file will be called. Raises CannotWrite: openpyxl writes each sheet in a
    temporary file first, for which there may be no room.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for each in tables:
        if each.rows:
            _fill(book.create_sheet(each.name), each)
    about = book.properties
    about.title, about.creator = title, "bart"
    about.created = about.modified = datetime.combine(day, time())
    target = BytesIO()
    # As book.save does, but closed whatever happens.
    try:
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).save()
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, "")
        raise CannotWrite("cannot-write-file", file=name, reason=reason) from error
    return _without_clock(target.getvalue(), day)


def _fill(sheet: Worksheet, made: Table) -> None:
    for number, row in enumerate((made.header, *made.rows), 1):
        for column, cell in enumerate(row, 1):
            if cell is not None:
                _put(sheet.cell(number, column), cell)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, cells in enumerate(zip(made.header, *made.rows, strict=True), 1):
        longest = max(len(str(cell)) for cell in cells if cell is not None)
        letter = sheet.cell(1, column).column_letter
        sheet.column_dimensions[letter].width = min(max(longest + 2, _NARROW), _WIDE)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _put(placed: PlacedCell, cell: Cell) -> None:
    if isinstance(cell, str):
        placed.value, placed.data_type = cell[:_LONGEST], "s"  # also what begins with `=`
    else:
        placed.value = cell
    placed.alignment = _TOP


def _without_clock(made: bytes, day: date) -> bytes:
    """The same workbook for the same tables, whenever it is made."""
    again = BytesIO()
    with ZipFile(BytesIO(made)) as packed, ZipFile(again, "w", ZIP_DEFLATED) as stamped:
        for each in packed.infolist():
            content = packed.read(each)
            if each.filename == _ABOUT:  # openpyxl says here when it saved
                content = _MODIFIED.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode(), content)
            stamped.writestr(ZipInfo(each.filename, _STAMP), content, ZIP_DEFLATED)
    return again.getvalue()
