"""The connection to the database breaks in a command: done again, it is as if it had held."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from bart_tool.domain.agreement import AgreementDraft, Assent
from bart_tool.errors import BartError, Busy, NotAllowed
from bart_tool.store.protocol import Store
from bart_tool.workflow.agree import agree
from bart_tool.workflow.erase import erase
from bart_tool.workflow.follow_up import begin, planned
from bart_tool.workflow.gather import gather
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import close
from bart_tool.workflow.publish import publish
from tests.figures import figure
from tests.store import server as servers
from tests.workflow.on_disk import said, sheet_file
from tests.workflow.test_agreeing import TODAY
from tests.workflow.test_two_stores import ALL, answered, begun, held


def open_round(store: Store) -> OpenSession:
    opened = begun(store)
    for code in ("WR-01", "WR-02"):
        answered(opened, code, {"who": "college"})
    return opened


def closed(store: Store) -> OpenSession:
    return close(open_round(store)).opened


def agreed(store: Store) -> OpenSession:
    opened = publish(closed(store), formats=ALL).opened
    draft = AgreementDraft(
        topic="who", sentence="Het college beslist.", parties=(Assent(party="wijkraad"),)
    )
    return agree(opened, draft, TODAY).opened


def take_in(opened: OpenSession, inbox: Path) -> None:
    sheets = (
        said(opened, code, {"who": "wijkraad"}, status="submitted") for code in ("WR-02", "WM-01")
    )
    paths = [sheet_file(inbox, f"{number}.yaml", each) for number, each in enumerate(sheets)]
    gather(opened, paths)


def close_and_report(opened: OpenSession, _: Path) -> None:
    with suppress(NotAllowed):  # it is closed; what was not written then is written with a report
        opened = close(opened).opened
    publish(opened, formats=ALL)


Begin = Callable[[Store], OpenSession]
Do = Callable[[OpenSession, Path], object]
COMMANDS: dict[str, tuple[Begin, Do]] = {
    "gather": (open_round, take_in),
    "close": (open_round, close_and_report),
    "report": (closed, lambda opened, _: publish(opened, formats=ALL)),
    "follow-up": (agreed, lambda opened, _: begin(opened, planned(opened))),
    "erase": (agreed, lambda opened, _: erase(opened, "WR-01")),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_done_again_it_is_as_if_the_connection_had_held(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_with, do = COMMANDS[command]
    store = servers.database()
    opened = begin_with(store)
    with servers.cut_at(0, monkeypatch) as count:
        do(opened, tmp_path)
    whole, broke = held(store, "test"), 0
    for number in range(1, count[0] + 1, figure(max(1, count[0] // 12), 1)):
        store = servers.database()
        opened = begin_with(store)
        with servers.cut_at(number, monkeypatch):
            with suppress(Busy):
                do(opened, tmp_path)
                broke -= 1
            broke += 1
        again = open_session(store, "test")  # goes on with what was begun
        if held(store, "test") != whole:
            with suppress(BartError):  # it was done already
                do(again, tmp_path)
        assert held(store, "test") == whole, number
    assert broke
