"""The pages by their addresses: who asks is told by a cookie, what is asked by the number alone."""

from collections.abc import Awaitable, Callable
from functools import cache
from http import HTTPStatus
from importlib.resources import files

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route as Address

from bart_tool.domain.question_set import Item
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.errors import BartError, NotAllowed, NotFound, Problem
from bart_tool.store import log
from bart_tool.web.entrance import Entrance, Visitor, to_page
from bart_tool.web.fields import MEANWHILE, Posted, answered, tagged
from bart_tool.web.guard import TOO_MUCH
from bart_tool.web.pages import Page
from bart_tool.wording import web
from bart_tool.wording.messages import error_text, problem_sentence
from bart_tool.wording.welcome import CONSENTS
from bart_tool.workflow.answering import steps
from bart_tool.workflow.answering.choosing import picked_in
from bart_tool.workflow.answering.state import Answering
from bart_tool.workflow.answering.steps import Step
from bart_tool.workflow.room import Room, Seat

_MEDIA = {"css": "text/css", "js": "text/javascript"}


class Site(Entrance):
    """All pages of one room."""

    def __init__(self, room: Room, tokens: str, *, secure: bool = False) -> None:
        super().__init__(room, secure=secure)
        self.tested = 0  # how often the page to try the network with was seen
        self._tokens = tokens

    def app(self) -> Starlette:
        """The pages, without the guard before them."""
        get, post = ["GET"], ["POST"]
        return self.made(
            # What is asked for most stands first: addresses are tried one after the other.
            Address("/q/{number:int}", self.shown(self._question), methods=get),
            Address("/q/{number:int}", self.taken(self._take_answer), methods=post),
            Address("/", self.shown(self.home), methods=get),
            Address("/k/{token}", self.by_link, methods=get),
            Address("/seen", self.shown(self._seen), methods=get),
            Address("/consent", self.shown(self._consent), methods=get),
            Address("/consent", self.taken(self._take_consent), methods=post),
            Address("/function", self.shown(self._function), methods=get),
            Address("/function", self.taken(self._take_function), methods=post),
            Address("/q/{number:int}/how", self.shown(self._how), methods=get),
            Address("/q/{number:int}/how", self.taken(self._take_how), methods=post),
            Address("/ahead", self.shown(self._ahead), methods=get),
            Address("/mine", self.shown(self._mine), methods=get),
            Address("/end", self.shown(self._end), methods=get),
            Address("/hand-in", self.taken(self._take_in), methods=post),
            Address("/enter", self.by_pin, methods=post),
            Address("/leave", self.leave, methods=post),
            Address("/language", self.language, methods=post),
        )

    def made(self, *addresses: Address) -> Starlette:
        """These pages, and those that are for everybody."""
        get = ["GET"]
        for_all = (
            Address(TOO_MUCH, self._too_much, methods=get),
            Address("/test", self._test, methods=get),
            Address("/tokens.css", self._own_tokens, methods=get),
            *(Address(f"/{name}", static(name), methods=get) for name in ("page.css", "page.js")),
        )
        made = Starlette(
            routes=[*addresses, *for_all],
            exception_handlers={404: self._nothing, 405: self._nothing, Exception: self._fault},
        )
        made.router.redirect_slashes = False  # an address is that of a page, or of nothing
        return made

    # What is shown

    def home(self, visitor: Visitor) -> Response:
        """The welcome, or the way to go on; for whoever handed in that it is done."""
        sheet, page = visitor.sheet, visitor.page
        if sheet is None:
            return HTMLResponse(page.welcome(visitor.seat))
        if sheet.status is SheetStatus.SUBMITTED:
            return HTMLResponse(page.done())
        return HTMLResponse(page.resume(visitor.seat, sheet))

    def _seen(self, visitor: Visitor) -> Response:
        return to_page("/") if visitor.is_closed else HTMLResponse(visitor.page.seen(visitor.seat))

    def _consent(self, visitor: Visitor) -> Response:
        if visitor.is_closed:
            return to_page("/")
        return HTMLResponse(visitor.page.consent(visitor.seat, visitor.sheet))

    def _function(self, visitor: Visitor) -> Response:
        if visitor.sheet is None or visitor.is_closed or not visitor.seat.context.functions:
            return to_page("/")
        return HTMLResponse(visitor.page.function(visitor.seat, visitor.sheet))

    def _question(self, visitor: Visitor) -> Response:
        item = visitor.item
        if visitor.sheet is None:
            return to_page("/seen")
        if item is None or visitor.is_closed:
            is_left_out = visitor.seat.numbered(visitor.number) is not None
            goes_on = is_left_out and not visitor.is_closed
            return to_page(_after(visitor, visitor.sheet) if goes_on else "/")
        return HTMLResponse(visitor.page.question(visitor.seat, visitor.sheet, item))

    def _ahead(self, visitor: Visitor) -> Response:
        """Every question at once, for a script that must do without the laptop for a while."""
        sheet, seat = visitor.sheet, visitor.seat
        if sheet is None or visitor.is_closed:
            return JSONResponse([])
        return JSONResponse(
            [
                (f"/q/{seat.number_of(item)}", visitor.page.question(seat, sheet, item))
                for item in visitor.route.items
            ]
        )

    def _how(self, visitor: Visitor) -> Response:
        item = visitor.item
        if item is None or visitor.sheet is None or visitor.is_closed:
            return to_page("/")
        if not item.question.tagged or not picked_in(visitor.sheet.answers.get(item.key)):
            return to_page(f"/q/{visitor.number}")
        return HTMLResponse(visitor.page.how(visitor.seat, visitor.sheet, item))

    def _mine(self, visitor: Visitor) -> Response:
        if visitor.sheet is None:
            return to_page("/")
        return HTMLResponse(visitor.page.mine(visitor.seat, visitor.sheet))

    def _end(self, visitor: Visitor) -> Response:
        if visitor.sheet is None or visitor.is_closed:
            return to_page("/")
        return HTMLResponse(visitor.page.end(visitor.seat, visitor.sheet))

    # What is taken

    def _take_consent(self, visitor: Visitor, posted: Posted) -> Response:
        chosen, page = posted.one("v"), visitor.page
        if chosen not in CONSENTS:
            text = page.t(web.CHOOSE_FIRST)
            return HTMLResponse(page.consent(visitor.seat, visitor.sheet, text), 422)
        function = visitor.sheet.function if visitor.sheet else ""
        _, told = self._saved(visitor, lambda now: (steps.begin(now, chosen, function), ()))
        if told:
            return HTMLResponse(page.consent(visitor.seat, visitor.sheet, told), 503)
        if visitor.seat.context.functions:
            return to_page("/function")
        return to_page(_goes_on(visitor.seat, visitor.seat.sheet()))

    def _take_function(self, visitor: Visitor, posted: Posted) -> Response:
        chosen, sheet = posted.one("v"), visitor.sheet
        if sheet is None or chosen not in ("", *visitor.seat.context.functions):
            return to_page("/")
        visitor.seat.keep(lambda state: (steps.begin(state, state.sheet.consent, chosen), ()))
        return to_page(_goes_on(visitor.seat, visitor.seat.sheet()))

    def _take_answer(self, visitor: Visitor, posted: Posted) -> Response:
        item = visitor.seat.numbered(visitor.number)
        if visitor.sheet is None or item is None or posted.one("item") != item.key:
            return self._changed(visitor)
        state, told, status = self._keep(visitor, item, lambda now: answered(now, item, posted))
        if told:
            sheet = state.sheet if state is not None else visitor.sheet
            if item.key not in visitor.seat.asked(sheet).places:
                return self._changed(visitor)
            page = visitor.page.question(visitor.seat, sheet, item, posted, told)
            return HTMLResponse(page, status)
        assert state is not None
        is_tagged = item.question.tagged and picked_in(state.sheet.answers.get(item.key))
        if is_tagged and posted.one("act") == "next":
            return to_page(f"/q/{visitor.number}/how")
        return to_page(_after(visitor, state.sheet, posted.one("act")))

    def _take_how(self, visitor: Visitor, posted: Posted) -> Response:
        item = visitor.item
        if visitor.sheet is None or item is None or posted.one("item") != item.key:
            return self._changed(visitor)
        state, told, status = self._keep(visitor, item, lambda now: tagged(now, item, posted))
        if told:
            sheet = state.sheet if state is not None else visitor.sheet
            return HTMLResponse(visitor.page.how(visitor.seat, sheet, item, told), status)
        assert state is not None
        is_back = posted.one("act") == "back"
        return to_page(f"/q/{visitor.number}" if is_back else _after(visitor, state.sheet))

    def _changed(self, visitor: Visitor) -> Response:
        """What was answered is not asked any more: another answer, or the session, changed."""
        return HTMLResponse(visitor.page.message("changed"), 409)

    def _take_in(self, visitor: Visitor, _posted: Posted) -> Response:
        if visitor.sheet is None:
            return to_page("/")
        _, told = self._saved(visitor, steps.hand_in)
        if told:
            return HTMLResponse(visitor.page.end(visitor.seat, visitor.sheet, told), 503)
        return to_page("/")

    def _keep(
        self, visitor: Visitor, item: Item, change: Callable[[Answering], Step]
    ) -> tuple[Answering | None, str, int]:
        """The state after `change` was kept; else what is told instead, and with which status."""
        t = visitor.page.t
        kept, told = self._saved(visitor, change)
        if kept is None:
            return None, told, 503
        state, problems = kept
        if not problems:
            return state, "", 200
        if problems[0].code == MEANWHILE:
            there = state.sheet.answers.get(item.key)
            if there is None:
                return state, t(web.MEANWHILE_WIPED), 409
            return state, t(web.MEANWHILE, answer=visitor.page.said(visitor.seat, item, there)), 409
        return state, self._refused(visitor.page, problems[0]), 422

    def _saved(
        self, visitor: Visitor, change: Callable[[Answering], Step]
    ) -> tuple[Step | None, str]:
        """What came of `change` once it lies on the disk; else None, and why it does not."""
        try:
            return visitor.seat.keep(change), ""
        except (NotAllowed, NotFound):
            raise
        except BartError as error:
            return None, self._not_kept(visitor.page, error)

    # What goes wrong

    def _refused(self, page: Page, problem: Problem) -> str:
        return page.t(web.NOT_KEPT, reason=problem_sentence(problem, page.t.language))

    def _not_kept(self, page: Page, error: BartError) -> str:
        return page.t(web.NOT_KEPT, reason=error_text(error, page.t.language))

    async def _nothing(self, request: Request, _error: Exception) -> Response:
        return self.say(request, "nothing", HTTPStatus.NOT_FOUND)

    async def _too_much(self, request: Request) -> Response:
        return self.say(request, "too_much", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    async def _fault(self, request: Request, error: Exception) -> Response:
        log.record("bug in bart serve", error)
        return self.say(request, "fault", HTTPStatus.INTERNAL_SERVER_ERROR)

    # What everybody gets

    async def _test(self, request: Request) -> Response:
        self.tested += 1
        return self.say(request, "test", 200)

    async def _own_tokens(self, _request: Request) -> Response:
        return Response(self._tokens, media_type="text/css")


def _goes_on(seat: Seat, sheet: Sheet | None) -> str:
    route = seat.asked(sheet or seat.context.blank)
    item = route.item_at(route.goes_on_at(sheet or seat.context.blank))
    return f"/q/{seat.number_of(item)}"


def _after(visitor: Visitor, sheet: Sheet, act: str = "next") -> str:
    """Where somebody goes from a question, by what is asked of them now."""
    here, seat = visitor.number, visitor.seat
    if act == "wipe":
        return f"/q/{here}"
    numbers = [seat.number_of(item) for item in seat.asked(sheet).items]
    if act == "back":
        return f"/q/{max((number for number in numbers if number < here), default=here)}"
    after = min((number for number in numbers if number > here), default=0)
    return f"/q/{after}" if after else "/end"


def static(name: str) -> Callable[[Request], Awaitable[Response]]:
    """What every visitor gets: a style or a script as it is in the package."""

    async def give(_request: Request) -> Response:
        return Response(_content(name), media_type=_MEDIA[name.rpartition(".")[2]])

    return give


@cache
def _content(name: str) -> bytes:
    return files("bart_tool").joinpath("web", "static", *name.split("/")).read_bytes()
