"""Makes the pictures in the README and the pages: `python -m tests.pictures`.

Each is what the program itself draws, as SVG, of the demo and of a session made from the same data.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from bart_tool.store.disk import DiskStore
from bart_tool.tui.app import BartApp
from bart_tool.tui.facilitator.home import facilitate
from bart_tool.tui.participant.flow import visit
from bart_tool.tui.shell import LIGHT, Shell
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.open_session import open_session
from bart_tool.workflow.prepare import new_session
from bart_tool.workflow.session_draft import SessionDraft
from tests.tui.waiting import patient_pilots, shown

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
SIZE = (80, 24)
# From the choice of topics to where the parties stand on the first, with the time running.
TO_TOPIC = ("z", "?6 gekozen", "g", "?Het gesprek in", "1", "?Stap 1 van 5", "space", "right")
# Textual's picture asks a far server for its letters; a README must ask nobody.
_FAR = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


async def _taken(flow: Callable[[Shell], Awaitable[int]], name: str, *keys: str) -> None:
    app = BartApp(flow, "nl")
    async with app.run_test(size=SIZE) as pilot:
        app.theme = LIGHT.name
        await pilot.pause()
        for key in keys:
            await _step(pilot, key)
        svg = _FAR.sub("", app.export_screenshot(title="bart"))
        (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
        sys.stdout.write(f"{name}.svg\n")


async def _step(pilot: Pilot[int], key: str) -> None:
    """A key, or words to wait for when it begins with `?`."""
    if key.startswith("?"):
        await shown(pilot, key[1:])
    else:
        await pilot.press(key)


async def _all(root: Path) -> None:
    def at(session: str = "") -> Callable[[Shell], Awaitable[int]]:
        return lambda app: facilitate(app, DiskStore(root), session)

    async def answering(app: Shell) -> int:
        await visit(app, session_context(open_session(DiskStore(root), "voorbeeldwijk"), "WR-01"))
        return 0

    await _taken(at(), "home", "?Sessies")
    await _taken(at("voorbeeldwijk"), "session", "?De volgende stap")
    await _taken(at("demo"), "findings", "?De volgende stap", "u", "?[1 gesprek]", "enter")
    await _taken(at("demo"), "topic", "?De volgende stap", "b", "?Waar praten we over?", *TO_TOPIC)
    question = ("enter", "enter", "1", "enter", "3", "enter", "1", "s", "s")
    await _taken(answering, "question", *question)
    table = ("enter", *["enter"] * 9, "3", "5", "4")
    await _taken(answering, "table", *table)
    await _taken(answering, "picture", "enter", "f2")


def main() -> None:
    """Make them all."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_demo(DiskStore(root))
        parties = [("wijkraad", 7), ("wijkmanager", 1), ("cluster-stadsbeheer", 2)]
        draft = SessionDraft("voorbeeldwijk", "wijk-kern", parties, title="Voorbeeldwijk")
        new_session(DiskStore(root), draft)
        with patient_pilots():
            asyncio.run(_all(root))


if __name__ == "__main__":
    main()
