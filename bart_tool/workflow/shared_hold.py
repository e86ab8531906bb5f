"""A session held once for all who save in this process at the same moment, or just after.

Each of them would wait for the disk with the session to itself; together they wait once.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bart_tool.store.locations import SESSION_FILE
from bart_tool.workflow.open_session import OpenSession

AT_A_STRETCH = 0.5  # seconds after which others get their turn: who closes, or erases somebody
PAUSE = 0.012  # seconds; who waits for the session looks every 5 ms
LINGERS = 0.01  # seconds that it stays held after the last one left: mostly the next one comes
_RESTS = 1.0  # seconds without anybody after which nobody looks any more


class SharedHold:
    """The session held by whoever of this process is inside, and by no other process meanwhile.

    While it is held bart changes nothing about the session, so who comes later finds what the first
    one found; what another program did to its file is looked at. It is let go of some 10 to 20 ms
    after the last one left.
    """

    def __init__(self, opened: OpenSession) -> None:
        self._opened = opened
        self._door = threading.Condition()
        self._inside = 0
        self._is_held = False
        self._is_taking = False  # one of us waits for the session; the others wait for that one
        self._is_watched = False  # a thread lets go of it when nobody comes any more
        self._now = opened
        self._stamp: object = None  # of session.yaml, from before `_now` was read
        self._held = ExitStack()
        self._since = 0.0  # when it was taken after others could have had it for a while
        self._left = 0.0  # when the last one left
        self._free_since = 0.0

    @contextmanager
    def held(self) -> Iterator[OpenSession]:
        """As `OpenSession.held`, with others of this process beside it. Raises as that does."""
        now = self._come_in()
        is_well = False
        try:
            yield now
            is_well = True
        finally:
            self._go_out(is_well)

    def known(self) -> OpenSession | None:
        """The session as it is at this moment, when it is held; else None."""
        return self._now if self._is_held and self._looks_the_same() else None

    def _come_in(self) -> OpenSession:
        with self._door:
            while self._is_taking or (self._inside and self._is_long()):
                self._door.wait()
            if self._is_held and not self._inside and not self._may_go_on():
                self._let_go()
            if self._is_held:
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
        self._stamp = self._opened.folder.stamp(SESSION_FILE)
        self._now = self._held.enter_context(self._opened.held())
        with self._door:
            self._inside, self._is_held = 1, True
            if time.monotonic() - self._free_since >= PAUSE:
                self._since = time.monotonic()
            if not self._is_watched:
                self._is_watched = True
                threading.Thread(target=self._watch, name="hold", daemon=True).start()

    def _go_out(self, is_well: bool) -> None:
        with self._door:
            self._inside -= 1
            self._left = time.monotonic()
            if not is_well:  # what was held may be lost
                self._since = 0.0
            if not self._inside and self._is_long():
                self._let_go()
                self._door.notify_all()

    def _let_go(self) -> None:
        self._is_held = False
        self._free_since = time.monotonic()
        self._held.close()

    def _watch(self) -> None:
        """Let go once nobody came for a while; in a thread of its own."""
        try:
            while self._is_watched:
                time.sleep(LINGERS)
                with self._door:
                    self._look_after()
        except BaseException:
            self._is_watched = False  # who takes it next begins another
            raise

    def _look_after(self) -> None:
        for_long = time.monotonic() - self._left
        if self._is_held and not self._inside and for_long >= LINGERS:
            self._let_go()
        if not self._is_held and not self._is_taking and for_long > _RESTS:
            self._is_watched = False

    def _may_go_on(self) -> bool:
        return not self._is_long() and self._looks_the_same()

    def _looks_the_same(self) -> bool:
        return self._stamp == self._opened.folder.stamp(SESSION_FILE)

    def _is_long(self) -> bool:
        return time.monotonic() - self._since > AT_A_STRETCH
