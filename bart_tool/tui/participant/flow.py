"""The participant's walk from welcome to handing in, as one function that pushes the screens."""

from bart_tool.domain.answer import SheetStatus
from bart_tool.domain.route import Place
from bart_tool.tui.participant.done import HandedIn
from bart_tool.tui.participant.my_picture import HAND_IN
from bart_tool.tui.participant.question import Question
from bart_tool.tui.participant.visit import Visit, VisitEnd
from bart_tool.tui.participant.welcome import FROM_START, PICTURE, Welcome
from bart_tool.tui.shell import Shell
from bart_tool.workflow.answering.context import AnswerContext


async def visit(app: Shell, context: AnswerContext) -> VisitEnd:
    """Let one participant answer; gives how it ended. Raises what reading the sheet raises.

    Whoever calls this runs it in a worker: it waits for screens.
    """
    here = Visit(context)
    if here.is_closed:
        await app.ask(HandedIn(here))
        return VisitEnd.HANDED_IN
    how = await app.ask(Welcome(here))
    if how is None:
        return VisitEnd.LEFT
    if how == FROM_START:
        here.place = Place(0)
    begin_with_picture = how == PICTURE
    while True:
        said = await app.ask(Question(here, begin_with_picture=begin_with_picture))
        if said != HAND_IN:
            return here.outcome or VisitEnd.LEFT
        if await _hand_in(here):
            await app.ask(HandedIn(here))
            return VisitEnd.HANDED_IN
        begin_with_picture = True


async def _hand_in(here: Visit) -> bool:
    """Close the sheet on the disk; when that fails it stays open, and the screen says why."""
    await here.keeper.settled()
    open_sheet = here.sheet
    here.hand_in()
    if await here.keeper.settled():
        return True
    here.outcome = None
    here.keeper.put(open_sheet.changed(status=SheetStatus.DRAFT))
    return False
