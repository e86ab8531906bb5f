"""The question screen beside a bare Textual app, in a terminal: `python tests/benchmarks/tui.py`.

`--quick` takes fewer rounds.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from bart_tool.domain.route import Route
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.open_session import OpenSession
from tests.benchmarks.sides import Row, Side, by_turns, show, tell
from tests.benchmarks.workshops import desk_of
from tests.tui import sample
from tests.tui.participant.terminal import Terminal, bart

SESSION = "proef"
QUESTIONS = 620
FIRST = "1: Wat is de hoofdtaak?"  # the first of many questions, in both
DOWN = "\x1b[B"
Start = Callable[[], Terminal]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as name:
        show(rows(Path(name), quick=quick))


def rows(root: Path, *, quick: bool) -> Iterator[Row]:
    """Every figure of the screens."""
    yield from starts(root, rounds=5 if quick else 21)
    yield from walks(root, rounds=1 if quick else 3)


def starts(root: Path, rounds: int) -> Iterator[Row]:
    """From exec to what can be used: the first screens, and what needs the session to be read."""
    asked = _make_session(root)

    def ahead() -> Terminal:
        terminal = _answer(root)
        terminal.send("2")  # typed ahead: to the first question
        return terminal

    shown: dict[str, tuple[Start, str, float | None]] = {
        "exec to first screen, bart": (lambda: bart(root), "n Nieuwe sessie", 1.15),
        "exec to first screen, bart answer": (lambda: _answer(root), "Welkom", 1.15),
        "exec to list of sessions, bart": (lambda: bart(root), SESSION, None),
        "exec to welcome, bart answer": (lambda: _answer(root), "Hoe wil je verder", None),
        "exec to first question, bart answer": (ahead, asked, None),
    }
    sides: list[Side] = [_shown_by(_bare, FIRST)]
    sides += [_shown_by(start, words) for start, words, _ in shown.values()]
    tell("starts")
    floor, *own = (each * 1000 for each in by_turns(sides, rounds))
    for (name, (_, _, aim)), taken in zip(shown.items(), own, strict=True):
        yield Row(name, taken, floor, aim=aim)


def _shown_by(start: Start, words: str) -> Side:
    """Processor time of the program until `words` stand on the screen.

    Not the clock's: on a machine that does other things too, that says little.
    """

    def side() -> float:
        with start() as terminal:
            while words not in terminal.text:
                terminal.painted()
            return _processor(terminal.process.pid)

    return side


def _processor(process: int) -> float:
    """The seconds that all threads of a process have run."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return sum(int((task / "schedstat").read_text("ascii").split()[0]) for task in tasks) / 1e9


def walks(root: Path, rounds: int) -> Iterator[Row]:
    """What a key takes, and what memory becomes of it."""
    tell("keys and memory")
    own, bare = [], []
    for _ in range(rounds):
        fresh = Path(tempfile.mkdtemp(dir=root))
        _make_long_session(fresh)
        terminal = _answer(fresh)
        terminal.send("2")
        own.append(_walked(terminal))
        bare.append(_walked(_bare()))
    for what, part in (("median", 0.5), ("95th percentile", 0.95)):
        times = (_quantile([t for route in side for t in route.keys], part) for side in (own, bare))
        yield Row(f"key to paint, {what}", *times, aim=1.5)
    for after in (60, 600):
        sizes = (
            statistics.median(route.megabytes[after] for route in side) for side in (own, bare)
        )
        yield Row(f"memory after {after} questions", *sizes, unit="MB")


@dataclass(frozen=True)
class Walked:
    """One way through the questions: milliseconds a key, megabytes after so many questions."""

    keys: list[float]
    megabytes: dict[int, float]


def _walked(terminal: Terminal) -> Walked:
    keys: list[float] = []
    sizes: dict[int, float] = {}
    with terminal:
        terminal.wait_for(FIRST)
        terminal.quiet()
        for number in range(1, 601):
            if number <= 60:
                keys += [_to_paint(terminal, key) for key in (DOWN, "3", "\r")]
            else:
                terminal.send("3\r")
                terminal.wait_for(f"{number + 1}: Wat")
            if number in (60, 600):
                terminal.quiet()
                sizes[number] = _resident(terminal.process.pid)
    return Walked(keys, sizes)


def _to_paint(terminal: Terminal, key: str) -> float:
    begin = time.perf_counter()
    terminal.send(key)
    taken = terminal.painted() - begin
    terminal.quiet(0.05)  # that it was saved is shown a little later, and is not waited for
    return taken * 1000


def _answer(root: Path) -> Terminal:
    return bart(root, "answer", SESSION, "WR-01")


def _bare() -> Terminal:
    return Terminal([str(Path(__file__).with_name("bare_app.py"))])


def _make_session(root: Path) -> str:
    """A session on the real set, and the first words of its first question."""
    opened = desk_of(root, 20, SESSION)
    _begin(opened)
    first = Route(opened.question_set, "wijkraad").pages[0].question
    return " ".join(first.text.nl.split()[:3])


def _make_long_session(root: Path) -> None:
    """A session with many questions of one kind."""
    task = next(each for each in sample.QUESTIONS if each["id"] == "primary-task")
    kept = {name: task[name] for name in ("type", "boundary", "tense", "short", "certainty")}
    asked: list[dict[str, Any]] = [
        {
            **kept,
            "id": f"question-{number}",
            "text": sample.both(f"{number}: Wat is de hoofdtaak?", "What is the main task?"),
            "options": "tasks",
        }
        for number in range(1, QUESTIONS + 1)
    ]
    lists = {"tasks": task["options"]}
    opened = sample.opened(root, data={**sample.DATA, "option_lists": lists, "questions": asked})
    _begin(opened)


def _begin(opened: OpenSession) -> None:
    """Make a sheet with nothing on it, so that no consent is asked."""
    opened.folder.save_sheet(session_context(opened, "WR-01").blank, None)


def _resident(process: int) -> float:
    """The memory a process holds, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return (
        int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
        / 1024
    )


def _quantile(values: list[float], part: float) -> float:
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


if __name__ == "__main__":
    main()
