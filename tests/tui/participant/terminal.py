"""A real terminal for tests: a program in a pty, its screen kept by pyte, its bytes kept whole."""

import contextlib
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pyte
from ptyprocess import PtyProcess

from tests.waiting import PATIENCE, wait_until

REST = 0.2  # seconds of sleep after which a program waits for keys: its own timers are shorter
PAINTED = 0.03  # the same, where only the rest of a painting is to come


class Terminal:
    """A program in a terminal of `size` columns and lines."""

    def __init__(self, args: Iterable[str], size: tuple[int, int] = (80, 24), **env: str) -> None:
        self.columns, self.lines = size
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.bytes = b""
        self.process = PtyProcess.spawn(
            [sys.executable, *args], dimensions=(size[1], size[0]), env=_environment(env)
        )

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def shown(self) -> str:
        """The lines with anything on them."""
        return "\n".join(line for line in self.text.splitlines() if line)

    def send(self, keys: str) -> None:
        self.process.write(keys.encode())

    def read(self, seconds: float = 0.0) -> bool:
        """Read what there is; whether anything came within `seconds`."""
        ready, _, _ = select.select([self.process.fd], [], [], seconds)
        if not ready:
            return False
        try:
            some = os.read(self.process.fd, 65536)
        except OSError:  # the program ended
            return False
        self.bytes += some
        self._stream.feed(some)
        return bool(some)

    def wait_for(self, *words: str, gone: str = "") -> str:
        """Read until all `words` stand on the screen and `gone` does not."""

        def is_there() -> bool:
            return all(word in self.text for word in words) and not (gone and gone in self.text)

        self.until(is_there, f"{words} (not {gone!r})")
        return self.quiet(PAINTED)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Read until something is so."""

        def is_so() -> bool:
            return condition() or (self.read() and condition())

        wait_until(is_so, lambda: f"{what}; saw:\n{self.shown}")

    def painted(self, gap: float = 0.01) -> float:
        """Wait for the next paint, to where nothing comes for `gap` seconds.

        Gives the moment (time.perf_counter) its last byte came, free of what reading it costs.
        """
        came, last = b"", 0.0
        while select.select([self.process.fd], [], [], gap if came else PATIENCE)[0]:
            came += os.read(self.process.fd, 65536)
            last = time.perf_counter()
        assert came, f"nothing was painted, saw:\n{self.shown}"
        self.bytes += came
        self._stream.feed(came)
        return last

    def quiet(self, rest: float = REST) -> str:
        """Read until the program has done all it was told: it sleeps for `rest` seconds on end.

        One that is held up by others on a busy machine does not sleep: it waits for its turn.
        """
        asleep_since = time.monotonic()

        def is_at_rest() -> bool:
            nonlocal asleep_since
            if self.read() or _is_awake(self.process.pid):
                asleep_since = time.monotonic()
            return time.monotonic() - asleep_since > rest

        wait_until(is_at_rest, lambda: f"rest; saw:\n{self.shown}")
        return self.text

    def resize(self, columns: int, lines: int) -> None:
        self.columns, self.lines = columns, lines
        self.screen.resize(lines, columns)
        self.process.setwinsize(lines, columns)

    def end(self, number: int = signal.SIGKILL) -> int | None:
        """End the program; gives its exit code."""
        if self.process.isalive():
            self.process.kill(number)
        return self.ended()

    def ended(self) -> int | None:
        """Wait until the program ends by itself; gives its exit code."""
        self.until(lambda: not self.process.isalive(), "the end")
        while not self.process.fileobj.closed and self.read(PATIENCE):
            pass  # what it said last
        return self.process.exitstatus

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.isalive():
            self.process.kill(signal.SIGKILL)
        self.process.close()


def bart(
    root: Path, *args: str, size: tuple[int, int] = (80, 24), language: str = "nl", **env: str
) -> Terminal:
    """The real program, on the sessions in `root`."""
    given = ["-m", "bart_tool", *args, "--sessions", str(root), "--language", language]
    return Terminal(given, size, **env)


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
    return {
        **kept,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONUTF8": "1",
        "BART_KEYS_AT_ONCE": "1",
        **more,
    }


def _is_awake(pid: int) -> bool:
    """Whether a thread of the program runs, or would if it were its turn; unknown without /proc."""
    for stat in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            if stat.read_text("ascii", "replace").rpartition(")")[2].split()[0] in "RD":
                return True
    return False
