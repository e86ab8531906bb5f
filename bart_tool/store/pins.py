"""The PINs that open people's own sheets on a computer that others use too.

A PIN is told once and never kept: what lies in private/ is a slow hash of it, with a salt of its
own. Whoever reads the files of a session reads the sheets too; a PIN is for the one who only has
the screen. Where the file is damaged, PINs are still asked, and none is right.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from pydantic import Field, ValidationError

from bart_tool.domain.base import Frozen
from bart_tool.store import sealed
from bart_tool.store.locations import PRIVATE
from bart_tool.store.stored_session import StoredSession

PINS = f"{PRIVATE}/pins.yaml"
DIGITS = 4
FREE = 3  # wrong tries without a wait: a typing mistake costs nothing
LONGEST = 8.0  # seconds
Wait = Callable[[float], object]


class _Pin(Frozen):
    salt: str
    hash: str
    wrong: int = Field(default=0, ge=0)  # tries since the last right one


class _PinsFile(Frozen):
    format: Literal["1"] = "1"
    kind: Literal["pins"] = "pins"
    people: dict[str, _Pin] = Field(default_factory=dict)


def are_asked(home: StoredSession) -> bool:
    """Whether a PIN is asked before a sheet is opened. Raises CannotRead."""
    return home.content(PINS) is not None


def draw(home: StoredSession, codes: Collection[str]) -> dict[str, str]:
    """Draw a new PIN for each of `codes`, in place of an earlier one; gives them by code.

    They are not kept. Raises Busy or CannotWrite.
    """
    drawn = {code: f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}" for code in codes}
    with _held(home):
        _write(home, {**_read(home), **{code: _kept(pin) for code, pin in drawn.items()}})
    return drawn


def opens(home: StoredSession, code: str, pin: str, wait: Wait) -> bool:
    """Whether `pin` is that of `code`.

    After a few wrong tries each next one waits, up to `LONGEST` seconds. A try is counted before it
    is judged, so that who breaks it off gains nothing. Nobody is shut out for good. Raises Busy or
    CannotWrite.
    """
    with _held(home):
        people = _read(home)
        own = people.get(code)
        if own is None:
            return False
        _write(home, {**people, code: own.changed(wrong=own.wrong + 1)})
    if own.wrong >= FREE:
        wait(min(LONGEST, 2.0 ** min(own.wrong - FREE, 9)))
    if not hmac.compare_digest(_hashed(pin, own.salt), own.hash):
        return False
    with _held(home):
        people = _read(home)
        if people.get(code, own).hash == own.hash:  # else it was drawn anew meanwhile
            _write(home, {**people, code: own.changed(wrong=0)})
    return True


def forget(home: StoredSession, code: str) -> None:
    """Remove the PIN of `code`. Raises Busy or CannotWrite."""
    if not are_asked(home):
        return
    with _held(home):
        people = _read(home)
        if code in people:
            _write(home, {each: pin for each, pin in people.items() if each != code})


@contextmanager
def _held(home: StoredSession) -> Iterator[None]:
    home.store.make(home.named(PRIVATE))
    with home.store.lock(home.named(f"{PRIVATE}/pins")):
        yield


def _kept(pin: str) -> _Pin:
    salt = secrets.token_hex(16)
    return _Pin(salt=salt, hash=_hashed(pin, salt))


def _hashed(pin: str, salt: str) -> str:
    said = pin.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(said, salt=salt.encode(), n=2**14, r=8, p=1, dklen=32).hex()


def _read(home: StoredSession) -> Mapping[str, _Pin]:
    try:
        return _PinsFile.model_validate(sealed.read(home, PINS)).people
    except ValidationError:
        return {}


def _write(home: StoredSession, people: Mapping[str, _Pin]) -> None:
    said = {code: pin.model_dump() for code, pin in sorted(people.items())}
    sealed.write(home, PINS, {"format": 1, "kind": "pins", "people": said})
