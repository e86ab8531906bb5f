"""The floor of the screens: a bare Textual app with the same kind of widgets, and no workshop.

It asks one numbered question after the other: a digit or the arrows choose, Enter goes on.
"""

from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Footer, OptionList, Static, TextArea
from textual.widgets.option_list import Option

OPTIONS = (
    "De stem van de wijk laten horen",
    "Het wijkakkoord maken en bewaken",
    "Bewoners en gemeente verbinden",
    "Weet ik niet",
    "Zeg ik liever niet",
)


class BareApp(App[None]):
    CSS = """
    #heading { height: 2; background: $panel; }
    #page { height: 1fr; padding: 0 1; }
    #question { text-style: bold; margin-bottom: 1; }
    OptionList { height: auto; border: none; }
    TextArea { height: 5; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "stop")]

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._chosen = -1

    def compose(self) -> ComposeResult:
        yield Static(id="heading", markup=False)
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="tense", markup=False)
            yield Static(id="question", markup=False)
            yield Static(id="example", markup=False)
            yield OptionList(id="choices", markup=False)
            yield TextArea(id="writing")
        yield Static(id="message", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#writing").display = False
        self.query_one("#choices").focus()
        self._ask()

    def _ask(self) -> None:
        self._number += 1
        self._chosen = -1
        self.query_one("#heading", Static).update(f"Vraag {self._number}")
        self.query_one("#tense", Static).update("Zoals het nu gaat")
        self.query_one("#question", Static).update(f"{self._number}: Wat is de hoofdtaak?")
        self.query_one("#example", Static).update("Bijvoorbeeld: de wijkraad laat horen wat speelt")
        self._show_options()

    def _show_options(self) -> None:
        choices = self.query_one("#choices", OptionList)
        choices.clear_options()
        choices.add_options(
            Option(f"{number + 1} {'(●)' if number == self._chosen else '( )'} {text}")
            for number, text in enumerate(OPTIONS)
        )
        choices.highlighted = max(self._chosen, 0)

    def on_key(self, event: events.Key) -> None:
        if event.key.isdecimal():
            self._chosen = int(event.key) - 1
            self._show_options()

    def on_option_list_option_selected(self) -> None:
        self._ask()


if __name__ == "__main__":
    BareApp().run()
