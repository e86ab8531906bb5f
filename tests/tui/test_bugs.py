"""A bug in a screen: the terminal is itself again, one sentence, exit 70, nothing said is shown.

The real program in a terminal, with a bug put in. What was called kept is on the disk.
"""

import sys
from pathlib import Path
from typing import Any

import pytest

from bart_tool.cli import outcome
from bart_tool.errors import Exit
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.open_session import open_session
from tests.tui import sample

if sys.platform == "win32":
    pytest.skip("no pty on Windows", allow_module_level=True)

from tests.tui.participant.terminal import Terminal

SAID = ("zwanenvijver", "Kwispelsteert", "QX-77")
WITH_A_BUG = f"""
import asyncio, sys
from bart_tool.cli.main import main
from bart_tool.tui.app import BartApp
from bart_tool.tui.participant.question import Question
from bart_tool.tui.facilitator.home import Home
from bart_tool.tui.rows import Rows
from bart_tool.store.stored_session import StoredSession

def fail(*args, **more):
    note = {SAID[0]!r}  # a value at the place of the bug
    raise ValueError({" ".join(SAID)!r})

async def fail_later(*args):
    fail()

def forget(self, *args):
    asyncio.get_running_loop().create_task(fail_later())

"""
KEPT = "1 (●)"
# Where the bug is -> how it is put in, and the key that comes there once an answer is kept.
PLACES = {
    "an action": ("Question.action_note = fail", "t"),
    "an action that waits": ("Question.action_back = fail_later", "\x1b"),
    "saving in the background": ("arm = 'StoredSession.save_sheet'", "2"),
    "a task that nobody waits for": ("Question.action_note = forget", "t"),
    "painting": ("arm = 'Rows.render_line'", "2"),
    "another language": ("arm = 'Question.fill'", "\x1bOR"),
    "leaving": ("Question.leave = fail_later", "\x11"),
    "saving on the way out": ("Question.action_note = fail; Question.close_for_good = fail", "t"),
    "reading the keys": (
        "from textual.drivers.linux_driver import LinuxDriver as D\n"
        "real = D.process_message\n"
        "D.process_message = lambda self, m: fail() if getattr(m, 'key', '') == 't' "
        "else real(self, m)",
        "t",
    ),
}
ARMED = """
arm = globals().get("arm")
if arm:  # the bug shows itself only after the first answer
    owner, name = arm.split(".")
    owner = globals()[owner]
    right, choose = getattr(owner, name), Question.action_choose
    count = []
    def counted(self, chosen):
        count.append(chosen)
        return choose(self, chosen)
    def sometimes(*args, **more):
        return fail() if ready() else right(*args, **more)
    def ready():
        return len(count) > 1 or (count and name == "fill")
    Question.action_choose = counted
    setattr(owner, name, sometimes)
sys.exit(main(sys.argv[1:]))
"""


def started(tmp_path: Path, bug: str, *args: str) -> Terminal:
    root = tmp_path / "sessions"
    given = ["-c", f"{WITH_A_BUG}{bug}\n{ARMED}", *args, "--sessions", str(root)]
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    return Terminal([*given, "--language", "nl"], size=(100, 30), **state)


def ended_well(terminal: Terminal, tmp_path: Path) -> None:
    """One sentence on the terminal as it was before, the trace in the log, and nothing said."""
    assert terminal.ended() == Exit.BUG, terminal.shown
    assert terminal.bytes.count(b"\x1b[?1049h") == terminal.bytes.count(b"\x1b[?1049l") == 1
    assert terminal.bytes.rindex(b"\x1b[?25h") > terminal.bytes.rindex(b"\x1b[?25l")
    _, _, after = terminal.bytes.rpartition(b"\x1b[?1049l")
    text = after.decode()
    assert text.count("Er ging iets mis in bart zelf. Dat ligt niet aan jou.") == 1
    assert "Traceback" not in text
    (log,) = (tmp_path / "state").rglob("bart.log")
    written = log.read_bytes()
    assert b"bug in" in written
    for part in (*SAID, "WR-01", "voice"):
        assert part.encode() not in after
        assert part.encode() not in written
    assert not [part for part in SAID if part.encode() in terminal.bytes]


@pytest.mark.parametrize("place", PLACES)
def test_a_bug_while_answering(tmp_path: Path, place: str) -> None:
    sample.opened(tmp_path / "sessions")
    bug, key = PLACES[place]
    with started(tmp_path, bug, "answer", "proef", "WR-01") as terminal:
        terminal.wait_for("Welkom")
        terminal.send("\r")
        terminal.wait_for("Wie ziet straks wat?")
        terminal.send("\r")
        terminal.wait_for("herkenbaar")
        terminal.send("1")
        terminal.wait_for("(●)")
        terminal.send("\r")
        terminal.wait_for("De stem van de wijk")
        terminal.send("1")
        terminal.wait_for(KEPT, "bewaard")
        terminal.send(key)
        ended_well(terminal, tmp_path)
    kept = open_session(DiskStore(tmp_path / "sessions"), "proef").folder.sheet("WR-01")
    assert kept is not None
    assert kept[0].answers["primary-task/wijkraad"].value in ("voice", "plan")


def test_a_bug_in_the_facilitators_screen(tmp_path: Path) -> None:
    sample.opened(tmp_path / "sessions")
    with started(tmp_path, "Home.fill = fail") as terminal:
        ended_well(terminal, tmp_path)


@pytest.mark.parametrize(
    ("module", "is_written_down"),
    [("textual.drivers._writer_thread", False), ("bart_tool.store.atomic", True)],
)
def test_a_window_that_is_closed_while_it_is_painted_is_no_bug(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, is_written_down: bool
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    place: dict[str, Any] = {"__name__": module}
    exec("def write():\n    raise OSError(5, 'Input/output error')", place)
    error = OSError()
    try:
        place["write"]()
    except OSError as raised:
        error = raised
    outcome._stray(error, None)
    assert bool(list((tmp_path / "state").rglob("bart.log"))) is is_written_down
