"""What a facilitator reads on the screens of a closed round, as text."""

import asyncio
from collections.abc import Awaitable, Callable

from textual.pilot import Pilot

from bart_tool.tui.app import BartApp
from bart_tool.tui.discuss.meeting import Clocks
from bart_tool.tui.discuss.talk import discuss
from bart_tool.tui.findings.entries import Lens
from bart_tool.tui.findings.findings_screen import FindingsScreen
from bart_tool.tui.shell import Shell
from bart_tool.workflow.discuss import lay_table
from bart_tool.workflow.findings import findings
from bart_tool.workflow.open_session import OpenSession
from tests.disclosure.worlds import TODAY
from tests.tui.waiting import patient_pilots, text_of

SIZE = (120, 60)
Flow = Callable[[Shell], Awaitable[None]]


def screens(opened: OpenSession) -> list[str]:
    """The findings looked at in every way and read down to the end, and the table of the talk."""

    async def look(app: Shell) -> None:
        await app.ask(FindingsScreen(findings(opened), opened.question_set, opened.session))

    async def talk(app: Shell) -> None:
        await discuss(app, lay_table(opened), Clocks(lambda: 0.0, lambda: TODAY), "talk")

    with patient_pilots():
        return asyncio.run(_seen(look, [str(n) for n, _ in enumerate(Lens, 1)])) + asyncio.run(
            _seen(talk, ["enter"])
        )


async def _seen(flow: Flow, keys: list[str]) -> list[str]:
    async def shown(app: Shell) -> int:
        await flow(app)
        return 0

    async with BartApp(shown, "nl").run_test(size=SIZE) as pilot:
        await pilot.pause()
        found = [text_of(pilot)]
        for key in keys:
            found += [await _after(pilot, key), await _after(pilot, "down")]
        return found


async def _after(pilot: Pilot[int], key: str) -> str:
    await pilot.press(key)
    await pilot.pause()
    return text_of(pilot)
