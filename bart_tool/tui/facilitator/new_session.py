"""A new session in three screens: what is typed, what it comes to, and making it."""

from collections.abc import Iterable
from dataclasses import replace

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from bart_tool.domain.question_set import QuestionSet
from bart_tool.store.protocol import Store
from bart_tool.tui.base import BartScreen
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.facilitator import new_session_pages as pages
from bart_tool.tui.facilitator.codes import Codes
from bart_tool.tui.facilitator.more import More
from bart_tool.tui.facilitator.more_pages import MoreOf
from bart_tool.tui.facilitator.new_session_pages import PAGES, WizardPage
from bart_tool.tui.facilitator.party_lines import NO_PARTIES, PartyLines
from bart_tool.tui.form_field import FormField
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.list_screen import ListScreen
from bart_tool.tui.rows import ReadingText, Rows
from bart_tool.tui.text import Row, shown
from bart_tool.wording.translation import N_
from bart_tool.workflow.dealing import deal
from bart_tool.workflow.prepare import free_name, new_session, shipped_sets
from bart_tool.workflow.session_draft import SessionDraft

STEPS = {"up": -1, "shift+tab": -1, "pageup": -5, "down": 1, "tab": 1, "pagedown": 5}


class NewSession(ListScreen[str]):
    """Gives the name of the session that was made, None when none was."""

    BINDINGS = quiet(("f2", "more"))
    HELP_LINES = (
        N_("A new session"),
        "",
        N_("Type in the line below. Enter goes on to the next one, the arrows move."),
        N_("F2 shows what else you can set. None of it has to be set."),
        N_("Esc goes one screen back, and what you typed stays. Nothing is made until the end."),
    )

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._page = WizardPage.WIJK
        self._sets = shipped_sets()
        self._set = SessionDraft()  # all but the wijk and the parties, which are typed here
        self._title = ""
        self._free = ""  # a short name for this wijk that is not taken
        self._lines = PartyLines(self.question_set).asking(self.question_set)
        self._at = ""  # the field that stands in the line, where the pointer stands on one
        self._called = ""  # the id that its party had before somebody typed there
        self._tried: set[str] = set()  # fields that were left, or gone on from: now they are judged
        self._has_refused = False  # to go on without any party

    @property
    def question_set(self) -> QuestionSet:
        """The set that the session will use, as it comes with the program."""
        return self._sets[self._set.set_name]

    @property
    def draft(self) -> SessionDraft:
        """What was filled in so far, and nothing that is wrong."""
        parties = self._lines.parties(self.t)
        return replace(
            self._set,
            title=self._title.strip(),
            name=self._set.name or self._free,
            language=self.language,
            parties=tuple((party, people) for party, people, _ in parties),
            labels={party: label for party, _, label in parties if label},
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost by leaving."""
        return not self._title.strip() and self._lines.is_empty and self._set.is_empty

    def compose(self) -> ComposeResult:
        """Rows, and below them the one line in which all of them are typed."""
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="headline", classes="title", markup=False)
            yield ReadingText(id="body")
            yield Rows(id="choices", keeps_pointer=True, moved=self._moved)
        with Vertical(id="field"):
            yield Static(id="asked", markup=False)
            yield FormField(id="line")
            yield Static(id="wrong", classes="bad", markup=False)
        yield Static(id="message", markup=False)
        yield from BartScreen.compose(self)

    def headline(self) -> str:
        return self.t(
            "New session · step {number} of {total}: {page}",
            number=PAGES.index(self._page) + 1,
            total=len(PAGES),
            page=self.t(pages.TITLES[self._page]),
        )

    def body(self) -> str:
        text = pages.TEXTS[self._page]
        return self.t(text) if text else ""

    def listed(self) -> Iterable[Row]:
        """What was typed on this screen, or all of it, and the way on."""
        match self._page:
            case WizardPage.WIJK:
                return pages.wijk(self._title, self._set.set_name, self._sets, self.t)
            case WizardPage.PARTIES:
                wrong = {each: self._wrong_in(each) for each in self._tried - {self._at}}
                return pages.parties(self._lines, wrong, self.t)
            case WizardPage.OVERVIEW:
                return pages.overview(self.draft, self.question_set, self.t)

    def keys(self) -> Iterable[Key]:
        yield Key("Enter", self.t("go on"), "enter")
        yield Key("↑↓", self.t("move"), "move(1)")
        yield Key("F2", self.t("more"), "more")
        yield from self.last_keys()

    @property
    def field(self) -> FormField:
        """The line in which one types."""
        return self.query_one(FormField)

    def takes_typing(self) -> bool:
        """Whether the pointer stands on a field, and that is on the screen."""
        return bool(self._at) and self.takes_keys() and self.app.screen is self

    def take(self, key: str) -> None:
        """Go on from the field, or to another."""
        if key == "enter":
            self._enter()
        else:
            self.choices.action_move(STEPS[key])

    def action_enter(self) -> None:
        """Go on from where the pointer stands."""
        if self._at:
            self._enter()
        else:
            self.action_choose()

    def action_move(self, by: int) -> None:
        self.choices.action_move(by)

    def fill(self) -> None:
        """Write everything anew, and what the pointer stands on into the line."""
        super().fill()
        self._load()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed stands in its row too."""
        event.stop()
        self._keep()
        self._show(self.choices.row_id)

    def _moved(self) -> None:
        self._go(self.choices.row_id)

    def _go(self, row: str) -> None:
        """Leave the field, and stand on `row`."""
        self._leave_field()
        self._at = row if pages.is_field(row) else ""
        self._show(row)
        self._load()
        self.choices.show_pointer()
        self.call_after_refresh(self.choices.show_pointer)  # the line below may take room

    def _show(self, row: str) -> None:
        self.choices.show(self.listed(), row)
        self._tell_wrong()

    def _tell_wrong(self) -> None:
        said, below = self._wrong_in(self._at), self.query_one("#wrong", Static)
        below.update(shown(said))
        below.display = bool(said)

    def _load(self) -> None:
        """What the pointer stands on, in the line; no line where there is nothing to type."""
        row = self.choices.row_id
        self._at = row if pages.is_field(row) else ""
        self.query_one("#field").display = bool(self._at)
        if self._at:
            asked = pages.asked(self._at, self._lines, self.t)
            self.query_one("#asked", Static).update(shown(asked))
            self._tell_wrong()
            self._called = self._id_at(self._at)
            self.field.value = self._typed(self._at)
            self.field.action_select_all()  # typing anew replaces it, an arrow keeps it
        self.set_focus(self.field if self._at else self.choices, scroll_visible=False)
        self.show_keys()

    def _typed(self, field: str) -> str:
        return self._title if field == pages.TITLE else self._lines.typed(field)

    def _id_at(self, field: str) -> str:
        return "" if field == pages.TITLE else self._lines.id_at(field, self.t)

    def _keep(self) -> None:
        """Take over what stands in the line, right or wrong."""
        if self._at == pages.TITLE:
            self._title = self.field.value
        elif self._at:
            self._lines = self._lines.with_typed(self._at, self.field.value)

    def _leave_field(self) -> None:
        self._keep()
        field, self._at = self._at, ""
        if not field:
            return
        self._tried.add(field)
        if field != pages.TITLE:
            self._set = self._set.with_renamed(self._called, self._id_at(field))
            self._lines = self._lines.left(field)

    def _wrong_in(self, field: str) -> str:
        """What is wrong with what stands in `field`, once it was left."""
        if field not in self._tried:
            return ""
        if field == pages.TITLE:
            return "" if self._title.strip() else self.t(pages.NO_TITLE)
        if field not in (fields := tuple(self._lines.fields())):
            return ""
        is_missed = self._has_refused and field == fields[0] and not self.draft.parties
        return self._lines.wrong(field, self.t) or (self.t(NO_PARTIES) if is_missed else "")

    def _enter(self) -> None:
        """To the field that follows; not from one with something wrong in it."""
        self._keep()
        here = self._at
        self._tried.add(here)
        if self._wrong_in(here):
            self._show(here)
        elif here == pages.TITLE:
            self._go(f"{pages.SET}{self._set.set_name}")
        else:
            fields = tuple(self._lines.fields())
            rest = fields[fields.index(here) + 1 :]
            if rest:
                self._go(rest[0])
            else:
                self.action_next()

    def choose(self, row: str) -> None:
        """Stand on a field, or do what the row is for."""
        if pages.is_field(row):
            self._go(row)
        elif row.startswith(pages.SET):
            self._set = self._set.with_set(name := row.removeprefix(pages.SET), self._sets[name])
            self._lines = self._lines.asking(self.question_set)
            self.action_next()
        elif row.startswith(pages.GO_TO):
            to = row.removeprefix(pages.GO_TO)
            is_party = to == WizardPage.PARTIES
            self._turn(WizardPage.PARTIES if is_party else WizardPage.WIJK, "" if is_party else to)
        elif row.startswith(pages.MORE):
            self.action_more(row.removeprefix(pages.MORE))
        elif row == pages.NEXT:
            self.action_next()
        else:
            self._make(pins=row == pages.MAKE_PINS)

    def action_next(self) -> None:
        """To the next screen, unless something on this one is missing or wrong."""
        self._leave_field()
        if self._page is WizardPage.WIJK:
            self._tried.add(pages.TITLE)
            if self._wrong_in(pages.TITLE):
                self._go(pages.TITLE)
            else:
                self._turn(WizardPage.PARTIES)
            return
        fields = tuple(self._lines.fields())
        self._tried.update(fields)
        wrong = self._lines.first_wrong(self.t)
        self._has_refused = not wrong and not self.draft.parties
        if wrong or self._has_refused:
            self._go(wrong or fields[0])
        else:
            self._turn(WizardPage.OVERVIEW, pages.MAKE_PINS)

    def _turn(self, page: WizardPage, row: str = "") -> None:
        self._settle()
        self._page = page
        self.choices.show((), "")  # another screen begins at its first row
        self.fill()
        if row:
            self._go(row)
        if page is WizardPage.OVERVIEW:  # both ways to make it in sight
            self.call_after_refresh(self.query_one("#page").scroll_end, animate=False)
        self.wait_until_seen()

    def _settle(self) -> None:
        """Take over what is being typed, and find a short name for the wijk."""
        self._leave_field()
        title = self._title.strip()
        self._free = free_name(self._store, title) if title else ""

    async def action_back(self) -> None:
        """To the screen before; from the first one leaves, after asking if anything was typed."""
        self._leave_field()
        if self._page is not PAGES[0]:
            self._turn(PAGES[PAGES.index(self._page) - 1])
        elif self.is_empty:
            self.dismiss(None)
        else:
            self._leave()

    @work(exclusive=True, group="do")
    async def _leave(self) -> None:
        if await self._may_be_lost():
            self.dismiss(None)
        else:
            self.fill()

    async def leave(self) -> None:
        """Ctrl+Q: end the program, after asking if anything would be lost."""
        self._keep()
        if self.is_empty or await self._may_be_lost():
            self.bart.exit(0)

    async def _may_be_lost(self) -> bool:
        t = self.t
        text = t("What you filled in is then gone. No session was made.")
        # Going on comes first: a second key, pressed too soon, must lose nothing.
        answers = [("stay", t("Go on filling in")), ("stop", t("Stop"))]
        said = await self.bart.ask(Choose(t("Stop making a session?"), text, answers))
        return bool(said == "stop")

    @work(exclusive=True, group="do")
    async def action_more(self, part: str = "") -> None:
        """What may be set too; Esc there comes back here."""
        self._settle()
        first = MoreOf(part) if part else None
        asked = More(self._store, self.draft, self.question_set, first)
        more: SessionDraft | None = await self.bart.ask(asked)
        if more is not None:
            own = "" if more.name == self._free else more.name
            self._set = replace(more, name=own, title="", language="nl", parties=(), labels={})
        self.fill()

    @work(exclusive=True, group="do")
    async def _make(self, *, pins: bool) -> None:
        self._settle()  # the short name may have been taken meanwhile
        draft = self.draft.tidied(self.question_set)
        opened = await self.attempt(lambda: new_session(self._store, draft))
        if opened is None:
            return
        dealt = await self.attempt(lambda: deal(opened)) if pins else None
        cards = dealt.cards if dealt else ()
        await self.bart.ask(Codes(opened, {card.code: card.printed_pin for card in cards}))
        self.dismiss(opened.session.session)
