"""What every screen of bart shares: words in its language, the key bar, help and going back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from bart_tool.tui.key_bar import Key, KeyBar
from bart_tool.tui.shell import Shell
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


class ClosesOnce(Screen[T]):
    """A screen that closes itself, never another one.

    Textual takes away what is on top, so a key that is held down would close what lay below too.
    """

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close with `result`; nothing when this screen is not on top any more."""
        stack = self.app.screen_stack
        return super().dismiss(result) if stack and stack[-1] is self else AwaitComplete()


class BartScreen(ClosesOnce[T]):
    """A screen that speaks the app's language. `fill` writes every word on it anew."""

    VERTICAL_BREAKPOINTS = LOW
    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", show=False),
        Binding("escape", "back", show=False),
    ]

    @property
    def bart(self) -> Shell:
        """The app."""
        return cast(Shell, self.app)

    @property
    def language(self) -> "Language":
        """The language of the moment."""
        return self.bart.language

    @property
    def t(self) -> Words:
        """The words of the moment's language."""
        return words(self.language)

    def fill(self) -> None:
        """Write everything on the screen, in the language of the moment."""
        raise NotImplementedError

    def keys(self) -> Iterable[Key]:
        """What the key bar shows."""
        return ()

    def commands(self) -> Iterable[Command]:
        """What the palette offers here beside what it offers everywhere."""
        return ()

    def help_text(self) -> str:
        """What `?` shows."""
        return ""

    def compose(self) -> ComposeResult:
        """The key bar at the foot; screens add what stands above it."""
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Fill the screen for the first time."""
        self.fill()
        self.show_keys()

    def show_keys(self) -> None:
        """Bring the key bar up to date."""
        self.query_one("#keys", KeyBar).show(self.keys())

    async def action_help(self) -> None:
        """Show what can be done here."""
        await self.run_action("app.help")

    async def action_back(self) -> None:
        """Go back to where one came from."""
        self.dismiss(None)

    async def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """A key was clicked instead of pressed."""
        event.stop()
        await self.run_action(event.action)

    @property
    def is_narrow(self) -> bool:
        """Whether there is no room for tables."""
        return self.app.size.width < NARROW

    def on_resize(self) -> None:
        """Keep what matters in sight at another size."""
        self.resized()

    def resized(self) -> None:
        """What a screen does at another size; nothing unless it says so."""


class BartDialog(ClosesOnce[T], ModalScreen[T]):
    """A small window in front of a screen: it gives a value, and saves nothing."""

    VERTICAL_BREAKPOINTS = LOW
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False)]

    @property
    def bart(self) -> Shell:
        """The app."""
        return cast(Shell, self.app)

    @property
    def t(self) -> Words:
        """The shared words."""
        return words(self.bart.language)

    async def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """A key was clicked instead of pressed."""
        event.stop()
        await self.run_action(event.action)

    async def action_back(self) -> None:
        self.dismiss(None)
