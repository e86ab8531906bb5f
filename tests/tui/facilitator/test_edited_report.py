"""A report that was edited, on the screens: the page again, or a new report beside it."""

from pathlib import Path

import pytest

from bart_tool.store.disk import DiskStore
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.open_session import OpenSession
from tests.tui.facilitator.opened import facilitating
from tests.tui.waiting import shown
from tests.workshop import path_of

MINE = "\n## Door mij erbij geschreven\n"


@pytest.fixture
def edited(tmp_path: Path) -> OpenSession:
    opened = make_demo(DiskStore(tmp_path)).opened
    path = path_of(opened.folder) / "report" / "report.md"
    path.write_text(path.read_text("utf-8") + MINE, "utf-8")
    return opened


async def test_the_page_is_made_again_from_what_was_edited(
    tmp_path: Path, edited: OpenSession
) -> None:
    report = path_of(edited.folder) / "report"
    async with facilitating(tmp_path, "demo") as pilot:
        await shown(pilot, "De volgende stap")
        await pilot.press("r")
        await shown(pilot, "Je hebt report.md bewerkt")
        await pilot.press("enter")
        await shown(pilot, "De pagina is gemaakt")
    assert "Door mij erbij geschreven" in (report / "report.html").read_text("utf-8")
    assert MINE in (report / "report.md").read_text("utf-8")


async def test_a_new_report_keeps_the_edited_one_beside_it(
    tmp_path: Path, edited: OpenSession
) -> None:
    report = path_of(edited.folder) / "report"
    async with facilitating(tmp_path, "demo") as pilot:
        await shown(pilot, "De volgende stap")
        await pilot.press("r")
        await shown(pilot, "Je hebt report.md bewerkt")
        await pilot.press("down", "enter")
        await shown(pilot, "Het verslag is klaar", "bewerkt")
    assert MINE in (report / "edited-report.1.md").read_text("utf-8")
    assert MINE not in (report / "report.md").read_text("utf-8")


async def test_going_back_changes_nothing(tmp_path: Path, edited: OpenSession) -> None:
    report = path_of(edited.folder) / "report"
    async with facilitating(tmp_path, "demo") as pilot:
        await shown(pilot, "De volgende stap")
        await pilot.press("r")
        await shown(pilot, "Je hebt report.md bewerkt")
        await pilot.press("escape")
        await shown(pilot, "De volgende stap")
    assert not (report / "report.html").exists()
    assert not (report / "edited-report.1.md").exists()
