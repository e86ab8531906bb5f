"""The people of a session who answer at once, each by a link of their own, over one network.

Session and sheets are kept in memory and read again only where their files are not as they were;
whether the round is still open is asked at every answer, with the session held. Whoever saves at
the same moment holds it together.
"""

import hashlib
import hmac
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bart_tool.domain.names import code_order
from bart_tool.domain.question_set import Item
from bart_tool.domain.route import Place, Route
from bart_tool.domain.session import Phase
from bart_tool.domain.sheet import Sheet
from bart_tool.errors import BartError, Busy, NotAllowed
from bart_tool.store import locations, pins
from bart_tool.store.pins import Pins
from bart_tool.store.protocol import Stored
from bart_tool.workflow.answering.cards import Card, card_of, drawn
from bart_tool.workflow.answering.context import AnswerContext, session_context
from bart_tool.workflow.answering.state import Answering
from bart_tool.workflow.answering.steps import Step
from bart_tool.workflow.merging import LastLook
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.phases import Status, status
from bart_tool.workflow.shared_hold import SharedHold

_TRIES = 5  # at saving a sheet that another door saves at the same moment
_WRITTEN_SINCE = ("changed-since-read", "already-there")


class Seat:
    """One participant: what they may be asked, and their sheet as it is now.

    `items`: all that may be asked, in order. Their numbers stay the same whatever is answered, so
    that a page that lay open asks and keeps what it always did.
    """

    def __init__(self, context: AnswerContext) -> None:
        self.context = context
        self._route = Route(context.question_set, context.kind)
        self.items = self._route.items
        self._numbers = {item.key: number for number, item in enumerate(self.items, 1)}
        self._glance = context.glance or context.read
        self._unsure = False  # whether what lies there was ever sure to be on the disk

    def sheet(self, *, at_a_glance: bool = False) -> Sheet | None:
        """The sheet as it lies there; None before the choice that goes before the first question.

        `at_a_glance`: to build on with `keep`, which sees what that did not. Raises BadData or
        CannotRead.
        """
        found = self._glance() if at_a_glance else self.context.read()
        return found[0] if found is not None else None

    def asked(self, sheet: Sheet) -> Route:
        """What is asked of whoever wrote `sheet`: an earlier answer may leave something out."""
        self._route = self._route.of(sheet)  # the next sheet mostly asks the same
        return self._route

    def number_of(self, item: Item) -> int:
        """The number of an item, counted from 1 over all that may be asked."""
        return self._numbers[item.key]

    def numbered(self, number: int) -> Item | None:
        """The item with this number."""
        return self.items[number - 1] if 0 < number <= len(self.items) else None

    def keep(self, change: Callable[[Answering], Step]) -> Step:
        """Take `change` on the sheet as it is now, and save it: when this returns it is kept.

        Whoever saved it meanwhile, the change is taken on what they saved. Raises NotAllowed when
        nobody may answer any more, and what saving raises: then nothing is kept.
        """
        was_there = False
        refused = Busy("changed-since-read", file="")
        for read in (self._glance, *[self.context.read] * _TRIES):
            found = read()
            if found is None and was_there:  # nothing is begun anew beside it
                break
            was_there = found is not None
            sheet, fingerprint = found or (self.context.blank, None)
            state = Answering(self.asked(sheet), sheet, Place(0))
            after, problems = change(state)
            if after.sheet is sheet and not self._unsure:
                if read is self.context.read:
                    return after, problems
                continue  # saving would have told whether it was as it looked
            try:
                self.context.save(after.sheet, fingerprint)
            except Busy as error:
                if error.code not in _WRITTEN_SINCE:
                    raise
                refused = error
                continue
            except BartError as error:
                self._unsure = self._unsure or error.stands is not None
                raise
            self._unsure = False
            return after, problems
        raise refused


@dataclass(frozen=True)
class _Now:
    """The session as it was read, and what follows from it; `seats` fills as people come in.

    `pins_file`: as it was before `pins` were read from it, so that no later change goes unseen.
    """

    opened: OpenSession
    pins: Pins
    pins_file: Stored | None
    by_link: Mapping[bytes, str]
    hold: SharedHold
    seats: dict[str, Seat] = field(default_factory=dict)


class Room:
    """A session that people answer in now. Raises NotAllowed when its round is not open.

    Several threads may use it at once.
    """

    def __init__(self, opened: OpenSession, *, new_cards: bool = False) -> None:
        if opened.session.phase is not Phase.ANSWERING:
            raise NotAllowed("serve-not-answering", session=opened.session.session)
        self._looking = threading.Lock()
        self._last = LastLook()
        there = opened.home.content(pins.PINS)
        self._now = _now(opened, pins.made(opened.home, anew=new_cards), there)

    @property
    def opened(self) -> OpenSession:
        """The session as it was read last."""
        return self._now.opened

    def look(self) -> OpenSession:
        """The session as it is now. Raises BadData, CannotRead or NotFound when it cannot be."""
        with self._looking:
            now = self._now
            opened = now.hold.known() or now.opened.reread()
            there = opened.home.content(pins.PINS)
            if opened.fingerprint != now.opened.fingerprint or there != now.pins_file:
                is_open = opened.session.phase is Phase.ANSWERING
                kept = pins.made(opened.home) if is_open else now.pins
                self._now = _now(opened, kept, there)
            return opened

    @property
    def is_open(self) -> bool:
        """Whether people answer now."""
        return self.opened.session.phase is Phase.ANSWERING

    def whose(self, token: str) -> str | None:
        """The code of the person whose link holds `token`; None for a link that is none any more.

        Nobody learns from how long this takes how much of a link was right: what is looked up is a
        hash of it.
        """
        return self._now.by_link.get(_hashed(token)) if self.is_open else None

    def card(self, code: str) -> Card:
        """The card of `code`. Each round has its own."""
        return card_of(self._now.pins, self.opened.session.round, code)

    def cards(self) -> tuple[Card, ...]:
        """The cards of everybody, in the order of their codes."""
        return tuple(map(self.card, sorted(self.opened.session.party_of, key=code_order)))

    def has_pin(self, code: str, pin: str) -> bool:
        """Whether `pin` is that of `code`. For a code that is nobody's it takes as long."""
        is_right = hmac.compare_digest(self.card(code).pin.encode(), pin.encode())
        return is_right and self.is_open and code in self.opened.session.party_of

    def form_key(self, code: str) -> str:
        """What stands in every form that `code` gets: it tells whose form it is, to nobody else."""
        return drawn(self._now.pins, self.opened.session.round, "form", code)[:16].hex()

    def seat(self, code: str) -> Seat:
        """The seat of `code`. Raises NotFound for who is not invited, NotAllowed when closed."""
        now = self._now
        seat = now.seats.get(code)
        if seat is None:
            made = Seat(session_context(now.opened, code, now.hold.held))
            seat = now.seats.setdefault(code, made)
        return seat

    def presence(self) -> Status:
        """Who has begun and who is done, never what they said."""
        return status(self.look(), self._last)

    def keep_sheet(self, page: str) -> str:
        """Keep the cards to print with the forms; gives where. Raises CannotWrite.

        Erasing somebody whose code stands on it removes the page.
        """
        folder = self.opened.folder
        return folder.where(folder.put(f"{locations.FORMS}/cards.html", page.encode()))


def _now(opened: OpenSession, kept: Pins, there: Stored | None) -> _Now:
    session = opened.session
    links = {_hashed(card_of(kept, session.round, code).token): code for code in session.party_of}
    return _Now(opened, kept, there, links, SharedHold(opened))


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
