"""What people wrote: literally only where they allowed it, otherwise counted."""

from collections.abc import Iterator, Mapping, Sequence

from bart_tool.domain.answer import CODES, Answer
from bart_tool.domain.findings import Quote
from bart_tool.domain.question_set import Item


def with_words(item: Item, answers: Sequence[Answer]) -> list[Answer]:
    """The answers in which somebody wrote something."""
    if item.question.answered == "words":
        return [answer for answer in answers if any(_written(item, answer))]
    return [answer for answer in answers if answer.note or answer.words]


def remarks(item: Item, written: Mapping[str, Sequence[Answer]]) -> tuple[tuple[Quote, ...], int]:
    """The quotes that may be printed, and how many people wrote something that may not.

    `written`: party -> its answers that hold words. Quotes stand in alphabetical order within a
    party, so they tell nothing of the order in which people handed in.
    """
    quotes = tuple(
        Quote(party, text)
        for party, answers in written.items()
        for text in sorted(
            text for answer in answers if answer.quote for text in _written(item, answer)
        )
    )
    silent = sum(not answer.quote for answers in written.values() for answer in answers)
    return quotes, silent


def _written(item: Item, answer: Answer) -> Iterator[str]:
    value = answer.value
    if item.question.answered == "words" and isinstance(value, str) and value not in CODES:
        yield value
    yield from (text for text in (answer.words, answer.note) if text.strip())
