"""Every code that a person meets has a word in both languages, and no word is left over."""

import ast
from collections.abc import Iterable
from inspect import getsource
from string import Formatter
from typing import get_args

import pytest

from bart_tool.analysis import flags
from bart_tool.domain.agreement import MandateStatus, Test
from bart_tool.domain.answer import CODES, Certainty, Tag
from bart_tool.domain.base import LANGUAGES, Language
from bart_tool.domain.findings import AgreementOutcome, Code, ExpectationCode, Move, Visibility
from bart_tool.domain.patterns import Patterns
from bart_tool.domain.question import Boundary, Tense
from bart_tool.domain.session import Phase
from bart_tool.wording import labels
from bart_tool.wording.labels import label
from bart_tool.workflow.intake_outcome import Outcome
from bart_tool.workflow.phases import Shown
from tests.catalogues import by_code

PATTERNS = [field.alias for field in Patterns.model_fields.values()]
# What is asked about: the rest is as it should be.
MISLEADING = (ExpectationCode.APPARENT_AGREEMENT, ExpectationCode.APPARENT_DIFFERENCE)
SAID = [each for each in AgreementOutcome if each.value not in ("no-answer", "not-asked")]


def flags_in(module: str) -> set[str]:
    """The flags that the source of a module yields, without the party."""
    yielded = [each.value for each in ast.walk(ast.parse(module)) if isinstance(each, ast.Yield)]
    begins = (each.values[0] if isinstance(each, ast.JoinedStr) else each for each in yielded)
    return {each.value.rstrip(":") for each in begins if isinstance(each, ast.Constant)}


KINDS: dict[str, Iterable[str | None]] = {
    labels.CODES: Code,
    labels.EXPECTATIONS: ExpectationCode,
    labels.EXPECTATIONS_SEEN: ExpectationCode,
    labels.EXPECTATION_QUESTIONS: MISLEADING,
    labels.FLAGS: flags_in(getsource(flags)),
    labels.PATTERNS: PATTERNS,
    labels.PATTERNS_SEEN: PATTERNS,
    labels.PATTERN_QUESTIONS: PATTERNS,
    labels.PHASES: Phase,
    labels.TENSES: get_args(Tense),
    labels.STATES: get_args(Shown),
    labels.BOUNDARIES: get_args(Boundary),
    labels.CERTAINTY: get_args(Certainty),
    labels.TAGS: get_args(Tag),
    labels.ANSWERS: CODES,
    labels.VISIBILITY: get_args(Visibility),
    labels.OUTCOMES: Outcome,
    labels.MANDATES: get_args(MandateStatus),
    labels.BOUNDARY_TESTS: ("specified", "agreed", "kept"),
    labels.TESTED: get_args(Test),
    labels.MOVES: Move,
    labels.KEPT: AgreementOutcome,
    labels.RIGHT: SAID,
    "list": ("vague-words",),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_word_and_every_word_a_code(language: Language) -> None:
    codes = {(kind, str(code)) for kind, names in KINDS.items() for code in names}
    assert by_code("labels", language).keys() == codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_is_compiled_and_names_the_same_in_each_language(language: Language) -> None:
    english = by_code("labels", "en")
    for (kind, code), text in by_code("labels", language).items():
        assert label(kind, code, language) == text
        assert fields(text) == fields(english[kind, code]), code


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
