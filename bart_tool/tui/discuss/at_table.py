"""What the screens of a discussion share: the meeting, and their words."""

from collections.abc import Iterable
from typing import TypeVar

from bart_tool.tui.at_work import AtWork
from bart_tool.tui.discuss.meeting import Meeting
from bart_tool.tui.key_bar import Key
from bart_tool.tui.list_screen import ListScreen

T = TypeVar("T")


class AtTable(AtWork[T]):
    """A screen around which the parties sit."""

    CSS_PATH = "discuss.tcss"

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting = meeting
        self._told_trouble = False

    def title_of(self, topic: str) -> str:
        """What a topic is called."""
        return self.meeting.title(topic, self.language)

    def last_keys(self) -> Iterable[Key]:
        """The keys with which every key bar here ends."""
        t = self.t
        yield Key("Esc", t("back"), "back")
        yield Key("F3", t("in Dutch"), "app.other_language")
        yield Key("?", t("help"), "help")

    def say_if_not_kept(self) -> None:
        """Say at once what could not be saved, and take that back once it was."""
        trouble = self.meeting.kept.trouble
        if not self.is_mounted or not (trouble or self._told_trouble):
            return
        self._told_trouble = trouble is not None
        self.say(self.t("Not kept: {reason}", reason=self.in_words(trouble)) if trouble else "")

    def on_screen_resume(self) -> None:
        """What there is to say of saving is said on the screen that is looked at."""
        self.meeting.kept.changed = self.say_if_not_kept


class ListAtTable(ListScreen[T], AtTable[T]):
    """Rows to choose from, around which the parties sit."""
