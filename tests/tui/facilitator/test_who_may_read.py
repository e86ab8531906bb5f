"""Before closing no screen leads to another's answers, whatever happened to them before."""

from pathlib import Path

import pytest

from bart_tool.errors import BartError, NotAllowed
from bart_tool.store import pins
from bart_tool.tui.app import BartApp
from bart_tool.tui.dialogs import AskLine
from bart_tool.tui.facilitator.answers import Passing, WhoAnswers
from bart_tool.tui.facilitator.session import SessionScreen
from bart_tool.tui.participant.flow import visit
from bart_tool.tui.participant.visit import VisitEnd
from bart_tool.tui.participant.welcome import Welcome
from bart_tool.tui.shell import Shell
from bart_tool.workflow.answering import tries
from bart_tool.workflow.answering.cards import card_of
from bart_tool.workflow.answering.context import session_context
from tests.cli.test_who_may_read import HAPPENED, SAID, begun, opened
from tests.tui.facilitator.opened import facilitating, typed
from tests.tui.waiting import at, shown, text_of, until

EACH = pytest.mark.parametrize("happened", HAPPENED)
BOTH = pytest.mark.parametrize("more", [(), ("--pins",)], ids=["codes", "PINs"])


@EACH
@BOTH
async def test_from_home_no_way_of_handing_on_the_laptop_leads_there(
    tmp_path: Path, happened: str, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "LONGEST", 0.0)
    begun(tmp_path, *more)
    HAPPENED[happened](tmp_path)
    is_shut = happened != "follow-up"  # else there is a new, empty sheet
    async with facilitating(tmp_path) as pilot:
        seen = await shown(pilot, "wijk")
        await pilot.press("1")
        await at(pilot, SessionScreen)
        seen += await shown(pilot, "WR-01")
        await pilot.press("l")
        await at(pilot, WhoAnswers)
        seen += await shown(pilot, "WR-02")
        assert ("WR-01" not in text_of(pilot)) == is_shut
        if not is_shut:
            await pilot.press("1")
            await at(pilot, Passing)
            await pilot.press("enter")
            if more:
                await at(pilot, AskLine)
                await typed(pilot, "0000x")
                seen += await shown(pilot, "Dat is niet de pincode van WR-01")
                await pilot.press("escape")
                given_back = await shown(pilot, "Het blad van WR-01 bleef dicht.")
                assert "antwoorden" not in given_back  # nobody answered: nothing is said of them
            else:
                await at(pilot, Welcome)
                seen += text_of(pilot)
    assert SAID not in seen


@EACH
@BOTH
async def test_the_screen_of_the_pins_shows_none_that_opens_what_was_handed_in(
    tmp_path: Path, happened: str, more: tuple[str, ...]
) -> None:
    begun(tmp_path, *more)
    HAPPENED[happened](tmp_path)
    async with facilitating(tmp_path, "wijk") as pilot:
        await shown(pilot, "WR-02")
        await pilot.press("p")
        text = await shown(pilot, "Schrijf elke code met de pincode op een kaartje")
    now = opened(tmp_path)
    card = card_of(pins.kept(now.home), now.session.round, "WR-01")
    assert (card.printed_pin in text) == (happened == "follow-up")
    assert ("Ingeleverd, en dicht: WR-01" in text) == (happened != "follow-up")


@EACH
@BOTH
async def test_the_screens_of_bart_answer_stay_shut(
    tmp_path: Path, happened: str, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "LONGEST", 0.0)
    begun(tmp_path, *more)
    HAPPENED[happened](tmp_path)
    ended: list[VisitEnd | BartError] = []

    async def flow(app: Shell) -> int:
        try:
            ended.append(await visit(app, session_context(opened(tmp_path), "WR-01")))
        except BartError as error:
            ended.append(error)
        return 0

    app = BartApp(flow, "nl")
    async with app.run_test(size=(80, 24)) as pilot:
        if more:
            await at(pilot, AskLine)
            await typed(pilot, "0000x")
            seen = await shown(pilot, "Dat is niet de pincode van WR-01")
            await pilot.press("escape")
            await until(pilot, lambda: ended)
            assert ended == [VisitEnd.NOT_LET_IN]
        elif happened == "follow-up":
            await at(pilot, Welcome)
            seen = text_of(pilot)
        else:
            await until(pilot, lambda: ended)
            seen = ""
            assert isinstance(ended[0], NotAllowed)
            assert ended[0].code == "handed-in-shut"
    assert SAID not in seen
