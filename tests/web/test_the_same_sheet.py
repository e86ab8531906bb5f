"""The same answers by phone in the room, by screen, plain lines and paper give the same sheet.

Everything that a door takes is said somewhere: every code, how sure, a note, leave to print.
"""

import asyncio
import io
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bart_tool.cli.paper_entry import PaperEntry
from bart_tool.cli.plain_answer import PlainVisit
from bart_tool.cli.terminal import Lines
from bart_tool.domain.answer import (
    DONT_KNOW,
    NOBODY,
    NONE,
    OTHER,
    PREFER_NOT,
    Answer,
    Certainty,
    Tag,
)
from bart_tool.domain.question_set import Item
from bart_tool.domain.route import Route, left_out
from bart_tool.tui.participant.visit import Visit
from bart_tool.wording.questions import CODE_KEYS, TAG_KEYS, codes_of
from bart_tool.wording.translation import words
from bart_tool.workflow.answering import choosing, steps
from bart_tool.workflow.answering.context import AnswerContext, session_context
from bart_tool.workflow.open_session import OpenSession
from bart_tool.workflow.paper_entry import lines
from tests.forms.conftest import session
from tests.forms.test_every_door_the_same import sheet_of
from tests.web.phone import answer_all, begun, pages
from tests.workshop import with_one_id

SURE: tuple[Certainty | None, ...] = (None, *choosing.CERTAINTIES)
Said = Mapping[str, Answer]
Door = Callable[[AnswerContext, OpenSession], None]


def what_is_said(context: AnswerContext) -> Said:
    """An answer on all that is asked: each code in its turn, and beside answers all that may be."""
    said: dict[str, Answer] = {}
    turns = Counter[str]()
    for number, item in enumerate(Route(context.question_set, context.kind).items):
        if item.key in left_out(context.question_set, said):
            continue
        answer = _value(context, item, number, turns[item.question.type])
        turns[item.question.type] += 1
        note = "let wel: <i>soms</i> & ’s avonds" if number % 3 == 0 else ""
        is_rated = item.question.certainty and choosing.may_be_rated(answer)
        said[item.key] = choosing.changed(
            answer,
            certainty=SURE[number % 4] if is_rated else None,
            note=note,
            quote=bool(note or answer.words) and number % 2 == 0,
        )
    return said


