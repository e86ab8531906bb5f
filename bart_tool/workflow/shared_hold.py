"""A session held once for all who save in this process at the same moment.

Each of them would wait for the disk with the session to itself; together they wait once.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bart_tool.workflow.open_session import OpenSession

AT_A_STRETCH = 0.5  # seconds after which others get their turn: who closes, or erases somebody
PAUSE = 0.012  # seconds; who waits for the session looks every 5 ms


class SharedHold:
    """The session held by whoever of this process is inside, and by no other process meanwhile.

    While it is held nothing about the session changes, so who comes later finds what the first
    one found.
    """

    def __init__(self, opened: OpenSession) -> None:
        self._opened = opened
        self._door = threading.Condition()
        self._inside = 0
        self._is_taking = False  # one of us waits for the session; the others wait for that one
        self._now = opened
        self._held = ExitStack()
        self._since = 0.0  # when it was taken after others could have had it for a while
        self._free_since = 0.0

    @contextmanager
    def held(self) -> Iterator[OpenSession]:
        """As `OpenSession.held`, with others of this process beside it. Raises as that does."""
        now = self._come_in()
        try:
            yield now
        finally:
            self._go_out()

    def _come_in(self) -> OpenSession:
        with self._door:
            while self._is_taking or (self._inside and self._is_long()):
                self._door.wait()
            if self._inside:
                self._inside += 1
                return self._now
            self._is_taking = True
        try:
            self._take()
        finally:
            with self._door:
                self._is_taking = False
                self._door.notify_all()
        return self._now

    def _take(self) -> None:
        if self._is_long() and time.monotonic() - self._free_since < PAUSE:
            time.sleep(PAUSE)
        self._now = self._held.enter_context(self._opened.held())
        self._inside = 1
        if time.monotonic() - self._free_since >= PAUSE:
            self._since = time.monotonic()

    def _go_out(self) -> None:
        with self._door:
            self._inside -= 1
            if not self._inside:
                self._held.close()
                self._free_since = time.monotonic()
                self._door.notify_all()

    def _is_long(self) -> bool:
        return time.monotonic() - self._since > AT_A_STRETCH
