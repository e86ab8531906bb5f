"""Words that are typed where nothing can be typed choose nothing, and reach no other screen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from bart_tool.domain.route import Place
from bart_tool.tui.app import BartApp
from bart_tool.tui.base import BartDialog, BartScreen, BartWindow, TextField
from bart_tool.tui.dialogs import Choose, Help, Several
from bart_tool.tui.facilitator.home import Home
from bart_tool.tui.facilitator.sets import OneSet, Sets
from bart_tool.tui.fast_typing import PAUSE, PAUSE_IN_WORDS, FastTyping, Window
from bart_tool.tui.participant.opening import Opening
from bart_tool.tui.participant.question import Question
from bart_tool.tui.participant.visit import ParticipantScreen, Visit
from bart_tool.tui.shell import Shell
from bart_tool.workflow.answering.context import practice_context
from tests.tui.every_screen import MADE, opened_at
from tests.tui.waiting import at, shown, text_of, until

WORDS = ("volgend jaar", "niemand, nee", "afspraak over geld", "1 mei 2027", "help me even")
FOR_EVER = 1e9
by_name = sorted((kind for kind in MADE if kind is not Opening), key=lambda kind: kind.__name__)


@pytest.fixture(autouse=True)
def typed_at_once(patient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every key that a test presses comes within the pause of the one before."""
    monkeypatch.setattr(FastTyping, "pause", FOR_EVER)
    monkeypatch.setattr(FastTyping, "pause_in_words", FOR_EVER)


@dataclass
class Came:
    """The printable keys that came at a window, and which window it was."""

    keys: list[tuple[BartWindow[Any], str]] = field(default_factory=list)

    def at(self, window: object) -> str:
        return "".join(key for where, key in self.keys if where is window)

    def elsewhere(self, window: object) -> str:
        return "".join(key for where, key in self.keys if where is not window)


@pytest.fixture
def came(monkeypatch: pytest.MonkeyPatch) -> Came:
    seen, on_event = Came(), BartWindow.on_event

    async def noted(self: BartWindow[Any], event: events.Event) -> None:
        if isinstance(event, events.Key) and event.is_printable and event.character:
            seen.keys.append((self, event.character))
        await on_event(self, event)

    monkeypatch.setattr(BartWindow, "on_event", noted)
    return seen


def keys_of(words: str) -> Iterator[str]:
    names = {" ": "space", ",": "comma"}
    yield from (names.get(letter, letter) for letter in words)


async def in_a_burst(pilot: Pilot[int], words: str) -> None:
    """All keys at once, before the first has done anything."""
    for key, letter in zip(keys_of(words), words, strict=True):
        pilot.app.post_message(events.Key(key, letter))
    await pilot.pause()


def allowed(kind: type[BartScreen[Any]], words: str) -> tuple[str, ...]:
    """What a window may be given of `words`: the first key, where it means something."""
    first = words[0]
    return ("", first, first + words[1]) if issubclass(kind, ParticipantScreen) else ("", first)


@pytest.mark.parametrize("kind", by_name, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("burst", [False, True], ids=["one by one", "at once"])
async def test_words_choose_nothing_further_and_reach_no_other_screen(
    kind: type[BartScreen[Any]], burst: bool, tmp_path: Path, came: Came
) -> None:
    for number, words in enumerate(WORDS):
        came.keys.clear()
        async with opened_at(kind, tmp_path / str(number)) as pilot:
            here = pilot.app.screen
            if burst:
                await in_a_burst(pilot, words)
            else:
                await pilot.press(*keys_of(words))
            await pilot.pause()
            assert came.at(here) in allowed(kind, words)
            assert came.elsewhere(here) == ""
            assert len(pilot.app.screen_stack) <= 3  # what the first key opened, and no more


class Below(Home):
    """The home screen, in front of which a dialog is opened."""


@pytest.mark.parametrize("dialog", [Choose, Several, Help])
async def test_words_typed_at_a_dialog_neither_choose_nor_close_it(
    dialog: type[BartDialog[Any]], tmp_path: Path, came: Came
) -> None:
    answers = [("half", "Over een half jaar"), ("other", "Een andere dag")]
    made: dict[type[BartDialog[Any]], BartDialog[Any]] = {
        Choose: Choose("Wanneer kijken jullie terug?", "", answers),
        Several: Several("Wie is het eens?", "", answers, ()),
        Help: Help("Uitleg"),
    }
    given: list[object] = []

    async def flow(app: Shell) -> int:
        given.append(await app.ask(made[dialog]))
        return 0

    async with BartApp(flow, "nl").run_test() as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, dialog))
        before = text_of(pilot)
        await pilot.press(*keys_of("volgend jaar"))
        await pilot.pause()
        assert pilot.app.screen is made[dialog]
        assert text_of(pilot) == before
        assert came.keys == []
        await pilot.press("escape")
        await until(pilot, lambda: given)
    assert given == [None]


