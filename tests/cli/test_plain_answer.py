"""Answering line by line: what somebody hears who does not look at a screen."""

import io
from pathlib import Path

import pytest

from bart_tool.cli.plain_answer import PlainVisit
from bart_tool.cli.terminal import Lines
from bart_tool.store.disk import DiskStore
from bart_tool.wording.translation import words
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.open_session import open_session
from tests.cli.run import bart

NEW = ("new", "wijk", "--set", "wijk-kern", "--party", "wijkraad=3", "--party", "wijkmanager=1")
TO_THE_TABLE = "\n1\n" + "\n" * 10  # past the welcome, consent, and ten questions


@pytest.fixture
def root(tmp_path: Path) -> Path:
    assert bart(tmp_path, *NEW).code == 0
    return tmp_path


def answered(root: Path, typed: str) -> str:
    return bart(root, "answer", "wijk", "WR-01", "--plain", typed=typed, language="nl").out


def test_what_levels_mean_is_said_once_a_table_and_again_when_asked(root: Path) -> None:
    meaning = "Beslist mee - Zonder instemming gaat het niet door."
    rows = answered(root, TO_THE_TABLE + "\n\nstop\n")
    assert "vraag 11 van 74" in rows
    assert "vraag 13 van 74" in rows
    assert rows.count(meaning) == 1
    assert rows.count("  4  Beslist mee\n") == 2
    asked_again = answered(root, TO_THE_TABLE.removeprefix("\n1") + "\n?\nstop\n")
    assert asked_again.count(meaning) >= 2


def test_what_was_kept_is_said_and_stop_stops(root: Path) -> None:
    said = answered(root, "\n1\n3\n\n1\n2\nSTOP\n")
    assert "Bewaard: Ertussenin" in said
    assert said.rstrip().endswith("blijft bewaard.")


def test_a_text_that_is_too_long_is_asked_again_and_never_cut(root: Path) -> None:
    long = "x" * 1001
    said = answered(root, f"\n1\n3\n{long}\nKort.\n\nstop\n")  # the second question
    assert "Je schreef 1001 tekens; er passen er 1000. Maak het korter." in said
    assert "xxx" not in said
    assert "Bewaard: Kort." in said


class Seen(io.StringIO):
    """What stands on a terminal, with what its signs take away gone."""

    def isatty(self) -> bool:
        return True

    @property
    def left(self) -> str:
        return self.getvalue().rpartition("\x1b[3J")[2]


def seen(root: Path, typed: str, monkeypatch: pytest.MonkeyPatch, terminal: str) -> Seen:
    monkeypatch.setenv("TERM", terminal)
    context, target = session_context(open_session(DiskStore(root), "wijk"), "WR-01"), Seen()
    PlainVisit(context, Lines(io.StringIO(typed), target), words("nl")).run()
    return target


@pytest.mark.parametrize("typed", ["\n1\n3\n\nstop\n", "\n1\n3\n"])  # asked for, or broken off
def test_who_leaves_leaves_nothing_on_the_terminal(
    root: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    target = seen(root, typed, monkeypatch, "xterm")
    assert "Bewaard: Ertussenin" in target.getvalue()
    assert target.left.strip() == "Gestopt. Wat je hebt ingevuld, blijft bewaard."


def test_where_a_terminal_cannot_be_wiped_it_is_said(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = seen(root, "\n1\n3\n\nstop\n", monkeypatch, "dumb")
    assert target.getvalue().rstrip().endswith("staan hierboven nog. Sluit dit venster.")
