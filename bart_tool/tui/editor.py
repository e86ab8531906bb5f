"""Fields to type in that keep what is pasted from driving the terminal."""

from textual import events
from textual.message import Message
from textual.widgets import Input, TextArea

from bart_tool.domain.free_text import MAX_WORDS, harmless


class Editor(TextArea):
    """A small field for own words. Enter says done, Ctrl+J gives a new line, Tab goes on."""

    class Done(Message):
        """Enter was pressed."""

    class Full(Message):
        """A key was pressed where no more words fit."""

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
        elif event.is_printable and len(self.text) >= MAX_WORDS and self.selection.is_empty:
            event.stop()
            event.prevent_default()
            self.post_message(self.Full())
        else:
            await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        room = MAX_WORDS - len(self.text) + len(self.selected_text)
        self.replace(harmless(event.text.replace("\r", "\n"))[:room], *self.selection)
        self.move_cursor(self.selection.end)


class LineField(Input):
    """One line to type in."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        # Textual keeps only the first line, and drops the rest without a word.
        lines = event.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
        self.insert_text_at_cursor(harmless(" ".join(lines), one_line=True))
