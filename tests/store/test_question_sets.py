"""Sets are read whole: every problem at once, each with its line."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import bart_tool
from bart_tool.domain.question_set import QuestionSet
from bart_tool.errors import NotFound, Problem, Severity
from bart_tool.store import question_sets, shape
from tests.problem_codes import codes_in

BROKEN = Path(__file__).parent.parent / "question_sets"
PACKAGE = Path(bart_tool.__file__).parent
SHIPPED = ("bart-basis", "wijk-kern", "wijk-kort", "wijkprogramma")

# Broken in a way that is easier to make than to keep.
MADE = {
    "file-too-large": "#" * (1024 * 1024 + 1),
    "yaml-too-long": "[" + "a," * 20_000 + "]",
}
# Codes of `shape` that no set can have: a date, half a character, and what pydantic may add.
NOT_IN_SETS = {"expected-date", "not-a-character", "wrong-shape"}
# Said for JSON and for a file that cannot be opened.
NOT_IN_TEXT = {"json-syntax", "no-such-file", "cannot-read"}


def problems_of(path: Path) -> tuple[Problem, ...]:
    return question_sets.load(path)[1]


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_set_has_its_own_problem_on_its_own_line_and_no_other(path: Path) -> None:
    question_set, problems = question_sets.load(path)
    lines = path.read_bytes().split(b"\n")
    here = [number for number, line in enumerate(lines, 1) if line.endswith(b"# here")]
    expected = [] if path.stem == "whole" else [(path.stem, here[0] if here else None)]
    assert [(each.code, each.where.line) for each in problems] == expected
    is_note = all(each.severity is Severity.NOTE for each in problems)
    assert (question_set is not None) is is_note


def test_every_problem_code_of_sets_has_a_broken_set() -> None:
    modules = (
        "domain/set_checks",
        "domain/question_checks",
        "domain/pattern_checks",
        "store/set_shape",
        "store/yaml_text",
    )
    said = set().union(*(codes_in(PACKAGE / f"{name}.py") for name in modules))
    said |= codes_in(PACKAGE / "store/shape.py") | {"file-too-large", "not-utf-8"}
    said |= set(shape._CODES.values())
    said |= {"tense-unknown-subject", "tense-missing-subject"}
    said |= {"options-unknown-subject", "options-missing-subject"}
    said |= {f"pattern-unknown-{part}" for part in ("option", "level", "object", "subject")}
    kept = {path.stem for path in BROKEN.glob("*.yaml")} | MADE.keys()
    assert said - kept - NOT_IN_SETS - NOT_IN_TEXT == set()
    assert kept - said == {"whole"}


@pytest.mark.parametrize("code", MADE)
def test_a_set_beyond_the_limits_is_refused_before_it_takes_time(code: str) -> None:
    question_set, problems = question_sets.parse(MADE[code], "big.yaml")
    assert question_set is None
    assert [each.code for each in problems] == [code]


def test_all_mistakes_are_found_in_one_go() -> None:
    text = (BROKEN / "whole.yaml").read_text("utf-8")
    for good, bad in (
        ("tense: formal", "tense: past"),
        ("type: who", "type: whom"),
        ("prefix: CL", "prefix: WR"),
        ("{nl: taak, en: task}", "{en: task}"),
        ("needs: decides", "needs: rules"),
        ("claims_from: decides", "claims_from: rules"),
        ("roles: roles, mandate", "roles: primary-task, mandate"),
        ("many: true", "many: 1"),
    ):
        text = text.replace(good, bad)
    _, problems = question_sets.parse(text, "set.yaml")
    assert {each.code for each in problems} == {
        "expected-one-of",
        "unknown-coverage-level",
        "unknown-type",
        "prefix-clash",
        "missing-dutch",
        "unknown-needs",
        "expected-true-or-false",
        "pattern-wrong-type",
    }
    lines = [each.where.line for each in problems]
    assert lines == sorted(lines, key=lambda line: line or 0)


def test_what_follows_from_a_mistake_is_not_said_beside_it() -> None:
    text = (BROKEN / "whole.yaml").read_text("utf-8")
    text = text.replace("id: roles\n", "id: Roles\n")
    _, problems = question_sets.parse(text, "set.yaml")
    assert [each.code for each in problems if each.code != "pattern-unknown-question"] == ["bad-id"]


def test_text_stays_text_whatever_yaml_makes_of_it() -> None:
    text = (BROKEN / "whole.yaml").read_text("utf-8")
    text = text.replace("id: voice", "id: no").replace("nl: stem", "nl: 12:30")
    question_set, problems = question_sets.parse(text, "set.yaml")
    assert problems == ()
    assert question_set is not None
    option = question_set.options(question_set.question_by_id["primary-task"], "wijkraad")[0]
    assert (option.id, option.label.nl) == ("no", "12:30")


def test_the_hash_does_not_change_with_the_layout_of_the_file() -> None:
    text = (BROKEN / "whole.yaml").read_text("utf-8")
    first, _ = question_sets.parse(text, "a.yaml")
    again = yaml.safe_dump(yaml.safe_load(text), sort_keys=False)
    second, problems = question_sets.parse(again, "b.yaml")
    assert problems == ()
    assert first is not None
    assert second is not None
    assert first.hash == second.hash


def test_an_unknown_set_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(NotFound) as caught:
        question_sets.load("wijk-kerm")
    assert caught.value.code == "no-such-set"
    assert "wijk-kern" in caught.value.params["names"]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        question_sets.load(tmp_path / "none.yaml")
    assert caught.value.code == "no-such-file"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_set_has_no_problem_at_all(name: str) -> None:
    assert name in question_sets.set_ids()
    question_set, problems = question_sets.load(name)
    assert problems == ()
    assert isinstance(question_set, QuestionSet)
    assert question_set.id == name


# The questions of docs/developer/method.md 2.1 to 2.5: letter and highest number. A3b is ours.
INVENTORY = {"T": 14, "A": 16, "R": 12, "B": 7, "M": 7, "P": 9}


def test_the_two_neighbourhood_sets_together_ask_everything_the_method_lists() -> None:
    asked: dict[str, set[str]] = {}
    for name in ("wijk-kern", "wijkprogramma"):
        question_set, _ = question_sets.load(name)
        assert question_set is not None
        named = (re.findall(r"\b[TARBMP]\d+b?\b", each.source) for each in question_set.questions)
        asked[name] = {each for names in named for each in names}
    listed = {f"{letter}{n}" for letter, last in INVENTORY.items() for n in range(1, last + 1)}
    assert asked["wijk-kern"] | asked["wijkprogramma"] == listed | {"A3b"}
    assert asked["wijk-kern"] & asked["wijkprogramma"] == set()


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_question_has_an_example_help_and_a_source_in_both_languages(
    name: str,
) -> None:
    question_set, _ = question_sets.load(name)
    assert question_set is not None
    for each in question_set.questions:
        texts = (each.short, each.text, each.example, each.help)
        assert all(text.nl and text.en for text in texts), each.id
        assert each.source, each.id


SCHEMA = BROKEN.parent.parent / "question_sets" / "question-set.schema.json"


def test_the_schema_beside_the_sets_is_the_one_of_the_model() -> None:
    """Renew it with BART_RENEW=1."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.set_schema"],
        capture_output=True,
        check=True,
        cwd=SCHEMA.parent.parent,
    )
    now = json.dumps(json.loads(made.stdout), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("BART_RENEW"):
        SCHEMA.write_text(now, "utf-8", newline="\n")
    assert SCHEMA.read_text("utf-8") == now


def properties(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property that `schema` names, however deep: where it stands, and what is said of it."""
    if isinstance(schema, list):
        for each in schema:
            yield from properties(each, path)
    elif isinstance(schema, dict):
        for name, said in schema.get("properties", {}).items():
            yield f"{path}/{name}", said
        for key, each in schema.items():
            yield from properties(each, f"{path}/{key}")


def test_the_schema_says_of_every_property_what_it_is_for() -> None:
    found = dict(properties(json.loads(SCHEMA.read_text("utf-8"))))
    assert len(found) > 150
    silent = [path for path, said in found.items() if len(said.get("description", "").split()) < 4]
    assert silent == []


class Yaml12(yaml.SafeLoader):
    """As editors read a set: `no` is text, as YAML 1.2 says."""


Yaml12.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if first not in "yYnNoO"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("name", [*SHIPPED, "whole"])
def test_a_good_set_is_valid_by_the_schema(name: str) -> None:
    path = BROKEN / "whole.yaml" if name == "whole" else question_sets.find(name)
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    values = yaml.load(path.read_text("utf-8"), Loader=Yaml12)
    jsonschema.Draft202012Validator(schema).validate(values)


@pytest.mark.parametrize("code", ["unknown-key", "unknown-type", "missing-key", "expected-one-of"])
def test_a_broken_set_is_not_valid_by_the_schema(code: str) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    values = yaml.load((BROKEN / f"{code}.yaml").read_text("utf-8"), Loader=Yaml12)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(values)


@pytest.mark.parametrize("name", SHIPPED)
def test_everybody_who_can_be_named_is_explained(name: str) -> None:
    question_set, _ = question_sets.load(name)
    assert question_set is not None
    asked = (each for each in question_set.questions if each.type == "who")
    unexplained = {
        option.id
        for question in asked
        for option in question_set.options(question, None)
        for language in ("nl", "en")
        if not option.help.in_language(language)
    }
    assert unexplained == set()
