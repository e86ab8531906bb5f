"""The real server as a program of its own, on the loopback."""

import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests import surroundings
from tests.waiting import PATIENCE, wait_until


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Program:
    """`bart serve`, as a facilitator starts it, on the loopback alone.

    `through`: the module that runs bart, with what it is told first.
    """

    def __init__(
        self,
        root: Path | str,
        port: int,
        *more: str,
        session: str = "proef",
        through: Sequence[str] = (),
    ) -> None:
        self._command = [
            sys.executable,
            "-m",
            *through,
            "bart_tool",
            "--sessions",
            str(root),
            "serve",
            session,
        ]
        self._command += ["--address", "127.0.0.1", "--port", str(port), "--no-input", *more]
        self.port = port
        self.start()

    def start(self) -> None:
        self._running = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=surroundings.as_it_is_used(),
        )
        wait_until(lambda: answers_on(self.port), "the server")

    def kill(self) -> None:
        self._running.kill()
        self._running.wait()

    def stop(self) -> int:
        self._running.send_signal(signal.SIGINT)
        return self._running.wait()

    def megabytes(self) -> float:
        """The memory that it has now, on Linux."""
        status = Path(f"/proc/{self._running.pid}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def answers_on(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE):
            return True
    except OSError:
        return False
