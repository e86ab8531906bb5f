"""One participant's visit, and what its screens share: leaving loses nothing, full disk or not."""

import asyncio
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from textual import events

from bart_tool.domain.route import Route
from bart_tool.domain.sheet import Sheet
from bart_tool.errors import Problem
from bart_tool.tui.autosave import Autosave
from bart_tool.tui.base import BartScreen
from bart_tool.tui.dialogs import AskLine, Choose
from bart_tool.tui.shell import Shell
from bart_tool.wording.messages import error_text
from bart_tool.wording.pins import PIN_ASKED, PIN_WRONG
from bart_tool.wording.translation import words
from bart_tool.workflow.answering.context import AnswerContext
from bart_tool.workflow.answering.state import Answering
from bart_tool.workflow.answering.steps import Step

P = ParamSpec("P")
T = TypeVar("T")


class VisitEnd(StrEnum):
    """How a visit ended."""

    NOT_LET_IN = "not-let-in"
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

    CSS_PATH = "participant.tcss"

    def __init__(self, visit: Visit) -> None:
        super().__init__()
        self.visit = visit

    def knows_key(self, event: events.Key) -> bool:  # noqa: ARG002 (a digit too many is no word)
        return True

    def may_follow(self, now: str, before: str) -> bool:
        """Digits answer row after row here, with letters between them."""
        among_digits = now != " " and (now.isdecimal() or before.isdecimal())
        return among_digits or super().may_follow(now, before)

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


async def let_in(app: Shell, context: AnswerContext) -> bool:
    """Whether the sheet may be seen by who sits here: asks the PIN where there is one.

    Raises NotAllowed for a sheet that stays shut, and what reading it raises.
    """
    lock = context.pin_lock()
    if lock is None:
        return True
    t = words(app.language)
    title, text = t("PIN of {code}", code=lock.code), t(PIN_ASKED)
    while pin := await app.ask(AskLine(title, text, hidden=True)):
        if await asyncio.to_thread(lock.opens, pin):
            return True
        text = "\n".join((t(PIN_WRONG, code=lock.code), "", t(PIN_ASKED)))
    return False


AGAIN, ELSEWHERE, STAY, SEEN = "again", "elsewhere", "stay", "seen"
GROUP = "saving"


class CannotKeep(Choose):
    """Says at once that an answer is not on the disk, and offers what can be done."""


class AskWhere(AskLine):
    """Asks for the file in which the answers are kept from now on."""


def offer_help(screen: ParticipantScreen[str]) -> None:
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
