"""What may be set of a new session and never has to be: decisions, functions, rules, a date."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar

from textual import work

from bart_tool.domain.days import day_in
from bart_tool.domain.question_set import QuestionSet
from bart_tool.errors import BartError
from bart_tool.store import rule_lists
from bart_tool.store.protocol import Store
from bart_tool.tui.dialogs import AskLine
from bart_tool.tui.facilitator import more_pages as pages
from bart_tool.tui.facilitator.more_pages import LISTS, MoreOf
from bart_tool.tui.facilitator.sources import ask_source
from bart_tool.tui.key_bar import quiet
from bart_tool.tui.list_screen import ListScreen
from bart_tool.tui.text import Row
from bart_tool.wording.messages import problem_sentence
from bart_tool.wording.translation import N_
from bart_tool.workflow.prepare import must_be_free
from bart_tool.workflow.retention import past
from bart_tool.workflow.session_draft import SessionDraft, number_in

V = TypeVar("V")


class More(ListScreen[SessionDraft]):
    """Gives the draft with what was set; `part` is what is opened at once."""

    BINDINGS = quiet(("f2", "back"))
    HELP_LINES = (
        N_("More"),
        "",
        N_("Nothing here has to be filled in."),
        N_("Choose a line to fill it in. Choose it again to change it."),
        N_("Esc goes back, and what you set is kept."),
    )

    def __init__(
        self, store: Store, draft: SessionDraft, question_set: QuestionSet, part: MoreOf | None
    ) -> None:
        super().__init__()
        self._store = store
        self._question_set = question_set
        self._rules = rule_lists.shipped()
        self._list: MoreOf | None = None
        self._first = part
        self.draft = draft

    def on_mount(self) -> None:
        super().on_mount()
        if self._first is not None:
            self.choices.point_at(self._first)
            self.choose(self._first)

    def headline(self) -> str:
        if self._list is None:
            return self.t("More: nothing here has to be filled in")
        return self.t(LISTS[self._list][0])

    def body(self) -> str:
        return "" if self._list is None else self.t(LISTS[self._list][1])

    def listed(self) -> Iterable[Row]:
        """Everything that can be set, or the list that was chosen."""
        t, draft, asked = self.t, self.draft, self._question_set
        match self._list:
            case MoreOf.DECISIONS:
                return pages.decisions(draft, asked, t)
            case MoreOf.FUNCTIONS:
                return pages.own_words(draft.functions, "function", t("Add a function"))
            case MoreOf.GUESSES:
                return pages.guesses(draft, asked, t)
            case MoreOf.SOURCES:
                return pages.sources(draft, asked, self._rules, t)
            case _:
                return pages.overview(draft, asked, t)

    async def action_back(self) -> None:
        """From a list to all that can be set; from there, with what was set."""
        if self._list is None:
            self.dismiss(self.draft)
        else:
            self._turn(None)

    def _turn(self, to: MoreOf | None) -> None:
        before, self._list = self._list, to
        self.choices.show(())  # another list begins at its first row
        self.fill()
        if before is not None:
            self.choices.point_at(before)
        self.wait_until_seen()

    def choose(self, row: str) -> None:
        """Open a list, or fill in a line."""
        if row in LISTS:
            self._turn(MoreOf(row))
        else:
            self._fill_in(row)

    @work(exclusive=True, group="do")
    async def _fill_in(self, row: str) -> None:
        kind, _, what = row.partition(":")
        ways: dict[str, Callable[[str], Awaitable[None]]] = {
            MoreOf.NAME: self._ask_name,
            MoreOf.K: self._k,
            MoreOf.UNTIL: self._keep_until,
            "ask": self._choose_decision,
            "decision": self._ask_decision,
            "function": self._ask_function,
            "guess": self._guess,
            "source": self._source,
            "rule": self._rule,
        }
        await ways[kind](what)
        self.fill()

    async def _ask_name(self, _row: str) -> None:
        title, text = map(self.t, pages.ASK_NAME)
        said = await self.bart.ask(AskLine(title, text, self.draft.name, wrong=self._not_free))
        if said:
            self.draft = replace(self.draft, name=said)

    def _not_free(self, name: str) -> str:
        """Why no session can have this name; empty when one can."""
        try:
            must_be_free(self._store, name)
        except BartError as error:
            return self.describe_error(error)
        return ""

    async def _choose_decision(self, decision: str) -> None:
        self.draft = self.draft.with_decision_asked(decision, self._question_set)

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
        said = await self.bart.ask(AskLine(self.t(asked[0]), self.t(asked[1]), old))
        if not said:
            return None
        after = [each for each in before if each != old]
        if said != pages.REMOVE:
            after.insert(int(place) if place else len(after), said)
        return tuple(dict.fromkeys(after))

    async def _until_right(
        self, asked: tuple[str, str], value: str, read: Callable[[str], V | None], wrong: str
    ) -> V | None:
        title, text = map(self.t, asked)
        return await self.asked(title, text, value, read, self.t(wrong))

    async def _k(self, _row: str) -> None:
        read = partial(number_in, least=3, most=50)
        k = await self._until_right(pages.ASK_K, str(self.draft.k), read, pages.NOT_A_K)
        if k is not None:
            self.draft = replace(self.draft, k=k)

    async def _guess(self, kind: str) -> None:
        """Let the others guess about `kind`, or not; of one person only when that one agreed."""
        t, asked = self.t, self._question_set
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
        title, text = map(self.t, pages.ASK_UNTIL)
        before = pages.day_typed(self.draft)
        said = await self.bart.ask(AskLine(title, text, before, wrong=self._not_until))
        if said:
            self.draft = replace(self.draft, keep_until=day_in(said))

    def _not_until(self, said: str) -> str:
        """Why answers cannot be erased by the day that was typed; empty when they can."""
        day = day_in(said)
        if day is None:
            return "" if said == pages.REMOVE else self.t(pages.NOT_A_DATE)
        wrong = past(day, date.today())
        return problem_sentence(wrong[0], self.language) if wrong else ""

    async def _rule(self, name: str) -> None:
        self.draft = self.draft.with_rule(name, self._rules[name])

    async def _source(self, key: str) -> None:
        asked = self.draft.asking(self._question_set)
        self.draft = await ask_source(self, self.draft, asked, key)
