"""The hashes by which items of two sets are known to ask the same."""

from collections.abc import Iterable, Iterator, Mapping

from bart_tool.domain.question_set import Item, QuestionSet, canonical, digest
from bart_tool.domain.set_words import in_number


def item_hashes(question_set: QuestionSet) -> Mapping[str, str]:
    """Item key -> `sha256:…` of all that gives an answer to the item its meaning.

    Two sets whose hashes differ still agree on an item when this is the same.
    """
    written = question_set.as_written
    known = item_hashes(written) if written is not None else {}
    spoken = question_set.spoken
    own = (spoken.by_key[key] for key in question_set.by_key if key not in known)
    made = {**known, **dict(_hashes(spoken, own))}
    return {key: made[key] for key in question_set.by_key}


def _hashes(the_set: QuestionSet, items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    """Each item with the hash of its question, what can be chosen, and what it is about."""
    options: dict[tuple[str, str], str] = {}  # those of a question are said once for all its items
    for item in items:
        question, place = item.question, (item.question.id, item.subject)
        if place not in options:
            chosen = the_set.options(question, item.subject)
            said = (canonical(option.model_dump(mode="json")) for option in chosen)
            options[place] = f"[{','.join(said)}]"
        asked = {
            language: in_number(text, plural=False)
            for language, text in question.text.model_dump().items()
        }
        subject = the_set.named(item.subject).label.model_dump() if item.subject else ""
        thing = (
            the_set.object_named(question, item.object).label.model_dump() if item.object else ""
        )
        before = map(canonical, (item.key, question.type, item.tense, asked))
        behind = map(canonical, (subject, thing))
        yield item.key, digest(f"[{','.join((*before, options[place], *behind))}]")
