"""Which store holds the sessions: the one somebody named, or where they lie by themselves."""

import os
from pathlib import Path

from bart_tool.errors import WrongUse
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


def folder_and_database(given: str, address: str) -> tuple[Store, Store]:
    """The folder of --sessions, or the usual one, and the database at `address`.

    Without an address that of $BART_SESSIONS. Raises WrongUse where either is the other, and as
    `store_at`.
    """
    named = os.environ.get("BART_SESSIONS", "")
    address = address or named
    if not is_address(address):
        raise WrongUse("carry-no-address")
    if is_address(given):
        raise WrongUse("carry-no-folder")
    return DiskStore(sessions_folder(Path(given) if given else None)), store_at(address)
