"""A discussion of the demo for tests: its own clock, and the day that the test says it is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from bart_tool.domain.agreement import Agreement
from bart_tool.domain.base import Language
from bart_tool.domain.discussion import Discussion
from bart_tool.store.disk import DiskStore
from bart_tool.tui.app import BartApp
from bart_tool.tui.discuss.meeting import Clocks
from bart_tool.tui.discuss.talk import Begin, discuss
from bart_tool.tui.shell import Shell
from bart_tool.workflow.agree import agreements
from bart_tool.workflow.discuss import lay_table
from bart_tool.workflow.open_session import OpenSession, open_session
from tests.tui.waiting import until

TODAY = date(2026, 11, 26)
TOPICS = ("decision/small-urgent-spend", "decision/orphan-problem", "ties-broken-by")


class Clock:
    """A clock that stands still until the test moves it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def sitting(
    root: Path,
    clock: Clock | None = None,
    size: tuple[int, int] = (80, 24),
    language: Language = "nl",
    begin: Begin = "talk",
    today: date = TODAY,
) -> AsyncIterator[Pilot[int]]:
    """The app around the demo's table in `root`."""
    clocks = Clocks(clock or Clock(), lambda: today)

    async def flow(app: Shell) -> int:
        await discuss(app, lay_table(open_session(DiskStore(root), "demo")), clocks, begin)
        return 0

    app = BartApp(flow, language)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: len(app.screen_stack) > 1)
        yield pilot
        # What was kept last is on the disk before the test reads it.
        for screen in app.screen_stack:
            if hasattr(screen, "meeting"):
                await screen.meeting.kept.settled()


def chosen(opened: OpenSession, *topics: str) -> Discussion:
    """Choose `topics` beforehand."""
    found = opened.folder.discussion()
    discussion = Discussion().with_topics(topics or TOPICS)
    opened.folder.save_discussion(discussion, found[1] if found else None)
    return discussion


def kept(opened: OpenSession) -> Discussion:
    """What lies on the disk."""
    found = opened.folder.discussion()
    assert found is not None
    return found[0]


def agreed(opened: OpenSession) -> tuple[Agreement, ...]:
    """What lies on the disk."""
    return agreements(open_session(opened.folder.store, "demo")).agreements


async def tick(pilot: Pilot[int], clock: Clock, seconds: float) -> None:
    """Let time go by, and have the screen look at the clock."""
    clock.now += seconds
    screen: Any = pilot.app.screen
    screen.tick()
    await pilot.pause()
