"""One agreement on the screen: each part can be filled in or changed, and is kept at once."""

import asyncio
from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from bart_tool.domain.agreement import Agreement, Check, Test
from bart_tool.domain.base import Language
from bart_tool.errors import BartError, Problem
from bart_tool.tui.base import Command
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.discuss import asking
from bart_tool.tui.discuss.asking import WALK, Ask, Fields
from bart_tool.tui.discuss.at_table import ListAtTable
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.tui.key_bar import Key
from bart_tool.tui.list_screen import choice
from bart_tool.tui.text import GAP, Part, Row, heading, plain
from bart_tool.wording.agreements import assent, position, status
from bart_tool.wording.labels import BOUNDARY_TESTS, TESTED, label
from bart_tool.wording.messages import problem_sentence
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import Words
from bart_tool.workflow import agree
from bart_tool.workflow.agree import questions

# Row -> what asks it anew.
PARTS: dict[str, Ask] = {
    "sentence": asking.ask_sentence,
    "parties": asking.ask_parties,
    "mandate": asking.ask_mandate,
    "owner": asking.ask_owner,
    "check_on": asking.ask_date,
    "written_in": asking.ask_where,
    "specified": asking.ask_specified,
    "agreed": asking.ask_agreed,
}
CHECK, REMOVE = "check", "remove"
STAY = "stay"
OWNER_DOUBT = "agreement-owner-below-line"


