"""What a facilitator does on the screens, against what lies in the session's folder."""

import json
from pathlib import Path

from textual.pilot import Pilot

from bart_tool.domain.session import Phase
from bart_tool.store import sheets
from bart_tool.store.disk import DiskStore
from bart_tool.tui.dialogs import AskLine, Choose
from bart_tool.tui.facilitator.answers import Passing, WhoAnswers
from bart_tool.tui.facilitator.home import Home
from bart_tool.tui.facilitator.new_session import Codes, NewSession
from bart_tool.tui.facilitator.session import SessionScreen
from bart_tool.tui.facilitator.sets import OneSet, ReadThrough, Sets
from bart_tool.tui.facilitator.sources import WhichItem
from bart_tool.tui.participant.question import Question
from bart_tool.tui.participant.welcome import Welcome
from bart_tool.workflow.open_session import open_session
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
    await pilot.press(key)
    await until(pilot, lambda: not isinstance(pilot.app.screen, Choose))


async def test_an_empty_folder_says_how_to_begin(tmp_path: Path) -> None:
    async with facilitating(tmp_path / "nothing") as pilot:
        text = await shown(pilot, "Er is nog geen sessie")
        assert "Nieuwe sessie" in text
        assert not (tmp_path / "nothing").exists()


async def test_parties_are_named_and_of_one_person_is_guessed_only_when_that_one_agreed(
    tmp_path: Path,
) -> None:
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await pilot.press("n")
        await at(pilot, NewSession)
        await fill_in(pilot, "1", "Noord")
        await shown(pilot, "noord")
        await pilot.press("right", "4")
        await shown(pilot, "Voeg een partij toe")
        for key, name, people in (("1", "de verpleging", "3"), ("2", "het bestuur", "1")):
            await fill_in(pilot, key, name)
            await at(pilot, AskLine)
            await typed(pilot, people)
            await shown(pilot, f"{name}: {people}")
        await pilot.press("right", "right", "5")
        await shown(pilot, "Vindt deze persoon dat goed?")
        await pilot.press("escape")
        await at(pilot, NewSession)
        await shown(pilot, "[ ] het bestuur")
        await pilot.press("4")
        await shown(pilot, "[x] de verpleging")
        await pilot.press("5")
        await shown(pilot, "Vindt deze persoon dat goed?")
        await pilot.press("1")
        await shown(pilot, "[x] het bestuur")
        await pilot.press("right", "right")
        await shown(pilot, "Anderen raden over: verpleging, bestuur")
        await pilot.press("right")
        await at(pilot, Codes)
    opened = open_session(DiskStore(tmp_path), "noord")
    assert opened.session.kind_of == {"verpleging": "verpleging", "bestuur": "bestuur"}
    assert opened.session.guess_about == ("verpleging", "bestuur")
    assert opened.session.guess_consent == ("bestuur",)
    assert len(opened.question_set.guesses) == 6


