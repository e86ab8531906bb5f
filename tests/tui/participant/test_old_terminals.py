"""Terminals that are old or small, and people who type fast: nothing is lost, and nothing ends."""

import random
import sys
from pathlib import Path

import pytest

from bart_tool.tui.input_bytes import InputBytes
from bart_tool.workflow.open_session import OpenSession
from tests.figures import seeds
from tests.tui import sample
from tests.workshop import path_of

if sys.platform == "win32":
    pytest.skip("no pty on Windows", allow_module_level=True)

from tests.tui.participant.terminal import Terminal, bart
from tests.waiting import wait_until

NOISE = (
    b"\x1b[M \xfa\x21",  # a click beyond column 95
    b"\x1b[M#!!",  # the button let go, at the first place
    b"\x1b[M\x60\xff\xff",  # a wheel, at the last place
    b"\xe9",  # é of a Latin-1 terminal
    b"\xff\xfe",
    b"\xc3",  # half a sign
)


def words_of(opened: OpenSession) -> str:
    text = (path_of(opened.folder) / "sheets" / "WR-01.yaml").read_text("utf-8")
    return text.partition("mission/wijkraad")[2]


def read_through(terminal: Terminal, then: str) -> None:
    """To what comes `then`; on a low screen a text is read in pieces."""
    while then not in terminal.text:
        terminal.send("\r")
        terminal.quiet()


def to_own_words(terminal: Terminal) -> None:
    """Past the welcome, to the third question, which is answered in own words."""
    terminal.wait_for("Welkom", "Enter")
    read_through(terminal, "Wie ziet straks wat?")
    read_through(terminal, "Hoe mogen je antwoorden")
    terminal.send("1")
    terminal.wait_for("(●)")
    terminal.send("\r")
    terminal.wait_for("vraag 1 van", "bewaard")
    terminal.send("\r")
    terminal.wait_for("vraag 2 van")
    terminal.send("\r")
    terminal.wait_for("vraag 3 van")


@pytest.mark.parametrize("seed", seeds(20, 200))
def test_noise_between_the_keys_comes_in_as_nothing_however_it_is_cut(seed: int) -> None:
    chance = random.Random(seed)
    words = [f"woord{number}é " for number in range(12)]
    sent = b"".join(chance.choice(NOISE) + word.encode() for word in words)
    come, text = InputBytes(), ""
    while sent:
        size = chance.randrange(1, 9)
        size += sent[:size].endswith(b"\x1b")  # a system sends ESC with what follows, or alone
        text, sent = text + come.text(sent[:size]), sent[size:]
    assert text == "".join(words)


def test_an_escape_by_itself_is_not_waited_with() -> None:
    assert InputBytes().text(b"\x1b") == "\x1b"
    assert InputBytes().text(b"\x1b[A") == "\x1b[A"


def test_old_clicks_and_bytes_of_another_encoding_end_no_screen(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    with bart(tmp_path, "answer", "proef", "WR-01") as terminal:
        to_own_words(terminal)
        for number, noise in enumerate(NOISE):
            terminal.process.write(noise)
            terminal.send(f"w{number} ")
        terminal.wait_for("w0 w1 w2 w3 w4 w5", "bewaard")
        terminal.process.write(NOISE[0] + NOISE[3])
        terminal.send("\x11")
        assert terminal.ended() == 0
    assert "w0 w1 w2 w3 w4 w5" in words_of(opened)


def test_typing_fast_while_the_window_changes_its_size_loses_no_letter(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    words = " ".join(f"{number}abcdefgh" for number in range(20))
    with bart(tmp_path, "answer", "proef", "WR-01", size=(40, 20)) as terminal:
        to_own_words(terminal)
        for place in range(0, len(words), 40):
            terminal.send(words[place : place + 40])
            terminal.resize(*((200, 50), (40, 20), (80, 24))[place // 40 % 3])
        terminal.wait_for("19abcdefgh", "bewaard")
        terminal.send("\x11")
        assert terminal.ended() == 0
    assert words in words_of(opened).replace("\n", " ").replace("  ", " ")


def test_a_window_that_is_gone_ends_bart_where_nothing_waits_for_a_key(tmp_path: Path) -> None:
    sample.opened(tmp_path)
    with bart(tmp_path) as terminal:
        terminal.wait_for("Sessies")
        terminal.send("1")
        terminal.wait_for("De volgende stap")
        terminal.process.fileobj.close()
        wait_until(lambda: not terminal.process.isalive(), "the end")


@pytest.mark.parametrize("name", ["dumb", "unknown"])
def test_a_terminal_without_screens_asks_line_by_line(tmp_path: Path, name: str) -> None:
    sample.opened(tmp_path)
    with bart(tmp_path, "answer", "proef", "WR-01", TERM=name) as terminal:
        terminal.wait_for("Enter")
        terminal.send("\r1\r")
        terminal.wait_for("1 van")
        terminal.send("q\r")
        assert terminal.ended() == 0
        assert b"\x1b" not in terminal.bytes
    with bart(tmp_path, TERM=name) as terminal:
        assert terminal.ended() == 0
        assert b"\x1b" not in terminal.bytes
        assert b"gather" in terminal.bytes
