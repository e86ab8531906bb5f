"""`bart discuss` refuses in time, with what to do, and leaves everything as it was."""

import sys
from pathlib import Path

import pytest

from tests.cli.run import bart
from tests.cli.some_session import closed, listing, made


def test_without_a_terminal_it_says_how_to_read_the_outcomes(tmp_path: Path) -> None:
    folder = closed(tmp_path)
    before = listing(folder)
    done = bart(tmp_path, "discuss", "wijk")
    assert (done.code, done.out) == (2, "")
    assert "bart report wijk --format html" in done.err
    assert listing(folder) == before


def test_a_session_that_is_not_there_is_named_first(tmp_path: Path) -> None:
    closed(tmp_path)
    done = bart(tmp_path, "discuss", "elders")
    assert done.code == 66
    assert "wijk" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="no pty on Windows")
def test_before_closing_nothing_is_shown(tmp_path: Path) -> None:
    from tests.tui.participant import terminal

    folder = made(tmp_path)
    before = listing(folder)
    with terminal.bart(tmp_path, "discuss", "wijk") as here:
        assert here.ended() == 77
        assert "nog niet gesloten" in here.text
        assert "Waar praten we over" not in here.text
    assert listing(folder) == before
