"""T2 and T3 of tests/README.md with the system itself: calls that really fail, a disk really full.

strace makes one call of the real program fail, or kills it there; a file system of a few kilobytes
in memory is filled up. Where a machine allows neither, the test says so, and what stands in for it.
"""

import os
import resource
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from bart_tool.errors import Exit
from tests.cli.some_session import answered, closed, csv
from tests.figures import figure
from tests.workflow.on_disk import snapshot

if sys.platform == "win32":
    pytest.skip("no strace and no tmpfs on Windows", allow_module_level=True)

ROOT = Path(__file__).parents[2]
MORE = "CL-01,cluster-groen,ties-broken-by,college,,,,position"
COMMANDS: dict[str, tuple[Callable[[Path], Path], tuple[str, ...]]] = {
    "gather": (answered, ("gather", "wijk", "more.csv")),
    "close": (answered, ("close", "wijk")),
    "report": (closed, ("report", "wijk")),
    "erase": (closed, ("erase", "wijk", "WR-01", "--yes")),
}


def environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}


def bart_in(
    folder: Path, args: Sequence[str], *before: str, **more: object
) -> subprocess.CompletedProcess[str]:
    """The real program on the sessions in `folder`, behind whatever stands `before` it."""
    own = [sys.executable, "-m", "bart_tool", *args, "--sessions", "."]
    return subprocess.run(
        [*before, *own, "--language", "nl"],
        **{"cwd": folder, "capture_output": True, "encoding": "utf-8", "check": False}
        | {"env": environment()}
        | more,  # type: ignore[arg-type]
    )


def ready(name: str, folder: Path) -> dict[str, bytes]:
    """The session before the command, and what is in it."""
    folder.mkdir()
    COMMANDS[name][0](folder)
    csv(folder, "more.csv", MORE)
    return snapshot(folder / "wijk")


def temporary(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*.tmp")]


# T3: a full disk


@cache
def may_mount() -> bool:
    """Whether a file system may be mounted here, in a namespace of one's own."""
    if shutil.which("unshare") is None:
        return False
    script = "mount -t tmpfs -o size=64k none /mnt"
    command = ["unshare", "-rm", "sh", "-c", script]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


ROOMS = range(0, figure(3, 50) * 4, 4)  # kilobytes that are left
# Copied in, filled up to the room that is left, done, and copied out with what became of it.
ON_A_SMALL_DISK = """
set -e
mount -t tmpfs -o size=4m none /mnt
cp -R . /mnt/
dd if=/dev/zero of=/mnt/filler bs=4k 2>/dev/null || true
size=$(stat -c %s /mnt/filler)
truncate -s $((size - {room} * 1024)) /mnt/filler
here=$PWD
cd /mnt
code=0
"$@" || code=$?
rm filler
cp -R . "$here/after"
exit $code
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_on_a_full_disk_it_says_so_and_what_was_is_still_there(tmp_path: Path, name: str) -> None:
    old = ready(name, tmp_path / "wijk")
    ends: Counter[int] = Counter()
    for room in ROOMS:
        if may_mount():
            shutil.rmtree(tmp_path / "wijk" / "after", ignore_errors=True)
            script = ON_A_SMALL_DISK.format(room=room)
            small = ("unshare", "-rm", "sh", "-c", script, "sh")
            done = bart_in(tmp_path / "wijk", COMMANDS[name][1], *small)
            now = tmp_path / "wijk" / "after"
        else:
            now = tmp_path / f"room{room}"
            shutil.copytree(tmp_path / "wijk", now)
            done = bart_in(now, COMMANDS[name][1], preexec_fn=lambda r=room: _no_file_above(r))
        ends[done.returncode] += 1
        assert done.returncode in (0, 65, Exit.CANNOT_WRITE), done
        assert "Traceback" not in done.stderr
        assert temporary(now) == []
        if done.returncode == Exit.CANNOT_WRITE:
            assert done.stdout == ""
            assert "is niet" in done.stderr or "kan niet" in done.stderr, done.stderr
            files = snapshot(now / "wijk")
            if name != "erase":  # which removes first what it can
                assert {file: files[file] for file in old} == old or name == "gather"
            if room == 0:
                assert files == old
    print(name, "a real full disk" if may_mount() else "no tmpfs here: RLIMIT_FSIZE", dict(ends))
    # Erasing makes its own room: it removes before it writes.
    assert ends[Exit.CANNOT_WRITE] >= 1 or name == "erase"


def _no_file_above(room: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (room * 256, room * 256))


# T2: one call fails


@cache
def may_trace() -> bool:
    """Whether strace may change what the system answers."""
    if shutil.which("strace") is None:
        return False
    command = ["strace", "-qq", "-o", os.devnull, "-e", "inject=fsync:error=EIO", "true"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


CALLS = ("fsync", "rename", "unlink", "mkdir")
FAULTS = {"signal=KILL": -9, "error=EIO": 74, "error=ENOSPC": 74}
TIMES = figure(2, 60)  # of each call: the first, the second, …


@pytest.mark.parametrize("name", ["gather", "report", "erase"])
def test_a_call_that_really_fails_leaves_the_old_or_the_new(tmp_path: Path, name: str) -> None:
    if not may_trace():
        pytest.skip("no strace here: only the failpoints of test_every_crash_point stand for it")
    old = ready(name, tmp_path / "old")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    assert bart_in(tmp_path / "new", COMMANDS[name][1]).returncode == 0
    new = snapshot(tmp_path / "new" / "wijk")
    hit: Counter[str] = Counter()
    for call in CALLS:
        for fault in FAULTS:
            for when in range(1, TIMES + 1):
                now = tmp_path / "now"
                shutil.copytree(tmp_path / "old", now)
                inject = f"inject={call}:{fault}:when={when}"
                trace = ("strace", "-f", "-qq", "-o", os.devnull, "--seccomp-bpf", "-e", inject)
                done = bart_in(now, COMMANDS[name][1], *trace)
                files = snapshot(now / "wijk")
                shutil.rmtree(now)
                if done.returncode == 0 and files == new:
                    hit["not hit, or of no consequence"] += 1
                    break
                hit[f"{call} {fault}"] += 1
                assert "Traceback" not in done.stderr, (inject, done.stderr)
                assert done.returncode in (0, 65, -9, 137, Exit.CANNOT_WRITE, 73), (inject, done)
                _is_old_or_new(files, old, new)
    print(name, dict(hit))
    assert hit["fsync signal=KILL"] >= 1
    assert hit["fsync error=EIO"] >= 1


def _is_old_or_new(files: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Each file by itself; `session.yaml` also says in between that its reports are out of date."""
    for file, content in files.items():
        if file.endswith(".tmp") or file == "session.yaml":
            continue
        assert content in (old.get(file), new.get(file)), file
    assert old.keys() & new.keys() <= files.keys()
