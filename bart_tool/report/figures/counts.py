"""A matrix of people: how many of each party name whom, or choose what."""

from collections.abc import Iterator, Sequence

from bart_tool.report.figures import drawing
from bart_tool.report.figures.drawing import LINE, MARGIN, STRONG, WIDTH
from bart_tool.report.figures.pieces import explained, in_parts, named, round_about, rule
from bart_tool.wording.pictures import Head, Matrix, MatrixCell
from bart_tool.wording.translation import Words

BESIDE = 6  # columns
COLUMN = 30.0  # how wide one is
MARK = 12  # how wide the mark before a row is
LOW = 24.0  # a row of one line


def draw(shown: Matrix, top: float, t: Words, column: float = COLUMN) -> tuple[list[str], float]:
    """All columns, as many beside each other as have room, and what the signs mean.

    Gives where it ends too. `column`: how wide one is; of the usual width six have room.
    """
    parts: list[str] = []
    for places in in_parts(len(shown.columns), int(BESIDE * COLUMN // column)):
        part, top = _block(shown, places, top, column)
        parts += part
    signs, bottom = explained(_signs(shown, t), top + 6)
    return [*parts, *signs], bottom


def _block(
    shown: Matrix, places: Sequence[int], top: float, column: float
) -> tuple[list[str], float]:
    heads = [shown.columns[place] for place in places]
    left = WIDTH - MARGIN - column * len(places)
    parts, top = _heads(heads, left, top, column)
    start = top
    room = left - MARGIN - 8 - (MARK if any(row.is_cause for row in shown.rows) else 0)
    for row, line in zip(shown.rows, shown.cells, strict=True):
        part, top = _row(row, [line[place] for place in places], left, room, top, column)
        parts += part
    for place, head in enumerate(heads):
        if head.is_own:
            x = left + column * place
            parts.append(drawing.rect(x + 2, start + 1, column - 4, top - start - 2, "frame", 4))
    return [*parts, rule(top)], top + 4


def _heads(
    heads: Sequence[Head], left: float, top: float, column: float
) -> tuple[list[str], float]:
    """The names of the columns below each other, the last one first; a line leads to each."""
    parts: list[str] = []
    made = [named(head, left - MARGIN - 8, STRONG) for head in heads]
    bottom = top + LINE * sum(map(len, made)) + 3 * len(made) + 8
    y = top
    for place, (head, said) in reversed(list(enumerate(zip(heads, made, strict=True)))):
        x = left + column * (place + 0.5)
        middle = y + 8 + LINE * (len(said) - 1) / 2
        parts.append(
            drawing.lines(left - 8, y + 12, said, "strong end" if head.is_cause else "end")
        )
        parts.append(drawing.line(left - 3, middle, x, middle, "track"))
        parts.append(drawing.line(x, middle, x, bottom - 2, "track"))
        if head.is_cause:
            parts.append(drawing.down(x, bottom - 1))
        y += LINE * len(said) + 3
    return parts, bottom


def _row(
    row: Head, cells: Sequence[MatrixCell], left: float, room: float, top: float, column: float
) -> tuple[list[str], float]:
    said = named(row, room, STRONG if row.is_cause else drawing.SIZE)
    high = max(LOW, LINE * len(said) + 8)
    y = top + high / 2
    x = left - 8 - room
    parts = [rule(top)]
    if row.is_cause:
        parts.append(drawing.aside(x - 3, y))
    first = y + 4.2 - LINE * (len(said) - 1) / 2
    parts.append(drawing.lines(x, first, said, "strong" if row.is_cause else ""))
    for place, cell in enumerate(cells):
        parts += _cell(cell, left + column * (place + 0.5), y)
    return parts, top + high


def _cell(cell: MatrixCell, x: float, y: float) -> Iterator[str]:
    if cell.is_own:
        yield drawing.rect(x - 13, y - 11, 26, 22, "frame", 4)
    if cell.is_closed:
        yield drawing.text(x, y + 4.2, "?", "dim middle")
    elif cell.stands or cell.number:
        yield round_about(x, y, cell.number, 9, stands=cell.stands)
    else:
        yield drawing.circle(x, y, 1.5, "rung")


def _signs(shown: Matrix, t: Words) -> Iterator[tuple[str, str]]:
    cells = [cell for row in shown.cells for cell in row]
    if any(cell.stands for cell in cells):
        yield "stands", t("here the party stands")
    if any(cell.number for cell in cells):
        yield "said", shown.counted or t("so many people")
    if any(cell.is_closed for cell in cells):
        yield "?", t("cannot be told")
    if any(cell.is_own for cell in cells) or any(head.is_own for head in shown.columns):
        yield "frame", t("about itself")
    if any(head.is_cause for head in shown.columns):
        yield "cause", t("this is what it is about")
    if any(row.is_cause for row in shown.rows):
        yield "beside", t("one party sees this, another nobody")
