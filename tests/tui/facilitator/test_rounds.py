"""The next round and what moved, on the session's screen and for whoever answers there."""

from pathlib import Path

import pytest

from bart_tool.store.disk import DiskStore
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.facilitator import reports
from bart_tool.tui.facilitator.session import SessionScreen
from bart_tool.tui.findings.findings_screen import FindingsScreen
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


async def test_a_finished_round_stays_one_enter_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_files: list[Path] = []
    monkeypatch.setattr(reports, "open_file", lambda path: not opened_files.append(path))
    opened = follow_up_demo.agreed(tmp_path)
    report = path_of(opened.folder) / "rounds" / "1" / "report"
    begin(opened, planned(opened))
    async with facilitating(tmp_path, "demo", size=(80, 60)) as pilot:
        await shown(pilot, "[antwoorden]", "Ronde 1, gesloten op")
        screen = pilot.app.screen
        assert isinstance(screen, SessionScreen)
        screen.choose("round:look:1")
        await at(pilot, FindingsScreen)
        assert "Bespreken" not in text_of(pilot)  # that round was talked about
        await pilot.press("escape")
        await at(pilot, SessionScreen)
        await until(pilot, lambda: not screen.is_at_work)
        made = next(each for each in ("html", "md") if (report / f"report.{each}").exists())
        await shown(pilot, "Open het verslag van ronde 1")
        screen.choose("round:report:1")
        await until(pilot, lambda: opened_files == [report / f"report.{made}"])
        for old in report.glob("report.*"):
            old.unlink()
        await until(pilot, lambda: not screen.is_at_work)
        await pilot.press("f5")
        await shown(pilot, "Maak het verslag van ronde 1")
        screen.choose("round:report:1")
        await at(pilot, Choose)
        assert (report / "report.html").exists()


async def test_three_rounds_each_say_what_moved(tmp_path: Path) -> None:
    opened = follow_up_demo.followed_up(tmp_path)
    begin(opened, planned(opened))
    async with facilitating(tmp_path, "demo", size=(80, 60)) as pilot:
        await shown(pilot, "Ronde 2, gesloten op", "Ronde 1, gesloten op")
        screen = pilot.app.screen
        assert isinstance(screen, SessionScreen)
        assert screen.choices.rows
        rows = [row.id for row in screen.choices.rows if row.id.startswith("round:")]
        assert rows == [
            *("round:look:2", "round:report:2", "round:moved:2"),
            *("round:look:1", "round:report:1"),
        ]
        screen.choose("round:moved:2")
        await shown(pilot, "Ronde 1 en ronde 2")


async def test_a_round_that_nobody_began_is_taken_back_on_the_screen(tmp_path: Path) -> None:
    opened = follow_up_demo.agreed(tmp_path)
    begin(opened, planned(opened))
    async with facilitating(tmp_path, "demo", size=(80, 60)) as pilot:
        await shown(pilot, "Draai deze ronde terug")
        for key, number in (("2", 2), ("1", 1)):
            await pilot.press("n")
            await at(pilot, Choose)
            assert "Je gaat terug naar ronde 1" in text_of(pilot)
            assert "1 Draai ronde 2 terug" in text_of(pilot)  # not “back” beside “go back”
            await pilot.press(key)
            await at(pilot, SessionScreen)
            await until(
                pilot,
                lambda n=number: open_session(DiskStore(tmp_path), "demo").session.round == n,  # type: ignore[misc]
            )
        text = await shown(pilot, "Vervolg: een volgende ronde")
        assert "Draai deze ronde terug" not in text


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
