"""Making a session in three screens: keys counted, nothing lost, nothing chosen unseen."""

import re
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from bart_tool.domain.session import Phase, Session
from bart_tool.store.disk import DiskStore
from bart_tool.store.pins import are_asked
from bart_tool.tui.dialogs import AskLine, Choose
from bart_tool.tui.facilitator.codes import Codes
from bart_tool.tui.facilitator.home import Home
from bart_tool.tui.facilitator.more import More
from bart_tool.tui.facilitator.new_session import NewSession
from bart_tool.tui.facilitator.session import SessionScreen
from bart_tool.tui.facilitator.sources import WhichItem
from bart_tool.workflow.open_session import open_session
from tests.tui import sample
from tests.tui.facilitator.opened import facilitating, new_session_filled_in, typed
from tests.tui.waiting import at, shown, text_of, until

# From the first screen of bart to the codes: keys, and between them names that are typed.
WALK = (
    *("n", "'Voorbeeldwijk", "enter", "enter"),
    *("7", "enter", "1", "enter"),
    *("'Stadsbeheer", "enter", "2", "enter"),
    *("'Welzijn", "enter", "2", "enter"),
    *("enter", "enter"),
)
MOST_KEYS = 15


async def press(pilot: Pilot[int], *steps: str) -> None:
    """Press every key; what begins with an apostrophe is typed letter by letter."""
    for step in steps:
        await pilot.press(*(step[1:] if step.startswith("'") else (step,)))


def made(root: Path, name: str = "voorbeeldwijk") -> Session:
    return open_session(DiskStore(root), name).session


def people(session: Session) -> dict[str, int]:
    return {party.id: session.invited(party.id) for party in session.parties}


async def answer_dialog(pilot: Pilot[int], key: str) -> None:
    await at(pilot, Choose)
    await pilot.press(key)
    await until(pilot, lambda: not isinstance(pilot.app.screen, Choose))


async def more(pilot: Pilot[int], *keys: str) -> None:
    """Open what may be set too, and choose from it."""
    await pilot.press("f2")
    await at(pilot, More)
    await pilot.press(*keys)


async def less(pilot: Pilot[int]) -> None:
    """Back to the screens of the session."""
    while not isinstance(pilot.app.screen, NewSession):
        await pilot.press("escape")


