"""Every door asks the same question, explains the same choices and names the same limits.

What must stand there is put together here, from the set as its file says it.
"""

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bart_tool.cli.plain_answer import PlainVisit
from bart_tool.cli.terminal import Lines
from bart_tool.domain.question import Option
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.route import Page, Route
from bart_tool.store.disk import DiskStore
from bart_tool.tui.participant.question import Question
from bart_tool.wording.translation import words
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.forms import make_forms
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.prepare import new_session, usable_set
from bart_tool.workflow.session_draft import SessionDraft
from bart_tool.workflow.template import template
from tests.cli.run import bart
from tests.tui.conftest import answering, begin
from tests.tui.waiting import text_of

SETS = ("wijk-kern", "wijk-kort")
TALL = 400  # lines: a whole page at once
# What plain lines have no other sign for.
PLAIN_SIGNS = str.maketrans({"–": "-", "·": "-", "…": "...", "‘": "'", "’": "'"})


def opened(root: Path, set_name: str) -> OpenSession:
    parties = [("wijkraad", 1), ("wijkmanager", 1), ("cluster-stadsbeheer", 1)]
    return new_session(
        DiskStore(root),
        SessionDraft(
            name="proef",
            set_name=set_name,
            parties=parties,
            decisions={"bank": "Een bank plaatsen"},
            title="Voorbeeldwijk",
        ),
    )


def pages_of(session: OpenSession) -> tuple[Page, ...]:
    return Route(session.question_set, "wijkraad").pages


def standing(said: str) -> str:
    return said[:1].upper() + said[1:]


def in_full(option: Option) -> str:
    label, more = option.label.nl, option.help.nl
    return f"{label} – {more}" if more else label


def question_of(the_set: QuestionSet, item: Item, said: str) -> str:
    many = bool(item.subject) and the_set.named(item.subject).is_plural
    said = re.sub(r"\{([^{}|]+)\|([^{}|]+)\}", r"\2" if many else r"\1", said)
    if item.subject:
        # Everybody who is asked about here is one: {mag|mogen} reads mag.
        said = re.sub(r"\{([^{}|]+)\|[^{}|]+\}", r"\1", said)
        said = said.replace("{subject}", the_set.named(item.subject).in_sentence.nl)
    if item.object:
        thing = the_set.object_named(item.question, item.object)
        said = said.replace("{object}", thing.in_sentence.nl)
    return standing(said)


def row_of(the_set: QuestionSet, item: Item) -> str:
    thing = the_set.object_named(item.question, item.object)
    return standing((thing.the or thing.label).nl)


def at_once(the_set: QuestionSet, page: Page) -> list[str]:
    """The question of a page that is shown whole, and of a table each row."""
    first = page.items[0]
    if not page.is_table:
        return [question_of(the_set, first, page.question.text.nl)]
    head = question_of(the_set, first, page.question.table.nl)
    return [head, *(row_of(the_set, item) for item in page.items)]


def limit_of(page: Page) -> list[str]:
    most = page.question.at_most
    if most:
        return [f"Kies er hoogstens {most}."]
    return ["Je mag er meer kiezen."] if page.question.answered == "several" else []


def choices(the_set: QuestionSet, page: Page, *, explained: bool) -> list[str]:
    options = the_set.options(page.question, page.subject)
    return [in_full(each) if explained else each.label.nl for each in options]


def first_of_their_scale(pages: tuple[Page, ...]) -> set[int]:
    seen: dict[str | None, int] = {}
    for number, page in enumerate(pages):
        seen.setdefault(page.question.on_scale, number)
    return {number for scale, number in seen.items() if scale}


def whole_pages(session: OpenSession) -> Iterator[list[str]]:
    """What must stand on each page where a table is shown whole."""
    the_set, pages = session.question_set, pages_of(session)
    first = first_of_their_scale(pages)
    for number, page in enumerate(pages):
        explained = not page.is_table or number in first
        yield [
            *at_once(the_set, page),
            *choices(the_set, page, explained=explained),
            *limit_of(page),
        ]


def row_by_row(session: OpenSession) -> Iterator[list[str]]:
    """What must stand there where each item is asked by itself."""
    the_set = session.question_set
    for page in pages_of(session):
        for item in page.items:
            yield [
                question_of(the_set, item, page.question.text.nl),
                *choices(the_set, page, explained=True),
                *limit_of(page),
            ]


def squeezed(said: str) -> str:
    """`said` without what wrapping, frames and boxes put between its words."""
    said = said.translate(PLAIN_SIGNS)
    return re.sub(r"[\s│▁▂▃▄▅▆▇█▔›]+|\([ ●]\)|\[[ x]\]|•+", "", said)


def missing(expected: list[str], shown: str) -> list[str]:
    there = squeezed(shown)
    return [each for each in expected if squeezed(each) not in there]


