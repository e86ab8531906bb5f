"""What bart asks at a terminal, with a way back, and the one line that shows it is at work."""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from bart_tool.domain.free_text import harmless

BACK = "<"
AFTER = 1.0  # seconds before the line is shown
EVERY = 0.1  # seconds between two shares of it


class Back(Exception):
    """The step before, please."""


def asked(question: str, default: object = "", kind: Any = None) -> Any:
    """What somebody types, as `kind` has it, else `default`; asked again until it fits."""
    shown = bool(default) or kind is not None
    return click.prompt(harmless(question), default, type=kind, err=True, show_default=shown)


def said(question: str, default: str = "") -> str:
    """What somebody types, else `default`. Raises Back for `<`."""
    text = str(asked(question, default)).strip()
    if text == BACK:
        raise Back
    return text


def chosen(question: str, values: Sequence[str], default: str) -> str:
    """What the typed number stands for, counted from 1, else what was typed. Raises Back."""
    typed = said(question, default)
    if typed.isascii() and typed.isdigit() and 0 < int(typed[:4]) <= len(values):
        return values[int(typed[:4]) - 1]
    return typed


def is_yes(typed: str) -> bool:
    """Whether somebody said yes, in either language."""
    return typed.strip().casefold() in ("j", "ja", "y", "yes")


class StatusLine:
    """A line that is written over and goes away, only for somebody who looks at a terminal."""

    def __init__(self) -> None:
        self._shown = ""

    def show(self, text: str) -> None:
        """Show `text` in place of what stood there."""
        if sys.stderr.isatty() and text != self._shown:
            _write(f"\r{text.ljust(len(self._shown))}")
            self._shown = text

    def wipe(self) -> None:
        """Take the line away."""
        if self._shown:
            _write(f"\r{' ' * len(self._shown)}\r")
            self._shown = ""


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """Gives a function that hears which share is done; the line is gone when the job is."""
    line, started = StatusLine(), time.monotonic()
    last = started

    def hear(share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - started > AFTER and now - last > EVERY:
            last = now
            line.show(f"{what} {share:.0%}")

    try:
        yield hear
    finally:
        line.wipe()


@contextmanager
def busy(what: str) -> Iterator[None]:
    """The same for a job that does not know how far it is."""
    line = StatusLine()
    timer = threading.Timer(AFTER, line.show, [f"{what} …"])
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        if timer.is_alive():
            timer.cancel()
            timer.join()
        line.wipe()


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
