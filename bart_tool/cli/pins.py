"""`bart pins`: everybody's PIN, or a new one for who lost it."""

from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import codes_argument, session_argument, verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from bart_tool.workflow.dealing import Dealt


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart pins demo WR-01\n\n"
        "Show the PINs to put on the cards, so that answers open for their own writer only. Who "
        "has begun is not shown: name a code for a new PIN, and the earlier one stops working."
    )
    return verb(t, "pins", text, _pins, session_argument(t), codes_argument(t))


def _pins(front: Front, session: str, codes: tuple[str, ...]) -> int:
    from bart_tool.workflow.dealing import deal, deal_anew

    opened = front.opened(session)
    with front.busy():
        dealt = deal_anew(opened, codes) if codes else deal(opened)
    if front.as_json:
        pins = {card.code: card.pin for card in dealt.cards}
        left = {"begun": [*dealt.begun], "handed_in": [*dealt.handed_in]}
        front.say_json({"session": session, "pins": pins, **left})
        return 0
    tell(front, dealt)
    return 0


def tell(front: Front, dealt: "Dealt") -> None:
    """Each code with its PIN, to put on the cards; and whose is not shown."""
    from bart_tool.wording.pins import ON_THE_CARD, PIN, left_out

    t = front.t
    for card in dealt.cards:
        front.say(t(PIN, code=card.code, pin=card.printed_pin))
    if dealt.cards:
        front.tell(t(ON_THE_CARD))
    for line in left_out(t, dealt.begun, dealt.handed_in):
        front.tell(line)
