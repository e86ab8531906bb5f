"""Tells words that are typed where nothing can be typed from keys that choose something."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from textual.events import Key

PAUSE = 0.4  # seconds; who types goes on sooner, and who chooses has first to see what came
PAUSE_IN_WORDS = 1.0  # the same, once it is known that words are being typed


class Window(Protocol):
    """What is to be known of the screen or dialog on top."""

    def knows_key(self, event: Key) -> bool:
        """Whether this key means something here."""

    def may_follow(self, now: str, before: str) -> bool:
        """Whether somebody who chooses here may press `now` that soon after `before`."""


@dataclass
class FastTyping:
    """The keys of a run: each came within a pause of the one before, with no arrow, Enter or Esc.

    A run is words when a key in it means nothing, comes at another window than the one before, or
    is not what somebody who chooses would press next. From there on the run does nothing, so that
    neither its spaces choose nor its letters reach what an earlier letter opened.
    """

    pause: ClassVar[float] = PAUSE
    pause_in_words: ClassVar[float] = PAUSE_IN_WORDS
    is_words: bool = False
    _last: str = ""
    _at: float = 0.0
    _window: Window | None = None

    def is_stray(self, event: Key, window: Window) -> bool:
        """Whether this key is part of words, and so must do nothing in `window`."""
        if not event.is_printable or event.character is None:
            self.ended()
            return False
        goes_on = event.time - self._at < (self.pause_in_words if self.is_words else self.pause)
        is_next = not (self._last and goes_on) or (
            window is self._window and window.may_follow(event.character, self._last)
        )
        self.is_words = (self.is_words and goes_on) or not is_next or not window.knows_key(event)
        self._last, self._at, self._window = event.character, event.time, window
        return self.is_words

    def ended(self) -> None:
        """What comes next begins a run of its own."""
        self.is_words, self._last, self._window = False, "", None
