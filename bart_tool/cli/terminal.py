"""Lines out and in, what is asked with a way back, and the line that shows bart is at work."""

import re
import shutil
import sys
import textwrap
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

import click

from bart_tool.domain.free_text import harmless

BACK = "<"
AFTER = 1.0  # seconds before the line is shown
EVERY = 0.1  # seconds between two shares of it


class Back(Exception):
    """The person wants the step before once more."""


def asked(question: str, default: object = "", kind: Any = None) -> Any:
    """What somebody types, as `kind` has it, else `default`; asked again until it fits."""
    shown = bool(default) or kind is not None
    while True:
        try:
            said = click.prompt(
                harmless(question), default, type=kind, err=True, show_default=shown
            )
        except UnicodeDecodeError:
            continue
        if not isinstance(said, str):
            return said
        if (text := _mended(said)) is not None:
            return text


def ask_line(question: str, default: str = "") -> str:
    """What somebody types, else `default`. Raises Back for `<`."""
    text = str(asked(question, default)).strip()
    if text == BACK:
        raise Back
    return text


def chosen(question: str, values: Sequence[str], default: str) -> str:
    """What the typed number stands for, counted from 1, else what was typed. Raises Back."""
    typed = ask_line(question, default)
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
        """Take the line away, so that what comes next begins at the left."""
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


# Signs that every screen reader and code page can do without.
_SIMPLER = str.maketrans({"·": "-", "–": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'"})


class Stopped(Exception):
    """The person stops, or nothing more can be read."""


class Lines:
    """A conversation over two streams. `unread` is said of a line whose signs cannot be read."""

    def __init__(self, source: TextIO, target: TextIO, unread: str = "") -> None:
        self._source = source
        self._target = target
        self._unread = unread

    def say(self, *texts: str) -> None:
        """Write each text as lines; a terminal would break a long one inside a word."""
        for text in texts:
            self._target.write(f"{in_width(self._shown(text), self._target)}\n")
        self._target.flush()

    def ask(self, prompt: str) -> str:
        """Write `prompt` and read one line, without spaces around it. Raises Stopped at the end.

        A line of which not every sign can be read is asked for again.
        """
        while True:
            self._target.write(f"{self._shown(prompt)} ")
            self._target.flush()
            line = self._line()
            if line == "":
                self._target.write("\n")
                raise Stopped
            if line is not None:
                return harmless(unicodedata.normalize("NFC", line.strip()), one_line=True)
            self.say(self._unread)

    def _line(self) -> str | None:
        """The next line with its end, empty when there is none; None when it cannot be read."""
        stream = getattr(self._source, "buffer", None)
        if stream is None:
            return _mended(self._source.readline())
        return _decoded(stream.readline(), self._source.encoding)

    def ask_hidden(self, prompt: str) -> str:
        """The same for what nobody who looks on may read. Raises Stopped at the end."""
        if self._source is not sys.__stdin__ or not self._source.isatty():
            return self.ask(prompt)
        from getpass import getpass

        try:
            return getpass(f"{self._shown(prompt)} ").strip()
        except EOFError:
            raise Stopped from None

    def _shown(self, text: str) -> str:
        text = harmless(text).translate(_SIMPLER)
        encoding = self._target.encoding or "ascii"
        return text.encode(encoding, "replace").decode(encoding, "replace")


# What stands beside ASCII in the words of people here; other signs are a sign of a wrong reading.
_LETTERS = frozenset("ÀÁÂÄÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜàáâäçèéêëìíîïñòóôöùúûüßœŒæøåÆØÅ€‘’“”„–—…·°£§«»´½²³")


def _decoded(line: bytes, encoding: str) -> str | None:
    """`line` in UTF-8, else as the system says terminals here write, else as Windows does."""
    for name in ("utf-8", encoding, "cp1252"):
        try:
            text = line.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if any(0x7F < ord(sign) < 0xA0 for sign in text):  # no letter: it was another encoding
            continue
        if name in ("utf-8", encoding) or _LETTERS.issuperset(s for s in text if ord(s) > 127):
            return _mended(text)
    return None


def _mended(text: str) -> str | None:
    """`text` with bytes that Python kept as halves of a sign read again; None with a broken one."""
    if any(0xDC80 <= ord(sign) <= 0xDCFF for sign in text):
        return _decoded(text.encode("utf-8", "surrogateescape"), "utf-8")
    return None if "\ufffd" in text else text


def in_width(text: str, target: TextIO) -> str:
    """`text` as it fits the terminal behind `target`; unchanged where that is none."""
    if not target.isatty():
        return text
    columns = shutil.get_terminal_size().columns
    return "\n".join(_wrapped(line, columns) for line in text.split("\n"))


# What stands before the words of a line: a dash, a number, or a name in a column of its own.
_BEGINS = re.compile(r" *(?:- |[0-9]+\. |\S+  )?")
_BEFORE_COMMAND = re.compile(r"(?<=:) (?=bart )")


def _wrapped(line: str, columns: int) -> str:
    """`line` in at most `columns`, broken between words; what follows stands below its words.

    A command at the end gets a line of its own, so that it can be copied whole where it fits.
    """
    if len(line) <= columns:
        return line
    begins = _BEGINS.match(line)
    indent = " " * min(begins.end() if begins else 0, columns // 2)
    said, *commands = _BEFORE_COMMAND.split(line, maxsplit=1)
    below = f"{indent}  "
    commands = [_filled(below + command, columns, below) for command in commands]
    return "\n".join((_filled(said, columns, indent), *commands))


def _filled(line: str, columns: int, indent: str) -> str:
    return textwrap.fill(
        line,
        columns,
        subsequent_indent=indent,
        replace_whitespace=False,
        break_long_words=False,
        break_on_hyphens=False,
    )
