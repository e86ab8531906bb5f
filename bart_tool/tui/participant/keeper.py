"""Keeps the participant's sheet on the disk, in its session or in a loose file elsewhere."""

from pathlib import Path

from bart_tool.domain.answer import Sheet
from bart_tool.tui.autosave import Autosave
from bart_tool.workflow.answering.context import AnswerContext


class Keeper(Autosave[Sheet]):
    """Holds one sheet. After trouble nothing is tried until `again` or `move_to`."""

    def __init__(self, context: AnswerContext, sheet: Sheet, fingerprint: str | None) -> None:
        super().__init__(self._save_in_context, sheet, fingerprint)
        self.context = context

    @property
    def sheet(self) -> Sheet:
        """The newest sheet."""
        return self.value

    def move_to(self, file: Path) -> None:
        """From now on keep the sheet in a loose file instead."""
        self.context = self.context.moved_to(file)
        self._anew()

    def _save_in_context(self, sheet: Sheet, expected: str | None) -> str:
        return self.context.save(sheet, expected)
