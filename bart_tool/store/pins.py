"""What every card and PIN of an open round is made from, and how often somebody mistyped theirs.

Nothing of a card itself is kept: it is made anew from the secret, so that it can be printed again.
A hash of each would protect nothing here: whoever reads private/ reads the sheets too. The secret
goes when the round closes, and every card with it; that PINs are asked stays.
"""

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Literal

from pydantic import Field, ValidationError

from bart_tool.domain.base import Frozen
from bart_tool.store import sealed
from bart_tool.store.locations import PRIVATE
from bart_tool.store.stored_session import StoredSession

PINS = f"{PRIVATE}/pins.yaml"


class Pins(Frozen):
    """The secret of a round, and what was done with the cards made from it.

    `secret`: hex, empty when there is none. `anew`: how many times the card of a code was made
    anew. `wrong`: tries since the last right one, on this computer.
    """

    format: Literal["1"] = "1"
    kind: Literal["pins"] = "pins"
    secret: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    anew: dict[str, int] = Field(default_factory=dict)
    wrong: dict[str, int] = Field(default_factory=dict)

    def without(self, code: str) -> "Pins":
        """The same with nothing about `code`."""
        return self.changed(
            anew={each: times for each, times in self.anew.items() if each != code},
            wrong={each: times for each, times in self.wrong.items() if each != code},
        )


def are_asked(home: StoredSession) -> bool:
    """Whether a PIN is asked before a sheet is opened. Raises CannotRead."""
    return home.content(PINS) is not None


def kept(home: StoredSession) -> Pins:
    """What is there; without a secret when there is none, or it is not as bart wrote it.

    Raises CannotRead.
    """
    try:
        return Pins.model_validate(sealed.read(home, PINS) or {})
    except ValidationError:
        return Pins()


def made(home: StoredSession, *, anew: bool = False) -> Pins:
    """What is there, with a secret, drawn when there is none, or `anew`: then earlier cards die.

    Raises Busy or CannotWrite.
    """
    with _held(home):
        there = kept(home)
        if there.secret and not anew:
            return there
        return _written(home, Pins(secret=secrets.token_hex(32)))


def renew(home: StoredSession, codes: Collection[str]) -> Pins:
    """Have the card of each of `codes` made anew: the earlier one is dead.

    Raises Busy or CannotWrite.
    """
    made(home)
    with _held(home):
        now = kept(home)
        for code in codes:
            times = now.anew.get(code, 0) + 1
            now = now.without(code).changed(anew={**now.anew, code: times})
        return _written(home, now)


def tried(home: StoredSession, code: str) -> int:
    """Count a try at the PIN of `code`; gives how many wrong ones went before.

    A try is counted before it is judged, so that who breaks it off gains nothing. Raises Busy or
    CannotWrite.
    """
    with _held(home):
        now = kept(home)
        before = now.wrong.get(code, 0)
        if now.secret:
            _written(home, now.changed(wrong={**now.wrong, code: before + 1}))
    return before


def came_in(home: StoredSession, code: str) -> None:
    """Forget the wrong tries of `code`. Raises Busy or CannotWrite."""
    with _held(home):
        now = kept(home)
        _written(home, now.changed(wrong=now.without(code).wrong))


def end(home: StoredSession) -> None:
    """Have no card work any more; PINs are still asked. Raises Busy or CannotWrite."""
    if are_asked(home):
        with _held(home):
            _written(home, Pins())


def forget(home: StoredSession, code: str) -> None:
    """Remove what is known of `code`. Raises Busy or CannotWrite."""
    if not are_asked(home):
        return
    with _held(home):
        now = kept(home)
        if code in {*now.anew, *now.wrong}:
            _written(home, now.without(code))


@contextmanager
def _held(home: StoredSession) -> Iterator[None]:
    home.store.make(home.named(PRIVATE))
    with home.store.lock(home.named(f"{PRIVATE}/pins")):
        yield


def _written(home: StoredSession, now: Pins) -> Pins:
    sealed.write(home, PINS, {**now.model_dump(), "format": 1})
    return now
