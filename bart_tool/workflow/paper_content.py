"""What stands on one participant's paper: the questions with their line numbers and boxes.

The lines are numbered as in `paper_entry.lines`, so that they can be typed over.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bart_tool.domain.base import Language
from bart_tool.domain.question import Option
from bart_tool.domain.route import Page, Route
from bart_tool.wording import questions
from bart_tool.wording import welcome as welcome_text
from bart_tool.wording.forms import ON_PAPER, UNTITLED
from bart_tool.wording.labels import BOUNDARIES, TAGS, TENSES, label
from bart_tool.wording.questions import CODE_KEYS, CODE_WORDS, TAG_KEYS, codes_of
from bart_tool.wording.translation import Words, words
from bart_tool.workflow.answering.context import AnswerContext


def content(context: AnswerContext, language: Language) -> Mapping[str, Any]:
    """What `forms.render_paper` needs for the participant in `context`."""
    route, t = Route(context.question_set, context.kind), words(language)
    return {
        "language": language,
        "code": context.code,
        "title": context.title or t(UNTITLED),
        "whose": t("You take part for: {party}", party=welcome_text.whose(context, language)),
        "how_long": welcome_text.how_long(context, t),
        "consent": _consent(context, t),
        "drawing": welcome_text.drawing(context, t),
        "functions": list(enumerate(context.functions, 1)),
        "pages": list(_pages(route, language)),
        "words": {name: t(text) for name, text in ON_PAPER.items()},
    }


def _consent(context: AnswerContext, t: Words) -> dict[str, Any]:
    said, _, warning = welcome_text.consent_text(context, t).strip().partition("\n\n")
    return {
        "lines": [line.removeprefix("- ") for line in said.splitlines()],
        "warning": warning.strip(),
        "choices": [
            (number, t(called), t(says, k=context.k))
            for number, (called, says) in enumerate(welcome_text.CONSENTS.values(), 1)
        ],
    }


def _pages(route: Route, language: Language) -> Iterator[dict[str, Any]]:
    first, before = 1, None
    for page in route.pages:
        boundary = page.question.boundary
        yield {
            **_page(route, page, first, language),
            "section": label(BOUNDARIES, boundary, language) if boundary != before else "",
        }
        first, before = first + len(page.items), boundary


def _page(route: Route, page: Page, first_number: int, language: Language) -> dict[str, Any]:
    t = words(language)
    the_set, question, first = route.question_set, page.question, page.items[0]
    options = list(enumerate(the_set.options(question, page.subject), 1))
    meanings = [(number, questions.option_in_full(each, language)) for number, each in options]
    codes = [(CODE_KEYS[code], t(CODE_WORDS[code])) for code in codes_of(question)]
    example = questions.filled(question.example, the_set, first, language)
    return {
        "tense": label(TENSES, first.tense, language),
        "question": questions.asked_at_once(the_set, page, language),
        "example": t("For example: {example}", example=example) if example else "",
        "only": questions.only_unless(the_set, page, t),
        "rows": [
            (number, questions.asked_in_row(the_set, item, language) if page.is_table else "")
            for number, item in enumerate(page.items, first_number)
        ],
        "columns": [*_columns(options, language), *codes] if page.is_table else [],
        "meanings": meanings if route.is_first_on_scale(page) else [],
        "options": [*((*each, True) for each in meanings), *((*each, False) for each in codes)],
        "how": questions.how_many(question, t),
        "words": question.answered == "words",
        "tags": [(TAG_KEYS[tag], label(TAGS, tag, language)) for tag in question.tagged],
        "sure": question.certainty,
    }


def _columns(options: list[tuple[int, Option]], language: Language) -> Iterator[tuple[int, str]]:
    for number, option in options:
        yield number, option.label.in_language(language)
