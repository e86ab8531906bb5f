"""Which store holds the sessions: the one somebody named, or where they lie by themselves."""

import os
from pathlib import Path

from bart_tool.store.disk import DiskStore
from bart_tool.store.locations import is_address, sessions_folder
from bart_tool.store.protocol import Store


def store_at(given: str) -> Store:
    """The store that --sessions names, else $BART_SESSIONS, else a folder.

    Raises CannotCreate for a database where the extra is not installed, WrongUse for what looks
    like an address and is none.
    """
    named = given or os.environ.get("BART_SESSIONS", "")
    if is_address(named):
        from bart_tool.store.postgres import postgres_store

        return postgres_store(named)
    return DiskStore(sessions_folder(Path(given) if given else None))
