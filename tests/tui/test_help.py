"""`?` on every screen says what can be done there, with its keys."""

from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.base import Language
from bart_tool.tui.base import BartScreen, TextField
from bart_tool.tui.dialogs import Help
from bart_tool.tui.key_bar import KeyBar
from bart_tool.tui.participant.opening import Opening
from bart_tool.tui.participant.question import Question
from tests.tui.every_screen import MADE, kinds_of_screen, opened_at
from tests.tui.waiting import text_of

LEAST = 60  # characters: a title and a sentence
by_name = sorted(MADE, key=lambda kind: kind.__name__)


def test_every_screen_of_the_program_is_opened_here() -> None:
    assert kinds_of_screen() == set(MADE)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", by_name, ids=lambda kind: kind.__name__)
async def test_every_screen_has_help_with_at_least_its_keys(
    kind: type[BartScreen[Any]], language: Language, tmp_path: Path
) -> None:
    async with opened_at(kind, tmp_path, language=language) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, BartScreen)
        keys = screen.query_one(KeyBar).keys
        told = screen.help_text()
        assert keys
        assert len(told) > LEAST or kind is Opening
        for key in keys:
            if kind is not Question:  # it says more of each, and Ctrl+Q for ^Q
                assert f"{key.key}  {key.text}" in told.splitlines()
        if kind is Opening:  # it keeps what is typed for the screen that comes next
            return
        in_field = isinstance(pilot.app.focused, TextField)  # which takes a question mark
        await pilot.press("f1" if in_field else "question_mark")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Help)
        first = next(line for line in told.splitlines() if line)
        assert first[:30] in text_of(pilot)
