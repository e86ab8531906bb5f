"""What screens may know of the app: its language and looks, asking, and leaving without loss."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import WorkerFailed

from bart_tool.errors import Exit
from bart_tool.wording.translation import words

if TYPE_CHECKING:
    from textual.driver import Driver

    from bart_tool.domain.base import Language


LIGHT = Theme(
    name="bart-light",
    primary="#1b5e8c",
    secondary="#3a6b52",
    warning="#8a5a00",
    error="#a3182b",
    success="#23683f",
    accent="#1b5e8c",
    foreground="#1d2430",
    background="#fbfaf6",
    surface="#f1efe8",
    panel="#e4e1d6",
    dark=False,
    variables={"bart-dim": "#565f6d", "bart-cursor": "#d5e4ef"},
)
DARK = Theme(
    name="bart-dark",
    primary="#7db7e0",
    secondary="#8cc7a4",
    warning="#e4b363",
    error="#f08a8f",
    success="#8cc7a4",
    accent="#7db7e0",
    foreground="#e2e6ea",
    background="#171c22",
    surface="#1e252d",
    panel="#2a333d",
    dark=True,
    variables={"bart-dim": "#9aa5b1", "bart-cursor": "#2c4356"},
)
CONTRAST = Theme(
    name="bart-contrast",
    primary="#ffff00",
    secondary="#ffffff",
    warning="#ffff00",
    error="#ffff00",
    success="#ffffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    luminosity_spread=0.0,
    text_alpha=1.0,
    variables={"bart-dim": "#ffffff", "bart-cursor": "#0000c0"},
)
THEMES = (LIGHT, DARK, CONTRAST)


Flow = Callable[["Shell"], Awaitable[int]]


class TerminalLost(Exception):
    """Reading what is typed has failed."""


class Shell(App[int]):
    """bart in the terminal, without its screens. `flow` pushes them and gives an exit code."""

    CSS_PATH = "app.tcss"
    TITLE = "bart"
    ENABLE_COMMAND_PALETTE = False  # ours speaks Dutch
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("f4", "other_theme", show=False),
    ]

    def __init__(self, flow: Flow, language: "Language") -> None:
        # Without colours the terminal's own are meant, not shades of grey.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.language: Language = language
        self._flow = flow
        self.before_leaving: list[Callable[[], None]] = []  # saves what is still being typed
        self._is_leaving = False
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def on_mount(self) -> None:
        self.set_class("NO_COLOR" in os.environ, "-no-colour")
        self._leave_on_signals()
        asyncio.get_running_loop().set_exception_handler(self._catch_stray)
        self.run_worker(self._run_flow(), name="flow", exit_on_error=True)

    async def _run_flow(self) -> None:
        self.exit(await self._flow(self))

    def _leave_on_signals(self) -> None:
        """A closed window or a polite kill: first save, then go."""
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM"):
            number = getattr(signal, name, None)
            if number is not None:
                try:
                    loop.add_signal_handler(number, self._leave_at_once, 128 + number)
                except (NotImplementedError, ValueError):  # Windows; or not in the main thread
                    return

    def _leave_at_once(self, code: int) -> None:
        for save in self.before_leaving:
            save()
        self.exit(code)

    def _handle_exception(self, error: Exception) -> None:
        """A bug, or an error that no screen told: end, and leave it to `run_to_end`.

        Textual would print a trace with the values in it, and those may be answers.
        """
        if self._exit:  # a screen that was still coming when all was saved and told to stop
            from bart_tool.store import log

            log.record("bug while leaving", error)
            return
        for save in self.before_leaving:
            with contextlib.suppress(Exception):  # what came first is what is told
                save()
        self._return_code = 1
        if self._exception is None:
            cause = error.error if isinstance(error, WorkerFailed) else error
            self._exception = cause if isinstance(cause, Exception) else error
            self._exception_event.set()
        self._close_messages_no_wait()

    def _catch_stray(self, _loop: asyncio.AbstractEventLoop, about: dict[str, Any]) -> None:
        """A bug in a task that nobody waits for. asyncio would print it, with its values."""
        from bart_tool.store import log

        error = about.get("exception")
        if isinstance(error, Exception) and not self._exit:
            self._handle_exception(error)
        else:
            log.record("bug in a task", error)

    def panic(self, *renderables: object) -> None:  # noqa: ARG002 (Textual's; a trace with values)
        """Nothing more can be read from the terminal."""
        self._handle_exception(TerminalLost())

    def get_driver_class(self) -> "type[Driver]":
        if "TEXTUAL_DRIVER" in os.environ or sys.platform == "win32":
            return super().get_driver_class()
        from bart_tool.tui.driver import TerminalDriver

        return TerminalDriver

    def run_to_end(self) -> int:
        """Run; gives the exit code. What went wrong is raised once the terminal is itself again."""
        code = self.run()
        if self._exception is not None:
            raise self._exception
        return code or Exit.DONE

    @work(group="leave")
    async def action_leave(self) -> None:
        """Ctrl+Q: the screen may know what leaving means here; else the program ends."""
        # In a worker, because leaving may ask; not an exclusive one, because pressing twice would
        # then end the question that stands on the screen instead of leaving it alone.
        if self._is_leaving:
            return
        self._is_leaving = True
        try:
            for screen in reversed(self.screen_stack):
                leave = getattr(screen, "leave", None)
                if leave is not None:
                    await leave()
                    return
            for save in self.before_leaving:
                save()
            self.exit(0)
        finally:
            self._is_leaving = False

    def bell(self) -> None:
        """Never: people sit in one room, and what is wrong is said in words."""

    def action_help_quit(self) -> None:
        t = words(self.language)
        self.notify(t("Ctrl+Q stops. Nothing that was kept is lost."), markup=False)

    def action_other_theme(self) -> None:
        """Light, dark, high contrast, and light again."""
        names = [theme.name for theme in THEMES]
        here = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(here + 1) % len(names)]

    def action_use_theme(self, name: str) -> None:
        """Look like the theme called `name`."""
        self.theme = name

    async def ask(self, screen: Screen[Any]) -> Any:
        """Show `screen` and wait for what it gives."""
        return await self.push_screen_wait(screen)
