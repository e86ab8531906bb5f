"""What people typed: how long it may be, one form for the same letters, and made harmless."""

import re
import unicodedata

MAX_WORDS = 1000  # characters of own words or a note


def normal(text: str) -> str:
    """`text` in Unicode NFC with line ends as `\\n`: two people who type é store the same."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


# Marks that join or part letters: words in some languages, emoji and hyphenation need them. All
# other marks of format turn the direction of text or hide in it, which would mislead a reader.
_JOINERS = frozenset("\u00ad\u200c\u200d")
# Everything but the letters and signs of which Latin, Greek and Cyrillic text is made; only these
# few characters need a closer look.
_SUSPECT = re.compile("[^ -~\u00a0-\u05ff]")


def harmless(text: str, *, one_line: bool = False) -> str:
    """`text` with everything that could drive a terminal made visible.

    Control characters become their pictures (ESC becomes `␛`), C1 controls, lone surrogates and
    marks of direction and format become `<U+202E>`. A tab becomes one space. With `one_line` a
    line end becomes `␊`, otherwise it stays. Nothing is dropped, so nothing can hide.
    """
    return _SUSPECT.sub(lambda found: _visible(found[0], one_line), text)


def _visible(char: str, one_line: bool) -> str:
    code = ord(char)
    if char == "\n":
        return "␊" if one_line else char
    if char == "\t":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if (
        0x80 <= code < 0xA0
        or 0xD800 <= code < 0xE000
        or code in (0x2028, 0x2029)
        or (unicodedata.category(char) == "Cf" and char not in _JOINERS)
    ):
        return f"<U+{code:04X}>"
    return char
