"""The font that comes with bart for pages that must carry one, and what it can show."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

FAMILY = "Inter"

# What the font lacks: everything but Latin, Greek, Cyrillic and the signs of running text. A test
# holds this against the font itself.
_LACKING = re.compile(
    "[^ -~\u00a0-\u00ac\u00ae-\u0148\u014a-\u01c3\u01c5-\u024f\u0300-\u0304\u0306-\u030a\u030c"
    "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0479\u0480-\u049d\u04a0-\u04ff"
    "\u1e00-\u1e9b\u1e9e-\u1eff\u2010-\u2027\u202f-\u2055\u2070\u2074-\u208e\u20a0-\u20af\u20b9"
    "\u2103\u2109\u2113\u2116\u211e-\u2122\u2150-\u215f\u2190-\u2199\u2212\u221a\u221e\u2248\u2260"
    "\u2264\u2265\u25a0-\u25a2\u25b2\u25b3\u25b6\u25b7\u25bc\u25bd\u25c6\u25c7\u25cb\u25cf\u2605"
    "\u2606\u2713\u2717]"
)


def shown(text: str) -> str:
    """`text` in letters that the font has; any other as its number: `<U+4E2D>`.

    A hint where a word may be broken is left out. The picture of a control character becomes the
    number of that character: `<U+001B>`.
    """
    return _LACKING.sub(_number, unicodedata.normalize("NFC", text).replace("\u00ad", ""))


def _number(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"<U+{code - 0x2400 if 0x2400 <= code < 0x2420 else code:04X}>"


@contextmanager
def folder() -> Iterator[Path]:
    """A folder on disk with the files of the font, for as long as it is used."""
    with as_file(files("bart_tool") / "report" / "fonts") as there:
        yield there
