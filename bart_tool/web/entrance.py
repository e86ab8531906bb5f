"""The way in: who asks is told by a cookie that their own link or PIN gave them."""

import asyncio
import hmac
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bart_tool.domain.base import Language
from bart_tool.domain.names import code_meant
from bart_tool.domain.question_set import Item
from bart_tool.domain.route import Route
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.errors import BartError, NotAllowed, NotFound
from bart_tool.web.fields import Posted
from bart_tool.web.pages import Page
from bart_tool.wording import web
from bart_tool.wording.messages import error_text
from bart_tool.wording.translation import words
from bart_tool.workflow.answering.cards import DIGITS
from bart_tool.workflow.answering.tries import Tries
from bart_tool.workflow.room import Room, Seat

COOKIE, LANGUAGE = "bart", "language"
COOKIE_SECONDS = 12 * 3600
MOST_AT_ONCE = 16  # people of whom something is being saved; most of it is waiting for the disk


@dataclass(frozen=True)
class Visitor:
    """Somebody who came in by their own link: their seat, and their sheet when the page is asked.

    `sheet` is None before the choice that goes before the first question. `number`: of the question
    in the address; 0 where it has none.
    """

    code: str
    seat: Seat
    sheet: Sheet | None
    page: Page
    number: int = 0

    @property
    def route(self) -> Route:
        """What is asked of them, by what they answered."""
        return self.seat.asked(self.sheet or self.seat.context.blank)

    @property
    def item(self) -> Item | None:
        """The question of which the address has the number, if it is asked of them."""
        item = self.seat.numbered(self.number)
        return item if item is not None and item.key in self.route.places else None

    @property
    def is_closed(self) -> bool:
        """Whether the sheet was handed in, so that it may only be read."""
        return self.sheet is not None and self.sheet.status is SheetStatus.SUBMITTED


Shows = Callable[[Visitor], Response]
Takes = Callable[[Visitor, Posted], Response]


