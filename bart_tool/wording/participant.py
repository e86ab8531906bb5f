"""The small words that a participant meets on every question, marked for the catalogue."""

from bart_tool.domain.answer import DONT_KNOW, NOBODY, NONE, OTHER, PREFER_NOT, Tag
from bart_tool.domain.question import Question
from bart_tool.wording.translation import N_

# One key a code, in both languages: the key stands before the line.
CODE_KEYS = {OTHER: "a", NOBODY: "n", NONE: "n", DONT_KNOW: "w", PREFER_NOT: "z"}
CODE_WORDS = {
    OTHER: N_("Something else, namely"),
    NOBODY: N_("Nobody"),
    NONE: N_("None of these"),
    DONT_KNOW: N_("I don't know"),
    PREFER_NOT: N_("I'd rather not say"),
}
TAG_KEYS: dict[Tag, str] = {"formal": "v", "informal": "g", "unknown": "u"}


def codes_of(question: Question) -> tuple[str, ...]:
    """The lines below the options: what can be said beside them."""
    beside = (
        (OTHER, question.has_other),
        (NOBODY, question.has_nobody),
        (NONE, question.answered == "several"),
    )
    return (*(code for code, fits in beside if fits), DONT_KNOW, PREFER_NOT)
