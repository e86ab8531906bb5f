"""What stands before every page: who is asked for, from where, how much, and for how long."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, MutableMapping
from dataclasses import dataclass
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES = 64 * 1024  # of a form: three texts of 1,000 characters, each written as %XX%XX%XX%XX
MOST_THROWN_AWAY = 1024 * 1024  # bytes of what is too much: a browser first sends, and then reads
TOO_MUCH = "/too-much"  # the page of `app` that says so
LONGEST_PATH = 128
BODY_SECONDS = 10.0
_FORM = b"application/x-www-form-urlencoded"
# Not `no-referrer`: with that a browser sends `Origin: null` with its own forms, and what cannot be
# told from another page's form would have to be let in.
_ALWAYS = (
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        b"img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"x-robots-tag", b"noindex"),
)


@dataclass(frozen=True)
class Guard:
    """Lets through to `app` only what its own pages send, and closes every answer to others.

    `hosts`: the names and addresses under which it is asked for; `origins`: where forms come from.
    """

    app: App
    hosts: Collection[bytes]
    origins: Collection[bytes]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI has it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        refused = self._refusal(scope)
        body = b""
        try:
            if refused == 413:
                async with asyncio.timeout(BODY_SECONDS):
                    await _thrown_away(receive)
                scope = _instead(scope, TOO_MUCH)
            elif refused:
                await _refuse(refused, _closed(send))
                return
            elif scope["method"] == "POST":
                async with asyncio.timeout(BODY_SECONDS):
                    body = await _whole(receive)
        except (TimeoutError, _TooMuch):
            await _refuse(413, _closed(send))
            return
        await self.app(scope, _given(body, receive), _closed(send))

    def _refusal(self, scope: Scope) -> int:
        """The status to refuse with; 0 for what may come in."""
        headers: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name, []).append(value)
        if headers.get(b"host", []) not in [[host] for host in self.hosts]:
            return 421
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405
        if scope["query_string"] or len(scope.get("raw_path") or b"") > LONGEST_PATH:
            return 404
        if scope["method"] != "POST":
            return 0
        return self._refusal_of_form(headers)

    def _refusal_of_form(self, headers: dict[bytes, list[bytes]]) -> int:
        if headers.get(b"origin", []) not in [[origin] for origin in self.origins]:
            return 403
        if [
            each.partition(b";")[0].strip().lower() for each in headers.get(b"content-type", [])
        ] != [_FORM]:
            return 415
        said = headers.get(b"content-length", [])
        if len(said) != 1 or not said[0].isdigit():
            return 411
        return 413 if len(said[0]) > 6 or int(said[0]) > MOST_BYTES else 0


class _TooMuch(Exception):
    """More came than was said, or the other went away."""


async def _whole(receive: Receive) -> bytes:
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise _TooMuch
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        more = message.get("more_body", False)
        if size > MOST_BYTES:
            raise _TooMuch
    return b"".join(parts)


async def _thrown_away(receive: Receive) -> None:
    size, more = 0, True
    while more and size <= MOST_THROWN_AWAY:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)


def _instead(scope: Scope, path: str) -> Scope:
    """The same visitor, who gets the page at `path`."""
    return {**scope, "method": "GET", "path": path, "raw_path": path.encode()}


def _given(body: bytes, receive: Receive) -> Receive:
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return waiting.pop() if waiting else await receive()

    return give


def _closed(send: Send) -> Send:
    async def send_closed(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *_ALWAYS]}
        await send(message)

    return send_closed


async def _refuse(status: int, send: Send) -> None:
    headers = [(b"content-length", b"0"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
