"""`bart serve` beside bare handlers that put the same bytes on the disk, and fifty phones at once.

    python -m tests.benchmarks.room [--seconds 20] [--phones 50]

Printed: saves a second in one run, the ratio, and what fifty phones with an answer a second each
have to wait. One bare handler writes in place and flushes once, which a kill can tear; the other
writes beside, flushes, renames and flushes the folder, as bart does. Everything is on the
loopback; `--seconds 300` is the long figure.
"""

import argparse
import asyncio
import os
import resource
import socket
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route as Address

from bart_tool.store.disk import DiskStore
from bart_tool.web import server
from bart_tool.web.server import Place, Served
from bart_tool.workflow.answering import steps
from bart_tool.workflow.prepare import new_session
from bart_tool.workflow.room import Room, Seat
from bart_tool.workflow.session_draft import SessionDraft

SAVES = 200  # in each of the turns in which the two are laid side by side
TURNS = 3


def bare(folder: Path, content: bytes) -> Starlette:
    """Handlers that do no more than put these bytes on the disk and answer."""

    def handler(put: Callable[[], None]) -> Callable[[Request], Awaitable[RedirectResponse]]:
        async def save(request: Request) -> RedirectResponse:
            await request.body()
            await asyncio.get_running_loop().run_in_executor(None, put)
            return RedirectResponse("/q/2", 303)

        return save

    def written(path: Path) -> None:
        with path.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())

    def in_place() -> None:
        written(folder / "bare")

    def whole() -> None:
        written(folder / "beside")
        (folder / "beside").replace(folder / "whole")
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)

    posts = {"/in-place": in_place, "/whole": whole}
    return Starlette(
        routes=[Address(path, handler(put), methods=["POST"]) for path, put in posts.items()]
    )


async def post(
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter], head: str, body: str
) -> int:
    """One form on a connection that stays open; gives the status."""
    reader, writer = line
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
    answer = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(h[15:]) for h in answer.split(b"\r\n") if h.lower().startswith(b"content-length:")), 0
    )
    await reader.readexactly(length)
    return int(answer[9:12])


class Phone:
    """Gives one question another answer each time."""

    def __init__(self, room: Room, seat: Seat, code: str, place: Place) -> None:
        item = next(i for i in seat.items if i.question.compared == "level")
        self.levels = [o.id for o in room.opened.question_set.options(item.question, item.subject)]
        self.number, self.given = seat.number_of(item), 0
        self.fields = {"key": room.form_key(code), "item": item.key, "act": "next"}
        self.head = (
            f"POST /q/{self.number} HTTP/1.1\r\nHost: 127.0.0.1:{place.port}\r\n"
            f"Origin: {place.url}\r\nCookie: bart={room.card(code).token}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
        )

    async def answer(self, line: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> float:
        """Seconds until the answer was kept."""
        body = urlencode(
            {
                **self.fields,
                "rev": str(self.given),
                "v": self.levels[self.given % len(self.levels)],
            }
        )
        began = time.perf_counter()
        status = await post(line, self.head, body)
        assert status == 303, status
        self.given += 1
        return time.perf_counter() - began


async def _bart_saves(phone: Phone, port: int) -> float:
    line = await asyncio.open_connection("127.0.0.1", port)
    began = time.perf_counter()
    for _ in range(SAVES):
        await phone.answer(line)
    return SAVES / (time.perf_counter() - began)


async def _bare_saves(port: int, path: str, body: str) -> float:
    line = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n"
    began = time.perf_counter()
    for _ in range(SAVES):
        assert await post(line, head, body) == 303
    return SAVES / (time.perf_counter() - began)


async def _at_once(phones: list[Phone], port: int, seconds: int) -> list[float]:
    """What each answer waits, with an answer a second from every phone."""
    waits: list[float] = []

    async def one(phone: Phone, offset: float) -> None:
        line = await asyncio.open_connection("127.0.0.1", port)
        begin = time.perf_counter() + offset
        for turn in range(seconds):
            await asyncio.sleep(max(0.0, begin + turn - time.perf_counter()))
            waits.append(await phone.answer(line))

    await asyncio.gather(*(one(phone, n / len(phones)) for n, phone in enumerate(phones)))
    return waits


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _until_up(port: int) -> None:
    while True:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--phones", type=int, default=50)
    asked = parser.parse_args()
    server.MOST_OF_ONE = asked.phones + 10  # here all phones have one address
    with tempfile.TemporaryDirectory() as folder:
        plan = SessionDraft(
            name="proef", set_name="wijk-kern", parties=[("wijkraad", asked.phones)], title="Proef"
        )
        room = Room(new_session(DiskStore(Path(folder)), plan))
        served = Served(room, "", Place("127.0.0.1", _free()))
        served.start()
        _until_up(served.place.port)
        phones = []
        for card in room.cards():
            seat = room.seat(card.code)
            seat.keep(lambda state: (steps.begin(state, "position", ""), ()))
            phones.append(Phone(room, seat, card.code, served.place))
        _fill(room, phones[0])
        stored = room.opened.folder.content(f"sheets/{room.cards()[0].code}.yaml")
        assert stored is not None
        bare_port = _free()
        config = uvicorn.Config(
            bare(Path(folder), stored.content),
            port=bare_port,
            http="h11",
            log_config=None,
            access_log=False,
        )
        threading.Thread(target=uvicorn.Server(config).run, daemon=True).start()
        _until_up(bare_port)
        _side_by_side(phones[0], served.place.port, bare_port)
        before = _megabytes()
        waits = sorted(asyncio.run(_at_once(phones[1:], served.place.port, asked.seconds)))
        p99 = waits[int(len(waits) * 0.99)]
        print(f"{len(waits)} answers of {len(phones) - 1} phones in {asked.seconds} s, none lost")
        print(f"p50 {waits[len(waits) // 2] * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms")
        print(f"memory {before:.0f} MB before, at most {_megabytes():.0f} MB after")
        for phone, card in zip(phones, room.cards(), strict=True):
            found = room.opened.folder.sheet(card.code)
            assert found is not None
            answer = found[0].answers.get(phone.fields["item"])
            assert (answer.revision if answer else 0) == phone.given
        served.stop()


def _fill(room: Room, phone: Phone) -> None:
    """The first sheet as it is near the end: every other question answered."""
    from bart_tool.domain.answer import DONT_KNOW
    from bart_tool.workflow.answering import choosing

    seat = room.seat(room.cards()[0].code)
    for item in seat.items:
        if item.key != phone.fields["item"]:
            seat.keep(
                lambda now, key=item.key: steps.answer(now, key, choosing.chosen(None, DONT_KNOW))  # type: ignore[misc]
            )


def _side_by_side(phone: Phone, port: int, bare_port: int) -> None:
    best = {"bart serve": 0.0, "/in-place": 0.0, "/whole": 0.0}
    body = urlencode({**phone.fields, "rev": "1", "v": phone.levels[0]})
    for _ in range(TURNS):
        for name, so_far in best.items():
            saves = (
                _bart_saves(phone, port)
                if name == "bart serve"
                else _bare_saves(bare_port, name, body)
            )
            best[name] = max(so_far, asyncio.run(saves))
    ours = best.pop("bart serve")
    print(f"bart serve: {ours:.0f} saves/s")
    for name, theirs in best.items():
        print(f"bare, {name[1:]}: {theirs:.0f} saves/s; bart has {ours / theirs:.2f} of it")


if __name__ == "__main__":
    main()