async def test_a_session_for_four_parties_takes_fifteen_keys_and_the_names(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await press(pilot, *WALK)
        await at(pilot, Codes)
        assert re.search(r"WR-01 +pincode \d{4}", text_of(pilot))
        await pilot.press("enter")
        await at(pilot, SessionScreen)
    session = made(tmp_path)
    assert sum(not step.startswith("'") for step in WALK) <= MOST_KEYS
    assert session.phase is Phase.ANSWERING
    assert session.title == "Voorbeeldwijk"
    assert people(session) == {
        "wijkraad": 7,
        "wijkmanager": 1,
        "cluster-stadsbeheer": 2,
        "cluster-welzijn": 2,
    }


@pytest.mark.parametrize(("key", "asks"), [("1", True), ("2", False)])
async def test_whoever_makes_a_session_says_whether_people_answer_on_this_computer(
    tmp_path: Path, key: str, asks: bool
) -> None:
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await new_session_filled_in(pilot, "Voorbeeldwijk", "3", "")
        await shown(pilot, "Antwoorden mensen op deze computer?")
        await press(pilot, key)
        await at(pilot, Codes)
        assert ("pincode" in text_of(pilot)) is asks
    assert are_asked(open_session(DiskStore(tmp_path), "voorbeeldwijk").home) is asks


async def test_what_is_typed_faster_than_it_is_shown_lands_where_it_was_meant(
    tmp_path: Path,
) -> None:
    async with facilitating(tmp_path) as pilot:
        await press(pilot, "n", "'Noord", "enter", "enter")
        for key in "7\r1\rStad\r2\rZorg\r3\r":
            name = "enter" if key == "\r" else key
            pilot.app.post_message(events.Key(name, None if key == "\r" else key))
        await shown(pilot, "mensen: 3", "cluster: (nog een)")
        assert "stap 2 van 3" in text_of(pilot)
        await press(pilot, "enter", "enter")
        await at(pilot, Codes)
    assert people(made(tmp_path, "noord")) == {
        "wijkraad": 7,
        "wijkmanager": 1,
        "cluster-stad": 2,
        "cluster-zorg": 3,
    }


async def test_keys_typed_ahead_of_a_screen_do_nothing_on_it(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await press(pilot, "n", "'Noord", "enter", "enter", "7", "enter", "1", "enter")
        for _ in range(6):
            pilot.app.post_message(events.Key("enter", None))
        await shown(pilot, "stap 3 van 3")
        assert isinstance(pilot.app.screen, NewSession)
    assert not list(tmp_path.iterdir())


async def test_pasted_lines_are_one_name(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await press(pilot, "n", "'Noord", "enter", "enter", "7", "enter", "1", "enter")
        pilot.app.screen.query_one(Input).post_message(events.Paste("Stad en\nWijk\n"))
        await shown(pilot, "cluster: Stad en Wijk")
        assert "Naam van nog een cluster" in text_of(pilot)


async def test_the_line_asks_for_the_party_by_name(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await press(pilot, "n", "'Noord", "enter", "enter")
        await shown(pilot, "Hoeveel mensen antwoorden voor de wijkraad?")
        await press(pilot, "down")
        await shown(pilot, "Hoeveel mensen antwoorden voor de wijkmanager?")
        await press(pilot, "down", "'Zorg", "enter")
        await shown(pilot, "Hoeveel mensen antwoorden voor cluster Zorg?")


async def test_a_cluster_that_is_there_already_is_told_and_never_replaced(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await press(pilot, "n", "'Noord", "enter", "enter", "7", "enter", "enter")
        for line in ("Stadsbeheer", "2", "cluster stadsbeheer"):
            await typed(pilot, line)
        await shown(pilot, "cluster Stadsbeheer staat er al", "stap 2 van 3")
        assert pilot.app.screen.query_one(Input).value == "cluster stadsbeheer"
        pilot.app.screen.choose("next")  # type: ignore[attr-defined]
        await shown(pilot, "stap 2 van 3", "› cluster: cluster stadsbeheer")
        for line in ("", ""):
            await typed(pilot, line)
        await shown(pilot, "stap 3 van 3")
        await pilot.press("enter")
        await at(pilot, Codes)
    assert people(made(tmp_path, "noord")) == {"wijkraad": 7, "cluster-stadsbeheer": 2}


async def test_a_cluster_is_renamed_where_it_stands_and_taken_away_by_making_it_empty(
    tmp_path: Path,
) -> None:
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await new_session_filled_in(pilot, "Noord", "7", "", "Stad", "2", "Zorg", "3", "Groen", "1")
        await shown(pilot, "cluster Stad 2, cluster Zorg 3, cluster Groen 1")
        await pilot.press("escape", "down", "down")
        await shown(pilot, "Hoe heet deze?")
        await typed(pilot, "Stadsbeheer")
        await shown(pilot, "voor cluster Stadsbeheer?")
        await pilot.press("down")
        await typed(pilot, "")
        text = await shown(pilot, "› cluster: Groen")
        assert "Zorg" not in text
        await pilot.press("down")
        await typed(pilot, "0")  # nobody: that takes it away too
        await typed(pilot, "")
        await shown(pilot, "wijkraad 7, cluster Stadsbeheer 2")
        await pilot.press("enter")
        await at(pilot, Codes)
    assert people(made(tmp_path, "noord")) == {"wijkraad": 7, "cluster-stadsbeheer": 2}


async def test_a_number_that_is_none_stays_with_what_is_wrong_beside_it(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await press(pilot, "n", "'Noord", "enter", "enter", "'zeven", "enter")
        await shown(pilot, "Typ alleen cijfers")
        assert pilot.app.screen.query_one(Input).value == "zeven"
        await press(pilot, "down", "1", "enter", "'Zorg", "enter", "down")
        await shown(pilot, "wijkraad: zeven", "mensen: (nog leeg)")
        await press(pilot, "enter")
        await shown(pilot, "› wijkraad: zeven")  # the first that is wrong
        assert pilot.app.screen.query_one(Input).value == "zeven"
        await typed(pilot, "7")
        text = await shown(pilot, "› wijkmanager: 1")
        assert "Hoeveel mensen? Typ alleen cijfers" in text  # of the cluster, below its row


async def test_nothing_is_made_without_a_wijk_or_a_party(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await press(pilot, "n", "enter")
        await shown(pilot, "Vul eerst de wijk in", "› Wijk")
        await press(pilot, "down", "enter")
        await shown(pilot, "Vul eerst de wijk in", "› Wijk")
        await press(pilot, "'Noord", "enter", "enter", "enter", "enter", "enter")
        await shown(pilot, "Vul eerst bij minstens één partij", "› wijkraad")


async def test_escape_goes_back_with_all_that_was_typed(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await press(pilot, "n", "'Noord", "enter", "enter", "'zes", "escape")
        await shown(pilot, "Wijk: Noord")
        await press(pilot, "down", "2")  # another set that has the same parties
        await shown(pilot, "wijkraad: zes")
        await press(pilot, "escape", "down", "4")  # one that has others
        await shown(pilot, "partij: (nog een)")
        await press(pilot, "escape", "down", "1")
        await shown(pilot, "wijkraad: zes")


async def test_leaving_a_half_made_session_is_asked_once_and_makes_nothing(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await press(pilot, "n")
        await at(pilot, NewSession)
        await press(pilot, "escape")
        await at(pilot, Home)  # nothing was filled in, so nothing is asked
        await press(pilot, "n")
        await at(pilot, NewSession)
        await press(pilot, "'Noord", "escape")
        await answer_dialog(pilot, "enter")  # going on comes first
        assert isinstance(pilot.app.screen, NewSession)
        assert pilot.app.screen.query_one(Input).value == "Noord"
        await press(pilot, "escape")
        await answer_dialog(pilot, "2")
        await at(pilot, Home)
    assert not list(tmp_path.iterdir())


async def test_the_last_screen_names_what_was_set_and_leads_to_it(tmp_path: Path) -> None:
    async with facilitating(tmp_path, size=(100, 40)) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await new_session_filled_in(pilot, "Noord", "7", "")
        text = await shown(pilot, "Er doet maar één partij mee")
        assert "Functies" not in text
        await more(pilot, "2", "1")
        await at(pilot, AskLine)
        await typed(pilot, "voorzitter")
        await shown(pilot, "1 voorzitter")
        await press(pilot, "escape", "1", "9")
        await at(pilot, AskLine)
        await typed(pilot, "Een bank")
        await shown(pilot, "9 Een bank")
        await press(pilot, "escape", "6")
        await at(pilot, AskLine)
        await typed(pilot, "4")
        await shown(pilot, "4 mensen")
        await press(pilot, "5")
        await at(pilot, AskLine)
        await typed(pilot, "30-6-2020")
        await shown(pilot, "2020-06-30 is al voorbij.")
        await typed(pilot, "30-6-2099")
        await shown(pilot, "vóór: 30-6-2099")
        await press(pilot, "7")
        await at(pilot, AskLine)
        await typed(pilot, "Noord!")
        await shown(pilot, "Noord!", "Korte naam")
        assert pilot.app.screen.query_one(Input).value == "Noord!"  # refused, and still there
        await typed(pilot, "mijn-noord")
        await less(pilot)
        text = await shown(pilot, "Functies: voorzitter", "Noord (mijn-noord)")
        assert "Een bank" in text
        assert "Kleinste groep die in beeld komt: 4 mensen" in text
        assert "vóór: 30-6-2099" in text
        pilot.app.screen.choose("more:functions")  # type: ignore[attr-defined]
        await shown(pilot, "1 voorzitter")
        await less(pilot)
        await press(pilot, "enter")
        await at(pilot, Codes)
    session = made(tmp_path, "mijn-noord")
    assert (session.k, str(session.keep_until)) == (4, "2099-06-30")
    assert session.functions == ("voorzitter",)
    assert [each.label.nl for each in session.decisions.values()] == ["Een bank"]


async def test_of_one_person_is_guessed_only_when_that_one_agreed_and_a_new_name_keeps_it(
    tmp_path: Path,
) -> None:
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await new_session_filled_in(
            pilot, "Noord", "de verpleging", "3", "het bestuur", "1", set_key="4"
        )
        await shown(pilot, "stap 3 van 3")
        await more(pilot, "3", "2")
        await shown(pilot, "Vindt deze persoon dat goed?")
        await press(pilot, "escape")
        await shown(pilot, "[ ] het bestuur")
        await press(pilot, "1")
        await shown(pilot, "[x] de verpleging")
        await press(pilot, "2")
        await shown(pilot, "Vindt deze persoon dat goed?")
        await press(pilot, "1")
        await shown(pilot, "[x] het bestuur")
        await less(pilot)
        await shown(pilot, "Anderen raden over: verpleging en bestuur")
        await press(pilot, "escape")
        await typed(pilot, "de staf")
        await press(pilot, "down", "down", "down", "enter")
        await shown(pilot, "Anderen raden over: staf en bestuur")
        await press(pilot, "enter")
        await at(pilot, Codes)
    opened = open_session(DiskStore(tmp_path), "noord")
    assert opened.session.kind_of == {"staf": "staf", "bestuur": "bestuur"}
    assert opened.session.guess_about == ("staf", "bestuur")
    assert opened.session.guess_consent == ("bestuur",)
    assert len(opened.question_set.guesses) == 6


async def test_a_formal_source_is_kept_with_the_answer_that_it_gives(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await new_session_filled_in(pilot, "Voorbeeldwijk", "3", "")
        await more(pilot, "4", "1")
        await at(pilot, WhichItem)
        pilot.app.screen.choices.point_at("mandate/wijkraad/small-urgent-spend")  # type: ignore[attr-defined]
        await press(pilot, "enter")
        await at(pilot, AskLine)
        await typed(pilot, "Verordening, artikel 4")
        await answer_dialog(pilot, "4")
        await shown(pilot, "Verordening, artikel 4")
        await less(pilot)
        await press(pilot, "enter")
        await at(pilot, Codes)
    source = made(tmp_path).sources
    assert source["mandate/wijkraad/small-urgent-spend"].text == "Verordening, artikel 4"
    assert source["mandate/wijkraad/small-urgent-spend"].value == "advises"


async def test_known_rules_are_picked_and_let_go(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await new_session_filled_in(pilot, "Voorbeeldwijk", "3", "")
        await more(pilot, "4")
        await shown(pilot, "Controleer of ze nog gelden", "2 [ ] Verordening op de Wijkraden 2022")
        await press(pilot, "2")
        await shown(pilot, "2 [x] Verordening")
        await press(pilot, "3")
        await shown(pilot, "3 [x] ")
        await press(pilot, "3")
        await shown(pilot, "3 [ ] ")
        await less(pilot)
        await shown(pilot, "Wat is vastgelegd: 1 bron")
        await press(pilot, "enter")
        await at(pilot, Codes)
    sources = made(tmp_path).sources
    assert set(sources) == {"purpose/wijkraad", "primary-task/wijkraad"}
    assert all(each.to_check for each in sources.values())


async def test_a_name_that_is_taken_is_refused_with_the_reason_and_stays(tmp_path: Path) -> None:
    sample.opened(tmp_path)
    async with facilitating(tmp_path) as pilot:
        await shown(pilot, "proef")
        await press(pilot, "n")
        await at(pilot, NewSession)
        await more(pilot, "7")
        await at(pilot, AskLine)
        await typed(pilot, "proef")
        await shown(pilot, "Er is al een sessie")
        assert pilot.app.screen.query_one(Input).value == "proef"


async def test_a_key_and_a_click_on_it_do_their_work_once(tmp_path: Path) -> None:
    async with facilitating(tmp_path) as pilot:
        await press(pilot, "n", "'Noord", "enter")
        keys = pilot.app.screen.query_one("#keys")
        line = text_of(pilot).splitlines()[keys.region.y]
        await pilot.click("#keys", offset=(line.index("verder"), 0))
        await shown(pilot, "stap 2 van 3")
        await pilot.click("#keys", offset=(line.index("verder"), 0))
        await shown(pilot, "› wijkmanager")


@pytest.mark.parametrize("size", [(120, 35), (80, 24), (40, 20), (20, 8)])
async def test_the_field_is_seen_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with facilitating(tmp_path, size=size) as pilot:
        await press(pilot, "n", "'Noord", "enter", "enter", "'7654")
        assert "7654" in text_of(pilot).split("wijkraad")[-1]
