"""What the screens of a discussion share: the findings, the chosen topics, and the time."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from bart_tool.analysis.agenda import speaking_order
from bart_tool.domain.base import Language
from bart_tool.domain.discussion import Discussion, Talk
from bart_tool.domain.findings import Findings, Topic
from bart_tool.tui.autosave import Autosave
from bart_tool.wording.naming import Naming
from bart_tool.workflow.discuss import Discussing
from bart_tool.workflow.open_session import OpenSession


@dataclass(frozen=True)
class Clocks:
    """Where the time comes from; a test hands out its own."""

    moment: Callable[[], float] = time.monotonic
    today: Callable[[], date] = date.today


@dataclass
class Meeting:
    """A discussion that is going on. It saves the chosen topics through its keeping only."""

    opened: OpenSession
    findings: Findings
    kept: Autosave[Discussion]
    clocks: Clocks = field(default_factory=Clocks)

    @property
    def discussion(self) -> Discussion:
        """The topics, and how far each of them is."""
        return self.kept.value

    def names(self, language: Language) -> Naming:
        """What things are called, also those that only an earlier round asked about."""
        return Naming(self.opened.known, self.opened.session, language)

    def topic(self, key: str) -> Topic:
        """The topic called `key`. Raises KeyError when it is not on the agenda."""
        return {topic.key: topic for topic in self.findings.agenda}[key]

    def speakers(self) -> tuple[str, ...]:
        """The parties in the order in which they speak."""
        return speaking_order(self.opened.question_set, self.opened.session, self.findings)

    def keep(self, talk: Talk) -> None:
        """Keep how far a topic is."""
        changed = self.discussion.with_talk(talk)
        if changed != self.discussion:
            self.put(changed)

    def put(self, discussion: Discussion) -> None:
        """Keep this discussion; after trouble it is tried once more."""
        self.kept.forget_trouble()
        self.kept.put(discussion)

    def save_now(self) -> None:
        """Save at once and wait: the program is being ended."""
        if self.discussion.talks:
            self.kept.save_now()


def meeting_at(table: Discussing, clocks: Clocks | None = None) -> Meeting:
    """The meeting around `table`."""
    folder = table.opened.folder
    kept = Autosave(folder.save_discussion, table.discussion, table.fingerprint)
    return Meeting(table.opened, table.findings, kept, clocks or Clocks())
