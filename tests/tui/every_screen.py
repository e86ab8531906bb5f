"""Every screen of bart, as one may come to it in the demo: for tests of what all screens share."""

import importlib
import pkgutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

from textual.pilot import Pilot

import bart_tool.tui
from bart_tool.domain.agreement import Agreement, AgreementDraft
from bart_tool.domain.base import Language
from bart_tool.domain.discussion import Discussion
from bart_tool.domain.findings import Findings
from bart_tool.domain.route import Place
from bart_tool.store.disk import DiskStore
from bart_tool.tui.app import BartApp
from bart_tool.tui.base import BartScreen
from bart_tool.tui.discuss.agreement import AgreementScreen
from bart_tool.tui.discuss.agreement_list import AgreementList
from bart_tool.tui.discuss.meeting import Clocks, Meeting, meeting_at
from bart_tool.tui.discuss.read_aloud import ReadBack, SharedGround
from bart_tool.tui.discuss.talk import TalkScreen
from bart_tool.tui.discuss.topic import TopicScreen
from bart_tool.tui.discuss.topics import ChooseTopics
from bart_tool.tui.facilitator.answers import Passing, WhoAnswers
from bart_tool.tui.facilitator.home import Home
from bart_tool.tui.facilitator.more import More
from bart_tool.tui.facilitator.new_session import Codes, NewSession
from bart_tool.tui.facilitator.session import SessionScreen, look
from bart_tool.tui.facilitator.sets import OneSet, ReadThrough, Sets
from bart_tool.tui.facilitator.sources import WhichItem
from bart_tool.tui.findings.findings_screen import FindingsScreen
from bart_tool.tui.participant.flow import HandedIn
from bart_tool.tui.participant.my_picture import MyPicture
from bart_tool.tui.participant.opening import Opening
from bart_tool.tui.participant.question import Question
from bart_tool.tui.participant.visit import Visit
from bart_tool.tui.participant.welcome import Welcome
from bart_tool.tui.shell import Shell
from bart_tool.workflow.agree import agree
from bart_tool.workflow.answering.context import practice_context
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.discuss import lay_table
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.prepare import shipped_sets
from bart_tool.workflow.session_draft import SessionDraft
from tests.tui.discuss.table import TODAY, TOPICS, Clock
from tests.tui.waiting import until


@cache
def _demo() -> tuple[TemporaryDirectory[str], Findings]:
    """Where the demo lies that each world is a copy of, and what came out of it."""
    folder = TemporaryDirectory()
    return folder, make_demo(DiskStore(Path(folder.name))).findings


@dataclass
class World:
    """The demo, closed, with topics chosen and an agreement, in a folder of its own."""

    root: Path

    def __post_init__(self) -> None:
        # All that takes long is done before an app waits for its first screen.
        folder, self.findings = _demo()
        copytree(folder.name, self.root, dirs_exist_ok=True)
        assert self.meeting

    @cached_property
    def store(self) -> DiskStore:
        return DiskStore(self.root)

    @cached_property
    def opened(self) -> OpenSession:
        opened = open_session(self.store, "demo")
        opened.folder.save_discussion(Discussion().with_topics(TOPICS), None)
        return opened

    @cached_property
    def agreement(self) -> Agreement:
        draft = AgreementDraft(topic=TOPICS[0], sentence="De wijkmanager meldt het dezelfde week.")
        return agree(self.opened, draft, TODAY).agreement

    @cached_property
    def meeting(self) -> Meeting:
        assert self.agreement
        table = lay_table(open_session(self.store, "demo"))
        return meeting_at(table, Clocks(Clock(), lambda: TODAY))

    def visit(self) -> Visit:
        """A participant who practises, at the first question."""
        here = Visit(practice_context("wijk-kort", "wijkraad"))
        here.to(here.state.at(Place(0)))
        return here


MADE: dict[type[BartScreen[Any]], Callable[[World], BartScreen[Any]]] = {
    AgreementList: lambda w: AgreementList(w.meeting),
    AgreementScreen: lambda w: AgreementScreen(w.meeting, w.agreement),
    ChooseTopics: lambda w: ChooseTopics(w.meeting),
    Codes: lambda w: Codes(w.opened, {}),
    FindingsScreen: lambda w: FindingsScreen(
        w.findings, w.opened.question_set, w.opened.session, may_discuss=True
    ),
    HandedIn: lambda w: HandedIn(w.visit()),
    Home: lambda w: Home(w.opened.folder.store),
    More: lambda w: More(w.store, SessionDraft(), shipped_sets()["wijk-kort"], None),
    MyPicture: lambda w: MyPicture(w.visit()),
    NewSession: lambda w: NewSession(w.store),
    OneSet: lambda _: OneSet("wijk-kort"),
    Opening: lambda _: Opening(),
    Passing: lambda _: Passing("WR-01"),
    Question: lambda w: Question(w.visit()),
    ReadBack: lambda w: ReadBack(w.meeting),
    ReadThrough: lambda _: ReadThrough("wijk-kort"),
    SessionScreen: lambda w: SessionScreen(w.opened.folder.store, "demo"),
    Sets: lambda _: Sets(),
    SharedGround: lambda w: SharedGround(w.meeting),
    TalkScreen: lambda w: TalkScreen(w.meeting),
    TopicScreen: lambda w: TopicScreen(w.meeting, TOPICS[0]),
    Welcome: lambda w: Welcome(w.visit()),
    WhichItem: lambda w: WhichItem(w.opened.question_set),
    WhoAnswers: lambda w: WhoAnswers(w.opened, look(w.opened.folder.store, "demo").status),
}


def kinds_of_screen() -> set[type[BartScreen[Any]]]:
    """The screens of the program that no other screen is made from."""
    for module in pkgutil.walk_packages(bart_tool.tui.__path__, "bart_tool.tui."):
        importlib.import_module(module.name)
    return {kind for kind in _below(BartScreen) if not _own(kind)}


def _own(kind: type[BartScreen[Any]]) -> list[type[BartScreen[Any]]]:
    return [below for below in kind.__subclasses__() if _is_ours(below)]


def _below(kind: type[BartScreen[Any]]) -> Iterator[type[BartScreen[Any]]]:
    for below in _own(kind):
        yield below
        yield from _below(below)


def _is_ours(kind: type[object]) -> bool:
    return kind.__module__.startswith("bart_tool.")


@asynccontextmanager
async def opened_at(
    kind: type[BartScreen[Any]],
    root: Path,
    size: tuple[int, int] = (80, 24),
    language: Language = "nl",
) -> AsyncIterator[Pilot[int]]:
    """The app with a screen of this kind on top of an empty one, which nobody closes."""
    world = World(root)

    async def flow(app: Shell) -> int:
        await app.ask(MADE[kind](world))
        return 0

    async with BartApp(flow, language).run_test(size=size) as pilot:
        await until(pilot, lambda: type(pilot.app.screen) is kind)
        await pilot.pause()
        yield pilot
