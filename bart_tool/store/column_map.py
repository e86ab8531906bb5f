"""What the columns and words of another program's table stand for, in a file beside that table."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from bart_tool.domain.answer import CODES, NONE, OTHER
from bart_tool.domain.base import Frozen
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.errors import BadData, Problem, Severity, Where
from bart_tool.store import cell_words, plain_file, shape, table_header, tables, yaml_text
from bart_tool.store.cell_words import CellWords, FitsTwo
from bart_tool.store.session_files import parse_kind
from bart_tool.store.shape import Misfit
from bart_tool.store.tables import folded

KIND = "columns"
OPEN = "?"  # nobody said yet what it stands for
NONE_OF_THESE = "{}"
_MOST_NAMED = 5


class Column(Frozen):
    """A column by its name in the first row, and what it `means`.

    That is a column of bart's own table (`participant`, `party`, `consent` …), an item, or what is
    said beside it (`ties-broken-by: note`); empty for a column that is not used. `option`: the one
    choice of several that the column says yes or no to. `words`: a word in it -> what bart calls
    it, empty for what is no answer.
    """

    column: str
    means: str = ""
    option: str = ""
    words: Mapping[str, str] = Field(default_factory=dict)

    @property
    def item(self) -> str:
        """The item of which it holds the value; empty for any other column."""
        key, _, part = self.means.partition(":")
        return key.strip() if part.strip() in ("", "value") else ""

    @cached_property
    def meaning(self) -> Mapping[str, str]:
        """`words` as they are compared."""
        return {folded(said): meant for said, meant in self.words.items()}


class ColumnMap(Frozen):
    """Every column of a table, in the order of that table."""

    format: Literal[1] = 1
    kind: Literal["columns"] = "columns"
    columns: tuple[Column, ...]

    def fits(self, text: str) -> bool:
        """Whether `text` is a table with the column that says whose answers they are."""
        _, names, trouble = next(tables.rows(text), (0, [], ""))
        whose = {folded(each.column) for each in self.columns if each.means == "participant"}
        return not trouble and bool(whose & set(map(folded, names)))


def dump(columns: ColumnMap) -> str:
    """`columns` as YAML; what `load` reads back is equal to it, if all in it is known."""
    fields = columns.model_dump(mode="json")
    kept = [
        {key: value for key, value in each.items() if value or key in ("column", "means")}
        for each in fields["columns"]
    ]
    return yaml_text.write({**fields, "columns": kept})


def load(path: Path, question_set: QuestionSet) -> ColumnMap:
    """The map in `path`, of which everything is said and fits `question_set`.

    Raises NotFound without the file, BadData when anything in it does not fit or is still open.
    """
    text, problems = plain_file.read_text(path)
    found = None
    if text is not None:
        found, problems = parse(text, path.name, question_set)
    if found is None or any(each.severity is Severity.ERROR for each in problems):
        raise BadData("bad-file", problems, file=path.name)
    return found


def parse(
    text: str, file: str, question_set: QuestionSet | None = None
) -> tuple[ColumnMap | None, tuple[Problem, ...]]:
    """The map in `text`, or None and everything that does not fit, by line.

    Without its set nothing is known of what a column may stand for.
    """
    return parse_kind(partial(_read, question_set), KIND, text, file)


def _read(
    question_set: QuestionSet | None, data: dict[str, Any]
) -> tuple[ColumnMap | None, tuple[Misfit, ...]]:
    found, misfits = shape.validate(ColumnMap, data)
    if found is not None:
        misfits = tuple(_misfits(found, question_set))
    return (found if not misfits else None), misfits


def _misfits(found: ColumnMap, question_set: QuestionSet | None) -> Iterator[Misfit]:
    if all(each.means != "participant" for each in found.columns):
        yield Misfit("columns-without-participant", ("columns",), {})
    said = Counter((each.means, each.option) for each in found.columns if each.means)
    for number, each in enumerate(found.columns):
        place = ("columns", number)
        if each.means == OPEN:
            yield Misfit("column-open", (*place, "means"), {})
        elif said[each.means, each.option] > 1:
            yield Misfit("column-twice", (*place, "means"), {"name": each.means})
        elif question_set is not None:
            yield from _unknown(each, place, question_set)
        if OPEN in each.words.values():
            yield Misfit("column-open", (*place, "words"), {})


def _unknown(
    column: Column, place: tuple[str | int, ...], question_set: QuestionSet
) -> Iterator[Misfit]:
    key, _, part = column.means.partition(":")
    item = question_set.by_key.get(key.strip())
    parts = ("", *table_header.OF_ANSWER)
    is_own = column.means in ("", *table_header.COLUMNS)
    if not is_own and (item is None or part.strip() not in parts):
        yield Misfit("column-means-nothing", (*place, "means"), {"name": column.means})
    elif column.option and column.option not in _choices(question_set, item):
        yield Misfit("column-no-such-option", (*place, "option"), {"name": column.option})


def _choices(question_set: QuestionSet, item: Item | None) -> Iterable[str]:
    if item is None or item.question.answered != "several":
        return ()
    return (*(each.id for each in question_set.options(item.question, item.subject)), NONE_OF_THESE)


@dataclass(frozen=True, slots=True)
class Laid:
    """A map on the first row of one table: reads each row as a row of bart's own.

    `header`: the names of the columns of that row. `_sources`: for each of them, where it stands in
    the table and what is known of it.
    """

    header: tuple[str, ...]
    _sources: tuple[tuple[tuple[int, Column], ...], ...]
    _width: int
    _words: CellWords

    def row(self, cells: Sequence[str]) -> list[str]:
        """What the cells of a row say; empty for a row that was broken off before its person."""
        if len(cells) <= self._sources[self.header.index("participant")][0][0]:
            return []
        said = [
            self._said(name, sources, cells)
            for name, sources in zip(self.header, self._sources, strict=True)
        ]
        return [*said, *(cell for cell in cells[self._width :] if cell.strip())]

    def _said(self, name: str, sources: Sequence[tuple[int, Column]], cells: Sequence[str]) -> str:
        found = [(column, cells[at].strip() if at < len(cells) else "") for at, column in sources]
        if found[0][0].option:
            return ";".join(filter(None, (_ticked(*each) for each in found)))
        column, cell = found[0]
        meant = column.meaning.get(folded(cell), cell)
        if name != column.means:  # what somebody filled in behind “something else”
            return cell if meant == OTHER else ""
        item = self._words.question_set.by_key.get(column.item)
        if item is not None and item.question.answered == "several":
            return ";".join(several(cell, column, item, self._words)[0])
        return meant


def _ticked(column: Column, cell: str) -> str:
    """The option of a column of its own, with what was said of it; empty when it was not chosen."""
    said = column.meaning.get(folded(cell), cell)
    if folded(said) in cell_words.NO:
        return ""
    return column.option if folded(said) in cell_words.YES else f"{column.option}:{said}"


def laid_on(
    columns: ColumnMap, names: Sequence[str], file: str, words: CellWords
) -> tuple[Laid | None, tuple[Problem, ...]]:
    """`columns` on a table with these names in its first row; None and why when they differ."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(folded(name), []).append(place)
    sources: dict[str, list[tuple[int, Column]]] = {}
    missing: list[str] = []
    for column in columns.columns:
        at = places.get(folded(column.column), [])
        if at:
            place = at.pop(0)  # of two columns of one name the first is the first in the map too
            if column.means:
                sources.setdefault(column.means, []).append((place, column))
            if OTHER in column.words.values():
                sources.setdefault(f"{column.item}: words", []).append((place, column))
        elif column.means:
            missing.append(f"‘{column.column}’")
    new = [str(place + 1) for name, at in places.items() for place in at if name]
    where = Where(file, row=1)
    wrong = [
        Problem(code, where, {"names": table_header.first_of(found, _MOST_NAMED)})
        for code, found in (("columns-not-in-table", missing), ("columns-not-in-map", new))
        if found
    ]
    if wrong:
        return None, tuple(wrong)
    return Laid(tuple(sources), tuple(map(tuple, sources.values())), len(names), words), ()