class AgreementScreen(ListAtTable[agree.Removed]):
    """An agreement with all its parts. A new one is asked through once; Esc stops that.

    It closes with what was taken out, so that it can be put back; else with None.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("g", "back", show=False)]

    def __init__(self, meeting: Meeting, agreement: Agreement, *, is_new: bool = False) -> None:
        super().__init__(meeting)
        self.agreement = agreement
        self.questions: tuple[Problem, ...] = ()  # what is still to be asked about it
        self._questions_in: Language | None = None
        self._is_new = is_new
        self._knows = not is_new  # within whose mandate it is was said
        self._asked: set[str] = set()

    def headline(self) -> str:
        return self.t("Agreement: {title}", title=self.title_of(self.agreement.topic))

    def listed(self) -> Iterable[Row]:
        """The parts, and what else can be done."""
        t = self.t
        for number, (part, says, value) in enumerate(self._parts(), 1):
            said = plain(value) if value else t("not filled in yet")
            yield choice(str(number), part, f"{says}: {said}")
        yield GAP
        if self.agreement.checks:
            last = self.agreement.checks[-1]
            day = self.meeting.names(self.language).t.day(last.on)
            kept = label(TESTED, last.kept, self.language)
            yield heading(t("Looked at on {day}: kept {kept}", day=day, kept=kept))
            if last.note:
                yield Row("", plain(last.note))
        yield choice("c", CHECK, t("Look back: was it kept?"))
        yield choice("x", REMOVE, t("Take this agreement out"))
        if self.questions:
            yield GAP
            yield heading(t("Still to settle:"))
        for each in self.questions:
            yield Row("", plain(problem_sentence(each, self.language)), lead=(Part("- "),))

    def _parts(self) -> Iterable[tuple[str, str, str]]:
        t, each = self.t, self.agreement
        names = self.meeting.names(self.language)
        yield "sentence", t("Sentence"), each.sentence
        yield "parties", t("Agreed by"), assents(each, names)
        yield "mandate", t("Mandate"), status(each, names)
        yield "owner", t("Sees to it"), position(each.owner, names) if each.owner else ""
        yield "check_on", t("Look again"), names.t.day(each.check_on) if each.check_on else ""
        yield "written_in", t("Written down in"), each.written_in
        yield "specified", self._test("specified"), self._tested(each.specified)
        yield "agreed", self._test("agreed"), self._tested(each.agreed)

    def _test(self, name: str) -> str:
        return upper_first(label(BOUNDARY_TESTS, name, self.language))

    def _tested(self, outcome: Test | None) -> str:
        return label(TESTED, outcome, self.language) if outcome else ""

    def keys(self) -> Iterable[Key]:
        """Changing and going back: everything is kept already."""
        t = self.t
        yield Key("Enter", t("change"), "choose")
        yield Key("g", self.t("done"), "back")
        yield from self.last_keys()

    def commands(self) -> Iterable[Command]:
        yield Command(self.t("Look back: was it kept?"), f"part('{CHECK}')")
        yield Command(self.t("Take this agreement out"), f"part('{REMOVE}')")

    def help_text(self) -> str:
        t = self.t
        return "\n".join(
            (
                t("An agreement"),
                "",
                t("A boundary works when it is specified, agreed and kept."),
                t("Specified: somebody who was not here would know what to do."),
                t("Agreed: you talked it through and every party agrees."),
                t("Kept: that you look at later, on the day that you choose now."),
                "",
                t("Each part is kept as soon as you fill it in."),
                t("Name positions, no people: the page of agreements may be public."),
                t("Arrows move, Enter or a digit changes, Esc goes back."),
            )
        )

    def on_mount(self) -> None:
        """A new agreement is asked through."""
        if self._is_new:
            self._ask_through()

    def fill(self) -> None:
        """Write everything anew; in another language the questions name things otherwise too."""
        super().fill()
        if self._questions_in != self.language:
            self._read_questions()

    @work(exclusive=True, group="read")
    async def _read_questions(self) -> None:
        # The answers are compared for them, which takes too long for the screen to wait for.
        language, meeting, agreement = self.language, self.meeting, self.agreement
        today = meeting.clocks.today()
        self._questions_in = language
        try:
            asked = await asyncio.to_thread(questions, meeting.opened, agreement, today, language)
        except BartError:  # a file beside it cannot be read; saving tells so
            asked = ()
        if agreement == self.agreement:
            self.questions = asked
            self.choices.show(self.listed(), self.choices.row_id)

    @work(exclusive=True, group="do")
    async def _ask_through(self) -> None:
        self.say(self.t.of("answer", "kept"))
        for ask in WALK:
            fields = await ask(self, self.agreement)
            if fields is None:
                break
            self._knows = self._knows or "mandate" in fields
            if not await self._keep(fields):
                break
        self._knows = True

    def action_part(self, row: str) -> None:
        self.choose(row)

    def choose(self, row: str) -> None:
        """Change a part, look back, or take it out."""
        self._do(row)

    @work(exclusive=True, group="do")
    async def _do(self, row: str) -> None:
        if row == CHECK:
            await self._check()
        elif row == REMOVE:
            await self._remove()
        else:
            fields = await PARTS[row](self, self.agreement)
            if fields is not None:
                await self._keep(fields)

    async def _keep(self, fields: Fields) -> bool:
        """Keep changed parts; whether that worked. What goes beyond a mandate is asked at once."""
        before, meeting = self.agreement, self.meeting
        after = before.changed(**fields)
        if after == before:
            return await self._ask_of_mandate()
        today, language = meeting.clocks.today(), self.language
        saved = await self.attempt(
            lambda: agree.change(meeting.opened, before, after, today, language)
        )
        if saved is None:
            return False
        self.agreement, self.questions = saved.agreement, saved.questions
        self.fill()
        self.say(self.t.of("answer", "kept"))
        return await self._ask_of_mandate()

    async def _ask_of_mandate(self) -> bool:
        """Ask of each doubt once, when it arises; whether one goes on with what is asked next."""
        if not self._knows:  # within whose mandate it is comes next
            return True
        new = [
            each
            for each in self.questions
            if each.where.item == "mandate" and each.code not in self._asked
        ]
        if not new:
            return True
        t, doubt = self.t, new[0]
        self._asked.add(doubt.code)
        ways = [
            ("submitted", t("Put it to somebody who may decide it")),
            ("fixed", t("It is laid down already")),
            ("parked", t("Park it")),
            (STAY, t("Leave it so: it is within our mandate")),
        ]
        if doubt.code == OWNER_DOUBT:
            ways.insert(0, ("owner", t("Choose another position that sees to it")))
        title = t("The answers say otherwise")
        text = problem_sentence(doubt, self.language)
        way = await self.bart.ask(Choose(title, text, ways))
        if way in (None, STAY):
            return await self._ask_of_mandate()
        asked = PARTS["owner"](self, self.agreement) if way == "owner" else None
        chosen = await (asked or asking.mandate_words(self, self.agreement, way))
        return await self._keep(chosen) if chosen is not None else True

    async def _check(self) -> None:
        t, meeting = self.t, self.meeting
        kept = await asking.ask_test(self, t("Was it kept?"), self.agreement.sentence)
        if kept is None:
            return
        text = t("What helped, or what stood in the way? You may leave this empty.")
        note = await asking.ask_words(self, t("Was it kept?"), text)
        if note is None:
            return
        again = await asking.ask_day(self, t("When do you look again?"), None)
        if again is None:
            return
        today = meeting.clocks.today()
        check = Check(on=today, kept=kept, note=note)
        name = self.agreement.id
        saved = await self.attempt(
            lambda: agree.record_check(meeting.opened, name, check, today, again_on=again.day)
        )
        if saved is not None:
            self.agreement = saved.agreement
            self._questions_in = None
            self.fill()
            self.say(t.of("answer", "kept"))

    async def _remove(self) -> None:
        t, meeting = self.t, self.meeting
        text = t("“{sentence}” leaves the list.", sentence=self.agreement.sentence)
        if not await self.confirmed(t("Take this agreement out"), text, t("Take it out")):
            return
        name = self.agreement.id
        removed = await self.attempt(lambda: agree.remove(meeting.opened, name))
        if removed is not None:
            self.dismiss(removed)


def assents(agreement: Agreement, names: Naming) -> str:
    """Who agrees, each with their condition; empty when nobody is named."""
    return "; ".join(assent(each, names) for each in agreement.parties)


def in_short(agreement: Agreement, names: Naming, t: Words) -> Iterator[str]:
    """What a list says of it: status, who sees to it, when it is looked at, and was it kept."""
    yield status(agreement, names)
    if agreement.owner:
        yield t("{owner} sees to it", owner=position(agreement.owner, names))
    if agreement.check_on:
        yield t("look again on {day}", day=names.t.day(agreement.check_on))
    if agreement.kept:
        yield t("kept: {kept}", kept=label(TESTED, agreement.kept, names.language))


def aloud(agreement: Agreement, names: Naming, t: Words) -> Iterator[str]:
    """The lines that are read aloud below the sentence."""
    said = assents(agreement, names)
    if said:
        yield t("Agreed by: {parties}.", parties=said)
    elif agreement.mandate != "parked":
        yield t("No party has agreed to it yet.")
    yield upper_first(status(agreement, names)) + "."
    if agreement.owner:
        owner = upper_first(position(agreement.owner, names))
        yield t("{owner} sees to it.", owner=owner)
    else:
        yield t("Nobody sees to it yet.")
    if agreement.check_on:
        yield t("We look again on {day}.", day=names.t.day(agreement.check_on))
    else:
        yield t("There is no day yet to look again.")
    if agreement.written_in:
        yield t("It will stand in: {where}.", where=agreement.written_in)
