"""What a new type of question costs: the type checker names the few files that must know it."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import pytest

from bart_tool.analysis.codes import main_code
from bart_tool.analysis.positions import Standing
from bart_tool.domain.question import CLASSES, Answered, Compared, types_compared
from bart_tool.domain.set_parts import Thresholds
from tests import surroundings

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "bart_tool"
MOST_FILES = 15
NAMES = {each.__name__ for each in CLASSES.values()}

RANK = '''
class RankQuestion(_WithOptions):
    """Put the options in order."""

    answered = "in order"
    compared = "order"
    type: Literal["rank"]


Question = Annotated[
    RankQuestion
    | '''


def test_every_type_of_question_says_how_it_is_answered_and_compared() -> None:
    for each in CLASSES.values():
        assert each.answered in get_args(Answered), each
        assert each.compared in get_args(Compared), each
    assert {each.answered for each in CLASSES.values()} == set(get_args(Answered))
    assert all(types_compared(how) for how in get_args(Compared))


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def patterns_of(match: ast.Match) -> set[str]:
    """The classes of question and the traits of one that the cases of a match name."""
    nodes = [node for case in match.cases for node in ast.walk(case.pattern)]
    classes = {ast.unparse(node.cls) for node in nodes if isinstance(node, ast.MatchClass)}
    values = {
        node.value.value
        for node in nodes
        if isinstance(node, ast.MatchValue) and isinstance(node.value, ast.Constant)
    }
    return (classes & NAMES) | (values & {"level", "pointing", "several"})


def matching() -> set[str]:
    """The files with a match on the class of a question, or on how it is answered or compared."""
    return {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Match) and patterns_of(node)
    }


def test_the_type_checker_names_every_file_that_a_new_type_of_question_needs(
    tmp_path: Path,
) -> None:
    shutil.copytree(PACKAGE, tmp_path / "bart_tool")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    question = tmp_path / "bart_tool" / "domain" / "question.py"
    text = question.read_text("utf-8")
    for old, new in (
        ("Question = Annotated[\n    ", RANK.lstrip()),
        ('"set", "none"]', '"set", "none", "order"]'),
        ('"several", "words"]', '"several", "words", "in order"]'),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    question.write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "bart_tool", "--no-error-summary"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=surroundings.as_it_is_used(),
    )
    errors = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert all("assert_never" in line for line in errors), done.stdout + done.stderr
    named = {line.partition(":")[0].replace("\\", "/") for line in errors}
    assert named == matching()
    assert 0 < len(named) <= MOST_FILES


def test_the_form_has_a_control_for_every_way_of_answering() -> None:
    script = (PACKAGE / "forms" / "templates" / "form.js").read_text("utf-8")
    chosen = set(re.findall(r'if \(page\.control === "(.+?)"\) box\.append', script))
    assert chosen == set(get_args(Answered))


def branches(tree: ast.Module) -> Iterator[int]:
    """The lines that choose by the class of a question, or by the name of its type."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="isinstance" | "issubclass"), args=[_, asked]):
                if {each.id for each in ast.walk(asked) if isinstance(each, ast.Name)} & NAMES:
                    yield node.lineno
            case ast.Compare(left=left, comparators=right):
                if any(_is_type(each) for each in (left, *right)):
                    yield node.lineno
            case ast.Match(subject=subject) if _is_type(subject):
                yield node.lineno
            case ast.Subscript(slice=key) if _is_type(key):
                yield node.lineno


def _is_type(node: ast.expr) -> bool:
    """Whether it reads as `question.type` or `finding.type`; a token of Markdown has one too."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "type"
        and re.fullmatch(_OF_MARKDOWN, ast.unparse(node.value)) is None
    )


_OF_MARKDOWN = r"token|child|opened|node|each|row|tokens\[.*\]|part\[.*\]"


def test_no_code_chooses_by_the_class_of_a_question_or_the_name_of_its_type() -> None:
    found = [f"{name}:{line}" for name, tree in modules() for line in branches(tree)]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "if isinstance(question, ScaleQuestion): ...",
        "if isinstance(item.question, domain.ChoiceQuestion | WhoQuestion): ...",
        'if question.type == "text": ...',
        'if finding.type in ("text", "multi"): ...',
        "if question.type not in types: ...",
        'match item.question.type:\n    case "who": ...',
        "words = _NOT_THERE[question.type]",
    ],
)
def test_a_branch_on_a_class_or_a_type_is_seen(code: str) -> None:
    assert list(branches(ast.parse(code)))


@pytest.mark.parametrize(("compared", "fault"), [("order", AssertionError), ("level", ValueError)])
def test_what_fits_no_rule_is_a_fault_and_is_not_called_shared(
    compared: str, fault: type[Exception]
) -> None:
    measure: Any = SimpleNamespace(
        question=SimpleNamespace(compared=compared, id="question"),
        question_set=SimpleNamespace(thresholds=Thresholds()),
        line=None,
    )
    nowhere = [
        Standing(party, party, "position", top=frozenset({party}))
        for party in ("wijkraad", "college")
    ]
    with pytest.raises(fault):
        main_code(nowhere, measure, "")


def test_every_match_on_a_class_of_question_ends_in_assert_never() -> None:
    for name, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Match) and patterns_of(node) & NAMES:
                assert "assert_never(" in ast.unparse(_holding(tree, node)), f"{name}:{node.lineno}"


def _holding(tree: ast.Module, inside: ast.Match) -> ast.AST:
    """The function that holds a match."""
    return next(
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and inside in ast.walk(node)
    )
