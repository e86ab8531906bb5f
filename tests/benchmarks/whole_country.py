"""The whole road of a country, from answers to what may be told of it.

    python -m tests.benchmarks.whole_country [--municipalities 342] [--wijken 39] [--people 20]

Only the answers are made up: every wijk is compared, `bart city` tells of every municipality what
is safe, and `bart city --country` tells of the country from these tables. As it stands that is 20
million answers, and seven minutes on one core. Printed: what each part took of a processor
for one wijk, beside drawing its answers.
"""

import argparse
import os
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bart_tool.city import country_make, make
from bart_tool.city.country import Country
from bart_tool.domain.answer import Answer
from bart_tool.domain.sheet import Sheet
from bart_tool.merge.engine import merge
from bart_tool.report import machine
from tests.benchmarks.sides import Row, show, tell
from tests.benchmarks.workshops import desk_of, sheets_for
from tests.city.country import MUNICIPALITIES, WIJKEN
from tests.workshop import analysed

PEOPLE = 20
SAME = "clarity"  # planted: in three wijken of four all say the same to this; all else is drawn


@dataclass
class Went:
    """Of some municipalities: the answers and wijken that were drawn, and the seconds each part
    took of a processor."""

    answers: int = 0
    wijken: int = 0
    seconds: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Went") -> "Went":
        return Went(
            self.answers + other.answers,
            self.wijken + other.wijken,
            self.seconds + other.seconds,
        )


def municipality(number: int, *, to: Path, wijken: int, people: int, seed: int) -> Went:
    """Draw, compare and tell of one municipality; its tables lie in a folder of their own in `to`.

    Deterministic for a seed.
    """
    went = Went()
    with tempfile.TemporaryDirectory() as made:
        opened = desk_of(Path(made, "asked"), people)
        begun = time.process_time()
        for wijk in range(wijken):
            chance = random.Random(f"{seed}/{number}/{wijk}").getrandbits(32)
            drawn = list(sheets_for(opened, chance))
            if are_alike(wijk):
                drawn = [_saying(each, "clear") for each in drawn]
            begun = _clocked(went, "drawing", begun)
            session = opened.session.changed(
                session=f"wijk-{wijk}",
                id=f"{number:08x}{wijk:08x}",
                title=f"Wijk {wijk}",
                municipality=f"Gemeente {number}",
            )
            findings = analysed(opened.question_set, session, merge(drawn))
            inside = Path(made, "sessions", session.session, "report")
            inside.mkdir(parents=True)
            text = machine.to_json(findings, opened.question_set, session, "nl")
            (inside / "report.json").write_text(text, "utf-8")
            begun = _clocked(went, "comparing", begun)
            went.answers += sum(len(sheet.answers) for sheet in drawn)
            went.wijken += 1
        make.make(Path(made, "sessions"), formats=("csv", "parquet"))
        shutil.move(Path(made, "sessions", make.FOLDER), to / f"gemeente-{number}")
        _clocked(went, "telling of a municipality", begun)
    return went


def whole(
    to: Path, municipalities: int, wijken: int, people: int, seed: int, at_once: int
) -> tuple[Went, Country]:
    """All municipalities, `at_once` of them, and what is told of the country."""
    one = partial(municipality, to=to, wijken=wijken, people=people, seed=seed)
    went = Went()
    with ProcessPoolExecutor(at_once) as pool:
        for number, each in enumerate(pool.map(one, range(municipalities)), 1):
            went += each
            if number % 10 == 0:
                tell(f"{number} of {municipalities} municipalities, {went.answers} answers")
    begun = time.process_time()
    shown, _ = country_make.make([str(to)])
    _clocked(went, "telling of the country", begun)
    return went, shown


def rows(went: Went) -> Iterator[Row]:
    """What each part took, a wijk, beside drawing its answers."""
    floor = went.seconds["drawing"] * 1000 / went.wijken
    for name, seconds in went.seconds.items():
        if name != "drawing":
            yield Row(f"{name}, a wijk | drawing", seconds * 1000 / went.wijken, floor)


def are_alike(wijk: int) -> bool:
    """Whether all in the wijk with this number, from 0, say the same to `SAME`."""
    return wijk % 4 > 0


def _saying(sheet: Sheet, value: str) -> Sheet:
    return sheet.changed(answers={**sheet.answers, SAME: Answer(value=value)})


def _clocked(went: Went, part: str, since: float) -> float:
    now = time.process_time()
    went.seconds[part] += now - since
    return now


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--municipalities", type=int, default=MUNICIPALITIES)
    parser.add_argument("--wijken", type=int, default=WIJKEN)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        went, shown = whole(
            Path(folder),
            asked.municipalities,
            asked.wijken,
            asked.people,
            asked.seed,
            asked.at_once,
        )
    show(rows(went))
    (same,) = (each for each in shown.lines if each.entry == SAME)
    print(f"{went.answers} answers in {went.wijken} wijken of {len(shown.municipalities)}")
    print(f"planted alike: {asked.municipalities} municipalities; told: {same.same}")


if __name__ == "__main__":
    main()
