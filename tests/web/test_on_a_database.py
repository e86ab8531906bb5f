"""`bart serve` on a database: both are killed and begin again; what was called kept is there."""

import sys
from pathlib import Path

import pytest

from bart_tool.domain.route import Route
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.carry import carry
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.room import Room
from tests.figures import figure
from tests.store import server as servers
from tests.tui import sample
from tests.waiting import wait_until
from tests.web.running import Program, free_port
from tests.web.test_killed_and_slow import LEVELS, Sender

if sys.platform == "win32":
    pytest.skip("the database of these tests is on a socket", allow_module_level=True)


class Patient(Sender):
    """A phone that is told that something else is busy, and tries again."""

    def _sent(self, number: int, fields: dict[str, str]) -> int:
        status = super()._sent(number, fields)
        return 0 if status in (409, 503) else status


@pytest.fixture
def asked(tmp_path: Path) -> OpenSession:
    """A session in the database in which everybody chose how they may be shown."""
    opened = sample.opened(tmp_path, parties={"wijkraad": 4})
    for code in opened.session.party_of:
        Room(opened).seat(code).keep(lambda now: (sample.begun(now), ()))
    name, database = opened.session.session, servers.database()
    carry(DiskStore(opened.folder.store.root), database, name)  # type: ignore[attr-defined]
    return open_session(database, name)


def answered(senders: list[Patient]) -> int:
    return sum(len(each) for sender in senders for each in [*sender.kept.values()])


def test_what_was_called_kept_is_there_once_after_every_kill(asked: OpenSession) -> None:
    server = servers.needed()
    room = Room(asked)
    programs = [Program(server.address(), free_port()) for _ in range(3)]  # type: ignore[arg-type]
    items = Route(asked.question_set, "wijkraad").items
    questions = [(n, i.key) for n, i in enumerate(items, 1) if i.question.on_scale == "five"]
    senders = [
        Patient(programs[n % 3].port, card, room.form_key(card.code), questions)
        for n, card in enumerate(room.cards())
    ]
    for sender in senders:
        sender.start()
    for _ in range(figure(1, 10)):
        for broken in (*programs, server):
            before = answered(senders)
            wait_until(
                lambda so_far=before: answered(senders) >= so_far + 12, "twelve answers more"
            )  # type: ignore[misc]
            if isinstance(broken, Program):
                broken.kill()
                broken.start()
            else:
                broken.control("restart", "-m", "immediate")
    before = answered(senders)
    wait_until(lambda: answered(senders) >= before + 12, "twelve answers after the last of it")
    for sender in senders:
        sender.is_over = True
    for sender in senders:
        sender.join()
    for program in programs:
        program.kill()
    for card, sender in zip(room.cards(), senders, strict=True):
        found = asked.folder.sheet(card.code)
        assert found is not None
        assert sender.refused == []
        for item, values in sender.kept.items():
            answer = found[0].answers[item]
            assert answer.revision - len(values) in (0, 1)
            assert answer.value == LEVELS[(answer.revision - 1) % len(LEVELS)]
