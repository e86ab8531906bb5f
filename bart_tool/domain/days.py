"""A day as people type it, months on, and whether one is near."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")


# By their beginnings, in Dutch and English: at least three letters, and whole months.
_MONTHS = (
    ("januari", "january"), ("februari", "february"), ("maart", "march", "mrt"),
    ("april",), ("mei", "may"), ("juni", "june"), ("juli", "july"), ("augustus", "august"),
    ("september", "sept"), ("oktober", "october"), ("november",), ("december",),
)  # fmt: skip
_WITH_MONTH = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:e|st|nd|rd|th)?[-. ]+(?P<month>[a-z]+)"
    r"|(?P<named>[a-z]+)\.? +(?P<then>[0-9]{1,2})(?:st|nd|rd|th)?)[-.,]* *(?P<year>[0-9]{4})"
)


def day_in(said: str) -> date | None:
    """The day that somebody typed as 2027-06-30, 30-6-2027 or 30 juni 2027; None when it is none.

    A year has four digits: of 1-2-27 nobody can tell which number is the year.
    """
    text = " ".join(said.casefold().split())
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _WITH_MONTH.fullmatch(text):
        day, year = int(found["day"] or found["then"]), int(found["year"])
        month = _month(found["month"] or found["named"])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    """The number of the month that is called or begins so; 0, which is none, for anything else."""
    for number, names in enumerate(_MONTHS, 1):
        if name in names or (len(name) == 3 and any(each.startswith(name) for each in names)):
            return number
    return 0


def months_on(day: date, months: int) -> date:
    """The day so many months on: 31 August and six is the last of February."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


NEAR = 30  # days: who has to erase answers is told of it from then on


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something must be done; `left`: days until then, below zero once it passed."""

    day: date
    left: int


def near(day: date | None, today: date) -> Deadline | None:
    """The deadline on `day`, where that nears or has passed; None where it is far off or none."""
    if day is None or (left := (day - today).days) > NEAR:
        return None
    return Deadline(day, left)
