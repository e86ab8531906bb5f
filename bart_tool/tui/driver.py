"""Textual's driver of a terminal on Linux and macOS, which outlives bytes that are no UTF-8."""

import os
import selectors

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from bart_tool.tui.input_bytes import InputBytes

_READ = 4096  # bytes at once
_TICK = 0.1  # seconds after which a lone ESC is a key


class TerminalDriver(LinuxDriver):
    """Reads as Textual's does; that one stops for good at the first byte that is no UTF-8."""

    def run_input_thread(self) -> None:
        """Hand on what is typed until the app ends."""
        parser, come = XTermParser(self._debug), InputBytes()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                some = self._read() if selector.select(_TICK) else b""
                if some is None:
                    break
                if text := come.text(some):  # nothing at all would end the parser
                    for event in parser.feed(text):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        try:
            for _ in parser.feed(""):
                pass
        except (EOFError, ParseError):
            pass

    def _read(self) -> bytes | None:
        """What was typed; None when the terminal is gone, which says for ever that it has more."""
        try:
            return os.read(self.fileno, _READ) or None
        except OSError:
            return None
