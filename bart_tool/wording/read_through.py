"""A question set as text to read through: every question with its answers, section by section."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bart_tool.domain.base import Language
from bart_tool.domain.question_set import Item, QuestionSet
from bart_tool.wording.labels import BOUNDARIES, TENSES, label
from bart_tool.wording.questions import asked_of


@dataclass(frozen=True)
class ReadItem:
    """One item as it is asked. `options` is empty where people answer in their own words."""

    key: str
    text: str
    tense: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """The items of one boundary, in the order in which they are asked."""

    title: str
    items: tuple[ReadItem, ...]


def read_through(question_set: QuestionSet, language: Language) -> Iterator[Section]:
    """The whole set in `language`, a section for each boundary that follows another."""
    for boundary, items in groupby(question_set.items, key=lambda item: item.question.boundary):
        asked = tuple(_asked(question_set, item, language) for item in items)
        yield Section(label(BOUNDARIES, boundary, language), asked)


def _asked(question_set: QuestionSet, item: Item, language: Language) -> ReadItem:
    return ReadItem(
        key=item.key,
        text=asked_of(question_set, item, language),
        tense=label(TENSES, item.tense, language),
        options=tuple(
            option.label.in_language(language)
            for option in question_set.options(item.question, item.subject)
        ),
    )
