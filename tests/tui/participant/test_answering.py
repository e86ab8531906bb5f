"""What a participant does on the screens, against what stands in the sheet."""

import asyncio
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from bart_tool.domain.free_text import MAX_WORDS
from bart_tool.domain.route import Place
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.errors import CannotWrite, NotAllowed
from bart_tool.tui.editor import Editor
from bart_tool.tui.participant.flow import HandedIn
from bart_tool.tui.participant.my_picture import MyPicture
from bart_tool.tui.participant.question import Question
from bart_tool.tui.participant.welcome import Welcome
from bart_tool.tui.participant.widgets import QuestionHeading
from bart_tool.tui.rows import Rows
from bart_tool.workflow.answering.context import AnswerContext
from tests.tui import sample
from tests.tui.conftest import answering, begin
from tests.tui.waiting import settled, text_of, until


async def at_question(pilot: Pilot[int], number: int) -> Question:
    screen = await begin(pilot)
    assert isinstance(screen, Question)
    for _ in range(number - 1):
        screen.action_go_on()
    await pilot.pause()
    return screen


async def kept(pilot: Pilot[int], context: AnswerContext) -> Sheet:
    screen = pilot.app.screen
    await screen.visit.keeper.settled()  # type: ignore[attr-defined]
    return sample.saved(context)


