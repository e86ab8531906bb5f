"""What is typed on the screens gives the same sheet as the same answers from paper."""

import asyncio
from pathlib import Path

from bart_tool.workflow.desk import Desk
from bart_tool.workflow.participant_words import CODE_KEYS, TAG_KEYS
from bart_tool.workflow.seat import session_seat
from bart_tool.workflow.wording import keyed
from tests.forms.conftest import session
from tests.forms.test_every_door_the_same import (
    by_paper,
    sheet_of,
    walk_of,
    what_is_said,
)
from tests.tui.conftest import answering

PATIENCE = 20  # seconds


def key_of(desk: Desk, item: str, value: str) -> str:
    """What chooses `value` on the screen: behind 9 come letters."""
    asked = desk.question_set.by_key[item]
    options = desk.question_set.options(asked.question, asked.subject)
    keys = {option.id: key for key, option in keyed(options)}
    return keys.get(value, CODE_KEYS.get(value, ""))


async def test_typed_on_the_screens_the_sheet_is_the_same_as_from_paper(tmp_path: Path) -> None:
    paper = session(tmp_path / "paper", "wijk-kort")
    by_paper(paper, None, tmp_path)  # type: ignore[arg-type]
    desk = session(tmp_path / "screens", "wijk-kort")
    seat, said = session_seat(desk, "WR-01"), what_is_said(desk)
    async with answering(seat) as pilot:
        await pilot.press("enter", "1", "enter")
        for page in walk_of(desk).pages:
            for item in page.items:
                value = said[item.key]
                if isinstance(value, dict):
                    for each, tag in value.items():
                        await pilot.press(key_of(desk, item.key, each), TAG_KEYS[tag])
                else:
                    await pilot.press(key_of(desk, item.key, value))
            await pilot.press("enter")
        await pilot.press("i", "1")
        async with asyncio.timeout(PATIENCE):
            while (found := seat.read()) is None or found[0].status != "submitted":
                await pilot.pause(0.05)
    assert sheet_of(desk) == sheet_of(paper)
