"""What keeps a sheet of a session shut on a computer that others use too, until the round closes.

With PINs a sheet opens by its own. Without, a sheet that is being answered opens by its code, and
one that was handed in does not open; nor does anybody's own picture.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass

from bart_tool.domain.names import code_order
from bart_tool.domain.session import Phase
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.errors import NotAllowed
from bart_tool.store import pins
from bart_tool.store.pins import Wait
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow.open_session import OpenSession, must_take_part


@dataclass(frozen=True)
class Lock:
    """The lock on the sheet of `code` in the session in `home`."""

    home: StoredSession
    code: str

    @property
    def asks_pin(self) -> bool:
        """Whether the session has PINs. Raises CannotRead."""
        return pins.are_asked(self.home)

    def opens(self, pin: str, wait: Wait = time.sleep) -> bool:
        """Whether `pin` opens it; after wrong ones that takes longer. Raises Busy, CannotWrite."""
        return pins.opens(self.home, self.code, pin.strip(), wait)

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
    lock = Lock(opened.home, code)
    if not lock.asks_pin:
        raise NotAllowed("picture-shut", code=code, session=opened.session.session)
    return lock


def draw_pins(opened: OpenSession, codes: Collection[str] = ()) -> dict[str, str]:
    """A new PIN for each of `codes`, else for everybody, by code in their order; told only now.

    Raises NotFound for who is not in the session, Busy or CannotWrite.
    """
    for code in codes:
        must_take_part(opened, code)
    wanted = sorted(set(codes) or opened.session.party_of, key=code_order)
    return pins.draw(opened.home, wanted)
