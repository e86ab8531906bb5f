"""What one choice does to one answer, whatever the front door.

Where there was an answer, what was not touched stays: note, certainty, leave to print.
"""

from bart_tool.domain.answer import NOT_SUBSTANTIVE, OTHER, Answer, Certainty, Tag

CERTAINTIES: tuple[Certainty, ...] = ("guess", "fairly", "certain")


def changed(before: Answer | None, **changes: object) -> Answer:
    """`before` with these fields changed, or a new answer."""
    return (before or Answer(value="")).model_copy(update=changes)


def chosen(before: Answer | None, value: str) -> Answer:
    """One option, level, actor or code. Note and certainty stay, words only with *other*."""
    changes: dict[str, object] = {"value": value}
    if value != OTHER:
        changes["words"] = ""
    if value in NOT_SUBSTANTIVE:
        changes["certainty"] = None  # how sure one is of not knowing says nothing
    return changed(before, **changes)


def picked(before: Answer | None, options: dict[str, Tag]) -> Answer:
    """Several options, each with how it came about; without any: none of these."""
    return changed(before, value=options)


def toggled(before: Answer | None, option: str) -> Answer | None:
    """One option of several on or off; off with nothing left is no answer, not *none*."""
    options = picked_in(before)
    if options.pop(option, None) is None:
        options[option] = "unknown"
    return picked(before, options) if options else None


def picked_in(answer: Answer | None) -> dict[str, Tag]:
    """The options chosen out of several, with their tags."""
    return dict(answer.value) if answer and isinstance(answer.value, dict) else {}


def written(before: Answer | None, text: str) -> Answer | None:
    """Own words as the answer itself; empty words are no answer."""
    return changed(before, value=text) if text.strip() else None


def surer(certainty: Certainty | None) -> Certainty | None:
    """The next step of certainty: guess, fairly, certain, and then none again."""
    steps = (None, *CERTAINTIES)
    return steps[(steps.index(certainty) + 1) % len(steps)]


def may_be_rated(answer: Answer | None) -> bool:
    """Whether it makes sense to say how sure one is of it."""
    return answer is not None and answer.is_substantive


def differs(before: Answer | None, after: Answer | None) -> bool:
    """Whether `after` says something else than `before`; the revision does not count."""
    if before is None or after is None:
        return before is not after
    return before.model_copy(update={"revision": after.revision}) != after
