"""T10: no text from a file, a paste or a sheet drives the terminal, on any participant's screen."""

import sys
from pathlib import Path

import pytest

from bart_tool.domain.answer import Answer
from bart_tool.domain.text import harmless
from bart_tool.workflow.seat import session_seat
from tests.tui import sample
from tests.tui.conftest import squeezed
from tests.tui.participant import hostile
from tests.tui.participant.terminal import Terminal, bart

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pty on Windows")
SIZES = [(110, 220), (48, 420)]  # so high that nothing is out of sight
PASTE = "\x1b[200~{}\x1b[201~"


def prepare(root: Path) -> None:
    """A session whose every text is hostile, and a sheet with hostile words in it."""
    wijk, functions = hostile.hostile("wijk"), (hostile.hostile("lid"),)
    made = sample.desk(root, data=hostile.data(), title=wijk, functions=functions)
    seat = session_seat(made, "WR-01")
    sheet = seat.blank.with_answer(
        "primary-task/wijkraad",
        Answer(value="other", words=hostile.hostile("woorden"), note=hostile.hostile("noot")),
    )
    sheet = sheet.with_answer("mission/wijkraad", Answer(value=hostile.hostile("missie")))
    seat.save(sheet, None)


def walk(terminal: Terminal) -> str:
    """Through every screen; gives all that was seen."""
    seen = [terminal.wait_for("Welcome back")]

    def press(keys: str) -> None:
        terminal.send(keys)
        seen.append(terminal.quiet(0.1))

    press("4")  # consent
    press("\r")  # function
    press("1")
    press("\r")
    press("\x1bOQ")  # my picture, from where one stopped
    for keys in ("\x1b[D", "\x1b[D", "\x1b[A", "\x1b[A"):
        press(keys)
    press("\r")  # to the first question
    press("?")
    press("\x1b")
    press("t")  # the note that was in the sheet
    press(PASTE.format("[@click=app.leave]plak\x9b2J\x08[/]"))
    press("\r")
    press("a")  # the words that were in the sheet
    press("\r")
    for _ in range(9 if terminal.columns >= 60 else 13):
        press("\r")
        press("1")
    terminal.send("\x1bOQ")
    terminal.wait_for("My picture")
    press("i")
    press("1")
    seen.append(terminal.wait_for("Thank you"))
    return squeezed("\n".join(seen))


@pytest.mark.parametrize("size", SIZES)
def test_hostile_text_is_seen_whole_and_does_nothing(tmp_path: Path, size: tuple[int, int]) -> None:
    prepare(tmp_path)
    with bart(tmp_path, "answer", "proef", "WR-01", size=size, language="en") as terminal:
        seen = walk(terminal)
        terminal.send("\r")
        assert terminal.ended() == 0
        for forbidden in hostile.FORBIDDEN:
            assert forbidden not in terminal.bytes, forbidden
        assert "q00" not in terminal.screen.title
    for text in (*hostile.shown_texts(), *map(harmless, map(hostile.hostile, ("wijk", "lid")))):
        assert squeezed(text) in seen, text
    for words in ("woorden", "noot", "missie"):
        assert squeezed(harmless(hostile.hostile(words))) in seen
