"""A whole workshop in the real program, in a terminal, as people would do it.

A facilitator makes a session, three people of two parties answer all of wijk-kern on the same
laptop, one changes an answer, one is cut off by a killed terminal, one stops half-way. What is in
the sheets and in report.json is compared with what was typed.
"""

import json
import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bart_tool.domain.answer import Answer
from bart_tool.domain.question import MultiQuestion
from bart_tool.domain.route import Page, Route, left_out
from bart_tool.domain.sheet import SheetStatus
from bart_tool.store.disk import DiskStore
from bart_tool.tui.fast_typing import PAUSE
from bart_tool.wording.questions import keyed
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.open_session import open_session

if sys.platform == "win32":
    pytest.skip("no pty on Windows", allow_module_level=True)

from tests.tui.participant.terminal import Terminal, bart

SEED = 20261124
NAME = "voorbeeldwijk"
LEFT = "\x1b[D"
ESC = "\x1b"
CTRL_Q = "\x11"
F2 = "\x1bOQ"
Typed = dict[str, object]  # item -> the value that was typed


class Person:
    """Somebody at the laptop: what they will type, and what they have typed."""

    def __init__(self, terminal: Terminal, route: Route, seed: int) -> None:
        self.terminal = terminal
        self.route = route
        self.typed: Typed = {}
        self.chance = random.Random(seed)

    def welcome(self) -> None:
        """Read the welcome and choose to be recognisable."""
        self.terminal.wait_for("Welkom")
        self.terminal.send("\r")
        self.terminal.wait_for("Wie ziet straks wat?")
        self.terminal.send("\r")
        self.terminal.wait_for("Hoe mogen je antwoorden")
        choose(self.terminal, "1")
        self.terminal.wait_for("(●)")
        self.terminal.send("\r")
        self.at(0)

    def at(self, page: int) -> None:
        """Wait until this page is asked, and all is on the disk."""
        sizes = [len(each.items) for each in self.pages]
        first, total = sum(sizes[:page]) + 1, sum(sizes)
        self.terminal.wait_for(f"vraag {first}", f" van {total} ", "bewaard")

    @property
    def pages(self) -> tuple[Page, ...]:
        """What is asked, without what was left out by what was typed."""
        said = {item: Answer(value=value) for item, value in self.typed.items()}
        out = left_out(self.route.question_set, said)
        return replace(self.route, left_out=out).pages

    def answer_from(self, page: int, to: int) -> None:
        """Answer the pages from `page` up to `to`, each with Enter behind it."""
        number = page
        while number < min(to, len(self.pages)):
            self.at(number)
            self.answer(self.pages[number])
            self.terminal.send("\r")
            number += 1

    def answer(self, page: Page) -> None:
        """Type an answer to everything on the page."""
        question, item = page.question, page.items[0]
        options = self.route.question_set.options(question, page.subject)
        keys = [(key, option.id) for key, option in keyed(options) if key]
        if page.is_table:
            for row in page.items:
                self._press(row.key, [*keys[:8], ("w", "dont-know")])
        elif question.type == "text":
            said = f"Wij zorgen samen voor de wijk {self.chance.randrange(100)}"
            self.terminal.send(said)
            self.terminal.wait_for(said[-12:])
            self.typed[item.key] = said
        elif isinstance(question, MultiQuestion):
            self._press_some(item.key, keys, bool(question.tagged))
        else:
            more = [("n", "nobody")] if question.type == "who" else []
            self._press(item.key, [*keys, *more, ("w", "dont-know"), ("z", "prefer-not")])

    def _press(self, item: str, keys: list[tuple[str, str]]) -> None:
        key, value = self.chance.choice(keys)
        self.terminal.send(key)
        self.typed[item] = value

    def _press_some(self, item: str, keys: list[tuple[str, str]], tagged: bool) -> None:
        chosen = self.chance.sample(keys, 2)
        value = {}
        for key, option in chosen:
            choose(self.terminal, key)
            tag = self.chance.choice([("v", "formal"), ("g", "informal")]) if tagged else None
            if tag:
                choose(self.terminal, tag[0])
            value[option] = tag[1] if tag else "unknown"
        self.typed[item] = value

    def hand_in(self) -> None:
        """From one's own picture: hand in, and close."""
        self.terminal.wait_for("Mijn beeld", "inleveren")
        choose(self.terminal, "i")
        self.terminal.wait_for("Inleveren")
        choose(self.terminal, "1")
        self.terminal.wait_for("Ingeleverd. Dank je wel.")
        self.terminal.send("\r")


