"""A line that shows that a long job goes on, only to somebody who looks at a terminal."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

AFTER = 1.0  # seconds before anything is shown
EVERY = 0.1


@contextmanager
def shown(what: str) -> Iterator[Callable[[float], None]]:
    """Gives a function that hears which share is done; the line is gone when the job is."""
    started = last = time.monotonic()
    visible = False

    def hear(share: float) -> None:
        nonlocal last, visible
        now = time.monotonic()
        if sys.stderr.isatty() and now - started > AFTER and now - last > EVERY:
            visible, last = True, now
            _write(f"\r{what} {share:.0%}")

    try:
        yield hear
    finally:
        if visible:
            _wipe(what)


@contextmanager
def busy(what: str) -> Iterator[None]:
    """The same for a job that does not know how far it is."""
    if not sys.stderr.isatty():
        yield
        return
    timer = threading.Timer(AFTER, _write, [f"\r{what} …"])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        _wipe(what)


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def _wipe(what: str) -> None:
    _write("\r" + " " * (len(what) + 6) + "\r")
