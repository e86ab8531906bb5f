"""The measures of docs/developer/method.md 4.4 and 4.5: plain functions on plain counts."""

from collections.abc import Iterable, Mapping, Sequence
from math import log2


def middle_levels(counts: Mapping[int, int]) -> tuple[int, int]:
    """The two middle levels of people counted per level; equal unless the middle is split.

    `counts`: level number, from 0 -> how many people.
    Raises ValueError without people. Source: docs/developer/method.md 4.4 (a split median).

    >>> middle_levels({0: 1, 2: 1})
    (0, 2)
    >>> middle_levels({1: 3, 4: 2})
    (1, 1)
    """
    people = sum(counts.values())
    if people < 1:
        raise ValueError("a median needs at least one person")
    return _level_at(counts, (people - 1) // 2), _level_at(counts, people // 2)


def _level_at(counts: Mapping[int, int], place: int) -> int:
    """The level of the person at `place`, counted from 0 in ascending order of level."""
    seen = 0
    for level in sorted(counts):
        seen += counts[level]
        if seen > place:
            return level
    raise ValueError("no such place")


def middle_of(values: Sequence[float]) -> float:
    """The median of values that weigh the same, such as one per party, in their own unit.

    Raises ValueError without values.
    Source: docs/developer/method.md 0, principle 4 (parties, not heads).

    >>> middle_of([3, 1, 2])
    2
    >>> middle_of([1, 2])
    1.5
    """
    if not values:
        raise ValueError("a median needs at least one value")
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def most_chosen(counts: Mapping[str, int]) -> frozenset[str]:
    """The options most people chose: one, or all that tie; none without people.

    `counts`: option, actor or code -> how many people.
    Source: docs/developer/method.md 4.5 (position on a choice).

    >>> sorted(most_chosen({"wijkraad": 2, "college": 2, "nobody": 1}))
    ['college', 'wijkraad']
    """
    highest = max(counts.values(), default=0)
    return frozenset(option for option, people in counts.items() if people == highest > 0)


def ascribed(counts: Mapping[str, int], people: int, share: float) -> frozenset[str]:
    """The options that at least `share` (0 to 1) of `people` chose; never one that nobody chose.

    `counts`: option -> how many people; `people`: all who gave a substantive answer.
    Source: docs/developer/method.md 4.5 (*multi*: ascribes when the share is at least one half).

    >>> sorted(ascribed({"director": 3, "networker": 2}, 5, 0.5))
    ['director']
    """
    return frozenset(
        option for option, chose in counts.items() if chose and chose >= share * people
    )


def distance(medians: Iterable[float]) -> float | None:
    """Steps between the highest and the lowest party median; None with fewer than two.

    Range: 0 to the number of levels minus one.
    Source: docs/developer/method.md 4.5 (wide-gap, gap, nuance).

    >>> distance([3.0, 2.0, 1.0])
    2.0
    """
    values = list(medians)
    return max(values) - min(values) if len(values) >= 2 else None


def straddles(medians: Iterable[float], line: float | None) -> bool:
    """Whether medians lie strictly on both sides of the decision line; on it is on neither.

    All are in steps from 0; without a `line` nothing lies on a side of it.
    Source: docs/developer/method.md 3.1 and 4.5.

    >>> straddles([3.0, 2.0, 2.5], 2.5)
    True
    >>> straddles([2.5, 2.0], 2.5)
    False
    """
    if line is None:
        return False
    values = list(medians)
    return any(value > line for value in values) and any(value < line for value in values)


def consensus(counts: Sequence[int]) -> float:
    """How much people agree on an ordered scale, from 0 (half at either end) to 1 (all the same).

    `counts`: people per level, lowest level first, levels nobody chose included. For use inside
    one party only: pooled over parties it cannot tell one party against the rest from noise.
    Raises ValueError with fewer than two levels or without people.
    Source: Tastle & Wierman 2007, Cns = 1 + sum of p * log2(1 - |x - mean| / width).

    >>> round(consensus([30, 40, 210, 130, 530, 50, 10]), 7)
    0.7256876
    >>> consensus([1, 0, 0, 0, 0, 1])
    0.0
    """
    people = sum(counts)
    if len(counts) < 2 or people < 1:
        raise ValueError("consensus needs two levels and at least one person")
    width = len(counts) - 1
    mean = sum(level * chose for level, chose in enumerate(counts)) / people
    return 1 + sum(
        chose / people * log2(1 - abs(level - mean) / width)
        for level, chose in enumerate(counts)
        if chose
    )
