"""What a question needs in a form: one kind of control a question type."""

from dataclasses import dataclass
from typing import Literal, assert_never

from bart_tool.domain.question import (
    ChoiceQuestion,
    MultiQuestion,
    Question,
    ScaleQuestion,
    TextQuestion,
    WhoQuestion,
)

Control = Literal["one", "several", "words"]


@dataclass(frozen=True, slots=True)
class Field:
    """How a question is answered.

    `control`: one option, several options, or own words. `nobody`, `other`: whether these stand
    beside the options. `tags`: each chosen option is said to be formal or informal. `most`: how
    many options at most, None for any number. `certainty`: one is asked how sure one is.
    """

    control: Control
    nobody: bool = False
    other: bool = False
    tags: bool = False
    most: int | None = None
    certainty: bool = False


def field_of(question: Question) -> Field:
    """The field of `question`."""
    sure = question.certainty
    match question:
        case ChoiceQuestion():
            return Field("one", other=question.other, certainty=sure)
        case WhoQuestion():
            return Field("one", nobody=True, other=question.other, certainty=sure)
        case ScaleQuestion():
            return Field("one", certainty=sure)
        case MultiQuestion():
            tags = question.formal_informal
            return Field("several", tags=tags, most=question.most, certainty=sure)
        case TextQuestion():
            return Field("words", certainty=sure)
    assert_never(question)
