"""A field for own words of several lines: what somebody thinks, or an agreement in one sentence."""

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from bart_tool.domain.free_text import harmless
from bart_tool.tui.base import TextField


class Editor(TextArea, TextField):
    """A small field for own words. Enter says done, Ctrl+J gives a new line, Tab goes on."""

    class Done(Message):
        """Enter was pressed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, tab_behavior="focus", soft_wrap=True, show_line_numbers=False)

    def fill(self, text: str) -> None:
        """Show `text`, the cursor behind it."""
        self.load_text(harmless(text))
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Done())
        elif event.key == "ctrl+j":
            event.stop()
            event.prevent_default()
            self.insert("\n")
        else:
            await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.replace(harmless(event.text.replace("\r", "\n")), *self.selection)
        self.move_cursor(self.selection.end)
