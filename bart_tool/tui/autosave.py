"""Puts the newest value on the disk behind the screen's back, and says when it is there."""

import asyncio
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from bart_tool.errors import BartError
from bart_tool.workflow.answering.state import Kept

V = TypeVar("V")


class Autosave(Generic[V]):
    """Holds one value. `changed` is called whenever what may be said about saving changes.

    Saving waits for the disk, so it runs beside the screen; a value that came in meanwhile is
    saved after it. After trouble nothing is tried until `again`.
    `save` takes the value and the fingerprint of what it replaces, and gives the new one.
    """

    def __init__(
        self, save: Callable[[V, str | None], str], value: V, fingerprint: str | None
    ) -> None:
        self.value = value
        self.changed: Callable[[], None] = lambda: None
        self._save = save
        self._kept = Kept(value if fingerprint is not None else None, fingerprint)
        self._disk = threading.Lock()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the newest value is on the disk."""
        return self._kept.value is self.value

    @property
    def trouble(self) -> BartError | None:
        """Why the newest value is not on the disk, as long as nothing more is tried."""
        return self._kept.trouble

    def put(self, value: V) -> None:
        """Take the newest value, and save it as soon as can be."""
        self.value = value
        if self.trouble is None:
            self._start()
        self.changed()

    def forget_trouble(self) -> None:
        """Try once more with the next value."""
        if self.trouble is not None:  # else it may be saving just now
            self._kept = self._kept.again()

    def again(self, *, elsewhere: bool = False) -> None:
        """Try once more after trouble, or `elsewhere`, where nothing was saved yet."""
        self.forget_trouble()
        self._kept = Kept() if elsewhere else self._kept
        self._start()

    async def settled(self) -> bool:
        """Wait until nothing is being saved; whether all is on the disk."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])
        return self.is_kept

    def save_now(self) -> None:
        """Save at once and wait: the program is being ended. Trouble is kept, not raised."""
        if not self.is_kept and self.trouble is None:
            self._try(self.value)

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._save_all())
            # Nobody waits for it while one works on: a bug in it would stay unseen, and nothing
            # be saved from then on.
            self._task.add_done_callback(_raise_bug)

    async def _save_all(self) -> None:
        while not self.is_kept and self.trouble is None:
            await asyncio.to_thread(self._try, self.value)
            self.changed()

    def _try(self, value: V) -> None:
        with self._disk:
            self._kept = self._kept.tried(self._save, value)


def _raise_bug(task: asyncio.Task[None]) -> None:
    """Hand a bug to the event loop, which hands it to the app."""
    if not task.cancelled() and (bug := task.exception()) is not None:
        raise bug
