"""What the facilitator sees and types in the terminal while people answer on their phones."""

import random
import re
import socket
from collections.abc import Iterator

import pytest

from bart_tool.domain.answer import Answer
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.open_session import OpenSession
from tests.tui.participant.terminal import Terminal, bart
from tests.web.running import answers_on
from tests.workshop import path_of


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program is, and the one behind it is free."""
    # Below those that systems give out, or another test may get the one behind it meanwhile.
    for port in random.sample(range(20_000, 30_000, 2), 100):
        with socket.socket() as one, socket.socket() as behind:
            try:
                one.bind(("127.0.0.1", port))
                behind.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            behind.close()
            one.listen()
            yield port
            return
    raise AssertionError("no two ports that are free")


def serving(opened: OpenSession, port: int) -> Terminal:
    at = ("--address", "127.0.0.1", "--port", str(port))
    root = path_of(opened.folder).parent
    return bart(root, "serve", opened.session.session, *at, size=(100, 60))


def test_cards_and_who_is_in_on_the_port_behind_one_that_is_taken(
    opened: OpenSession, taken: int
) -> None:
    with serving(opened, taken) as terminal:
        terminal.wait_for(f"Poort {taken} is bezet", f"Nu poort {taken + 1}")
        terminal.send("ja\n")
        terminal.wait_for(f"http://127.0.0.1:{taken + 1}", "het volgende kaartje")
        assert answers_on(taken + 1)
        terminal.send("\n")
        shown = terminal.wait_for("scant dit", "pincode")
        assert re.search(r"W[RM]-\d\d scant dit", shown)
        context = session_context(opened, "WR-01")
        said = context.blank.changed(consent="group").with_answer("clarity", Answer(value="one"))
        context.save(said, None)
        terminal.send("w\n")
        assert "WR-01" in terminal.wait_for("WR-01", "bezig")
        terminal.send("q\n")
        terminal.wait_for("Gestopt. Wat mensen antwoordden, is bewaard.")
        assert terminal.ended() == 0


def test_who_does_not_want_another_port_is_told_what_to_do(opened: OpenSession, taken: int) -> None:
    with serving(opened, taken) as terminal:
        terminal.wait_for(f"Nu poort {taken + 1}")
        terminal.send("\n")
        assert terminal.wait_for("--port").count("niet worden gebruikt") == 1
        assert terminal.ended() == 2
