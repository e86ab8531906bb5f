"""The sentences people read for every Problem and BartError: what is wrong, and what to do.

Whoever adds a code adds its sentence in each language to `locale/*/LC_MESSAGES/problems.po`. A test
names every code that has none.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bart_tool.domain.free_text import MAX_WORDS, harmless
from bart_tool.errors import BartError, Problem
from bart_tool.wording.translation import by_code

if TYPE_CHECKING:
    from bart_tool.domain.base import Language


def problem_text(problem: Problem, language: "Language", session: str = "") -> str:
    """One sentence or two, the place first: `wijk-kern.yaml, line 8, mandate: …`.

    `session`: which one a command that is named is for, where that is known.
    """
    where = problem.where
    place = [harmless(where.file, one_line=True)] if where.file else []
    for name, number in (("line", where.line), ("row", where.row)):
        if number is not None:
            text = by_code("problems", language).pgettext("place", name)
            place.append(text.format(number=number))
    if where.item:
        place.append(_short(where.item))
    sentence = problem_sentence(problem, language, session)
    return f"{', '.join(place)}: {sentence}" if place else sentence


def problem_sentence(problem: Problem, language: "Language", session: str = "") -> str:
    """The same without its place, where a reader sees what it is about."""
    return _sentence(problem.code, problem.params, language, session)


def error_text(error: BartError, language: "Language", session: str = "") -> str:
    """The sentence for `error`; what `error.problems` say stands in `problem_text`."""
    return _sentence(error.code, error.params, language, session)


def too_long(language: "Language", number: str = "{number}") -> str:
    """What is said of words that do not fit; without `number` a page's script fills it in."""
    return _sentence("words-too-long", {"number": number, "most": str(MAX_WORDS)}, language)


_LONGEST = 200  # characters of a value that is quoted: a damaged file must not fill the screen


class _Fields(dict[str, str]):
    """What a sentence names. A sentence with a gap is better than none."""

    def __missing__(self, name: str) -> str:
        return "?"


def _sentence(code: str, params: Mapping[str, str], language: "Language", session: str = "") -> str:
    said = by_code("problems", language)
    named = {"session": session or said.pgettext("place", "session"), **params}
    fields = _Fields({name: _short(str(value)) for name, value in named.items()})
    if "reason" in fields:  # what a system says when it refuses a file, by its POSIX name
        fields["reason"] = said.pgettext("reason", fields["reason"])
    return said.gettext(code).format_map(fields)


def _short(text: str) -> str:
    shown = harmless(text[: _LONGEST + 1], one_line=True)
    return shown if len(text) <= _LONGEST else shown[:-1] + "…"
