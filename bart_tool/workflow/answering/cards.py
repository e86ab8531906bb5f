"""The cards of a round: a link to scan, and a PIN that serves the laptop and the phone alike."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Literal

from bart_tool.store.pins import Pins

# Over a network 250 addresses try at once, each once in eight seconds: four digits would be found
# in five minutes, eight with a chance of one in a thousand an hour. At the keyboard of the laptop
# there is one try in eight seconds: of four digits 4.5 in a hundred are tried in an hour.
DIGITS = 8
AT_THE_LAPTOP = 4  # the first so many are enough there
Purpose = Literal["link", "pin", "form", "seal"]


@dataclass(frozen=True)
class Card:
    """What lets one participant in: the secret part of their link, or their code with a PIN.

    `seal`: the key with which everything of theirs is sealed where pages go sealed; then it stands
    in their link in place of `token`, and what it opens `token` does not open.
    """

    code: str
    token: str
    pin: str
    seal: str

    @property
    def key(self) -> bytes:
        """What `seal` says."""
        return urlsafe_b64decode(f"{self.seal}=")

    @property
    def printed_pin(self) -> str:
        """The PIN as it stands on the card: what the laptop asks is its first part."""
        return f"{self.pin[:AT_THE_LAPTOP]} {self.pin[AT_THE_LAPTOP:]}"


def drawn(kept: Pins, number: int, purpose: Purpose, code: str) -> bytes:
    """What `code` has for one purpose in round `number`, made from the secret."""
    said = f"{purpose} {number} {code} {kept.anew.get(code, 0)}".encode()
    return hmac.new(kept.secret.encode(), said, hashlib.sha256).digest()


def card_of(kept: Pins, number: int, code: str) -> Card:
    """The card of `code` in round `number`: each round has its own."""
    token = _written(drawn(kept, number, "link", code)[:16])
    digits = int.from_bytes(drawn(kept, number, "pin", code), "big") % 10**DIGITS
    seal = _written(drawn(kept, number, "seal", code))
    return Card(code, token, f"{digits:0{DIGITS}d}", seal)


def _written(secret: bytes) -> str:
    return urlsafe_b64encode(secret).decode().rstrip("=")