_BETWEEN = (r"[;|\n]", r"[;|\n,]", r"[;|\n,\s]")  # choices in one cell, as programs part them


def several(
    cell: str, column: Column, item: Item, words: CellWords
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is said in one cell that may hold several choices, and those words nobody knows.

    A comma or a blank parts only where every part is then known: labels have them too.
    """
    if not cell or cell in (NONE_OF_THESE, NONE):
        return ((NONE_OF_THESE,) if cell else ()), ()
    known = {option.id for option in words.question_set.options(item.question, item.subject)}
    best: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    for pattern in _BETWEEN:
        parts = [part.strip() for part in re.split(pattern, cell) if part.strip()]
        meant = tuple(_choice(part, column, item, words) for part in parts)
        strange = tuple(
            part
            for part, each in zip(parts, meant, strict=True)
            if each and each.partition(":")[0].strip() not in known | CODES | {NONE_OF_THESE}
        )
        if best is None or not strange:
            best = tuple(filter(None, meant)), strange
        if not strange:
            break
    return best or ((), ())


def _choice(said: str, column: Column, item: Item, words: CellWords) -> str:
    if folded(said) in column.meaning:
        return column.meaning[folded(said)]
    try:
        meant = words.value(item, said)
        if meant == said and ":" in said:
            option, _, tag = (piece.strip() for piece in said.rpartition(":"))
            return f"{words.value(item, option)}:{words.code(cell_words.TAG, tag)}"
    except FitsTwo:
        return said
    return NONE_OF_THESE if meant == NONE else meant
