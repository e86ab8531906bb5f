"""The words for codes, flags, phases and the rest of the field's own terms, for every front door.

The words stand in `locale/*/LC_MESSAGES/labels.po`, in a context for each kind of code.
"""

from typing import TYPE_CHECKING, NewType

from bart_tool.wording.translation import by_code

if TYPE_CHECKING:
    from bart_tool.domain.base import Language

# The contexts: of what a name is a code. No texts: to go through one is a mistake that types see.
Kind = NewType("Kind", object)
CODES = Kind("outcome")
EXPECTATIONS = Kind("expectation")
EXPECTATIONS_SEEN = Kind("expectation seen")
EXPECTATION_QUESTIONS = Kind("expectation question")
FLAGS = Kind("flag")
PATTERNS = Kind("pattern title")
PATTERNS_SEEN = Kind("pattern seen")
PATTERN_QUESTIONS = Kind("pattern question")
PHASES = Kind("phase")
TENSES = Kind("tense")
STATES = Kind("state")
BOUNDARIES = Kind("boundary")
CERTAINTY = Kind("certainty")
TAGS = Kind("tag")
ANSWERS = Kind("answer")
VISIBILITY = Kind("visibility")
OUTCOMES = Kind("intake")
MANDATES = Kind("mandate")
BOUNDARY_TESTS = Kind("test")
TESTED = Kind("tested")
MOVES = Kind("move")
KEPT = Kind("agreement kept")
RIGHT = Kind("agreement right")
_LISTS = Kind("list")


def label(kind: Kind, name: str, language: "Language", **values: str) -> str:
    """What `name`, a code of this kind, is called in `language`, its `{fields}` filled."""
    text = by_code("labels", language).pgettext(str(kind), name)
    return text.format_map(values) if values else text


def mandate(status: str | None, said: str, language: "Language") -> str:
    """The mandate status of an agreement, empty until somebody said it.

    `said`: its words, put in where they belong.
    """
    return label(MANDATES, status, language, words=said or "…") if status else ""


def vague_words() -> tuple[str, ...]:
    """Words to which everybody nods while each means something else, in every language.

    What is agreed in one language is often written with words of another; `…` in one stands for a
    few words between (docs/developer/method.md 1.8).
    """
    from bart_tool.domain.base import LANGUAGES

    listed = (label(_LISTS, "vague-words", each).split("; ") for each in LANGUAGES)
    return tuple(dict.fromkeys(word for words in listed for word in words))
