"""Handing out cards: who leads sees a card until its owner has begun.

From then on only a new one, and the earlier one stops working, so that its owner notices. Who
handed in gets none before their sheet is opened again.
"""

from collections.abc import Collection
from dataclasses import dataclass

from bart_tool.domain.names import code_order
from bart_tool.domain.session import Phase
from bart_tool.errors import NotAllowed
from bart_tool.store import pins
from bart_tool.workflow.answering.cards import Card, card_of
from bart_tool.workflow.open_session import OpenSession, must_take_part
from bart_tool.workflow.phases import status


@dataclass(frozen=True)
class Dealt:
    """Cards to hand out; and who is left out, as they have begun or have handed in."""

    cards: tuple[Card, ...]
    begun: tuple[str, ...] = ()
    handed_in: tuple[str, ...] = ()


def asks_pins(opened: OpenSession) -> bool:
    """Whether a PIN is asked before a sheet is opened. Raises CannotRead."""
    return pins.are_asked(opened.home)


def deal(opened: OpenSession) -> Dealt:
    """The cards of everybody who has not begun; the first time also of who is at work.

    Raises NotAllowed in a round that is not open, Busy or CannotWrite.
    """
    _must_be_open(opened)
    is_first = not asks_pins(opened)
    kept = pins.made(opened.home)
    state = {each.code: each.shown for each in status(opened).participants}
    codes = sorted(state, key=code_order)
    at_work = [code for code in codes if state[code] in ("draft", "reopened")]
    return Dealt(
        tuple(
            card_of(kept, opened.session.round, code)
            for code in codes
            if state[code] == "not-started" or (is_first and code in at_work)
        ),
        begun=() if is_first else tuple(at_work),
        handed_in=tuple(code for code in codes if state[code] == "submitted"),
    )


def deal_anew(opened: OpenSession, codes: Collection[str]) -> Dealt:
    """A new card for each of `codes`; the earlier ones are dead.

    Raises NotFound for who is not in the session, NotAllowed in a round that is not open and for
    who handed in, Busy or CannotWrite.
    """
    _must_be_open(opened)
    for code in codes:
        must_take_part(opened, code)
    shut = {each.code for each in status(opened).participants if each.shown == "submitted"}
    for code in sorted(shut.intersection(codes), key=code_order):
        raise NotAllowed("card-handed-in", code=code, session=opened.session.session)
    kept = pins.renew(opened.home, codes)
    wanted = sorted(set(codes), key=code_order)
    return Dealt(tuple(card_of(kept, opened.session.round, code) for code in wanted))


def _must_be_open(opened: OpenSession) -> None:
    if opened.session.phase is not Phase.ANSWERING:
        raise NotAllowed("serve-not-answering", session=opened.session.session)
