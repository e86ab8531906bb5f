"""One PDF in a process of its own, which says how long it took: typst remembers what it compiled.

`report FOLDER`: the report of the session `large` in FOLDER. `typst FILE`: what FILE holds, alone.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import typst  # noqa: F401  loaded before the clock starts

from bart_tool.report import pdf, typesetting  # noqa: F401  as typst
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.open_session import open_session
from bart_tool.workflow.publish import preview, publish
from tests.benchmarks.sides import clock, processor, seconds


def work(what: str, given: Path) -> Callable[[], object]:
    """What is timed; all that it needs is loaded already."""
    if what == "typst":
        asked = json.loads(given.read_text("utf-8"))
        return lambda: typesetting.compiled(**asked)
    preview(open_session(DiskStore(given), "large"))
    return lambda: publish(open_session(DiskStore(given), "large"), formats=("pdf",))


if __name__ == "__main__":
    chosen, path, way = sys.argv[1:]
    clock[:] = [processor if way == "processor" else time.perf_counter]
    print(seconds(work(chosen, Path(path))))
