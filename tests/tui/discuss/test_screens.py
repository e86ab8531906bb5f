"""The screens of a discussion as they look, at two sizes and in both languages."""

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from bart_tool.domain.agreement import AgreementDraft, Assent
from bart_tool.domain.base import Language
from bart_tool.domain.discussion import Talk
from bart_tool.store.disk import DiskStore
from bart_tool.tui.choose_or_type import ChooseOrType
from bart_tool.tui.dialogs import AskLine, Several
from bart_tool.tui.discuss.agreement import AgreementScreen
from bart_tool.tui.discuss.agreement_list import AgreementList
from bart_tool.tui.discuss.read_aloud import ReadBack, SharedGround
from bart_tool.tui.discuss.talk import TalkScreen
from bart_tool.tui.discuss.topic import TopicScreen
from bart_tool.tui.discuss.topics import ChooseTopics
from bart_tool.workflow.agree import agree
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.findings import put_out_of_date
from bart_tool.workflow.open_session import OpenSession
from tests.tui.conftest import check_screen
from tests.tui.discuss.table import TODAY, TOPICS, Clock, chosen, sitting, tick
from tests.tui.facilitator.test_screens import everywhere, mark
from tests.tui.waiting import at, shown, text_of, until


@pytest.fixture
def opened(tmp_path: Path) -> OpenSession:
    return make_demo(DiskStore(tmp_path)).opened


async def keep(pilot: Pilot[int], name: str) -> None:
    await pilot.pause()
    check_screen(f"discuss-{name}", text_of(pilot))


def with_agreements(opened: OpenSession) -> None:
    """One of the first topic, which is through; and one that was parked."""
    first = AgreementDraft(
        topic=TOPICS[0],
        sentence="De wijkmanager beslist bij spoed tot 500 euro, en meldt dat dezelfde week.",
        parties=(Assent(party="wijkraad", condition="het uit het wijkbudget komt"),),
        mandate="submitted",
        mandate_words="de directeur van het cluster",
        owner="wijkmanager",
        check_on=date(2027, 5, 26),
        written_in="het wijkakkoord",
        specified="yes",
    )
    parked = AgreementDraft(
        topic=TOPICS[1],
        sentence="Wie dit oppakt, zoeken we uit.",
        mandate="parked",
        owner="wijk-mt",
    )
    for draft in (first, parked):
        agree(opened, draft, TODAY)


@everywhere
async def test_choosing_topics_and_the_shared_ground(
    tmp_path: Path, opened: OpenSession, size: tuple[int, int], language: Language
) -> None:
    here = mark(size, language)
    async with sitting(tmp_path, size=size, language=language) as pilot:
        await at(pilot, ChooseTopics)
        await pilot.press("1", "3", "6")
        await keep(pilot, f"topics-{here}")
        await pilot.press("g")
        await at(pilot, TalkScreen)
        await keep(pilot, f"talk-{here}")
        await pilot.press("question_mark")
        await keep(pilot, f"help-{here}")
        await pilot.press("escape")
        await pilot.press("g")
        await at(pilot, SharedGround)
        await keep(pilot, f"shared-{here}")
        await pilot.press("right")
        await keep(pilot, f"shared-more-{here}")


@everywhere
async def test_every_page_of_a_topic(
    tmp_path: Path, opened: OpenSession, size: tuple[int, int], language: Language
) -> None:
    here = mark(size, language)
    chosen(opened)
    clock = Clock()
    async with sitting(tmp_path, clock, size=size, language=language) as pilot:
        await at(pilot, TalkScreen)
        await pilot.press("1")
        await at(pilot, TopicScreen)
        await keep(pilot, f"topic-seen-{here}")
        await pilot.press("space", "right")
        await tick(pilot, clock, 78)
        screen = pilot.app.screen
        assert isinstance(screen, TopicScreen)
        for name in ("beside", "speak", "ask", "agree"):
            screen.show_page(screen.number_of(name))
            await keep(pilot, f"topic-{name}-{here}")
        await pilot.press("a")
        await at(pilot, AskLine)
        await keep(pilot, f"topic-writing-{here}")


@everywhere
async def test_agreements_in_a_list_one_by_one_and_read_back(
    tmp_path: Path, opened: OpenSession, size: tuple[int, int], language: Language
) -> None:
    here = mark(size, language)
    discussion = chosen(opened)
    for talk in (
        Talk(topic=TOPICS[0], state="done", step="consent"),
        Talk(topic=TOPICS[1], state="parked", step="dialogue", extended_in="dialogue"),
        Talk(topic=TOPICS[2], step="round", used=30),
    ):
        discussion = discussion.with_talk(talk)
    opened.folder.save_discussion(discussion, opened.folder.discussion()[1])  # type: ignore[index]
    with_agreements(opened)
    async with sitting(tmp_path, size=size, language=language) as pilot:
        await at(pilot, TalkScreen)
        await keep(pilot, f"half-way-{here}")
        await pilot.press("a")
        await at(pilot, AgreementList)
        await until(pilot, lambda: pilot.app.screen.kept)  # type: ignore[attr-defined]
        await keep(pilot, f"agreements-{here}")
        await pilot.press("1")
        await at(pilot, AgreementScreen)
        await until(pilot, lambda: not pilot.app.screen.is_at_work)  # type: ignore[attr-defined]
        await keep(pilot, f"agreement-{here}")
        await pilot.press("2")
        await at(pilot, Several)
        await keep(pilot, f"who-agrees-{here}")
        await pilot.press("escape", "6")
        await at(pilot, ChooseOrType)
        await keep(pilot, f"when-{here}")
        await pilot.press("escape", "escape")
        await at(pilot, AgreementList)
        await pilot.press("escape")
        await at(pilot, TalkScreen)
        await pilot.press("t")
        await at(pilot, ReadBack)
        await keep(pilot, f"read-back-{here}")
        await pilot.press("right", "right")
        await keep(pilot, f"closing-{here}")


async def test_nothing_to_talk_about_is_no_dead_end(tmp_path: Path, opened: OpenSession) -> None:
    """Everybody answers the same: there is no agenda, and that is said."""
    for code in opened.session.party_of:
        sheet = opened.folder.sheet(code)
        if sheet is not None:
            opened.folder.save_sheet(sheet[0].changed(answers={}), sheet[1])
    put_out_of_date(opened)
    async with sitting(tmp_path) as pilot:
        await at(pilot, TalkScreen)
        await shown(pilot, "g Laat zien wat jullie hetzelfde zien")
        await pilot.press("k")
        await at(pilot, ChooseTopics)
        await keep(pilot, "nothing-80x24-nl")
        await pilot.press("g")
        await at(pilot, TalkScreen)
        await pilot.press("g")
        await at(pilot, SharedGround)
        await pilot.press("enter")
        await at(pilot, TalkScreen)


async def test_other_languages_sizes_and_looks_at_any_moment(
    tmp_path: Path, opened: OpenSession
) -> None:
    chosen(opened)
    with_agreements(opened)
    async with sitting(tmp_path) as pilot:
        await at(pilot, TalkScreen)
        for key, kind in (
            ("1", TopicScreen),
            ("a", AgreementList),
            ("t", ReadBack),
            ("k", ChooseTopics),
        ):
            await pilot.press(key)
            await at(pilot, kind)
            for size in ((40, 20), (20, 8), (200, 60), (80, 24)):
                await pilot.resize_terminal(*size)
                await pilot.press("f3", "f4")
                assert text_of(pilot).strip()
            await pilot.press("escape")
            await at(pilot, TalkScreen)
        assert "Het gesprek in Voorbeeldwijk" in text_of(pilot)
