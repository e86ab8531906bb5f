"""Practising says one thing on every screen: nothing is kept."""

import re
from collections.abc import AsyncIterator

import pytest
from textual.pilot import Pilot

from bart_tool.domain.base import Language
from bart_tool.tui.app import BartApp
from bart_tool.tui.base import BartScreen
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.participant.flow import HandedIn, visit
from bart_tool.tui.participant.my_picture import MyPicture
from bart_tool.tui.participant.question import Question
from bart_tool.tui.participant.welcome import Welcome
from bart_tool.tui.shell import Shell
from bart_tool.workflow.answering.context import practice_context
from tests.tui.waiting import at, text_of

KEPT = {"nl": r"(?<!niets )bewaard\b", "en": r"(?<!nothing is )\bkept\b"}
NOTHING = {"nl": "niets bewaard", "en": "othing "}


async def read(pilot: Pilot[int]) -> str:
    """What stands on the screen, and behind `?`, in one line."""
    screen = pilot.app.screen
    more = screen.help_text() if isinstance(screen, BartScreen) else ""
    return " ".join(f"{text_of(pilot)} {more}".replace("│", " ").split())


async def walked(pilot: Pilot[int]) -> AsyncIterator[str]:
    """Every screen of somebody who practises, from the welcome to after handing in."""
    await at(pilot, Welcome)
    for keys in (("enter",), ("enter",), ("1", "enter")):
        yield await read(pilot)
        await pilot.press(*keys)
        await pilot.pause()
    await at(pilot, Question)
    yield await read(pilot)
    await pilot.press("escape")
    await at(pilot, Choose)
    yield await read(pilot)
    await pilot.press("escape", "1")
    await pilot.pause()
    yield await read(pilot)
    await pilot.press("f2")
    await at(pilot, MyPicture)
    yield await read(pilot)
    await pilot.press("i")
    await at(pilot, Choose)
    yield await read(pilot)
    await pilot.press("1")
    await at(pilot, HandedIn)
    yield await read(pilot)


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_no_screen_of_practising_says_that_something_is_kept(language: Language) -> None:
    async def flow(app: Shell) -> int:
        await visit(app, practice_context("wijk-kort", "wijkraad"))
        return 0

    async with BartApp(flow, language).run_test(size=(100, 50)) as pilot:
        said = [each async for each in walked(pilot)]
    for each in said:
        assert not re.search(KEPT[language], each.replace("Nothing was kept", "")), each
    assert sum(NOTHING[language] in each for each in said) >= 6
