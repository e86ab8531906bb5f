"""Plain lines out and in: no colours, nothing a stream cannot show, nothing that drives it."""

import shutil
import textwrap
import unicodedata
from typing import TextIO

from bart_tool.domain.free_text import harmless

# Signs that every screen reader and code page can do without.
_SIMPLER = str.maketrans({"·": "-", "–": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'"})


class Stopped(Exception):
    """The person stops, or nothing more can be read."""


class Lines:
    """A conversation over two streams."""

    def __init__(self, source: TextIO, target: TextIO) -> None:
        self._source = source
        self._target = target

    def say(self, *texts: str) -> None:
        """Write each text as lines; a terminal would break a long one inside a word."""
        for text in texts:
            shown = self._shown(text)
            if self._target.isatty():
                columns = shutil.get_terminal_size().columns
                shown = "\n".join(_wrapped(line, columns) for line in shown.split("\n"))
            self._target.write(f"{shown}\n")
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


def _wrapped(line: str, columns: int) -> str:
    """`line` in at most `columns`, broken between words; what follows stands below its words."""
    if len(line) <= columns:
        return line
    indent = " " * min(len(line) - len(line.lstrip()), columns // 2)
    return textwrap.fill(
        line,
        columns,
        subsequent_indent=indent,
        replace_whitespace=False,
        break_long_words=False,
        break_on_hyphens=False,
    )
