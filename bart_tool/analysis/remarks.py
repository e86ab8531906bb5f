"""What people wrote: literally only where they allowed it, otherwise counted."""

from collections.abc import Iterator, Sequence

from bart_tool.analysis.visibility import View
from bart_tool.domain.answer import CODES, Answer
from bart_tool.domain.findings import Quote
from bart_tool.domain.question_set import Item


def remarks(item: Item, views: Sequence[View]) -> tuple[tuple[Quote, ...], int]:
    """The quotes that may be printed, and how many people wrote something that may not.

    Quotes stand in alphabetical order within a party, so they tell nothing of the order in which
    people handed in.
    """
    quotes: list[Quote] = []
    silent = 0
    for view in views:
        allowed: list[str] = []
        for sheet in view.sheets:
            answer = sheet.answers.get(item.key)
            texts = list(_written(item, answer)) if answer else []
            if answer and answer.quote:
                allowed.extend(texts)
            elif texts:
                silent += 1
        quotes.extend(Quote(view.party, text) for text in sorted(allowed))
    return tuple(quotes), silent


def _written(item: Item, answer: Answer) -> Iterator[str]:
    value = answer.value
    if item.question.type == "text" and isinstance(value, str) and value not in CODES:
        yield value
    yield from (text for text in (answer.words, answer.note) if text.strip())
