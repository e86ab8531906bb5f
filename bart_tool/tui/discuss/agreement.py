"""One agreement on the screen, a new one step by step, and parking a topic with an owner."""

from collections.abc import Iterable, Iterator
from typing import Any

from textual import work

from bart_tool.domain.agreement import Agreement, AgreementDraft, Check
from bart_tool.domain.base import Language
from bart_tool.errors import BartError, Problem
from bart_tool.tui.base import Command
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.discuss import asking
from bart_tool.tui.discuss.asking import WALK, Ask, Fields
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.tui.discuss.screens import AtTable, ListAtTable
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.list_screen import choice
from bart_tool.tui.text import GAP, Row, bullet, heading, line, plain
from bart_tool.wording.agreements import assent, position, status, test_name, tested
from bart_tool.wording.labels import TESTED, label
from bart_tool.wording.messages import problem_sentence
from bart_tool.wording.naming import Naming, upper_first
from bart_tool.wording.translation import N_, Words
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
UNWRITTEN = "…"  # stands for the sentence until there is one; never saved


class AgreementScreen(ListAtTable[agree.Removed]):
    """An agreement with all its parts. A new one is asked through once; Esc stops that.

    It closes with what was taken out, so that it can be put back; else with None.
    """

    BINDINGS = quiet(("g", "back"))
    HELP_LINES = (
        N_("An agreement"),
        "",
        N_("A boundary works when it is specified, agreed and kept."),
        N_("Specified: somebody who was not here would know what to do."),
        N_("Agreed: you talked it through and every party agrees."),
        N_("Kept: that you look at later, on the day that you choose now."),
        "",
        N_("Each part is kept as soon as you fill it in."),
        N_("Name positions, no people: the page of agreements may be public."),
        N_("Arrows move, Enter or a digit changes, Esc goes back."),
    )

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
                yield line(last.note)
        yield choice("c", CHECK, t("Look back: was it kept?"))
        yield choice("x", REMOVE, t("Take this agreement out"))
        if self.questions:
            yield GAP
            yield heading(t("Still to settle:"))
        for each in self.questions:
            yield bullet(problem_sentence(each, self.language))

    def _parts(self) -> Iterable[tuple[str, str, str]]:
        t, each = self.t, self.agreement
        names = self.meeting.names(self.language)
        yield "sentence", t("Sentence"), each.sentence
        yield "parties", t("Agreed by"), assents(each, names)
        yield "mandate", t("Mandate"), status(each, names)
        yield "owner", t("Sees to it"), position(each.owner, names) if each.owner else ""
        yield "check_on", t("Look again"), names.t.day(each.check_on) if each.check_on else ""
        yield "written_in", t("Written down in"), each.written_in
        yield "specified", test_name("specified", names), tested(each.specified, names)
        yield "agreed", test_name("agreed", names), tested(each.agreed, names)

    def keys(self) -> Iterable[Key]:
        """Changing and going back: everything is kept already."""
        t = self.t
        yield Key("Enter", t("change"), "choose")
        yield Key("g", self.t("done"), "back")
        yield from self.last_keys()

    def commands(self) -> Iterable[Command]:
        yield Command(self.t("Look back: was it kept?"), f"row('{CHECK}')")
        yield Command(self.t("Take this agreement out"), f"row('{REMOVE}')")

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
            asked = await self.beside(lambda: questions(meeting.opened, agreement, today, language))
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


def sentences_on(meeting: Meeting, topic: str) -> tuple[str, ...]:
    """The sentences that were agreed on a topic; none where that cannot be read now."""
    return tuple(each.sentence for each in kept(meeting) if each.topic == topic)


def kept(meeting: Meeting) -> tuple[Agreement, ...]:
    """Everything that was agreed; nothing where that cannot be read now."""
    try:
        return agree.agreements(meeting.opened).agreements
    except BartError:
        return ()


async def new_agreement(screen: AtTable[Any], topic: str) -> None:
    """Write down an agreement on `topic`: first the sentence, then the rest on its own screen."""
    blank = AgreementDraft(topic=topic, sentence=UNWRITTEN)
    fields = await asking.ask_sentence(screen, blank.model_copy(update={"sentence": ""}))
    if fields is None:
        return
    saved = await save_new(screen, blank.changed(**fields))
    if saved is not None:
        await screen.bart.ask(AgreementScreen(screen.meeting, saved.agreement, is_new=True))


async def park(screen: AtTable[Any], topic: str) -> bool:
    """Park `topic` with what must still happen, an owner and a day; whether that was done.

    Esc goes back one question with everything kept, and from the first one out.
    """
    said = screen.t("We are not through with this: {title}.", title=screen.title_of(topic))
    draft = AgreementDraft(topic=topic, sentence=said, mandate="parked")
    asks = (_ask_what_is_left, asking.ask_owner, asking.ask_date)
    step = 0
    while step < len(asks):
        fields = await asks[step](screen, draft)
        if fields is not None:
            draft, step = draft.changed(**fields), step + 1
        elif step:
            step -= 1
        else:
            return False
    return await save_new(screen, draft) is not None


async def _ask_what_is_left(screen: AtTable[Any], draft: AgreementDraft) -> dict[str, Any] | None:
    t = screen.t
    text = t("What must still be settled? It stays among the agreements, so that it is not lost.")
    sentence = await asking.ask_line(screen, t("Park this topic"), text, draft.sentence)
    return None if sentence is None else {"sentence": sentence}


async def save_new(screen: AtTable[Any], draft: AgreementDraft) -> agree.Saved | None:
    """Keep a new agreement; None when that did not work, which is then told."""
    meeting = screen.meeting
    today = meeting.clocks.today()
    saved = await screen.attempt(lambda: agree.agree(meeting.opened, draft, today))
    if saved is not None:
        meeting.opened = saved.opened
    return saved
