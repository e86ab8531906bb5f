"""Every code has a sentence in both languages, and names only what it is given."""

from pathlib import Path
from string import Formatter

import pytest

import bart_tool
from bart_tool.domain.base import LANGUAGES, Language
from bart_tool.errors import Busy, NotFound, Problem, Where
from bart_tool.wording.messages import error_text, problem_text
from tests.catalogues import SENTENCES, by_code
from tests.problem_codes import codes_in, made_in, said_in

PACKAGE = Path(bart_tool.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_code_the_program_says_has_a_sentence() -> None:
    said = {
        (code, path.relative_to(PACKAGE).as_posix())
        for path in MODULES
        for code, _ in said_in(path)
        if not path.is_relative_to(PACKAGE / "tui")
    }
    assert {each for each in said if each[0] not in SENTENCES} == set()


def test_every_field_of_a_sentence_is_given_where_it_is_said() -> None:
    known = {"session"}  # of the verb that says it, or a word in its place
    lacking = {
        (
            path.relative_to(PACKAGE).as_posix(),
            code,
            *sorted(fields(SENTENCES[code]) - given - known),
        )
        for path in MODULES
        for code, given in said_in(path)
        if given is not None and code in SENTENCES
        if not fields(SENTENCES[code]) <= {*given, *known}
    }
    assert lacking == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_stands_in_each_language_names_the_same_and_is_compiled(
    language: Language,
) -> None:
    found = by_code("problems", language)
    assert found.keys() == by_code("problems", "en").keys()
    for code, sentence in SENTENCES.items():
        text = found["", code]
        assert fields(text) == fields(sentence), code
        params = {name: f"<{name}>" for name in fields(sentence)}
        # What is compiled may be older than the source: `python hatch_build.py` renews it.
        assert problem_text(Problem(code, params=params), language) == text.format(**params)


def test_no_sentence_is_left_over_of_what_is_not_said_any_more() -> None:
    said = {code for path in MODULES for code in codes_in(path)}
    made = [pattern for path in MODULES for pattern in made_in(path)]
    left = {code for code in SENTENCES.keys() - said if not any(p.fullmatch(code) for p in made)}
    assert left == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_system_refuses_is_said_in_words(language: Language) -> None:
    reasons = [code for of, code in by_code("problems", language) if of == "reason"]
    assert "ENOSPC" in reasons
    for reason in reasons:
        said = error_text(Busy("cannot-write-file", file="a.yaml", reason=reason), language)
        assert by_code("problems", language)["reason", reason] in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_says_where_first(language: Language) -> None:
    where = Where("wijk-kern.yaml", line=8, item="mandate")
    place = {"nl": "wijk-kern.yaml, regel 8, mandate: ", "en": "wijk-kern.yaml, line 8, mandate: "}
    assert problem_text(Problem("missing-dutch", where), language).startswith(place[language])
    row = Problem("csv-bad-code", Where("a.csv", row=3))
    begin = {"nl": "a.csv, rij 3: ", "en": "a.csv, row 3: "}
    assert problem_text(row, language).startswith(begin[language])


def test_what_is_quoted_can_neither_drive_a_terminal_nor_fill_it() -> None:
    hostile = "\x1b[2J\u202eevil\nline" + "x" * 1000
    said = problem_text(
        Problem("unknown-item", Where(hostile, item=hostile), {"name": hostile}), "nl"
    )
    assert "\x1b" not in said
    assert "\n" not in said
    assert "\u202e" not in said
    assert len(said) < 2_000


def test_a_value_with_braces_is_shown_as_it_is() -> None:
    assert "“{subject}”" in problem_text(
        Problem("unknown-item", params={"name": "{subject}"}), "en"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_is_one_sentence_with_what_it_names(language: Language) -> None:
    error = NotFound("no-such-session", name="toets", names="demo, proef")
    said = error_text(error, language)
    assert "toets" in said
    assert "demo, proef" in said
    assert "demo.yaml" in error_text(Busy("file-is-locked", file="demo.yaml"), language)


def test_a_code_without_a_sentence_still_says_something() -> None:
    assert error_text(NotFound("brand-new"), "nl") == "brand-new"
    assert "?" in problem_text(Problem("unknown-item"), "nl")
