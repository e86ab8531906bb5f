"""The font that comes along has what is said to be in it, and the rest is shown as a number."""

import sys
import unicodedata

import pytest
from fontTools.ttLib import TTFont

from bart_tool.report import own_font
from bart_tool.report.own_font import shown

NAMES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf")


@pytest.mark.parametrize("name", NAMES)
def test_the_font_has_every_letter_that_is_shown_as_it_is(name: str) -> None:
    with own_font.folder() as folder:
        font = TTFont(folder / name)
    assert font["name"].getDebugName(16 if "Semi" in name else 1) == own_font.FAMILY
    has = set(font.getBestCmap())
    every = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    as_is = {ord(char) for char in every if shown(char) == char}
    assert as_is - has == set()
    assert len(as_is) > 1000


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("Één café, €5 → 10", "Één café, €5 → 10"),
        ("e\u0301", "é"),
        ("Ж λ ž", "Ж λ ž"),
        ("中", "<U+4E2D>"),
        ("\u241b[31m", "<U+001B>[31m"),
        ("af\u00adbreken", "afbreken"),
        ("\u200d\U0001f600", "<U+200D><U+1F600>"),
    ],
)
def test_what_the_font_lacks_is_shown_as_a_number(given: str, written: str) -> None:
    assert shown(given) == written
    assert unicodedata.is_normalized("NFC", shown(given))
