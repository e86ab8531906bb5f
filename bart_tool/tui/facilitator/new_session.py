"""A new session, page by page: every page is a list of what is filled in, and a way on."""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual import events, work

from bart_tool.domain.days import day_in
from bart_tool.domain.question_set import QuestionSet
from bart_tool.errors import BartError
from bart_tool.store.protocol import Store
from bart_tool.tui.at_work import FacilitatorScreen
from bart_tool.tui.dialogs import AskLine, Choose
from bart_tool.tui.facilitator import new_session_rows as pages
from bart_tool.tui.facilitator import new_session_words as say
from bart_tool.tui.facilitator.codes import Codes
from bart_tool.tui.facilitator.new_session_words import PAGES, WizardPage
from bart_tool.tui.facilitator.sources import ask_source
from bart_tool.tui.key_bar import Key
from bart_tool.tui.text import Row
from bart_tool.workflow.prepare import free_name, must_be_free, new_session, shipped_sets
from bart_tool.workflow.session_draft import SessionDraft, named_party, number_in


class NewSession(FacilitatorScreen[str]):
    """Gives the name of the session that was made, None when none was."""

    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._page = 0
        self.draft = SessionDraft()
        self._sets = shipped_sets()

    @property
    def page(self) -> WizardPage:
        """The page on the screen."""
        return PAGES[self._page]

    @property
    def question_set(self) -> QuestionSet:
        """The set that the session will use, as it comes with the program."""
        return self._sets[self.draft.set_name]

    def headline(self) -> str:
        return self.t(
            "New session · step {number} of {total}: {page}",
            number=self._page + 1,
            total=len(PAGES),
            page=self.t(say.TITLES[self.page]),
        )

    def body(self) -> str:
        return self.t(say.TEXTS[self.page])

    def listed(self) -> Iterable[Row]:
        """What is filled in on this page, and the way on."""
        if self.page is WizardPage.SET:
            return pages.sets(self.draft, self._sets, self.t)
        return pages.rows(self.page, self.draft, self.question_set, self.t)

    def keys(self) -> Iterable[Key]:
        yield from super().keys()
        yield Key("→", self.t("next step"), "next")

    def help_text(self) -> str:
        t = self.t
        return "\n".join(
            (
                t("A new session"),
                "",
                t("Choose a line to fill it in. Choose it again to change it."),
                t("→ goes on to the next step, ← and Esc go back. Nothing is made until the end."),
            )
        )

    def on_key(self, event: events.Key) -> None:
        """→ and ← turn the page; Textual hands every key to `ListScreen.on_key` too."""
        if event.key == "right":
            event.stop()
            self.action_next()
        elif event.key in ("left", "backspace"):
            event.stop()
            self._turn(-1)

    def choose(self, row: str) -> None:
        """Fill in a line, or go on."""
        if row == pages.NEXT:
            self.action_next()
        elif row == pages.MAKE:
            self._make()
        else:
            self._fill_in(row)

    def action_next(self) -> None:
        """Go on, unless something on this page is still needed."""
        needed = say.needed(self.page, self.draft)
        if needed:
            self.say(self.t(needed))
        elif self.page is WizardPage.OVERVIEW:
            self._make()
        else:
            self._turn(1)

    def _turn(self, by: int) -> None:
        self._page = min(max(self._page + by, 0), len(PAGES) - 1)
        self.choices.show(())  # another page begins at its first row
        self.fill()

    async def action_back(self) -> None:
        """To the page before; from the first one leaves, after asking if anything would be lost."""
        if self._page:
            self._turn(-1)
        elif self.draft.is_empty:
            self.dismiss(None)
        else:
            self._leave()

    @work(exclusive=True, group="do")
    async def _leave(self) -> None:
        if await self._may_be_lost():
            self.dismiss(None)

    async def leave(self) -> None:
        """Ctrl+Q: end the program, after asking if anything would be lost."""
        if self.draft.is_empty or await self._may_be_lost():
            self.bart.exit(0)

    async def _may_be_lost(self) -> bool:
        t = self.t
        text = t("What you filled in is then gone. No session was made.")
        # Going on comes first: a second key, pressed too soon, must lose nothing.
        answers = [("stay", t("Go on filling in")), ("stop", t("Stop"))]
        said = await self.bart.ask(Choose(t("Stop making a session?"), text, answers))
        return bool(said == "stop")

    @work(exclusive=True, group="do")
    async def _fill_in(self, row: str) -> None:
        kind, _, what = row.partition(":")
        if kind == "title":
            await self._ask_title()
        elif kind == "name":
            await self._ask_name()
        elif kind == "set":
            self.draft = self.draft.with_set(what)
            self._turn(1)
            return
        elif kind == "people":
            await self._people(what)
            self.fill()
            self.choices.action_move(1)  # most people fill in one party after the other
        elif kind == "add":
            await self._add_party(what)
        elif kind in ("decision", "functions"):
            await self._words(kind, what)
        elif kind == "guess":
            await self._guess(what)
        elif kind == "k":
            await self._k()
        elif kind == "until":
            await self._keep_until()
        elif kind == "source":
            draft = await ask_source(self, self.draft, self.draft.asking(self.question_set), what)
            self.draft = draft
        else:
            self._page = PAGES.index(WizardPage(what))
            self.choices.show(())
        self.fill()

    async def _line(self, title: str, text: str, value: str = "") -> str | None:
        said: str | None = await self.bart.ask(AskLine(self.t(title), self.t(text), value))
        return said

    async def _ask_title(self) -> None:
        said = await self._line(*say.ASK_TITLE, self.draft.title)
        if said:
            follows = self.draft.name in ("", free_name(self._store, self.draft.title))
            name = free_name(self._store, said) if follows else self.draft.name
            self.draft = replace(self.draft, title=said, name=name)
            self.choices.point_at(pages.NEXT)

    async def _ask_name(self) -> None:
        said = await self._line(*say.ASK_NAME, self.draft.name)
        if said and await self._is_free(said):
            self.draft = replace(self.draft, name=said)

    async def _is_free(self, name: str) -> bool:
        try:
            must_be_free(self._store, name)
        except BartError as error:
            await self.tell(self.t("That name cannot be used"), self.describe_error(error))
            return False
        return True

    async def _people(self, party: str) -> None:
        now = self.draft.people(party)
        people = await self._number(say.ASK_PEOPLE, str(now) if now else "", 0)
        if people is not None:
            self.draft = self.draft.with_people(party, people)

    async def _add_party(self, kind: str) -> None:
        what = self.question_set.parties[kind]
        said = await self._line(*(say.ASK_OWN_PARTY if what.named_by_session else say.ASK_PARTY))
        if not said:
            return
        name, called = named_party(kind, what, said, self.language)
        people = await self._number(say.ASK_PEOPLE, "", 1)
        if people:
            self.draft = self.draft.with_people(name, people, called)

    async def _number(self, asked: tuple[str, str], value: str, least: int) -> int | None:
        """A number, asked again until it is one; None when somebody goes back."""
        title, text = asked
        while (said := await self._line(title, text, value)) is not None:
            number = number_in(said, least)
            if number is not None:
                return number
            text = say.NOT_A_NUMBER
        return None

    async def _words(self, kind: str, what: str) -> None:
        """A line in a list of own words: added, changed, or taken away with a single dash."""
        are_decisions = kind == "decision"
        draft = self.draft
        before = tuple(draft.decisions.values()) if are_decisions else draft.functions
        asked = say.ASK_DECISION if are_decisions else say.ASK_FUNCTION
        old = before[int(what)] if what else ""
        said = await self._line(*asked, old)
        if not said:
            return
        after = [each for each in before if each != old]
        if said != say.REMOVE:
            after.insert(int(what) if what else len(after), said)
        changed = tuple(dict.fromkeys(after))
        self.draft = (
            draft.with_decisions(changed) if are_decisions else replace(draft, functions=changed)
        )

    async def _k(self) -> None:
        title, text = say.ASK_K
        while (said := await self._line(title, text, str(self.draft.k))) is not None:
            number = number_in(said, 2, 50)
            if number is not None:
                self.draft = replace(self.draft, k=number)
                return
            text = say.NOT_A_K

    async def _guess(self, kind: str) -> None:
        """Let the others guess about `kind`, or not; of one person only when that one agreed."""
        t, asked = self.t, self.question_set
        wanted = kind not in self.draft.guessed(asked)
        is_alone = wanted and self.draft.is_alone(kind, asked)
        if is_alone:
            text = t(
                "A party of one person: the others would guess about that one person. Ask for "
                "consent first."
            )
            if not await self.confirmed(t("Does this person agree?"), text, t("Yes, agreed")):
                return
        self.draft = self.draft.with_guess(kind, wanted=wanted, has_consent=is_alone)

    async def _keep_until(self) -> None:
        title, text = say.ASK_UNTIL
        before = self.draft.keep_until
        while (said := await self._line(title, text, str(before or ""))) is not None:
            if said == say.REMOVE:
                self.draft = replace(self.draft, keep_until=None)
                return
            until = day_in(said)
            if until is not None:
                self.draft = replace(self.draft, keep_until=until)
                return
            text = say.NOT_A_DATE

    @work(exclusive=True, group="do")
    async def _make(self) -> None:
        draft = replace(self.draft.tidied(self.question_set), language=self.language)
        opened = await self.attempt(lambda: new_session(self._store, draft))
        if opened is not None:
            await self.bart.ask(Codes(opened))
            self.dismiss(opened.session.session)
