"""A key paints only the lines that it changes: what stands there is what a whole paint would give.

The real program in a terminal; another size and back paints everything anew. The seed is printed.
"""

import random
import sys
from pathlib import Path

import pytest

from bart_tool.workflow.answering.context import session_context
from tests.figures import seeds
from tests.tui import sample

if sys.platform == "win32":
    pytest.skip("no pty on Windows", allow_module_level=True)

from tests.tui.participant.terminal import Terminal, bart

COLUMNS, LINES = 80, 50  # so high that nothing scrolls: another size may scroll elsewhere
STEPS = 8  # comparisons for each seed
KEYS = [
    *"123456wzns",
    "\x1b[B",
    "\x1b[A",
    "\x1b[C",
    "\x1b[H",
    "\x1b[F",
    "\t",
    "\x1b[3~",
    "\r",
    "\r",
]
Cell = tuple[str, str, str, bool, bool, bool]


def cells(terminal: Terminal) -> list[list[Cell]]:
    """Every sign on the screen with its colours."""
    found = []
    for y in range(terminal.lines):
        line = [terminal.screen.buffer[y][x] for x in range(terminal.columns)]
        found.append([(c.data, c.fg, c.bg, c.bold, c.underscore, c.reverse) for c in line])
    return found


def painted_whole(terminal: Terminal) -> list[list[Cell]]:
    terminal.resize(COLUMNS + 1, LINES)
    terminal.quiet()
    terminal.resize(COLUMNS, LINES)
    terminal.quiet()
    return cells(terminal)


@pytest.mark.parametrize("seed", seeds(2, 20))
def test_what_a_key_paints_is_what_a_whole_paint_would_give(tmp_path: Path, seed: int) -> None:
    opened = sample.opened(tmp_path)
    opened.folder.save_sheet(session_context(opened, "WR-01").blank, None)
    chance, pressed, compared = random.Random(seed), [], 0
    with bart(
        tmp_path, "answer", opened.session.session, "WR-01", size=(COLUMNS, LINES)
    ) as terminal:
        terminal.wait_for("Hoe wil je verder")
        terminal.send("2")
        terminal.wait_for("vraag 1 van")
        while compared < STEPS:
            for _ in range(chance.randint(1, 4)):
                pressed.append(chance.choice(KEYS))
                terminal.send(pressed[-1])
                terminal.quiet()
            if "F5" in terminal.text or "vraag" not in terminal.text.splitlines()[0]:
                terminal.send("\x1b")  # out of the field, whose cursor blinks, or of another screen
                terminal.quiet()
                continue
            by_key, whole = cells(terminal), painted_whole(terminal)
            others = [y for y in range(LINES) if by_key[y] != whole[y]]
            said = f"lines {others} after {pressed!r}, seed {seed}:\n{terminal.shown}"
            assert not others, said
            compared += 1
