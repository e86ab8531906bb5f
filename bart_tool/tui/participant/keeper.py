"""Puts the newest sheet on the disk behind the screen's back, and says when it is there."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

from bart_tool.domain.answer import Sheet
from bart_tool.errors import BartError
from bart_tool.workflow.seat import Seat


class Keeper:
    """Holds one sheet. `changed` is called whenever what may be said about saving changes.

    Saving waits for the disk, so it runs beside the screen; a sheet that came in meanwhile is
    saved after it. After trouble nothing is tried until `again` or `move_to`.
    """

    def __init__(self, seat: Seat, sheet: Sheet, fingerprint: str | None) -> None:
        self.seat = seat
        self.sheet = sheet
        self.trouble: BartError | None = None
        self.changed: Callable[[], None] = lambda: None
        self._fingerprint = fingerprint
        self._kept: Sheet | None = sheet if fingerprint is not None else None
        self._disk = threading.Lock()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_kept(self) -> bool:
        """Whether all that was answered is on the disk."""
        return self._kept is self.sheet

    def put(self, sheet: Sheet) -> None:
        """Take the newest sheet, and save it as soon as can be."""
        self.sheet = sheet
        if self.trouble is None:
            self._start()
        self.changed()

    def again(self) -> None:
        """Try once more after trouble."""
        self.trouble = None
        self._start()

    def move_to(self, file: Path) -> None:
        """From now on keep the sheet in a loose file instead."""
        self.seat = self.seat.moved_to(file)
        self._fingerprint = None
        self._kept = None
        self.again()

    async def settled(self) -> bool:
        """Wait until nothing is being saved; whether all is on the disk."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])
        return self.is_kept

    def save_now(self) -> None:
        """Save at once and wait: the program is being ended. Trouble is kept, not raised."""
        if not self.is_kept and self.trouble is None:
            self._try(self.sheet)

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._save_all())
            # Nobody waits for it while questions are being answered: a bug in it would stay
            # unseen, and nothing be saved from then on.
            self._task.add_done_callback(_raise_bug)

    async def _save_all(self) -> None:
        while not self.is_kept and self.trouble is None:
            await asyncio.to_thread(self._try, self.sheet)
            self.changed()

    def _try(self, sheet: Sheet) -> None:
        try:
            with self._disk:
                self._fingerprint = self.seat.save(sheet, self._fingerprint)
                self._kept = sheet
        except BartError as error:
            self.trouble = error


def _raise_bug(task: asyncio.Task[None]) -> None:
    """Hand a bug to the event loop, which hands it to the app."""
    if not task.cancelled() and (bug := task.exception()) is not None:
        raise bug
