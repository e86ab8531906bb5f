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
# How somebody who comes back may go on.
GO_ON, FROM_START, PICTURE, CHANGE = "go-on", "from-start", "picture", "change"
RESUMING = {
    GO_ON: N_("Go on where you stopped"),
    FROM_START: N_("Go through it from the first question"),
    PICTURE: N_("See your own picture so far"),
    CHANGE: N_("Choose again who may see what"),
}


def codes_of(question: Question) -> tuple[str, ...]:
    """The lines below the options: what can be said beside them."""
    beside = (
        (OTHER, question.has_other),
        (NOBODY, question.has_nobody),
        (NONE, question.answered == "several"),
    )
    return (*(code for code, fits in beside if fits), DONT_KNOW, PREFER_NOT)
