"""The facilitator's screens as they look, at two sizes and in both languages."""

import re
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from bart_tool.domain.base import Language
from bart_tool.tui.dialogs import AskLine, Choose
from bart_tool.tui.facilitator.answers import Passing, WhoAnswers
from bart_tool.tui.facilitator.codes import Codes
from bart_tool.tui.facilitator.home import Home
from bart_tool.tui.facilitator.more import More
from bart_tool.tui.facilitator.new_session import NewSession
from bart_tool.tui.facilitator.session import SessionScreen
from bart_tool.tui.facilitator.sets import OneSet, ReadThrough, Sets
from bart_tool.tui.facilitator.sources import WhichItem
from bart_tool.workflow.phases import close
from tests.tui import sample
from tests.tui.conftest import check_screen
from tests.tui.facilitator.opened import facilitating, hand_in, typed
from tests.tui.waiting import at, text_of, until

SIZES = [(80, 24), (40, 20)]
LANGUAGES: list[Language] = ["nl", "en"]
everywhere = pytest.mark.parametrize(
    ("size", "language"), [(size, language) for size in SIZES for language in LANGUAGES]
)


def mark(size: tuple[int, int], language: Language) -> str:
    return f"{size[0]}x{size[1]}-{language}"


async def keep(pilot: Pilot[int], name: str) -> None:
    await pilot.pause()
    drawn_by_chance = re.sub(r"(?<=PIN |ode )\d{4} \d{4}\b", "0000 0000", text_of(pilot))
    check_screen(f"facilitator-{name}", drawn_by_chance)


@everywhere
async def test_home_and_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: Language
) -> None:
    monkeypatch.chdir(tmp_path)
    here = mark(size, language)
    root = Path("sessions")
    async with facilitating(root, size=size, language=language) as pilot:
        await until(pilot, lambda: pilot.app.screen._lines == ())  # type: ignore[attr-defined]
        await keep(pilot, f"empty-{here}")
        await pilot.press("question_mark")
        await keep(pilot, f"help-{here}")
    opened = sample.opened(root)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    async with facilitating(root, "proef", size, language) as pilot:
        await until(pilot, lambda: pilot.app.screen.seen is not None)  # type: ignore[attr-defined]
        await keep(pilot, f"session-{here}")
        await pilot.press("s")
        await at(pilot, Choose)
        await keep(pilot, f"closing-{here}")
        await pilot.press("escape")
        await at(pilot, SessionScreen)
        await until(pilot, lambda: not pilot.app.screen.is_at_work)  # type: ignore[attr-defined]
        await pilot.press("1")
        await at(pilot, WhoAnswers)
        await keep(pilot, f"who-{here}")
        await pilot.press("1")
        await at(pilot, Passing)
        await keep(pilot, f"passing-{here}")
        await pilot.press("escape")
        await at(pilot, SessionScreen)
        await until(pilot, lambda: not pilot.app.screen.is_at_work)  # type: ignore[attr-defined]
        await pilot.press("escape")
        await at(pilot, Home)
        await until(pilot, lambda: pilot.app.screen._lines)  # type: ignore[attr-defined]
        await keep(pilot, f"home-{here}")
    close(opened, date(2026, 11, 29))
    async with facilitating(root, "proef", size, language) as pilot:
        await until(pilot, lambda: pilot.app.screen.seen is not None)  # type: ignore[attr-defined]
        await keep(pilot, f"closed-{here}")


@everywhere
async def test_a_new_session_screen_by_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: Language
) -> None:
    monkeypatch.chdir(tmp_path)
    here = mark(size, language)
    async with facilitating(Path("sessions"), size=size, language=language) as pilot:
        await pilot.press("n")
        await at(pilot, NewSession)
        await keep(pilot, f"new-1-{here}")
        await typed(pilot, "Voorbeeldwijk")
        await pilot.press("enter")
        await keep(pilot, f"new-2-{here}")
        for line in ("7", "1", "Stadsbeheer", "2", "stadsbeheer"):
            await typed(pilot, line)
        await keep(pilot, f"new-wrong-{here}")
        for line in ("", ""):
            await typed(pilot, line)
        await keep(pilot, f"new-3-{here}")
        await pilot.press("f2")
        await at(pilot, More)
        await keep(pilot, f"more-{here}")
        for key, part in (("1", "decisions"), ("2", "functions"), ("3", "guesses")):
            await pilot.press(key)
            await keep(pilot, f"more-{part}-{here}")
            await pilot.press("escape")
        await pilot.press("4")
        await keep(pilot, f"more-sources-{here}")
        await pilot.press("1")
        await at(pilot, WhichItem)
        await keep(pilot, f"more-source-{here}")
        await pilot.press("escape")
        await at(pilot, More)
        await pilot.press("escape", "5")
        await at(pilot, AskLine)
        await typed(pilot, "morgen")
        await keep(pilot, f"more-asking-{here}")
        await pilot.press("escape")
        await at(pilot, More)
        await pilot.press("escape")
        await at(pilot, NewSession)
        await pilot.press("enter")
        await at(pilot, Codes)
        await keep(pilot, f"codes-{here}")


@everywhere
async def test_the_question_sets(tmp_path: Path, size: tuple[int, int], language: Language) -> None:
    here = mark(size, language)
    async with facilitating(tmp_path, size=size, language=language) as pilot:
        await pilot.press("v")
        await at(pilot, Sets)
        await keep(pilot, f"sets-{here}")
        await pilot.press("1")
        await at(pilot, OneSet)
        await keep(pilot, f"set-{here}")
        await pilot.press("1")
        await at(pilot, ReadThrough)
        await keep(pilot, f"reading-{here}")
