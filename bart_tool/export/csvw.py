"""Tables as CSV, and what they hold as CSVW: https://www.w3.org/TR/tabular-metadata/."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from bart_tool.domain.base import LANGUAGES
from bart_tool.domain.plain_json import plain_json
from bart_tool.export.table import BETWEEN, Cell, Column, Kind, Table
from bart_tool.wording.translation import words

METADATA = "csv-metadata.json"  # where who reads a CSV looks for what is in it
_TYPES: Mapping[Kind, str] = {
    "text": "string",
    "list": "string",
    "whole": "integer",
    "number": "number",
    "yes-no": "boolean",
}
# A spreadsheet reckons with a text that begins so; behind a `'` that was typed it takes one more.
_RECKONED = re.compile(r"'*[=+@-]")


def written(tables: Sequence[Table], title: str) -> dict[str, bytes]:
    """Name -> content: a CSV for each table, and one file that says what is in them."""
    files = {f"{each.name}.csv": _csv(each).encode() for each in tables}
    return files | {METADATA: metadata(tables, title).encode()}


def _csv(made: Table) -> str:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(made.header)
    writer.writerows([_text(cell) for cell in row] for row in made.rows)
    return target.getvalue()


def _text(cell: Cell) -> str:
    """A cell as CSV has it; a text that a spreadsheet would reckon with begins with a `'`."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float():
            return f"{cell:g}"
        case int():
            return str(cell)
    return f"'{cell}" if _RECKONED.match(cell) else cell


def metadata(tables: Sequence[Table], title: str) -> str:
    """What stands in each column of each CSV, and how its tables hang together."""
    group = {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:title": title,
        "tables": [_table(each) for each in tables],
    }
    return plain_json(group) + "\n"


def _table(made: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(each, made) for each in made.columns]}
    if made.key:
        schema["primaryKey"] = list(made.key)
    return {
        "url": f"{made.name}.csv",
        "dc:description": _said(made.means),
        "tableSchema": schema,
    }


def _column(column: Column, made: Table) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "datatype": _TYPES[column.kind],
        "dc:description": _said(column.means),
    }
    if column.kind == "list":
        said["separator"] = BETWEEN
    if column.name in made.key:
        said["required"] = True
    return said


def _said(msgid: str) -> list[dict[str, str]]:
    return [{"@value": words(each)(msgid), "@language": each} for each in LANGUAGES]
