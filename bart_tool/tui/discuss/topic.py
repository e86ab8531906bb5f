"""One topic on the screen: its pages, and above them the quiet timer of eighteen minutes."""

from collections.abc import Iterable, Sequence

from textual import work

from bart_tool.domain.discussion import EXTRA, STEPS, TalkState, TalkStep
from bart_tool.tui.base import Command
from bart_tool.tui.discuss.agreement import new_agreement, park, sentences_on
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.tui.discuss.screens import Leaf, PageScreen
from bart_tool.tui.discuss.timer import LAST_MINUTE, Timer, seconds_shown
from bart_tool.tui.discuss.topic_pages import PAGE_OF_STEP, topic_pages
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.text import Row, plain
from bart_tool.wording.translation import N_, Words

TICK = 1.0  # seconds; the text itself changes seldom
# Step -> what it is called, and what everybody does in it.
STEP_WORDS: dict[TalkStep, tuple[str, str]] = {
    "read": (N_("reading"), N_("Read in silence. Nobody reacts yet.")),
    "round": (N_("the round"), N_("Each party says its own picture. Nobody reacts yet.")),
    "dialogue": (N_("the talk"), N_("Ask each other: what makes it look like this from there?")),
    "formulate": (N_("one sentence"), N_("Make one sentence of it together. Press a to write it.")),
    "consent": (N_("consent"), N_("Does everybody agree? Who, when, and who may decide it?")),
}


