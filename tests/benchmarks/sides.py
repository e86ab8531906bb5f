"""Two ways to do a thing, timed side by side: own and floor by turns, so noise hits both."""

import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

# Does the work once and gives the seconds it took, so that it can prepare outside the clock.
Side = Callable[[], float]


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, and the two figures in `unit`."""

    name: str
    own: float
    floor: float
    unit: str = "ms"
    aim: float | None = None

    @property
    def ratio(self) -> float:
        return self.own / self.floor


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes; garbage of before is not on its bill."""
    gc.collect()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def timed(work: Callable[[], object]) -> Side:
    return lambda: seconds(work)


def by_turns(sides: Sequence[Side], rounds: int) -> tuple[float, ...]:
    """The median seconds of each side over `rounds`, in which each gets its turn."""
    taken: list[list[float]] = [[] for _ in sides]
    for _ in range(rounds):
        for side, times in zip(sides, taken, strict=True):
            times.append(side())
    return tuple(median(times) for times in taken)


def beside(
    name: str, own: Side, floor: Side, *, rounds: int, per: int = 1, aim: float | None = None
) -> Row:
    """A row in milliseconds, shared over `per` things."""
    tell(name)
    taken = by_turns((own, floor), rounds)
    return Row(name, *(each * 1000 / per for each in taken), aim=aim)


def tell(words: str) -> None:
    print(f"… {words}", file=sys.stderr, flush=True)


def table(rows: Sequence[Row]) -> str:
    wide = max(len(row.name) for row in rows)
    lines = [f"{'':{wide}}  {'own':>12}  {'floor':>12}  {'ratio':>6}  {'aim':>5}"]
    for row in rows:
        aim = "" if row.aim is None else f"{row.aim:g}"
        own, floor = (f"{value:.2f} {row.unit}" for value in (row.own, row.floor))
        lines.append(f"{row.name:{wide}}  {own:>12}  {floor:>12}  {row.ratio:6.2f}  {aim:>5}")
    return "\n".join(lines)
