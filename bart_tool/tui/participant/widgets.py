"""What stands around the answers: the two lines on top, and the field for own words below."""

from typing import ClassVar, Literal

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static, TextArea

from bart_tool.domain.free_text import normal
from bart_tool.tui.editor import Editor
from bart_tool.tui.rows import Rows
from bart_tool.tui.text import Row, fitted, shown
from bart_tool.workflow.answering.steps import Writes

PAUSE = 0.6  # seconds without typing after which the words are saved


class QuestionHeading(Widget):
    """Place on the left, state on the right, a bar below. Mounted once, filled anew."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"heading--bar", "heading--bad"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.place = ""  # where one is, in words
        self.state = ""  # what is said about saving
        self._is_bad = False
        self._done = 0.0

    def show(self, place: str, done: float) -> None:
        """Show where one is; `done` is the part of the questions behind, 0 to 1."""
        self.place, self._done = place, done
        self.refresh()

    def show_state(self, state: str, *, bad: bool = False) -> None:
        if (state, bad) != (self.state, self._is_bad):
            self.state, self._is_bad = state, bad
            self.refresh(Region(0, 0, self.size.width, 1))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return 2

    def render_line(self, y: int) -> Strip:
        width, plain = self.size.width, self.rich_style
        if y:
            full = min(max(round(self._done * width), 0), width)
            bar = plain + self.get_component_rich_style("heading--bar", partial=True)
            return Strip([Segment("━" * full, bar), Segment("─" * (width - full), plain)])
        state = self.get_component_rich_style("heading--bad", partial=True)
        room = width - cell_len(self.state) - 1
        place = fitted(self.place, room)
        gap = " " * (width - cell_len(place) - cell_len(self.state))
        return Strip(
            [
                Segment(place + gap, plain),
                Segment(self.state, plain + state if self._is_bad else plain),
            ]
        ).adjust_cell_length(width, plain)


class Writing(Vertical):
    """Mounted once; `what` says what is being written, empty while it is closed.

    `about` is the item that it is written with, whatever becomes of the pointer meanwhile.
    """

    class Paused(Message):
        """The typing paused, or the field was left: now is the time to save."""

    class Typed(Message):
        """Something was typed that is not saved yet."""

    class Finished(Message):
        """Enter was pressed in the field."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.what: Writes | Literal[""] = ""
        self.about = ""
        self._saved = ""
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="caption", markup=False)
        yield Editor(id="words")
        yield Rows(id="tick")
        yield Static(id="warning", classes="dim", markup=False)

    @property
    def has_keys(self) -> bool:
        """Whether what is typed goes into the field."""
        return self.query_one(Editor).has_focus

    @property
    def text(self) -> str:
        """What stands in the field, as it is kept."""
        return normal(self.query_one(Editor).text).strip()

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that `take` has not given yet."""
        return bool(self.what) and self.query_one(Editor).text != self._saved

    def open(self, what: Writes, about: str, text: str) -> None:
        self.what, self.about = what, about
        editor = self.query_one(Editor)
        editor.fill(text)
        self._saved = editor.text

    def close(self) -> None:
        """Nothing is being written any more."""
        self._stop_waiting()
        self.what = ""

    def show(self, caption: str, tick: Row, warning: str) -> None:
        """Bring the words around the field up to date."""
        self.display = bool(self.what)
        if not self.what:
            return
        label = self.query_one("#caption", Static)
        label.update(shown(caption))
        label.display = bool(caption)
        self.query_one("#tick", Rows).show([tick])
        self.query_one("#warning", Static).update(shown(warning))

    def take(self) -> str | None:
        """What was typed since the last time, None when nothing was."""
        self._stop_waiting()
        if not self.is_unsaved:
            return None
        self._saved = self.query_one(Editor).text
        return self._saved

    def take_keys(self) -> None:
        """From now on what is typed goes into the field."""
        # At once: a focus that waits its turn would come after the next page's.
        self.screen.set_focus(self.query_one(Editor), scroll_visible=False)

    def on_resize(self) -> None:
        """Opened, or at another size: field, tick and warning all come in sight."""
        if self.has_keys:
            self.scroll_visible(animate=False)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Wait for a pause in the typing."""
        event.stop()
        if self.is_unsaved:
            self._stop_waiting()
            self._pause = self.set_timer(PAUSE, self._has_paused)
            self.post_message(self.Typed())

    def on_editor_done(self, event: Editor.Done) -> None:
        event.stop()
        self.post_message(self.Finished())

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        self._has_paused()

    def _has_paused(self) -> None:
        if self.is_unsaved:
            self.post_message(self.Paused())

    def _stop_waiting(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
