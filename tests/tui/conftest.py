"""What the tests of the terminal interface share: an app on a temporary session, seen as text."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from bart_tool.domain.base import Language
from bart_tool.tui.app import BartApp
from bart_tool.tui.participant.flow import visit
from bart_tool.tui.participant.welcome import READ, Welcome
from bart_tool.tui.shell import Shell
from bart_tool.workflow.answering.context import AnswerContext
from tests.golden import check_golden
from tests.tui import sample
from tests.tui.waiting import patient_pilots


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "BART_LANGUAGE", "BART_SESSIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def patient() -> Iterator[None]:
    with patient_pilots():
        yield


@pytest.fixture
def context(tmp_path: Path) -> AnswerContext:
    return sample.context(tmp_path)


@asynccontextmanager
async def answering(
    context: AnswerContext, size: tuple[int, int] = (80, 24), language: Language = "nl"
) -> AsyncIterator[Pilot[int]]:
    """The participant's app in `context`, stopped at the end if it is still running."""

    async def flow(app: Shell) -> int:
        await visit(app, context)
        return 0

    app = BartApp(flow, language)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


Started = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


async def read_through(pilot: Pilot[int], step: str) -> None:
    """Past a step of the welcome; on a low screen that is read in pieces."""
    while isinstance(pilot.app.screen, Welcome) and pilot.app.screen.step == step:
        await pilot.press("enter")


async def begin(pilot: Pilot[int], consent: str = "1") -> Any:
    """Through the welcome to the first question."""
    for step in READ:
        await read_through(pilot, step)
    await pilot.press(consent, "enter")
    await pilot.pause()
    return pilot.app.screen


def check_screen(name: str, text: str) -> None:
    """Compare with the kept screen; BART_RENEW=1 keeps this one instead."""
    check_golden(f"screens/{name}.txt", text)


def squeezed(text: str) -> str:
    """`text` without any white space or frame: what wrapping cannot change."""
    return re.sub(r"[\s│▁▂▃▄▅▆▇█▔]+", "", text)
