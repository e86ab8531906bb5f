"""A new session, page by page: each a list of what is filled in; at the end who gets which code."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Literal, TypeVar

from textual import events, work

from bart_tool.domain.days import day_in
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.session import party_label
from bart_tool.errors import BartError
from bart_tool.store import rule_lists
from bart_tool.store.protocol import Store
from bart_tool.tui.dialogs import AskLine, Choose
from bart_tool.tui.facilitator import new_session_pages as pages
from bart_tool.tui.facilitator.new_session_pages import PAGES, WizardPage
from bart_tool.tui.facilitator.sources import ask_source
from bart_tool.tui.key_bar import Key
from bart_tool.tui.list_screen import ListScreen, choice
from bart_tool.tui.text import GAP, Part, Row, heading, plain
from bart_tool.wording.translation import N_
from bart_tool.workflow.answering.lock import draw_pins
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.prepare import free_name, must_be_free, new_session, shipped_sets
from bart_tool.workflow.session_draft import SessionDraft, named_party, number_in

V = TypeVar("V")


class NewSession(ListScreen[str]):
    """Gives the name of the session that was made, None when none was."""

    HELP_LINES = (
        N_("A new session"),
        "",
        N_("Choose a line to fill it in. Choose it again to change it."),
        N_("→ goes on to the next step, ← and Esc go back. Nothing is made until the end."),
    )

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._page = 0
        self.draft = SessionDraft()
        self._sets = shipped_sets()
        self._rules = rule_lists.shipped()

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
            page=self.t(pages.TITLES[self.page]),
        )

    def body(self) -> str:
        return self.t(pages.TEXTS[self.page])

    def listed(self) -> Iterable[Row]:
        """What is filled in on this page, and the way on."""
        if self.page is WizardPage.SET:
            return pages.sets(self.draft, self._sets, self.t)
        if self.page is WizardPage.SOURCES:
            return pages.sources(self.draft, self.question_set, self._rules, self.t)
        return pages.rows(self.page, self.draft, self.question_set, self.t)

    def keys(self) -> Iterable[Key]:
        yield from super().keys()
        yield Key("→", self.t("next step"), "next")

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
        needed = pages.needed(self.page, self.draft)
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
        ways: dict[str, Callable[[str], Awaitable[None]]] = {
            "title": self._ask_title,
            "name": self._ask_name,
            "people": self._people,
            "add": self._add_party,
            "ask": self._choose_decision,
            "decision": self._ask_decision,
            "functions": self._ask_function,
            "guess": self._guess,
            "k": self._k,
            "until": self._keep_until,
            "pins": self._pins,
            "source": self._source,
            "rule": self._rule,
        }
        if kind == "set":
            self.draft = self.draft.with_set(what)
            self._turn(1)
        elif kind == "page":
            self._page = PAGES.index(WizardPage(what))
            self._turn(0)
        else:
            await ways[kind](what)
            self.fill()
        if kind == "people":
            self.choices.action_move(1)  # most people fill in one party after the other

    async def _line(self, title: str, text: str, value: str = "") -> str | None:
        said: str | None = await self.bart.ask(AskLine(self.t(title), self.t(text), value))
        return said

    async def _ask_title(self, _row: str) -> None:
        said = await self._line(*pages.ASK_TITLE, self.draft.title)
        if said:
            follows = self.draft.name in ("", free_name(self._store, self.draft.title))
            name = free_name(self._store, said) if follows else self.draft.name
            self.draft = replace(self.draft, title=said, name=name)
            self.choices.point_at(pages.NEXT)

    async def _ask_name(self, _row: str) -> None:
        said = await self._line(*pages.ASK_NAME, self.draft.name)
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
        people = await self._number(str(now) if now else "", 0)
        if people is not None:
            self.draft = self.draft.with_people(party, people)

    async def _add_party(self, kind: str) -> None:
        what = self.question_set.parties[kind]
        said = await self._line(
            *(pages.ASK_OWN_PARTY if what.named_by_session else pages.ASK_PARTY)
        )
        if not said:
            return
        name, called = named_party(kind, what, said, self.language)
        people = await self._number("", 1)
        if people:
            self.draft = self.draft.with_people(name, people, called)

    async def _until_right(
        self, asked: tuple[str, str], value: str, read: Callable[[str], V | None], wrong: str
    ) -> V | None:
        title, text = map(self.t, asked)
        return await self.asked(title, text, value, read, self.t(wrong))

    async def _number(self, value: str, least: int) -> int | None:
        """A number of people, None when somebody goes back."""
        read = partial(number_in, least=least)
        return await self._until_right(pages.ASK_PEOPLE, value, read, pages.NOT_A_NUMBER)

    async def _choose_decision(self, decision: str) -> None:
        self.draft = self.draft.with_decision_asked(decision, self.question_set)

    async def _ask_decision(self, place: str) -> None:
        before = tuple(self.draft.decisions.values())
        after = await self._words(pages.ASK_DECISION, before, place)
        self.draft = self.draft if after is None else self.draft.with_decisions(after)

    async def _ask_function(self, place: str) -> None:
        after = await self._words(pages.ASK_FUNCTION, self.draft.functions, place)
        self.draft = self.draft if after is None else replace(self.draft, functions=after)

    async def _words(
        self, asked: tuple[str, str], before: tuple[str, ...], place: str
    ) -> tuple[str, ...] | None:
        """A line in a list of own words: added, changed, or taken away with a single dash."""
        old = before[int(place)] if place else ""
        said = await self._line(*asked, old)
        if not said:
            return None
        after = [each for each in before if each != old]
        if said != pages.REMOVE:
            after.insert(int(place) if place else len(after), said)
        return tuple(dict.fromkeys(after))

    async def _k(self, _row: str) -> None:
        read = partial(number_in, least=3, most=50)
        k = await self._until_right(pages.ASK_K, str(self.draft.k), read, pages.NOT_A_K)
        if k is not None:
            self.draft = replace(self.draft, k=k)

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

    async def _keep_until(self, _row: str) -> None:
        def read(said: str) -> date | Literal["-"] | None:
            return "-" if said == pages.REMOVE else day_in(said)

        before = str(self.draft.keep_until or "")
        until = await self._until_right(pages.ASK_UNTIL, before, read, pages.NOT_A_DATE)
        if until is not None:
            day = until if isinstance(until, date) else None
            self.draft = replace(self.draft, keep_until=day)

    async def _rule(self, name: str) -> None:
        self.draft = self.draft.with_rule(name, self._rules[name])

    async def _pins(self, _row: str) -> None:
        self.draft = replace(self.draft, pins=not self.draft.pins)

    async def _source(self, key: str) -> None:
        asked = self.draft.asking(self.question_set)
        self.draft = await ask_source(self, self.draft, asked, key)

    @work(exclusive=True, group="do")
    async def _make(self) -> None:
        draft = replace(self.draft.tidied(self.question_set), language=self.language)
        opened = await self.attempt(lambda: new_session(self._store, draft))
        if opened is None:
            return
        drawn = await self.attempt(lambda: draw_pins(opened)) if draft.pins else None
        await self.bart.ask(Codes(opened, drawn or {}))
        self.dismiss(opened.session.session)


GO_ON = "go-on"


class Codes(ListScreen[None]):
    """Shows every code, by party."""

    def __init__(self, opened: OpenSession, pins: Mapping[str, str]) -> None:
        super().__init__()
        self._opened = opened
        self._pins = pins

    def headline(self) -> str:
        return self.t("The session is ready for answers")

    def body(self) -> str:
        """What to do with the codes."""
        name = self._opened.session.session
        return "\n".join(
            (
                self.t("Give everybody their own code. Keep who has which code to yourself."),
                self.t("You can see the codes again at any time, in the session."),
                *(
                    [self.t("Write each PIN on its card now: it is told only here.")][
                        : len(self._pins)
                    ]
                ),
                "",
                self.t("On another computer with this folder: bart answer {name} CODE", name=name),
                self.t("The folder: {folder}", folder=plain(self._opened.folder.where())),
            )
        )

    def listed(self) -> Iterable[Row]:
        """The codes, and on to the session."""
        yield choice("→", GO_ON, self.t("To the session"))
        session = self._opened.session
        for party in session.parties:
            codes = [code for code, of in session.party_of.items() if of == party.id]
            yield GAP
            yield heading(plain(party_label(self._opened.question_set, party, self.language)))
            if self._pins:
                yield from (
                    Row("", self.t("{code}  PIN {pin}", code=code, pin=self._pins[code]))
                    for code in codes
                )
            else:
                yield Row("", under=(tuple(Part(f"{code}   ") for code in codes),))

    def choose(self, row: str) -> None:
        if row == GO_ON:
            self.dismiss(None)
