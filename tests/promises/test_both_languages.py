"""T19 in English: what is said is said on the same grounds, of the same, in the same order.

The sentences are held to the sheets in Dutch. Here every sentence that the program chooses is noted
under its msgid with the figures in it, once in each language; that the two lists are one list makes
what is true in Dutch true in English, but for the translation itself, which a person reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from unittest import mock

import pytest

from bart_tool.domain.base import Language
from bart_tool.wording.translation import Words
from tests import figures
from tests.promises.printed import (
    found,
    in_a_terminal,
    in_the_report,
    in_the_talk,
    on_the_screens,
    two_rounds_of,
)
from tests.promises.workshops import SETS, Workshop, workshop

Said = tuple[str, tuple[tuple[str, str], ...]]
SCREENS = 3  # entries of each view of the findings that are opened


def _figures(values: dict[str, object]) -> tuple[tuple[str, str], ...]:
    """The numbers and days among what fills a sentence; words are noted where they are chosen."""
    of = {name: str(value) for name, value in values.items() if isinstance(value, int | date)}
    for name, value in values.items():
        if isinstance(value, str) and value and not any(sign.isalpha() for sign in value):
            of[name] = value.replace(",", ".")
    return tuple(sorted(of.items()))


@contextmanager
def _noting() -> Iterator[list[Said]]:
    """Note every sentence that is chosen, whatever its language."""
    said: list[Said] = []
    plainly, counted, meant = Words.__call__, Words.plural, Words.of

    def one(self: Words, msgid: str, /, **values: object) -> str:
        said.append((msgid, _figures(values)))
        return plainly(self, msgid, **values)

    def by_number(self: Words, one: str, many: str, number: int, /, **values: object) -> str:
        said.append((many, _figures({"number": number, **values})))
        return counted(self, one, many, number, **values)

    def in_context(self: Words, context: str, msgid: str, /) -> str:
        said.append((f"{context}: {msgid}", ()))
        return meant(self, context, msgid)

    with (
        mock.patch.object(Words, "__call__", one),
        mock.patch.object(Words, "plural", by_number),
        mock.patch.object(Words, "of", in_context),
    ):
        yield said


def _said(of: Workshop, language: Language) -> tuple[list[Said], list[str]]:
    """What is chosen to be said of a workshop, and the texts that it becomes."""
    now = found(of)
    with _noting() as said:
        texts = [
            printed.text
            for part in (
                in_a_terminal(now, of, language),
                on_the_screens(now.findings, of, SCREENS, language),
                in_the_talk(now.findings, of, language),
                in_the_report(now.findings, of, language),
                *([two_rounds_of(now, of, language)] if of.later is not None else []),
            )
            for printed in part
        ]
    return said, texts


@pytest.mark.parametrize("name", SETS)
def test_in_english_the_same_is_said_of_the_same_sheets(name: str) -> None:
    for number in figures.seeds(25, 2_000):
        dutch, in_dutch = _said(workshop(name, number), "nl")
        english, in_english = _said(workshop(name, number), "en")
        assert len(dutch) > 50
        assert dutch == english, f"workshop({name!r}, {number})"
        assert in_dutch != in_english
