"""Leaving at any moment and in any way: what the screen called kept is on the disk.

The real program in a terminal is killed, ended politely, loses its window, or is stopped by its
own keys, between random keys. Seeds are printed.
"""

import random
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bart_tool.store.disk import DiskStore
from bart_tool.workflow.open_session import OpenSession, open_session
from tests.figures import seeds
from tests.tui import sample
from tests.workshop import path_of

if sys.platform == "win32":
    pytest.skip("no pty on Windows", allow_module_level=True)

from tests.tui.participant.terminal import Terminal, bart
from tests.waiting import wait_until

SEEDS = seeds(4, 40)
ROUNDS = 6  # visits to one sheet for each seed
PLACES = ("1", "2", "3", "4–6", "7–9", "10", "11", "12", "13")  # the numbers on each page
# page -> item and its options in the order of their digits, as WR-01 meets them; other pages are
# passed by.
CHOICES = {
    1: ("primary-task/wijkraad", ["voice", "plan", "connect"]),
    2: ("primary-task/wijkmanager", ["voice", "plan", "connect"]),
    6: ("ties-broken-by", ["college", "wijkraad", "wijkmanager"]),
    9: ("clarity", ["very-low", "low", "middle", "high", "very-high"]),
}
WORDS = (3, "mission/wijkraad")
OTHER_PLACE = "Mijn antwoorden op een andere plek bewaren"
CTRL_C, CTRL_Q = "\x03", "\x11"


class Leaving:
    """Somebody at the keys, what was acknowledged, and what was typed since.

    `may_be`: what may be on the disk for each item, of which the first is what was acknowledged.
    """

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.chance = random.Random(seed)
        self.may_be: dict[str, list[str | None]] = {}
        self.acknowledged = 0

    def answer(self, terminal: Terminal, page: int) -> bool:
        """Answer this page; False when one should leave before the screen has said anything."""
        before = self.chance.random() < 0.15
        if page == WORDS[0]:
            said = f"w{self.chance.randrange(10**6)}"
            terminal.send(said)
            self._typed(WORDS[1], said)
            if before:
                return False
            terminal.wait_for(said)
            if self.chance.random() < 0.4:
                return False  # on the screen, and not called kept yet
            terminal.wait_for(said, "bewaard")
            self._kept(WORDS[1], self._all_words(terminal))
            return True
        item, options = CHOICES[page]
        number = self.chance.randrange(len(options))
        terminal.send(str(number + 1))
        self._typed(item, options[number])
        if before:
            return False
        terminal.wait_for(f"{number + 1} (●)", "bewaard")
        self._kept(item, options[number])
        return True

    def _typed(self, item: str, value: str) -> None:
        self.may_be.setdefault(item, [None]).append(value)

    def _kept(self, item: str, value: str) -> None:
        self.may_be[item] = [value]
        self.acknowledged += 1

    def _all_words(self, terminal: Terminal) -> str:
        """What stands in the field: earlier words, with the new ones behind them."""
        line = next(line for line in terminal.text.splitlines() if line.strip().startswith("│"))
        return line.strip().strip("│").strip()

    def check(self, seen: str = "") -> dict[str, str]:
        """What is on the disk is what was acknowledged, or what was typed after it.

        `seen` are words that stood on the screen when the program could still save them.
        """
        found = open_session(DiskStore(self.root), "proef").folder.sheet("WR-01")
        assert found is not None
        said = {item: str(answer.value) for item, answer in found[0].answers.items()}
        for item, allowed in self.may_be.items():
            first, *typed = allowed
            there = said.get(item)
            if item == WORDS[1] and typed:
                # Cut off while typing: the old words, and any part of the new ones behind them.
                assert (there or "").startswith(first or ""), (there, allowed)
                assert ((first or "") + "".join(map(str, typed))).startswith(there or "")
                assert seen in (there or ""), (there, seen)
            else:
                assert there in allowed, (item, there, allowed)
            self.may_be[item] = [there]
        assert said.keys() <= self.may_be.keys()
        return said


