"""A line that shows how far a long job is, only to somebody who looks at a terminal."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

AFTER = 1.0  # seconds before anything is shown
EVERY = 0.1


@contextmanager
def shown(what: str, of: int) -> Iterator[Callable[[int, int], None]]:
    """Gives a function that hears (done, of); the line is gone when the job is."""
    started = last = time.monotonic()
    visible = False

    def hear(done: int, total: int) -> None:
        nonlocal last, visible
        now = time.monotonic()
        if sys.stderr.isatty() and now - started > AFTER and now - last > EVERY:
            visible, last = True, now
            sys.stderr.write(f"\r{what} {done}/{total}")
            sys.stderr.flush()

    try:
        yield hear
    finally:
        if visible:
            sys.stderr.write("\r" + " " * (len(what) + 2 * len(str(of)) + 2) + "\r")
