"""T1 and T4 of tests/README.md: killed writers and many writers lose nothing they acknowledged."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bart_tool.store.locations import is_address
from tests.figures import figure
from tests.store.server import database, needed

ROOT = Path(__file__).parent.parent.parent


def run(*arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.store.writers", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    counted: dict[str, Any] = json.loads(done.stdout)
    print(counted)
    return counted


@pytest.fixture(params=["folder", "database"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the writers find a session."""
    if request.param == "folder":
        return str(tmp_path / "session")
    database().create("many")
    return needed().address()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL and no fork on Windows")
def test_what_was_acknowledged_before_a_kill_is_there_after_it(where: str, seed: int) -> None:
    # Each of them begins with a connection of its own, and that takes longer than its saves.
    kills = figure(30, 300) if is_address(where) else figure(300, 20_000)
    counted = run("kill", where, seed, kills)
    assert counted["kills"] == kills
    assert counted["acknowledged"] >= 6 * kills
    assert counted["lost"] == 0
    assert counted["unreadable"] == 0
    assert counted["left"] == 0, "a temporary file outlived the next start"


@pytest.mark.parametrize(("processes", "which"), [(16, "one"), (32, "each")])
def test_writers_at_the_same_moment_lose_no_answer(where: str, processes: int, which: str) -> None:
    if is_address(where) and which == "one":  # who reads again is often too late: on two cores
        processes = 6
    saves = figure(10 if is_address(where) else 25, 500)
    counted = run("together", where, processes, saves, which)
    assert counted == {"failed": 0, "answers": processes * saves, "problems": 0}
