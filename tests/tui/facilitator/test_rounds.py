"""The next round and what moved, on the session's screen and for whoever answers there."""

from pathlib import Path

import pytest

from bart_tool.store.disk import DiskStore
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.facilitator.session import SessionScreen
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.follow_up import begin, planned
from bart_tool.workflow.open_session import open_session
from tests import follow_up_demo
from tests.tui.conftest import answering, check_screen
from tests.tui.conftest import begin as begin_answering
from tests.tui.facilitator.opened import facilitating
from tests.tui.waiting import at, shown, text_of, until
from tests.workshop import path_of

SIZES = ((80, 24), (40, 20))


async def test_the_next_round_is_begun_only_by_who_says_yes(tmp_path: Path) -> None:
    follow_up_demo.agreed(tmp_path)
    async with facilitating(tmp_path, "demo", size=(80, 40)) as pilot:
        await shown(pilot, "Vervolg: een volgende ronde")
        for key, number in (("2", 1), ("1", 2)):
            await pilot.press("v")
            await at(pilot, Choose)
            text = text_of(pilot)
            assert "De rayondirecteur hakt de knoop door" in text
            assert "hoogstens 15 antwoorden" in text
            await pilot.press(key)
            await at(pilot, SessionScreen)
            await until(
                pilot,
                lambda n=number: open_session(DiskStore(tmp_path), "demo").session.round == n,  # type: ignore[misc]
            )
        text = await shown(pilot, "Ronde 2", "[antwoorden]")
        assert "[ ] WR-01" in text
        assert "Bekijk wat er is verschoven" not in text


async def test_what_moved_is_written_and_told(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    opened = follow_up_demo.followed_up(root)
    async with facilitating(root, "demo", size=(80, 50)) as pilot:
        await shown(pilot, "[gesloten]", "Bekijk wat er is verschoven")
        await pilot.press("w")
        text = await shown(pilot, "Ronde 1 en ronde 2")
        boxed = (line.split("│")[1] for line in text.splitlines() if line.count("│") == 2)
        said = " ".join(" ".join(boxed).split())
        assert "1 is nagekomen, 1 is niet nagekomen" in said
        assert "Zeggenschap: 2 vragen dichter bij elkaar" in said
    assert (path_of(opened.folder) / "report" / "compare-1-2.html").exists()


@pytest.mark.parametrize("size", SIZES)
async def test_a_question_about_an_agreement_fits_its_screen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    opened = follow_up_demo.agreed(tmp_path)
    opened = begin(opened, planned(opened))
    async with answering(session_context(opened, "WR-01"), size=size) as pilot:
        assert "Dit is ronde 2" in text_of(pilot).replace("\n", " ")
        screen = await begin_answering(pilot)
        for _ in opened.question_set.items:
            if "nagekomen?" in text_of(pilot):
                break
            await pilot.press("enter")
            await pilot.pause()
        check_screen(f"follow-up-question-{size[0]}x{size[1]}", text_of(pilot))
        assert screen is pilot.app.screen
        assert "nagekomen?" in text_of(pilot)
