"""Opening a file with what this computer opens it with, where there is a screen to show it on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def can_open() -> bool:
    """Whether something opens files here.

    Never where there is no display: a browser in the terminal would take this window.
    """
    return sys.platform == "win32" or bool(_opener())


def open_file(path: Path) -> bool:
    """Have the system open `path`; whether it took it. Nobody waits for what opens it."""
    if not can_open():
        return False
    try:
        if sys.platform == "win32":
            os.startfile(path)
            return True
        subprocess.Popen(
            [_opener(), str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def _opener() -> str:
    """The program that opens a file as the person chose; empty where there is none."""
    if sys.platform == "darwin":
        return shutil.which("open") or ""
    has_display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return (shutil.which("xdg-open") or "") if has_display else ""
