"""The secret of a session's links, out of which every card and PIN of a round is made.

Nothing of a link itself is kept: it is made anew from the secret, so that a card can be printed
again. A hash of each link would protect nothing here: whoever reads private/ reads the sheets too.
The secret goes when the round closes, and every link with it.
"""

import re
import secrets

from bart_tool.store.locations import PRIVATE
from bart_tool.store.stored_session import StoredSession

SECRET = f"{PRIVATE}/links"
_SECRET = re.compile(rb"[0-9a-f]{64}")


def secret(folder: StoredSession, *, anew: bool = False) -> bytes:
    """The secret of the session's links, drawn when there is none, or `anew`.

    Drawn anew, every earlier link and PIN is dead. Raises CannotRead or CannotWrite.
    """
    there = None if anew else kept(folder)
    if there is not None:
        return there
    drawn = secrets.token_hex(32).encode()
    folder.put(SECRET, drawn + b"\n")
    return drawn


def kept(folder: StoredSession) -> bytes | None:
    """The secret that is there; None when there is none, or it is not as it was drawn."""
    stored = folder.content(SECRET)
    found = stored.content.strip() if stored is not None else b""
    return found if _SECRET.fullmatch(found) else None


def forget(folder: StoredSession) -> None:
    """Have no link work any more. Raises CannotWrite."""
    folder.remove(SECRET)
