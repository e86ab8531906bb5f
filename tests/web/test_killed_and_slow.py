"""The real server on the loopback: killed and started again, and kept waiting."""

import asyncio
import http.client
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from bart_tool.domain.route import Route
from bart_tool.web import server
from bart_tool.web.server import Place, Served
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.phases import close
from bart_tool.workflow.room import Card, Room
from tests import figures
from tests.tui import sample
from tests.waiting import wait_until
from tests.web.running import Program, answers_on, free_port

LEVELS = ("very-low", "low", "middle", "high", "very-high")


class Sender(threading.Thread):
    """A phone that gives every answer again until it hears that it is kept."""

    def __init__(self, port: int, card: Card, key: str, questions: list[tuple[int, str]]) -> None:
        super().__init__(daemon=True)
        self._port, self._card, self._key, self._questions = port, card, key, questions
        self.kept: dict[str, list[str]] = {}
        self.refused: list[int] = []
        self.is_over = False

    def run(self) -> None:
        turn = 0
        while not self.is_over:
            number, item = self._questions[turn % len(self._questions)]
            before = self.kept.setdefault(item, [])
            value = LEVELS[len(before) % len(LEVELS)]
            if self._gave(number, item, value, len(before)):
                before.append(value)
                turn += 1

    def _gave(self, number: int, item: str, value: str, revision: int) -> bool:
        while not self.is_over:
            status = self._sent(number, {"item": item, "rev": str(revision), "v": value})
            if status == 303:
                return True
            if status:
                self.refused.append(status)
        return False

    def _sent(self, number: int, fields: dict[str, str]) -> int:
        body = urlencode({**fields, "key": self._key, "act": "next"})
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request(
                "POST",
                f"/q/{number}",
                body,
                {
                    "Cookie": f"bart={self._card.token}",
                    "Origin": f"http://127.0.0.1:{self._port}",
                    "Content-Type": "application/x-www-form-urlencoded",
                },
            )
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):  # killed: nobody knows whether it was kept
            return 0
        finally:
            connection.close()


@pytest.fixture
def asked(tmp_path: Path) -> OpenSession:
    """A session in which everybody chose how they may be shown."""
    opened = sample.opened(tmp_path, parties={"wijkraad": 4})
    for code in opened.session.party_of:
        Room(opened).seat(code).keep(lambda now: (sample.begun(now), ()))
    return opened


def test_what_was_called_kept_is_there_once_after_every_kill(
    asked: OpenSession, tmp_path: Path
) -> None:
    room, program = Room(asked), Program(tmp_path, free_port())
    items = Route(asked.question_set, "wijkraad").items
    questions = [(n, i.key) for n, i in enumerate(items, 1) if i.question.on_scale == "five"]
    senders = [
        Sender(program.port, card, room.form_key(card.code), questions) for card in room.cards()
    ]
    for sender in senders:
        sender.start()
    for _ in range(figures.figure(3, 30)):
        before = sum(len(each) for sender in senders for each in sender.kept.values())
        wait_until(
            lambda so_far=before: (  # type: ignore[misc]
                sum(len(each) for s in senders for each in [*s.kept.values()]) >= so_far + 20
            ),
            "twenty answers more",
        )
        program.kill()
        program.start()
    for sender in senders:
        sender.is_over = True
    for sender in senders:
        sender.join()
    assert program.stop() in (0, 130)
    for card, sender in zip(room.cards(), senders, strict=True):
        found = asked.folder.sheet(card.code)
        assert found is not None
        assert sender.refused == []
        for item, values in sender.kept.items():
            answer = found[0].answers[item]
            # One more may be kept than was told: of the one that was on its way at the end.
            assert answer.revision - len(values) in (0, 1)
            assert answer.value == LEVELS[(answer.revision - 1) % len(LEVELS)]


@pytest.fixture
def serving(asked: OpenSession) -> Iterator[Served]:
    served = Served(Room(asked), "", Place("127.0.0.1", free_port()))
    served.start()
    wait_until(lambda: answers_on(served.place.port), "the server")
    yield served
    served.stop()


