"""Text that people read: in two languages, and made harmless before it reaches a screen."""

import re
import unicodedata
from typing import Any

from pydantic import model_validator

from bart_tool.domain.base import Frozen, Language


class Text(Frozen):
    """One text in Dutch and English. In a file it may be a plain string: then both are the same."""

    nl: str = ""
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"nl": value, "en": value}
        return value

    def __bool__(self) -> bool:
        return bool(self.nl or self.en)

    def in_language(self, language: Language) -> str:
        """The text in `language`, else in the other one: a reader is never left with nothing."""
        return (self.en or self.nl) if language == "en" else (self.nl or self.en)


def normal(text: str) -> str:
    """`text` in Unicode NFC with line ends as `\\n`: two people who type é store the same."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


# What must not reach a screen as it is: control characters, half characters, the ends of line
# that only some programs know, and marks that turn the direction of text, or hide in it.
_TREACHEROUS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff]"
)


def harmless(text: str, *, one_line: bool = False) -> str:
    """`text` with everything that could drive a terminal made visible.

    Control characters become their pictures (ESC becomes `␛`), C1 controls, lone surrogates and
    marks of direction become `<U+202E>`. A tab becomes one space. With `one_line` a line end
    becomes `␊`, otherwise it stays. Nothing is dropped, so nothing can hide.
    """
    return _TREACHEROUS.sub(lambda found: _visible(found[0], one_line), text)


def _visible(char: str, one_line: bool) -> str:
    code = ord(char)
    if char == "\n":
        return "␊" if one_line else char
    if char == "\t":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"
