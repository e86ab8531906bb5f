"""Plain lines out and in: no colours, nothing a stream cannot show, nothing that drives it."""

import unicodedata
from typing import TextIO

from bart_tool.domain.text import harmless

# Signs that every screen reader and code page can do without.
_SIMPLER = str.maketrans({"·": "-", "–": "-", "…": "...", "“": '"', "”": '"', "’": "'"})


class Stopped(Exception):
    """The person stops, or nothing more can be read."""


class Lines:
    """A conversation over two streams."""

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source = source
        self._target = target

    def say(self, *texts: str) -> None:
        """Write each text as lines."""
        for text in texts:
            self._target.write(f"{self._shown(text)}\n")
        self._target.flush()

    def ask(self, prompt: str) -> str:
        """Write `prompt` and read one line, without spaces around it. Raises Stopped at the end."""
        self._target.write(f"{self._shown(prompt)} ")
        self._target.flush()
        try:
            line = self._source.readline()
        except UnicodeDecodeError:
            return "\ufffd"  # means nothing anywhere, so one is asked again
        if not line:
            self._target.write("\n")
            raise Stopped
        return harmless(unicodedata.normalize("NFC", line.strip()), one_line=True)

    def _shown(self, text: str) -> str:
        text = harmless(text).translate(_SIMPLER)
        encoding = self._target.encoding or "ascii"
        return text.encode(encoding, "replace").decode(encoding, "replace")