class TopicScreen(PageScreen[TalkState]):
    """A topic; closes with what became of it, None when one goes back before it is through.

    The timer waits until somebody starts it. It never makes a sound and never goes on by itself.
    """

    BINDINGS = quiet(
        ("space", "run"),
        ("n", "next_step"),
        ("v", "extend"),
        ("a", "agree"),
        ("p", "park"),
        ("k", "done"),
    )
    HELP_LINES = (
        N_("One topic in eighteen minutes"),
        "",
        N_("1. Two minutes: everybody reads in silence."),
        N_("2. Four minutes: each party says its own picture, nobody reacts."),
        N_("3. Seven minutes: the talk."),
        N_("4. Three minutes: one sentence."),
        N_("5. Two minutes: does everybody agree, and who, when and with which mandate?"),
        "",
        N_("Space starts and pauses the time. n goes to the next step."),
        N_("v gives five minutes more, once. Not finished? p parks it with an owner."),
        N_("a writes down an agreement. k: you are through with this topic."),
        N_("The arrows leaf. Esc goes back; how far you are is kept."),
        N_("Larger letters: Ctrl and + in most windows."),
    )

    def __init__(self, meeting: Meeting, topic: str) -> None:
        super().__init__(meeting)
        self.topic = meeting.topic(topic)
        self.timer_of_topic = Timer(meeting.discussion.talk(topic))
        self._agreed: tuple[str, ...] = ()

    @property
    def _now(self) -> float:
        return self.meeting.clocks.moment()

    def headline(self) -> str:
        """The topic, and its place among the chosen ones."""
        topics = self.meeting.discussion.topics
        return self.t(
            "Topic {number} of {all}: {title}",
            number=topics.index(self.topic.key) + 1,
            all=len(topics),
            title=self.title_of(self.topic.key),
        )

    def pages(self) -> Sequence[Leaf]:
        return topic_pages(self.topic, self.meeting, self._agreed, self.t, self.room)

    def above(self) -> Iterable[Row]:
        """The step, the time that is left, and what everybody does now."""
        yield Row("", plain(timer_words(self.timer_of_topic, self._now, self.t)), "strong")
        yield Row("", self.t(STEP_WORDS[self.timer_of_topic.talk.step][1]))

    def on_mount(self) -> None:
        """Begin at the page of the step, and look at the clock now and then."""
        self._agreed = sentences_on(self.meeting, self.topic.key)
        self.at = self.number_of(PAGE_OF_STEP[self.timer_of_topic.talk.step])
        self.set_interval(TICK, self.tick)

    def tick(self) -> None:
        """Bring the timer's line up to date, and keep how far the topic is when that changed."""
        if self.is_open:
            self._settle(self.timer_of_topic)

    def _settle(self, timer: Timer) -> None:
        now = self._now
        if timer.is_running and not timer.left(now):
            timer = timer.paused(now)
        before, self.timer_of_topic = self.timer_of_topic, timer
        self.show_above()
        kept = self.meeting.discussion.talk(self.topic.key)
        talk = timer.at(now)
        is_as_told = seconds_shown(kept.room - kept.used) == seconds_shown(talk.room - talk.used)
        if timer != before or not is_as_told:
            self.meeting.keep(talk)

    def keys(self) -> Iterable[Key]:
        """The timer, the pages, and what a talk can end in."""
        t, timer = self.t, self.timer_of_topic
        yield Key(t("Space"), t("pause") if timer.is_running else t("start"), "run")
        if not timer.is_last:
            yield Key("n", t("next step"), "next_step")
        yield from self.page_keys()
        if timer.may_extend:
            yield Key("v", t("longer"), "extend")
        yield Key("a", t("agreement"), "agree")
        yield Key("p", t("park"), "park")
        yield Key("k", t("finished"), "done")
        yield from self.last_keys()

    def commands(self) -> Iterable[Command]:
        t = self.t
        yield Command(t("Start or pause the time"), "run")
        yield Command(t("Next step"), "next_step")
        yield Command(t("Take five minutes more, once"), "extend")
        yield Command(t("Write down an agreement"), "agree")
        yield Command(t("Park this topic"), "park")
        yield Command(t("Through with this topic"), "done")
        yield from super().commands()

    # The timer

    def action_run(self) -> None:
        """Start the time, or let it wait."""
        timer, now = self.timer_of_topic, self._now
        if not timer.left(now):
            self.say(self._what_now())
            return
        self._settle(timer.paused(now) if timer.is_running else timer.started(now))
        self.say("")
        self.show_keys()

    def action_next_step(self) -> None:
        """The next step, and the page that belongs to it."""
        timer = self.timer_of_topic
        if timer.is_last:
            self.say(self.t("This is the last step. k: through with this topic, p parks it."))
            return
        was_up = not timer.left(self._now)
        after = timer.forward(self._now)
        # Where the time ran out it waits; the next step goes on as the one before had gone.
        self._settle(after.started(self._now) if was_up else after)
        self.show_page(self.number_of(PAGE_OF_STEP[after.talk.step]))

    def action_extend(self) -> None:
        """Five minutes more for this step. Once a topic, never twice."""
        timer, now = self.timer_of_topic, self._now
        if not timer.may_extend:
            self.say(self.t("This topic was extended once already. Not finished? p parks it."))
            return
        was_up = not timer.left(now)
        after = timer.extended(now)
        self._settle(after.started(now) if was_up else after)
        self.show_keys()
        self.say(self.t("{minutes} minutes more. That can be done once.", minutes=EXTRA))

    def _what_now(self) -> str:
        if self.timer_of_topic.is_last:
            return self.t("The time is up. k: through with this topic, p parks it.")
        return self.t("The time of this step is up. n goes to the next step.")

    def ended(self) -> None:
        self.say(self.t("This was the last page. a writes an agreement, k: you are through."))

    # What a talk ends in

    @work(exclusive=True, group="do")
    async def action_agree(self) -> None:
        """Write down an agreement on this topic."""
        await new_agreement(self, self.topic.key)
        self._agreed = sentences_on(self.meeting, self.topic.key)
        self.fill()

    @work(exclusive=True, group="do")
    async def action_park(self) -> None:
        """Park the topic with an owner, so that it is not forgotten."""
        if await park(self, self.topic.key):
            self._close("parked")

    def action_done(self) -> None:
        self._close("done")

    def _close(self, state: TalkState) -> None:
        talk = self.timer_of_topic.at(self._now).changed(state=state)
        self.meeting.keep(talk)
        self.dismiss(state)

    async def action_back(self) -> None:
        """Back to the topics; the time waits, and how far one is is kept."""
        self._settle(self.timer_of_topic.paused(self._now))
        self.dismiss(None)

    def save_now(self) -> None:
        """The program is being ended: keep how far the topic is."""
        self.meeting.keep(self.timer_of_topic.at(self._now))


def timer_words(timer: Timer, now: float, t: Words) -> str:
    """The step and what is left of it: `Step 2 of 5 · the round · 3 minutes left`."""
    left = timer.left(now)
    step = t(
        "Step {number} of {all} · {step}",
        number=timer.talk.number,
        all=len(STEPS),
        step=t(STEP_WORDS[timer.talk.step][0]),
    )
    if not left:
        up = t("the time is up")
        return f"{step} · {up}"
    shown = seconds_shown(left)
    if shown >= LAST_MINUTE:
        time = t.plural("{number} minute left", "{number} minutes left", shown // 60)
    else:
        time = t("{seconds} seconds left", seconds=shown)
    waits = "" if timer.is_running else " · " + t("the clock is stopped")
    return f"{step} · {time}{waits}"
