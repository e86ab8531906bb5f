"""What stands in one participant's form: questions, words and the empty sheet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from typing import Any

from bart_tool.domain.answer import DONT_KNOW, NOBODY, OTHER, PREFER_NOT
from bart_tool.domain.base import Language
from bart_tool.domain.free_text import MAX_WORDS
from bart_tool.domain.question import Options
from bart_tool.domain.question_set import QuestionSet
from bart_tool.domain.route import OwnPicture, Page, Route
from bart_tool.wording import questions
from bart_tool.wording import welcome as welcome_text
from bart_tool.wording.forms import NO_SCRIPT, OPEN_PROPERLY, TEXTS, UNTITLED
from bart_tool.wording.labels import BOUNDARIES, CERTAINTY, TAGS, TENSES, Kind, label
from bart_tool.wording.messages import too_long
from bart_tool.wording.translation import words
from bart_tool.workflow.answering.choosing import CERTAINTIES
from bart_tool.workflow.answering.context import AnswerContext

LANGUAGES: tuple[Language, ...] = ("nl", "en")
# What a sheet has only once its writer begins.
_OF_ANSWERS = {"function", "consent", "status", "answers", "wiped"}


@dataclass(frozen=True)
class FormQuestions:
    """What stands in the form of everybody of one kind: made once, however many they are.

    Without what can be chosen: each person meets that in an order of their own.
    """

    route: Route
    language: Language

    @cached_property
    def sections(self) -> list[Any]:
        """The questions to read where no script runs."""
        return list(_readable(self.route, self.language))

    @cached_property
    def data(self) -> dict[str, Any]:
        """The questions and the words around them for the script, in both languages."""
        return {
            "texts": {each: _texts(each) for each in LANGUAGES},
            "certainties": [_named(CERTAINTY, step) for step in CERTAINTIES],
            "pages": [_page(self.route, page) for page in self.route.pages],
            "picture": _picture(self.route),
        }


def content(context: AnswerContext, asked: FormQuestions, to: str = "") -> Mapping[str, Any]:
    """What `forms.render` needs for the participant in `context`; `asked`: for their kind.

    `to`: the address to which answers are mailed; empty where nobody gave one.
    """
    language = asked.language
    t = words(language)
    return {
        "language": language,
        "title": context.title or t(UNTITLED),
        "whose": welcome_text.whose(context, language),
        "no_script": t(NO_SCRIPT),
        "open_properly": [t(each) for each in OPEN_PROPERLY],
        "sections": _with_options(context, asked),
        "data": {**_data(context, asked), "to": to},
    }


def _data(context: AnswerContext, asked: FormQuestions) -> dict[str, Any]:
    # Many questions offer the same list: each list stands there once.
    lists: list[Any] = []
    pages = []
    for said, page in zip(asked.data["pages"], asked.route.pages, strict=True):
        options = _options(context.question_set, page)
        if options not in lists:
            lists.append(options)
        pages.append({**said, "options": lists.index(options)})
    return {
        **asked.data,
        "pages": pages,
        "lists": lists,
        "language": asked.language,
        "sheet": context.blank.model_dump(exclude=_OF_ANSWERS),
        "mostWords": MAX_WORDS,
        "codes": {"dontKnow": DONT_KNOW, "preferNot": PREFER_NOT, "nobody": NOBODY, "other": OTHER},
        "functions": list(context.functions),
        "title": _both(lambda lang: context.title or words(lang)(UNTITLED)),
        "whose": _both(partial(welcome_text.whose, context)),
        "welcome": _both(partial(_welcome, context, asked.route)),
    }


def _met(the_set: QuestionSet, page: Page) -> Options:
    """What can be chosen on `page`, in the order in which this person meets it."""
    return the_set.options(the_set.question_by_id[page.question.id], page.subject)


def _options(the_set: QuestionSet, page: Page) -> list[Any]:
    return [
        [option.id, _both(option.label.in_language), _both(option.help.in_language)]
        for option in _met(the_set, page)
    ]


def _both(say: Callable[..., Any]) -> dict[str, Any]:
    return {language: say(language) for language in LANGUAGES}


def _named(kind: Kind, name: str) -> list[Any]:
    return [name, _both(partial(label, kind, name))]


def _texts(language: Language) -> dict[str, str]:
    t = words(language)
    return {**{name: t(text) for name, text in TEXTS.items()}, "too_long": too_long(language)}


def _welcome(context: AnswerContext, route: Route, language: Language) -> dict[str, Any]:
    t = words(language)
    steps = {
        name: welcome_text.step(name, context, route, context.blank, t)
        for name in ("about", "seen", "consent")
    }
    return {
        "title": steps["about"][0],
        "about": steps["about"][1],
        "seenTitle": steps["seen"][0],
        "seen": steps["seen"][1],
        "consent": steps["consent"][0],
        "choices": [
            [name, t(called), t(says, k=context.k)]
            for name, (called, says) in welcome_text.CONSENTS.items()
        ],
    }


def _page(route: Route, page: Page) -> dict[str, Any]:
    the_set, question, first = route.question_set, page.question, page.items[0]
    return {
        "boundary": question.boundary,
        "section": _both(partial(label, BOUNDARIES, question.boundary)),
        "tense": _both(partial(label, TENSES, first.tense)),
        "own": page.subject == route.kind,
        "question": _both(partial(questions.asked_at_once, the_set, page)),
        "example": _both(partial(questions.filled, question.example, the_set, first)),
        "help": _both(partial(questions.filled, question.help, the_set, first)),
        "control": question.answered,
        "howMany": _both(lambda lang: questions.how_many(question, words(lang))),
        "first": route.is_first_on_scale(page),
        "nobody": question.has_nobody,
        "other": question.has_other,
        "tags": [_named(TAGS, tag) for tag in question.tagged],
        "most": question.at_most,
        "certainty": question.certainty,
        "rows": [
            {
                "item": item.key,
                "unless": the_set.depending.get(item.key),
                "label": _both(partial(questions.asked_in_row, the_set, item))
                if page.is_table
                else None,
                "asked": _both(partial(questions.asked_of, the_set, item))
                if page.is_table
                else None,
                "short": _both(partial(questions.short, the_set, item)),
            }
            for item in page.items
        ],
    }


def _with_options(context: AnswerContext, asked: FormQuestions) -> list[Any]:
    """The questions to read, with what can be chosen."""
    return [
        (
            title,
            [
                {
                    **said,
                    "options": [
                        questions.option_in_full(option, asked.language)
                        for option in _met(context.question_set, said["page"])
                    ],
                }
                for said in pages
            ],
        )
        for title, pages in asked.sections
    ]


def _picture(route: Route) -> dict[str, Any]:
    """The B/ART table: where each item stands."""
    picture = OwnPicture(route)
    return {
        "rows": [
            [row, _both(lambda lang, r=row: label(BOUNDARIES, r, lang))] for row in picture.rows
        ],
        "columns": [
            [
                column,
                _both(lambda lang, c=column: questions.subject_label(route.question_set, c, lang)),
            ]
            for column in picture.columns
        ],
        "cells": [
            [[item.key for item in picture.items_at(row, column)] for column in picture.columns]
            for row in picture.rows
        ],
    }


def _readable(route: Route, language: Language) -> Any:
    """The questions to read where no script runs."""
    for boundary, pages in groupby(route.pages, key=lambda page: page.question.boundary):
        yield (
            label(BOUNDARIES, boundary, language),
            [
                {
                    "number": route.number_of(page.items[0]),
                    "tense": label(TENSES, page.items[0].tense, language),
                    "question": questions.asked_at_once(route.question_set, page, language),
                    "rows": [
                        questions.asked_in_row(route.question_set, item, language)
                        for item in page.items
                    ]
                    if page.is_table
                    else [],
                    "only": questions.only_unless(route.question_set, page, words(language)),
                    "how_many": questions.how_many(page.question, words(language)),
                    "page": page,
                }
                for page in pages
            ],
        )
