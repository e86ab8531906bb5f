"""What the participant's screens share: the visit, and leaving without losing anything."""

from typing import ClassVar, TypeVar

from bart_tool.tui.base import BartScreen
from bart_tool.tui.participant.visit import Visit, VisitEnd

T = TypeVar("T")


class ParticipantScreen(BartScreen[T]):
    """A screen of a visit. Leaving it ends the visit, not the program."""

    CATALOGUE: ClassVar[str] = "participant"

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
