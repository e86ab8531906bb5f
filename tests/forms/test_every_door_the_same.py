"""The same answers by form, paper, plain lines, CSV, phone and screen give the same sheet."""

import asyncio
import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from bart_tool.cli.paper_entry import PaperEntry
from bart_tool.cli.plain_answer import PlainVisit
from bart_tool.cli.terminal import Lines
from bart_tool.domain.answer import Answer
from bart_tool.domain.route import Route
from bart_tool.store import question_sets
from bart_tool.tui.participant.visit import Visit
from bart_tool.wording.questions import TAG_KEYS
from bart_tool.wording.translation import words
from bart_tool.workflow.answering import steps
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.gather import gather
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.paper_entry import lines
from tests.forms import filling
from tests.forms.conftest import form_of, session
from tests.web.phone import answer_all, begun, pages
from tests.workshop import path_of, with_one_id

Said = dict[str, Any]


def walk_of(opened: OpenSession) -> Route:
    return Route(opened.question_set, "wijkraad")


def what_is_said(opened: OpenSession) -> Said:
    said: Said = {}
    for number, page in enumerate(walk_of(opened).pages, 1):
        said |= filling.values(walk_of(opened), page, number)
    return said


def number_of(opened: OpenSession, item: str, value: str) -> str:
    met = session_context(opened, "WR-01").question_set
    asked = met.by_key[item]
    if asked.question.answered == "words":
        return value
    options = [o.id for o in met.options(asked.question, asked.subject)]
    return {"dont-know": "w"}.get(value) or str(options.index(value) + 1)


def by_form(opened: OpenSession, page: Page, folder: Path) -> None:
    filling.begin(page, form_of(opened))
    filling.fill_all(page, walk_of(opened), filling.by_keyboard)
    assert gather(opened, [filling.hand_in(page, folder)]).came_in == ("WR-01",)


def by_paper(opened: OpenSession, _page: Page, _folder: Path) -> None:
    once = ["1"]
    for line in lines(walk_of(opened)):
        value = what_is_said(opened)[line.item.key]
        if isinstance(value, dict):
            once.append(
                " ".join(
                    number_of(opened, line.item.key, each) + TAG_KEYS[tag]
                    for each, tag in value.items()
                )
            )
        else:
            once.append(number_of(opened, line.item.key, value))
    source = io.StringIO("\n".join([*once, *once, "j", ""]))
    screen = Lines(source, io.StringIO())
    assert PaperEntry(session_context(opened, "WR-01"), screen, words("nl")).run()


def by_plain_lines(opened: OpenSession, _page: Page, _folder: Path) -> None:
    typed = ["", "1"]
    for item, value in what_is_said(opened).items():
        question = opened.question_set.by_key[item].question
        if isinstance(value, dict):
            tags = {"formal": "1", "given": "2", "informal": "3", "unknown": "4"}
            typed.append(" ".join(number_of(opened, item, each) for each in value))
            typed += [tags[tag] for tag in value.values()]
        else:
            typed.append(number_of(opened, item, value))
            if question.answered == "words":
                typed.append("n")  # not literally in the report
            if question.certainty and value != "dont-know":
                typed.append("")
    source = io.StringIO("\n".join([*typed, "i", "j", ""]))
    assert PlainVisit(
        session_context(opened, "WR-01"), Lines(source, io.StringIO()), words("nl")
    ).run()


def by_csv(opened: OpenSession, _page: Page, folder: Path) -> None:
    rows = ["participant,party,item,value,certainty,note,quote,consent"]
    for item, value in what_is_said(opened).items():
        if isinstance(value, dict):
            value = ";".join(f"{each}:{tag}" for each, tag in value.items())
        rows.append(f"WR-01,wijkraad,{item},{value},,,,position")
    path = folder / "answers.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert gather(opened, [path]).came_in == ("WR-01",)


def by_phone_in_the_room(opened: OpenSession, _page: Page, _folder: Path) -> None:
    def answered() -> None:
        phone = begun(*pages(opened))
        answer_all(phone, {item: Answer(value=v) for item, v in what_is_said(opened).items()})
        assert phone.tap().title == "Ingeleverd"

    with ThreadPoolExecutor() as pool:  # the browser's loop runs in this one
        pool.submit(answered).result()


async def on_the_screen(opened: OpenSession) -> None:
    """What the screens of the terminal do with each choice, to handing in."""
    visit = Visit(session_context(opened, "WR-01"))
    visit.to(steps.begin(visit.state, "position", ""))
    for item, value in what_is_said(opened).items():
        assert not visit.do(steps.answer, item, Answer(value=value))
    visit.do(steps.hand_in)
    assert await visit.keeper.settled()


def sheet_of(opened: OpenSession, code: str = "WR-01") -> str:
    text = (path_of(opened.folder) / "sheets" / f"{code}.yaml").read_text("utf-8")
    return re.sub(r"revision: \d+", "revision: 1", text)


GUESSES = """
coorientation:
  items: [primary-task/wijk-mt, mandate/wijkraad/agreement-actions, ties-broken-by]
  text: {nl: "Wat vult {party} hier in? {question}", en: "What does {party} fill in? {question}"}
  short: {nl: "{question} ({party})", en: "{question} ({party})"}
questions:
"""


def made(root: Path, *, with_guesses: bool) -> OpenSession:
    if not with_guesses:
        return session(root, "wijk-kort")
    root.mkdir(parents=True)
    path = root.parent / "with-guesses.yaml"
    as_shipped = question_sets.find("wijk-kort").read_text("utf-8")
    path.write_text(as_shipped.replace("\nquestions:\n", GUESSES, 1), "utf-8")
    about = ("wijkmanager",)
    return session(root, str(path), guess_about=about, guess_consent=about)


@pytest.fixture(autouse=True)
def _by_one_id(monkeypatch: pytest.MonkeyPatch) -> None:
    with_one_id(monkeypatch)


@pytest.fixture(params=[False, True], ids=["own", "guesses"])
def with_guesses(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def expected(tmp_path: Path, with_guesses: bool) -> str:
    opened = made(tmp_path / "expected", with_guesses=with_guesses)
    assert len(opened.question_set.guesses) == (3 if with_guesses else 0)
    # In a thread of its own: the browser's loop runs in this one.
    with ThreadPoolExecutor() as pool:
        pool.submit(lambda: asyncio.run(on_the_screen(opened))).result()
    return sheet_of(opened)


@pytest.mark.parametrize("door", [by_form, by_paper, by_plain_lines, by_csv, by_phone_in_the_room])
def test_every_door_gives_the_same_sheet(
    expected: str,
    page: Page,
    tmp_path: Path,
    door: Callable[[OpenSession, Page, Path], None],
    with_guesses: bool,
) -> None:
    opened = made(tmp_path / "sessions", with_guesses=with_guesses)
    door(opened, page, tmp_path)
    assert sheet_of(opened) == expected
    assert ("guess-wijkmanager-ties-broken-by" in expected) is with_guesses
