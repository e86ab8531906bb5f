"""Somebody on the network between the phones and the laptop, who keeps every byte."""

import socket
import threading
from contextlib import suppress
from typing import Any

from bart_tool.report.tokens import shipped
from bart_tool.web.server import Place, Served
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.room import Room
from tests.waiting import PATIENCE, wait_until
from tests.web.running import answers_on, free_port


class Overheard(Served):
    """A room whose pages are asked for at one port and served at another; between them is `heard`.

    `up`: what phones sent; `down`: what they got.
    """

    def __init__(self, opened: OpenSession, *, sealed: bool) -> None:
        super().__init__(
            Room(opened), shipped().css(), Place("127.0.0.1", free_port()), sealed=sealed
        )
        self.up, self.down = bytearray(), bytearray()
        self._behind = free_port()
        self._door = socket.create_server(("127.0.0.1", self.place.port))
        self._pairs: list[threading.Thread] = []
        self._letting_in = threading.Thread(target=self._let_in, daemon=True)
        self._letting_in.start()
        self.start()
        wait_until(lambda: answers_on(self._behind), "the server")

    def stop(self) -> None:
        super().stop()
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._letting_in.join(timeout=PATIENCE)
        for each in self._pairs:
            each.join(timeout=PATIENCE)

    def _bound(self) -> Any:
        bound = socket.socket()
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(("127.0.0.1", self._behind))
        return bound

    def _let_in(self) -> None:
        with self._door, suppress(OSError):  # until the door is closed
            while True:
                phone, _ = self._door.accept()
                pair = threading.Thread(target=self._between, args=(phone,), daemon=True)
                self._pairs.append(pair)
                pair.start()

    def _between(self, phone: socket.socket) -> None:
        with phone, suppress(OSError):
            laptop = socket.create_connection(("127.0.0.1", self._behind))
            with laptop:
                back = threading.Thread(
                    target=_passed_on, args=(laptop, phone, self.down), daemon=True
                )
                back.start()
                _passed_on(phone, laptop, self.up)
                back.join(timeout=PATIENCE)


def _passed_on(here: socket.socket, there: socket.socket, heard: bytearray) -> None:
    with suppress(OSError):
        while said := here.recv(65536):
            heard += said
            there.sendall(said)
    for each in (here, there):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
