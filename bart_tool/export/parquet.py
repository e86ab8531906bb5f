"""Tables as Parquet: a file each, with what every column holds beside its type."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import pyarrow as pa
from pyarrow.parquet import write_table

from bart_tool.export.table import BETWEEN, Cell, Column, Kind, Table

_TYPES: Mapping[Kind, pa.DataType] = {
    "text": pa.string(),
    "list": pa.list_(pa.string()),
    "whole": pa.int64(),
    "number": pa.float64(),
    "yes-no": pa.bool_(),
}


def written(tables: Sequence[Table]) -> dict[str, bytes]:
    """Name -> content, of each table."""
    return {f"{each.name}.parquet": _parquet(each) for each in tables}


def _parquet(made: Table) -> bytes:
    columns = [[_value(row[at], each) for row in made.rows] for at, each in enumerate(made.columns)]
    arrays = [
        pa.array(cells, type=_TYPES[column.kind])
        for column, cells in zip(made.columns, columns, strict=True)
    ]
    fields = [
        pa.field(each.name, _TYPES[each.kind], metadata={"description": each.means})
        for each in made.columns
    ]
    schema = pa.schema(fields, metadata={"description": made.means})
    target = BytesIO()
    write_table(pa.Table.from_arrays(arrays, schema=schema), target)
    return target.getvalue()


def _value(cell: Cell, column: Column) -> Cell | list[str]:
    return cell.split(BETWEEN) if column.kind == "list" and isinstance(cell, str) else cell
