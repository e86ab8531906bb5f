"""Random keys, clicks and sizes never end bart with an error, nor part the screen from the disk.

Headless, over the screens of the participant, the facilitator and the discussion. The seed and the
last steps are in every failure. `--long` takes more seeds, `--seed` others.
"""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from bart_tool.domain.answer import NONE, Answer
from bart_tool.domain.discussion import MOST_TOPICS
from bart_tool.store.disk import DiskStore
from bart_tool.tui.app import BartApp
from bart_tool.tui.discuss.talk import TalkScreen, discuss
from bart_tool.tui.discuss.topics import ChooseTopics
from bart_tool.tui.editor import Editor
from bart_tool.tui.facilitator.home import Home
from bart_tool.tui.facilitator.new_session import NewSession
from bart_tool.tui.participant.question import Question
from bart_tool.tui.participant.visit import ParticipantScreen
from bart_tool.tui.participant.widgets import Writing
from bart_tool.tui.rows import Rows
from bart_tool.tui.shell import Shell
from bart_tool.wording.page_texts import TABLE_CODES
from bart_tool.workflow.answering.context import AnswerContext
from bart_tool.workflow.discuss import lay_table
from bart_tool.workflow.open_session import open_session
from bart_tool.workflow.phases import close
from tests.figures import figure, seeds
from tests.tui import sample
from tests.tui.conftest import answering
from tests.tui.facilitator.opened import facilitating, hand_in
from tests.tui.waiting import has_ended, settled, text_of
from tests.workshop import path_of

SEEDS = seeds(3, 30)
STEPS = figure(80, 200)  # for each seed
ESCAPES = 10
SIZES = [(80, 24), (40, 20), (200, 60), (20, 8)]
MOVES = ["up", "down", "left", "right", "tab", "shift+tab", "home", "end", "pageup", "pagedown"]
EVERYWHERE = ["enter", "enter", "escape", "space", "backspace", "delete", "f3", "f4", "f5", "?"]
ANSWERING = [*"1234567890awzstngvbi", "f2", "ctrl+s", "ctrl+c"]
DISCUSSING = [*"123456789nvapkghlzowtcxu", "ctrl+c"]
FACILITATING = [*"12345678nvkslorbuh", "ctrl+c"]  # d, the example, takes too long to make often


class Monkey:
    """Random steps, remembered so that a failure can be told. `keys` mean something in the app."""

    def __init__(self, seed: int, keys: list[str]) -> None:
        self.chance = random.Random(seed)
        self.seed = seed
        self.steps: list[str] = []
        self._keys = [*keys, *keys, *EVERYWHERE, *MOVES]

    async def step(self, pilot: Pilot[int]) -> None:
        """Do something."""
        kind = self.chance.random()
        if kind < 0.75:
            await self.press(pilot, self.chance.choice(self._keys))
        elif kind < 0.80:  # held down: the second comes before the first has done anything
            await self.press(
                pilot, *[self.chance.choice(["enter", "escape", "down", "ctrl+q"])] * 2
            )
        elif kind < 0.92:
            await self._click(pilot)
        elif kind < 0.97:
            size = self.chance.choice(SIZES)
            self.steps.append(f"{size[0]}x{size[1]}")
            await pilot.resize_terminal(*size)
        else:
            word = self.chance.choice(["stop", "en", "beeld", "uit", ""])
            await self.press(pilot, "ctrl+p")
            for letter in word:
                await self.press(pilot, letter)
            await self.press(pilot, "enter")
        await idle(pilot)

    async def press(self, pilot: Pilot[int], *keys: str) -> None:
        """Send these keys at once."""
        self.steps.append("+".join(keys))
        for key in keys:
            character = key if len(key) == 1 else None
            name = "question_mark" if key == "?" else key
            _send(pilot, events.Key(name, character))
        await idle(pilot)

    async def _click(self, pilot: Pilot[int]) -> None:
        width, height = pilot.app.size
        x, y = self.chance.randrange(width), self.chance.randrange(height)
        self.steps.append(f"click {x},{y}")
        for kind in (events.MouseDown, events.MouseUp):
            _send(pilot, kind(None, x, y, 0, 0, 1, False, False, False, x, y))

    async def back_from_dialogs(self, pilot: Pilot[int], known: Callable[[], bool]) -> None:
        """Esc leads somewhere known, within so many presses."""
        for _ in range(ESCAPES):
            if has_ended(pilot.app) or known():
                return
            await self.press(pilot, "escape")
        assert has_ended(pilot.app) or known(), f"Esc does not lead back from\n{text_of(pilot)}"

    @asynccontextmanager
    async def told(self) -> AsyncIterator[None]:
        """Say with what went wrong how it came to be."""
        try:
            yield
        except Exception as error:
            last = " ".join(self.steps[-15:])
            raise AssertionError(f"seed {self.seed}, step {len(self.steps)}: … {last}") from error


