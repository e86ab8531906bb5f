"""The hashes by which items of two sets are known to ask the same."""

from collections.abc import Iterable, Iterator, Mapping

from bart_tool.domain.base import Frozen
from bart_tool.domain.question import Question
from bart_tool.domain.question_set import Item, QuestionSet, canonical, digest
from bart_tool.domain.set_words import in_number


def item_hashes(question_set: QuestionSet) -> Mapping[str, str]:
    """Item key -> `sha256:…` of all that gives an answer to the item its meaning.

    Two sets whose hashes differ still agree on an item when this is the same.
    """
    written = question_set.as_written
    known: Mapping[str, str] = item_hashes(written) if written is not None else {}
    new = [key for key in question_set.by_key if key not in known]
    if new:
        spoken = question_set.spoken
        known = {**known, **dict(_hashes(spoken, (spoken.by_key[key] for key in new)))}
    return {key: known[key] for key in question_set.by_key}


def _hashes(the_set: QuestionSet, items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    """Each item with the hash of its question, what can be chosen, and what it is about."""
    said: dict[int, str] = {}  # what stands in the set is the same value for all of its items

    def once(part: Frozen) -> str:
        if id(part) not in said:
            said[id(part)] = canonical(part.model_dump(mode="json"))
        return said[id(part)]

    asked = {question.id: canonical(_asked(question)) for question in the_set.questions}
    nothing = canonical("")
    for item in items:
        question = item.question
        parts = (
            *map(canonical, (item.key, question.type, item.tense)),
            asked[question.id],
            f"[{','.join(map(once, the_set.options(question, item.subject)))}]",
            once(the_set.named(item.subject).label) if item.subject else nothing,
            once(the_set.object_named(question, item.object).label) if item.object else nothing,
        )
        yield item.key, digest(f"[{','.join(parts)}]")


def _asked(question: Question) -> dict[str, str]:
    said = question.text.model_dump(mode="json")
    return {language: in_number(text, plural=False) for language, text in said.items()}
