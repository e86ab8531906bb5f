"""How wide the columns of a table are, and how large its letters, on a sheet of paper."""

from collections.abc import Sequence

from bart_tool.report.figures.drawing import wide_as

_MM = 25.4 / 72  # in a point
_ROUND_TEXT = 3.4  # mm beside the text in a cell, both sides together
_WHOLE = 18  # letters: a longer word may be broken
_BOLD = 1.1  # how much wider bold letters may be
_SIZES = ((5, 8.8), (7, 7.8), (99, 7.0))  # at most so many columns -> points


def letters(head: Sequence[str]) -> float:
    """The size of the letters, in points: the more columns, the smaller."""
    return next((size for most, size in _SIZES if len(head) <= most), _SIZES[-1][1])


def widths(
    head: Sequence[str], rows: Sequence[Sequence[str]], size: float, whole: float
) -> list[float]:
    """How wide each column is, in mm, together `whole`: its longest word, then by its text."""
    columns = list(zip(head, *rows, strict=True))
    least = [
        max((_wide(word[:_WHOLE], size) for cell in column for word in cell.split()), default=0)
        + _ROUND_TEXT
        for column in columns
    ]
    left = whole - sum(least)
    if left <= 0:  # too many columns: words are broken
        return [whole * each / sum(least) for each in least]
    more = [
        max(0.1, max(_wide(cell, size) for cell in column) + _ROUND_TEXT - narrow)
        for column, narrow in zip(columns, least, strict=True)
    ]
    return [narrow + left * each / sum(more) for narrow, each in zip(least, more, strict=True)]


def _wide(text: str, size: float) -> float:
    return wide_as(text, size) * _BOLD * _MM
