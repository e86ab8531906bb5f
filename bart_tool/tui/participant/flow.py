"""The participant's walk from welcome to handing in, which pushes the screens; and the last one."""

from collections.abc import Iterable

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from bart_tool.domain.route import Place
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.participant.my_picture import HAND_IN, MyPicture
from bart_tool.tui.participant.question import Question
from bart_tool.tui.participant.visit import ParticipantScreen, Visit, VisitEnd, let_in
from bart_tool.tui.participant.welcome import Welcome
from bart_tool.tui.rows import ReadingText
from bart_tool.tui.shell import Shell
from bart_tool.tui.text import shown
from bart_tool.wording.questions import FROM_START, PICTURE
from bart_tool.workflow.answering import steps
from bart_tool.workflow.answering.context import AnswerContext


class HandedIn(ParticipantScreen[None]):
    """The sheet is handed in and shut."""

    BINDINGS = quiet(("enter", "back"), ("f2", "picture"))

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page"):
            yield Static(id="title", classes="title", markup=False)
            yield ReadingText(id="text")
        yield from super().compose()

    def fill(self) -> None:
        practice = self.visit.context.is_practice
        title = self.t("This was practice") if practice else self.t("Handed in. Thank you.")
        self.query_one("#title", Static).update(shown(title))
        self.query_one("#text", ReadingText).write(self._text())

    def _text(self) -> str:
        t, file = self.t, self.visit.context.file
        if self.visit.context.is_practice:
            return t("Nothing was kept. Somebody who takes part has now handed in.")
        lines = [
            t("Your answers are kept and closed."),
            t("Do you want to change something after all? Ask the facilitator to open your sheet."),
        ]
        if file is not None:
            lines.append(t("Give this file to the facilitator: {file}", file=str(file)))
        lines += ["", t("When everybody is done, you talk about where the pictures differ.")]
        return "\n".join(lines)

    def keys(self) -> Iterable[Key]:
        yield Key("Enter", self.t("close"), "back")
        if self._may_read:
            yield Key("F2", self.t("my picture"), "picture")

    @property
    def _may_read(self) -> bool:
        """Not on a computer that is handed on: whoever sits here next would read it."""
        return self.visit.context.lock is None

    def help_lines(self) -> Iterable[str]:
        yield self._text()

    @work(exclusive=True)
    async def action_picture(self) -> None:
        """Read the own picture once more, where it is a file of one's own."""
        if not self._may_read:
            return
        await self.bart.ask(MyPicture(self.visit))
        if self.visit.is_left:
            self.close_for_good()


async def visit(app: Shell, context: AnswerContext) -> VisitEnd:
    """Let one participant answer, whom their PIN lets in; gives how it ended.

    Raises what reading the sheet raises, and NotAllowed for one that stays shut.

    Whoever calls this runs it in a worker: it waits for screens.
    """
    if not await let_in(app, context):
        return VisitEnd.NOT_LET_IN
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