class Entrance(ABC):
    """Lets people in. What one person saves is saved one after the other; of several, at once."""

    def __init__(self, room: Room, *, secure: bool) -> None:
        self.room = room
        self._secure = secure
        self._tries = Tries(asyncio.sleep)
        self._saving = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="saving")
        self._turns: dict[str, asyncio.Lock] = {}  # by code

    @abstractmethod
    def home(self, visitor: Visitor) -> Response:
        """The page on which somebody begins, or goes on."""

    # Who asks

    def page(self, request: Request, code: str = "") -> Page:
        """How pages are made for `code`, in the language they read; for nobody without a code."""
        said = request.cookies.get(LANGUAGE)
        spoken = self.room.opened.session.language
        language: Language = "en" if said == "en" else "nl" if said == "nl" else spoken
        return Page(words(language), self.room.form_key(code) if code else "")

    def _visitor(
        self, request: Request, token: str, *, at_a_glance: bool = False
    ) -> Visitor | Response:
        """Whoever has `token`; else the page that says why there is nobody."""
        try:
            self.room.look()
            if not self.room.is_open:
                return self.say(request, "closed", 403)
            code = self.room.whose(token)
            if code is None:
                return HTMLResponse(self.page(request).enter(), 200 if not token else 403)
            seat = self.room.seat(code)
            number = request.path_params.get("number", 0)
            sheet = seat.sheet(at_a_glance=at_a_glance)
            return Visitor(code, seat, sheet, self.page(request, code), number)
        except BartError as error:
            return self.trouble(request, error)

    def shown(self, show: Shows) -> Callable[[Request], Awaitable[Response]]:
        """A page for whoever the cookie says, and for nobody else."""

        async def answer(request: Request) -> Response:
            visitor = self._visitor(request, request.cookies.get(COOKIE, ""))
            return visitor if isinstance(visitor, Response) else show(visitor)

        return answer

    def taken(self, take: Takes) -> Callable[[Request], Awaitable[Response]]:
        """A form of whoever the cookie says: the form must be theirs too."""

        def work(request: Request, posted: Posted) -> Response:
            visitor = self._visitor(request, request.cookies.get(COOKIE, ""), at_a_glance=True)
            if isinstance(visitor, Response):
                is_nobody = visitor.status_code in (200, 403) and self.room.is_open
                return self.say(request, "not_yours", 403) if is_nobody else visitor
            if not hmac.compare_digest(posted.one("key").encode(), visitor.page.key.encode()):
                return self.say(request, "not_yours", 403)
            if visitor.is_closed:
                return HTMLResponse(visitor.page.done(), 409)
            try:
                return take(visitor, posted)
            except BartError as error:
                return self.trouble(request, error)

        async def answer(request: Request) -> Response:
            posted = Posted.read(await request.body())
            if posted is None:
                return self.say(request, "wrong", 400)
            code = self.room.whose(request.cookies.get(COOKIE, ""))
            async with self._turns.setdefault(code or "", asyncio.Lock()):
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._saving, work, request, posted)

        return answer

    # Coming in

    async def by_link(self, request: Request) -> Response:
        """In by the link of a card. The page it gives is the first one, and leads to its address.

        It is no redirect: a browser that was sent here by another program would leave the cookie
        out.
        """
        token = request.path_params["token"]
        address = request.client.host if request.client else ""
        visitor = self._visitor(request, token)
        if not isinstance(visitor, Response):
            first = replace(visitor, page=replace(visitor.page, is_by_link=True))
            return self._with_cookie(self.home(first), token)
        if visitor.status_code == 403 and self.room.is_open:
            if not await self._tries.may_try("", address):
                return self.say(request, "unknown", 429)
            self._tries.wrong("", address)
            return self.say(request, "unknown", 404)
        return visitor

    async def by_pin(self, request: Request) -> Response:
        """In without a card: by code and PIN."""
        posted = Posted.read(await request.body())
        if posted is None:
            return self.say(request, "wrong", 400)
        visitor = self._visitor(request, "")
        if isinstance(visitor, Response) and visitor.status_code != 200:
            return visitor
        code = code_meant(posted.words("code")[:20], self.room.opened.session.party_of)
        pin = "".join(posted.one("pin").split())[:20]
        person = code if code in self.room.opened.session.party_of else ""
        address = request.client.host if request.client else ""
        page = self.page(request)
        if len(pin) != DIGITS:  # the four digits that do on the laptop: no try at anything
            return HTMLResponse(page.enter(code, page.t(web.SHORT_PIN)), 403)
        if not await self._tries.may_try(person, address):
            return HTMLResponse(page.enter(code, page.t(web.PAGES["too_soon"][1])), 429)
        if not self.room.has_pin(code, pin):
            self._tries.wrong(person, address)
            return HTMLResponse(page.enter(code, page.t(web.PAGES["too_soon"][1])), 403)
        self._tries.right(person, address)
        return self._with_cookie(to_page("/"), self.room.card(code).token)

    async def leave(self, request: Request) -> Response:
        """Out, on a device that others use too."""
        response = self.say(request, "left", 200)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=self._secure)
        return response

    async def language(self, request: Request) -> Response:
        """The other language from now on, on this device."""
        posted = Posted.read(await request.body())
        at = posted.one("at") if posted else ""
        page = self.page(request)
        response = to_page(at if at.startswith("/q/") and at[3:].isdecimal() else "/")
        other = "nl" if page.t.language == "en" else "en"
        response.set_cookie(
            LANGUAGE, other, COOKIE_SECONDS, samesite="strict", httponly=True, secure=self._secure
        )
        return response

    def _with_cookie(self, response: Response, token: str) -> Response:
        response.set_cookie(
            COOKIE, token, COOKIE_SECONDS, samesite="strict", httponly=True, secure=self._secure
        )
        return response

    # What goes wrong

    def trouble(self, request: Request, error: BartError) -> Response:
        """That the round is over, that they handed in elsewhere, or why nothing can be read."""
        page = self.page(request)
        if isinstance(error, NotAllowed) and error.code == "handed-in-already":
            return HTMLResponse(page.done(), 409)
        if isinstance(error, NotAllowed | NotFound):
            return self.say(request, "closed", 403)
        return HTMLResponse(page.message("fault", error_text(error, page.t.language)), 503)

    def say(self, request: Request, name: str, status: int) -> Response:
        """A page that says one thing."""
        return HTMLResponse(self.page(request).message(name), status)


def to_page(path: str) -> RedirectResponse:
    """The way to another page, which is asked for by itself."""
    return RedirectResponse(path, HTTPStatus.SEE_OTHER)
