"""A table as programs read it: columns that say what they hold, and rows of plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bart_tool.domain.free_text import harmless

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]
Kind = Literal["text", "whole", "number", "yes-no", "list"]  # a list: ids with `;` between
BETWEEN = ";"  # the ids of a list


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `means`: what it holds, as a msgid; `of`: the list of the codebook it is in."""

    name: str
    means: str
    kind: Kind = "text"
    of: str = ""


@dataclass(frozen=True)
class Table:
    """A table called `name`; `means` is a msgid that says what one row is.

    Cells of a text hold nothing that drives a terminal.
    """

    name: str
    means: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    key: tuple[str, ...] = ()  # the columns that tell its rows apart

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)


def table(
    name: str, means: str, columns: Sequence[Column], rows: Sequence[Row], key: Sequence[str] = ()
) -> Table:
    """A table of `rows`, whose texts are made harmless; an empty one is as good as none."""
    plain = tuple(tuple(map(_plain, row)) for row in rows)
    return Table(name, means, tuple(columns), plain, tuple(key))


def listed(ids: Sequence[str]) -> str | None:
    """Ids in one cell; None where there are none."""
    return BETWEEN.join(ids) or None


def _plain(cell: Cell) -> Cell:
    return (harmless(cell) or None) if isinstance(cell, str) else cell
