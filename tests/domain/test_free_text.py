"""Text that somebody gave is made harmless character by character, and nothing else is touched."""

import unicodedata

import pytest

from bart_tool.domain.free_text import harmless, normal
from bart_tool.domain.text import Text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("\x00", "␀"),
        ("\x1b[31m", "␛[31m"),
        ("\x1f", "␟"),
        (" ", " "),
        ("~", "~"),
        ("\x7f", "␡"),
        ("\x80", "<U+0080>"),
        ("\x9b2J", "<U+009B>2J"),
        ("\x9f", "<U+009F>"),
        ("\u00a0", "\u00a0"),
        ("\u00a1", "\u00a1"),
        ("é ë ij ß", "é ë ij ß"),
        ("\u05d0", "\u05d0"),
        ("\u061c", "<U+061C>"),
        ("\u2028\u2029", "<U+2028><U+2029>"),
        ("\u202a", "<U+202A>"),
        ("\u202e", "<U+202E>"),
        ("\u200b", "<U+200B>"),
        ("\ufeff", "<U+FEFF>"),
        ("\ud800", "<U+D800>"),
        ("\udfff", "<U+DFFF>"),
        ("\ue000", "\ue000"),
        ("\ud7ff", "\ud7ff"),
        ("漢字", "漢字"),
        ("\U0001f600", "\U0001f600"),
        ("\U000e0041", "<U+E0041>"),
        ("a\tb", "a b"),
        ("a\nb", "a\nb"),
    ],
)
def test_what_could_drive_a_terminal_is_shown_and_the_rest_stays(given: str, shown: str) -> None:
    assert harmless(given) == shown
    assert harmless(shown) == shown
    assert harmless(f"voor {given} na") == f"voor {shown} na"


def test_a_line_end_stays_unless_it_must_be_one_line() -> None:
    assert harmless("a\n\nb", one_line=False) == "a\n\nb"
    assert harmless("a\n\nb", one_line=True) == "a␊␊b"


def test_no_character_of_any_kind_drives_anything() -> None:
    for number in (*range(0x3100), *range(0xD7F0, 0xE010), *range(0xFE00, 0x10000), 0xE0001):
        shown = harmless(chr(number))
        assert shown, f"U+{number:04X} is hidden"
        for char in shown:
            category = unicodedata.category(char)
            assert char == "\n" or category not in ("Cc", "Cs", "Zl", "Zp"), f"U+{number:04X}"
            assert category != "Cf" or char in "\u00ad\u200c\u200d", f"U+{number:04X}"


def test_the_marks_that_join_letters_stay() -> None:
    assert harmless("\u0645\u06cc\u200c\u062e") == "\u0645\u06cc\u200c\u062e"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_the_same_and_letters_are_whole(end: str) -> None:
    assert normal(f"een{end}twee{end}") == "een\ntwee\n"
    assert normal("e\u0301e\u0308n") == "éën"


def test_a_text_in_one_language_is_a_text() -> None:
    assert Text(nl="ja")
    assert Text(en="yes")
    assert not Text()
