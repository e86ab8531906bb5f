"""The screen that is there before the questions are."""

import threading
from collections.abc import Callable

import pytest

from bart_tool.errors import NotFound
from bart_tool.tui.app import BartApp
from bart_tool.tui.participant.flow import visit
from bart_tool.tui.participant.opening import Opening, opened
from bart_tool.tui.participant.question import Question
from bart_tool.tui.participant.welcome import Welcome
from bart_tool.tui.shell import Shell
from bart_tool.workflow.answering.context import AnswerContext
from tests.tui.waiting import at, has_ended, held_up, text_of
from tests.waiting import until


def app_on(open_context: Callable[[], AnswerContext]) -> BartApp:
    async def flow(app: Shell) -> int:
        await visit(app, await opened(app, open_context))
        return 0

    return BartApp(flow, "nl")


def app_on_what_comes_after(read: threading.Event, context: AnswerContext) -> BartApp:
    def open_context() -> AnswerContext:
        read.wait()
        return context

    return app_on(open_context)


async def test_keys_typed_while_the_questions_are_read_go_to_the_welcome(
    context: AnswerContext,
) -> None:
    with held_up() as read:
        async with app_on_what_comes_after(read, context).run_test() as pilot:
            await at(pilot, Opening)
            assert "Een ogenblik: je vragen komen eraan." in text_of(pilot)
            await pilot.press("enter", "enter", "2", "enter")
            assert isinstance(pilot.app.screen, Opening)
            read.set()
            await at(pilot, Question)
            question = pilot.app.screen
            assert isinstance(question, Question)
            assert question.visit.state.sheet.consent == "group"


async def test_the_opening_is_not_seen_again_when_the_visit_ends(context: AnswerContext) -> None:
    async with app_on(lambda: context).run_test() as pilot:
        await at(pilot, Welcome)
        opening = pilot.app.screen_stack[-2]
        assert isinstance(opening, Opening)
        await pilot.press("f3")  # another language fills every screen anew
        shown = [str(opening.query_one(name).render()) for name in ("#headline", "#body")]
        assert shown == ["", ""]


async def test_one_can_stop_before_the_questions_are_there(context: AnswerContext) -> None:
    with held_up() as read:
        app = app_on_what_comes_after(read, context)
        async with app.run_test() as pilot:
            await at(pilot, Opening)
            await pilot.press("ctrl+q")
            await pilot.pause()
            assert app.return_value == 0
            read.set()


async def test_what_cannot_be_opened_ends_the_app_with_that_reason() -> None:
    def open_context() -> AnswerContext:
        raise NotFound("no-such-session", name="nergens", names="")

    with pytest.raises(NotFound):
        async with app_on(open_context).run_test() as pilot:
            await until(lambda: has_ended(pilot.app), "an end")
