"""Handing the laptop on: somebody answers alone, and the facilitator gets it back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bart_tool.domain.session import party_label
from bart_tool.errors import BartError
from bart_tool.tui.at_work import FacilitatorScreen
from bart_tool.tui.facilitator.next_step import Stage
from bart_tool.tui.key_bar import Key
from bart_tool.tui.list_screen import choice
from bart_tool.tui.participant.flow import visit
from bart_tool.tui.text import GAP, Row, heading, plain
from bart_tool.wording.labels import STATES, label
from bart_tool.workflow.answering.context import AnswerContext, session_context
from bart_tool.workflow.open_session import OpenSession, open_session

if TYPE_CHECKING:
    from bart_tool.workflow.phases import Presence

HERE = "here"


class WhoAnswers(FacilitatorScreen[str]):
    """Whose turn it is; gives the code, None for going back."""

    def __init__(self, opened: OpenSession, stage: Stage) -> None:
        super().__init__()
        self._opened = opened
        self._stage = stage

    def headline(self) -> str:
        return self.t("Who is going to answer?")

    def body(self) -> str:
        if not self._due:
            return self.t("Everybody has handed in. Nobody needs the laptop any more.")
        return self.t("Choose a code. Whoever has handed in is not in the list.")

    @property
    def _due(self) -> "tuple[Presence, ...]":
        reopened = self._opened.session.reopened
        people = self._stage.status.participants
        return tuple(p for p in people if p.state != "submitted" or p.code in reopened)

    def listed(self) -> Iterable[Row]:
        """Those who may still answer, by party."""
        number = 0
        for party in self._stage.status.parties:
            people = [each for each in self._due if each.party == party.id]
            if people:
                yield heading(plain(party_label(self._opened.question_set, party, self.language)))
            for person in people:
                number += 1
                key = str(number) if number < 10 else ""
                says = label(STATES, person.state, self.language)
                yield choice(key, person.code, f"{person.code}  {says}")
            if people:
                yield GAP

    def choose(self, row: str) -> None:
        self.dismiss(row)


class Passing(FacilitatorScreen[str]):
    """A screen with nothing on it but to whom the laptop goes; gives "here", None for back."""

    def __init__(self, code: str, *, back: bool = False) -> None:
        super().__init__()
        self._code = code
        self._back = back

    def headline(self) -> str:
        if self._back:
            return self.t("Give the laptop back to the facilitator")
        return self.t("Give the laptop to {code}", code=self._code)

    def body(self) -> str:
        if self._back:
            return self.t("Your answers are no longer on the screen. Thank you.")
        return self.t(
            "{code} answers alone. Nobody looks on. Whoever takes the laptop chooses the line "
            "below.",
            code=self._code,
        )

    def listed(self) -> Iterable[Row]:
        if self._back:
            yield choice("1", HERE, self.t("I am the facilitator"))
        else:
            yield choice("1", HERE, self.t("I am {code}", code=self._code))

    def keys(self) -> Iterable[Key]:
        """Back only where it leads to the facilitator's own screen."""
        t = self.t
        yield Key("Enter", t("choose"), "choose")
        if not self._back:
            yield Key("Esc", t("back"), "back")
        yield Key("F3", t("in Dutch"), "app.other_language")

    def choose(self, row: str) -> None:
        """The laptop is where it should be."""
        self.dismiss(row)


async def hand_on(screen: FacilitatorScreen[None], opened: OpenSession, stage: Stage) -> None:
    """Ask who answers, and let them."""
    code = await screen.bart.ask(WhoAnswers(opened, stage))
    if code:
        await pass_to(screen, opened, code)


async def pass_to(screen: FacilitatorScreen[None], opened: OpenSession, code: str) -> None:
    """Let `code` answer on this laptop; afterwards it goes back to the facilitator."""

    def context() -> AnswerContext:
        now = open_session(opened.folder.store, opened.session.session)
        return session_context(now, code)

    if not await screen.bart.ask(Passing(code)):
        return
    taken = await screen.attempt(context)
    if taken is None:
        return
    try:
        await visit(screen.bart, taken)
    except BartError as error:
        await screen.tell(screen.t("That did not work"), screen.describe_error(error))
        return
    await screen.bart.ask(Passing(code, back=True))
