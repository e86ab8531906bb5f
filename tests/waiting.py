"""The one way in which a test waits: until something is so. Never a fixed time.

Who sleeps waits too long on a quick machine and too short on a busy one.
"""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 60.0  # seconds until what does not come is given up; nothing waits shorter
LOOK = 0.005  # seconds between two looks


def wait_until(condition: Callable[[], T], what: str | Callable[[], str]) -> T:
    """Wait until `condition` gives something true, and give that. `what` tells what was wanted."""
    limit = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < limit, f"never came: {_told(what)}"
        time.sleep(LOOK)
    return found


async def until(condition: Callable[[], T], what: str | Callable[[], str]) -> T:
    """`wait_until` where others go on meanwhile."""
    limit = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < limit, f"never came: {_told(what)}"
        await asyncio.sleep(LOOK)
    return found


def _told(what: str | Callable[[], str]) -> str:
    return what if isinstance(what, str) else what()
