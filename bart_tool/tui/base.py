"""What every screen of bart shares: words in its language, the key bar, help and going back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

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


@dataclass(frozen=True, slots=True)
class Command:
    """Something the palette offers: what it says, and the action it runs on the screen."""

    title: str
    action: str


class BartWindow(Screen[T]):
    """What a screen and a dialog share: the app's language, the key bar, and going back once."""

    VERTICAL_BREAKPOINTS = LOW
    BINDINGS: ClassVar[list[BindingType]] = quiet(("escape", "back"))

    @property
    def bart(self) -> Shell:
        """The app as a screen may know it: without the screens that stand above this one."""
        return cast(Shell, self.app)

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
        """Bring the key bar up to date."""
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

    async def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """A key was clicked instead of pressed."""
        event.stop()
        await self.run_action(event.action)


class BartScreen(BartWindow[T]):
    """A screen that speaks the app's language. `fill` writes every word on it anew."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS = quiet(("question_mark,f1", "app.help"))
    HELP_LINES: ClassVar[tuple[str, ...]] = ()  # the lines that `?` shows, marked for the catalogue

    def fill(self) -> None:
        """Write everything on the screen, in the language of the moment."""
        raise NotImplementedError

    def commands(self) -> Iterable[Command]:
        """What the palette offers here beside what it offers everywhere."""
        return ()

    def help_text(self) -> str:
        """What `?` shows: what can be seen and done here, and the keys."""
        return "\n".join(self.t(line) for line in self.HELP_LINES)

    def last_keys(self) -> Iterable[Key]:
        """The keys with which most key bars end."""
        yield Key("Esc", self.t("back"), "back")
        yield Key("F3", self.t("in Dutch"), "app.other_language")
        yield Key("?", self.t("help"), "app.help")

    def compose(self) -> ComposeResult:
        """The key bar at the foot; screens add what stands above it."""
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Fill the screen for the first time."""
        self.fill()
        self.show_keys()

    def say(self, text: str) -> None:
        """The line above the keys, for a screen that has one; gone when `text` is empty."""
        message = self.query_one("#message", Static)
        if message.content != shown(text):  # an update lays out the whole screen
            message.update(shown(text))
        message.display = bool(text)

    @property
    def is_narrow(self) -> bool:
        """Whether there is no room for tables."""
        return self.app.size.width < NARROW


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