async def test_a_session_is_made_as_it_was_filled_in(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await pilot.press("n")
        await at(pilot, NewSession)
        await pilot.press("right")  # nothing filled in yet
        assert "Vul eerst de wijk in" in text_of(pilot)
        await fill_in(pilot, "1", "Voorbeeldwijk Zuid")
        await shown(pilot, "voorbeeldwijk-zuid")
        await pilot.press("right", "right")
        await pilot.press("right")
        assert "hoeveel mensen" in text_of(pilot)
        await fill_in(pilot, "1", "2")
        await shown(pilot, "wijkraad: 2 mensen")
        await fill_in(pilot, "2", "1")
        await shown(pilot, "wijkmanager: 1 persoon")
        await fill_in(pilot, "3", "Stadsbeheer")
        await at(pilot, AskLine)
        await typed(pilot, "2")
        await shown(pilot, "cluster Stadsbeheer: 2 mensen")
        await pilot.press("right")
        await fill_in(pilot, "9", "Een bank")
        await shown(pilot, "9 Een bank")
        await pilot.press("right")
        await fill_in(pilot, "1", "4")
        await shown(pilot, "4 mensen")
        await fill_in(pilot, "2", "30-6-2027")
        await shown(pilot, "30-6-2027")
        await pilot.press("right", "right")
        assert not list(tmp_path.iterdir())  # nothing is made until the end
        await pilot.press("right")
        await at(pilot, Codes)
        assert "WR-01   WR-02" in text_of(pilot)
        await pilot.press("enter")
        await at(pilot, SessionScreen)
    session = open_session(DiskStore(tmp_path), "voorbeeldwijk-zuid").session
    assert session.title == "Voorbeeldwijk Zuid"
    assert [(p.id, session.invited(p.id)) for p in session.parties] == [
        ("wijkraad", 2),
        ("wijkmanager", 1),
        ("cluster-stadsbeheer", 2),
    ]
    assert (session.k, str(session.keep_until)) == (4, "2027-06-30")
    assert [each.label.nl for each in session.decisions.values()] == ["Een bank"]
    assert session.phase is Phase.ANSWERING


async def test_a_formal_source_is_kept_with_the_answer_that_it_gives(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await pilot.press("n")
        await at(pilot, NewSession)
        await fill_in(pilot, "1", "Voorbeeldwijk")
        await shown(pilot, "Korte naam: voorbeeldwijk")
        await pilot.press("right", "right")
        await fill_in(pilot, "1", "3")
        await shown(pilot, "3 mensen")
        await pilot.press("right", "right", "right", "1")
        await at(pilot, WhichItem)
        pilot.app.screen.choices.point_at("mandate/wijkraad/small-urgent-spend")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await at(pilot, AskLine)
        await typed(pilot, "Verordening, artikel 4")
        await answer_dialog(pilot, "4")
        await shown(pilot, "Verordening, artikel 4")
        await pilot.press("right", "right")
        await at(pilot, Codes)
    source = open_session(DiskStore(tmp_path), "voorbeeldwijk").session.sources
    assert source["mandate/wijkraad/small-urgent-spend"].text == "Verordening, artikel 4"
    assert source["mandate/wijkraad/small-urgent-spend"].value == "advises"


async def test_known_rules_are_picked_and_let_go_in_the_wizard(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await pilot.press("n")
        await at(pilot, NewSession)
        await fill_in(pilot, "1", "Voorbeeldwijk")
        await shown(pilot, "Korte naam: voorbeeldwijk")
        await pilot.press("right", "right")
        await fill_in(pilot, "1", "3")
        await shown(pilot, "3 mensen")
        await pilot.press("right", "right", "right")
        await shown(pilot, "Controleer of ze nog gelden", "2 [ ] Verordening op de Wijkraden 2022")
        await pilot.press("2")
        await shown(pilot, "2 [x] Verordening")
        await pilot.press("3")
        await shown(pilot, "3 [x] ")
        await pilot.press("3")
        await shown(pilot, "3 [ ] ")
        await pilot.press("right")
        await shown(pilot, "Bronnen: 1")
        await pilot.press("right")
        await at(pilot, Codes)
    sources = open_session(DiskStore(tmp_path), "voorbeeldwijk").session.sources
    assert set(sources) == {"purpose/wijkraad", "primary-task/wijkraad"}
    assert all(each.to_check for each in sources.values())


async def test_leaving_a_half_made_session_is_asked_once_and_makes_nothing(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await pilot.press("n")
        await at(pilot, NewSession)
        await pilot.press("escape")
        await at(pilot, Home)  # nothing was filled in, so nothing is asked
        await pilot.press("n")
        await at(pilot, NewSession)
        await fill_in(pilot, "1", "Voorbeeldwijk")
        await shown(pilot, "1 Wijk: Voorbeeldwijk")
        await pilot.press("escape")
        await answer_dialog(pilot, "enter")  # going on comes first
        assert isinstance(pilot.app.screen, NewSession)
        await pilot.press("escape")
        await answer_dialog(pilot, "2")
        await at(pilot, Home)
    assert not list(tmp_path.iterdir())


async def test_a_name_that_is_taken_is_refused_with_the_reason(tmp_path: Path) -> None:
    sample.opened(tmp_path)
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "proef")
        await pilot.press("n")
        await at(pilot, NewSession)
        await fill_in(pilot, "2", "proef")
        await answer_dialog(pilot, "1")
        assert "Korte naam: (nog leeg)" in text_of(pilot)


async def test_home_says_how_far_each_session_is_and_who_is_due(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    async with facilitating(tmp_path) as pilot:
        text = await shown(pilot, "1 van 3 klaar")
        assert "Voorbeeldwijk (proef)" in text
        assert "WM-01, WR-02" in text
        assert "WR-01" not in text


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
        await answer_dialog(pilot, "1")
        await shown(pilot, "[gesloten]")
    assert open_session(DiskStore(tmp_path), "proef").session.phase is Phase.CLOSED


async def test_the_report_is_made_and_named(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    for code in ("WR-01", "WR-02", "WM-01"):
        hand_in(opened, code, ties_broken_by="wijkraad")
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "Iedereen heeft ingeleverd")
        await pilot.press("1")
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


async def test_opening_again_marks_the_report_as_out_of_date(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    hand_in(opened, "WR-01", ties_broken_by="wijkraad")
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "[x] WR-01")
        await pilot.press("s")
        await answer_dialog(pilot, "1")
        await shown(pilot, "[gesloten]")
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


async def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    sample.opened(tmp_path)
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "[ ] WR-01")
        await fill_in(pilot, "o", "nergens.yaml")
        await at(pilot, Choose)
        assert "nergens.yaml" in text_of(pilot)


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
        await shown(pilot, "The next step", "prepare → [answer]")
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


async def test_a_key_and_a_click_on_it_do_their_work_once(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await pilot.press("n")
        await at(pilot, NewSession)
        await fill_in(pilot, "1", "Voorbeeldwijk")
        await shown(pilot, "Korte naam: voorbeeldwijk")
        await pilot.press("enter")  # the pointer stands on the way on
        assert "stap 2 van 7" in text_of(pilot)
        keys = pilot.app.screen.query_one("#keys")
        line = text_of(pilot).splitlines()[keys.region.y]
        await pilot.click("#keys", offset=(line.index("volgende stap"), 0))
        await shown(pilot, "stap 3 van 7")
        await pilot.pause()
        assert "stap 3 van 7" in text_of(pilot)


async def test_forms_are_made_for_everybody_from_the_session(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    async with facilitating(tmp_path, "proef") as pilot:
        await shown(pilot, "De volgende stap")
        for key, ending in (("1", ".html"), ("2", ".paper.html")):
            await pilot.press("f")
            await at(pilot, Choose)
            await pilot.press(key)
            await at(pilot, AskLine)
            await pilot.press(*"Team", "enter")
            await shown(pilot, "Bij wie kunnen mensen terecht?")
            await pilot.press("enter")
            await shown(pilot, "De formulieren zijn klaar")
            inside = (line.split("│")[1] for line in text_of(pilot).split("\n") if "│" in line)
            said = " ".join(" ".join(inside).split())
            assert "staat nog niet: bij wie mensen terechtkunnen en tot wanneer" in said
            await pilot.press("enter")
            await at(pilot, SessionScreen)
            forms = path_of(opened.folder) / "forms"
            for code in opened.session.party_of:
                assert (forms / f"{code}{ending}").stat().st_size > 1000
                letter = (forms / f"{code}.letter.txt").read_text("utf-8")
                assert letter.endswith("\n\nTeam\n")


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
