"""The talk of the parties: which topics were chosen, in which order, and how far each of them is.

The rhythm is that of docs/developer/method.md 1.8: at most six topics of eighteen minutes, an
opening, a break and a closing. Nothing here holds an answer or a clock time.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from bart_tool.domain.base import Frozen

TalkStep = Literal["read", "round", "dialogue", "formulate", "consent"]
TalkState = Literal["open", "done", "parked"]

# Step of a topic -> its minutes, in the order in which they are done.
MINUTES: dict[TalkStep, int] = {
    "read": 2,
    "round": 4,
    "dialogue": 7,
    "formulate": 3,
    "consent": 2,
}
STEPS: tuple[TalkStep, ...] = tuple(MINUTES)
TOPIC_MINUTES = sum(MINUTES.values())
OPENING, BREAK, CLOSING = 15, 10, 15  # minutes around the topics
EXTRA = 5  # minutes that a topic may be extended by, once
MOST_TOPICS = 6


class Talk(Frozen):
    """One chosen topic. `used`: seconds of its step that have gone by.

    `extended_in`: the step that got extra minutes; a topic gets them once.
    """

    topic: str
    state: TalkState = "open"
    step: TalkStep = "read"
    used: int = Field(default=0, ge=0)
    extended_in: TalkStep | None = None

    @property
    def room(self) -> int:
        """How many seconds the step may take, the extra minutes included if it got them."""
        return 60 * (MINUTES[self.step] + (EXTRA if self.extended_in == self.step else 0))

    @property
    def number(self) -> int:
        """Which of the five steps it has come to, from 1."""
        return STEPS.index(self.step) + 1

    @property
    def is_begun(self) -> bool:
        """Whether the parties have been at it, and are not through yet."""
        return self.state == "open" and self != Talk(topic=self.topic)


class Discussion(Frozen):
    """The chosen topics of one round, in the order in which they are talked about.

    `read_back`: all agreements were read aloud at the end, the last time on `closed_on`.
    """

    format: Literal[1] = 1
    kind: Literal["discussion"] = "discussion"
    round: int = Field(default=1, ge=1)
    talks: tuple[Talk, ...] = ()
    read_back: bool = False
    closed_on: date | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """The keys of the chosen topics, in the order in which they are talked about."""
        return tuple(talk.topic for talk in self.talks)

    @property
    def next(self) -> Talk | None:
        """The first topic that is not through yet; None when all are."""
        return next((talk for talk in self.talks if talk.state == "open"), None)

    @property
    def is_through(self) -> bool:
        """Whether topics were chosen and none of them is open any more."""
        return bool(self.talks) and self.next is None

    def talk(self, topic: str) -> Talk:
        """How far `topic` is. Raises KeyError when it was not chosen."""
        for talk in self.talks:
            if talk.topic == topic:
                return talk
        raise KeyError(topic)

    def with_topics(self, topics: Sequence[str]) -> "Discussion":
        """With exactly these topics, in this order; how far one already was stays as it is."""
        known = {talk.topic: talk for talk in self.talks}
        return self.changed(talks=tuple(known.get(key) or Talk(topic=key) for key in topics))

    def with_talk(self, talk: Talk) -> "Discussion":
        """With `talk` in place of what was known of its topic; unchanged when it was not chosen."""
        return self.changed(
            talks=tuple(talk if each.topic == talk.topic else each for each in self.talks)
        )


def minutes_for(topics: int) -> int:
    """How many minutes the parties sit together over so many topics; 0 when there are none.

    Source: docs/developer/method.md 1.8.
    """
    return OPENING + topics * TOPIC_MINUTES + BREAK + CLOSING if topics else 0
