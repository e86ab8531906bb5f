"""The one line in which a form is typed, field after field, and the form it belongs to."""

from collections.abc import Collection
from typing import ClassVar, Protocol, cast

from textual import events

from bart_tool.tui.dialogs import LineField


class Form(Protocol):
    """A screen with fields: which keys are its own, and whether typing means anything now."""

    def takes_typing(self) -> bool:
        """Whether a key that is typed belongs to the field on the screen."""

    def take(self, key: str) -> None:
        """Do what one of `FormField.FORM_KEYS` is for."""


class FormField(LineField):
    """All fields of a form, one after the other.

    Every key is done here and in its turn, so that what is typed fast or pasted after Enter
    stands in the next field. With a widget for each field it would stand in the one before.
    """

    FORM_KEYS: ClassVar[Collection[str]] = (
        "enter",
        *("up", "down", "tab", "shift+tab", "pageup", "pagedown"),
    )

    async def _on_key(self, event: events.Key) -> None:
        form = cast(Form, self.screen)
        bound = self._bindings.key_to_bindings.get(event.key, ())
        if not form.takes_typing():  # meant for a field that is gone, or for a page not yet seen
            event.stop()
            event.prevent_default()
        elif event.key in self.FORM_KEYS:
            event.stop()
            event.prevent_default()
            form.take(event.key)
        elif bound:
            event.stop()
            event.prevent_default()
            for binding in bound:
                await self.run_action(binding.action)
