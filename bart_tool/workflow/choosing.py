"""What one key or line of a participant does to one answer: pure, shared by every front door.

Each function gives the new answer, or None when that leaves no answer at all.
"""

from bart_tool.domain.answer import NOT_SUBSTANTIVE, OTHER, Answer, Certainty, Tag

CERTAINTIES: tuple[Certainty, ...] = ("guess", "fairly", "certain")


def chosen(before: Answer | None, value: str) -> Answer:
    """One option, level, actor or code. Note and certainty stay, words only with *other*."""
    if before is None:
        return Answer(value=value)
    changes: dict[str, object] = {"value": value}
    if value != OTHER:
        changes["words"] = ""
    if value in NOT_SUBSTANTIVE:
        changes["certainty"] = None  # how sure one is of not knowing says nothing
    return before.model_copy(update=changes)


def none_of_these(before: Answer | None) -> Answer:
    """Of a list with several choices: none."""
    return before.model_copy(update={"value": {}}) if before else Answer(value={})


def toggled(before: Answer | None, option: str) -> Answer | None:
    """One option of several on or off; off with nothing left is no answer, not *none*."""
    picked = picked_in(before)
    if option in picked:
        del picked[option]
        if not picked:
            return None
    else:
        picked[option] = "unknown"
    return before.model_copy(update={"value": picked}) if before else Answer(value=picked)


def tagged(before: Answer | None, option: str, tag: Tag) -> Answer:
    """One option of several chosen, with how it came about."""
    picked = {**picked_in(before), option: tag}
    return before.model_copy(update={"value": picked}) if before else Answer(value=picked)


def picked_in(answer: Answer | None) -> dict[str, Tag]:
    """The options chosen out of several, with their tags."""
    return dict(answer.value) if answer and isinstance(answer.value, dict) else {}


def written(before: Answer | None, text: str) -> Answer | None:
    """Own words as the answer itself; empty words are no answer."""
    if not text.strip():
        return None
    return before.model_copy(update={"value": text}) if before else Answer(value=text)


def worded(before: Answer, words: str) -> Answer:
    """The words behind *other, namely*."""
    return before.model_copy(update={"words": words})


def surer(before: Answer) -> Answer:
    """The next step of certainty: guess, fairly, certain, and then none again."""
    steps = (None, *CERTAINTIES)
    after = steps[(steps.index(before.certainty) + 1) % len(steps)]
    return before.model_copy(update={"certainty": after})


def rated(before: Answer, certainty: Certainty | None) -> Answer:
    """With this certainty."""
    return before.model_copy(update={"certainty": certainty})


def noted(before: Answer, note: str) -> Answer:
    """With this note."""
    return before.model_copy(update={"note": note})


def quoted(before: Answer, quote: bool) -> Answer:
    """With or without leave to print the words literally."""
    return before.model_copy(update={"quote": quote})


def may_be_rated(answer: Answer | None) -> bool:
    """Whether it makes sense to say how sure one is of it."""
    return answer is not None and answer.is_substantive


def differs(before: Answer | None, after: Answer | None) -> bool:
    """Whether `after` says something else than `before`; the revision does not count."""
    if before is None or after is None:
        return before is not after
    return before.model_copy(update={"revision": after.revision}) != after