def kill(terminal: Terminal) -> None:
    terminal.end(signal.SIGKILL)


def terminate(terminal: Terminal) -> None:
    assert terminal.end(signal.SIGTERM) == 128 + signal.SIGTERM


def close_window(terminal: Terminal) -> None:
    """The window is gone: nobody reads any more, and the system sends SIGHUP."""
    terminal.process.fileobj.close()
    wait_until(lambda: not terminal.process.isalive(), "the end")


def stop(terminal: Terminal) -> None:
    terminal.send(CTRL_Q)
    assert terminal.ended() == 0


def ask_and_stop(terminal: Terminal) -> None:
    """Ctrl+C, by habit; the screen says how one stops."""
    terminal.send(CTRL_C)
    terminal.wait_for("Met Ctrl+Q stop je")
    stop(terminal)


WAYS: tuple[Callable[[Terminal], None], ...] = (kill, terminate, close_window, stop, ask_and_stop)


def begin(terminal: Terminal) -> None:
    terminal.wait_for("Welkom")
    terminal.send("\r")
    terminal.wait_for("Wie ziet straks wat?")
    terminal.send("\r")
    terminal.wait_for("Hoe mogen je antwoorden")
    terminal.send("1")
    terminal.wait_for("(●)")
    terminal.send("\r")
    terminal.wait_for("vraag 1 van", "bewaard")


def come_back(terminal: Terminal, said: dict[str, str]) -> None:
    """The start says how much was kept; from there one goes through it anew."""
    how_many = {0: "Je had nog niets", 1: "1 antwoord"}.get(len(said), f"{len(said)} antwoorden")
    terminal.wait_for("Welkom terug", how_many if said else "")
    terminal.send("2")
    terminal.wait_for("vraag 1 van", "bewaard")


def temporary(root: Path) -> list[str]:
    return [path.name for path in root.rglob(".*.tmp")]


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_way_one_leaves_everything_called_kept_is_there(tmp_path: Path, seed: int) -> None:
    print("seed", seed)
    sample.opened(tmp_path)
    person = Leaving(tmp_path, seed)
    said: dict[str, str] | None = None
    for visit in range(ROUNDS):
        with bart(tmp_path, "answer", "proef", "WR-01") as terminal:
            if said is None:
                begin(terminal)
            else:
                come_back(terminal, said)
                assert temporary(tmp_path) == []
            seen = _answer_a_while(person, terminal)
            way = WAYS[(seed + visit) % len(WAYS)]
            print(visit, way.__name__, person.may_be)
            way(terminal)
        said = person.check(seen if way is not kill else "")
    with bart(tmp_path, "answer", "proef", "WR-01") as terminal:
        come_back(terminal, said or {})
        assert temporary(tmp_path) == []
    assert person.acknowledged


def _answer_a_while(person: Leaving, terminal: Terminal) -> str:
    """Go on until something says leave; gives the words that stand on the screen unsaved."""
    for page, place in enumerate(PLACES, 1):
        terminal.wait_for(f"vraag {place} van {PLACES[-1]}", "bewaard")
        answered = page == WORDS[0] or page in CHOICES
        if answered and not person.answer(terminal, page):
            item_words = person.may_be.get(WORDS[1], [None])
            last = str(item_words[-1])
            return last if len(item_words) > 1 and last in terminal.text else ""
        if page > 2 and person.chance.random() < 0.2:
            return ""
        if page < len(PLACES):
            terminal.send("\r")
    return ""


def at_first_question(terminal: Terminal) -> None:
    begin(terminal)
    terminal.send("1")
    terminal.wait_for("1 (●)", "bewaard")


def value_in(path: Path, value: str) -> bool:
    return f'value: "{value}"' in path.read_text("utf-8")


