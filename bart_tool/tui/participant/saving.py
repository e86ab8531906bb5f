"""What the participant is offered when an answer cannot be saved: again, or somewhere else."""

from pathlib import Path

from bart_tool.tui.dialogs import AskLine, Choose
from bart_tool.tui.participant.visit import ParticipantScreen
from bart_tool.wording.messages import error_text

AGAIN, ELSEWHERE, STAY, SEEN = "again", "elsewhere", "stay", "seen"
GROUP = "saving"


class CannotKeep(Choose):
    """Says at once that an answer is not on the disk, and offers what can be done."""


class AskWhere(AskLine):
    """Asks for the file in which the answers are kept from now on."""


def offer(screen: ParticipantScreen[str]) -> None:
    """Show the trouble, and do what is chosen; the answer stays on the screen meanwhile.

    Once: as long as it is being asked what to do, nothing more is asked.
    """
    asked = (worker for worker in screen.workers if worker.group == GROUP)
    if not any(worker.node is screen and not worker.is_finished for worker in asked):
        screen.run_worker(_help(screen), group=GROUP)


async def _help(screen: ParticipantScreen[str]) -> None:
    keeper = screen.visit.keeper
    while keeper.trouble is not None:
        t = screen.t
        text = t(
            "{reason}\n\nYour answer is still here on the screen, but not on the disk yet.",
            reason=error_text(keeper.trouble, t.language),
        )
        answers = [
            (AGAIN, t("Try again")),
            (ELSEWHERE, t("Keep my answers in another place")),
            (STAY, t("Go on answering, try again at the next answer")),
        ]
        title = t("This answer could not be kept")
        chosen = await screen.bart.ask(CannotKeep(title, text, answers))
        if chosen == ELSEWHERE:
            await _elsewhere(screen)
        elif chosen == AGAIN:
            keeper.again()
            await keeper.settled()
        elif chosen != SEEN:
            keeper.forget_trouble()
            keeper.changed()


async def _elsewhere(screen: ParticipantScreen[str]) -> None:
    keeper, t = screen.visit.keeper, screen.t
    proposal = str(Path.home() / f"bart-{screen.visit.context.code}.yaml")
    text = t("In which file? Give that file to the facilitator afterwards.")
    file = await screen.bart.ask(AskWhere(t("Keep my answers in another place"), text, proposal))
    if file:
        screen.visit.move_to(Path(file))
        if await keeper.settled():
            screen.notify(
                t("From now on your answers are kept in {file}.", file=file), markup=False
            )


async def may_leave_unsaved(screen: ParticipantScreen[str]) -> bool:
    """Whether somebody stops although the last answer is not on the disk."""
    t = screen.t
    answers = [(STAY, t("Stay, and keep my answers in another place")), ("stop", t("Stop anyway"))]
    title, text = t("This answer could not be kept"), t("If you stop now, it is lost.")
    chosen = await screen.bart.ask(Choose(title, text, answers))
    # Where it was being asked already in which file, that question is in sight again.
    if chosen == STAY and not isinstance(screen.app.screen, AskWhere):
        await _elsewhere(screen)
        below = screen.app.screen
        if isinstance(below, CannotKeep):  # what it says is no longer so
            below.dismiss(SEEN)
    return bool(chosen == "stop")
