"""What a facilitator does on the screens, against what lies in the session's folder."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from bart_tool.domain.answer import Answer
from bart_tool.domain.session import Phase
from bart_tool.store import sheets
from bart_tool.store.disk import DiskStore
from bart_tool.tui.dialogs import AskLine, Choose
from bart_tool.tui.facilitator import reports
from bart_tool.tui.facilitator.answers import Passing, WhoAnswers
from bart_tool.tui.facilitator.home import Home
from bart_tool.tui.facilitator.session import SessionScreen
from bart_tool.tui.facilitator.sets import OneSet, ReadThrough, Sets
from bart_tool.tui.participant.question import Question
from bart_tool.tui.participant.welcome import Welcome
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import open_session
from bart_tool.workflow.phases import close
from bart_tool.workflow.retention import keep_answers_until
from tests.tui import sample
from tests.tui.facilitator.opened import facilitating, hand_in, typed
from tests.tui.waiting import at, shown, text_of, until
from tests.workshop import path_of


async def fill_in(pilot: Pilot[int], key: str, text: str) -> None:
    """Choose the line with this key, and type into the dialog that opens."""
    await pilot.press(key)
    await at(pilot, AskLine)
    await typed(pilot, text)


async def answer_dialog(pilot: Pilot[int], key: str) -> None:
    await at(pilot, Choose)
    dialog = pilot.app.screen
    await pilot.press(key)
    await until(pilot, lambda: pilot.app.screen is not dialog)


async def close_the_round(pilot: Pilot[int]) -> None:
    """Say yes to closing, and read what it means."""
    await answer_dialog(pilot, "1")
    await shown(pilot, "De ronde is gesloten.")
    await answer_dialog(pilot, "1")
    await shown(pilot, "[gesloten]")


async def test_an_empty_folder_says_how_to_begin(tmp_path: Path) -> None:
    async with facilitating(tmp_path / "nothing") as pilot:
        text = await shown(pilot, "Er is nog geen sessie")
        assert "Nieuwe sessie" in text
        assert not (tmp_path / "nothing").exists()


async def test_home_says_how_far_each_session_is_and_who_is_due(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    async with facilitating(tmp_path) as pilot:
        text = await shown(pilot, "1 van 3 klaar")
        assert "Voorbeeldwijk (proef)" in text
        assert "WM-01, WR-02" in text
        assert "WR-01" not in text


async def test_home_and_session_say_when_the_answers_must_be_erased(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    keep_answers_until(opened, date.today() + timedelta(days=3))
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "0 van 3 klaar")
        assert "wissen" not in text_of(pilot)  # there is nothing to erase yet
        hand_in(opened.reread(), "WR-01", ties_broken_by="wijkraad")
        await pilot.press("f5")
        await shown(pilot, "uiterlijk op")
        await pilot.press("enter")
        await at(pilot, SessionScreen)
        await shown(pilot, "gewist zijn: nog 3 dagen")


async def test_a_session_is_deleted_only_by_who_chooses_yes(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    async with facilitating(tmp_path, "proef", size=(80, 40)) as pilot:
        await shown(pilot, "Verwijder de sessie")
        await pilot.press("x")
        await at(pilot, Choose)
        assert "1 blad met antwoorden" in text_of(pilot)
        await pilot.press("enter")  # going back comes first
        await at(pilot, SessionScreen)
        assert (tmp_path / "proef" / "sheets" / "WR-01.yaml").exists()
        await until(pilot, lambda: not pilot.app.screen.is_at_work)  # type: ignore[attr-defined]
        await pilot.press("x")
        await answer_dialog(pilot, "2")
        await shown(pilot, "Sessie proef is verwijderd.", "mail waarmee een blad is verstuurd")
        assert not list(tmp_path.iterdir())
        await pilot.press("enter")
        await at(pilot, Home)
        await shown(pilot, "Er is nog geen sessie")


async def test_a_session_is_put_away_and_found_again(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    async with facilitating(tmp_path, "proef", size=(80, 40)) as pilot:
        text = await shown(pilot, "Verwijder de sessie")
        assert "Berg de sessie op" not in text  # people still answer
        close(opened)
        await pilot.press("f5")
        await shown(pilot, "Berg de sessie op")
        await pilot.press("g")
        await answer_dialog(pilot, "1")
        await shown(pilot, "Zet de sessie weer tussen de andere")
        await pilot.press("escape")
        text = await shown(pilot, "Opgeborgen: 1")
        assert "Voorbeeldwijk" not in text
        await pilot.press("g")
        await shown(pilot, "Voorbeeldwijk (proef)", "Verberg wat is opgeborgen")
        await pilot.press("1")
        await at(pilot, SessionScreen)
        await shown(pilot, "Zet de sessie weer tussen de andere")
        await pilot.press("g")
        await shown(pilot, "Berg de sessie op")
        await pilot.press("escape")
        text = await shown(pilot, "Voorbeeldwijk (proef)")
        assert "opgeborgen" not in text.lower()


async def test_a_session_that_cannot_be_read_is_named_and_explained(tmp_path: Path) -> None:
    sample.opened(tmp_path)
    (tmp_path / "proef" / "session.yaml").write_text("kapot: [", encoding="utf-8")
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "niet te lezen")
        await pilot.press("1")
        await at(pilot, Choose)
        assert "session.yaml" in text_of(pilot)
        await pilot.press("1")
        await at(pilot, Home)


async def test_the_laptop_goes_to_a_person_and_back(tmp_path: Path) -> None:
    sample.opened(tmp_path)
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "WR-02")
        await pilot.press("1")
        await at(pilot, WhoAnswers)
        await pilot.press("2")
        await at(pilot, Passing)
        assert "WR-02" in text_of(pilot)
        await pilot.press("enter")
        await at(pilot, Welcome)
        await pilot.press("enter", "enter", "1", "enter")
        await at(pilot, Question)
        await pilot.press("2")
        await pilot.press("ctrl+q")
        await at(pilot, Passing)
        assert "WR-01" not in text_of(pilot)  # whoever has the laptop sees nothing of the session
        await pilot.press("enter")
        await at(pilot, SessionScreen)
        await shown(pilot, "[~] WR-02")
    found = open_session(DiskStore(tmp_path), "proef").folder.sheet("WR-02")
    assert found is not None
    assert found[0].answers["primary-task/wijkraad"].value == "plan"


async def test_escape_while_passing_the_laptop_goes_back_without_a_trace(tmp_path: Path) -> None:
    sample.opened(tmp_path)
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "WR-02")
        await pilot.press("1")
        await at(pilot, WhoAnswers)
        await pilot.press("1")
        await at(pilot, Passing)
        await pilot.press("escape")
        await at(pilot, SessionScreen)
    assert not list((tmp_path / "proef" / "sheets").glob("*.yaml"))


async def test_status_shows_nothing_of_what_was_answered(tmp_path: Path) -> None:
    texts = []
    for value in ("wijkraad", "dont-know"):
        root = tmp_path / value
        opened = sample.opened(root)
        hand_in(opened, "WR-01", ties_broken_by=value)
        async with facilitating(root, "proef") as pilot:
            texts.append(await shown(pilot, "[x] WR-01"))
    assert texts[0] == texts[1]


async def test_closing_says_who_is_missing_and_where_few_handed_in(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "[x] WR-01")
        await pilot.press("s")
        await at(pilot, Choose)
        text = text_of(pilot)
        assert "WM-01, WR-02" in text
        assert "Minder dan 3 mensen leverden in bij: wijkraad." in text
        await pilot.press("2")
        await at(pilot, SessionScreen)
        assert open_session(DiskStore(tmp_path), "proef").session.phase is Phase.ANSWERING
        await pilot.press("s")
        await close_the_round(pilot)
    assert open_session(DiskStore(tmp_path), "proef").session.phase is Phase.CLOSED


async def test_the_report_is_made_and_named(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    for code in ("WR-01", "WR-02", "WM-01"):
        hand_in(opened, code, ties_broken_by="wijkraad")
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "Iedereen heeft ingeleverd")
        await pilot.press("1")
        await answer_dialog(pilot, "1")
        await shown(pilot, "De ronde is gesloten.")
        await answer_dialog(pilot, "1")
        await shown(pilot, "[gesloten]")
        await pilot.press("1")
        await at(pilot, Choose)
        assert "report.md" in text_of(pilot).replace("\n", "")
        await pilot.press("1")
        await shown(pilot, "Bespreken: de partijen")
    report = tmp_path / "proef" / "report"
    assert json.loads((report / "report.json").read_text("utf-8"))["session"] == "proef"
    assert (report / "report.md").exists()


async def test_the_report_opens_from_where_it_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_files: list[Path] = []
    monkeypatch.setattr(reports, "can_open", lambda: True)
    monkeypatch.setattr(reports, "open_file", lambda path: not opened_files.append(path))
    opened = sample.opened(tmp_path)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    close(opened)
    page = tmp_path / "proef" / "report" / "report.html"
    async with facilitating(tmp_path, "proef", size=(80, 50)) as pilot:
        text = await shown(pilot, "[gesloten]")
        assert "Open het verslag" not in text
        await pilot.press("1")
        await answer_dialog(pilot, "1")
        await until(pilot, lambda: opened_files == [page])
        await shown(pilot, "o Open het verslag")
        await pilot.press("o")
        await until(pilot, lambda: opened_files == [page, page])
        monkeypatch.setattr(reports, "open_file", lambda _: False)
        await until(pilot, lambda: not pilot.app.screen.is_at_work)  # type: ignore[attr-defined]
        await pilot.press("o")
        text = await shown(pilot, "Vanuit dit venster gaat het niet open")
        boxed = [line.split("│")[1].strip() for line in text.splitlines() if line.count("│") == 2]
        assert str(page) in "".join(boxed)


async def test_the_outcomes_are_written_as_tables_beside_the_report(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    close(opened)
    async with facilitating(tmp_path, "proef", size=(80, 50)) as pilot:
        text = await shown(pilot, "[gesloten]")
        assert "als tabellen" not in text
        await pilot.press("1")
        await at(pilot, Choose)
        await pilot.press("2" if "Open het verslag" in text_of(pilot) else "1")
        await shown(pilot, "e Schrijf de uitkomsten als tabellen")
        await pilot.press("e")
        await shown(pilot, "De tabellen zijn gemaakt")
    assert (tmp_path / "proef" / "report" / "export" / "findings.xlsx").is_file()


async def test_opening_again_marks_the_report_as_out_of_date(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "[x] WR-01")
        await pilot.press("s")
        await close_the_round(pilot)
        await pilot.press("1")
        await answer_dialog(pilot, "1")
        await shown(pilot, "Open de ronde weer")
        await pilot.press("h")
        await answer_dialog(pilot, "1")
        await shown(pilot, "[antwoorden]", "klopt niet meer")
    assert open_session(DiskStore(tmp_path), "proef").session.report_out_of_date


async def test_a_sheet_that_was_handed_in_is_opened_for_one_person(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "[x] WR-01")
        pilot.app.screen.choose("person:WR-01")  # type: ignore[attr-defined]
        await answer_dialog(pilot, "1")
        await until(
            pilot, lambda: open_session(DiskStore(tmp_path), "proef").session.reopened == ("WR-01",)
        )


async def test_a_folder_of_sheets_is_taken_in(tmp_path: Path) -> None:
    elsewhere, root = tmp_path / "stick", tmp_path / "sessions"
    there = sample.opened(tmp_path / "other")
    hand_in(there, "WR-01", ties_broken_by="wijkraad")
    found = there.folder.sheet("WR-01")
    assert found is not None
    elsewhere.mkdir()
    (elsewhere / "een blad.yaml").write_text(sheets.dump(found[0]), encoding="utf-8")
    (elsewhere / "kapot.yaml").write_text("{", encoding="utf-8")
    (elsewhere / "twee").mkdir()
    earlier = sheets.dump(found[0].changed(round=2))
    (elsewhere / "twee" / "eerder.yaml").write_text(earlier, encoding="utf-8")
    sample.opened(root)
    async with facilitating(root, "proef") as pilot:
        await shown(pilot, "[ ] WR-01")
        await fill_in(pilot, "o", f"'{elsewhere}'")
        await at(pilot, Choose)
        text = text_of(pilot)
        assert "Binnengekomen: WR-01" in text
        assert "- eerste keer: een blad.yaml (WR-01)" in text
        assert "- van een andere ronde: twee/eerder.yaml (WR-01)" in text
        assert "- beschadigd: kapot.yaml" in text
        assert "wijkraad" not in text
        await pilot.press("1")
        await shown(pilot, "[x] WR-01")
    assert (elsewhere / "kapot.yaml").read_text("utf-8") == "{"


async def test_answers_that_came_in_twice_are_settled_after_closing_without_unticked_words(
    tmp_path: Path,
) -> None:
    opened = sample.opened(tmp_path)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    found = opened.folder.sheet("WR-01")
    assert found is not None
    first = found[0].answers["ties-broken-by"]
    other = first.model_copy(update={"value": "wijkmanager", "note": "onder ons"})
    opened.folder.keep_conflict(found[0].changed(answers={"ties-broken-by": other}))
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "[x] WR-01")
        assert "dubbel" not in text_of(pilot)
        await pilot.press("s")
        await at(pilot, Choose)
        await pilot.press("1")
        await shown(pilot, "De ronde is gesloten.")
        assert "1 antwoord kwam dubbel binnen en verschilt" in text_of(pilot)
        await pilot.press("1")
        await shown(pilot, "dubbel binnen en verschillen")
        await pilot.press("k")
        await shown(pilot, "Welk antwoord geldt?")
        text = text_of(pilot)
        assert "het eerst binnenkwam: wijkraad" in text
        assert "later binnenkwam: wijkmanager" in text
        assert "(eigen woorden" in text
        assert "onder ons" not in text
        await pilot.press("2")
        await until(
            pilot, lambda: bool(open_session(DiskStore(tmp_path), "proef").folder.decisions())
        )


async def test_two_whole_sheets_of_one_person_are_settled_in_one_go(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    spend = "mandate/wijkraad/small-urgent-spend"
    hand_in(
        opened, "WR-01", ties_broken_by="wijkraad", mandate__wijkraad__small_urgent_spend="decides"
    )
    found = opened.folder.sheet("WR-01")
    assert found is not None
    later = {"ties-broken-by": "wijkmanager", spend: "none"}
    answers = {item: Answer(value=value) for item, value in later.items()}
    opened.folder.keep_conflict(found[0].changed(answers=answers))
    closed = close(opened).opened
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "dubbel binnen en verschillen")
        await pilot.press("k")
        await shown(pilot, "Welk antwoord geldt?")
        assert "1 van 2" in text_of(pilot)
        assert "bij alle 2 van WR-01: wat later binnenkwam" in text_of(pilot)
        await pilot.press("4")
        await until(pilot, lambda: len(closed.folder.decisions()) == 2)
        assert not isinstance(pilot.app.screen, Choose)
    (sheet,) = picture_of(closed).picture.sheets
    assert {item: sheet.answers[item].value for item in later} == later


async def test_practising_leaves_no_trace(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    async with facilitating(root) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await pilot.press("v")
        await at(pilot, Sets)
        await pilot.press("1")
        await at(pilot, OneSet)
        await pilot.press("2")
        await at(pilot, Welcome)
        assert "niets bewaard" in text_of(pilot)
        await pilot.press("enter", "enter", "1", "enter")
        await at(pilot, Question)
        await pilot.press("1", "enter")
        await until(pilot, lambda: "oefenen" in text_of(pilot))
        assert "bewaard" not in text_of(pilot)
        await pilot.press("ctrl+q")
        await at(pilot, OneSet)
    assert not root.exists()
    assert not list(tmp_path.iterdir())


async def test_a_set_is_read_through_question_by_question(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await pilot.press("v")
        await at(pilot, Sets)
        await pilot.press("2", "1")
        await at(pilot, ReadThrough)
        first = pilot.app.screen.choices.row_id  # type: ignore[attr-defined]
        await pilot.press("down")
        assert pilot.app.screen.choices.row_id != first  # type: ignore[attr-defined]
        await pilot.press("escape", "escape", "escape")
        await at(pilot, Home)


async def test_the_demo_opens_on_its_own_session(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await pilot.press("d")
        await at(pilot, SessionScreen)
        await shown(pilot, "[gesloten]", "(demo)")


async def test_the_language_changes_on_every_screen_at_once(tmp_path: Path) -> None:
    sample.opened(tmp_path)
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "De volgende stap")
        await pilot.press("f3")
        await shown(pilot, "The next step", "preparing → [answering]")
        await pilot.press("escape")
        await shown(pilot, "New session")


async def test_the_palette_does_what_the_rows_do(tmp_path: Path) -> None:
    sample.opened(tmp_path)
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "De volgende stap")
        await pilot.press("ctrl+p")
        await typed(pilot, "laptop")
        await at(pilot, WhoAnswers)


async def test_a_session_that_vanishes_is_told_and_leads_home(tmp_path: Path) -> None:
    sample.opened(tmp_path)
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "De volgende stap")
        (tmp_path / "proef").rename(tmp_path / "weg")
        await pilot.press("f5")
        await answer_dialog(pilot, "1")
        await at(pilot, Home)


async def test_forms_are_made_for_everybody_from_the_session(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "De volgende stap")
        for key, way in (("1", ""), ("2", ".paper")):
            await pilot.press("f")
            await at(pilot, Choose)
            await pilot.press(key)
            await at(pilot, AskLine)
            await pilot.press(*"Team", "enter")
            await shown(pilot, "Bij wie kunnen mensen terecht?")
            await pilot.press("enter")
            await shown(pilot, "Op welke dag moet het uiterlijk terug zijn?")
            await pilot.press(*"1-5-2000", "enter")
            await shown(pilot, "Typ een dag vanaf vandaag")
            await pilot.press(*["backspace"] * 4, *"2099", "enter")
            await shown(pilot, "De formulieren zijn klaar")
            inside = (line.split("│")[1] for line in text_of(pilot).split("\n") if "│" in line)
            said = " ".join(" ".join(inside).split())
            assert "staat nog niet: bij wie mensen terechtkunnen en tot wanneer" in said
            await pilot.press("enter")
            await at(pilot, SessionScreen)
            forms = path_of(opened.folder) / "forms"
            for code in opened.session.party_of:
                assert (forms / f"{code}{way}.html").stat().st_size > 1000
                letter = (forms / f"{code}{way}.letter.txt").read_text("utf-8")
                assert letter.endswith("\n\nTeam\n")
                assert "1-5-2099" in letter or "1 mei 2099" in letter


async def test_what_is_the_matter_with_a_file_is_read_on_the_screen(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    (path_of(opened.folder) / "sheets" / "WR-02.yaml").write_text(
        "format: 1\nkind: answer", "utf-8"
    )
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "1 antwoord of bestand waar iets mee is")
        await pilot.press("m")
        assert "WR-02.yaml" in await shown(pilot, "Wat er aan de hand is")


async def test_where_the_window_cannot_be_given_away_it_says_what_to_type(tmp_path: Path) -> None:
    sample.opened(tmp_path)
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "De volgende stap")
        await pilot.press("z")
        await at(pilot, Choose)
        assert "bart serve proef" in text_of(pilot)


async def test_a_reminder_is_made_on_the_screen_for_who_has_not_handed_in(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "De volgende stap")
        await pilot.press("f")
        await answer_dialog(pilot, "3")
        for _ in range(3):
            await at(pilot, AskLine)
            asked = pilot.app.screen
            await pilot.press("enter")
            await until(pilot, lambda asked=asked: pilot.app.screen is not asked)
        await shown(pilot, "De formulieren zijn klaar", "Ze zijn voor: WM-01, WR-02")
    forms = sorted(path.name for path in (path_of(opened.folder) / "forms").glob("[A-Z]*"))
    assert forms == ["WM-01.html", "WM-01.reminder.txt", "WR-02.html", "WR-02.reminder.txt"]


async def test_a_file_that_is_not_there_leaves_what_was_typed_to_be_mended(tmp_path: Path) -> None:
    sample.opened(tmp_path)
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "De volgende stap")
        await pilot.press("o")
        await at(pilot, AskLine)
        await typed(pilot, str(tmp_path / "nergens.csv"))
        # Where its name breaks off depends on how long the path of this test is.
        said = await shown(pilot, "Er is geen bestand")
        assert "nergens.csv" in re.sub(r"[\s│]", "", said)
        assert isinstance(pilot.app.screen, AskLine)
        assert pilot.app.screen.query_one(Input).value == str(tmp_path / "nergens.csv")


async def test_a_round_that_closes_is_shown_from_the_top(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    async with facilitating(tmp_path, "proef", size=(60, 16)) as pilot:
        await shown(pilot, "De volgende stap")
        page = pilot.app.screen.query_one("#page")
        await pilot.press("s")
        await at(pilot, Choose)
        page.scroll_end(animate=False)
        await close_the_round(pilot)
        assert page.scroll_offset.y == 0
