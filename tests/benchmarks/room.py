"""`bart serve` beside bare handlers that put the same bytes on the disk, and fifty phones at once.

    python -m tests.benchmarks.room [--seconds 20] [--phones 50] [--kills 3] [--flush 0]

Three programs, as in a room: bart as a facilitator starts it, the bare handlers (`bare_room`), and
the phones. Printed: the saves a second of one phone and of `MANY` that never rest, turn about with
the bare handlers and as the middle of the turns; then what phones with an answer a second each
have to wait, to the answer and to the next question. Everything is on the loopback;
`--seconds 300` is the long figure. `--flush 4`: as on a disk that takes so many milliseconds longer
to be sure of what was written, for both; the quicker the disk, the more it is the processor alone.
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode

from bart_tool.domain.answer import DONT_KNOW
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.answering import choosing, steps
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.prepare import new_session
from bart_tool.workflow.room import Room
from bart_tool.workflow.session_draft import SessionDraft
from tests.waiting import wait_until
from tests.web.running import Program, answers_on, free_port

MANY = 12  # phones that never rest
SECONDS = 2.0  # of each turn
TURNS = 7
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


@dataclass
class Phone:
    """One connection from an address of its own, which is made again when it is lost."""

    number: int
    port: int
    path: str
    head: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    levels: tuple[str, ...] = ("",)
    given: int = 0
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def answer(self) -> None:
        """The next answer; returns when it is said to be kept."""
        said = {"rev": str(self.given), "v": self.levels[self.given % len(self.levels)]}
        body = urlencode({**self.fields, **said})
        status = await self._ask("POST", self.path, FORM, body)
        assert status == 303, status
        self.given += 1

    async def look(self) -> None:
        """The question after it, which the browser asks for by itself."""
        status = await self._ask("GET", self.path)
        assert status == 200, status

    async def _ask(self, method: str, path: str, more: str = "", body: str = "") -> int:
        request = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{self.head}{more}"
        while True:
            try:
                return await self._said(f"{request}Content-Length: {len(body)}\r\n\r\n{body}")
            except (OSError, asyncio.IncompleteReadError):  # killed: it is sent again
                self.line = None
                await asyncio.sleep(0.05)

    async def _said(self, request: str) -> int:
        if self.line is None:
            own = (f"127.0.1.{self.number}", 0)
            self.line = await asyncio.open_connection("127.0.0.1", self.port, local_addr=own)
        reader, writer = self.line
        writer.write(request.encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
        await reader.readexactly(length)
        return int(head[9:12])


def phones_of(opened: OpenSession, port: int) -> list[Phone]:
    """A phone for each person, before a question with levels."""
    room, phones = Room(opened), []
    for number, card in enumerate(room.cards(), 1):
        seat = room.seat(card.code)
        item = next(i for i in seat.items if i.question.compared == "level")
        options = room.opened.question_set.options(item.question, item.subject)
        phone = Phone(number, port, f"/q/{seat.number_of(item)}")
        phone.head = f"Origin: http://127.0.0.1:{port}\r\nCookie: bart={card.token}\r\n"
        phone.fields = {"key": room.form_key(card.code), "item": item.key, "act": "next"}
        phone.levels = tuple(option.id for option in options)
        phones.append(phone)
    return phones


def filled(opened: OpenSession) -> None:
    """Every sheet as it is near the end: all but one question answered."""
    room = Room(opened)
    for card in room.cards():
        seat = room.seat(card.code)
        asked = next(i.key for i in seat.items if i.question.compared == "level")

        def answers(state: steps.Answering, without: str = asked) -> steps.Step:
            state = steps.begin(state, "position", "")
            for item in state.route.items:
                if item.key != without:
                    said = choosing.chosen(None, DONT_KNOW)
                    state, _ = steps.answer(state, item.key, said)
            return state, ()

        seat.keep(answers)


async def _a_second(phones: list[Phone]) -> float:
    """How many answers a second these phones get kept, without rest."""
    begun, before = time.perf_counter(), sum(phone.given for phone in phones)

    async def on(phone: Phone) -> None:
        phone.line = None  # of an earlier loop
        while time.perf_counter() < begun + SECONDS:
            await phone.answer()

    await asyncio.gather(*map(on, phones))
    return (sum(phone.given for phone in phones) - before) / (time.perf_counter() - begun)


def side_by_side(ours: list[Phone], bare_port: int) -> None:
    for many in (1, MANY):
        turns: dict[str, list[float]] = {"bart serve": [], "/whole": [], "/in-place": []}
        for _ in range(TURNS):
            for name, saves in turns.items():
                phones = ours[:many]
                if name != "bart serve":  # the same forms, to another address
                    phones = [
                        replace(each, port=bare_port, path=f"{name}/{each.number}", given=0)
                        for each in phones
                    ]
                saves.append(asyncio.run(_a_second(phones)))
        mine = turns.pop("bart serve")
        print(f"{many} at once: bart serve {statistics.median(mine):.0f} saves/s")
        for name, theirs in turns.items():
            share = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
            middle = statistics.median(theirs)
            print(f"  bare, {name[1:]}: {middle:.0f} saves/s; bart has {share:.2f} of it")


async def _a_second_each(
    phones: list[Phone], seconds: int, program: Program, kills: int
) -> tuple[list[float], list[float]]:
    """What an answer a second from every phone waits, and the question after it, in seconds."""
    kept: list[float] = []
    shown: list[float] = []
    begin = time.perf_counter()

    async def one(phone: Phone) -> None:
        phone.line = None
        for turn in range(seconds):
            at = begin + turn + phone.number / len(phones)
            await asyncio.sleep(max(0.0, at - time.perf_counter()))
            asked = time.perf_counter()
            await phone.answer()
            kept.append(time.perf_counter() - asked)
            await phone.look()
            shown.append(time.perf_counter() - asked)

    async def killing() -> None:
        for _ in range(kills):
            await asyncio.sleep(seconds / (kills + 1))
            program.kill()
            await asyncio.to_thread(program.start)

    await asyncio.gather(killing(), *map(one, phones))
    return sorted(kept), sorted(shown)


def at_once(opened: OpenSession, program: Program, seconds: int, kills: int) -> None:
    phones = phones_of(opened, program.port)
    for phone in phones:
        phone.given = _revision(opened, phone)
    before = program.megabytes()
    waits = asyncio.run(_a_second_each(phones, seconds, program, kills))
    print(f"{len(waits[0])} answers of {len(phones)} phones in {seconds} s, {kills} kills")
    for what, waited in zip(("to the answer", "to the next question"), waits, strict=True):
        middle, most = waited[len(waited) // 2], waited[int(len(waited) * 0.99)]
        print(f"  {what}: p50 {middle * 1000:.0f} ms, p99 {most * 1000:.0f} ms")
    print(f"  memory: {before:.0f} MB before, {program.megabytes():.0f} MB after")
    lost = [phone.number for phone in phones if _revision(opened, phone) != phone.given]
    print(f"  lost or doubled: {len(lost)}")
    assert lost == []


def _revision(opened: OpenSession, phone: Phone) -> int:
    code = f"WR-{phone.number:02}"
    found = opened.folder.sheet(code)
    assert found is not None
    answer = found[0].answers.get(phone.fields["item"])
    return answer.revision if answer else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--phones", type=int, default=50)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--flush", type=float, default=0.0)
    asked = parser.parse_args()
    through = ("tests.benchmarks.slow_disk", str(asked.flush))
    with tempfile.TemporaryDirectory() as folder:
        plan = SessionDraft(
            name="proef", set_name="wijk-kern", parties=[("wijkraad", asked.phones)], title="Proef"
        )
        opened = new_session(DiskStore(Path(folder)), plan)
        filled(opened)
        program, bare_port = Program(Path(folder), free_port(), through=through), free_port()
        sheet = str(Path(folder, "proef/sheets/WR-01.yaml"))
        arguments = (*through, "tests.benchmarks.bare_room", str(bare_port), folder, sheet)
        bare = subprocess.Popen([sys.executable, "-m", *arguments])
        wait_until(lambda: answers_on(bare_port), "the bare handlers")
        try:
            side_by_side(phones_of(opened, program.port), bare_port)
            at_once(opened, program, asked.seconds, asked.kills)
        finally:
            bare.kill()
            program.kill()


if __name__ == "__main__":
    main()
