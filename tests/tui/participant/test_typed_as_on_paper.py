"""What is typed on the screens gives the same sheet as the same answers from paper."""

from pathlib import Path

import pytest
from textual.events import Paste

from bart_tool.tui.participant.flow import HandedIn
from bart_tool.wording.questions import CODE_KEYS, TAG_KEYS, keyed
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.open_session import OpenSession
from tests.forms.conftest import session
from tests.forms.test_every_door_the_same import (
    by_paper,
    sheet_of,
    walk_of,
    what_is_said,
)
from tests.tui.conftest import answering
from tests.tui.waiting import at
from tests.workshop import with_one_id


def key_of(opened: OpenSession, item: str, value: str) -> str:
    """What says `value` on the screen: behind 9 come letters."""
    met = session_context(opened, "WR-01").question_set
    asked = met.by_key[item]
    options = met.options(asked.question, asked.subject)
    keys = {option.id: key for key, option in keyed(options)}
    return keys.get(value, CODE_KEYS.get(value, ""))


SIGNS = {" ": "space"}  # what a key is called that is no letter


async def test_typed_on_the_screens_the_sheet_is_the_same_as_from_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_one_id(monkeypatch)
    paper = session(tmp_path / "paper", "wijk-kort")
    by_paper(paper, None, tmp_path)  # type: ignore[arg-type]
    opened = session(tmp_path / "screens", "wijk-kort")
    context, said = session_context(opened, "WR-01"), what_is_said(opened)
    async with answering(context) as pilot:
        await pilot.press("enter", "enter", "1", "enter")
        for page in walk_of(opened).pages:
            for item in page.items:
                value = said[item.key]
                if isinstance(value, dict):
                    for each, tag in value.items():
                        await pilot.press(key_of(opened, item.key, each), TAG_KEYS[tag])
                elif item.question.answered == "words":
                    assert pilot.app.focused is not None
                    pilot.app.focused.post_message(Paste(value))
                    await pilot.pause()
                else:
                    key = key_of(opened, item.key, value)
                    await pilot.press(*([key] if key else map(SIGNS.get, value, value)))
            await pilot.press("enter")
        await pilot.press("i", "1")
        await at(pilot, HandedIn)
    assert sheet_of(opened) == sheet_of(paper)
