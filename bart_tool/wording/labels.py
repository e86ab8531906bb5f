"""The words for codes, flags, phases and the rest of the field's own terms, for every front door.

The words stand in `locale/*/LC_MESSAGES/labels.po`, in a context for each kind of code.
"""

from typing import TYPE_CHECKING

from bart_tool.wording.translation import by_code

if TYPE_CHECKING:
    from bart_tool.domain.base import Language

# The contexts: of what a name is a code.
CODES = "outcome"
EXPECTATIONS = "expectation"
EXPECTATIONS_SEEN = "expectation seen"
EXPECTATION_QUESTIONS = "expectation question"
FLAGS = "flag"
PATTERNS = "pattern title"
PATTERNS_SEEN = "pattern seen"
PATTERN_QUESTIONS = "pattern question"
PHASES = "phase"
TENSES = "tense"
STATES = "state"
BOUNDARIES = "boundary"
CERTAINTY = "certainty"
TAGS = "tag"
ANSWERS = "answer"
VISIBILITY = "visibility"
OUTCOMES = "intake"
MANDATES = "mandate"
BOUNDARY_TESTS = "test"
TESTED = "tested"
MOVES = "move"
KEPT = "agreement kept"
RIGHT = "agreement right"


def label(kind: str, name: str, language: "Language", **values: str) -> str:
    """What `name`, a code of this kind, is called in `language`, its `{fields}` filled."""
    text = by_code("labels", language).pgettext(kind, name)
    return text.format_map(values) if values else text


def mandate(status: str, said: str, language: "Language") -> str:
    """The mandate status of an agreement. `said`: its words, put in where they belong."""
    return label(MANDATES, status, language, words=said or "…")


def vague_words(language: "Language") -> tuple[str, ...]:
    """Beginnings of words to which everybody nods while each means something else.

    `betrek` finds *betrekken* and *betrekt* (docs/developer/method.md 1.8).
    """
    return tuple(label("list", "vague-words", language).split("; "))
