"""A session is the same whether it is made on the screens or step by step on the command line."""

from pathlib import Path

import pytest
import yaml

from bart_tool.tui.facilitator.codes import Codes
from tests.cli.run import bart
from tests.tui.facilitator.opened import facilitating, new_session_filled_in
from tests.tui.waiting import at, shown
from tests.workshop import with_one_id

CLUSTERS = {
    "Cluster Groen": "cluster-groen",
    "cluster zorg": "cluster-zorg",
    "Stad": "cluster-stad",
    "Cluster  Groen/Stad": "cluster-groen-stad",
    " Économie": "cluster-economie",
    "CLUSTER VEILIGHEID": "cluster-veiligheid",
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
        lines = [str(party) for party in range(1, first)]
        for place, name in enumerate(names, first):
            lines += [name, str(place)]
        await new_session_filled_in(pilot, "Wijk Één", *lines, set_key=number)
        await shown(pilot, "wijk-een")
        await pilot.press("enter")
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
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    set_name: str,
    number: str,
    first: int,
    names: dict[str, str],
) -> None:
    with_one_id(monkeypatch)
    await on_the_screens(tmp_path / "screens", number, first, list(names))
    on_the_command_line(tmp_path / "lines", set_name, first, list(names))
    made = [
        (tmp_path / road / "wijk-een" / "session.yaml").read_text("utf-8")
        for road in ("screens", "lines")
    ]
    assert made[0] == made[1]
    parties = [party["id"] for party in yaml.safe_load(made[0])["parties"]]
    assert parties[first - 1 :] == list(dict.fromkeys(names.values()))
