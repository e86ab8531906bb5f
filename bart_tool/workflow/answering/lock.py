"""What keeps a sheet of a session shut on a computer that others use too, until the round closes.

With PINs a sheet opens by its own. Without, a sheet that is being answered opens by its code, and
one that was handed in does not open; nor does anybody's own picture.
"""

import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass

from bart_tool.domain.session import Phase
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.errors import NotAllowed
from bart_tool.store import pins
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow.answering.cards import AT_THE_LAPTOP, card_of
from bart_tool.workflow.answering.tries import seconds_after
from bart_tool.workflow.open_session import OpenSession, must_take_part

Wait = Callable[[float], object]


@dataclass(frozen=True)
class Lock:
    """The lock on the sheet of `code` for round `number` of the session in `home`."""

    home: StoredSession
    number: int
    code: str

    @property
    def asks_pin(self) -> bool:
        """Whether the session has PINs. Raises CannotRead."""
        return pins.are_asked(self.home)

    def opens(self, pin: str, wait: Wait = time.sleep) -> bool:
        """Whether `pin` opens it: its first digits are enough here, the whole of it is right too.

        After wrong ones that takes longer; nobody is shut out. Raises Busy or CannotWrite.
        """
        seconds = seconds_after(pins.tried(self.home, self.code))
        if seconds:
            wait(seconds)
        kept = pins.kept(self.home)
        own, typed = card_of(kept, self.number, self.code).pin, "".join(pin.split())
        parts = (own, own[:AT_THE_LAPTOP])
        found = [hmac.compare_digest(each.encode(), _bytes(typed)) for each in parts]
        if not kept.secret or not any(found):
            return False
        pins.came_in(self.home, self.code)
        return True

    def must_open(self, sheet: Sheet | None) -> None:
        """Raises NotAllowed for what no PIN opens: a `sheet` that was handed in, without PINs."""
        handed_in = sheet is not None and sheet.status is SheetStatus.SUBMITTED
        if handed_in and not self.asks_pin:
            raise NotAllowed("handed-in-shut", code=self.code, session=self.home.name)


def picture_lock(opened: OpenSession, code: str) -> Lock | None:
    """What must be opened before `code` may see their own picture; None once the round is closed.

    Raises NotFound for who is not in the session, NotAllowed where no PIN is asked.
    """
    must_take_part(opened, code)
    if opened.session.phase is not Phase.ANSWERING:
        return None
    lock = Lock(opened.home, opened.session.round, code)
    if not lock.asks_pin:
        raise NotAllowed("picture-shut", code=code, session=opened.session.session)
    return lock


def _bytes(typed: str) -> bytes:
    return typed.encode("utf-8", "surrogatepass")
