"""Wrong tries at a PIN or a link: each next one waits longer, and nobody is shut out."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

FREE = 3  # wrong tries without a wait: a typing mistake costs nothing
LONGEST = 8.0  # seconds
FORGIVEN = 60.0  # seconds after which one wrong try is forgotten
MOST_KEPT = 2_000  # people and addresses of whom wrong tries are remembered


def seconds_after(wrong: float) -> float:
    """How many seconds a try waits after so many wrong ones."""
    return min(LONGEST, 2.0 ** min(wrong - FREE, 9)) if wrong >= FREE else 0.0


@dataclass
class Tries:
    """Counts wrong tries for each person and each address, and makes the next one wait.

    It only waits: whoever has the right PIN comes in behind somebody else's wrong ones.
    """

    sleep: Callable[[float], Awaitable[object]]
    clock: Callable[[], float] = time.monotonic
    _wrong: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _waiting: set[str] = field(default_factory=set)

    async def may_try(self, person: str, address: str) -> bool:
        """Wait as long as it takes; False when this address has a try waiting already."""
        if address in self._waiting:
            return False
        seconds = max(map(self.wait, _names(person, address)))
        if seconds:
            self._waiting.add(address)
            try:
                await self.sleep(seconds)
            finally:
                self._waiting.discard(address)
        return True

    def wait(self, name: str) -> float:
        """How many seconds the next try of a person or an address waits."""
        return seconds_after(self._number(name))

    def wrong(self, person: str, address: str) -> None:
        """Note a wrong try."""
        for name in _names(person, address):
            self._wrong[name] = self._number(name) + 1, self.clock()
            self._wrong.move_to_end(name)
        while len(self._wrong) > MOST_KEPT:
            self._wrong.popitem(last=False)

    def right(self, person: str, address: str) -> None:
        """Forget the wrong tries of whoever came in, here; those of others keep slowing others."""
        self._wrong.pop(_names(person, address)[-1], None)

    def _number(self, name: str) -> float:
        number, since = self._wrong.get(name, (0.0, 0.0))
        return max(0.0, number - (self.clock() - since) / FORGIVEN)


def _names(person: str, address: str) -> tuple[str, ...]:
    return (*([f"person {person}"] if person else []), f"address {address}")
