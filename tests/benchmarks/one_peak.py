"""What one thing takes of memory at its most, in a process of its own, as the system counts it.

`open FOLDER`: opening the session `large` in FOLDER. `gather FOLDER`: that, and taking in what
lies in FOLDER/handed-in; `close FOLDER` and `report FOLDER` likewise.
"""

import resource
import sys
from collections.abc import Callable
from pathlib import Path

from bart_tool.store.disk import DiskStore
from bart_tool.workflow.gather import gather
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import close
from bart_tool.workflow.publish import publish

WORKS: dict[str, Callable[[OpenSession, Path], object]] = {
    "open": lambda _opened, _root: None,
    "gather": lambda opened, root: gather(opened, [root / "handed-in"], of_this_session=True),
    "close": lambda opened, _root: close(opened),
    "report": lambda opened, _root: publish(opened),
}


def most() -> float:
    """The megabytes that this process had at its most."""
    status = Path("/proc/self/status")
    if status.exists():  # what the system says itself may be of the program that began this one
        _, _, after = status.read_text("ascii").partition("VmHWM:")
        return int(after.split()[0]) / 1024
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return taken / 2**20 if sys.platform == "darwin" else taken / 1024


if __name__ == "__main__":
    chosen, path = sys.argv[1:]
    WORKS[chosen](open_session(DiskStore(Path(path)), "large"), Path(path))
    print(most())
