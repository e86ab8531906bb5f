"""T10 for the command line: what a command prints about hostile data holds nothing that drives.

Each command runs in a pty, so it knows that a terminal reads along.
"""

import sys
from pathlib import Path

import pytest

from bart_tool.store import yaml_text
from bart_tool.workflow.answering.context import session_context
from tests.tui.participant.hostile import ALL, SEQUENCES, data, hostile
from tests.workshop import path_of

if sys.platform == "win32":
    pytest.skip("no pty on Windows", allow_module_level=True)

from tests.tui import sample
from tests.tui.participant.terminal import Terminal, bart
from tests.tui.test_hostile_text import (
    LABEL,
    TALL,
    TITLE,
    WORDS,
    Looking,
    driving,
    hand_in,
    hostile_files,
    plainly,
    soiled_session,
    soiled_sheet,
)

WITH_SETS = """
import sys
from pathlib import Path
from bart_tool.store import question_sets
sets = Path(sys.argv.pop(1))
question_sets.shipped_sets = lambda: sets
from bart_tool.cli.main import main
raise SystemExit(main(sys.argv[1:]))
"""


GOOD, SOME_BAD = (0,), (0, 65)


def said(root: Path, *args: str, typed: str = "", codes: tuple[int, ...] = GOOD) -> str:
    """What a command says in a terminal, as one word; nothing in it may drive the terminal."""
    with bart(root, *args, size=(200, 400)) as terminal:
        return _ended(terminal, typed, codes)


def _ended(terminal: Terminal, typed: str, codes: tuple[int, ...]) -> str:
    if typed:
        terminal.send(typed)
    ended = terminal.ended()
    assert list(driving(terminal.bytes)) == []
    assert b"\x1b" not in terminal.bytes, terminal.shown
    assert ended in codes, terminal.shown
    return plainly(terminal.bytes.decode())


