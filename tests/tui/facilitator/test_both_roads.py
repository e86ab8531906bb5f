"""A session is the same whether it is made on the screens or step by step on the command line."""

from pathlib import Path

import pytest
import yaml

from bart_tool.tui.dialogs import AskLine
from bart_tool.tui.facilitator.new_session import Codes, NewSession
from tests.cli.run import bart
from tests.tui.facilitator.opened import facilitating, typed
from tests.tui.waiting import at, shown, until

CLUSTERS = {
    "Cluster Groen": "cluster-groen",
    "cluster zorg": "cluster-zorg",
    "Stad": "cluster-stad",
    "Cluster  Groen/Stad": "cluster-groen-stad",
    " Économie": "cluster-economie",
    "CLUSTER VEILIGHEID": "cluster-veiligheid",
    "GROEN": "cluster-groen",  # once more: how many people it has is changed
}
OWN = {
    "de verpleging": "verpleging",
    "Het  Bestuur": "bestuur",
    "Staf": "staf",
    "partij Zuid": "partij-zuid",
}


async def on_the_screens(root: Path, number: str, first: int, names: list[str]) -> None:
    async with facilitating(root) as pilot:
        await shown(pilot, "Er is nog geen sessie")
        await pilot.press("n")
        await at(pilot, NewSession)

        async def fill_in(key: str, *texts: str) -> None:
            before = pilot.app.screen
            await pilot.press(key)
            for text in texts:
                await until(pilot, lambda old=before: pilot.app.screen is not old)
                await at(pilot, AskLine)
                before = pilot.app.screen
                await typed(pilot, text)
            await at(pilot, NewSession)

        await fill_in("1", "Wijk Één")
        await shown(pilot, "wijk-een")
        await pilot.press("right", number)
        await shown(pilot, "Voeg een")
        for party in range(1, first):
            await fill_in(str(party), str(party))
        for place, name in enumerate(names, first):
            await fill_in(str(place), name, str(place))
        await pilot.press("right", "right", "right", "right", "right")
        await at(pilot, Codes)


def on_the_command_line(root: Path, set_name: str, first: int, names: list[str]) -> None:
    lines = ["Wijk Één", "", set_name, *map(str, range(1, first))]
    for place, name in enumerate(names, first):
        lines += [name, str(place)]
    done = bart(root, "new", language="nl", typed="\n".join([*lines, "", "", "ja", ""]))
    assert done.code == 0, done.err


@pytest.mark.parametrize(
    ("set_name", "number", "first", "names"),
    [("wijk-kern", "1", 3, CLUSTERS), ("bart-basis", "4", 1, OWN)],
)
async def test_both_roads_give_a_party_the_same_name(
    tmp_path: Path, set_name: str, number: str, first: int, names: dict[str, str]
) -> None:
    await on_the_screens(tmp_path / "screens", number, first, list(names))
    on_the_command_line(tmp_path / "lines", set_name, first, list(names))
    made = [
        (tmp_path / road / "wijk-een" / "session.yaml").read_text("utf-8")
        for road in ("screens", "lines")
    ]
    assert made[0] == made[1]
    parties = [party["id"] for party in yaml.safe_load(made[0])["parties"]]
    assert parties[first - 1 :] == list(dict.fromkeys(names.values()))