def choose(terminal: Terminal, key: str) -> None:
    """Press `key` a while after the one before: what comes at once would be part of a word."""
    terminal.quiet(PAUSE)
    terminal.send(key)


def give_to(terminal: Terminal, code: str, row: str) -> None:
    """From the session's screen: hand the laptop to `code`, who stands at `row`."""
    terminal.wait_for("De volgende stap")
    choose(terminal, "1")
    terminal.wait_for("Wie gaat antwoorden?", code)
    choose(terminal, row)
    terminal.wait_for(f"Geef de laptop aan {code}")
    terminal.send("\r")


def take_back(terminal: Terminal) -> None:
    terminal.wait_for("Geef de laptop terug")
    terminal.send("\r")
    terminal.wait_for("De volgende stap", "antwoorden")


def make_session(terminal: Terminal) -> None:
    terminal.wait_for("Er is nog geen sessie", "Nieuwe sessie")
    choose(terminal, "n")
    terminal.wait_for("stap 1 van 3")
    terminal.send("Voorbeeldwijk\r")
    terminal.wait_for("Wijk: Voorbeeldwijk", gone="Hoe heet de wijk")
    choose(terminal, "1")
    terminal.wait_for("stap 2 van 3")
    terminal.send("2\r1\r")
    terminal.wait_for("Naam van nog een cluster")
    terminal.send("\r")
    terminal.wait_for("stap 3 van 3")
    choose(terminal, "2")
    terminal.wait_for("De sessie is klaar voor antwoorden", "WR-02", "WM-01")
    terminal.send("\r")
    terminal.wait_for("De volgende stap", "[ ] WR-01")


