"""A real terminal for tests: a program in a pty, its screen kept by pyte, its bytes kept whole."""

import os
import select
import signal
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyte
from ptyprocess import PtyProcess

PATIENCE = 60.0  # seconds until a screen that should come is given up


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
        limit = time.monotonic() + PATIENCE
        while not all(word in self.text for word in words) or (gone and gone in self.text):
            if time.monotonic() > limit:
                raise AssertionError(f"waited for {words} (not {gone!r}), saw:\n{self.shown}")
            self.read(0.05)
        while self.read(0.02):
            pass
        return self.text

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

    def quiet(self, seconds: float = 0.15) -> str:
        """Read until nothing comes for a while."""
        while self.read(seconds):
            pass
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
        limit = time.monotonic() + PATIENCE
        while self.process.isalive():
            if time.monotonic() > limit:
                self.process.kill(signal.SIGKILL)
                raise AssertionError(f"did not end, saw:\n{self.shown}")
            self.read(0.05)
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
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONUTF8": "1", **more}