def test_a_folder_that_refuses_is_told_at_once_and_another_place_keeps_everything(
    tmp_path: Path,
) -> None:
    opened = sample.opened(tmp_path)
    other = tmp_path / "elders.yaml"
    folder = path_of(opened.folder) / "sheets"
    with bart(tmp_path, "answer", "proef", "WR-01") as terminal:
        at_first_question(terminal)
        folder.rename(path_of(opened.folder) / "weg")
        folder.write_text("in the way", "utf-8")
        terminal.send("2")
        terminal.wait_for("NIET BEWAARD", "Dit antwoord kon niet worden bewaard", OTHER_PLACE)
        terminal.send("\x1b[B\x1b[B")  # so that a new window can be told from this one
        terminal.wait_for("› 3")
        terminal.send("1")  # again, which fails again
        terminal.wait_for("Dit antwoord kon niet worden bewaard", "› 1")
        _keep_elsewhere(terminal, "2", other)
        terminal.wait_for("2 (●)", "bewaard")
        assert value_in(other, "plan")
        terminal.send("\r3")
        terminal.wait_for("vraag 2", "3 (●)", "bewaard")
        assert value_in(other, "connect")
        terminal.send(CTRL_Q)
        assert terminal.ended() == 0
    kept = (path_of(opened.folder) / "weg" / "WR-01.yaml").read_text("utf-8")
    assert 'value: "voice"' in kept  # what was acknowledged before lies there untouched


def _keep_elsewhere(terminal: Terminal, key: str, file: Path) -> None:
    terminal.send(key)
    terminal.wait_for("In welk bestand?")
    terminal.send(str(file))  # the proposal is selected: typing replaces it
    terminal.wait_for(file.name)
    terminal.send("\r")
    terminal.wait_for(gone="In welk bestand?")


def test_a_full_disk_is_told_at_once_and_nothing_is_lost_once_there_is_room(
    tmp_path: Path,
) -> None:
    opened = sample.opened(tmp_path)
    with bart(tmp_path, "answer", "proef", "WR-01") as terminal:
        at_first_question(terminal)
        limits = resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (16, limits[1]))
        terminal.send("2")
        terminal.wait_for("NIET BEWAARD", "Dit antwoord kon niet worden bewaard")
        assert _value(opened) == "voice"  # whole, as it was acknowledged
        terminal.send("3")  # go on answering
        terminal.wait_for("2 (●)", gone="Dit antwoord kon niet")
        terminal.send("3")
        terminal.wait_for("NIET BEWAARD", "Dit antwoord kon niet worden bewaard")
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, limits)
        terminal.send("1")  # again
        terminal.wait_for("3 (●)", "bewaard", gone="NIET BEWAARD")
        assert _value(opened) == "connect"
        terminal.send(CTRL_Q)
        assert terminal.ended() == 0
    assert temporary(tmp_path) == []


def test_whoever_stops_with_an_answer_unsaved_is_asked_and_can_keep_it_elsewhere(
    tmp_path: Path,
) -> None:
    sample.opened(tmp_path)
    other = tmp_path / "elders.yaml"
    with bart(tmp_path, "answer", "proef", "WR-01") as terminal:
        at_first_question(terminal)
        limits = resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (16, limits[1]))
        terminal.send("2")
        terminal.wait_for("NIET BEWAARD", "Dit antwoord kon niet worden bewaard")
        terminal.send("3")
        terminal.wait_for("2 (●)", gone="Dit antwoord kon niet")
        terminal.send(CTRL_Q + CTRL_Q)
        terminal.wait_for("Als je nu stopt, is het weg.")
        terminal.send("\x1b")  # back: asked twice would still show the question
        terminal.wait_for("2 (●)", gone="Als je nu stopt, is het weg.")
        terminal.send(CTRL_Q)
        terminal.wait_for("Als je nu stopt, is het weg.")
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, limits)
        _keep_elsewhere(terminal, "1", other)
        terminal.wait_for("vraag 1 van", "bewaard", gone="NIET BEWAARD")
        assert value_in(other, "plan")
        terminal.send(CTRL_Q)
        assert terminal.ended() == 0


def _value(opened: OpenSession) -> str:
    found = opened.folder.sheet("WR-01")
    assert found is not None
    return str(found[0].answers["primary-task/wijkraad"].value)