def _send(pilot: Pilot[int], event: events.Event) -> None:
    driver = pilot.app._driver
    assert driver is not None
    event.set_sender(pilot.app)
    driver.send_message(event)


async def idle(pilot: Pilot[int]) -> None:
    """Wait until all is done; what went wrong in it is raised."""
    await settled()
    if pilot.app._exception is not None:
        raise pilot.app._exception


def chosen_on(screen: Question) -> dict[str, str | set[str]]:
    """What the screen shows as chosen: item and option, or options."""
    page = screen.visit.state.route.page_at(screen.visit.state.place)
    rows = screen.query_one("#choices", Rows).rows
    if page.is_table and not screen.is_narrow:
        levels = [
            o.id for o in screen.visit.context.question_set.options(page.question, page.subject)
        ]
        values = [*levels, *TABLE_CODES]
        return {
            row.id: values[int(cell.does.removeprefix("column:"))]
            for row in rows
            for cell in row.cells
            if cell.text == "(●) "
        }
    if screen.visit.state.is_in_words:
        rows = screen.query_one("#extra", Rows).rows
    item = page.items[screen.visit.state.place.row].key
    one = [row.id for row in rows for part in row.lead if part.text == "(●) "]
    many = {row.id for row in rows for part in row.lead if part.text == "[x] "}
    if many:
        return {item: many}
    if screen.visit.state.is_in_words and not one:
        words = screen.query_one(Writing).query_one(Editor).text.strip()
        return {item: words} if words else {}
    return {item: one[0]} if one else {}


def said(answer: Answer) -> str | set[str]:
    if isinstance(answer.value, dict):
        return set(answer.value) or NONE
    return answer.value


async def what_is_shown_is_kept(pilot: Pilot[int], context: AnswerContext) -> None:
    """Once saving has settled the disk says what the screen shows as chosen."""
    open_now = [screen for screen in pilot.app.screen_stack if isinstance(screen, Question)]
    for screen in open_now:
        screen.action_keep()
        assert await screen.visit.keeper.settled()
        found = context.read()
        assert found is not None
        assert found[0] == screen.visit.state.sheet
        state = screen.visit.state
        items = {item.key for item in state.page.items}
        if not state.page.is_table or screen.is_narrow:
            items = {state.route.item_at(state.place).key}
        kept = {key: said(a) for key, a in found[0].answers.items() if key in items}
        assert kept == chosen_on(screen), text_of(pilot)


