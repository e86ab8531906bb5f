"""What is asked and shown at a terminal: the way back, and the one line of progress."""

import sys
from itertools import count

import pytest

from bart_tool.cli import terminal
from tests.cli.run import Keyboard


def looked_at(monkeypatch: pytest.MonkeyPatch) -> Keyboard:
    """Standard error as a terminal, and what it shows; pytest sets its own before each test."""
    shown = Keyboard()
    monkeypatch.setattr(sys, "stderr", shown)
    return shown


def test_a_line_is_written_over_whole_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = looked_at(monkeypatch)
    line = terminal.StatusLine()
    line.show("10 files")
    line.show("9")
    line.show("9")
    assert screen.getvalue() == "\r10 files\r9       "
    line.wipe()
    line.wipe()
    assert screen.getvalue().endswith("\r9       \r \r")


def test_a_share_is_shown_only_when_a_job_takes_more_than_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = looked_at(monkeypatch)
    clock = count(step=0.6)
    monkeypatch.setattr(terminal.time, "monotonic", lambda: next(clock))
    with terminal.progress("Reading") as hear:
        hear(0.1)  # after 0.6 s
        assert screen.getvalue() == ""
        hear(0.5)  # after 1.2 s
        assert screen.getvalue() == "\rReading 50%"
    assert screen.getvalue().endswith("\r           \r")


def test_nothing_is_shown_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.busy("Reading"):
        terminal.StatusLine().show("here")
    assert capsys.readouterr().err == ""


def test_a_number_stands_for_what_it_counts_and_less_than_goes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed = iter(["2", "3", "0", "²", "wijkraad", "", "<"])
    monkeypatch.setattr(terminal.click, "prompt", lambda *_, **__: next(typed))
    values = ["a", "b"]
    said = [terminal.chosen("Which", values, "") for _ in range(6)]
    assert said == ["b", "3", "0", "²", "wijkraad", ""]
    with pytest.raises(terminal.Back):
        terminal.chosen("Which", values, "")
