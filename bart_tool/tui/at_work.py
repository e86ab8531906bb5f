"""What the facilitator's screens share: their words, work beside the screen, and trouble told."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bart_tool.errors import BartError, Severity
from bart_tool.tui.base import BartScreen
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.list_screen import ListScreen
from bart_tool.wording.messages import error_text, problem_text

T = TypeVar("T")
V = TypeVar("V")
SLOW = 0.3  # seconds after which it is said that something takes a while
OK, BACK = "ok", "back"


class AtWork(BartScreen[T]):
    """A screen that reads and writes beside itself, and tells what did not work."""

    def say(self, text: str) -> None:
        raise NotImplementedError

    @property
    def is_at_work(self) -> bool:
        """Whether something that was begun here is not done yet; it may have a dialog open."""
        return any(worker.node is self and not worker.is_finished for worker in self.workers)

    async def attempt(self, work: Callable[[], V]) -> V | None:
        """Do `work` away from the screen; None when it could not be done, which is then told."""
        t = self.t
        slow = self.set_timer(SLOW, lambda: self.say(t("One moment …")))
        trouble: BartError | None = None
        done: V | None = None
        try:
            done = await asyncio.to_thread(work)
        except BartError as error:
            trouble = error
        slow.stop()
        self.say("")
        if trouble is not None:
            await self.tell(t("That did not work"), self.describe_error(trouble))
        return done

    def describe_error(self, error: BartError) -> str:
        """What is wrong and what to do, a line for each thing in a file that is wrong."""
        lines = [error_text(error, self.language)]
        lines += [
            f"- {problem_text(problem, self.language)}"
            for problem in error.problems
            if problem.severity is not Severity.NOTE
        ]
        return "\n".join(lines)

    async def tell(self, title: str, text: str) -> None:
        """Say something and wait until it was read."""
        t = self.t
        await self.bart.ask(Choose(title, text, [(OK, t("Go on"))]))

    async def confirmed(self, title: str, text: str, yes: str) -> bool:
        """Whether somebody chooses `yes`, below a text that says what that means."""
        t = self.t
        answers = [(OK, yes), (BACK, t("Back, do nothing"))]
        return bool(await self.bart.ask(Choose(title, text, answers)) == OK)


class FacilitatorScreen(ListScreen[T], AtWork[T]):
    """A list of what can be done, that reads and writes beside the screen."""
