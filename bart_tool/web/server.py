"""The server itself: one process, bound to one address, that waits for nobody who says nothing."""

import asyncio
import logging
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from bart_tool.errors import WrongUse
from bart_tool.web.certificate import must_fit
from bart_tool.web.guard import Guard
from bart_tool.web.site import Site
from bart_tool.workflow.room import Room

HEAD_SECONDS = 10.0  # for the head of a request, from the first moment on
IDLE_SECONDS = 30  # between two requests on one connection
MOST_CONNECTIONS = 400
MOST_OF_ONE = 40  # connections from one address; a browser makes six
MOST_HEAD = 16 * 1024  # bytes


@dataclass(frozen=True)
class Place:
    """Where the pages are: an address of this computer and a port, and a certificate if any.

    `name`: what people type in place of the address, where IT gave it one.
    """

    address: str
    port: int
    name: str = ""
    cert: Path | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        """How it is asked for, without anything behind it."""
        host = self.name or (f"[{self.address}]" if ":" in self.address else self.address)
        scheme, usual = ("https", 443) if self.cert else ("http", 80)
        return f"{scheme}://{host}" + (f":{self.port}" if self.port != usual else "")


class Patient(H11Protocol):
    """A connection that is closed when it keeps us waiting, or when its address has too many."""

    _of_address: ClassVar[Counter[str]] = Counter()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Count it, and begin to wait for what it asks."""
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        self._of_address[self._address] += 1
        self._watch: asyncio.TimerHandle | None = None
        if self._of_address[self._address] > MOST_OF_ONE:
            transport.abort()
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """One less."""
        super().connection_lost(exc)
        self._of_address[self._address] -= 1
        if not self._of_address[self._address]:
            del self._of_address[self._address]
        self._rest()

    def data_received(self, data: bytes) -> None:
        """Wait on until the head is whole; from then on the guard counts."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._rest()
        elif self._watch is None:
            self._wait()

    def on_response_complete(self) -> None:
        """What comes next may take its time, up to the idle time of the connection."""
        super().on_response_complete()
        self._rest()
        if self.conn.trailing_data[0] and not self.transport.is_closing():
            self._wait()  # a head that was begun before the answer was out

    def _wait(self) -> None:
        self._watch = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _rest(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None


class Served:
    """A room that people can reach now, in a thread of its own until it is stopped."""

    def __init__(self, room: Room, tokens: str, place: Place, *, sealed: bool = False) -> None:
        self.place, self.is_sealed = place, sealed
        self.site = _site(sealed)(room, tokens, secure=place.cert is not None)
        authority = place.url.partition("://")[2].encode()
        app = Guard(self.site.app(), (authority,), (place.url.encode(),))
        self._server = uvicorn.Server(_config(app, place))
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin. Raises WrongUse when address, port or certificate cannot be used."""
        if self.place.cert is not None:
            must_fit(self.place.cert, self.place.key, self.place.name or self.place.address)
        sockets = [self._bound()]
        self._thread = threading.Thread(
            target=self._server.run, args=(sockets,), name="serve", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Take in no more; what is being saved is saved."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join(timeout=IDLE_SECONDS)

    @property
    def is_running(self) -> bool:
        """Whether people can reach it."""
        return self._thread is not None and self._thread.is_alive()

    def _bound(self) -> Any:
        import socket

        family = socket.AF_INET6 if ":" in self.place.address else socket.AF_INET
        # Of a socket that says it speaks TCP asyncio sends at once what is ready. Of another each
        # page waits until the phone has said that its head came: 40 ms, or more on a radio.
        bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind((self.place.address, self.place.port))
        except (OSError, OverflowError) as error:
            bound.close()
            raise WrongUse(
                "cannot-serve-there", address=self.place.address, port=self.place.port
            ) from error
        return bound


def _site(sealed: bool) -> type[Site]:
    if not sealed:
        return Site
    from bart_tool.web.sealed import Sealed  # needs an extra of its own

    return Sealed


def _config(app: Guard, place: Place) -> uvicorn.Config:
    # Nothing that uvicorn might say reaches a screen or a file: it could hold an address with a
    # link in it.
    logging.getLogger("uvicorn.error").disabled = True
    return uvicorn.Config(
        app,
        http=Patient,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=MOST_HEAD,
        ssl_certfile=place.cert,
        ssl_keyfile=place.key,
    )
