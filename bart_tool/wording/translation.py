"""The words of the program: English in the code, Dutch beside it in gettext catalogues.

One catalogue a front door or layer (`labels`, `messages`, `report`, `cli`, `tui`), so that a
command loads only what it prints. `hatch_build.py` compiles them; Dutch is the default.
"""

import gettext
import os.path
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # at run time it would bring pydantic along, which --help does without
    from bart_tool.domain.base import Language

LOCALES = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120 (start-up)


def N_(msgid: str) -> str:  # gettext's own name for "translate later"
    """Mark a text for the catalogue where it stands in a table; `Words` translates it later."""
    return msgid


class Words:
    """One catalogue in one language."""

    def __init__(self, translations: gettext.NullTranslations, language: "Language") -> None:
        self._translations = translations
        self.language = language

    def __call__(self, msgid: str, /, **values: object) -> str:
        """The text in this language, its `{fields}` filled with `values`."""
        text = self._translations.gettext(msgid) if msgid else ""
        return text.format_map(values) if values else text

    def plural(self, one: str, many: str, number: int, /, **values: object) -> str:
        """`one` or `many`, whichever fits `number`; `{number}` is filled too."""
        return self._translations.ngettext(one, many, number).format_map(
            {"number": number, **values}
        )

    def number(self, value: float) -> str:
        """A number as people write it: whole without decimals, halves with comma in Dutch."""
        text = f"{value:g}"
        return text.replace(".", ",") if self.language == "nl" else text

    def listed(self, texts: Sequence[str]) -> str:
        """Texts in a row, the last two joined by "and": `a, b en c`."""
        last = " en " if self.language == "nl" else " and "
        return last.join([*([", ".join(texts[:-1])] if texts[:-1] else []), *texts[-1:]])


@cache
def words(catalogue: str, language: "Language") -> Words:
    """The words of `catalogue` in `language`.

    Raises FileNotFoundError when the catalogue was not compiled, which an install does.
    """
    if language == "en":
        return Words(gettext.NullTranslations(), language)
    with open(f"{LOCALES}/{language}/{catalogue}.mo", "rb") as stream:  # noqa: PTH123 (start-up)
        return Words(gettext.GNUTranslations(stream), language)
