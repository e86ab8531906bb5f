"""Where the columns of a table of answers stand: of one answer a row, and of one row a person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bart_tool.errors import Problem, Severity, Where
from bart_tool.store.cell_words import CellWords
from bart_tool.store.tables import BESIDE, REQUIRED, folded

OF_PERSON = ("participant", "party", "consent")
OF_ANSWER = ("value", "certainty", "note", "quote", "words")
COLUMNS = (*OF_PERSON, "item", *OF_ANSWER)
_MOST_COLUMNS = 20  # extra ones that are named


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns stand. `last`: the place of the last that has a name.

    `answers`: in a table of one row a person, item -> the places of what is said on it.
    """

    places: Mapping[str, int]
    last: int
    answers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def least(self) -> int:
        """How many cells a row must have to say anything."""
        return max(place for name, place in self.places.items() if name in REQUIRED) + 1

    def rows(self, cells: list[str]) -> Iterator[Mapping[str, str]]:
        """What a row says, a map of columns for each answer in it."""
        of_row = _cells_at(self.places, cells)
        if not self.answers:
            yield of_row
        for item, places in self.answers.items():
            said = _cells_at(places, cells)
            if any(said.values()):
                yield {"party": "", **of_row, "value": "", **said, "item": item}


def _cells_at(places: Mapping[str, int], cells: list[str]) -> dict[str, str]:
    return {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}


def read(
    cells: list[str], file: str, words: CellWords, *, is_wide: bool
) -> tuple[Header | None, tuple[Problem, ...]]:
    """The header in the first row, None when it will not do; and what is to be said of it."""
    names = [folded(name) for name in cells]
    header, said = _wide(names, words) if is_wide else _long(names)
    known = {*COLUMNS, *words.question_set.by_key}
    double = sorted({name for name in names if name in known and names.count(name) > 1})
    if double:
        header = None
        twice = Problem("csv-double-columns", params={"names": ", ".join(double)})
        said = (*(each for each in said if each.code == "csv-missing-columns"), twice)
    where = Where(file, row=1)
    return header, tuple(Problem(p.code, where, p.params, p.severity) for p in said)


def _long(names: list[str]) -> tuple[Header | None, tuple[Problem, ...]]:
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        return None, (Problem("csv-missing-columns", params={"names": ", ".join(missing)}),)
    # By number: after a lost line end the cells of a row stand in the header too.
    known = {"", *COLUMNS, *BESIDE}
    extra = [str(place) for place, name in enumerate(names, 1) if name not in known]
    params = {"names": first_of(extra)}
    note = Problem("csv-extra-columns", params=params, severity=Severity.NOTE)
    places = {name: place for place, name in enumerate(names) if name in COLUMNS}
    return Header(places, _last_of(names)), (note,) if extra else ()


def _wide(names: list[str], words: CellWords) -> tuple[Header | None, tuple[Problem, ...]]:
    """The columns are called after the items, and after what is said beside an answer."""
    places = {name: place for place, name in enumerate(names) if name in OF_PERSON}
    answers: dict[str, dict[str, int]] = {}
    unknown = []
    for place, name in enumerate(names):
        key, _, part = name.partition(":")
        key, part = words.item(key.strip()), part.strip() or "value"
        if key in words.question_set.by_key and part in OF_ANSWER:
            answers.setdefault(key, {})[part] = place
        elif name and name not in OF_PERSON:
            unknown.append(str(place + 1))
    if unknown:
        return None, (Problem("table-unknown-columns", params={"names": first_of(unknown)}),)
    params = {"number": str(len(answers))}
    note = Problem("table-one-row-a-person", params=params, severity=Severity.NOTE)
    return Header(places, _last_of(names), answers), (note,)


def _last_of(names: list[str]) -> int:
    return max(place for place, name in enumerate(names) if name)


def first_of(columns: list[str], most: int = _MOST_COLUMNS) -> str:
    """The first of so many columns, and that there are more."""
    return ", ".join((*columns[:most], *(["…"] if columns[most:] else [])))