async def test_what_a_key_opens_takes_no_more_of_the_words(tmp_path: Path, came: Came) -> None:
    async with opened_at(Home, tmp_path) as pilot:
        home = pilot.app.screen
        await shown(pilot, "Nieuwe sessie")
        await pilot.press("v")
        await at(pilot, Sets)
        before = text_of(pilot)
        await pilot.press(*keys_of("1 wijk"))
        assert isinstance(pilot.app.screen, Sets)
        assert (came.at(home), came.elsewhere(home)) == ("v", "")
        assert "Hier valt niets te typen" in text_of(pilot)
        assert text_of(pilot).splitlines()[:4] == before.splitlines()[:4]
        await pilot.press("down", "up", "1")  # who looks and chooses is understood again
        await at(pilot, OneSet)


async def test_a_field_takes_what_is_typed_at_once(tmp_path: Path) -> None:
    async with opened_at(Home, tmp_path) as pilot:
        await shown(pilot, "Nieuwe sessie")
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.focused, TextField))
        await pilot.press(*keys_of("wijk"))
        assert pilot.app.focused is not None
        assert getattr(pilot.app.focused, "value") == "wijk"  # noqa: B009 (of whichever field)


# The rule by itself, with moments of its own


@dataclass
class AWindow:
    known: str

    def knows_key(self, event: events.Key) -> bool:
        return (event.character or "") in self.known

    def may_follow(self, now: str, before: str) -> bool:
        return BartWindow.may_follow(self, now, before)  # type: ignore[arg-type]  # needs no screen


def question_at(topic: str) -> Question:
    """A participant who practises, at the first page of this question."""
    here = Visit(practice_context("wijk-kern", "wijkraad"))
    pages = here.state.route.pages
    here.to(here.state.at(Place([page.question.id for page in pages].index(topic))))
    return Question(here)


def pressed(typing: FastTyping, window: Window, key: str, at: float) -> bool:
    event = events.Key(key, key if len(key) == 1 else None)
    event.time = at
    return typing.is_stray(event, window)


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> FastTyping:
    monkeypatch.setattr(FastTyping, "pause", PAUSE)
    monkeypatch.setattr(FastTyping, "pause_in_words", PAUSE_IN_WORDS)
    return FastTyping()


def test_who_waits_a_moment_chooses_with_every_key(typing: FastTyping) -> None:
    first, second = AWindow("ab "), AWindow("ab ")
    for number, (window, key) in enumerate(((first, "a"), (second, "b"), (second, " "))):
        assert not pressed(typing, window, key, number * PAUSE)


def test_what_comes_at_once_at_another_window_was_meant_for_the_first(typing: FastTyping) -> None:
    assert not pressed(typing, AWindow("1"), "1", 0.0)
    assert pressed(typing, AWindow("1"), "1", PAUSE / 2)


def test_words_end_at_a_longer_pause_or_another_key(typing: FastTyping) -> None:
    window = AWindow("ab")
    assert pressed(typing, window, "x", 0.0)
    assert pressed(typing, window, "a", 2 * PAUSE)
    assert not pressed(typing, window, "a", 2 * PAUSE + PAUSE_IN_WORDS)
    assert pressed(typing, window, "x", 10.0)
    assert not pressed(typing, window, "down", 10.1)
    assert not pressed(typing, window, "a", 10.2)


def test_a_key_held_down_and_digits_in_a_row_are_no_words(typing: FastTyping) -> None:
    window = AWindow("h123 ")
    assert not any(pressed(typing, window, key, n * 0.05) for n, key in enumerate("hhh"))
    assert not any(pressed(typing, window, key, 9 + n * 0.05) for n, key in enumerate("123"))
    assert pressed(typing, window, " ", 9.2)


def test_in_a_form_letters_and_digits_follow_each_other(typing: FastTyping) -> None:
    form = question_at("clarity")
    assert not any(pressed(typing, form, key, n * 0.05) for n, key in enumerate("3v4g"))
    strays = [pressed(typing, form, key, 9 + n * 0.05) for n, key in enumerate("weet niet")]
    assert strays == [False, *[True] * 8]


def test_the_letter_of_a_role_and_how_one_has_it_follow_each_other(typing: FastTyping) -> None:
    roles = question_at("roles")
    assert not any(pressed(typing, roles, key, n * 0.05) for n, key in enumerate("bvck1g"))
    strays = [pressed(typing, roles, key, 9 + n * 0.05) for n, key in enumerate("weet niet")]
    assert strays == [False, *[True] * 8]


async def test_roles_marked_as_fast_as_one_can_are_all_kept() -> None:
    roles = question_at("roles")

    async def flow(app: Shell) -> int:
        await app.ask(roles)
        return 0

    async with BartApp(flow, "nl").run_test() as pilot:
        await until(pilot, lambda: pilot.app.screen is roles)
        await in_a_burst(pilot, "bvcg")
        await until(pilot, lambda: roles.state.answer is not None)
        await pilot.pause()
        answer = roles.state.answer
        assert answer is not None
        assert isinstance(answer.value, dict)
        assert sorted(answer.value.values()) == ["formal", "informal"]
