"""Work beside a screen that ends once the screen was closed: it asks nothing more of the screen."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from bart_tool.domain.discussion import Discussion
from bart_tool.errors import CannotWrite
from bart_tool.store.disk import DiskStore
from bart_tool.tui.app import BartApp
from bart_tool.tui.discuss.topic import TopicScreen
from bart_tool.tui.list_screen import ListScreen, choice
from bart_tool.tui.shell import Shell
from bart_tool.tui.text import Row
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.open_session import OpenSession
from tests.tui.discuss.table import TOPICS, chosen, kept, sitting
from tests.tui.waiting import held_up, settled, shown, until


class Reading(ListScreen[str]):
    """Rows that others may change."""

    def __init__(self) -> None:
        super().__init__()
        self.names = ["een", "twee"]

    def headline(self) -> str:
        return "Lezen"

    def listed(self) -> Iterable[Row]:
        for number, name in enumerate(self.names, 1):
            yield choice(str(number), name, name)


class Below(Reading):
    pass


def app() -> BartApp:
    async def flow(shell: Shell) -> int:
        await shell.push_screen(Below())
        await shell.ask(Reading())
        await asyncio.Event().wait()
        return 0

    return BartApp(flow, "nl")


async def reading(pilot: Pilot[int]) -> Reading:
    await until(pilot, lambda: type(pilot.app.screen) is Reading)
    screen = pilot.app.screen
    assert isinstance(screen, Reading)
    return screen


def refused() -> None:
    raise CannotWrite("cannot-write-file", file="sheet.yaml", reason="vol")


@pytest.mark.parametrize("goes_well", [True, False])
async def test_what_follows_on_work_is_called_off_where_the_screen_was_closed(
    goes_well: bool,
) -> None:
    async with app().run_test() as pilot:
        screen = await reading(pilot)
        with held_up() as end:

            def work() -> None:
                end.wait()
                if not goes_well:
                    refused()

            begun = asyncio.create_task(screen.attempt(work))
            await pilot.press("escape")
            assert not screen.children  # it looks for its message where there is none
            end.set()
            with pytest.raises(asyncio.CancelledError):
                await begun
        await settled()
        assert isinstance(pilot.app.screen, Below)
        assert pilot.app._exception is None


async def test_a_line_said_on_a_screen_that_was_closed_is_said_nowhere() -> None:
    async with app().run_test() as pilot:
        screen = await reading(pilot)
        await pilot.press("escape")
        screen.say("Te laat")
        assert not screen.children


async def test_a_key_that_means_another_row_since_a_read_waits_until_that_is_seen() -> None:
    async with app().run_test() as pilot:
        screen = await reading(pilot)
        screen.names.insert(0, "nul")
        screen.fill_anew()
        screen.post_message(events.Key("1", "1"))
        await pilot.pause()
        assert pilot.app.screen is screen
        screen.names.append("drie")
        screen.fill_anew()  # no key that was there means anything else now
        screen.post_message(events.Key("1", "1"))
        await pilot.pause()
        assert isinstance(pilot.app.screen, Below)


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return make_demo(DiskStore(tmp_path), "nl").opened


async def to_topic(pilot: Pilot[int]) -> TopicScreen:
    await pilot.press("2")
    await until(pilot, lambda: isinstance(pilot.app.screen, TopicScreen))
    screen = pilot.app.screen
    assert isinstance(screen, TopicScreen)
    return screen


async def test_what_cannot_be_kept_is_still_said_when_the_table_was_left(
    tmp_path: Path, opened: OpenSession
) -> None:
    chosen(opened)
    async with sitting(tmp_path) as pilot:
        screen = await to_topic(pilot)
        with held_up() as end:

            def refuse(_value: Discussion, _expected: str | None) -> str:
                end.wait()
                refused()
                return ""

            screen.meeting.kept._save = refuse
            await pilot.press("n", "escape", "escape")
            end.set()
            await shown(pilot, "Niet bewaard: sheet.yaml")
        await pilot.press("enter")
        await settled()
    assert pilot.app.return_value == 0


async def test_a_topic_that_is_through_is_not_opened_again_by_its_clock(
    tmp_path: Path, opened: OpenSession
) -> None:
    chosen(opened)
    async with sitting(tmp_path) as pilot:
        screen = await to_topic(pilot)
        await pilot.press("space", "k")
        screen.tick()
        await screen.meeting.kept.settled()
    topic = kept(opened).talk(screen.topic.key)
    assert (topic.topic in TOPICS, topic.state) == (True, "done")
