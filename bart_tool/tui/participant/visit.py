"""One participant's visit: who sits here, where they are, and how it ended."""

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from bart_tool.domain.answer import Answer, Sheet, SheetStatus
from bart_tool.domain.route import Place, Route
from bart_tool.tui.autosave import Autosave
from bart_tool.tui.base import BartScreen
from bart_tool.workflow.answering.context import AnswerContext
from bart_tool.workflow.answering.record import handed_in, record
from bart_tool.workflow.choosing import differs

T = TypeVar("T")


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


class VisitEnd(StrEnum):
    """How a visit ended."""

    LEFT = "left"
    HANDED_IN = "handed-in"


class Visit:
    """The state that a participant's screens share. It saves through its keeper only."""

    def __init__(self, context: AnswerContext) -> None:
        found = context.read()
        sheet, fingerprint = found if found else (context.blank, None)
        self.route = Route(context.question_set, context.kind)
        self.keeper = Keeper(context, sheet, fingerprint)
        self.resumed = found is not None
        self.place: Place = self.route.goes_on_at(sheet)
        self.outcome: VisitEnd | None = None
        self.is_left = False  # somebody stopped: every screen of the visit closes
        self._before: list[tuple[str, Answer | None]] = []  # item and what was answered, to undo

    @property
    def context(self) -> AnswerContext:
        """Where the sheet lies now."""
        return self.keeper.context

    @property
    def sheet(self) -> Sheet:
        """The newest sheet."""
        return self.keeper.sheet

    @property
    def is_closed(self) -> bool:
        """Whether the sheet was handed in, so that it may only be read."""
        return self.sheet.status is SheetStatus.SUBMITTED

    def begin(self, consent: str, function: str) -> None:
        """Take down the choice made before the first question."""
        self.keeper.put(self.sheet.changed(consent=consent, function=function))

    def answer(self, item: str, after: Answer | None) -> bool:
        """Take down an answer, or with None take one away; whether anything changed."""
        before = self.sheet.answers.get(item)
        if not self._put(item, before, after):
            return False
        self._before.append((item, before))
        return True

    def undo(self) -> Place | None:
        """Put back what was changed last in this visit; where that is, None when nothing was."""
        while self._before:
            item, before = self._before.pop()
            if self._put(item, self.sheet.answers.get(item), before):
                return self.route.place_of(item)
        return None

    def _put(self, item: str, before: Answer | None, after: Answer | None) -> bool:
        if self.is_closed or not differs(before, after):
            return False
        if after is None:
            self.keeper.put(self.sheet.without(item))
            return True
        sheet, _ = record(self.context.question_set, self.sheet, item, after)
        if sheet is self.sheet:
            return False
        self.keeper.put(sheet)
        return True

    def hand_in(self) -> None:
        """Close the sheet."""
        self.keeper.put(handed_in(self.sheet))
        self.outcome = VisitEnd.HANDED_IN


class ParticipantScreen(BartScreen[T]):
    """A screen of a visit. Leaving it ends the visit, not the program."""

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit

    async def leave(self) -> None:
        """Stop here: keep everything, and close every screen of the visit."""
        self.visit.outcome = self.visit.outcome or VisitEnd.LEFT
        self.visit.is_left = True
        while not isinstance(self.app.screen, ParticipantScreen):
            await self.app.pop_screen()
        screen = self.app.screen
        if isinstance(screen, ParticipantScreen):
            screen.close_for_good()

    def close_for_good(self) -> None:
        """Close without a choice; the visit sees that it has ended."""
        self.dismiss(None)

    async def action_leave_visit(self) -> None:
        """The key bar's own way to stop."""
        self.bart.action_leave()