def _value(context: AnswerContext, item: Item, number: int, turn: int) -> Answer:
    question = item.question
    options = [o.id for o in context.question_set.options(question, item.subject)]
    codes = codes_of(question)
    if turn % 3 == 2:
        code = codes[turn // 3 % len(codes)]
        if code == NONE:
            return choosing.picked(None, {})
        return Answer(value=code, words="de buurt & <b>allen</b>" if code == OTHER else "")
    if question.answered == "words":
        return Answer(value="Wij zijn er <b>samen</b> & één wijk")
    if question.answered == "several":
        tags: tuple[Tag, ...] = (*question.tagged, "unknown")
        first = number % len(options)
        chosen = (options[first:] + options[:first])[: min(len(tags), question.at_most or 9)]
        return Answer(value=dict(zip(chosen, tags, strict=False)))
    return Answer(value=options[number % len(options)])


def by_the_screens(context: AnswerContext, _opened: OpenSession) -> None:
    async def answered() -> None:
        visit = Visit(context)
        visit.to(steps.begin(visit.state, "position", ""))
        for key, answer in what_is_said(context).items():
            assert visit.do(steps.answer, key, answer) == ()
        visit.do(steps.hand_in)
        assert await visit.keeper.settled()

    asyncio.run(answered())


def by_phone(context: AnswerContext, opened: OpenSession) -> None:
    phone = begun(*pages(opened), context.code)
    answer_all(phone, what_is_said(context))
    assert phone.tap().title == "Ingeleverd"


def by_plain_lines(context: AnswerContext, _opened: OpenSession) -> None:
    typed = ["", "1"]
    for key, answer in what_is_said(context).items():
        question = context.question_set.by_key[key].question
        typed.append(_typed(context, key, answer))
        if isinstance(answer.value, dict) and question.tagged:
            tags = (*question.tagged, "unknown")
            typed += [str(tags.index(tag) + 1) for tag in answer.value.values()]
        if answer.words:
            typed.append(answer.words)
        if question.certainty and choosing.may_be_rated(answer):
            typed.append(str(SURE.index(answer.certainty) or ""))
        if answer.words or (question.answered == "words" and answer.value not in CODE_KEYS):
            typed.append("j" if answer.quote else "")
    # The notes afterwards, each from the picture, in which every answer has its number.
    answered = context.blank.model_copy(update={"answers": what_is_said(context)})
    route = Route(context.question_set, context.kind).of(answered)
    numbers = {item.key: route.number_of(item) for item in route.items}
    for key, answer in what_is_said(context).items():
        if answer.note:
            typed += [str(numbers[key]), "t", answer.note, "j" if answer.quote else "", "m"]
    source = io.StringIO("\n".join([*typed, "i", "j", ""]))
    heard = io.StringIO()
    assert PlainVisit(context, Lines(source, heard), words("nl")).run(), heard.getvalue()


def by_paper(context: AnswerContext, _opened: OpenSession) -> None:
    said, once = what_is_said(context), ["1"]
    for line in lines(Route(context.question_set, context.kind)):
        answer = said.get(line.item.key)
        once.append("" if answer is None else _on_paper(context, line.item.key, answer))
    source = io.StringIO("\n".join([*once, *once, "j", ""]))
    heard = io.StringIO()
    assert PaperEntry(context, Lines(source, heard), words("nl")).run(), heard.getvalue()


def _on_paper(context: AnswerContext, key: str, answer: Answer) -> str:
    typed = _typed(context, key, answer)
    if isinstance(answer.value, dict) and answer.value:
        tags = [TAG_KEYS.get(tag, "") for tag in answer.value.values()]
        typed = " ".join(map("".join, zip(typed.split(), tags, strict=True)))
    sure = str(SURE.index(answer.certainty) or "")
    if answer.words:  # which may begin with a number
        typed += f"{sure} {answer.words}"
    elif sure:
        typed += f" {sure}"
    return typed + (f" ; {answer.note}" if answer.note else "") + (" !" if answer.quote else "")


def _typed(context: AnswerContext, key: str, answer: Answer) -> str:
    """What is typed for the answer itself: a number, several, a letter, or the words."""
    item, value = context.question_set.by_key[key], answer.value
    options = [o.id for o in context.question_set.options(item.question, item.subject)]
    if isinstance(value, dict):
        return " ".join(str(options.index(each) + 1) for each in value) or CODE_KEYS[NONE]
    if value in CODE_KEYS or item.question.answered == "words":
        return CODE_KEYS.get(value, value)
    return str(options.index(value) + 1)


def by(door: Door, root: Path, set_name: str, code: str) -> str:
    """The sheet of `code` after everything was said through one door."""
    opened = session(root, set_name)
    door(session_context(opened, code), opened)
    return sheet_of(opened, code)


@pytest.fixture(autouse=True)
def _by_one_id(monkeypatch: pytest.MonkeyPatch) -> None:
    with_one_id(monkeypatch)


@pytest.mark.parametrize("code", ["WR-01", "WM-01"])
@pytest.mark.parametrize("set_name", ["wijk-kort", "wijk-kern", "wijkprogramma"])
def test_whatever_the_door_the_sheet_is_the_same(tmp_path: Path, set_name: str, code: str) -> None:
    expected = by(by_phone, tmp_path / "phone", set_name, code)
    for said in ('certainty: "guess"', "note: ", "quote: true", "value: "):
        assert said in expected
    for door in (by_the_screens, by_plain_lines, by_paper):
        assert by(door, tmp_path / door.__name__, set_name, code) == expected, door.__name__


def test_of_the_largest_set_every_way_to_answer_is_said(tmp_path: Path) -> None:
    said = by(by_phone, tmp_path, "wijk-kern", "WR-01")
    for code in (NOBODY, DONT_KNOW, PREFER_NOT, OTHER):
        assert f'value: "{code}"' in said
    for each in ("value: {}", "words: ", "informal", "given", "formal", "unknown", "<b>samen"):
        assert each in said