def test_the_commands_of_a_whole_round(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    opened = soiled_session(root)
    hand_in(opened, "WR-01")
    hand_in(opened, "WM-01")
    hostile_files(tmp_path / "stick", opened)
    assert plainly(TITLE) in (status := said(root, "status", "proef"))
    assert plainly(LABEL) in status
    files = [str(path) for path in sorted((tmp_path / "stick").iterdir())]
    taken = said(root, "gather", "proef", *files, codes=SOME_BAD)
    for number in range(len(SEQUENCES)):
        assert f"q{number:02}" in taken
    said(root, "gather", "proef", "--settle", codes=(77,))
    said(root, "gather", "proef", f"nergens {ALL}", codes=(66,))
    (path_of(opened.folder) / "sheets" / f"los {SEQUENCES[3]}.yaml").write_text("{", "utf-8")
    said(root, "check", "proef", codes=SOME_BAD)
    assert "q03" in said(root, "status", "proef", codes=SOME_BAD)
    said(root, "mind", "proef", "WR-01", codes=(77,))
    assert "q03" in said(root, "doctor", "proef", codes=SOME_BAD)
    backup = tmp_path / f"kopie {SEQUENCES[3]}.zip"
    assert "q03" in said(root, "backup", "proef", "--to", str(backup), codes=SOME_BAD)
    assert "q03" in said(root, "restore", str(backup), codes=(73,))
    said(root, "restore", str(backup), "--as", "terug", codes=SOME_BAD)
    said(root, "close", "proef", typed="ja\n", codes=SOME_BAD)
    picture = said(root, "mind", "proef", "WR-01")
    assert "q09" in picture
    settle = said(root, "gather", "proef", "--settle", typed="1\n1\n", codes=SOME_BAD)
    assert "primary-task" in settle
    said(root, "report", "proef", codes=SOME_BAD)
    said(root, "reopen", "proef")
    said(root, "erase", "proef", "WR-02", "--no-input", "--yes", codes=SOME_BAD)


def test_agreements_in_hostile_words(tmp_path: Path) -> None:
    opened = soiled_session(tmp_path)
    hand_in(opened, "WR-01")
    said(tmp_path, "close", "proef", "--no-input")
    words = ("--party", f"wijkraad={ALL}", "--mandate", "submitted", "--mandate-words", ALL)
    given = ("--sentence", ALL, *words, "--written-in", ALL, "--owner", "wijkmanager")
    topic = "decision/eigen"  # the session's own, its name hostile too
    for text in (
        said(tmp_path, "agreements", "add", "proef", topic, *given, "--no-input"),
        said(tmp_path, "agreements", "kept", "proef", "a-1", "no", "--note", ALL),
        said(tmp_path, "agreements", "proef"),
        said(tmp_path, "agreements", "topics", "proef"),
        said(tmp_path, "agreements", "proef", "--json"),
    ):
        assert "q03" in text
        assert "q10" in text
    typed = f"{topic}\r" + "[red]q09[/red]\r" + "1\rals [@click=x]q08\r" + "\r1\r4\r\r\rja\r"
    asked = said(tmp_path, "agreements", "add", "proef", typed=typed)
    assert "[red]q09[/red]" in asked
    assert "[@click=x]q08" in asked
    shown = said(tmp_path, "agreements", "remove", "proef", "a-1", typed="ja\r")
    assert "q03" in shown
    for verb, *args in (
        ("add", ALL, "--sentence", "x"),
        ("add", topic, "--sentence", "x", "--owner", ALL),
        ("add", topic, "--sentence", "x", "--party", ALL),
        ("add", topic, "--sentence", "x", "--check-on", ALL),
        ("kept", ALL),
        ("kept", "a-1", ALL),
        ("kept", ALL, "yes"),
        ("change", ALL, "--owner", "wijkraad"),
        ("remove", ALL, "--yes"),
    ):
        said(tmp_path, "agreements", verb, "proef", *args, "--no-input", codes=(2, 66))


def test_checking_files_names_what_is_wrong_without_being_driven(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    opened = soiled_session(root)
    hostile_files(tmp_path / "stick", opened)
    broken = tmp_path / f"sessie {SEQUENCES[4]}.yaml"
    broken.write_text(
        yaml_text.write({"format": 1, "kind": "question-set", "id": ALL, ALL: ALL, "title": [ALL]}),
        "utf-8",
    )
    files = [str(path) for path in sorted((tmp_path / "stick").iterdir())]
    text = said(root, "check", str(broken), *files, codes=SOME_BAD)
    for number in (1, 4, 7, 10):  # the broken ones, by their names
        assert f"q{number:02}" in text


@pytest.mark.parametrize(
    "args",
    [
        ("status", ALL),
        ("answer", "proef", ALL, "--plain"),
        ("mind", "proef", ALL),
        ("erase", "proef", ALL, "--no-input"),
        ("check", ALL),
        ("sets", ALL),
        ("report", "proef", "--format", ALL),
        ("new", ALL, "--set", ALL, "--party", ALL),
        (ALL,),
        ("close", ALL, ALL),
    ],
    ids=lambda args: args[0] if args[0] != ALL else "verb",
)
def test_hostile_words_on_the_command_line_come_back_harmless(
    tmp_path: Path, args: tuple[str, ...]
) -> None:
    soiled_session(tmp_path)
    with bart(tmp_path, *args, size=(200, 100)) as terminal:
        ended = terminal.ended()
        assert ended in (2, 65, 66, 77), terminal.shown
        assert list(driving(terminal.bytes)) == []
        assert b"\x1b" not in terminal.bytes
        assert "q00" in terminal.text


def test_answering_line_by_line_shows_every_text_and_none_drives(tmp_path: Path) -> None:
    opened = soiled_session(tmp_path)
    session_context(opened, "WR-01").save(soiled_sheet(opened, "WR-01"), None)
    typed = "2\n" + "?\n\n" * 14 + "q\nq\n"
    text = said(tmp_path, "answer", "proef", "WR-01", "--plain", typed=typed)
    assert plainly(WORDS) in text
    assert plainly(hostile("Gemiddeld")) in text


def test_a_set_that_is_read_through_or_practised_drives_nothing(tmp_path: Path) -> None:
    sets = tmp_path / "sets"
    sets.mkdir()
    made = {**data(), "title": sample.both(TITLE, TITLE), "about": sample.both(ALL, ALL)}
    (sets / "klein.yaml").write_text(yaml_text.write(made), "utf-8")
    sessions = tmp_path / "sessions"
    given = ["-c", WITH_SETS, str(sets), "--sessions", str(sessions), "--language", "nl"]
    with Terminal([*given, "sets"], (200, 200)) as terminal:
        assert plainly(TITLE) in _ended(terminal, "", GOOD)
    with Terminal([*given, "sets", "klein"], (200, 400)) as terminal:
        assert plainly(hostile("Netwerker")) in _ended(terminal, "", GOOD)
    with Terminal(given, TALL) as terminal:
        seen = Looking(terminal)
        terminal.wait_for("Er is nog geen sessie")
        terminal.send("v")
        terminal.wait_for("Vragensets")
        seen.expect(TITLE)
        terminal.send("1")
        terminal.wait_for("Oefen")
        seen.expect(TITLE, ALL)
        terminal.send("1")
        terminal.wait_for("De stem van de wijk")
        seen.expect(hostile("De stem van de wijk laten horen"))
        terminal.send("\x1b")
        terminal.wait_for("Oefen")
        terminal.send("2")
        terminal.wait_for("Welkom")
        seen.see()
        terminal.send("\x11")
        terminal.wait_for("Oefen", gone="Welkom")
        terminal.send("\x11")
        assert terminal.ended() == 0
        assert list(driving(terminal.bytes)) == []
