"""A long round: six hundred questions on one screen, and not one widget more than at the start.

A new screen a question grew from 43 to 117 MB, because fields that watch the app are never
released (docs/developer/index.md).
"""

import gc
from collections import Counter
from pathlib import Path
from typing import Any

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import TextArea

from bart_tool.domain.route import Place
from bart_tool.tui.key_bar import KeyBar
from bart_tool.tui.participant.my_picture import MyPicture
from bart_tool.tui.participant.question import Question
from bart_tool.tui.participant.widgets import QuestionHeading, Writing
from bart_tool.workflow.answering import steps
from tests.figures import figure
from tests.tui import sample
from tests.tui.conftest import answering, begin

QUESTIONS = 600
WALKS = figure(1, 10)
ONE_EACH = (QuestionHeading, TextArea, Writing, KeyBar, Question)
ROUNDS = 5  # of the picture and back, after which its screens must be gone


KINDS: tuple[dict[str, Any], ...] = (
    {"type": "choice", "options": "roles", "certainty": True},
    {"type": "text"},
    {"type": "scale", "scale": "mandate"},
    {"type": "who"},
    {"type": "multi", "options": "roles", "tags": ["formal", "given", "informal"]},
)


def long_data() -> dict[str, Any]:
    """A set of many questions, every type in turn."""
    asked = []
    for number in range(QUESTIONS):
        words = sample.both(f"vraag {number}", f"question {number}")
        asked.append(
            {
                "id": f"vraag-{number}",
                "boundary": "task",
                "tense": "practice",
                "short": words,
                "text": words,
                **KINDS[number % len(KINDS)],
            }
        )
    return {**sample.DATA, "questions": asked}


def alive(*kinds: type) -> Counter[str]:
    """How many objects of these kinds live, on a screen or not."""
    gc.collect()
    found = [each for each in gc.get_objects() if isinstance(each, kinds)]
    return Counter(type(each).__name__ for each in found)


async def test_six_hundred_questions_leave_no_widget_behind(tmp_path: Path) -> None:
    context = sample.context(tmp_path, data=long_data())
    async with answering(context) as pilot:
        screen = await begin(pilot)
        assert isinstance(screen, Question)
        assert len(screen.visit.state.route.pages) == QUESTIONS
        mounted = list(screen.query("*"))
        before = alive(Widget)
        for route in range(WALKS):
            screen._go(screen.visit.state.at(Place(0)))
            for number in range(QUESTIONS - 1):
                assert screen.visit.state.place.page == number
                if screen.visit.state.is_in_words:
                    screen.visit.do(
                        steps.write, screen.visit.state.key, "text", f"woorden {route} {number}"
                    )
                else:
                    await screen.run_action("choose('dont-know')")
                screen.action_go_on()
                if not number % 50:
                    await pilot.pause()
        await pilot.pause()
        assert await screen.visit.keeper.settled()
        assert list(screen.query("*")) == mounted
        assert not alive(Widget) - before  # the welcome is gone by now
        for kind in ONE_EACH:
            assert sum(alive(kind).values()) == 1, kind
            assert kind is Question or len(pilot.app.screen.query(kind)) == 1
        assert len(sample.saved(context).answers) == QUESTIONS - 1


async def test_going_back_and_forth_to_the_picture_leaves_no_screen_behind(tmp_path: Path) -> None:
    context = sample.context(tmp_path)
    async with answering(context) as pilot:
        screen = await begin(pilot)

        async def look() -> None:
            await pilot.press("f2")
            assert isinstance(pilot.app.screen, MyPicture)
            await pilot.press("escape", "question_mark", "escape", "ctrl+p", "escape", "f3")
            await pilot.pause()
            assert pilot.app.screen is screen

        await look()
        before = alive(Screen, TextArea, QuestionHeading, KeyBar)
        for _ in range(ROUNDS):
            await look()
        assert not alive(Screen, TextArea, QuestionHeading, KeyBar) - before