def text_of_page(source: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", source))


@pytest.mark.parametrize("set_name", SETS)
@pytest.mark.parametrize("width", [80, 40])
async def test_the_screens_ask_in_the_words_of_the_set(
    tmp_path: Path, set_name: str, width: int
) -> None:
    session = opened(tmp_path, set_name)
    expected = list(whole_pages(session) if width == 80 else row_by_row(session))
    async with answering(session_context(session, "WR-01"), (width, TALL)) as pilot:
        screen = await begin(pilot)
        for number, each in enumerate(expected):
            assert isinstance(pilot.app.screen, Question), number
            assert missing(each, text_of(pilot)) == [], number
            screen.action_go_on()
            await pilot.pause()


@pytest.mark.parametrize("set_name", SETS)
def test_the_plain_lines_ask_in_the_words_of_the_set(tmp_path: Path, set_name: str) -> None:
    session = opened(tmp_path, set_name)
    expected = list(row_by_row(session))
    said = io.TextIOWrapper(io.BytesIO(), "utf-8")
    # `?` says a row again in full: what the levels mean is otherwise said once a table.
    typed = io.StringIO("\n1\n" + "?\n\n" * len(expected) + "q\n")
    PlainVisit(session_context(session, "WR-01"), Lines(typed, said), words("nl")).run()
    said.seek(0)
    parts = re.split(r"\n[^\n]+ - vraag \d+ van \d+\n", said.read())[2::2]
    assert len(parts) == len(expected)
    for each, part in zip(expected, parts, strict=True):
        assert missing(each, part) == []


@pytest.mark.parametrize("set_name", SETS)
def test_the_form_asks_in_the_words_of_the_set(tmp_path: Path, set_name: str) -> None:
    session = opened(tmp_path, set_name)
    source = Path(make_forms(session, ["WR-01"])[0]).read_text("utf-8")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', source, re.S)
    assert found is not None
    data = json.loads(found[1])
    pages, lists = data["pages"], data["lists"]
    for expected, page in zip(pages_of(session), pages, strict=True):
        is_table = expected.is_table
        rows = [row["label"]["nl"] for row in page["rows"] if row["label"]]
        assert [page["question"]["nl"], *rows] == at_once(session.question_set, expected)
        made = [
            f"{label['nl']} – {more['nl']}" if more["nl"] else label["nl"]
            for _, label, more in lists[page["options"]]
        ]
        assert sorted(made) == sorted(choices(session.question_set, expected, explained=True))
        assert [each for each in [page["howMany"]["nl"]] if each] == limit_of(expected)
        assert is_table or not rows
    assert {n for n, page in enumerate(pages) if page["first"]} == first_of_their_scale(
        pages_of(session)
    )
    shown = text_of_page(source.partition('<script type="application/json"')[0])
    for each, page in zip(whole_pages(session), pages_of(session), strict=True):
        explained = choices(session.question_set, page, explained=True)
        assert missing([*each, *explained], shown) == []


def on_paper(session: OpenSession) -> Iterator[tuple[int, list[str]]]:
    """The number of each line on paper, and what must stand in the block in which it stands.

    What choices mean stands where they are met first.
    """
    the_set, number, met = session.question_set, 1, set[frozenset[str]]()
    for page in pages_of(session):
        listed = frozenset(each.id for each in the_set.options(page.question, page.subject))
        explained = choices(the_set, page, explained=listed not in met)
        met.add(listed)
        yield number, [*at_once(the_set, page), *explained, *limit_of(page)]
        number += len(page.items)


@pytest.mark.parametrize("set_name", SETS)
def test_the_paper_asks_in_the_words_of_the_set(tmp_path: Path, set_name: str) -> None:
    session = opened(tmp_path, set_name)
    source = Path(make_forms(session, ["WR-01"], paper=True)[0]).read_text("utf-8")
    parts = re.split(r'<section class="[a-z -]+" id="line-(\d+)">', source)
    blocks = dict(zip(map(int, parts[1::2]), parts[2::2], strict=True))
    for number, each in on_paper(session):
        block = blocks[max(first for first in blocks if first <= number)]
        shown = re.sub(r"(?<=\s)\d+(?=\s*</b>)", "", block)
        assert missing(each, text_of_page(shown)) == []


@pytest.mark.parametrize("set_name", SETS)
def test_the_table_asks_in_the_words_of_the_set(tmp_path: Path, set_name: str) -> None:
    session = opened(tmp_path, set_name)
    rows = csv.DictReader(io.StringIO(template(session)), delimiter=";")
    of_one = [row for row in rows if row["participant"] == "WR-01" and row["item"] != "consent"]
    expected = list(row_by_row(session))
    assert len(of_one) == len(expected)
    for (question, *rest), row in zip(expected, of_one, strict=True):
        assert row["question"].startswith(question)
        assert missing(rest, f"{row['question']} {row['choices']}") == []


@pytest.mark.parametrize("set_name", SETS)
def test_reading_a_set_through_shows_the_words_of_the_set(tmp_path: Path, set_name: str) -> None:
    the_set = usable_set(set_name)[0].spoken
    shown = bart(tmp_path, "sets", set_name).out
    for page in Route(the_set, "wijkraad").pages:
        explained = choices(the_set, page, explained=True)
        assert missing([*at_once(the_set, page), *explained, *limit_of(page)], shown) == []
        assert missing([f"{item.key})" for item in page.items], shown) == []
