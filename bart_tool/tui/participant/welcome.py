"""Before the first question: what this is, who will see what, and the choice that goes with it."""

from collections.abc import Iterable

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from bart_tool.tui.key_bar import Key
from bart_tool.tui.participant.visit import ParticipantScreen, Visit
from bart_tool.tui.rows import ReadingText, Rows
from bart_tool.tui.text import Part, Row, plain, shown
from bart_tool.wording import welcome as welcome_text
from bart_tool.wording.questions import CHANGE, GO_ON, RESUMING
from bart_tool.wording.welcome import CONSENTS
from bart_tool.workflow.answering import steps

READ = ("about", "seen")  # the steps in which there is nothing to choose


class Welcome(ParticipantScreen[str]):
    """A few steps, one choice each; gives how to go on, None for leaving."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._consent: str = visit.state.sheet.shown_as if visit.resumed else ""
        self._function = visit.state.sheet.function
        self._steps = ["resume"] if visit.resumed else self._first_steps()
        self._step = 0
        self._moved = False

    def _first_steps(self) -> list[str]:
        return ["about", "seen", "consent", *(["function"] if self.visit.context.functions else [])]

    @property
    def step(self) -> str:
        """What is on the screen: about, seen, consent, function or resume."""
        return self._steps[self._step]

    def compose(self) -> ComposeResult:
        """A text above what can be chosen."""
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="title", classes="title", markup=False)
            yield ReadingText(id="text")
            yield Rows(id="choices", moved=self._pointer_moved)
        yield Static(id="message", markup=False)
        yield from super().compose()

    def on_mount(self) -> None:
        super().on_mount()
        page = self.query_one("#page", VerticalScroll)
        for what in ("scroll_y", "virtual_size", "size"):  # is there more below?
            self.watch(page, what, self._show_keys_then, init=False)

    def _show_keys_then(self) -> None:
        self.call_after_refresh(self.show_keys)  # the page knows its measures by then

    def fill(self) -> None:
        context = self.visit.context
        title, text = welcome_text.step(
            self.step, context, self.visit.state.route, self.visit.state.sheet, self.t
        )
        self.query_one("#title", Static).update(shown(title))
        self.query_one("#text", ReadingText).write(text)
        rows = self.query_one("#choices", Rows)
        rows.show(self._rows(), rows.row_id if self._moved else self._chosen_row())
        self.say("")
        self.show_keys()
        if self.focused is not rows:
            self.set_focus(rows, scroll_visible=False)

    def _rows(self) -> list[Row]:
        t = self.t
        if self.step == "consent":
            return [
                _choice(n, name, f"{t(label)} – {t(says, k=self.visit.context.k)}", self._consent)
                for n, (name, (label, says)) in enumerate(CONSENTS.items(), 1)
            ]
        if self.step == "function":
            named = [
                _choice(n, f, f, self._function)
                for n, f in enumerate(self.visit.context.functions, 1)
            ]
            return [*named, _choice(0, "", t("I would rather not say"), self._function)]
        if self.step == "resume":
            return [
                Row(name, t(says), lead=(Part(f"{n} ", "key"),))
                for n, (name, says) in enumerate(RESUMING.items(), 1)
            ]
        return []

    @property
    def _goes_below(self) -> bool:
        """Whether there is text below what is in sight; nobody passes what they have not seen."""
        page = self.query_one("#page", VerticalScroll)
        return self.step in READ and page.scroll_offset.y < page.max_scroll_y

    def _chosen_row(self) -> str:
        return f"={self._consent if self.step == 'consent' else self._function}"

    def keys(self) -> Iterable[Key]:
        """What can be done in this step."""
        t = self.t
        choosing = self.step in ("consent", "function", "resume")
        does = t("choose") if choosing and (self._moved or self.step == "resume") else t("go on")
        yield Key("Enter", t("read on") if self._goes_below else does, "enter")
        if self._step:
            yield Key("←", t("back"), "back")
        yield Key("F3", t("in Dutch"), "app.other_language")
        yield Key("?", t("help"), "app.help")
        yield Key("^Q", t("stop"), "app.leave")

    def help_text(self) -> str:
        """The keys, and who to turn to."""
        told = welcome_text.help_text(self.visit.context, self.t)
        return "\n".join((told, "", *self.key_lines()))

    async def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            await self.action_enter()
        elif event.key == "space":
            event.stop()
            self._choose(self.query_one("#choices", Rows).row_id)
        elif event.key in ("left", "backspace"):
            event.stop()
            await self.action_back()
        elif event.key.isdecimal():
            event.stop()
            self._choose_number(int(event.key))

    def _choose_number(self, number: int) -> None:
        rows = self.query_one("#choices", Rows).rows
        for row in rows:
            if row.lead and row.lead[0].text.strip() == str(number):
                self._choose(row.id)

    def _pointer_moved(self) -> None:
        """Enter now means this one."""
        self._moved = True
        self.show_keys()

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        event.stop()
        self._choose(event.row)

    def _choose(self, row: str) -> None:
        if not row:
            return
        value = row.removeprefix("=")
        if self.step == "resume":
            self._resume(value)
            return
        if self.step == "consent":
            self._consent = value
        else:
            self._function = value
        self._moved = False
        self.fill()
        self.query_one("#choices", Rows).show_pointer()

    def _resume(self, how: str) -> None:
        if how == CHANGE:
            self._steps, self._step, self._moved = ["resume", *self._first_steps()[1:]], 1, False
            self.fill()
        else:
            self.dismiss(how)

    async def action_enter(self) -> None:
        """Choose what the pointer was moved to, else go on."""
        rows = self.query_one("#choices", Rows)
        if self._goes_below:
            self.query_one("#page", VerticalScroll).scroll_page_down(animate=False)
        elif self.step == "resume" or self._moved:
            self._choose(rows.row_id)
        elif self.step == "consent" and not self._consent:
            self.say(self.t("First choose what may be shown: press 1, 2 or 3."))
        elif self._step + 1 < len(self._steps):
            self._go(1)
        else:
            self.visit.to(steps.begin(self.visit.state, self._consent, self._function))
            self.dismiss(GO_ON)

    async def action_back(self) -> None:
        """To the step before; from the first one leaves."""
        if self._step:
            self._go(-1)
        else:
            await self.leave()

    def _go(self, by: int) -> None:
        self._step += by
        self._moved = False
        self.fill()
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)


def _choice(number: int, value: str, says: str, chosen: str) -> Row:
    on = value == chosen
    lead = (Part(f"{number} ", "key"), Part("(●) " if on else "( ) ", "chosen" if on else ""))
    return Row(f"={value}", plain(says), "chosen" if on else "", lead)
