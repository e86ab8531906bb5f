"""People in the room answer on their own phone: `bart serve` has the window until it stops."""

import signal
import subprocess
import sys

from textual.app import SuspendNotSupported

from bart_tool.store.locations import is_address
from bart_tool.tui.list_screen import ListScreen
from bart_tool.workflow.open_session import OpenSession


async def serve(screen: ListScreen[None], opened: OpenSession) -> None:
    """Give the window to `bart serve`, and come back when that is over."""
    t, name = screen.t, opened.session.session
    where = opened.folder.store.where("")
    sessions = [] if is_address(where) else ["--sessions", where]  # $BART_SESSIONS says it
    command = [sys.executable, "-m", "bart_tool", *sessions, "serve", name]
    try:
        with screen.app.suspend():
            _run([*command, "--language", screen.language], t("Enter goes back to bart."))
    except SuspendNotSupported:
        text = t("This window cannot be given away. Open another one, and type: bart serve {name}")
        await screen.tell(t("In the room"), text.format(name=name))


def _run(command: list[str], goes_back: str) -> None:
    # Ctrl+C is for what runs in the window, which would inherit it if we just ignored it.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        if subprocess.run(command, check=False).returncode:
            sys.stdout.write(f"\n{goes_back} ")
            sys.stdout.flush()
            sys.stdin.readline()
    finally:
        signal.signal(signal.SIGINT, before)
