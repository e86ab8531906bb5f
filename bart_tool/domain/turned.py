"""The order in which one person meets options: turned per code, so that none is first for all.

The levels of a scale never turn, nor do the options that a question keeps in its own order. What
answers are stored under stays the same.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import assert_never

from bart_tool.domain.question import (
    ChoiceQuestion,
    MultiQuestion,
    Question,
    ScaleQuestion,
    TextQuestion,
    WhoQuestion,
)
from bart_tool.domain.question_set import QuestionSet


def turned(ids: Sequence[str], code: str, question: str, fixed: Sequence[str] = ()) -> list[str]:
    """The option ids of `question` as whoever has `code` meets them; those in `fixed` come last.

    The list is turned as a wheel: neighbours stay neighbours, and over many codes each option is
    first as often as any other. Which one is first hangs on the code and the ids only, so every
    front door, also of another version, gives the same order.
    """
    last = [each for each in ids if each in fixed]
    wheel = [each for each in ids if each not in fixed]
    if not wheel:
        return last
    first = min(range(len(wheel)), key=lambda place: _weight(code, question, wheel[place]))
    return [*wheel[first:], *wheel[:first], *last]


def _weight(*parts: str) -> bytes:
    return hashlib.sha256("/".join(parts).encode()).digest()


def as_met_by(question_set: QuestionSet, code: str) -> QuestionSet:
    """The set with its options in the order in which whoever has `code` meets them."""
    # A guess stands beside what it is about, in the same order.
    guessed = {guess.key: guess.item.partition("/")[0] for guess in question_set.guesses}
    changed = {
        "questions": tuple(
            question.model_copy(
                update=dict(_met(question_set, question, code, guessed.get(question.id)))
            )
            for question in question_set.questions
        )
    }
    return question_set.seen_otherwise(**changed)


def _met(
    question_set: QuestionSet, question: Question, code: str, about: str | None
) -> Iterator[tuple[str, object]]:
    match question:
        case WhoQuestion():
            ids = [option.id for option in question_set.options(question)]
            yield "actors", tuple(turned(ids, code, about or question.id))
        case ChoiceQuestion() | MultiQuestion():
            met = {}
            for subject in question.option_sources:
                options = {each.id: each for each in question_set.options(question, subject)}
                ids = turned(list(options), code, about or question.id, question.fixed)
                met[subject] = tuple(options[each] for each in ids)
            yield "options", met if isinstance(question.options, dict) else met[""]
        case ScaleQuestion() | TextQuestion():
            pass  # levels stand in their own order, and own words in none
        case _:
            assert_never(question)