def test_closing_gets_its_turn_and_what_was_called_kept_before_it_counts(
    serving: Served, asked: OpenSession
) -> None:
    room = serving.site.room
    items = Route(asked.question_set, "wijkraad").items
    questions = [(n, i.key) for n, i in enumerate(items, 1) if i.question.on_scale == "five"]
    port = serving.place.port
    senders = [Sender(port, card, room.form_key(card.code), questions) for card in room.cards()]
    for sender in senders:
        sender.start()
    wait_until(lambda: all(sender.kept.get(questions[0][1]) for sender in senders), "answers")
    close(asked)
    at_closing = [asked.folder.content(f"sheets/{c.code}.yaml") for c in room.cards()]
    wait_until(lambda: all(sender.refused for sender in senders), "that all hear of it")
    for sender in senders:
        sender.is_over = True
    for sender in senders:
        sender.join()
    assert {status for sender in senders for status in sender.refused} == {403}
    for card, sender, there in zip(room.cards(), senders, at_closing, strict=True):
        assert asked.folder.content(f"sheets/{card.code}.yaml") == there
        found = asked.folder.sheet(card.code)
        assert found is not None
        told = {item: len(values) for item, values in sender.kept.items() if values}
        assert {item: found[0].answers[item].revision for item in told} == told


def _said(served: Served, *parts: bytes) -> bytes:
    """What comes back on one connection, until it is closed."""
    with socket.create_connection(("127.0.0.1", served.place.port), timeout=60) as line:
        for part in parts:
            line.sendall(part)
        heard = b""
        while more := line.recv(65536):
            heard += more
        return heard


def test_what_is_ready_is_sent_and_does_not_wait_for_the_phone(
    serving: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page came 40 ms late: its body waited until its head was said to have come."""
    at_once, made = [], server.Patient.connection_made

    def watched(self: server.Patient, transport: asyncio.Transport) -> None:
        made(self, transport)
        line = transport.get_extra_info("socket")
        at_once.append(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    monkeypatch.setattr(server.Patient, "connection_made", watched)
    host = f"127.0.0.1:{serving.place.port}".encode()
    asked = b"GET /test HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n"
    assert _said(serving, asked).startswith(b"HTTP/1.1 200")
    assert at_once
    assert all(at_once)


def test_who_never_ends_a_request_is_closed(
    serving: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.1)
    assert _said(serving, b"") == b""
    assert _said(serving, b"GET /test HTTP/1.1\r\nHo") == b""
    whole = f"GET /test HTTP/1.1\r\nHost: 127.0.0.1:{serving.place.port}\r\n\r\n".encode()
    assert b"200 OK" in _said(serving, whole, b"GET /te")


def test_a_head_without_end_is_refused(serving: Served) -> None:
    assert b"200 OK" not in _said(serving, b"GET /test HTTP/1.1\r\nA: " + b"x" * 40_000)


def test_one_address_cannot_take_every_connection(
    serving: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MOST_OF_ONE", 3)
    with monkeypatch.context() as few:
        few.setattr(server, "MOST_OF_ONE", 0)
        assert not _reached(serving.place.port)
    wait_until(lambda: server.Patient._of_address["127.0.0.1"] == 0, "none left")
    assert _reached(serving.place.port)


def _reached(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/test", headers={"Connection": "close"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def test_nothing_is_said_of_who_asked_for_what(
    serving: Served, capfd: pytest.CaptureFixture[str]
) -> None:
    token = serving.site.room.card("WR-01").token
    whole = f"GET /k/{token} HTTP/1.1\r\nHost: 127.0.0.1:{serving.place.port}\r\nConnection: close"
    heard = _said(serving, whole.encode() + b"\r\n\r\n")
    assert b"200 OK" in heard
    assert re.search(rb"(?im)^(server|date):", heard) is None
    assert capfd.readouterr() == ("", "")


def test_a_port_that_is_taken_is_told(serving: Served) -> None:
    from bart_tool.errors import WrongUse

    with pytest.raises(WrongUse, match="cannot-serve-there"):
        Served(serving.site.room, "", serving.place).start()
