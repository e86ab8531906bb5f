"""A discussion as one function: choose topics if none were chosen yet, and then the talk."""

from collections.abc import Callable
from typing import Literal

from bart_tool.tui.discuss.agreements import AgreementList
from bart_tool.tui.discuss.meeting import Clocks, Meeting, meeting_at
from bart_tool.tui.discuss.read_back import read_back
from bart_tool.tui.discuss.talk import TalkScreen
from bart_tool.tui.discuss.topic import TopicScreen
from bart_tool.tui.discuss.topics import ChooseTopics
from bart_tool.tui.shell import Shell
from bart_tool.workflow.discuss import Discussing

Begin = Literal["talk", "read-back", "agreements"]


async def discuss(
    app: Shell, table: Discussing, clocks: Clocks | None = None, begin: Begin = "talk"
) -> None:
    """Sit around `table` until somebody goes back; what was kept is on the disk then."""
    meeting = meeting_at(table, clocks)
    save = _saving(app, meeting)
    app.before_leaving.append(save)
    try:
        await _sit(app, meeting, begin)
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


def _saving(app: Shell, meeting: Meeting) -> Callable[[], None]:
    """Saves what is going on when the program is being ended: a topic knows how far it is."""

    def save() -> None:
        for screen in app.screen_stack:
            if isinstance(screen, TopicScreen):
                screen.save_now()
        meeting.save_now()

    return save
