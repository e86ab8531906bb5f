"""Everything but the screens, side by side with its floor: `python tests/benchmarks/run.py`.

Each line is printed when it is there; on a quiet machine all of it takes a minute or two. `--full`
goes up to 10,000 sheets, `--quick` takes smaller workshops and fewer rounds.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import krippendorff
import numpy as np
import yaml
from markdown_it import MarkdownIt

from tests.workshop import analysed

sys.path.insert(0, str(Path(__file__).parents[2]))

from bart_tool.city.make import FOLDER, make
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet
from bart_tool.merge.engine import merge
from bart_tool.report import typesetting
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.gather import gather
from bart_tool.workflow.intake_outcome import Gathered
from bart_tool.workflow.open_session import open_session
from bart_tool.workflow.phases import close
from bart_tool.workflow.publish import publish
from tests.benchmarks import one_peak
from tests.benchmarks.sides import (
    Row,
    Side,
    beside,
    by_turns,
    clock,
    processor,
    seconds,
    show,
    tell,
    timed,
)
from tests.benchmarks.workshops import desk_of, hand_out, sheets_for
from tests.city import cities
from tests.workshop import path_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="smaller workshops, fewer rounds")
    size.add_argument("--full", action="store_true", help="up to 10,000 sheets")
    told = "processor time instead of the clock's, on a machine that does other things too"
    parser.add_argument("--processor", action="store_true", help=told)
    chosen = parser.parse_args()
    if chosen.processor:
        clock[:] = [processor]
    if chosen.quick:
        show(rows(100, 200, rounds=5))
    elif chosen.full:
        show(rows(1_000, 10_000, rounds=25))
    else:
        show(rows(200, 1_000, rounds=15))


def rows(few: int, many: int, rounds: int) -> Iterator[Row]:
    """Every figure, for workshops of these sizes."""
    yield start(rounds)
    yield twenty(rounds)
    yield whole_report(rounds)
    yield closing(rounds)
    yield pdf_report(rounds)
    small, per_few = intake(few, rounds=3)
    yield from small
    large, per_many = intake(many, rounds=2)
    yield from large
    yield Row(f"a sheet at {many} beside one at {few}", per_many, per_few, aim=1.1)
    yield from memory(few, many)
    yield from analysis(many, rounds=3)
    yield from one_item(rounds)
    yield a_city(rounds)


def start(rounds: int) -> Row:
    """`bart --help` beside what importing click alone takes."""

    own, floor = _python("-m", "bart_tool", "--help"), _python("-c", "import click")
    return beside("start: --help | import click", timed(own), timed(floor), rounds=rounds, aim=1.3)


def twenty(rounds: int) -> Row:
    """The report of a closed session of 20, read from disk, beside reading its sheets alone."""
    with _folder() as root:
        opened = desk_of(root, 20)
        for sheet in sheets_for(opened):
            opened.folder.save_sheet(sheet, None)
        close(opened)
        files = sorted((path_of(opened.folder) / "sheets").glob("*.yaml"))

        def own() -> None:
            publish(open_session(DiskStore(root), opened.session.session))

        name = "report of 20 | reading the sheets"
        return beside(name, timed(own), timed(lambda: _read_alone(files)), rounds=rounds, aim=1.5)


def whole_report(rounds: int) -> Row:
    """Text, page and pictures of 20, each written anew, beside the sheets and the text alone.

    The floor reads the sheets and has markdown-it-py make HTML of the same text.
    """
    with _folder() as root:
        opened = desk_of(root, 20)
        for sheet in sheets_for(opened):
            opened.folder.save_sheet(sheet, None)
        close(opened)
        files = sorted((path_of(opened.folder) / "sheets").glob("*.yaml"))

        def own() -> float:
            shutil.rmtree(path_of(opened.folder) / "report", ignore_errors=True)
            name = opened.session.session
            return seconds(
                lambda: publish(open_session(DiskStore(root), name), formats=("md", "html"))
            )

        own()
        text = (path_of(opened.folder) / "report" / "report.md").read_text("utf-8")

        def floor() -> None:
            _read_alone(files)
            MarkdownIt("commonmark").enable("table").render(text)

        name = "text, page, pictures of 20 | sheets, text"
        return beside(name, own, timed(floor), rounds=rounds)


def closing(rounds: int) -> Row:
    """Closing the round of 20 and its report, of which nothing was made yet, beside its sheets."""
    with _folder() as root:
        opened = desk_of(root, 20)
        for sheet in sheets_for(opened):
            opened.folder.save_sheet(sheet, None)
        there, before = path_of(opened.folder), root / "before"
        shutil.copytree(there, before)
        files = sorted((before / "sheets").glob("*.yaml"))

        def work() -> None:
            closed = close(open_session(DiskStore(root), opened.session.session)).opened
            publish(closed, formats=("md", "html", "json"))

        def own() -> float:
            shutil.rmtree(there)
            shutil.copytree(before, there)
            return seconds(work)

        name = "close, report, page of 20 | the sheets"
        return beside(name, own, timed(lambda: _read_alone(files)), rounds=rounds, aim=2.0)


def pdf_report(rounds: int) -> Row:
    """The report of a closed session of 20 as PDF beside typst alone on the same text.

    A process for each time, which clocks itself: typst remembers what it compiled before.
    """
    with _folder() as root:
        opened = desk_of(root, 20)
        for sheet in sheets_for(opened):
            opened.folder.save_sheet(sheet, None)
        closed, given = close(opened).opened, root / "given.json"

        def kept(name: str, data: str, **how: Any) -> list[bytes]:
            given.write_text(json.dumps({"name": name, "data": data, **how}), "utf-8")
            return [b""]

        with patch.object(typesetting, "compiled", kept):
            publish(closed, formats=("pdf",))

        def side(what: str, of: Path) -> Side:
            way = "processor" if clock[0] is processor else "clock"
            command = [sys.executable, "-m", "tests.benchmarks.one_pdf", what, str(of), way]
            return lambda: float(subprocess.check_output(command, cwd=_ROOT))

        own, floor = side("report", root), side("typst", given)
        return beside("pdf of 20 | typst", own, floor, rounds=rounds, aim=1.5)


def _python(*args: str) -> Callable[[], object]:
    return lambda: subprocess.run(
        [sys.executable, *args], check=True, stdout=subprocess.DEVNULL, cwd=_ROOT
    )


def intake(people: int, rounds: int) -> tuple[list[Row], float]:
    """Gather and report for `people`, a sheet; and the milliseconds a sheet of both together.

    Between them the round is closed, which reads every sheet again and has a line of its own.
    """
    with _folder() as root:
        tell(f"making {people} sheets")
        files = hand_out(desk_of(root, people), root / "inbox")
        done: list[Gathered] = []

        def gathering() -> float:
            shutil.rmtree(root / "large")
            opened = desk_of(root, people)
            # The sheets do not say of which session they are: each round makes it anew.
            took = seconds(lambda: done.append(gather(opened, files, of_this_session=True)))
            if len(done[-1].came_in) != people:
                raise SystemExit(f"not all came in: {done[-1].refused[:1]}")
            return took

        def closed() -> float:
            return seconds(lambda: close(done.pop().opened))

        def reporting() -> float:
            return seconds(lambda: publish(open_session(DiskStore(root), "large")))

        tell(f"gather and report of {people}")
        read = timed(lambda: _read_alone(files))
        taken = by_turns((gathering, closed, reporting, read), rounds)
    gathered, closing, reported, floor = (each * 1000 / people for each in taken)
    both = Row(f"gather + report of {people}, a sheet", gathered + reported, floor, aim=2.0)
    return [
        both,
        replace(both, name=f"  gather of {people}, a sheet", own=gathered, aim=None),
        replace(both, name=f"  close of {people}, a sheet", own=closing, aim=None),
        replace(both, name=f"  report of {people}, a sheet", own=reported, aim=None),
    ], both.own


def memory(few: int, many: int) -> Iterator[Row]:
    """The most memory that each takes, beside opening the session, which is its list of people."""
    small, large = _peaks(few), _peaks(many)
    more = {what: large[what] - small[what] for what in small}
    for what in ("gather", "close", "report"):
        name = f"memory: {what} of {many} | opening it"
        yield Row(name, large[what], large["open"], unit="MB")
        yield Row(f"  what {many - few} more take", more[what], more["open"], unit="MB")


def _peaks(people: int) -> dict[str, float]:
    tell(f"memory of {people}")
    with _folder() as root:
        hand_out(desk_of(root, people), root / "handed-in")
        command = [sys.executable, "-m", "tests.benchmarks.one_peak"]
        return {
            what: float(subprocess.check_output([*command, what, str(root)], cwd=_ROOT))
            for what in one_peak.WORKS
        }


def a_city(rounds: int) -> Row:
    """What is told of 39 wijken, of which twenty answered twice, beside reading their reports."""
    with _folder() as root:
        files = sorted(cities.city(root).rglob("report.json"))

        def own() -> float:
            shutil.rmtree(root / FOLDER, ignore_errors=True)
            return seconds(lambda: make(root))

        def floor() -> None:
            for file in files:
                json.loads(file.read_bytes())

        return beside("city of 39 wijken | their JSON", own, timed(floor), rounds=rounds, aim=1.5)


def one_item(rounds: int) -> Iterator[Row]:
    """Rows of one item for one person: read, twenty kept, beside reading them and saving twenty."""
    header = "participant,party,item,value\n"

    def rows_in(root: Path, number: int) -> Path:
        file = root / f"{number}.csv"
        lines = (f"WR-01,wijkraad,purpose/wijkraad,woord {n}\n" for n in range(number))
        file.write_text(header + "".join(lines), "utf-8")
        return file

    with _folder() as root:

        def gathering(number: int) -> Callable[[], float]:
            def side() -> float:
                shutil.rmtree(root / "large", ignore_errors=True)
                opened, file = desk_of(root, 20), rows_in(root, number)
                return seconds(lambda: gather(opened, [file]))

            return side

        def floor() -> float:
            file = rows_in(root, 200)

            def work() -> None:
                with file.open(encoding="utf-8", newline="") as stream:
                    kept = list(csv.reader(stream))[:20]
                for number, row in enumerate(kept):
                    with (root / f"{number}.kept").open("w", encoding="utf-8") as stream:
                        stream.write(",".join(row))
                        os.fsync(stream.fileno())

            return seconds(work)

        tell("rows of one item")
        few, many, least = by_turns((gathering(200), gathering(400), floor), rounds)
    yield Row("200 rows of one item | read, 20 saved", few * 1000, least * 1000)
    yield Row("  400 rows of it beside 200", many * 1000, few * 1000, aim=2.0)


def analysis(people: int, rounds: int) -> Iterator[Row]:
    """The analysis of `people` beside one coefficient of agreement, its matrix made first."""
    with _folder() as root:
        opened = desk_of(root, people)
        question_set, session = opened.question_set, opened.session
        tell(f"making {people} sheets")
        handed_in = tuple(sheets_for(opened))
    picture = merge(handed_in)

    def own() -> None:
        analysed(question_set, session, picture)

    def floor() -> None:
        matrix = _as_numbers(question_set, session, handed_in)
        krippendorff.alpha(reliability_data=matrix, level_of_measurement="ordinal")

    name = f"analysis of {people} | matrix, krippendorff"
    yield beside(name, timed(own), timed(floor), rounds=rounds, aim=5.0)
    tell("memory")
    megabytes = [_peak(work) / 2**20 for work in (own, floor)]
    yield Row("  peak memory", *megabytes, unit="MB")


def _as_numbers(question_set: QuestionSet, session: Session, sheets: Sequence[Sheet]) -> Any:
    """Participants by items: each answer as the number of what was chosen, none where none was."""
    numbers = {item.key: _numbers(question_set, item) for item in question_set.items}
    matrix = np.full((len(sheets), len(numbers)), np.nan)
    for row, sheet in enumerate(sheets):
        for column, (key, number) in enumerate(numbers.items()):
            said = sheet.answers[key].value if key in sheet.answers else ""
            matrix[row, column] = (
                len(said) if isinstance(said, dict) else number.get(said, float("nan"))
            )
    return matrix


def _numbers(question_set: QuestionSet, item: Item) -> dict[str, int]:
    options = question_set.options(item.question, item.subject)
    return {option.id: number for number, option in enumerate(options)}


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def _read_alone(files: Sequence[Path]) -> None:
    for file in files:
        yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


_ROOT = Path(__file__).parents[2]

if __name__ == "__main__":
    main()
