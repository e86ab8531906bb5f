"""Two ways to do a thing, timed side by side: own and floor by turns, so noise hits both."""

import gc
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
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


def processor() -> float:
    """The seconds that this process and those it waited for have run."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


# What `seconds` reads: `processor` where other work on the machine would blur the real one.
clock: list[Callable[[], float]] = [time.perf_counter]


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes; garbage of before is not on its bill."""
    gc.collect()
    begin = clock[0]()
    work()
    return clock[0]() - begin


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


def show(rows: Iterable[Row]) -> None:
    """A line for each row as soon as it is there."""
    print(f"{'':{_WIDE}}  {'own':>12}  {'floor':>12}  {'ratio':>6}  {'aim':>5}", flush=True)
    for row in rows:
        aim = "" if row.aim is None else f"{row.aim:g}"
        own, floor = (f"{value:.2f} {row.unit}" for value in (row.own, row.floor))
        print(f"{row.name:{_WIDE}}  {own:>12}  {floor:>12}  {row.ratio:6.2f}  {aim:>5}", flush=True)


_WIDE = 44  # characters for what was measured
