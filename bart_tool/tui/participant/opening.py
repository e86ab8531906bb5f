"""What a participant sees at once, while their questions are being read."""

import asyncio
from collections.abc import Callable, Iterable
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from bart_tool.tui.base import BartScreen
from bart_tool.tui.key_bar import Key
from bart_tool.tui.shell import Shell
from bart_tool.tui.text import shown
from bart_tool.wording.translation import N_

T = TypeVar("T")
_MEANWHILE = N_("One moment: your questions are coming.")


async def opened(app: Shell, work: Callable[[], T]) -> T:
    """What `work` gives, done beside the screen. Whoever calls this shows the next screen at once.

    Raises what `work` raises.
    """
    opening = Opening()
    await app.push_screen(opening)
    await opening.wait_for_refresh()  # loading would hold up the very first paint
    return await asyncio.to_thread(work)


class Opening(BartScreen[None], inherit_bindings=False):
    """A word of welcome. Keys that are typed ahead are kept for the screen that comes next.

    It knows no model, set or sheet: loading those takes as long as all the rest of the start.
    """

    CSS_PATH = "participant.tcss"
    keeps_keys = True

    def __init__(self) -> None:
        super().__init__()
        self._typed: list[events.Key] = []
        self._is_over = False

    def compose(self) -> ComposeResult:
        """A title and a line, where the welcome has its own."""
        yield Static(id="headline", classes="title", markup=False)
        yield Static(id="body", markup=False)
        yield from super().compose()

    def fill(self) -> None:
        """Write both, until the next screen has come."""
        t = self.t
        lines = ("", "") if self._is_over else (t("Welcome"), t(_MEANWHILE))
        for name, line in zip(("headline", "body"), lines, strict=True):
            self.query_one(f"#{name}", Static).update(shown(line))

    def keys(self) -> Iterable[Key]:
        if self._is_over:
            return
        yield Key("F3", self.t("in Dutch"), "app.other_language")
        yield Key("^Q", self.t("stop"), "app.leave")

    def on_key(self, event: events.Key) -> None:
        """Keep what is meant for the next screen."""
        if event.key not in ("f3", "f4"):
            event.stop()
            self._typed.append(events.Key(event.key, event.character))

    def on_screen_suspend(self) -> None:
        """The next screen has come: it gets the keys, and this one is never to be seen again."""
        self._is_over = True
        self.fill()
        self.show_keys()
        for event in self._typed:
            self.app.post_message(event)
        self._typed = []
