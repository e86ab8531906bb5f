"""What every screen of bart shares: words in its language, the key bar, help and going back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from bart_tool.tui.key_bar import Key, KeyBar, quiet
from bart_tool.tui.shell import Shell
from bart_tool.tui.text import shown
from bart_tool.wording.translation import Words, words

if TYPE_CHECKING:
    from bart_tool.domain.base import Language

T = TypeVar("T")
NARROW = 60  # columns; below this a table goes row by row
LOW = [(0, "-low"), (28, "-high")]  # lines; on a low screen lines count for more than air


class TextField:
    """What a widget is made from that takes what is typed."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something the palette offers: what it says, and the action it runs on the screen."""

    title: str
    action: str


class BartWindow(Screen[T]):
    """What a screen and a dialog share: the app's language, the key bar, and going back once."""

    VERTICAL_BREAKPOINTS = LOW
    BINDINGS: ClassVar[list[BindingType]] = quiet(("escape", "back"))
    keeps_keys: ClassVar[bool] = False  # what is typed here is meant for what comes

    @property
    def bart(self) -> Shell:
        """The app as a screen may know it: without the screens that stand above this one."""
        return cast(Shell, self.app)

    @property
    def is_open(self) -> bool:
        """Whether it was not closed yet. What was begun on it may end later."""
        return self in self.app.screen_stack

    @property
    def language(self) -> "Language":
        """The language of the moment: F3 changes it while a screen is open."""
        return self.bart.language

    @property
    def t(self) -> Words:
        """The words of the moment's language."""
        return words(self.language)

    def keys(self) -> Iterable[Key]:
        """What the key bar shows, in the order in which it is read."""
        return ()

    def show_keys(self) -> None:
        """Bring the key bar up to date; nothing where it was closed while that waited its turn."""
        if self.is_open:
            self.query_one("#keys", KeyBar).show(self.keys())

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close with `result`; nothing when this screen is not on top any more.

        Textual takes away what is on top, so a key that is held down would close what lay below.
        """
        stack = self.app.screen_stack
        return super().dismiss(result) if stack and stack[-1] is self else AwaitComplete()

    async def action_back(self) -> None:
        """Go back to where one came from, without a choice."""
        self.dismiss(None)

    def takes_keys(self) -> bool:
        """Whether a key means here what whoever pressed it saw."""
        return self.is_open

    def knows_key(self, event: events.Key) -> bool:
        """Whether this key means something here."""
        return any(event.key in bound.key_to_bindings for _, bound in self._modal_binding_chain)

    def may_follow(self, now: str, before: str) -> bool:
        """Whether somebody who chooses here may press `now` that soon after `before`.

        Several can be marked by their digits in a row, and a key can be held down.
        """
        return now == before or (before.isdecimal() and now.isdecimal())

    def say_no_typing(self) -> None:
        """Say that words were typed where nothing can be typed; where there is room to say it."""

    async def on_event(self, event: events.Event) -> None:
        """A key that was still on its way when this closed was meant for nothing else."""
        if not isinstance(event, events.Key) or self.takes_keys():
            await super().on_event(event)

    async def _on_key(self, event: events.Key) -> None:
        """What is bound to a key is done in its turn.

        Textual has the app do it, some steps on: a digit typed after an arrow would come first.
        """
        if event._stop_propagation:  # a screen did something with it by itself
            return
        event.stop()
        for node, bound in self._modal_binding_chain:
            for binding in bound.key_to_bindings.get(event.key, ()):
                if not binding.priority and await self.app.run_action(binding.action, node):
                    return

    async def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """A key was clicked instead of pressed."""
        event.stop()
        if self.takes_keys():
            await self.run_action(event.action)


class BartScreen(BartWindow[T]):
    """A screen that speaks the app's language. `fill` writes every word on it anew."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS = quiet(("question_mark,f1", "app.help"))
    HELP_LINES: ClassVar[tuple[str, ...]] = ()  # the lines that `?` shows, marked for the catalogue
    _is_narrow: bool | None = None
    _is_unseen = False  # what the keys mean has changed, and that is not on the screen yet

    def fill(self) -> None:
        """Write everything on the screen, in the language of the moment."""
        raise NotImplementedError

    def commands(self) -> Iterable[Command]:
        """What the palette offers here beside what it offers everywhere."""
        return ()

    def help_text(self) -> str:
        """What `?` shows: what can be seen and done here, and the keys."""
        return "\n".join((*self.help_lines(), "", *self.key_lines()))

    def help_lines(self) -> Iterable[str]:
        """What can be seen and done here, a line each."""
        yield from (self.t(line) for line in self.HELP_LINES)

    def key_lines(self) -> Iterable[str]:
        """The keys of the moment, a line each, as `Enter  go on`."""
        yield self.t("Keys")
        yield from (f"{key.key}  {key.text}" for key in self.keys())

    def last_keys(self) -> Iterable[Key]:
        """The keys with which most key bars end; what is typed goes into a field that has them."""
        yield Key("Esc", self.t("back"), "back")
        yield Key("F3", self.t("in Dutch"), "app.other_language")
        is_typing = isinstance(self.focused, TextField)
        yield Key("F1" if is_typing else "?", self.t("help"), "app.help")

    def compose(self) -> ComposeResult:
        """The key bar at the foot; screens add what stands above it."""
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Fill the screen for the first time."""
        self.fill()
        self.show_keys()

    def on_resize(self, event: events.Resize) -> None:
        """Only now, and not when the app hears of it, does another width count."""
        before, self._is_narrow = self.is_narrow, event.size.width < NARROW
        is_other = self.is_narrow != before
        if is_other:
            self.wait_until_seen()
        self.fit(anew=is_other)

    def fit(self, *, anew: bool) -> None:
        """Show what fits the size of the moment; `anew` where tables come or go."""

    def takes_keys(self) -> bool:
        return super().takes_keys() and not self._is_unseen

    def say_no_typing(self) -> None:
        if self.query("#message"):
            self.say(self.t("There is nothing to type here. Choose with the arrows and Enter."))

    def wait_until_seen(self) -> None:
        """Take no keys until what they mean from now on is on the screen."""
        self._is_unseen = True
        self.call_after_refresh(self._has_been_seen)

    def _has_been_seen(self) -> None:
        self._is_unseen = False

    def on_screen_resume(self) -> None:
        """It was shown again as a whole."""
        self._has_been_seen()

    def say(self, text: str) -> None:
        """The line above the keys, for a screen that has one; gone when `text` is empty."""
        if not self.is_open:
            return
        message = self.query_one("#message", Static)
        if message.content != shown(text):  # an update lays out the whole screen
            message.update(shown(text))
        message.display = bool(text)

    @property
    def is_narrow(self) -> bool:
        """Whether it was laid out without room for tables. What a key means depends on it.

        The app knows of another size before the screen is laid out anew.
        """
        if self._is_narrow is None:
            self._is_narrow = self.app.size.width < NARROW
        return self._is_narrow


class BartDialog(BartWindow[T], ModalScreen[T]):
    """A small window in front of a screen: it gives a value, and saves nothing."""

    WINDOW: ClassVar[str] = "window"  # the classes of its frame

    def inside(self) -> ComposeResult:
        """What stands above the key bar."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """What the dialog is about, and its keys."""
        with Vertical(classes=self.WINDOW):
            yield from self.inside()
            yield KeyBar(id="keys")
