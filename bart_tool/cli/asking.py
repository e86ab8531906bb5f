"""Asking step by step, with a way back: what the verbs share that make something."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from bart_tool.domain.free_text import harmless
from bart_tool.errors import BartError
from bart_tool.wording.messages import error_text

if TYPE_CHECKING:
    from bart_tool.cli.shared import Front

BACK = "<"

V = TypeVar("V")


class Back(Exception):
    """The step before, please."""


def walk(front: "Front", steps: "Sequence[Callable[[Front, V], V]]", value: V) -> V:
    """Take every step on `value`; a step that is refused is asked again, `<` goes one back."""
    front.tell(front.t("Enter takes what stands between brackets; {back} goes back.", back=BACK))
    at = 0
    while at < len(steps):
        try:
            value = steps[at](front, value)
            at += 1
        except Back:
            at = max(at - 1, 0)
        except BartError as error:
            front.tell(error_text(error, front.language))
            front.tell_problems(error.problems)
    return value


def said(question: str, default: str = "") -> str:
    """What somebody types, else `default`. Raises Back for `<`."""
    answer = click.prompt(harmless(question), default=default, err=True, show_default=bool(default))
    text = str(answer).strip()
    if text == BACK:
        raise Back
    return text
