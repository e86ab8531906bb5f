"""The real program, in which one call to the disk fails or is the last one. Run as a script.

python -m tests.tui.dying kill|broken|full BEFORE VERB …

Only calls that write count: the call after BEFORE others is the one. A folder that is watched is
looked at again at once.
"""

import os
import signal
import sys

from bart_tool.cli import gather
from bart_tool.cli.main import main
from tests.store import failpoints


class Dying(failpoints.Failpoint):
    """One that really kills the program."""

    def passes(self, call: str) -> None:
        if call == "open":
            return
        try:
            super().passes(call)
        except failpoints.Killed:
            os.kill(os.getpid(), signal.SIGKILL)


def run() -> int:
    kind, before, *args = sys.argv[1:]
    sys.argv = ["bart", *args]
    real = gather.sleep
    gather.sleep = lambda _: real(0.01)
    failpoints.Failpoint = Dying  # type: ignore[misc]
    with failpoints.failing(kind, int(before)):
        return main()


if __name__ == "__main__":
    sys.exit(run())
