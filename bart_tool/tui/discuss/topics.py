"""Choosing what the parties talk about: at most six topics of the agenda, in an order of choice."""

from collections.abc import Iterable

from bart_tool.domain.discussion import (
    BREAK,
    CLOSING,
    MOST_TOPICS,
    OPENING,
    TOPIC_MINUTES,
    minutes_for,
)
from bart_tool.domain.findings import Topic
from bart_tool.tui.base import Command
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.tui.discuss.screens import ListAtTable
from bart_tool.tui.key_bar import Key, quiet
from bart_tool.tui.list_screen import choice
from bart_tool.tui.text import Row, plain
from bart_tool.wording.labels import CODES, label
from bart_tool.wording.translation import N_
from bart_tool.workflow.discuss import to_choose_from

TOPIC = "topic:"
FIRST_KEYS = "123456789"


class ChooseTopics(ListAtTable[bool]):
    """The agenda with a mark before what was chosen; closes with True to go on.

    The rows stay where they are while one chooses; only moving a topic moves its row.
    """

    BINDINGS = quiet(
        ("h,shift+up", "shift(-1)"),
        ("l,shift+down", "shift(1)"),
        ("z", "first_six"),
        ("g", "go_on"),
    )
    HELP_LINES = (
        N_("Choosing topics"),
        "",
        N_("[x] is chosen, with its place in the talk below it. [ ] is not chosen."),
        N_("A topic takes 18 minutes. With more than six nobody listens any more."),
        N_("What you choose is kept at once. You can change it as long as you talk."),
        "",
        N_("Arrows move, Enter or a digit chooses or leaves out."),
        N_("h puts a topic earlier, l later. g goes on, Esc goes back."),
    )

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting)
        self.order = [t.key for t in to_choose_from(meeting.findings, meeting.discussion)]
        self._known = meeting.discussion  # what was reached in a topic that is left out and back in

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is chosen."""
        return self.meeting.discussion.topics

    def headline(self) -> str:
        return self.t("What do we talk about?")

    def body(self) -> str:
        """How many to choose, or that there is nothing to choose from."""
        t = self.t
        if not self.order:
            if self.meeting.findings.shared:
                return t(
                    "The parties see everything that was asked the same. That is worth saying out "
                    "loud. Begin with what you see the same."
                )
            return t("There is nothing to compare yet, so there is nothing to talk about here.")
        return t(
            "Choose at most {most} topics. With six the whole talk takes two and a half hours.",
            most=MOST_TOPICS,
        )

    def fill(self) -> None:
        """Write everything anew; how long it takes stays in sight below the rows."""
        super().fill()
        number = len(self.chosen)
        if number:
            self.say(
                self.t(
                    "{number} chosen: about {minutes} minutes (opening {opening} · "
                    "{number} × {each} · break {rest} · closing {closing})",
                    number=number,
                    minutes=minutes_for(number),
                    opening=OPENING,
                    each=TOPIC_MINUTES,
                    rest=BREAK,
                    closing=CLOSING,
                )
            )
            self.call_after_refresh(self.choices.show_pointer)  # the line took some of its room

    def listed(self) -> Iterable[Row]:
        keys = [*FIRST_KEYS, *" " * len(self.order)]
        for key, topic in zip(keys, self.order, strict=False):
            yield self._row(key, self.meeting.topic(topic))

    def _row(self, key: str, topic: Topic) -> Row:
        t = self.t
        is_chosen = topic.key in self.chosen
        told = [label(CODES, topic.code, self.language)]
        if is_chosen:
            told.insert(0, t("comes as number {place}", place=self.chosen.index(topic.key) + 1))
        if topic.starred:
            told.append(t("you put this first"))
        state = self.meeting.discussion.with_topics([topic.key]).talk(topic.key)
        if state.state != "open":
            told.append(t.of("topic", "done") if state.state == "done" else t("parked"))
        mark = "[x]" if is_chosen else "[ ]"
        title = plain(self.title_of(topic.key))
        return choice(key, TOPIC + topic.key, title, " · ".join(told), mark)

    def keys(self) -> Iterable[Key]:
        t = self.t
        if self.order:
            yield Key("Enter", t("choose or leave out"), "choose")
            yield Key("h/l", t("earlier or later"), "shift(-1)")
        if not self.chosen and self.order:
            yield Key("z", t("the first six"), "first_six")
        yield Key("g", t("go on"), "go_on")
        yield from self.last_keys()

    def commands(self) -> Iterable[Command]:
        t = self.t
        yield Command(t("Choose or leave out"), "choose")
        yield Command(t("Talk about it earlier"), "shift(-1)")
        yield Command(t("Talk about it later"), "shift(1)")
        yield Command(t("Choose the first six"), "first_six")
        yield Command(t("Go on"), "go_on")

    def choose(self, row: str) -> None:
        """Choose a topic, or leave it out."""
        topic = row.removeprefix(TOPIC)
        chosen = [key for key in self.order if key in self.chosen]
        if topic in chosen:
            chosen.remove(topic)
        elif len(chosen) >= MOST_TOPICS:
            self.say(self.t("{most} are chosen. Leave another out first.", most=MOST_TOPICS))
            return
        else:
            chosen = [key for key in self.order if key in (*chosen, topic)]
        self._take(chosen)

    def action_shift(self, by: int) -> None:
        """Move the topic that the pointer stands on."""
        topic = self.choices.row_id.removeprefix(TOPIC)
        if topic not in self.order:
            return
        here = self.order.index(topic)
        there = min(max(here + by, 0), len(self.order) - 1)
        if here != there:
            self.order.insert(there, self.order.pop(here))
            self._take([key for key in self.order if key in self.chosen])
            self.choices.show_pointer()

    def action_first_six(self) -> None:
        """Choose the first six where nothing is chosen yet."""
        if not self.chosen:
            self._take(self.order[:MOST_TOPICS])

    def _take(self, chosen: list[str]) -> None:
        before = self.meeting.discussion
        left_out = (talk for talk in self._known.talks if talk.topic not in before.topics)
        self._known = before.changed(talks=(*before.talks, *left_out))
        after = self._known.with_topics(chosen)
        if after != before:
            self.meeting.put(after)
        self.fill()

    def action_go_on(self) -> None:
        if self.order and not self.chosen:
            self.say(self.t("Choose a topic first, or press z for the first six."))
            return
        self.dismiss(True)
