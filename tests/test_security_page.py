"""SECURITY.md promises nothing that no test shows, and names no command that is not there."""

import re
from pathlib import Path

import pytest

from bart_tool.cli.main import VERBS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(tests/[^`]+)`", PAGE))))
def test_every_test_it_names_is_there_and_tests_something(name: str) -> None:
    assert re.search(r"^(async )?def test_", (ROOT / name).read_text("utf-8"), re.MULTILINE)


def test_every_command_it_names_is_there() -> None:
    named = set(re.findall(r"`bart ([a-z-]+)", PAGE)) - {"--debug"}
    assert named
    assert named <= set(VERBS)


def test_it_never_says_that_answers_cannot_be_traced() -> None:
    assert not re.search(r"ano[n]iem", PAGE, re.IGNORECASE)
    assert "gepseudonimiseerd" in PAGE
