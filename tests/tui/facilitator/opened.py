"""The facilitator's app on a folder of sessions, for tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from bart_tool.domain.answer import Answer
from bart_tool.domain.base import Language
from bart_tool.store.disk import DiskStore
from bart_tool.tui.app import BartApp
from bart_tool.tui.editor import Editor
from bart_tool.tui.facilitator.home import facilitate
from bart_tool.tui.facilitator.new_session import NewSession
from bart_tool.tui.shell import Shell
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.open_session import OpenSession
from tests.tui.waiting import at, until


@asynccontextmanager
async def facilitating(
    root: Path,
    session: str = "",
    size: tuple[int, int] = (80, 24),
    language: Language = "nl",
) -> AsyncIterator[Pilot[int]]:
    """The app, with everything read that it reads at the start."""

    async def flow(app: Shell) -> int:
        return await facilitate(app, DiskStore(root), session)

    app = BartApp(flow, language)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: len(app.screen_stack) > 1)
        yield pilot


async def typed(pilot: Pilot[int], text: str) -> None:
    """Type `text` and Enter."""
    editors = pilot.app.screen.query(Editor)
    if editors:
        editors.first().fill(text)
    else:
        pilot.app.screen.query_one(Input).value = text
    await pilot.press("enter")


async def new_session_filled_in(
    pilot: Pilot[int], title: str, *parties: str, set_key: str = "1"
) -> None:
    """A new session, up to the screen that shows it whole: `parties` line by line, as typed."""
    await pilot.press("n")
    await at(pilot, NewSession)
    await typed(pilot, title)
    await pilot.press(set_key)
    for line in (*parties, ""):
        await typed(pilot, line)
    await pilot.pause()


def hand_in(opened: OpenSession, code: str, **answers: str) -> None:
    """Have `code` answer and hand in, with two underscores for a slash in an item's key."""
    context = session_context(opened, code)
    found = context.read()
    sheet, mark = found or (context.blank, None)
    sheet = sheet.changed(consent="position")
    for item, value in answers.items():
        key = item.replace("__", "/").replace("_", "-")
        sheet = sheet.with_answer(key, Answer(value=value))
    context.save(sheet.changed(status="submitted"), mark)
