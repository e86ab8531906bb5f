"""The one table of formats: what makes files of tables, and what that takes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec

from bart_tool.errors import CannotCreate, WrongUse
from bart_tool.export import csvw
from bart_tool.export.table import Table


@dataclass(frozen=True)
class Content:
    """The tables, what they are called together, and the day of which they tell.

    `name`: of a file that holds them all, without its ending.
    """

    name: str
    tables: Sequence[Table]
    title: str
    day: date


def _csv(content: Content) -> dict[str, bytes]:
    return csvw.written(content.tables, content.title)


def _xlsx(content: Content) -> dict[str, bytes]:
    from bart_tool.export import workbook  # an extra

    name = f"{content.name}.xlsx"
    return {name: workbook.written(name, content.tables, content.title, content.day)}


def _parquet(content: Content) -> dict[str, bytes]:
    from bart_tool.export import parquet  # an extra

    return parquet.written(content.tables)


_RENDERERS: Mapping[str, Callable[[Content], dict[str, bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
FORMATS = tuple(_RENDERERS)
# What a format takes that does not come with every install: module, and the extra it is in.
_NEEDS: Mapping[str, tuple[str, str]] = {
    "xlsx": ("openpyxl", "xlsx"),
    "parquet": ("pyarrow", "parquet"),
}


def can_be_made(name: str) -> bool:
    """Whether all is installed that this format takes."""
    return name not in _NEEDS or find_spec(_NEEDS[name][0]) is not None


def lacking(formats: Iterable[str]) -> dict[str, str]:
    """Those of `formats` that take an extra which is not installed -> that extra."""
    return {name: _NEEDS[name][1] for name in sorted({*formats}) if not can_be_made(name)}


def must_be_there(formats: Iterable[str]) -> None:
    """Raise CannotCreate, saying what to install, unless these formats can all be made."""
    if extras := lacking(formats):
        raise CannotCreate(
            "extra-missing", formats=", ".join(extras), extras=",".join(extras.values())
        )


def written(formats: Sequence[str], content: Content) -> dict[str, bytes]:
    """Name -> content, in the order of the table of formats.

    Raises WrongUse for a format that is not in it, CannotWrite where the disk has no room for what
    making one takes meanwhile, and as `must_be_there`.
    """
    unknown = [each for each in formats if each not in _RENDERERS]
    if unknown:
        raise WrongUse("unknown-report-format", name=unknown[0], known=", ".join(FORMATS))
    must_be_there(formats)
    files: dict[str, bytes] = {}
    for name, render in _RENDERERS.items():
        if name in formats:
            files |= render(content)
    return files
