"""The pages, sealed: what a phone and the laptop say to each other is read by nobody between them.

The key stands behind the # of somebody's link, which a browser never sends. Only a page without
anybody in it, its style and its script go openly; that script sends what is asked and filled in,
sealed, to one address, and gets the pages back sealed. Inside they are the same pages as always.
"""

import json
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route as Address

from bart_tool.errors import BartError
from bart_tool.web.entrance import COOKIE, LANGUAGE
from bart_tool.web.fields import Posted
from bart_tool.web.guard import LONGEST_PATH, Message, Scope
from bart_tool.web.seal import opened, sealed, unpacked
from bart_tool.web.site import Site, static
from bart_tool.workflow.answering.cards import Card

MOST_TALKS = 64  # of one person at once; every page that is opened anew begins one
MOST_GREETINGS = 20_000  # that are remembered, so that none is heard twice
_LIKE_PAGES = (
    *("/", "/seen", "/consent", "/function", "/mine", "/end"),
    *("/q/{number:int}", "/q/{number:int}/how"),
)
_SCRIPTS = ("sealed.js", *(f"noble/{n}.js" for n in ("chacha", "_arx", "_poly1305", "utils")))
_FOLLOWED = 5  # from one page to another before it is shown


@dataclass
class Talk:
    """What one opened page and the laptop say to each other. `count`: the last that was heard."""

    card: Card
    language: str = ""
    count: int = 0


class _Said(BaseModel):
    """What was sealed, once it is opened: only who has the key can have written it."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    @classmethod
    def read(cls, said: str | None) -> Self | None:
        """What it says; None for nothing, and for what no page of ours says."""
        try:
            return None if said is None else cls.model_validate_json(said)
        except ValidationError:
            return None


class _Greeting(_Said):
    once: str = Field(max_length=40)
    language: Literal["", "nl", "en"] = ""


class _Asked(_Said):
    path: str = Field(pattern=rf"^/[\x21-\x7e]{{0,{LONGEST_PATH}}}$")
    body: str | None = None


class Sealed(Site):
    """All pages of one room, for who has the key of a card, and otherwise nothing."""

    def app(self) -> Starlette:
        """The pages, without the guard before them."""
        self._inside = super().app()
        self._talks: dict[str, OrderedDict[str, Talk]] = {}  # by code, then by name
        self._greetings: OrderedDict[str, None] = OrderedDict()
        get = ["GET"]
        return self.made(
            *(Address(path, self._empty, methods=get) for path in _LIKE_PAGES),
            *(Address(f"/{name}", static(name), methods=get) for name in _SCRIPTS),
            Address("/k/{token}", self._other_card, methods=get),
            Address("/sealed", self._message, methods=["POST"]),
        )

    async def _empty(self, request: Request) -> Response:
        """The page that its script fills; without one it says what to do."""
        return HTMLResponse(self.page(request).message("sealed", template="sealed.html.j2"))

    async def _other_card(self, request: Request) -> Response:
        """For a card that was made for pages that are not sealed: it opens nothing here."""
        return self.say(request, "unknown", HTTPStatus.NOT_FOUND)

    async def _message(self, request: Request) -> Response:
        posted = Posted.read(await request.body())
        if posted is None:
            return self.say(request, "wrong", HTTPStatus.BAD_REQUEST)
        try:
            self.room.look()
        except BartError as error:
            return self.trouble(request, error)
        if not self.room.is_open:
            return self.say(request, "closed", HTTPStatus.FORBIDDEN)
        message, name = unpacked(posted.one("m")), posted.one("talk")
        if not name:
            return self._greeted(request, message)
        talk = next((talks[name] for talks in self._talks.values() if name in talks), None)
        if talk is None:
            return self.say(request, "begin_again", HTTPStatus.CONFLICT)
        if not self._is_current(talk.card):
            return self.say(request, "not_opened", HTTPStatus.FORBIDDEN)
        count = posted.number("count")
        asked = _Asked.read(opened(talk.card.key, message, f"bart up {name} {count}"))
        if asked is None or count <= talk.count:
            return self.say(request, "not_opened", HTTPStatus.FORBIDDEN)
        talk.count = count  # before anything is waited for: none is heard twice
        told = json.dumps(await self._answer(request, talk, asked), ensure_ascii=False)
        return _given(sealed(talk.card.key, told, f"bart down {name} {count}"))

    def _greeted(self, request: Request, message: bytes) -> Response:
        """A new conversation with whoever's key opens the greeting. Each greeting is heard once."""
        for card in self.room.cards():
            greeting = _Greeting.read(opened(card.key, message, "bart greets"))
            if greeting is None:
                continue
            once = greeting.once
            if once in self._greetings:
                break
            self._greetings[once] = None
            if len(self._greetings) > MOST_GREETINGS:
                self._greetings.popitem(last=False)
            name = secrets.token_urlsafe(12)
            talks = self._talks.setdefault(card.code, OrderedDict())
            talks[name] = Talk(card, greeting.language)
            if len(talks) > MOST_TALKS:
                talks.popitem(last=False)
            return _given(sealed(card.key, json.dumps({"talk": name}), f"bart welcomes {once}"))
        return self.say(request, "not_opened", HTTPStatus.FORBIDDEN)

    def _is_current(self, card: Card) -> bool:
        """Whether nobody was given a new card since, and they are still invited."""
        invited = self.room.opened.session.party_of
        return card.code in invited and self.room.card(card.code) == card

    async def _answer(self, request: Request, talk: Talk, asked: "_Asked") -> dict[str, Any]:
        """What the pages answer, after all that they lead on to."""
        path, body, has_moved = asked.path, asked.body, False
        for _ in range(_FOLLOWED):
            status, headers, text = await self._page(request, talk, path, body)
            if status != HTTPStatus.SEE_OTHER:
                break
            path, body, has_moved = headers["location"], None, True
        told = {"status": status, "path": path, "moved": has_moved, "text": text}
        return {**told, "language": talk.language}

    async def _page(
        self, request: Request, talk: Talk, path: str, body: str | None
    ) -> tuple[int, dict[str, str], str]:
        """One page, for whoever this conversation is with."""
        cookies = f"{COOKIE}={talk.card.token}; {LANGUAGE}={talk.language}"
        scope: Scope = {
            **{name: request.scope[name] for name in ("type", "asgi", "http_version", "scheme")},
            **{name: request.scope[name] for name in ("client", "server")},
            "method": "GET" if body is None else "POST",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(b"cookie", cookies.encode())],
        }
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": (body or "").encode(), "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self._inside(scope, receive, send)
        headers = {
            name.decode("latin-1"): each.decode("latin-1") for name, each in sent[0]["headers"]
        }
        chosen = SimpleCookie(headers.get("set-cookie", "")).get(LANGUAGE)
        talk.language = chosen.value if chosen else talk.language
        text = b"".join(each.get("body", b"") for each in sent[1:]).decode()
        return sent[0]["status"], headers, text


def _given(message: bytes) -> Response:
    return Response(message, media_type="application/octet-stream")