@pytest.fixture(autouse=True)
def nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is typed as a file or folder lies in the test's own folder."""
    for name in ("home", "here"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "here")


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_participant_at_random_keys_sees_what_is_kept(tmp_path: Path, seed: int) -> None:
    opened = sample.opened(tmp_path / "sessions")
    monkey = Monkey(seed, ANSWERING)
    while len(monkey.steps) < STEPS:
        if (here := sample.session_context(opened, "WR-01")).read() and is_closed(here):
            path_of(opened.folder).joinpath("sheets", "WR-01.yaml").unlink()
        async with monkey.told(), answering(here, monkey.chance.choice(SIZES)) as pilot:
            monkey.steps.append("start")
            await _to_the_questions(monkey, pilot)
            while len(monkey.steps) < STEPS and not has_ended(pilot.app):
                await monkey.step(pilot)
                await what_is_shown_is_kept(pilot, here)
            await monkey.back_from_dialogs(
                pilot, lambda: isinstance(pilot.app.screen, ParticipantScreen)
            )
        if here.read() is None:
            # An empty lock of an earlier visit may lie there still.
            assert not list(path_of(opened.folder).rglob("WR-01*"))


def is_closed(context: AnswerContext) -> bool:
    return sample.saved(context).status == "submitted"


async def _to_the_questions(monkey: Monkey, pilot: Pilot[int]) -> None:
    """Past the welcome, where a monkey seldom gets by itself; now and then it is left to it."""
    if monkey.chance.random() < 0.2:
        return
    for key in ("enter", "enter", "1", "enter"):
        if not isinstance(pilot.app.screen, Question):
            await monkey.press(pilot, key)


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_facilitator_at_random_keys_always_gets_back(tmp_path: Path, seed: int) -> None:
    root = tmp_path / "sessions"
    sample.opened(root)
    monkey = Monkey(seed, FACILITATING)
    while len(monkey.steps) < STEPS:
        size = monkey.chance.choice(SIZES)
        async with monkey.told(), facilitating(root, "proef", size) as pilot:
            monkey.steps.append("start")
            while len(monkey.steps) < STEPS and not has_ended(pilot.app):
                await monkey.step(pilot)
            await pilot.pause()
            await monkey.back_from_dialogs(
                # A new session that was begun asks before it goes, and Esc then stays in it.
                pilot,
                lambda: isinstance(pilot.app.screen, (Home, NewSession, ParticipantScreen)),
            )
        for code in ("WR-01", "WR-02", "WM-01"):
            open_session(DiskStore(root), "proef").folder.sheet(
                code
            )  # raises when it cannot be read


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_discussion_at_random_keys_always_gets_back_and_keeps_whole_files(
    tmp_path: Path, seed: int
) -> None:
    root = tmp_path / "sessions"
    opened = sample.opened(root)
    for code, task, who in (
        ("WR-01", "voice", "wijkraad"),
        ("WR-02", "plan", "wijkraad"),
        ("WM-01", "connect", "wijkmanager"),
    ):
        hand_in(
            opened,
            code,
            primary_task__wijkraad=task,
            ties_broken_by=who,
            mandate__wijkraad__small_urgent_spend="decides" if code != "WM-01" else "none",
        )
    close(opened)
    monkey = Monkey(seed, DISCUSSING)
    while len(monkey.steps) < STEPS:
        size = monkey.chance.choice(SIZES)
        async with monkey.told(), at_table(root, size) as pilot:
            monkey.steps.append("start")
            while len(monkey.steps) < STEPS and not has_ended(pilot.app):
                await monkey.step(pilot)
            await pilot.pause()
            await monkey.back_from_dialogs(
                pilot, lambda: isinstance(pilot.app.screen, (TalkScreen, ChooseTopics))
            )
        here = open_session(DiskStore(root), "proef")
        found = here.folder.discussion()  # raises when it cannot be read
        assert found is None or len(found[0].talks) <= MOST_TOPICS
        for each in here.folder.agreements()[0].agreements:
            assert each.sentence
        assert here.session.phase.is_revealed


@asynccontextmanager
async def at_table(root: Path, size: tuple[int, int]) -> AsyncIterator[Pilot[int]]:
    async def flow(app: Shell) -> int:
        await discuss(app, lay_table(open_session(DiskStore(root), "proef")))
        return 0

    async with BartApp(flow, "nl").run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot
