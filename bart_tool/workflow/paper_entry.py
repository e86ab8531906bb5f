"""Typing over what somebody filled in on paper: line by line, each read by itself."""

from dataclasses import dataclass
from typing import assert_never

from bart_tool.domain.answer import NONE, NOT_SUBSTANTIVE, OTHER, Answer, Tag
from bart_tool.domain.free_text import MAX_WORDS
from bart_tool.domain.question import Question
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.domain.route import Page, Route
from bart_tool.wording.questions import CODE_KEYS, TAG_KEYS, codes_of
from bart_tool.wording.translation import N_
from bart_tool.workflow.answering import choosing

NOTE = ";"  # behind it stands a note
QUOTE = "!"  # at the end: the words may be printed literally
# u: on the papers of version 0.1.0 not knowing was said with a letter, now with none
_TAGS: dict[str, Tag] = {"u": "unknown", **{key: tag for tag, key in TAG_KEYS.items()}}


_SURE = dict(zip("123", choosing.CERTAINTIES, strict=True))


@dataclass(frozen=True)
class Line:
    """One numbered line on paper: one item."""

    number: int
    item: Item
    page: Page


class Misread(Exception):
    """What was typed over does not fit the line. `text` says why, in the catalogue `form`."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.values = values


def lines(route: Route) -> tuple[Line, ...]:
    """Every line, in the order in which they stand on the paper, from 1."""
    found = [(item, page) for page in route.pages for item in page.items]
    return tuple(Line(number, item, page) for number, (item, page) in enumerate(found, 1))


def read(question_set: QuestionSet, item: Item, typed: str) -> Answer | None:
    """The answer that `typed` stands for; None for a line that was left open.

    A number, or a letter that stands on the paper; for several choices several, each with v, k
    or g behind it; where it is asked, 1 to 3 for how sure one is (with own words right behind the
    `a`); behind `;` a note, and at the end `!` where the writer ticked that the words may be
    printed. Raises Misread.
    """
    said, has_note, note = typed.strip().partition(NOTE)
    quote = typed.rstrip().endswith(QUOTE)
    if quote:
        note = note.rstrip().removesuffix(QUOTE)
        said = said if has_note else said.rstrip().removesuffix(QUOTE)
    if len(note.strip()) > MAX_WORDS or len(said.strip()) > MAX_WORDS:
        raise Misread(N_("That is too long: {most} signs at most."), most=MAX_WORDS)
    answer = _answer(question_set, item, said.strip())
    if answer is None:
        if note.strip():
            raise Misread(N_("There is a note, but no choice before it."))
        return None
    return choosing.changed(answer, note=note.strip(), quote=quote)


def _answer(question_set: QuestionSet, item: Item, said: str) -> Answer | None:
    question = item.question
    if not said:
        return None
    for code in codes_of(question):
        coded = _coded(question, code, said)
        if coded is not None:
            return coded
    options = [option.id for option in question_set.options(question, item.subject)]
    match question.answered:
        case "words":
            return choosing.written(None, said)
        case "several":
            return _several(question, options, said)
        case "one":
            return _one(question, options, said)
    assert_never(question.answered)


def _one(question: Question, options: list[str], said: str) -> Answer:
    number, *sure = said.split()
    answer = choosing.chosen(None, _option(options, number))
    if not sure:
        return answer
    if not question.certainty or len(sure) > 1 or sure[0] not in _SURE:
        raise Misread(N_("Only one choice fits here."))
    return choosing.changed(answer, certainty=_SURE[sure[0]])


def _coded(question: Question, code: str, said: str) -> Answer | None:
    """What is said with the letter of `code`; None when it is not that letter."""
    first, _, rest = said.partition(" ")
    # Behind `a` come words, which may begin with a number: there it stands against the letter.
    letter, sure = (first[:1], first[1:]) if code == OTHER else (first, rest.strip())
    may_be_sure = question.certainty and code not in NOT_SUBSTANTIVE
    if letter.lower() != CODE_KEYS[code] or (sure and not (may_be_sure and sure in _SURE)):
        return None
    if code == NONE:
        return choosing.picked(None, {})
    if code == OTHER and not rest.strip():
        raise Misread(N_("Type behind a what was written there."))
    words = rest.strip() if code == OTHER else ""
    return Answer(value=code, words=words, certainty=_SURE.get(sure))


def _several(question: Question, options: list[str], said: str) -> Answer:
    picked: dict[str, Tag] = {}
    for each in said.replace(",", " ").split():
        tag = _TAGS.get(each[-1].lower()) if question.tagged else None
        picked[_option(options, each[:-1] if tag else each)] = tag or "unknown"
    if question.at_most is not None and len(picked) > question.at_most:
        raise Misread(N_("Choose at most {most}."), most=question.at_most)
    return choosing.picked(None, picked)


def _option(options: list[str], number: str) -> str:
    if not number.isdecimal() or not 1 <= int(number) <= len(options):
        raise Misread(N_("There is no choice {number} on this line."), number=number[:20])
    return options[int(number) - 1]
