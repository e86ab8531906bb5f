"""T1 and T4 of tests/README.md: killed writers and many writers lose nothing they acknowledged."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.figures import figure

ROOT = Path(__file__).parent.parent.parent


def run(*arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.store.writers", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    counted: dict[str, Any] = json.loads(done.stdout)
    print(counted)
    return counted


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL and no fork on Windows")
def test_what_was_acknowledged_before_a_kill_is_there_after_it(tmp_path: Path, seed: int) -> None:
    kills = figure(300, 20_000)
    counted = run("kill", tmp_path / "session", seed, kills)
    assert counted["kills"] == kills
    assert counted["acknowledged"] >= 2_000
    assert counted["lost"] == 0
    assert counted["unreadable"] == 0
    assert counted["left"] == 0, "a temporary file outlived the next start"


@pytest.mark.parametrize(("processes", "which"), [(16, "one"), (32, "each")])
def test_writers_at_the_same_moment_lose_no_answer(
    tmp_path: Path, processes: int, which: str
) -> None:
    saves = figure(25, 500)
    counted = run("together", tmp_path / "session", processes, saves, which)
    assert counted == {"failed": 0, "answers": processes * saves, "problems": 0}
