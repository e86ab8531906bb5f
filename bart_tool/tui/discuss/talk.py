"""A discussion, and its one screen: what comes next, how far each topic is, what was agreed."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal

from textual import work

from bart_tool.domain.discussion import Talk, minutes_for
from bart_tool.tui.base import Command
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.discuss.agreement import kept
from bart_tool.tui.discuss.agreement_list import AgreementList
from bart_tool.tui.discuss.meeting import Clocks, Meeting, meeting_at
from bart_tool.tui.discuss.read_aloud import SharedGround, read_back
from bart_tool.tui.discuss.screens import ListAtTable
from bart_tool.tui.discuss.topic import TopicScreen
from bart_tool.tui.discuss.topics import ChooseTopics
from bart_tool.tui.list_screen import OK, choice
from bart_tool.tui.shell import Shell
from bart_tool.tui.text import GAP, Row, heading, plain
from bart_tool.wording.messages import error_text
from bart_tool.wording.translation import N_, words
from bart_tool.workflow import phases
from bart_tool.workflow.discuss import Discussing

Begin = Literal["talk", "read-back", "agreements"]

NEXT, CHOOSE, SHARED, AGREEMENTS, READ_BACK = "next", "choose", "shared", "agreements", "read-back"
TOPIC = "topic:"
MARKS = {"done": "[x]", "parked": "[>]"}
LEAST_FOR_BREAK = 3  # topics; with fewer nobody needs a break


class TalkScreen(ListAtTable[None]):
    """Where the facilitator comes back to between two topics; nothing is lost by leaving."""

    HELP_LINES = (
        N_("How the talk goes"),
        "",
        N_("1. You begin with what you see the same."),
        N_("2. Per topic eighteen minutes, in five steps."),
        N_("3. What you agree you write down at once. Not finished? Park it."),
        N_("4. At the end you read every agreement aloud."),
        "",
        N_("[x] done   [~] busy   [>] parked   [ ] still to come"),
        N_("Everything is kept at once. If the laptop dies, you go on where you were."),
        N_("Arrows move, Enter chooses, Esc goes back. Digits and letters choose too."),
    )

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting)
        self._agreed = Counter[str]()

    def headline(self) -> str:
        session = self.meeting.opened.session
        return self.t("The talk in {wijk}", wijk=session.title or session.session)

    def body(self) -> str:
        """How long it takes, and when it is time for a break."""
        t, discussion = self.t, self.meeting.discussion
        number = len(discussion.talks)
        if not number:
            return t("You have not chosen what to talk about yet.")
        lines = [
            t.plural(
                "{number} topic, about {minutes} minutes in all",
                "{number} topics, about {minutes} minutes in all",
                number,
                minutes=minutes_for(number),
            )
        ]
        if is_time_for_break(discussion.talks):
            lines += ["", t("You are half-way: a good moment for a break of ten minutes.")]
        return "\n".join(lines)

    def listed(self) -> Iterable[Row]:
        """The next step, the topics, and the rest."""
        t, discussion = self.t, self.meeting.discussion
        yield heading(t("The next step"))
        yield choice("g", NEXT, plain(self._next()[1]))
        if discussion.talks:
            yield GAP
            yield heading(t("Topics"))
        for number, talk in enumerate(discussion.talks, 1):
            yield self._topic(number, talk)
        yield GAP
        yield heading(t("What you can also do"))
        yield choice("k", CHOOSE, t("Choose other topics, or another order"))
        yield choice("o", SHARED, t("Show what you see the same"))
        told = t("Agreements: {number}", number=sum(self._agreed.values()))
        yield choice("a", AGREEMENTS, told)
        yield choice("t", READ_BACK, t("Read every agreement aloud and close the talk"))

    def _next(self) -> tuple[str, str]:
        t, discussion = self.t, self.meeting.discussion
        talk = discussion.next
        if not discussion.talks:
            if self.meeting.findings.agenda:
                return CHOOSE, t("Choose what to talk about")
            return SHARED, t("Show what you see the same")
        if talk is None:
            return READ_BACK, t("Read every agreement aloud and close the talk")
        if discussion.talks[0] == talk and not talk.is_begun:
            return SHARED, t("Begin with what you see the same")
        says = N_("Go on with: {title}") if talk.is_begun else N_("The next topic: {title}")
        return TOPIC + talk.topic, t(says, title=self.title_of(talk.topic))

    def _topic(self, number: int, talk: Talk) -> Row:
        mark = MARKS.get(talk.state, "[~]" if talk.is_begun else "[ ]")
        title = plain(self.title_of(talk.topic))
        return choice(str(number), TOPIC + talk.topic, title, self._describe_talk(talk), mark)

    def _describe_talk(self, talk: Talk) -> str:
        t, number = self.t, self._agreed[talk.topic]
        told = []
        if talk.state == "done":
            told.append(t.of("topic", "done"))
        elif talk.state == "parked":
            told.append(t("parked"))
        elif talk.is_begun:
            told.append(t("busy, step {number} of 5", number=talk.number))
        if number:
            told.append(t.plural("{number} agreement", "{number} agreements", number))
        return " · ".join(told)

    def commands(self) -> Iterable[Command]:
        t = self.t
        yield Command(t("Choose other topics, or another order"), f"row('{CHOOSE}')")
        yield Command(t("Show what you see the same"), f"row('{SHARED}')")
        yield Command(t("Agreements"), f"row('{AGREEMENTS}')")
        yield Command(t("Read every agreement aloud and close the talk"), f"row('{READ_BACK}')")

    def on_screen_resume(self) -> None:
        """Something may have been agreed meanwhile."""
        self._agreed = Counter(each.topic for each in kept(self.meeting))
        self.fill()
        self.say_if_not_kept()

    def choose(self, row: str) -> None:
        """Do what the row is for."""
        self._do(row)

    @work(exclusive=True, group="do")
    async def _do(self, row: str) -> None:
        if row == NEXT:
            row = self._next()[0]
        if row == CHOOSE:
            await self.bart.ask(ChooseTopics(self.meeting))
        elif row == SHARED:
            await self._shared()
        elif row == AGREEMENTS:
            await self.bart.ask(AgreementList(self.meeting))
        elif row == READ_BACK:
            if await read_back(self.bart, self.meeting):
                self.dismiss(None)
        else:
            await self._talk(row.removeprefix(TOPIC))

    async def _shared(self) -> None:
        goes_on = await self.bart.ask(SharedGround(self.meeting))
        talk = self.meeting.discussion.next
        if goes_on and talk is not None:
            await self._talk(talk.topic)

    async def _talk(self, topic: str) -> None:
        meeting = self.meeting
        begun = await self.attempt(lambda: phases.begin_discussing(meeting.opened.reread()))
        if begun is not None:
            meeting.opened = begun
            await self.bart.ask(TopicScreen(meeting, topic))


def is_time_for_break(talks: tuple[Talk, ...]) -> bool:
    """Whether half of the topics, and no more, are through and none is going on."""
    through = sum(talk.state != "open" for talk in talks)
    half = (len(talks) + 1) // 2
    is_busy = any(talk.is_begun for talk in talks)
    return len(talks) >= LEAST_FOR_BREAK and through == half and not is_busy


async def discuss(
    app: Shell, table: Discussing, clocks: Clocks | None = None, begin: Begin = "talk"
) -> None:
    """Sit around `table` until somebody goes back; what was kept is on the disk then."""
    meeting = meeting_at(table, clocks)
    save = _saving(app, meeting)
    app.before_leaving.append(save)
    try:
        await _sit(app, meeting, begin)
        await _tell_if_not_kept(app, meeting)
    finally:
        await meeting.kept.settled()
        app.before_leaving.remove(save)


async def _sit(app: Shell, meeting: Meeting, begin: Begin) -> None:
    if begin == "agreements":
        await app.ask(AgreementList(meeting))
        return
    if begin == "read-back":
        await read_back(app, meeting)
        return
    has_chosen = meeting.discussion.talks or not meeting.findings.agenda
    if has_chosen or await app.ask(ChooseTopics(meeting)):
        await app.ask(TalkScreen(meeting))


async def _tell_if_not_kept(app: Shell, meeting: Meeting) -> None:
    """Say what could not be saved once nobody sat at the table any more."""
    await meeting.kept.settled()
    trouble, t = meeting.kept.trouble, words(app.language)
    if trouble is not None:
        text = t("Not kept: {reason}", reason=error_text(trouble, app.language))
        await app.ask(Choose(t("That did not work"), text, [(OK, t("Go on"))]))


def _saving(app: Shell, meeting: Meeting) -> Callable[[], None]:
    """Saves what is going on when the program is being ended: a topic knows how far it is."""

    def save() -> None:
        for screen in app.screen_stack:
            if isinstance(screen, TopicScreen):
                screen.save_now()
        meeting.save_now()

    return save
