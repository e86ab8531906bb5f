"""A city on one database: three `bart serve`, a session each and then the next, till all answered.

Each server is killed once and the database restarted once. Printed, and not asked of a test: how
long a person waits. `python -m pytest --long` takes a whole city: 39 sessions of 20 people, who
give 40 answers each and think a while in between.
"""

import secrets
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from bart_tool.domain.answer import Answer
from bart_tool.workflow.answering import steps
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import close
from bart_tool.workflow.prepare import new_session
from bart_tool.workflow.publish import publish
from bart_tool.workflow.room import Card, Room
from bart_tool.workflow.session_draft import SessionDraft
from tests.figures import figure
from tests.store import server as servers
from tests.web.running import Program, free_port
from tests.web.test_on_a_database import Patient

if sys.platform == "win32":
    pytest.skip("the database of these tests is on a socket", allow_module_level=True)

SERVERS = 3
SESSIONS, PEOPLE, ANSWERS = figure(6, 39), figure(4, 20), figure(8, 40)
THINKS = figure(0, 1.5)  # seconds between two answers
Asked = list[tuple[int, dict[str, str]]]


class Person(Patient):
    """Somebody who gives every answer once, and goes on when it is said to be kept."""

    def __init__(self, port: int, room: Room, card: Card, word: str) -> None:
        super().__init__(port, card, room.form_key(card.code), [])
        self.code, self.asked = card.code, asked_of(room, card, word)
        self.given = 0
        self.waited: list[float] = []
        self.undisturbed: list[float] = []  # of these, where nothing was killed or busy

    def run(self) -> None:
        time.sleep(THINKS * secrets.randbelow(100) / 100)
        for number, fields in self.asked:
            begun, tries = time.perf_counter(), 1
            while not (status := self._sent(number, {**fields, "rev": "0"})):
                time.sleep(0.02)
                tries += 1
            self.waited.append(time.perf_counter() - begun)
            self.undisturbed += self.waited[-1:] if tries == 1 else []
            if status != 303:
                self.refused.append(status)
            self.given += 1
            time.sleep(THINKS)


def asked_of(room: Room, card: Card, word: str) -> Asked:
    """What this person answers: levels that are drawn, and in own words the word of the session."""
    seat = room.seat(card.code)
    found: Asked = []
    for item in seat.items:
        if item.question.compared == "level":
            options = room.opened.question_set.options(item.question, item.subject)
            said = {"v": secrets.choice(options).id}
        elif item.question.answered == "words":
            said = {"text": f"{card.code} zegt {word}", "quote": "yes"}
        else:
            continue
        found.append((seat.number_of(item), {"item": item.key, **said}))
    words = [each for each in found if "text" in each[1]]
    return [*words, *(each for each in found if each not in words)][:ANSWERS]


@dataclass
class Wijk:
    """A session, the word that only its people write, and what they gave."""

    name: str
    word: str
    people: list[Person] = field(default_factory=list)

    def opened(self) -> OpenSession:
        return open_session(servers.postgres_store(servers.needed().address()), self.name)

    @property
    def given(self) -> int:
        return sum(each.given for each in self.people)


def begun(number: int) -> Wijk:
    """A session in which everybody chose how they may be shown."""
    wijk = Wijk(f"wijk-{number}", f"zeker{secrets.token_hex(6)}")
    store = servers.postgres_store(servers.needed().address())
    plan = SessionDraft(name=wijk.name, parties=[("wijkraad", PEOPLE)], title=f"Wijk {wijk.word}")
    room = Room(new_session(store, plan))
    for card in room.cards():
        room.seat(card.code).keep(lambda now: (steps.begin(now, "position", ""), ()))
    return wijk


def serve(wijken: list[Wijk], port: int) -> None:
    """One session after the other, on one port; in the midst of the first it is killed."""
    for wijk in wijken:
        room = Room(wijk.opened())
        wijk.people = [Person(port, room, card, wijk.word) for card in room.cards()]
        program = Program(servers.needed().address(), port, session=wijk.name)
        for person in wijk.people:
            person.start()
        if wijk is wijken[0]:
            until(lambda so_far=wijk: so_far.given >= PEOPLE * ANSWERS // 2)  # type: ignore[misc]
            program.kill()
            program.start()
        for person in wijk.people:
            person.join()
        program.stop()


def until(so: Callable[[], bool]) -> None:
    """As long as it takes: a city takes minutes."""
    while not so():
        time.sleep(0.05)


@pytest.fixture
def city() -> list[Wijk]:
    servers.database()
    return [begun(number) for number in range(SESSIONS)]


def test_a_city_answers_and_none_is_lost_doubled_or_told_elsewhere(city: list[Wijk]) -> None:
    ports = [free_port() for _ in range(SERVERS)]
    running = [
        threading.Thread(target=serve, args=(city[n::SERVERS], port))
        for n, port in enumerate(ports)
    ]
    begin = time.perf_counter()
    for each in running:
        each.start()
    half = SESSIONS * PEOPLE * ANSWERS // 2
    until(lambda: sum(each.given for each in city) >= half or not any_alive(running))
    servers.needed().control("restart", "-m", "immediate")
    for each in running:
        each.join()
    print_waits(city, time.perf_counter() - begin)
    for wijk in city:
        opened = wijk.opened()
        for person in wijk.people:
            check_kept(opened, person)
        publish(close(opened).opened, formats=("md", "html", "json"))
    check_reports(city)


def any_alive(running: list[threading.Thread]) -> bool:
    return any(each.is_alive() for each in running)


def check_kept(opened: OpenSession, person: Person) -> None:
    """All that this person gave is there, and was kept once."""
    assert person.refused == []
    assert len(person.waited) == ANSWERS
    found = opened.folder.sheet(person.code)
    assert found is not None
    assert {item: answer.revision for item, answer in found[0].answers.items()} == {
        fields["item"]: 1 for _, fields in person.asked
    }
    for _, fields in person.asked:
        assert said(found[0].answers[fields["item"]]) == fields.get("v", fields.get("text"))


def said(answer: Answer) -> object:
    return answer.value


def check_reports(city: list[Wijk]) -> None:
    """What is told of a wijk holds its own word, and that of no other."""
    words = {each.word for each in city}
    for wijk in city:
        folder = wijk.opened().folder
        for name in ("report.md", "report.html", "appendix.md", "report.json"):
            stored = folder.content(f"report/{name}")
            assert stored is not None, name
            text = stored.content.decode("utf-8")
            assert {each for each in words if each in text} == {wijk.word}, (wijk.name, name)


def print_waits(city: list[Wijk], seconds: float) -> None:
    people = [person for wijk in city for person in wijk.people]
    every = sorted(each for person in people for each in person.waited)
    kept_at_once = sorted(each for person in people for each in person.undisturbed)
    print(f"{len(every)} answers of {SESSIONS} sessions in {seconds:.0f} s, 3 kills, 1 restart")
    for what, waited in (("all", every), ("without those cut off", kept_at_once)):
        middle, most = waited[len(waited) // 2], waited[int(len(waited) * 0.99)]
        print(f"  {what}: p50 {middle * 1000:.0f} ms, p99 {most * 1000:.0f} ms")
