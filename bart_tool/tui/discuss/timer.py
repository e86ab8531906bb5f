"""The quiet timer of one topic: which step, and how long is left. Pure: it is told what time it is.

Moments are seconds of any clock that only goes forward.
"""

from dataclasses import dataclass, replace
from math import ceil

from bart_tool.domain.discussion import STEPS, Talk

LAST_MINUTE = 60
QUARTER = 15  # seconds; within the last minute the text changes no more often


@dataclass(frozen=True, slots=True)
class Timer:
    """How far a topic is. `since`: the moment from which its step runs on; None while it waits."""

    talk: Talk
    since: float | None = None

    @property
    def is_running(self) -> bool:
        """Whether time goes by."""
        return self.since is not None

    @property
    def is_last(self) -> bool:
        """Whether this is the last step."""
        return self.talk.step == STEPS[-1]

    @property
    def may_extend(self) -> bool:
        """Whether the topic may still be extended: once, never twice."""
        return self.talk.extended_in is None

    def at(self, now: float) -> Talk:
        """The talk as it is `now`, to be kept."""
        gone = max(now - self.since, 0.0) if self.since is not None else 0.0
        # A laptop that slept through the night must not keep a number nobody can read.
        return self.talk.changed(used=min(self.talk.used + int(gone), self.talk.room))

    def left(self, now: float) -> int:
        """The seconds that are left of the step; 0 once its time is up."""
        return self.talk.room - self.at(now).used

    def started(self, now: float) -> "Timer":
        return self if self.is_running else replace(self, since=now)

    def paused(self, now: float) -> "Timer":
        """Waiting, with what went by until `now`."""
        return Timer(self.at(now))

    def forward(self, now: float) -> "Timer":
        """At the next step, running if it ran; the same at the last step."""
        if self.is_last:
            return self
        step = STEPS[self.talk.number]
        return Timer(self.talk.changed(step=step, used=0), now if self.is_running else None)

    def extended(self, now: float) -> "Timer":
        """With the extra minutes in this step; the same when the topic was extended before."""
        if not self.may_extend:
            return self
        talk = self.at(now).changed(extended_in=self.talk.step)
        return Timer(talk, now if self.is_running else None)


def seconds_shown(left: int) -> int:
    """The seconds left as they are told: whole minutes, in the last minute quarters of it."""
    if left > LAST_MINUTE:
        return ceil(left / 60) * 60
    return ceil(left / QUARTER) * QUARTER
