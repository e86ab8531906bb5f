"""The words of the program: English in the code, Dutch beside it in gettext catalogues.

A msgid has one meaning, whoever says it; where two are needed a context tells them apart. The
sources in `locale/nl/*.po` are parts of one catalogue, by subject: `hatch_build.py` compiles them
into `bart.mo`, which is read in 2 ms. Dutch is the default. What has a code has its words in both
languages in `locale/*/LC_MESSAGES`, under that code.
"""

import gettext
import os
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    # At run time it would bring pydantic along, which --help does without.
    from bart_tool.domain.base import Language

LOCALES = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120 (start-up)


def N_(msgid: str) -> str:  # gettext's own name for "translate later"
    """Mark a text for the catalogue where it stands in a table; `Words` translates it later."""
    return msgid


class Words:
    """Says a msgid of the program in one language, its fields filled and its plural chosen."""

    def __init__(self, translations: gettext.NullTranslations, language: "Language") -> None:
        self._translations = translations
        self.language = language

    def __call__(self, msgid: str, /, **values: object) -> str:
        """The text in this language, its `{fields}` filled with `values`."""
        text = self._translations.gettext(msgid) if msgid else ""
        return text.format_map(values) if values else text

    def of(self, context: str, msgid: str, /) -> str:
        """What `msgid` means in `context`, where the same English is another word elsewhere."""
        return self._translations.pgettext(context, msgid)

    def plural(self, one: str, many: str, number: int, /, **values: object) -> str:
        """`one` or `many`, whichever fits `number`; `{number}` is filled too."""
        return self._translations.ngettext(one, many, number).format_map(
            {"number": number, **values}
        )

    def number(self, value: float) -> str:
        """A number as people write it: whole without decimals, halves with comma in Dutch."""
        text = f"{value:g}"
        return text.replace(".", ",") if self.language == "nl" else text

    def day(self, day: "date") -> str:
        """A day as people write it: `30-6-2027`, in English `2027-06-30`."""
        return f"{day.day}-{day.month}-{day.year}" if self.language == "nl" else day.isoformat()

    def listed(self, texts: Sequence[str]) -> str:
        """Texts in a row, the last two joined by "and": `a, b en c`."""
        last = " en " if self.language == "nl" else " and "
        return last.join([*([", ".join(texts[:-1])] if texts[:-1] else []), *texts[-1:]])


@cache
def words(language: "Language") -> Words:
    """The words of `language`.

    Raises FileNotFoundError when the catalogue was not compiled, which an install does.
    """
    if language == "en":
        return Words(gettext.NullTranslations(), language)
    with open(f"{LOCALES}/{language}/bart.mo", "rb") as stream:  # noqa: PTH123 (start-up)
        return Words(gettext.GNUTranslations(stream), language)


@cache
def by_code(subject: str, language: "Language") -> gettext.GNUTranslations:
    """The words of `labels` or `problems`, by code; a code that has none is its own word.

    Raises FileNotFoundError when the catalogue was not compiled, which an install does.
    """
    with open(f"{LOCALES}/{language}/LC_MESSAGES/{subject}.mo", "rb") as stream:  # noqa: PTH123
        return gettext.GNUTranslations(stream)


def asked_language(named: str | None) -> "Language | None":
    """The language that was `named`, else that of $BART_LANGUAGE; None when it is not nl or en."""
    said = named or os.environ.get("BART_LANGUAGE", "")
    return "nl" if said == "nl" else "en" if said == "en" else None