def test_three_people_of_two_parties_from_making_the_session_to_the_findings(
    tmp_path: Path,
) -> None:
    print("seed", SEED)
    people: dict[str, Person] = {}
    with bart(tmp_path) as terminal:
        make_session(terminal)
        opened = open_session(DiskStore(tmp_path), NAME)
        asked = {
            code: Route(session_context(opened, code).question_set, kind)
            for code, kind in (
                ("WR-01", "wijkraad"),
                ("WR-02", "wijkraad"),
                ("WM-01", "wijkmanager"),
            )
        }
        council, manager = asked["WR-01"], asked["WM-01"]
        pages = len(council.pages)

        # The first goes back once and changes an answer.
        give_to(terminal, "WR-01", "1")
        first = people["WR-01"] = Person(terminal, council, SEED)
        first.welcome()
        first.answer_from(0, 3)
        first.at(3)
        terminal.send(LEFT)
        first.at(2)
        changed = council.pages[2].items[0].key
        key, value = next(
            (key, option.id)
            for key, option in keyed(
                council.question_set.options(council.pages[2].question, council.pages[2].subject)
            )
            if option.id != first.typed[changed]
        )
        terminal.send(key)
        first.typed[changed] = value
        terminal.send("\r")
        first.answer_from(3, pages)
        first.hand_in()
        take_back(terminal)
        terminal.wait_for("[x] WR-01")

        # The second is cut off in the middle: the window is gone from one moment to the next.
        give_to(terminal, "WR-02", "1")
        second = people["WR-02"] = Person(terminal, asked["WR-02"], SEED + 1)
        second.welcome()
        second.answer_from(0, pages // 2)
        second.at(pages // 2)
        terminal.end()

    with bart(tmp_path) as terminal:
        terminal.wait_for("Sessies", "Voorbeeldwijk", "1 van 3 klaar")
        choose(terminal, "1")
        terminal.wait_for("[~] WR-02")
        give_to(terminal, "WR-02", "1")
        second.terminal = terminal
        terminal.wait_for("Welkom terug", f"{len(second.typed)} antwoorden")
        terminal.send("\r")
        second.answer_from(pages // 2, pages)
        second.hand_in()
        take_back(terminal)

        # The third stops half-way, and goes on after the facilitator had the laptop.
        give_to(terminal, "WM-01", "1")
        third = people["WM-01"] = Person(terminal, asked["WM-01"], SEED + 2)
        third.welcome()
        half = len(manager.pages) // 2
        third.answer_from(0, half)
        third.at(half)
        terminal.send(CTRL_Q)
        take_back(terminal)
        terminal.wait_for("[~] WM-01")
        give_to(terminal, "WM-01", "1")
        terminal.wait_for("Welkom terug")
        terminal.send("\r")
        third.answer_from(half, len(manager.pages))
        third.hand_in()
        take_back(terminal)

        # Close, report, and read the findings.
        terminal.wait_for("Iedereen heeft ingeleverd")
        choose(terminal, "1")
        terminal.wait_for("Minder dan 3 mensen leverden in")
        choose(terminal, "1")
        terminal.wait_for("De ronde is gesloten.", "herkenbaar")
        terminal.send("\r")
        terminal.wait_for("[gesloten]", "Maak het verslag", gone="De ronde is gesloten.")
        choose(terminal, "1")
        terminal.wait_for("Het verslag is klaar")
        terminal.send("\r")
        # The step is among the others below until the session was read again, and 1 is the first.
        terminal.wait_for("1 Bespreken: de partijen")
        choose(terminal, "u")
        terminal.wait_for("[1 gesprek]")
        findings_on_screen = terminal.quiet()
        choose(terminal, "2")
        terminal.wait_for("[2 besluiten]")
        choose(terminal, "b")
        terminal.wait_for("Waar praten we over?")
        choose(terminal, "1")
        terminal.wait_for("1 gekozen: ongeveer 58 minuten")
        choose(terminal, "g")
        terminal.wait_for("1 onderwerp, samen ongeveer 58 minuten")
        choose(terminal, "1")
        terminal.wait_for("Stap 1 van 5")
        terminal.send(ESC)
        terminal.wait_for("1 onderwerp, samen ongeveer 58 minuten")
        terminal.send(ESC)
        terminal.wait_for("[bespreken]")
        terminal.send(CTRL_Q)
        assert terminal.ended() == 0

    _sheets_hold_what_was_typed(tmp_path, people)
    _report_counts_what_was_typed(tmp_path, people)
    _the_screen_begins_with_the_agenda(tmp_path, findings_on_screen)


def _sheets_hold_what_was_typed(root: Path, people: dict[str, Person]) -> None:
    opened = open_session(DiskStore(root), NAME)
    for code, person in people.items():
        found = opened.folder.sheet(code)
        assert found is not None
        sheet = found[0]
        assert (sheet.status, sheet.consent) == (SheetStatus.SUBMITTED, "position")
        assert {item: answer.value for item, answer in sheet.answers.items()} == person.typed
    first = opened.folder.sheet("WR-01")
    assert first is not None
    assert first[0].answers[people["WR-01"].route.pages[2].items[0].key].revision == 2


def _report_counts_what_was_typed(root: Path, people: dict[str, Person]) -> None:
    report = json.loads((root / NAME / "report" / "report.json").read_text("utf-8"))
    compared = 0
    for item in report["items"]:
        for position in item["positions"]:
            if item["type"] in ("text", "multi"):
                continue
            codes = [c for c in people if c.startswith("WR") == (position["party"] == "wijkraad")]
            said = [people[c].typed[item["item"]] for c in codes if item["item"] in people[c].typed]
            given = [value for value in said if value != "prefer-not"]
            assert position["n"] == len(given), item["item"]
            counts = Counter(str(v) for v in given if v != "dont-know")
            assert position["counts"] == dict(counts), item["item"]
            assert position["dont_know"] == given.count("dont-know"), item["item"]
            compared += len(given)
    assert compared > 100


def _the_screen_begins_with_the_agenda(root: Path, screen: str) -> None:
    report = json.loads((root / NAME / "report" / "report.json").read_text("utf-8"))
    opened = open_session(DiskStore(root), NAME)
    assert report["agenda"]
    topic = report["agenda"][0].split("/")[-1]
    decisions = opened.question_set.objects["decisions"]
    title = decisions[topic].label.nl if topic in decisions else ""
    assert title.split(",")[0] in screen
