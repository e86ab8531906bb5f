"""T2 of tests/README.md in the screens and in `gather --watch`: killed or refused at any call.

The real program runs with one call to the disk that fails, or at which it is killed. What it said
was kept is there, nothing is unreadable, and the next start sweeps what was half written.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from bart_tool.errors import Exit
from bart_tool.store import atomic
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.answering.state import Kept
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.open_session import OpenSession, open_session
from tests.cli.run import bart
from tests.cli.some_session import csv, made
from tests.figures import figure
from tests.store.failpoints import BROKEN, FULL, KILL, failing
from tests.tui import sample

if sys.platform == "win32":
    pytest.skip("no pty and no SIGKILL on Windows", allow_module_level=True)

from tests.tui.participant.terminal import Terminal
from tests.waiting import PATIENCE

TIMES = figure(2, 100)  # with each kind of failure
KINDS = (KILL, BROKEN, FULL)
NOT_KEPT = "NIET BEWAARD"
ENDS = (0, Exit.CANNOT_WRITE, Exit.CANNOT_CREATE)


def dying(root: Path, kind: str, before: int, *args: str) -> Terminal:
    given = ["-m", "tests.tui.dying", kind, str(before), *args, "--sessions", str(root)]
    return Terminal([*given, "--language", "nl"])


def seen(terminal: Terminal, *words: str) -> bool:
    """Wait until all `words` stand on the screen; False when the program ended before that."""

    def stands() -> bool:
        return all(word in terminal.text for word in words)

    terminal.until(lambda: stands() or not terminal.process.isalive(), str(words))
    while terminal.read():
        pass
    return stands() and terminal.process.isalive()


def ended_well(terminal: Terminal, kind: str) -> None:
    """Killed by the failure, or by us; refused with a sentence; never with a fault of its own."""
    if terminal.process.isalive():
        terminal.end(signal.SIGKILL)
    assert "Traceback" not in terminal.text
    if terminal.process.exitstatus is not None:
        assert kind != KILL
        assert terminal.process.exitstatus in ENDS, terminal.text


def opened_again(root: Path, name: str) -> OpenSession:
    opened = open_session(DiskStore(root), name)
    assert [*root.rglob("*.tmp")] == []
    assert picture_of(opened).problems == ()
    return opened


@pytest.mark.parametrize("kind", [BROKEN, FULL])
def test_after_a_failure_the_next_value_can_be_kept(tmp_path: Path, kind: str) -> None:
    """Also when the file was in its place already and only making sure of that failed."""
    refused = 0
    for before in range(100):
        folder = tmp_path / str(before)
        folder.mkdir()

        def save(value: bytes, expected: str | None, folder: Path = folder) -> str:
            return atomic.save(folder / "a", value, expected)

        kept = Kept[bytes]().tried(save, b"one")
        with failing(kind, before) as failpoint:
            kept = kept.tried(save, b"two")
        refused += kept.trouble is not None
        kept = kept.again().tried(save, b"three")
        assert kept.trouble is None
        assert (folder / "a").read_bytes() == b"three"
        if not failpoint.hit:
            break
    assert refused >= 3


# The answer screen

OPTIONS = ("voice", "plan", "connect")
ITEM = "primary-task/wijkraad"


def answering(terminal: Terminal, chance: random.Random) -> Iterable[tuple[str, bool]]:
    """Choose again and again; gives each choice, and whether the screen called it kept."""
    if not seen(terminal, "Welkom terug"):
        return
    terminal.send("2")
    if not seen(terminal, "vraag 1 van", "bewaard"):
        return
    number = 0
    for _ in range(6):
        number = (number + chance.choice((1, 2))) % 3
        terminal.send(str(number + 1))
        chosen = f"{number + 1} (●)"
        terminal.until(
            lambda chosen=chosen: (  # type: ignore[misc]
                (chosen in terminal.text and "bewaard" in terminal.text)
                or NOT_KEPT in terminal.text
                or not terminal.process.isalive()
            ),
            chosen,
        )
        if NOT_KEPT in terminal.text and seen(terminal, "kon niet worden bewaard"):
            yield OPTIONS[number], False
            terminal.send("1")  # once more: the disk works now
        yield OPTIONS[number], seen(terminal, chosen, "bewaard")


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_that_was_called_kept_is_there(tmp_path: Path, kind: str, seed: int) -> None:
    chance = random.Random(f"{seed} {kind}")
    opened = sample.opened(tmp_path)
    context = session_context(opened, "WR-01")
    context.save(context.blank.changed(consent="position"), None)
    may_be: list[str | None] = [None]
    acknowledged = 0
    for _ in range(TIMES):
        with dying(tmp_path, kind, chance.randrange(60), "answer", "proef", "WR-01") as terminal:
            for option, is_kept in answering(terminal, chance):
                may_be = [option] if is_kept else [*may_be, option]
                acknowledged += is_kept
            ended_well(terminal, kind)
        found = opened_again(tmp_path, "proef").folder.sheet("WR-01")
        assert found is not None
        answer = found[0].answers.get(ITEM)
        there = str(answer.value) if answer else None
        assert there in may_be
        may_be = [there]
    print(kind, "acknowledged", acknowledged)


# `bart discuss`

SENTENCE = "Wie dit oppakt, zoeken we uit."
PARKING = (
    ("13", ("1 [x]", "3 [x]")),
    ("g", ("Begin met wat jullie",)),
    ("g", ("In jullie eigen woorden",)),
    ("g", ("Onderwerp 1 van 2", "Stap 1 van 5")),
    ("p", ("Dit onderwerp parkeren", "praten we verder over:")),
    ("\x01\x0b", ("Enter klaar",)),  # to the begin, and rub out the rest
    (SENTENCE, (SENTENCE[-12:],)),
    ("\r", ("Wie bewaakt het?",)),
    ("2", ("Wanneer kijken jullie",)),
    ("\r", ("1 [>]",)),  # the day that is offered first
)


def parked(terminal: Terminal) -> bool:
    """Park the first topic; whether the screen shows that it is."""
    if not seen(terminal, "Waar praten we over?", "1 [ ]"):
        return False
    for keys, words in PARKING:
        terminal.send(keys)
        if not seen(terminal, *words):
            return False
        if keys.startswith("\x01"):
            terminal.until(
                lambda: "verder over:" not in terminal.text or not terminal.process.isalive(),
                "an empty line",
            )
    return True


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo")
    make_demo(DiskStore(root))
    return root


def test_what_was_agreed_on_the_screen_is_there_after_a_kill(
    tmp_path: Path, demo: Path, seed: int
) -> None:
    chance = random.Random(seed)
    shown: list[bool] = []
    for number in range(TIMES + 1):
        root = tmp_path / str(number)
        shutil.copytree(demo, root)
        # The last time nothing fails: then it is killed where all was shown.
        before = chance.randrange(70) if number < TIMES else 10**6
        with dying(root, KILL, before, "discuss", "demo") as terminal:
            shown.append(parked(terminal))
            ended_well(terminal, KILL)
        opened = opened_again(root, "demo")
        kept = [each.sentence for each in opened.folder.agreements()[0].agreements]
        assert kept in ([[SENTENCE]] if shown[-1] else [[], [SENTENCE]])
        opened.folder.discussion()  # raises when it cannot be read
        assert opened.session.phase.is_revealed
        shutil.rmtree(root)
    assert shown[-1]


# `gather --watch`

ROWS = {
    "WR-01": "WR-01,wijkraad,ties-broken-by,college,,,,position",
    "WR-02": "WR-02,wijkraad,ties-broken-by,nobody,,,,position",
    "WM-01": "WM-01,wijkmanager,ties-broken-by,wijkmanager,,,,position",
    "CL-01": "CL-01,cluster-groen,ties-broken-by,college,,,,position",
}


def watched(root: Path, kind: str, before: int, until: int) -> tuple[set[str], int]:
    """Watch until so many lines were said, then kill; gives who was said to be in, and the end."""
    command = [sys.executable, "-m", "tests.tui.dying", kind, str(before), "gather", "wijk"]
    watching = subprocess.Popen(
        [*command, "--watch", str(root / "inbox")],
        env={**os.environ, "BART_SESSIONS": str(root), "BART_LANGUAGE": "nl"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert watching.stdout is not None
        lines = [watching.stdout.readline() for _ in range(until)]
        watching.kill()
        rest, wrong = watching.communicate(timeout=PATIENCE)
    finally:
        watching.kill()
        watching.communicate()
    assert "Traceback" not in wrong
    said = "".join((*lines, rest))
    return {code for code in ROWS if f"({code})" in said}, watching.returncode


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_watch_said_came_in_is_there(tmp_path: Path, kind: str, seed: int) -> None:
    chance = random.Random(f"{seed} {kind}")
    acknowledged = 0
    for number in range(TIMES):
        root = tmp_path / str(number)
        root.mkdir()
        made(root)
        (root / "inbox").mkdir()
        for code, row in ROWS.items():
            csv(root / "inbox", f"{code}.csv", row)
        said, end = watched(root, kind, chance.randrange(45), chance.randint(1, len(ROWS)))
        assert end in (-signal.SIGKILL, *ENDS)
        acknowledged += len(said)
        sheets = picture_of(opened_again(root, "wijk")).picture.sheets
        assert said <= {each.participant for each in sheets}
        again = bart(root, "gather", "wijk", str(root / "inbox"))
        assert again.code == 0
        sheets = picture_of(opened_again(root, "wijk")).picture.sheets
        assert {each.participant for each in sheets} == ROWS.keys()
        assert {each.answers["ties-broken-by"].value for each in sheets} == {
            "college",
            "nobody",
            "wijkmanager",
        }
        shutil.rmtree(root)
    print(kind, "acknowledged", acknowledged)
