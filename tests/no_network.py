"""Runs tests where there is no network at all, and names whoever tries to reach one.

    python -m tests.no_network [arguments for pytest]

Without arguments the whole suite. It runs in a network namespace of its own, in which only the
loopback is up, under strace: every connection that any process of it asks for is seen, a browser's
too. It needs Linux with unshare, ip and strace, and says so where that cannot be had.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOOLS = ("unshare", "ip", "strace")
# Chromium asks the system, not a network, whether there is IPv6: it connects a datagram socket to
# this address and sends nothing. No switch stops it. No other address is passed over.
HAS_IPV6 = "2001:4860:4860::8888"
CALLS = "connect,sendto,sendmsg,sendmmsg"
_ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')


def missing() -> str:
    """What this machine lacks or refuses; empty when a command can be run without network."""
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if absent:
        return f"{', '.join(absent)} not found"
    with tempfile.TemporaryDirectory() as folder:
        done = _run(["true"], Path(folder) / "calls", quietly=True)
    return "" if done == 0 else "the system refuses network namespaces or strace"


def without_network(command: Sequence[str]) -> tuple[int, list[str]]:
    """Run `command`; its exit code, and the addresses beyond the loopback that it tried."""
    with tempfile.TemporaryDirectory() as folder:
        calls = Path(folder) / "calls"
        code = _run(command, calls)
        return code, list(beyond(calls.read_text("utf-8", "replace")))


def beyond(calls: str) -> Iterator[str]:
    """The addresses in what strace wrote that are not this machine itself."""
    for one, other in _ADDRESS.findall(calls):
        address = one or other
        own = address.startswith("127.") or address in ("::1", "::ffff:127.0.0.1", HAS_IPV6)
        if not own:
            yield address


def _run(command: Sequence[str], calls: Path, *, quietly: bool = False) -> int:
    inside = 'ip link set lo up && exec "$@"'
    watched = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", f"trace={CALLS}", "-o", str(calls)]
    # Only who is not root needs to become so: then no file can be given to another user.
    space = "-n" if os.geteuid() == 0 else "-rn"
    whole = ["unshare", space, "sh", "-c", inside, "sh", *watched, *command]
    output = subprocess.DEVNULL if quietly else None
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        whole, cwd=ROOT, env=environment, stdout=output, stderr=output, check=False
    )
    return done.returncode


def main(arguments: list[str]) -> int:
    if why := missing():
        print(f"not run: {why}")
        return 3
    code, tried = without_network([sys.executable, "-m", "pytest", *arguments])
    print(f"{len(tried)} attempts beyond the loopback", *sorted(set(tried)))
    return code or bool(tried)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
