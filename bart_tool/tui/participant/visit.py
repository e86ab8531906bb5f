"""One participant's visit, and what its screens share: leaving loses nothing."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from bart_tool.domain.answer import Sheet
from bart_tool.domain.route import Route
from bart_tool.errors import Problem
from bart_tool.tui.autosave import Autosave
from bart_tool.tui.base import BartScreen
from bart_tool.workflow.answering.context import AnswerContext
from bart_tool.workflow.answering.state import Answering
from bart_tool.workflow.answering.steps import Step

P = ParamSpec("P")
T = TypeVar("T")


class VisitEnd(StrEnum):
    """How a visit ended."""

    LEFT = "left"
    HANDED_IN = "handed-in"


class Visit:
    """The state that a participant's screens share. It saves through its keeper only."""

    def __init__(self, context: AnswerContext) -> None:
        found = context.read()
        sheet, fingerprint = found or (context.blank, None)
        self.context = context  # where the sheet lies now
        self.state = Answering.at_work(Route(context.question_set, context.kind), sheet)
        self.keeper = Autosave(self._save, sheet, fingerprint)
        self.resumed = found is not None
        self.outcome: VisitEnd | None = None
        self.is_left = False  # somebody stopped: every screen of the visit closes

    def to(self, state: Answering) -> None:
        """From now on `state`; its sheet is kept when it has changed."""
        changed = state.sheet is not self.state.sheet
        self.state = state
        if changed:
            self.keeper.put(state.sheet)

    def do(
        self, step: Callable[Concatenate[Answering, P], Step], *what: P.args, **how: P.kwargs
    ) -> tuple[Problem, ...]:
        """Take one step; gives what is wrong with it."""
        state, problems = step(self.state, *what, **how)
        self.to(state)
        return problems

    def move_to(self, file: Path) -> None:
        """From now on keep the sheet in a loose file instead."""
        self.context = self.context.moved_to(file)
        self.keeper.again(elsewhere=True)

    def _save(self, sheet: Sheet, expected: str | None) -> str:
        return self.context.save(sheet, expected)


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
