"""Keeps the participant's sheet on the disk, in its session or in a loose file elsewhere."""

from pathlib import Path

from bart_tool.domain.answer import Sheet
from bart_tool.tui.keeping import Keeping
from bart_tool.workflow.seat import Seat


class Keeper(Keeping[Sheet]):
    """Holds one sheet. After trouble nothing is tried until `again` or `move_to`."""

    def __init__(self, seat: Seat, sheet: Sheet, fingerprint: str | None) -> None:
        super().__init__(self._save_at_seat, sheet, fingerprint)
        self.seat = seat

    @property
    def sheet(self) -> Sheet:
        """The newest sheet."""
        return self.value

    def move_to(self, file: Path) -> None:
        """From now on keep the sheet in a loose file instead."""
        self.seat = self.seat.moved_to(file)
        self._anew()

    def _save_at_seat(self, sheet: Sheet, expected: str | None) -> str:
        return self.seat.save(sheet, expected)
