"""A message sealed with somebody's own key: on the network nobody reads it, changes it or swaps it.

ChaCha20-Poly1305 (RFC 8439): 12 bytes by chance, then what was sealed. The key is made for one
person in one round, so that a message of somebody else or of another round does not open. `bound`
is what else a message belongs to: its direction, its conversation and its number there.
"""

import os
from base64 import urlsafe_b64decode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

# Of a few thousand messages under one key, two have the same 96 bits once in some 2**70 rounds.
_NONCE, _TAG, _LENGTH = 12, 16, 4
# Every message is as long as a whole number of these: its length tells no answer from another.
UP, DOWN = 8 * 1024, 16 * 1024


def sealed(key: bytes, text: str, bound: str, *, step: int = DOWN) -> bytes:
    """`text`, to be opened by whoever has `key` and knows what it is bound to."""
    said = text.encode()
    whole = len(said).to_bytes(_LENGTH, "big") + said
    whole += bytes(-len(whole) % step)
    nonce = os.urandom(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, whole, bound.encode())


def opened(key: bytes, message: bytes, bound: str) -> str | None:
    """What was sealed; None for what is not whole, of another key, or bound to something else."""
    if len(message) < _NONCE + _TAG + _LENGTH:
        return None
    try:
        whole = ChaCha20Poly1305(key).decrypt(message[:_NONCE], message[_NONCE:], bound.encode())
        return whole[_LENGTH:][: int.from_bytes(whole[:_LENGTH], "big")].decode()
    except (InvalidTag, UnicodeDecodeError):
        return None


def unpacked(written: str) -> bytes:
    """What stands in a field of a form; nothing for what is no such writing."""
    try:
        return urlsafe_b64decode(f"{written}{'=' * (-len(written) % 4)}")
    except ValueError:
        return b""
