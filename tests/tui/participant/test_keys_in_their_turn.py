"""A key or click means what stood on the screen, however soon it comes behind another or a size.

The order of what happens is fixed by the tests: nothing here waits for a moment to come along.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual import events
from textual.geometry import Size
from textual.pilot import Pilot

from bart_tool.tui.participant.my_picture import MyPicture
from bart_tool.tui.participant.question import Question
from bart_tool.tui.rows import Rows
from bart_tool.workflow.answering.context import AnswerContext
from tests.tui import sample
from tests.tui.conftest import answering, begin
from tests.tui.waiting import text_of

TABLE = 4  # the question that is a table of levels
SMALL, LARGE = (50, 24), (80, 24)


async def at_question(pilot: Pilot[int], number: int) -> Question:
    screen = await begin(pilot)
    assert isinstance(screen, Question)
    for _ in range(number - 1):
        screen.action_go_on()
    await pilot.pause()
    return screen


def key(name: str) -> events.Key:
    return events.Key(name, name if len(name) == 1 else None)


async def at_once(pilot: Pilot[int], *names: str) -> None:
    """The second key comes before anything was done with the first."""
    for name in names:
        pilot.app.post_message(key(name))
    await pilot.pause()


@asynccontextmanager
async def not_laid_out_yet(pilot: Pilot[int], width: int, height: int) -> AsyncIterator[None]:
    """The app knows its new size and the screen does not: so it is for some milliseconds."""
    app: Any = pilot.app
    size = Size(width, height)
    app._driver._size = app._size = size
    yield
    app._resize_event = events.Resize(size, size)
    app._check_resize()
    await pilot.pause()


async def said(screen: Question, context: AnswerContext) -> list[object]:
    """What is on the disk of each row of the page, None where it is open."""
    await screen.visit.keeper.settled()
    answers = sample.saved(context).answers
    items = [item.key for item in screen.visit.state.page.items]
    return [answers[each].value if each in answers else None for each in items]


async def test_a_key_between_another_size_and_its_layout_answers_the_row_that_is_seen(
    context: AnswerContext,
) -> None:
    async with answering(context, LARGE) as pilot:
        screen = await at_question(pilot, TABLE)
        await pilot.press("3")  # the first row; the pointer now stands on the second
        async with not_laid_out_yet(pilot, *SMALL):
            await pilot.press("5")
            assert (await said(screen, context))[:3] == ["advises", "decides", None]
            assert not screen.is_narrow
        assert screen.is_narrow
        assert screen.visit.state.place.row == 2


async def test_enter_between_another_size_and_its_layout_goes_on_as_the_screen_is(
    context: AnswerContext,
) -> None:
    async with answering(context, SMALL) as pilot:
        screen = await at_question(pilot, 3)
        screen.action_go_on()
        async with not_laid_out_yet(pilot, *LARGE):
            await pilot.press("enter")
            place = screen.visit.state.place
            assert (place.page, place.row) == (TABLE - 1, 1)


@pytest.mark.parametrize(("before", "after"), [(LARGE, SMALL), (SMALL, LARGE)])
async def test_a_key_that_was_on_its_way_while_rows_were_laid_out_anew_answers_nothing(
    context: AnswerContext, before: tuple[int, int], after: tuple[int, int]
) -> None:
    async with answering(context, before) as pilot:
        screen = await at_question(pilot, 3)
        screen.action_go_on()
        await pilot.pause()
        async with not_laid_out_yet(pilot, *after):
            screen.post_message(events.Resize(Size(*after), Size(*after)))
            screen.post_message(key("5"))
        assert not any(await said(screen, context))
        await pilot.press("5")
        assert (await said(screen, context))[0] == "decides"


@pytest.mark.parametrize(
    ("keys", "rows"),
    [
        ("down 5", [None, "decides", None]),
        ("5 down 3", ["decides", None, "advises"]),
        ("end home 5", ["decides", None, None]),
        ("down down up 5 3", [None, "decides", "advises"]),
    ],
)
async def test_a_digit_right_behind_an_arrow_answers_the_row_that_the_arrow_reached(
    context: AnswerContext, keys: str, rows: list[str | None]
) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, TABLE)
        await at_once(pilot, *keys.split())
        assert (await said(screen, context))[:3] == rows


async def test_enter_right_behind_an_arrow_chooses_what_the_arrow_reached(
    context: AnswerContext,
) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 1)
        await at_once(pilot, "down", "down", "enter")
        assert screen.visit.state.place.page == 0
        assert await said(screen, context) == ["plan"]


async def test_a_digit_right_behind_escape_answers_the_question_before(
    context: AnswerContext,
) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 2)
        await at_once(pilot, "escape", "2")
        assert screen.visit.state.place.page == 0
        assert await said(screen, context) == ["plan"]


async def test_a_digit_on_the_way_to_the_own_picture_answers_nothing(
    context: AnswerContext,
) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 1)
        await at_once(pilot, "f2", "1")
        assert isinstance(pilot.app.screen, MyPicture)
        assert await said(screen, context) == [None]


async def test_an_arrow_right_before_enter_does_not_hand_in(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 1)
        await pilot.press("f2")
        assert isinstance(pilot.app.screen, MyPicture)
        await pilot.press("i")
        await at_once(pilot, "down", "enter")  # to the first open question
        assert isinstance(pilot.app.screen, Question)
        assert not pilot.app.screen.visit.state.is_closed


async def test_a_note_stays_with_its_row_at_another_size(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, TABLE)
        rows = [item.key for item in screen.visit.state.page.items]
        await pilot.press("3", "4", "home", "5", "t", "h")
        await pilot.resize_terminal(*SMALL)
        await pilot.press("o", "i", "enter")
        await pilot.resize_terminal(*LARGE)
        await said(screen, context)
        answers = sample.saved(context).answers
        assert [answers[each].note for each in rows[:2]] == ["hoi", ""]


async def test_a_click_means_the_row_that_was_seen_there(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 1)
        choices = screen.query_one("#choices", Rows)
        first, second, third, *rest = choices.rows
        region = choices.content_region
        x, y = region.x + 10, region.y
        click = events.Click(choices, 10, 0, 0, 0, 1, False, False, False, screen_x=x, screen_y=y)
        choices.show([third, second, first, *rest])  # nothing of that is painted yet
        choices.on_click(click)
        await pilot.pause()
        assert await said(screen, context) == [first.id]


async def test_a_click_on_a_row_that_is_gone_answers_nothing(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, TABLE)
        row = screen.visit.state.page.items[1].key
        choices = screen.query_one("#choices", Rows)
        await pilot.press("enter")  # the page was turned while the click was on its way
        screen.post_message(Rows.Clicked(choices, row, "column:2"))
        await pilot.pause()
        assert screen.visit.state.place.page == TABLE
        await screen.visit.keeper.settled()
        assert not sample.saved(context).answers


async def test_the_language_changes_while_a_screen_is_still_coming(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 1)
        pilot.app.push_screen(MyPicture(screen.visit))
        pilot.app.action_other_language()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "My picture" in text_of(pilot)


async def test_another_size_behind_the_own_picture_counts_once_one_is_back(
    context: AnswerContext,
) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, TABLE)
        await pilot.press("3", "f2")
        await pilot.resize_terminal(*SMALL)
        await pilot.press("escape")
        assert pilot.app.screen is screen
        assert screen.is_narrow
        await pilot.press("5")
        assert (await said(screen, context))[:3] == ["advises", "decides", None]


async def test_another_size_behind_a_question_in_front_leaves_the_keys_alive(
    context: AnswerContext,
) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 1)
        await pilot.press("escape")
        assert pilot.app.screen is not screen
        pilot.app.screen.post_message(key("escape"))
        await pilot.resize_terminal(*SMALL)
        await pilot.press("2")
        assert await said(screen, context) == ["plan"]
