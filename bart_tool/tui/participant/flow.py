"""The participant's walk from welcome to handing in, as one function that pushes the screens."""

from bart_tool.domain.route import Place
from bart_tool.tui.participant.done import HandedIn
from bart_tool.tui.participant.my_picture import HAND_IN
from bart_tool.tui.participant.question import Question
from bart_tool.tui.participant.visit import Visit, VisitEnd
from bart_tool.tui.participant.welcome import Welcome
from bart_tool.tui.shell import Shell
from bart_tool.wording.questions import FROM_START, PICTURE
from bart_tool.workflow.answering import steps
from bart_tool.workflow.answering.context import AnswerContext


async def visit(app: Shell, context: AnswerContext) -> VisitEnd:
    """Let one participant answer; gives how it ended. Raises what reading the sheet raises.

    Whoever calls this runs it in a worker: it waits for screens.
    """
    here = Visit(context)
    if not here.state.is_closed:
        how = await app.ask(Welcome(here))
        if how is None:
            return VisitEnd.LEFT
        if how == FROM_START:
            here.to(here.state.at(Place(0)))
        here.to(here.state.reviewing(how == PICTURE))
        while here.outcome is not VisitEnd.HANDED_IN:
            if await app.ask(Question(here)) != HAND_IN:
                return here.outcome or VisitEnd.LEFT
            await _hand_in(here)
    await app.ask(HandedIn(here))
    return VisitEnd.HANDED_IN


async def _hand_in(here: Visit) -> None:
    """Close the sheet on the disk; when that fails it stays open, and the screen says why."""
    await here.keeper.settled()
    here.do(steps.hand_in)
    if await here.keeper.settled():
        here.outcome = VisitEnd.HANDED_IN
    else:
        here.to(steps.take_back(here.state))
