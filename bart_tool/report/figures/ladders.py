"""A matrix of ladders: a block a party that looks, in it a ladder for each that it looks at."""

from collections.abc import Iterator, Sequence

from bart_tool.report.figures import drawing
from bart_tool.report.figures.drawing import LINE, MARGIN, STRONG
from bart_tool.report.figures.pieces import (
    ROOM,
    explained,
    high_of,
    in_parts,
    named,
    round_about,
    rule,
    texts,
)
from bart_tool.wording.pictures import Head, Matrix, MatrixCell
from bart_tool.wording.translation import Words

BESIDE = 3  # ladders beside each other, where there is room
PAD = 5.0  # between a ladder and its frame
GAP = 5.0  # at the decision line
TRACK = 22.0  # how high a ladder is
WIDEST = 24.0  # a step
ALONE = 130.0  # how wide a ladder is that stands alone in its row


def draw(shown: Matrix, top: float, t: Words) -> tuple[list[str], float]:
    """All blocks with their explanation, from `top` down; and where they end."""
    parts: list[str] = []
    for places in in_parts(len(shown.columns), _beside(shown)):
        part, top = _block(shown, places, top)
        parts += part
    # The font that comes along for paper lacks the bar of the screens.
    steps = shown.steps_in_words.replace("┊", "|")
    said = [t("The steps from left to right: {steps}", steps=steps)]
    parts += [rule(top), *texts(MARGIN, top + 6, said, ROOM, "dim")]
    signs, bottom = explained(_signs(shown, t), top + high_of(said, ROOM) + 8)
    return [*parts, *signs], bottom


def _beside(shown: Matrix) -> int:
    """How many ladders fit beside each other, their numbers apart."""
    numbers = [n for row in shown.cells for cell in row for _, n in cell.people]
    step = max(14.0, 5 + drawing.wide_as(str(max(numbers, default=0)), STRONG))
    fit = int(ROOM // (step * len(shown.steps) + GAP + 2 * PAD))
    return max(1, min(BESIDE, fit, len(shown.columns)))


def _block(shown: Matrix, places: Sequence[int], top: float) -> tuple[list[str], float]:
    """Some of the columns, with every row."""
    wide = ROOM / min(max(len(places), 2), BESIDE)
    heads = [shown.columns[place] for place in places]
    parts, top = _heads(heads, wide, top)
    for row, line in zip(shown.rows, shown.cells, strict=True):
        cells = [line[place] for place in places]
        part, top = _row(row, cells, shown, wide, top)
        parts += part
    return parts, top


def _heads(heads: Sequence[Head], wide: float, top: float) -> tuple[list[str], float]:
    """What the columns are about; a mark and a bar where what was found lies."""
    if not any(head.text for head in heads):
        return [], top
    made = [
        drawing.wrapped(head.text, wide - 2 * PAD - 14 * head.is_cause, STRONG) for head in heads
    ]
    high = LINE * max(map(len, made)) + 6
    parts = []
    for place, (head, said) in enumerate(zip(heads, made, strict=True)):
        x = MARGIN + wide * place + PAD
        if head.is_cause:
            parts.append(drawing.down(x + 5, top + 11))
            parts.append(drawing.line(x, top + high, x + wide - 2 * PAD, top + high, "cause"))
        parts.append(drawing.lines(x + 14 * head.is_cause, top + 12, said, "strong"))
    return parts, top + high + 3


def _row(
    row: Head, cells: Sequence[MatrixCell], shown: Matrix, wide: float, top: float
) -> tuple[list[str], float]:
    """Who looks, and below it the ladders with their words."""
    said = named(row, ROOM, STRONG)
    parts = [rule(top), drawing.lines(MARGIN, top + 15, said, "strong")]
    top += LINE * len(said) + 6
    alone = len(cells) == 1  # the words of one ladder have their place beside it
    inside = (ROOM if alone else wide) - 2 * PAD
    ladder, room = (ALONE, inside - ALONE - 8) if alone else (inside, inside)
    words = [high_of(cell.says, room) for cell in cells]
    high = max(TRACK, words[0] + 3) if alone else TRACK + max(words)
    for place, cell in enumerate(cells):
        x = MARGIN + wide * place + PAD
        if cell.is_own:
            parts.append(drawing.rect(x - PAD + 1, top, inside + 2 * PAD - 2, high + 4, "frame", 4))
        parts += _ladder(cell, shown, x, ladder, top + 2)
        at = (x + ALONE + 8, top + 5) if alone else (x, top + TRACK)
        parts += texts(*at, cell.says, room)
    return parts, top + high + 9


def _ladder(cell: MatrixCell, shown: Matrix, left: float, wide: float, top: float) -> Iterator[str]:
    """The steps from left to right, with how many people on which, and where the party stands."""
    line = len(shown.steps) if shown.line is None else shown.line
    step = min((wide - GAP * (shown.line is not None)) / len(shown.steps), WIDEST)
    y = top + TRACK / 2 - 1

    def at(place: float) -> float:
        return left + step * (place + 0.5) + GAP * ((place > line) + (place == line) / 2)

    yield drawing.line(at(0), y, at(len(shown.steps) - 1), y, "track")
    for number in range(len(shown.steps)):
        yield drawing.circle(at(number), y, 2, "rung")
    if shown.line is not None:
        yield drawing.line(at(shown.line), y - 10, at(shown.line), y + 10, "decision")
    low, high = cell.levels or (None, None)
    if low is not None and high is not None and low != high:
        yield drawing.line(at(low), y, at(high), y, "between")
    people = dict(cell.people) or dict.fromkeys(cell.levels or ())
    for number, many in people.items():
        size = min(step / 2, 6.4 + 0.4 * ((many or 2) - 1))
        yield round_about(at(number), y, many, size, stands=number in (low, high))


def _signs(shown: Matrix, t: Words) -> Iterator[tuple[str, str]]:
    cells = [cell for row in shown.cells for cell in row]
    if any(cell.place is not None for cell in cells):
        yield "stands", t("here the party stands")
    if any(cell.people for cell in cells):
        yield "said", t("so many people")
    if shown.line is not None:
        yield "line", t("left of it another decides")
    if any(cell.is_own for cell in cells):
        yield "frame", t("about itself")
    if any(head.is_cause for head in shown.columns):
        yield "cause", t("this is what it is about")
