"""Every participant screen as text, at two sizes and in both languages, against a kept copy."""

from pathlib import Path

import pytest

from bart_tool.domain.base import Language
from tests.tui import sample
from tests.tui.conftest import answering, begin, check_screen, read_through
from tests.tui.waiting import text_of

SIZES = {"80x24": (80, 24), "40x20": (40, 20)}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("size", list(SIZES))
async def test_the_screens_look_as_they_were_last_looked_at(
    tmp_path: Path, size: str, language: Language
) -> None:
    context = sample.context(tmp_path, "WM-01", functions=("voorzitter", "lid"))
    async with answering(context, SIZES[size], language) as pilot:

        async def look(name: str) -> None:
            await pilot.pause()
            check_screen(f"participant-{name}-{size}-{language}", text_of(pilot))

        await look("welcome")
        await read_through(pilot, "about")
        await look("seen")
        await read_through(pilot, "seen")
        await pilot.press("2")
        await look("consent")
        await pilot.press("enter")
        await look("function")
        await pilot.press("enter", "1", "s")
        screen = pilot.app.screen
        await screen.visit.keeper.settled()  # type: ignore[attr-defined]
        await look("choice")
        await pilot.press("t", *"heel")
        await pilot.press("enter")
        await pilot.press("question_mark")
        await look("help")
        await pilot.press("escape", "enter", "enter")
        await pilot.press(*"Samen", "enter")
        await pilot.press("3")
        await screen.visit.keeper.settled()  # type: ignore[attr-defined]
        await look("table")
        for _ in range(9):
            screen.action_go_on()  # type: ignore[attr-defined]
            if pilot.app.screen is not screen or screen.visit.state.place.page == 6:  # type: ignore[attr-defined]
                break
        await pilot.press("2", "v")
        await screen.visit.keeper.settled()  # type: ignore[attr-defined]
        await look("roles")
        await pilot.press("f2")
        await look("picture")
        await pilot.press("ctrl+p")
        await look("palette")
        await pilot.press("escape", "i")
        await look("hand-in")
        await pilot.press("1")
        await pilot.pause()
        await look("done")


async def test_going_on_after_a_stop_looks_as_it_was_last_looked_at(tmp_path: Path) -> None:
    context = sample.context(tmp_path)
    async with answering(context) as pilot:
        await begin(pilot)
        await pilot.press("1", "ctrl+q")
    async with answering(context) as pilot:
        check_screen("participant-resume-80x24-nl", text_of(pilot))
