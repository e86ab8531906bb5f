"""Every wait of a test is one of tests/waiting.py: none takes a fixed time, none gives up soon."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.waiting import PATIENCE

TESTS = Path(__file__).parent
# The one helper; a kill at a moment drawn by chance; and people who think between two answers.
MAY_SLEEP = {"waiting.py", "tui/waiting.py", "store/writers.py", "web/test_a_city_answers.py"}
SLEEPS = {"sleep", "wait_for_timeout"}


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call):
            called = node.func
            yield node, called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)


def sleeps_in(path: Path) -> Iterator[str]:
    for call, name in calls(path):
        # asyncio.sleep(0) gives others their turn, and takes no time.
        is_turn = name == "sleep" and ast.unparse(call.args[0]) == "0"
        if (name in SLEEPS and not is_turn) or (name == "pause" and call.args):
            yield f"{path.relative_to(TESTS)}:{call.lineno}: {ast.unparse(call)}"


def short_bounds_in(path: Path) -> Iterator[str]:
    for call, name in calls(path):
        for given in call.keywords:
            value = given.value.value if isinstance(given.value, ast.Constant) else None
            if given.arg == "timeout" and isinstance(value, (int, float)) and name != "patient":
                seconds = value / 1000 if name in ("wait_for", "goto", "click") else value
                if seconds < PATIENCE:
                    yield f"{path.relative_to(TESTS)}:{call.lineno}: {ast.unparse(call)}"


def modules() -> list[Path]:
    found = [path for path in sorted(TESTS.rglob("*.py")) if "benchmarks" not in path.parts]
    assert len(found) > 100
    return found


def test_no_test_sleeps() -> None:
    quick = [p for p in modules() if p.relative_to(TESTS).as_posix() not in MAY_SLEEP]
    assert [found for path in quick for found in sleeps_in(path)] == []


def test_no_wait_gives_up_within_a_minute() -> None:
    assert PATIENCE >= 60
    assert [found for path in modules() for found in short_bounds_in(path)] == []
