"""`bart pins`: a PIN for everybody, or a new one for who lost it."""

from typing import TYPE_CHECKING

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import codes_argument, session_argument, sure_option, verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from collections.abc import Mapping


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart pins demo WR-01\n\n"
        "Make PINs, so that answers on this computer open for their own writer only. They are "
        "told once: put each on the card of its code. An earlier PIN stops working."
    )
    codes = codes_argument(t)
    return verb(t, "pins", text, _pins, session_argument(t), codes, sure_option(t))


def _pins(front: Front, session: str, codes: tuple[str, ...], yes: bool) -> int:
    from bart_tool.store.pins import are_asked
    from bart_tool.workflow.answering.lock import draw_pins

    t, opened = front.t, front.opened(session)
    if not codes and are_asked(opened.home):
        question = t("Everybody has a PIN. Make new ones for everybody?")
        lasting = t("Everybody has a PIN. Name who lost theirs, or add --yes for new ones for all.")
        if not front.is_sure(question, t("Nothing has changed."), yes=yes, lasting=lasting):
            return 0
    with front.busy():
        pins = draw_pins(opened, codes)
    if front.as_json:
        front.say_json({"session": session, "pins": pins})
        return 0
    tell(front, pins)
    return 0


def tell(front: Front, pins: "Mapping[str, str]") -> None:
    """Each code with its PIN, to put on the cards; and that they are told only now."""
    t = front.t
    for code, pin in pins.items():
        front.say(t("{code}  PIN {pin}", code=code, pin=pin))
    front.tell(t("Write them on the cards now: bart does not keep them. Lost one? Make a new one."))