async def test_nothing_is_on_the_disk_before_consent_was_chosen(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await pilot.press("enter", "enter", "enter")  # without a choice it does not go on
        assert isinstance(pilot.app.screen, Welcome)
        assert context.read() is None
        await pilot.press("2", "enter")
        assert isinstance(pilot.app.screen, Question)
        assert (await kept(pilot, context)).consent == "group"


async def test_consent_is_never_chosen_beforehand(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await pilot.press("enter", "enter")
        assert "Hoe mogen je antwoorden in het verslag staan?" in text_of(pilot)
        assert "(●)" not in text_of(pilot)


async def test_a_party_of_one_reads_that_it_is_recognisable(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    alone, together = (sample.session_context(opened, code) for code in ("WM-01", "WR-01"))
    async with answering(alone) as pilot:
        await pilot.press("enter")
        assert "enige" in text_of(pilot)
    async with answering(together) as pilot:
        await pilot.press("enter")
        assert "enige" not in text_of(pilot)


async def test_the_function_is_asked_where_the_session_has_a_list(tmp_path: Path) -> None:
    context = sample.context(tmp_path, functions=("voorzitter", "lid"))
    async with answering(context) as pilot:
        await pilot.press("enter", "enter", "1", "enter", "2", "enter")
        assert (await kept(pilot, context)).function == "lid"


async def test_a_digit_chooses_and_enter_goes_on(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 1)
        await pilot.press("2", "s", "s")
        answer = (await kept(pilot, context)).answers["primary-task/wijkraad"]
        assert (answer.value, answer.certainty) == ("plan", "fairly")
        await pilot.press("enter")
        assert screen.visit.state.place.page == 1


async def test_certainty_is_never_set_beforehand(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 1)
        await pilot.press("1")
        assert (await kept(pilot, context)).answers["primary-task/wijkraad"].certainty is None
        await pilot.press("s", "s", "s", "s")
        assert (await kept(pilot, context)).answers["primary-task/wijkraad"].certainty is None


async def test_enter_on_a_row_that_the_arrows_reached_chooses_it(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 1)
        assert "›" not in text_of(pilot)  # Enter means nothing here but go on
        await pilot.press("space")
        assert not (await kept(pilot, context)).answers
        await pilot.press("down", "down", "enter")
        assert screen.visit.state.place.page == 0
        assert (await kept(pilot, context)).answers["primary-task/wijkraad"].value == "plan"
        await pilot.press("enter")
        assert screen.visit.state.place.page == 1


async def test_enter_without_a_choice_skips(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 1)
        await pilot.press("enter")
        assert screen.visit.state.place.page == 1
        assert not (await kept(pilot, context)).answers


async def test_going_back_shows_the_answer_and_lets_one_change_it(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 1)
        await pilot.press("1", "enter", "backspace")
        assert "(●) De stem van de wijk" in text_of(pilot)
        await pilot.press("3")
        answer = (await kept(pilot, context)).answers["primary-task/wijkraad"]
        assert (answer.value, answer.revision) == ("connect", 2)


async def test_the_arrow_left_goes_back(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 2)
        await pilot.press("left")
        assert screen.visit.state.place.page == 0


async def test_the_codes_have_keys_of_their_own(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 6)
        for key, value in (("n", "nobody"), ("w", "dont-know"), ("z", "prefer-not")):
            await pilot.press(key)
            assert (await kept(pilot, context)).answers["ties-broken-by"].value == value
        assert screen.visit.state.place.page == 5


async def test_something_else_is_said_in_own_words(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 1)
        await pilot.press("a", "p", "l", "e", "i", "n", "enter")
        answer = (await kept(pilot, context)).answers["primary-task/wijkraad"]
        assert (answer.value, answer.words) == ("other", "plein")
        await pilot.press("1")
        assert (await kept(pilot, context)).answers["primary-task/wijkraad"].words == ""


async def test_a_note_is_kept_and_printed_only_after_the_tick(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 1)
        await pilot.press("t", *"nee, 12 x", "enter")  # no answer yet, so nothing to note
        assert not (await kept(pilot, context)).answers
        await pilot.press("1", "t", "h", "e", "e", "l", "enter")
        answer = (await kept(pilot, context)).answers["primary-task/wijkraad"]
        assert (answer.value, answer.note, answer.quote) == ("voice", "heel", False)
        await pilot.press("t", "f5", "enter")
        assert (await kept(pilot, context)).answers["primary-task/wijkraad"].quote


async def test_a_text_that_is_too_long_stays_whole_in_the_field_until_it_is_shorter(
    context: AnswerContext,
) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 1)
        await pilot.press("1", "t")
        await pilot.pause()
        assert pilot.app.focused is not None
        pilot.app.focused.post_message(events.Paste("x" * (MAX_WORDS + 1)))
        await pilot.pause()
        told = "Je schreef 1001 tekens; er passen er 1000. Maak het korter."
        assert told in " ".join(text_of(pilot).split())
        await pilot.press("enter")  # it stays where it is
        assert isinstance(pilot.app.focused, Editor)
        assert len(pilot.app.focused.text) == MAX_WORDS + 1
        assert told in " ".join(text_of(pilot).split())
        await pilot.press("backspace")
        await pilot.pause()
        assert told not in " ".join(text_of(pilot).split())
        await pilot.press("enter")
        assert not isinstance(pilot.app.focused, Editor)
        answer = (await kept(pilot, context)).answers["primary-task/wijkraad"]
        assert answer.note == "x" * MAX_WORDS


async def test_what_was_changed_is_put_back_step_by_step_on_whichever_page(
    context: AnswerContext,
) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 1)
        await pilot.press("ctrl+z")
        assert "Er is niets om terug te zetten." in text_of(pilot)
        await pilot.press("1", "t", "h", "enter", "s", "2", "delete", "enter")
        assert screen.visit.state.place.page == 1
        await pilot.press("ctrl+z")
        assert screen.visit.state.place.page == 0
        answer = (await kept(pilot, context)).answers["primary-task/wijkraad"]
        assert (answer.value, answer.note, answer.certainty) == ("plan", "h", "guess")
        assert "(●) Het wijkakkoord" in text_of(pilot)
        await pilot.press("ctrl+z", "ctrl+z")
        answer = (await kept(pilot, context)).answers["primary-task/wijkraad"]
        assert (answer.value, answer.note, answer.certainty) == ("voice", "h", None)
        await pilot.press("ctrl+z", "ctrl+z")
        assert not (await kept(pilot, context)).answers
        await pilot.press("ctrl+z")
        assert "Er is niets om terug te zetten." in text_of(pilot)


async def test_keys_that_fill_a_table_by_mistake_are_put_back(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 4)
        await pilot.press("1", "2", "w")
        assert len((await kept(pilot, context)).answers) == 3
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert not (await kept(pilot, context)).answers


async def test_a_text_is_saved_when_one_goes_on(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 3)
        await pilot.press("e", "1", "w", "enter")
        assert screen.visit.state.place.page == 3
        assert (await kept(pilot, context)).answers["mission/wijkraad"].value == "e1w"


async def test_a_text_that_was_taken_away_is_open_again(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 3)
        await pilot.press("e", "enter", "left", "backspace", "escape")
        assert "mission/wijkraad" not in (await kept(pilot, context)).answers


async def test_digits_fill_a_row_of_the_table_and_move_on(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 4)
        await pilot.press("3", "s", "5", "w")
        answers = (await kept(pilot, context)).answers
        rows = screen.visit.state.route.pages[3].items
        said = [answers[row.key].value for row in rows if row.key in answers]
        assert said == ["advises", "decides", "dont-know"]
        assert answers["mandate/wijkraad/small-urgent-spend"].certainty == "guess"
        assert screen.visit.state.place.page == 3
        await pilot.press("enter")
        assert screen.visit.state.place.page == 4


async def test_arrows_choose_a_cell_of_the_table(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 4)
        await pilot.press("down", "right", "right", "enter")
        answers = (await kept(pilot, context)).answers
        assert answers["mandate/wijkraad/participation-approach"].value == "informed"


async def test_on_a_narrow_screen_the_table_goes_row_by_row(context: AnswerContext) -> None:
    async with answering(context, size=(40, 20)) as pilot:
        screen = await begin(pilot)
        for _ in range(3):
            screen.action_go_on()
        await pilot.press("3", "enter", "4", "enter")
        assert (screen.visit.state.place.page, screen.visit.state.place.row) == (3, 2)
        await pilot.press("backspace")
        assert screen.visit.state.place.row == 1
        answers = (await kept(pilot, context)).answers
        rows = screen.visit.state.route.pages[3].items
        assert [answers[row.key].value for row in rows[:2]] == ["advises", "co-decides"]
        assert len(answers) == 2


async def test_resizing_keeps_the_row_one_was_on(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 4)
        await pilot.press("3")
        await pilot.resize_terminal(40, 20)
        await pilot.pause()
        assert screen.visit.state.place.row == 1
        await pilot.press("4")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        answers = (await kept(pilot, context)).answers
        rows = screen.visit.state.route.pages[3].items
        assert [answers[row.key].value for row in rows[:2]] == ["advises", "co-decides"]
        assert len(answers) == 2
        assert screen.query_one("#choices", Rows).row_id.endswith("participation-approach")


async def test_roles_are_chosen_and_tagged(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 7)
        await pilot.press("2", "v", "3", "g", "b")
        value = (await kept(pilot, context)).answers["roles/wijkraad"].value
        assert value == {"networker": "formal", "director": "informal", "messenger": "unknown"}
        await pilot.press("2", "3", "b")
        assert "roles/wijkraad" not in (await kept(pilot, context)).answers
        await pilot.press("n")
        assert (await kept(pilot, context)).answers["roles/wijkraad"].value == {}


async def test_one_role_too_many_is_refused(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 7)
        await pilot.press("1", "2", "3", "4", "5", "6")
        value = (await kept(pilot, context)).answers["roles/wijkraad"].value
        assert isinstance(value, dict)
        assert len(value) == 5


async def test_delete_opens_the_question_again(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 1)
        await pilot.press("1", "delete")
        assert not (await kept(pilot, context)).answers


async def test_the_own_picture_jumps_to_a_question(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await at_question(pilot, 1)
        await pilot.press("1", "f2")
        assert isinstance(pilot.app.screen, MyPicture)
        assert "leeg" in text_of(pilot)
        await pilot.press("down", "right", "enter")
        assert pilot.app.screen is screen
        assert screen.visit.state.key.startswith("mandate/wijkmanager")


async def test_handing_in_is_confirmed_once_and_closes_the_sheet(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 1)
        await pilot.press("1", "f2", "i", "1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HandedIn)
        assert sample.saved(context).status is SheetStatus.SUBMITTED
        await pilot.press("f2")  # whoever sits here next reads nothing
        await pilot.pause()
        assert isinstance(pilot.app.screen, HandedIn)
    found = context.read()
    assert found is not None
    assert context.lock is not None
    with pytest.raises(NotAllowed, match="handed-in-shut"):
        context.lock.must_open(found[0])


async def test_behind_the_last_question_stands_the_own_picture(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 9)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, MyPicture)


async def test_stopping_keeps_what_was_typed_and_the_next_start_offers_it(
    context: AnswerContext,
) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 3)
        await pilot.press("h", "o", "i", "ctrl+q")
        await pilot.pause()
    assert sample.saved(context).answers["mission/wijkraad"].value == "hoi"
    async with answering(context) as pilot:
        assert isinstance(pilot.app.screen, Welcome)
        assert "1 antwoord" in text_of(pilot)
        await pilot.press("enter")
        screen = pilot.app.screen
        assert isinstance(screen, Question)
        assert screen.visit.state.place.page == 3


async def test_the_choice_of_who_sees_what_can_be_changed_later(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await begin(pilot, "1")
        await pilot.press("ctrl+q")
    async with answering(context) as pilot:
        await pilot.press("4", "enter", "3", "enter")
        assert (await kept(pilot, context)).consent == "none"


async def test_esc_on_the_first_question_asks_whether_to_stop(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 1)
        await pilot.press("escape", "2")
        await pilot.pause()
        assert not pilot.app.is_running or not isinstance(pilot.app.screen, Question)


async def test_the_language_changes_on_every_screen(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 1)
        await pilot.press("1", "f3")
        assert "What is the main task of the council?" in text_of(pilot)
        await pilot.press("f2")
        assert "My picture" in text_of(pilot)
        await pilot.press("f3")
        assert "Mijn beeld" in text_of(pilot)


async def test_the_palette_finds_by_a_part_of_the_words(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 1)
        await pilot.press("ctrl+p", *"contrast", "enter")
        assert pilot.app.theme == "bart-contrast"
        await pilot.press("ctrl+p", *"zzz", "enter", "escape")
        assert isinstance(pilot.app.screen, Question)


async def test_the_mouse_chooses(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 1)
        await pilot.click("#choices", offset=(10, 2))
        assert (await kept(pilot, context)).answers["primary-task/wijkraad"].value == "connect"
        await pilot.click("#extra", offset=(60, 0))
        assert (await kept(pilot, context)).answers["primary-task/wijkraad"].certainty == "fairly"


async def test_the_mouse_fills_a_cell(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        await at_question(pilot, 4)
        await pilot.click("#choices", offset=(50, 2))
        answers = (await kept(pilot, context)).answers
        assert list(answers) == ["mandate/wijkraad/participation-approach"]


async def test_when_saving_fails_the_screen_says_so_and_offers_another_place(
    tmp_path: Path, context: AnswerContext
) -> None:
    def refuse(_sheet: Sheet, _expected: str | None) -> str:
        raise CannotWrite("cannot-write-file", file="WR-01.yaml", reason="vol")

    other = tmp_path / "elders.yaml"
    async with answering(context) as pilot:
        screen = await at_question(pilot, 1)
        await kept(pilot, context)
        object.__setattr__(screen.visit.context, "save", refuse)
        await pilot.press("2")
        await screen.visit.keeper.settled()
        await pilot.pause()
        assert screen.query_one("#heading", QuestionHeading).state == "NIET BEWAARD"
        await pilot.press("2")
        field = pilot.app.screen.query_one("#line")
        field.value = str(other)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await pilot.pause()
        await screen.visit.keeper.settled()
        await pilot.pause()
        assert screen.query_one("#heading", QuestionHeading).state == "bewaard"
    assert 'value: "plan"' in other.read_text(encoding="utf-8")


async def test_a_closed_round_is_noticed_while_answering(tmp_path: Path) -> None:
    opened = sample.opened(tmp_path)
    context = sample.session_context(opened, "WR-01")
    async with answering(context) as pilot:
        screen = await at_question(pilot, 1)
        await kept(pilot, context)
        opened.saved(opened.session.changed(phase="closed"))
        await pilot.press("2")
        await screen.visit.keeper.settled()
        assert screen.visit.keeper.trouble is not None
        assert screen.visit.keeper.trouble.code == "not-answering"
    assert not sample.saved(context).answers


async def test_a_click_on_a_key_of_the_welcome_goes_one_step(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        keys = pilot.app.screen.query_one("#keys")
        line = text_of(pilot).splitlines()[keys.region.y]
        await pilot.click("#keys", offset=(line.index("verder"), 0))
        await pilot.pause()
        assert "Wie ziet straks wat?" in text_of(pilot)
        assert "Kies eerst" not in text_of(pilot)


@pytest.mark.parametrize("turns", range(8))
async def test_one_can_stop_at_the_very_moment_the_questions_come(
    context: AnswerContext, turns: int
) -> None:
    """Ctrl+Q so many turns of the loop behind the Enter: before, in and after their mounting."""
    async with answering(context) as pilot:
        await pilot.press("enter", "1")
        pilot.app.post_message(events.Key("enter", None))
        for _ in range(turns):
            await asyncio.sleep(0)
        pilot.app.post_message(events.Key("ctrl+q", None))
        await settled()
    assert pilot.app.return_value == 0


async def test_the_key_of_dont_know_typed_as_own_words_means_that(context: AnswerContext) -> None:
    async with answering(context) as pilot:
        screen = await begin(pilot)
        route = screen.visit.state.route
        words = next(n for n, p in enumerate(route.pages) if p.question.answered == "words")
        screen._go(screen.visit.state.at(Place(words)))
        await pilot.pause()
        assert isinstance(pilot.app.focused, Editor)
        await pilot.press("w", "enter")
        key = route.pages[words].items[0].key
        assert (await kept(pilot, context)).answers[key].value == "dont-know"
        screen._go(screen.visit.state.at(Place(words)))
        await pilot.pause()
        await pilot.press(*"wij", "enter")  # a word that begins so is a word
        assert (await kept(pilot, context)).answers[key].value == "wij"


async def test_on_a_low_screen_enter_reads_on_before_it_goes_on(context: AnswerContext) -> None:
    async with answering(context, size=(40, 20)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, Welcome)
        await until(pilot, lambda: "lees verder" in text_of(pilot))
        ends = set()
        while screen.step != "consent":
            step, seen = screen.step, text_of(pilot)
            await pilot.press("enter")
            await pilot.pause()
            if screen.step != step:
                ends.add((step, "lees verder" in seen))
        assert ends == {("about", False), ("seen", False)}
