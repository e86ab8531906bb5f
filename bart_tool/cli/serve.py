"""`bart serve`: people in the room answer in the browser of their own phone."""

import time
from errno import EADDRINUSE
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bart_tool.cli.front import Front
from bart_tool.cli.options import flag, session_argument, verb
from bart_tool.wording.translation import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bart_tool.web.server import Place, Served
    from bart_tool.workflow.room import Room

PORT, LAST_PORT = 8787, 65535
_EXTRA = ("starlette", "uvicorn", "segno", "ifaddr")


def command(t: Words) -> click.Command:
    """The verb, its help and what it takes, in the words of `t`."""
    text = t(
        "Example: bart serve demo\n\n"
        "Let people in the room answer on their own phone, over a network of your own. Everybody "
        "gets a card to scan. Their answers go to the same sheets. It stops when you stop it."
    )
    file = click.Path(path_type=Path, dir_okay=False, exists=True)
    return verb(
        t,
        "serve",
        text,
        _serve,
        session_argument(t),
        click.Option(["--address"], default="", help=t("The address of this computer to use.")),
        click.Option(
            ["--port"],
            type=click.IntRange(1, LAST_PORT),
            default=PORT,
            show_default=True,
            help=t("The port; the same one after a restart, or the cards are void."),
        ),
        click.Option(["--name"], default="", help=t("The name that IT gave the address.")),
        click.Option(["--cert"], type=file, help=t("A certificate for that name, for https.")),
        click.Option(["--key"], type=file, help=t("The key of the certificate.")),
        click.Option(["--wifi"], default="", help=t("The name of the Wi-Fi, for on the cards.")),
        click.Option(["--wifi-password"], default="", help=t("The password of the Wi-Fi.")),
        flag(
            "--sealed",
            text=t(
                "Seal all that phones and laptop say to each other: who listens reads nothing. "
                "Takes a scanned card and JavaScript."
            ),
        ),
        flag("--cards", text=t("Write a page with everybody's card, to print.")),
        flag("--new-cards", text=t("Make new cards: the earlier ones stop working.")),
        has_json=False,
    )


def _serve(
    front: Front,
    session: str,
    *,
    cards: bool,
    new_cards: bool,
    sealed: bool,
    wifi: str,
    wifi_password: str,
    **at: Any,
) -> int:
    from bart_tool.workflow.room import Room

    _must_be_installed(sealed=sealed)
    room = Room(front.opened(session), new_cards=new_cards)
    place = _place(front, **at)
    from bart_tool.cli.serving import Serving
    from bart_tool.web.cards import Wifi
    from bart_tool.web.server import Served

    tokens = _tokens(front, room)
    served = _started(front, place, lambda place: Served(room, tokens, place, sealed=sealed))
    serving = Serving(front, served, Wifi(wifi, wifi_password) if wifi else None)
    try:
        serving.open(cards=cards)
        if front.may_ask:
            serving.talk()
        while served.is_running and not serving.is_over:
            time.sleep(0.2)
    finally:
        served.stop()
    front.tell(front.t("Stopped. What people answered is kept."))
    return 0


def _started(front: Front, place: "Place", made: "Callable[[Place], Served]") -> "Served":
    """The pages at `place`; on a port behind it where that one is taken and somebody says so."""
    from dataclasses import replace

    from bart_tool.errors import WrongUse

    t = front.t
    while True:
        served = made(place)
        try:
            served.start()
            return served
        except WrongUse as error:
            is_taken = isinstance(error.__cause__, OSError) and error.__cause__.errno == EADDRINUSE
            if not (is_taken and front.may_ask and place.port < LAST_PORT):
                raise
            front.tell(
                t(
                    "Port {taken} is taken: perhaps bart serve runs already. A card that was "
                    "printed or scanned before leads to {taken}.",
                    taken=place.port,
                )
            )
            if not front.confirm(t("Use port {port} now? (yes/no)", port=place.port + 1)):
                raise
            place = replace(place, port=place.port + 1)


def _must_be_installed(*, sealed: bool) -> None:
    from importlib.util import find_spec

    from bart_tool.errors import CannotCreate

    if any(find_spec(name) is None for name in _EXTRA):
        raise CannotCreate("extra-missing", formats="bart serve", extras="web")
    if sealed and find_spec("cryptography") is None:
        raise CannotCreate("extra-missing", formats="bart serve --sealed", extras="web,sealed")


def _tokens(front: Front, room: "Room") -> str:
    from bart_tool.workflow.publish import own_colours

    colours = own_colours(room.opened)
    front.tell_problems(colours.problems, front.t("About your own colours:"))
    return colours.tokens.css()


def _place(
    front: Front, address: str, port: int, name: str, cert: Path | None, key: Path | None
) -> "Place":
    """Where the pages will be. Raises WrongUse when that is not said, or cannot be."""
    from bart_tool.errors import WrongUse
    from bart_tool.web.server import Place

    if (cert is None) != (key is None):
        raise WrongUse("cert-without-key")
    return Place(address or _chosen(front), port, name, cert, key)


def _chosen(front: Front) -> str:
    """The address of the network that the facilitator means."""
    from bart_tool.cli.terminal import chosen
    from bart_tool.errors import WrongUse
    from bart_tool.web.adapters import adapters
    from bart_tool.wording.web import ADAPTERS

    t, found = front.t, adapters()
    if not found:
        raise WrongUse("no-network")
    said = [
        t("{address} – {kind} ({name})", address=e.address, kind=t(ADAPTERS[e.kind]), name=e.name)
        for e in found
    ]
    if len(found) == 1 or not front.may_ask:
        if len(found) > 1 and sum(each.kind != "virtual" for each in found) != 1:
            names = ", ".join(each.address for each in found)
            raise WrongUse("which-address", names=names)
        return found[0].address
    front.tell(t("Which network are the phones on? Or will they be on?"))
    front.tell_numbered(said)
    return chosen(t("Number"), [each.address for each in found], "1")
