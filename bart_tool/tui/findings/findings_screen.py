"""The findings on the screen: a list on the left, and on the right what is chosen in it."""

from collections.abc import Iterable

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from bart_tool.domain.findings import Findings
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import Session
from bart_tool.tui.base import BartScreen, Command
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.findings.details import details
from bart_tool.tui.findings.entries import Filter, Lens, entries, parts_to_show, views
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.list_screen import choice
from bart_tool.tui.rows import ReadingText, Rows
from bart_tool.tui.text import Part, Row, heading, plain
from bart_tool.wording.naming import Naming
from bart_tool.wording.translation import N_

ALL = "all"
DISCUSS = "discuss"


class FindingsScreen(BartScreen[str]):
    """Four ways to look: the talk, the decisions, the patterns, and each party by itself.

    Nothing is saved here. At 60 columns and fewer the list and the chosen take turns.
    It closes with DISCUSS when somebody wants to talk about it, else with None.
    """

    CSS_PATH = "findings.tcss"
    BINDINGS = quiet(
        ("f", "filter"),
        ("a", "no_filter"),
        ("b", "discuss"),
        *((str(n), f"view('{view}')") for n, view in enumerate(Lens, 1)),
        ("left,backspace", "back_to_list"),
    )
    HELP_LINES = (
        N_("What came out"),
        "",
        N_("1 the talk: first what to talk about, then every question."),
        N_("2 decisions: who may decide what, and who claims it."),
        N_("3 patterns: what the answers may point at, as a question."),
        N_("4 per party: what each party says, for the party to check first."),
        "",
        N_("A picture has a row for who looks. Below it stands what its signs mean."),
        N_("“(4 of 6)” means: four of the six people who answered say this."),
        N_("A difference is not a mistake. It is something to talk about."),
        "",
        N_("↑↓ move, Enter reads, Esc goes back. f shows only a part, a shows everything."),
    )

    def __init__(
        self,
        findings: Findings,
        question_set: QuestionSet,
        session: Session,
        *,
        may_discuss: bool = False,
    ) -> None:
        super().__init__()
        self._may_discuss = may_discuss
        self._findings = findings
        self._question_set = question_set
        self._session = session
        self.view = Lens.TALK
        self.filter = Filter()
        self._is_reading = False  # the right side has the keys, and at few columns the screen

    def compose(self) -> ComposeResult:
        """Where one is, the two sides, and a line for what is filtered."""
        yield ReadingText(id="where")
        with Horizontal():
            with VerticalScroll(id="left", can_focus=False):
                yield Rows(id="list", keeps_pointer=True, moved=self._show_chosen)
            with VerticalScroll(id="right"):
                yield ReadingText(id="chosen")
        yield Static(id="message", markup=False)
        yield from super().compose()

    @property
    def _names(self) -> Naming:
        return Naming(self._question_set, self._session, self.language)

    @property
    def _list(self) -> Rows:
        return self.query_one("#list", Rows)

    def fill(self) -> None:
        """Write everything anew; the pointer stays where it was if that is still there."""
        names, t = self._names, self.t
        here = self._list.row_id
        found = entries(self.view, self._findings, names, self.filter, t)
        rows = [
            choice("", entry.key, plain(entry.text), plain(entry.under))
            if entry.key
            else heading(plain(entry.text))
            for entry in found
        ]
        self._list.show(rows or [Row("", self._nothing())], here)
        self._show_where()
        self._show_chosen()
        self._arrange()
        self.show_keys()

    def _nothing(self) -> str:
        t = self.t
        if self._is_filtered:
            return t("Nothing fits this choice. Press a to see everything.")
        if self.view is Lens.PATTERNS:
            return t("The answers show none of the patterns that are looked for.")
        if self.view is Lens.DECISIONS:
            return t("This set asks about no decisions.")
        return t("There is nothing to show.")

    def _show_where(self) -> None:
        t = self.t
        tabs = tuple(
            Part(f"[{number} {says}] ", "strong")
            if view is self.view
            else Part(f" {number} {says}  ")
            for number, (view, says) in enumerate(views(t).items(), 1)
        )
        self.query_one("#where", ReadingText).show([Row("", under=(tabs,))])
        self.say(self._filtered() if self._is_filtered else "")

    @property
    def _is_filtered(self) -> bool:
        return self.view is Lens.TALK and self.filter != Filter()

    def _filtered(self) -> str:
        """What the list is narrowed to, and how much of it that leaves."""
        return self.t.plural(
            "Only: {what} – {shown} of {number} part. Press a to see everything.",
            "Only: {what} – {shown} of {number} parts. Press a to see everything.",
            len(self._findings.items),
            what=self.filter.describe(self._names),
            shown=self.filter.hits(self._findings),
        )

    @property
    def _room(self) -> int:
        """How many columns the right side has for its rows: without its edges and scrollbar."""
        wide = self.size.width
        return wide - 4 if self.is_narrow else wide * 3 // 5 - 5

    def _show_chosen(self) -> None:
        key = self._list.row_id
        rows = details(key, self._findings, self._names, self.t, self._room) if key else ()
        self.query_one("#chosen", ReadingText).show(rows)
        self.query_one("#right", VerticalScroll).scroll_home(animate=False)

    def _arrange(self) -> None:
        """Give the keys, and at few columns the screen, to the side that is looked at."""
        left, right = self.query_one("#left"), self.query_one("#right")
        left.display = not (self.is_narrow and self._is_reading)
        right.display = not self.is_narrow or self._is_reading
        focus = right if self._is_reading else self._list
        if self.focused is not focus:
            self.set_focus(focus, scroll_visible=False)

    def fit(self, *, anew: bool) -> None:  # noqa: ARG002
        """The two sides take turns where there is no room for both."""
        self._show_chosen()
        self._arrange()
        self.call_after_refresh(self._list.show_pointer)

    def keys(self) -> Iterable[Key]:
        """Reading, the views and the filter."""
        t = self.t
        if self._is_reading:
            yield Key("↑↓", t("read"), "read_on")
            yield Key("Esc", t("to the list"), "back")
        else:
            yield Key("Enter", t("read"), "read")
            yield Key("Esc", t("back"), "back")
        yield Key("1-4", t("view"), "next_view")
        if self.view is Lens.TALK:
            yield Key("f", t("choose what"), "filter")
        if self._is_filtered:
            yield Key("a", t("everything"), "no_filter")
        if self._may_discuss:
            yield Key("b", t("discuss"), "discuss")
        yield Key("F3", t("in Dutch"), "app.other_language")
        yield Key("?", t("help"), "app.help")

    def commands(self) -> Iterable[Command]:
        t = self.t
        for view, says in views(t).items():
            yield Command(t("Look at: {view}", view=says), f"view('{view}')")
        yield Command(t("Show only a part"), "filter")
        yield Command(t("Show everything"), "no_filter")
        if self._may_discuss:
            yield Command(t("Discuss: choose topics and talk"), "discuss")

    def knows_key(self, event: events.Key) -> bool:
        return event.key == "space" or super().knows_key(event)

    def on_key(self, event: events.Key) -> None:
        """Enter goes to the right side."""
        if event.key in ("enter", "right", "space") and not self._is_reading:
            event.stop()
            self.action_read()

    def on_rows_clicked(self, event: Rows.Clicked) -> None:
        """A click shows what it is, and reads where there is no room for both."""
        event.stop()
        self._show_chosen()
        if self.is_narrow:
            self.action_read()

    def action_read(self) -> None:
        """Read what is chosen: the arrows scroll it."""
        if self._list.row_id:
            self._is_reading = True
            self._arrange()
            self.show_keys()

    def action_read_on(self) -> None:
        self.query_one("#right", VerticalScroll).scroll_page_down(animate=False)

    def action_back_to_list(self) -> None:
        """To the list; from there nowhere."""
        if self._is_reading:
            self._is_reading = False
            self._arrange()
            self.show_keys()

    async def action_back(self) -> None:
        """To the list, and from the list to where one came from."""
        if self._is_reading:
            self.action_back_to_list()
        else:
            self.dismiss(None)

    def action_discuss(self) -> None:
        """Talk about it, where that is possible from here."""
        if self._may_discuss:
            self.dismiss(DISCUSS)

    def action_view(self, view: str) -> None:
        self.view = Lens(view)
        self._is_reading = False
        self._list.show(())
        self.fill()
        self.query_one("#left", VerticalScroll).scroll_home(animate=False)

    def action_next_view(self) -> None:
        """The next way, for the mouse."""
        ways = list(Lens)
        self.action_view(ways[(ways.index(self.view) + 1) % len(ways)])

    def action_no_filter(self) -> None:
        self.filter = Filter()
        self.fill()

    @work(exclusive=True, group="filter")
    async def action_filter(self) -> None:
        """Choose of what only a part is shown, and which part."""
        t = self.t
        if self.view is not Lens.TALK:
            self.action_view(Lens.TALK)
        parts = {
            what: parts_to_show(what, self._findings, self._names, self.filter)
            for what in ("boundary", "party", "code")
        }
        says = {
            "boundary": t("One boundary: task, authority, role …"),
            "party": t("What is about one party"),
            "code": t("One outcome"),
        }
        whats = [*((what, says[what]) for what in parts if parts[what]), (ALL, t("Everything"))]
        text = self._filtered() if self._is_filtered else t("Of what?")
        what = await self.bart.ask(Choose(t("Show only a part"), text, whats))
        if what == ALL:
            self.action_no_filter()
        elif what:
            ways = [*parts[what], (ALL, t("Everything"))]
            which = await self.bart.ask(Choose(t("Show only a part"), says[what], ways))
            if which:
                self.filter = self.filter.with_only(what, "" if which == ALL else which)
                self.fill()
