"""What both kinds of matrix have: the heads of rows, a number of people, and the explanation."""

from collections.abc import Iterable, Iterator

from bart_tool.report.figures import drawing
from bart_tool.report.figures.drawing import LINE, MARGIN, SIZE, WIDTH
from bart_tool.wording.pictures import Head

ROOM = WIDTH - 2 * MARGIN
SIGN = 22  # how wide a sign of the explanation is, with the gap behind it


def in_parts(columns: int, most: int) -> Iterator[range]:
    """The places of so many columns in parts of at most `most` beside each other."""
    for first in range(0, columns, most):
        yield range(first, min(first + most, columns))


def named(head: Head, wide: float, size: float = SIZE) -> tuple[str, ...]:
    """A head with its notes, in lines: `wijkraad (6 mensen, verdeeld)`."""
    *above, last = drawing.wrapped(head.text, wide, size)
    if not head.notes:
        return (*above, last)
    notes = f"({', '.join(head.notes)})"
    if drawing.wide_as(f"{last} {notes}", size) <= wide:
        return (*above, f"{last} {notes}")
    return (*above, last, *drawing.wrapped(notes, wide, size))


def round_about(x: float, y: float, number: int | None, size: float, *, stands: bool) -> str:
    """So many people: filled where the party stands, open elsewhere; no number of a group."""
    shape = drawing.circle(x, y, size, "own" if stands else "other")
    if number is None:
        return shape
    looks = "inside middle" if stands else "middle"
    return shape + drawing.text(x, y + 4.2, str(number), looks)


def explained(signs: Iterable[tuple[str, str]], top: float) -> tuple[list[str], float]:
    """The signs with what they mean, as many on a line as fit; and where that ends."""
    parts: list[str] = []
    x, y, high = float(MARGIN), top + 10, 0
    for sign, meaning in signs:
        said = drawing.wrapped(meaning, ROOM - SIGN)
        wide = SIGN + max(map(drawing.wide_as, said)) + 14
        if x > MARGIN and x + wide - 14 > WIDTH - MARGIN:
            x, y, high = float(MARGIN), y + LINE * high + 4, 0
        parts.append(_sign(sign, x, y))
        parts.append(drawing.lines(x + SIGN, y + 4.2, said, "dim"))
        x, high = x + wide, max(high, len(said))
    return parts, y + LINE * max(high - 1, 0) + 8


def _sign(sign: str, x: float, y: float) -> str:
    match sign:
        case "stands":
            return drawing.circle(x + 8, y, 6.5, "own")
        case "said":
            return drawing.circle(x + 8, y, 6.5, "other")
        case "line":
            return drawing.line(x + 8, y - 8, x + 8, y + 8, "decision")
        case "frame":
            return drawing.rect(x + 1, y - 7, 15, 14, "frame", 3)
        case "cause":
            return drawing.down(x + 8, y + 4)
        case "beside":
            return drawing.aside(x + 12, y)
    return drawing.text(x + 8, y + 4.2, sign, "dim middle")


def rule(y: float) -> str:
    """A thin line between two rows."""
    return drawing.line(MARGIN, y, WIDTH - MARGIN, y, "rule")


def texts(x: float, top: float, said: Iterable[str], wide: float, looks: str = "") -> Iterator[str]:
    """Each text from a line of its own on, wrapped; the first line's letters begin at `top`."""
    y = top + 11
    for each in said:
        made = drawing.wrapped(each, wide, SIZE)
        yield drawing.lines(x, y, made, looks)
        y += LINE * len(made)


def high_of(said: Iterable[str], wide: float) -> float:
    """How high `texts` are."""
    return float(LINE * sum(len(drawing.wrapped(each, wide, SIZE)) for each in said))
