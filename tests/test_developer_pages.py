"""The method and the formats as docs/developer tells them are those of the program."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from bart_tool.domain.agreement import Agreement
from bart_tool.domain.findings import AGENDA_ORDER, Code
from bart_tool.domain.patterns import Binding, Patterns
from bart_tool.domain.session import Phase, Session
from bart_tool.domain.set_parts import Thresholds
from bart_tool.errors import Exit
from bart_tool.store import column_map, question_sets, sheets
from tests.pages import ROOT, blocks, rows, text_of

METHOD, FORMATS = "docs/developer/method.md", "docs/developer/formats.md"
REPORT = json.loads((ROOT / "tests/golden/reports/demo.json").read_text("utf-8"))


def ids(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def first_of(page: str, heading: str) -> list[str]:
    return [ids(row[0])[0] for row in rows(page, heading)]


def numbers() -> dict[str, str]:
    """Pattern id -> its number, F1 to F16."""
    bound: dict[str, str] = {}
    for name, field in Patterns.model_fields.items():
        (binding,) = (
            each for each in Binding.__subclasses__() if each.__name__ in str(field.annotation)
        )
        bound[name.replace("_", "-")] = binding.number
    return bound


def test_the_thresholds_are_those_of_the_program() -> None:
    said = {ids(name)[0]: float(value) for name, value in rows(METHOD, "**Thresholds**")}
    assert said == {name: float(value) for name, value in Thresholds().model_dump().items()}


def test_every_code_has_its_rule() -> None:
    of_items = first_of(METHOD, "**The main code of an item**")
    of_decisions = set(ids(text_of(METHOD).partition("**Coverage**")[2].partition("**Flags**")[0]))
    assert {*of_items} | (of_decisions & {*Code}) == {*Code}
    assert set(of_items) == {*Code} - {Code.CLAIMED, Code.UNCLAIMED, Code.JOINT, Code.OPEN}


def test_the_agenda_has_its_order() -> None:
    said = text_of(METHOD).partition("in the order of the agenda:")[2].partition(".")[0]
    assert ids(said) == [*AGENDA_ORDER]


def test_every_pattern_stands_on_the_pages_under_its_number() -> None:
    said = {ids(row[1])[0]: row[0] for row in rows(METHOD, "### 2.7")}
    assert list(said.items()) == list(numbers().items())
    listed = text_of(FORMATS).partition("## 8.")[2].partition("## 9.")[0]
    assert re.findall(r"`([a-z-]+)`\s(F\d+)", listed) == list(numbers().items())
    assert first_of("docs/vragenset.md", "## Patronen") == list(numbers())
    assert first_of("docs/en/question-set.md", "## Patterns") == list(numbers())


LETTER = re.compile(r"\b[TARBMP]\d+b?\b")


@pytest.mark.parametrize("name", ["wijk-kern", "wijkprogramma"])
def test_the_inventory_names_what_each_set_asks(name: str) -> None:
    said = text_of(METHOD).partition("### 2.1")[2].partition("### 2.6")[0]
    of_set = "".join(re.findall(rf"`{name}`:(.*?)(?=`wijk-kern`:|`wijkprogramma`:|\Z)", said, re.S))
    question_set, _ = question_sets.load(name)
    assert question_set is not None
    asked = {letter for each in question_set.questions for letter in LETTER.findall(each.source)}
    # What is ours, and not the source's, is told in a bracket behind it.
    assert set(LETTER.findall(re.sub(r"\(.*?\)", "", of_set, flags=re.S))) == asked
    unknown = {each for each in ids(of_set) if each not in question_set.question_by_id}
    assert unknown == set()


def test_the_sheet_and_the_map_that_the_page_shows_can_be_read() -> None:
    shown, columns = [block.text for block in blocks(FORMATS) if block.kind == "yaml"]
    question_set, _ = question_sets.load("wijk-kern")
    assert question_set is not None
    assert sheets.check_text(shown, "shown.yaml", question_set) == ()
    assert column_map.parse(columns, "columns.yaml", question_set)[1] == ()


def test_the_files_hold_the_keys_that_the_page_names() -> None:
    of_session, _, rest = text_of(FORMATS).partition("**session.yaml**")[2].partition("**agree")
    opening = {"format", "kind"}
    assert set(Session.model_fields) - opening <= {*ids(of_session)}
    assert {*Phase} <= {*ids(of_session)}
    assert set(Agreement.model_fields) <= {*ids(rest.partition("**A backup**")[0])}


def test_report_json_holds_the_keys_that_the_page_names() -> None:
    said = {key: {*ids(what)} for keys, what in rows(FORMATS, "## 7.") for key in ids(keys)}
    assert said.keys() == REPORT.keys() | {"coorientation"}
    for name in ("parties", "items", "coverage", "patterns"):
        keys = {key for each in REPORT[name] for key in each}
        assert keys <= said[name], name
    below = text_of(FORMATS).partition("A position has")[2].partition("## 8.")[0]
    keys = {key for item in REPORT["items"] for each in item["positions"] for key in each}
    assert keys <= {*ids(below)}


HOUSE = "docs/developer/index.md"


def test_the_layers_of_the_house_are_those_that_are_checked() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (shown,) = [block.text for block in blocks(HOUSE) if block.kind == "text"]
    assert shown.splitlines() == contracts["contracts"][0]["layers"]
    told = {*first_of(HOUSE, "what stands beside it")}
    packages = {path.parent.name for path in (ROOT / "bart_tool").glob("*/__init__.py")}
    assert told == packages | {"errors", "page_templates"}


@pytest.mark.parametrize("page", [HOUSE, METHOD, FORMATS])
def test_every_module_that_a_page_names_is_there(page: str) -> None:
    there = [path.as_posix() for path in sources()]
    for name in re.findall(r"`([\w/]+\.py)`", text_of(page)):
        assert any(path.endswith(f"/{name}") for path in there), name


def test_every_exit_code_is_told() -> None:
    assert {int(row[0]) for row in rows(FORMATS, "## 9.")} == {*Exit}


POINTED = re.compile(r"docs/developer/(\w+)\.md((?:(?:,| and)? \d+(?:\.\d+)*)*)")


def sources() -> list[Path]:
    found = (*(ROOT / "bart_tool").rglob("*.py"), *(ROOT / "tests").rglob("*.py"))
    return sorted(path for path in found if path != Path(__file__))


def test_whatever_points_at_a_section_of_these_pages_finds_it() -> None:
    for path in sources():
        for page, sections in POINTED.findall(path.read_text("utf-8")):
            text = text_of(f"docs/developer/{page}.md")
            for section in re.findall(r"\d+(?:\.\d+)*", sections):
                assert re.search(rf"^##+ {re.escape(section)}\.? ", text, re.M), (
                    f"{path}: {section}"
                )


def test_nothing_points_at_a_document_that_is_not_here() -> None:
    lost = re.compile(r"(?<![\w/])(?:method|formats|reliability|architecture|language|walks)\.md")
    assert [str(path) for path in sources() if lost.search(path.read_text("utf-8"))] == []
