"""What stands on one participant's paper: the questions with their line numbers and boxes.

The lines are numbered as in `paper_entry.lines`, so that they can be typed over. Questions that
differ only in whom they are about, and are answered on the same few levels, share one table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby
from typing import Any

from bart_tool.domain.base import Language
from bart_tool.domain.question import Options
from bart_tool.domain.route import Page, Route
from bart_tool.wording import questions
from bart_tool.wording import welcome as welcome_text
from bart_tool.wording.forms import ON_PAPER, UNTITLED
from bart_tool.wording.labels import BOUNDARIES, CERTAINTY, TAGS, TENSES, label
from bart_tool.wording.questions import CODE_KEYS, CODE_WORDS, TAG_KEYS, codes_of
from bart_tool.wording.translation import Words, words
from bart_tool.workflow.answering.choosing import CERTAINTIES
from bart_tool.workflow.answering.context import AnswerContext
from bart_tool.workflow.paper_entry import Line, lines

# Into how many columns what can be chosen may go -> how many characters then fit on a line.
_COLUMNS = {1: 95, 2: 44, 3: 28, 4: 18}


def content(context: AnswerContext, language: Language) -> Mapping[str, Any]:
    """What `forms.render_paper` needs for the participant in `context`."""
    t = words(language)
    title = context.title or t(UNTITLED)
    return {
        "language": language,
        "code": context.code,
        "title": title,
        "whose": t("You take part for: {party}", party=welcome_text.whose(context, language)),
        "how_long": welcome_text.how_long(context, t),
        "consent": _consent(context, t),
        "drawing": welcome_text.drawing(context, t),
        "functions": list(enumerate(context.functions, 1)),
        "blocks": list(_Paper(Route(context.question_set, context.kind), language).blocks()),
        "certainties": [
            (number, label(CERTAINTY, step, language)) for number, step in enumerate(CERTAINTIES, 1)
        ],
        "words": {name: t(text) for name, text in ON_PAPER.items()},
        "side": t("side {number} of {total}", number="\0", total="\0").split("\0"),
    }


def _consent(context: AnswerContext, t: Words) -> dict[str, Any]:
    said, _, warning = welcome_text.consent_text(context, t, paper=True).strip().partition("\n\n")
    return {
        "lines": [line.removeprefix("- ") for line in said.splitlines()],
        "warning": warning.strip(),
        "choices": [
            (number, t(called), t(says, k=context.k))
            for number, (called, says) in enumerate(welcome_text.CONSENTS.values(), 1)
        ],
    }


@dataclass(frozen=True)
class _Block:
    """Lines that stand together below one question."""

    lines: tuple[Line, ...]

    @property
    def page(self) -> Page:
        return self.lines[0].page

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages that are asked one after another elsewhere."""
        return tuple({id(line.page): line.page for line in self.lines}.values())

    @property
    def whole(self) -> Page:
        """All lines as one page."""
        return replace(self.page, items=tuple(line.item for line in self.lines))


def _alike(line: Line) -> tuple[object, ...]:
    """What lines in one block have in common."""
    question = line.page.question
    if question.compared == "level":
        return (question.id, line.item.tense, line.page.is_table)
    return (id(line.page),)


@dataclass(frozen=True)
class _Paper:
    route: Route
    language: Language

    def blocks(self) -> Iterator[dict[str, Any]]:
        before, examples, explained = "", set[str](), set[frozenset[str]]()
        for _, group in groupby(lines(self.route), key=_alike):
            block = _Block(tuple(group))
            options = self._options(block)
            listed = frozenset(option.id for option in options)
            example = self._example(block)
            yield {
                **self._block(block, options, in_full=listed not in explained),
                "section": self._section(block) if self._section(block) != before else "",
                "example": example if example not in examples else "",
            }
            before = self._section(block)
            examples.add(example)
            explained.add(listed)

    def _options(self, block: _Block) -> Options:
        return self.route.question_set.options(block.page.question, block.page.subject)

    def _section(self, block: _Block) -> str:
        return label(BOUNDARIES, block.page.question.boundary, self.language)

    def _example(self, block: _Block) -> str:
        the_set, first = self.route.question_set, block.lines[0].item
        said = questions.filled(block.page.question.example, the_set, first, self.language)
        return words(self.language)("For example: {example}", example=said) if said else ""

    def _heading(self, block: _Block) -> str:
        """The question; above several of them what they are about, in a few words."""
        if len(block.pages) == 1:
            return self._asked(block.page)
        short = block.page.question.short.in_language(self.language)
        return "" if "{" in short else short

    def _asked(self, page: Page) -> str:
        return questions.asked_at_once(self.route.question_set, page, self.language)

    def _groups(self, block: _Block) -> Iterator[tuple[str, list[tuple[int, str]]]]:
        """The rows below each question of a table; where a row is a question, there is none."""
        for _, group in groupby(block.lines, key=lambda line: id(line.page)):
            rows = list(group)
            page = rows[0].page
            title = self._asked(page) if page.is_table and len(block.pages) > 1 else ""
            yield title, [(line.number, self._row(line, block)) for line in rows]

    def _row(self, line: Line, block: _Block) -> str:
        the_set = self.route.question_set
        if line.page.is_table:
            return questions.asked_in_row(the_set, line.item, self.language)
        return "" if len(block.lines) == 1 else self._asked(line.page)

    def _block(self, block: _Block, options: Options, *, in_full: bool) -> dict[str, Any]:
        t, question = words(self.language), block.page.question
        said = [
            questions.option_in_full(each, self.language)
            if in_full
            else each.label.in_language(self.language)
            for each in options
        ]
        is_table = len(block.lines) > 1
        return {
            "kind": _kind(block),
            "tense": label(TENSES, block.lines[0].item.tense, self.language),
            "question": self._heading(block),
            "first": block.lines[0].number,
            "groups": list(self._groups(block)),
            "options": list(enumerate(said, 1)),
            "in_columns": min(_COLUMNS, key=partial(_height, said)),
            "levels": [
                (n, each.label.in_language(self.language)) for n, each in enumerate(options, 1)
            ],
            "meanings": [
                (number, text)
                for number, (text, option) in enumerate(zip(said, options, strict=True), 1)
                if is_table and in_full and option.help
            ],
            "codes": [(CODE_KEYS[code], t(CODE_WORDS[code])) for code in codes_of(question)],
            "only": questions.only_unless(self.route.question_set, block.whole, t),
            "how": questions.how_many(question, t),
            "tags": [(TAG_KEYS[tag], label(TAGS, tag, self.language)) for tag in question.tagged],
            "sure": question.certainty,
        }


def _height(said: Sequence[str], columns: int) -> int:
    """How many lines these texts take in so many columns."""
    tall = sum(-(-len(each) // _COLUMNS[columns]) for each in said)
    return -(-tall // columns)


def _kind(block: _Block) -> str:
    """How it is answered on paper."""
    question = block.page.question
    if len(block.lines) > 1:
        return "table"
    if question.answered == "words":
        return "words"
    return "tagged" if question.tagged else "choices"
