"""One agreement on the screen, a new one step by step, and parking a topic with an owner."""

from collections.abc import Iterable, Iterator
from typing import Any

from textual import work

from bart_tool.domain.agreement import Agreement, AgreementDraft, Check, Withdrawal
from bart_tool.domain.agreement_checks import acting_unagreed
from bart_tool.domain.base import Language
from bart_tool.errors import BartError, Problem
from bart_tool.tui.base import Command
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.discuss import asking
from bart_tool.tui.discuss.agreement_words import assents
from bart_tool.tui.discuss.asking import WALK, Ask, Fields
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.tui.discuss.screens import AtTable, ListAtTable
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.list_screen import choice
from bart_tool.tui.text import GAP, Row, bullet, heading, line, plain
from bart_tool.wording.agreements import (
    doers,
    formal_line,
    position,
    status,
    test_name,
    tested,
    unagreed,
)
from bart_tool.wording.labels import TESTED, label
from bart_tool.wording.messages import problem_sentence
from bart_tool.wording.translation import N_
from bart_tool.workflow import agree
from bart_tool.workflow.agree import questions

# Row -> what asks it anew.
PARTS: dict[str, Ask] = {
    "sentence": asking.ask_sentence,
    "parties": asking.ask_parties,
    "done_by": asking.ask_done_by,
    "owner": asking.ask_owner,
    "mandate": asking.ask_mandate,
    "check_on": asking.ask_date,
    "written_in": asking.ask_where,
    "specified": asking.ask_specified,
    "agreed": asking.ask_agreed,
}
CHECK, UNAGREED, PARK, WITHDRAW, REMOVE = "check", "unagreed", "park", "withdraw", "remove"
TOUCHING = {"parties", "done_by", "owner", "mandate"}  # who must act, and who agreed
STAY = "stay"
OWNER_DOUBT = "agreement-owner-below-line"
UNSAID = "agreement-without-mandate"  # asked in the walk, and no doubt
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
        self._asked: set[str] = set()

    def headline(self) -> str:
        return self.t("Agreement: {title}", title=self.title_of(self.agreement.topic))

    def listed(self) -> Iterable[Row]:
        """The parts, and what else can be done."""
        t = self.t
        for number, (part, says, value) in enumerate(self._parts(), 1):
            said = plain(value) if value else t("not filled in yet")
            yield choice(str(number), part, f"{says}: {said}")
        for told in self.agreement.unagreed:
            said = unagreed(told, self.meeting.names(self.language))
            must = t("Must act, did not agree")
            yield line(f"{must}: {said}")
        if self.questions:
            yield GAP
            yield heading(t("Still to settle:"))
        for each in self.questions:
            yield bullet(problem_sentence(each, self.language))
        formal = self._formal()
        if formal:
            yield line(formal, "dim")
        yield GAP
        if self.agreement.withdrawn is not None:
            yield from self._withdrawn(self.agreement.withdrawn)
        if self.agreement.checks:
            last = self.agreement.checks[-1]
            day = self.meeting.names(self.language).t.day(last.on)
            kept = label(TESTED, last.kept, self.language)
            yield heading(t("Looked at on {day}: kept {kept}", day=day, kept=kept))
            if last.note:
                yield line(last.note)
        for key, row, says in self._deeds():
            yield choice(key, row, says)

    def _formal(self) -> str:
        """Who decides by the rules, beside what is agreed."""
        meeting = self.meeting
        return formal_line(self.agreement.topic, meeting.findings, meeting.names(self.language))

    def _withdrawn(self, withdrawn: Withdrawal) -> Iterator[Row]:
        day = self.meeting.names(self.language).t.day(withdrawn.on)
        yield heading(self.t("Withdrawn on {day}", day=day))
        if withdrawn.why:
            yield line(withdrawn.why)

    def _deeds(self) -> Iterator[tuple[str, str, str]]:
        """What can be done with it beside changing a part: key, row, and what it says."""
        t, each = self.t, self.agreement
        if each.withdrawn is not None:
            yield "i", WITHDRAW, t("Let it hold again")
        else:
            if acting_unagreed(each, self.meeting.opened.session):
                yield "m", UNAGREED, t("Who must act and did not agree: what was said?")
            yield "c", CHECK, t("Look back: was it kept?")
            if each.standing != "parked":
                yield "p", PARK, t("Park it: not settled, but not forgotten")
            yield "i", WITHDRAW, t("Withdraw it: it does not hold any more")
        yield "x", REMOVE, t("Take it out: written down by mistake")

    def _parts(self) -> Iterable[tuple[str, str, str]]:
        t, each = self.t, self.agreement
        names = self.meeting.names(self.language)
        yield "sentence", t("Sentence"), each.sentence
        yield "parties", t("Agreed by"), assents(each, names)
        yield "done_by", t("Carried out by"), doers(each, names)
        yield "owner", t("Sees to it"), position(each.owner, names) if each.owner else ""
        yield "mandate", t("Mandate"), status(each, names)
        yield "check_on", t("Look again"), names.t.day(each.check_on) if each.check_on else ""
        yield "written_in", t("Where it will be written"), each.written_in
        yield "specified", test_name("specified", names), tested(each.specified, names)
        yield "agreed", test_name("agreed", names), tested(each.agreed, names)

    def keys(self) -> Iterable[Key]:
        """Changing and going back: everything is kept already."""
        t = self.t
        yield Key("Enter", t("change"), "choose")
        yield Key("g", self.t("done"), "back")
        yield from self.last_keys()

    def commands(self) -> Iterable[Command]:
        for _, row, says in self._deeds():
            yield Command(says, f"row('{row}')")

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
            if not await self._keep(fields):
                break

    def choose(self, row: str) -> None:
        """Change a part, look back, or take it out."""
        self._do(row)

    @work(exclusive=True, group="do")
    async def _do(self, row: str) -> None:
        deeds = {CHECK: self._check, WITHDRAW: self._withdraw, REMOVE: self._remove}
        if row in deeds:
            await deeds[row]()
        elif row == PARK:
            await self._keep({"mandate": "parked", "mandate_words": ""})
        elif row == UNAGREED:
            await self._keep(await asking.ask_unagreed(self, self.agreement))
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
        if TOUCHING & fields.keys() and _newly_acting(before, after, meeting):
            after = after.changed(**await asking.ask_unagreed(self, after))
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
        new = [
            each
            for each in self.questions
            if each.where.item == "mandate" and each.code not in {UNSAID, *self._asked}
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

    async def _withdraw(self) -> None:
        """It does not hold any more, or does after all; it stays to be read."""
        t, meeting, name = self.t, self.meeting, self.agreement.id
        today = meeting.clocks.today()
        if self.agreement.withdrawn is not None:
            saved = await self.attempt(lambda: agree.hold_again(meeting.opened, name, today))
        else:
            text = t("Why does it not hold any more? You may leave this empty.")
            why = await asking.ask_words(self, t("Withdraw this agreement"), text)
            if why is None:
                return
            withdrawal = Withdrawal(on=today, why=why)
            saved = await self.attempt(lambda: agree.withdraw(meeting.opened, name, withdrawal))
        if saved is not None:
            self.agreement = saved.agreement
            self._questions_in = None
            self.fill()
            self.say(t.of("answer", "kept"))

    async def _remove(self) -> None:
        t, meeting = self.t, self.meeting
        text = t(
            "“{sentence}” leaves the list, and nothing of it stays. Does it no longer hold? Then "
            "withdraw it.",
            sentence=self.agreement.sentence,
        )
        if not await self.confirmed(t("Take this agreement out"), text, t("Take it out")):
            return
        name = self.agreement.id
        removed = await self.attempt(lambda: agree.remove(meeting.opened, name))
        if removed is not None:
            self.dismiss(removed)


def _newly_acting(before: Agreement, after: Agreement, meeting: Meeting) -> bool:
    """Whether a party must act and did not agree, that did not stand so before."""
    session = meeting.opened.session
    return bool(set(acting_unagreed(after, session)) - set(acting_unagreed(before, session)))


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
