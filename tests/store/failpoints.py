"""Makes one call to the system fail, the first, the second, and so on, or kills the program there.

It stands in for a power cut, a broken disk and a full one, where no real one can be had.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

KILL, BROKEN, FULL = "kill", "broken", "full"
KINDS = (KILL, BROKEN, FULL)
ERRORS = {BROKEN: errno.EIO, FULL: errno.ENOSPC}
WATCHED = ("open", "fsync", "replace", "unlink", "mkdir", "rmdir")  # and writing, through fdopen
# What a full disk refuses; removing and reading go on.
NEEDS_ROOM = ("create", "write", "fsync", "replace", "mkdir")


class Killed(BaseException):
    """The program is no more; nothing after this reaches the disk."""


class Failpoint:
    """Lets `before` calls pass and then fails, in the way of `kind`.

    With `then` a second call fails as well, after that many others.
    """

    def __init__(self, kind: str, before: int, then: int | None = None) -> None:
        self.kind = kind
        self.left = before
        self.then = then
        self.hit = ""  # the call that failed

    def passes(self, call: str) -> None:
        """Raises when this call is the one, and always once the program is dead."""
        if self.hit and self.kind == KILL:
            raise Killed
        if self.hit and self.then is None:
            return
        if self.kind == FULL and call not in NEEDS_ROOM:
            return
        if self.hit:
            self._second(call)
            return
        if self.left:
            self.left -= 1
            return
        self.hit = call
        if self.kind == KILL:
            raise Killed
        number = ERRORS[self.kind]
        raise OSError(number, os.strerror(number))

    def _second(self, call: str) -> None:
        if self.then:
            self.then -= 1
            return
        self.then = None
        self.hit += f" and {call}"
        number = ERRORS[self.kind]
        raise OSError(number, os.strerror(number))


class HalfWritten:
    """A stream of which a failing write leaves half behind."""

    def __init__(self, stream: Any, failpoint: Failpoint) -> None:
        self._stream = stream
        self._failpoint = failpoint

    def write(self, content: bytes) -> int:
        try:
            self._failpoint.passes("write")
        except BaseException:
            self._stream.write(content[: len(content) // 2])
            self._stream.flush()
            raise
        written: int = self._stream.write(content)
        return written

    def __enter__(self) -> "HalfWritten":
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def failing(kind: str, before: int, then: int | None = None) -> Iterator[Failpoint]:
    """Within this, the call after `before` others fails, and one `then` others later."""
    failpoint = Failpoint(kind, before, then)
    real = {name: getattr(os, name) for name in (*WATCHED, "fdopen")}

    def watched(name: str) -> Any:
        def call(*args: Any, **more: Any) -> Any:
            creates = name == "open" and len(args) > 1 and args[1] & os.O_CREAT
            failpoint.passes("create" if creates else name)
            return real[name](*args, **more)

        return call

    def fdopen(descriptor: int, mode: str, *args: Any, **more: Any) -> Any:
        stream = real["fdopen"](descriptor, mode, *args, **more)
        return HalfWritten(stream, failpoint) if "w" in mode else stream

    with pytest.MonkeyPatch.context() as patch:
        for name in WATCHED:
            patch.setattr(os, name, watched(name))
        patch.setattr(os, "fdopen", fdopen)
        yield failpoint
