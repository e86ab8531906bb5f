"""What the participant is offered when an answer cannot be saved: again, or somewhere else."""

from pathlib import Path
from typing import TYPE_CHECKING

from bart_tool.i18n.messages import error_text
from bart_tool.tui.dialogs import AskLine, Choose

if TYPE_CHECKING:
    from bart_tool.tui.participant.screen import ParticipantScreen

AGAIN, ELSEWHERE, STAY = "again", "elsewhere", "stay"


class CannotKeep(Choose):
    """Says at once that an answer is not on the disk, and offers what can be done."""


def offer(screen: "ParticipantScreen[str]") -> None:
    """Show the trouble, and do what is chosen; the answer stays on the screen meanwhile."""
    screen.run_worker(_help(screen), group="saving", exclusive=True)


async def _help(screen: "ParticipantScreen[str]") -> None:
    keeper, t = screen.visit.keeper, screen.t
    if keeper.trouble is None:
        return
    text = t(
        "{reason}\n\nYour answer is still here on the screen, but not on the disk yet.",
        reason=error_text(keeper.trouble, t.language),
    )
    answers = [
        (AGAIN, t("Try again")),
        (ELSEWHERE, t("Keep my answers in another place")),
        (STAY, t("Go on answering, try again at the next answer")),
    ]
    chosen = await screen.bart.ask(CannotKeep(t("This answer could not be kept"), text, answers))
    if chosen == ELSEWHERE:
        await _elsewhere(screen)
    elif chosen == AGAIN:
        keeper.again()
    else:
        keeper.trouble = None
        keeper.changed()


async def _elsewhere(screen: "ParticipantScreen[str]") -> None:
    keeper, t = screen.visit.keeper, screen.t
    proposal = str(Path.home() / f"bart-{screen.visit.seat.code}.yaml")
    text = t("In which file? Give that file to the facilitator afterwards.")
    file = await screen.bart.ask(AskLine(t("Keep my answers in another place"), text, proposal))
    if file:
        keeper.move_to(Path(file))
        if await keeper.settled():
            screen.notify(
                t("From now on your answers are kept in {file}.", file=file), markup=False
            )
    else:
        keeper.changed()


async def may_leave_unsaved(screen: "ParticipantScreen[str]") -> bool:
    """Whether somebody stops although the last answer is not on the disk."""
    t = screen.t
    answers = [(STAY, t("Stay, and keep my answers in another place")), ("stop", t("Stop anyway"))]
    title, text = t("This answer could not be kept"), t("If you stop now, it is lost.")
    return bool(await screen.bart.ask(Choose(title, text, answers)) == "stop")
