"""Runs once more what failed, one test at a time, and says how often each failed.

    python .ci/again.py REPORT      (after a run of pytest that failed)

A bug fails again at once: then it stops, and so does CI. A test that passes now came too late on a
busy machine; it is tried three times more, and its name goes to REPORT: it is to be mended.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

LAST_FAILED = Path(".pytest_cache/v/cache/lastfailed")
TRIES = 5  # with the first, in which it failed


def failing() -> set[str]:
    """The tests that failed when they last ran."""
    return set(json.loads(LAST_FAILED.read_text("utf-8"))) if LAST_FAILED.exists() else set()


def main(report: str) -> int:
    names = sorted(failing())
    if not names:
        print("pytest failed, but no test did")
        return 1
    failed = Counter(names)
    for nth in range(2, TRIES + 1):
        print(f"== what failed, once more and one at a time: try {nth} of {TRIES}", flush=True)
        command = [sys.executable, "-m", "pytest", "-n", "0", *names]
        code = subprocess.run(command, check=False).returncode
        again = failing() & set(names)
        if nth == 2 and (code or again):
            return code or 1
        failed.update(again)
    lines = [f"{name}: failed {failed[name]} of {TRIES} tries\n" for name in names]
    Path(report).write_text("".join(lines), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
