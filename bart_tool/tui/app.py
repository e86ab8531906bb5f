"""The app and its front doors: what opens the palette and speaks the other language."""

import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import events

from bart_tool.errors import Exit
from bart_tool.tui.base import BartScreen, BartWindow, Command, TextField
from bart_tool.tui.fast_typing import FastTyping
from bart_tool.tui.key_bar import quiet
from bart_tool.tui.shell import CONTRAST, DARK, LIGHT, Flow, Shell
from bart_tool.wording.translation import words

if TYPE_CHECKING:
    from bart_tool.domain.base import Language
    from bart_tool.store.protocol import Store
    from bart_tool.workflow.answering.context import AnswerContext

Visiting = Callable[[Shell, "AnswerContext"], Awaitable[object]]


class BartApp(Shell):
    """The shell with what every screen offers: the palette and the other language."""

    BINDINGS = quiet(("ctrl+p", "palette"), ("f3", "other_language"))

    def __init__(self, flow: Flow, language: "Language") -> None:
        super().__init__(flow, language)
        self.typing = FastTyping()

    async def on_event(self, event: events.Event) -> None:
        """Words that are typed where nothing can be typed choose nothing, here or further on."""
        if isinstance(event, events.Key) and not event.is_forwarded and self._is_stray(event):
            return
        await super().on_event(event)

    def _is_stray(self, event: events.Key) -> bool:
        here = self.screen_stack[-1] if self.screen_stack else None
        is_taken = isinstance(self.focused, TextField) or "BART_KEYS_AT_ONCE" in os.environ
        if is_taken or not isinstance(here, BartWindow) or here.keeps_keys:
            self.typing.ended()
            return False
        is_stray = self.typing.is_stray(event, here)
        if is_stray:
            here.say_no_typing()
        return is_stray

    def action_other_language(self) -> None:
        """Dutch becomes English and back, on every screen."""
        self.language = "en" if self.language == "nl" else "nl"
        for screen in self.screen_stack:
            if isinstance(screen, BartScreen) and screen.is_mounted:  # else it fills itself yet
                screen.fill()
                screen.show_keys()

    async def action_help(self) -> None:
        """Show what can be done on the screen that is looked at."""
        from bart_tool.tui.dialogs import Help

        if isinstance(self.screen, BartScreen):
            await self.push_screen(Help(self.screen.help_text()))

    async def action_palette(self) -> None:
        """Show everything that can be done here."""
        from bart_tool.tui.dialogs import Palette

        here = self.screen
        if not isinstance(here, BartScreen):
            return

        async def run(action: str | None) -> None:
            if action:
                await here.run_action(action)

        await self.push_screen(Palette([*here.commands(), *self._commands()]), run)

    def _commands(self) -> list[Command]:
        t = words(self.language)
        return [
            Command(t("Help"), "app.help"),
            Command(t("In Dutch"), "app.other_language"),
            Command(t("Look: light"), f"app.use_theme('{LIGHT.name}')"),
            Command(t("Look: dark"), f"app.use_theme('{DARK.name}')"),
            Command(t("Look: high contrast"), f"app.use_theme('{CONTRAST.name}')"),
            Command(t("Stop"), "app.leave"),
        ]


def run_answering(open_context: "Callable[[], AnswerContext]", language: "Language") -> int:
    """Let whoever `open_context` is for answer; gives the exit code.

    Needs a terminal. Raises what `open_context` raises.
    """
    from bart_tool.tui.participant.opening import opened

    def made_ready() -> "tuple[Visiting, AnswerContext]":
        from bart_tool.tui.participant.flow import visit

        return visit, open_context()

    async def flow(app: Shell) -> int:
        visit, context = await opened(app, made_ready)
        await visit(app, context)
        return Exit.DONE

    return BartApp(flow, language).run_to_end()


def run_facilitator(store: "Store", language: "Language", session: str = "") -> int:
    """The facilitator's interface on the sessions in `store`; gives the exit code.

    `session` is opened at once if it is named. Needs a terminal.
    """
    from bart_tool.tui.facilitator.home import facilitate

    async def flow(app: Shell) -> int:
        return await facilitate(app, store, session)

    return BartApp(flow, language).run_to_end()


def run_discuss(store: "Store", session: str, language: "Language") -> int:
    """Discuss the agenda of `session`; gives the exit code. Needs a terminal.

    Raises what opening the session raises, and NotAllowed before its round is closed.
    """
    from bart_tool.tui.discuss.talk import discuss
    from bart_tool.workflow.discuss import lay_table
    from bart_tool.workflow.open_session import open_session

    table = lay_table(open_session(store, session))

    async def flow(app: Shell) -> int:
        await discuss(app, table)
        return Exit.DONE

    return BartApp(flow, language).run_to_end()
