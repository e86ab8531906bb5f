"""The picture of a topic as rows of text: a table where there is room, else a card a party."""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from bart_tool.tui.text import GAP, Part, Row, fitted, line, plain, wrapped
from bart_tool.wording.naming import lower_first
from bart_tool.wording.pictures import Head, Matrix, MatrixCell
from bart_tool.wording.translation import Words

OWN, OTHER = "●", "○"  # about itself, about another
STANDS, SAID, CLOSED = "■", "□", "?"
CAUSE, CAUSES = "▼", "▸"  # a column, a row where what was found lies
MOST_COLUMN = 22  # cells


def matrix_rows(shown: Matrix, wide: int, t: Words) -> Iterator[Row]:
    """The matrix at a width of so many cells, with what its signs mean."""
    yield line(f"{shown.asked} · {lower_first(shown.tense)}", "dim")
    column = min((wide - _longest_word(shown.rows) - 1) // len(shown.columns), MOST_COLUMN)
    if not shown.is_ladder:
        yield from _counts(shown, t)
    elif len(shown.columns) > 1 and column > _ladder_width(shown):
        longest = max(cell_len(plain(head.text)) for head in shown.rows) + 2
        yield from _table(shown, min(longest, wide - column * len(shown.columns)), column)
    else:
        yield from _cards(shown)
    yield GAP
    yield Row("", under=(tuple(Part(f"{each}   ", "dim") for each in _signs(shown, t)),))
    if shown.is_ladder:
        yield line(t("The steps from left to right: {steps}", steps=shown.steps_in_words), "dim")


def _named(head: Head) -> str:
    return " ".join(_apart(head))


def _apart(head: Head) -> list[str]:
    """A head and its notes."""
    return [plain(head.text), *([plain(f"({', '.join(head.notes)})")] if head.notes else [])]


def _longest_word(heads: Iterable[Head]) -> int:
    return max(cell_len(word) for head in heads for word in plain(head.text).split() or [""])


# Ladders


def _ladder_width(shown: Matrix) -> int:
    return max(cell_len(_ladder(cell, shown)) for row in shown.cells for cell in row)


def _ladder(cell: MatrixCell, shown: Matrix) -> str:
    """The steps in one line: ` ·  1 ┊ 2 [4] · `; brackets where the party stands."""
    people, levels = dict(cell.people), cell.levels or ()
    made = ""
    for number in range(len(shown.steps)):
        many = str(people[number]) if number in people else STANDS if number in levels else "·"
        stands = number in levels
        joint = "[" if stands else "]" if number - 1 in levels else " "
        passed = shown.line is not None and number - 1 < shown.line < number
        if passed:
            made += ("]" if number - 1 in levels else " ") + "┊" + ("[" if stands else " ")
        elif stands and number - 1 in levels:
            made += "]["
        else:
            made += joint
        made += many
    return made + ("]" if len(shown.steps) - 1 in levels else " ")


def _table(shown: Matrix, name: int, column: int) -> Iterator[Row]:
    """Columns beside each other, where there is room."""
    heads = [f"{CAUSE} {head.text}" if head.is_cause else head.text for head in shown.columns]
    yield from _beside(
        [[""], *([*wrapped(plain(head), column - 2)] for head in heads)], name, column
    )
    for head, cells in zip(shown.rows, shown.cells, strict=True):
        lines = [[each for text in _apart(head) for each in wrapped(text, name - 1)]]
        for cell in cells:
            said = [f"{OWN} {cell.says[0]}" if cell.is_own else cell.says[0], *cell.says[1:]]
            words = [each for text in said for each in wrapped(plain(text), column - 2)]
            lines.append([_ladder(cell, shown), *words])
        yield from _beside(lines, name, column)


def _beside(columns: list[list[str]], name: int, column: int) -> Iterator[Row]:
    """Columns of lines as rows; the first column is the name."""
    for number in range(max(map(len, columns))):
        parts = []
        for place, lines in enumerate(columns):
            wide, text = (column if place else name), lines[number] if number < len(lines) else ""
            text = fitted(text, wide - 1)
            style = "strong" if place == 0 else ""
            parts.append(Part(text + " " * (wide - cell_len(text)), style))
        yield Row("", under=(tuple(parts),))


def _cards(shown: Matrix) -> Iterator[Row]:
    """A party below the other; in each a ladder below the other."""
    for head, cells in zip(shown.rows, shown.cells, strict=True):
        alone = len(cells) == 1
        if not alone:
            yield Row("", _named(head), "strong")
        for about, cell in zip(shown.columns, cells, strict=True):
            who = (
                _named(head) if alone else f"{CAUSE} {about.text}" if about.is_cause else about.text
            )
            lead = (Part(f"{OWN if cell.is_own else OTHER} " if alone or about.text else "  "),)
            said = ", ".join(cell.says).replace(", (", " (")
            text = plain(f"{who}: {said}")
            drawn = ((Part(_ladder(cell, shown)),),) if cell.people else ()
            yield Row("", text, lead=lead, under=drawn)


# People who are counted


def _counts(shown: Matrix, t: Words) -> Iterator[Row]:
    for head, cells in zip(shown.rows, shown.cells, strict=True):
        yield Row("", _named(head), "strong", lead=(Part(f"{CAUSES} "),) if head.is_cause else ())
        said = tuple(_people(shown.columns, cells, t))
        if said:
            yield Row("", under=(said,))


def _people(columns: Iterable[Head], cells: Iterable[MatrixCell], t: Words) -> Iterator[Part]:
    for column, cell in zip(columns, cells, strict=True):
        if not (cell.number or cell.stands or cell.is_closed):
            continue
        sign = STANDS if cell.stands else CLOSED if cell.is_closed else SAID
        own = cell.is_own or column.is_own
        name = t("{name} (itself)", name=column.text) if own else column.text
        yield Part("  " + plain(f"{sign} {name} {cell.number or ''}").rstrip() + " ")


def _signs(shown: Matrix, t: Words) -> Iterator[str]:
    cells = [cell for row in shown.cells for cell in row]
    if shown.is_ladder:
        yield f"[ ] {t('here the party stands')}"
        if any(cell.people for cell in cells):
            yield t("digits: people")
        if shown.line is not None:
            yield f"┊ {t('left of it another decides')}"
        if any(cell.is_own for cell in cells):
            yield f"{OWN} {t('about itself')}"
    else:
        yield f"{STANDS} {t('here the party stands')}"
        yield f"{SAID} {t('so many people')}"
        if any(cell.is_closed for cell in cells):
            yield f"{CLOSED} {t('cannot be told')}"
    if any(head.is_cause for head in shown.columns) and shown.is_ladder:
        yield f"{CAUSE} {t('this is what it is about')}"
    if any(head.is_cause for head in shown.rows):
        yield f"{CAUSES} {t('one party sees this, another nobody')}"
