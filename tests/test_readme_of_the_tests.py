"""The table of promises names tests that are there, and every promise that was made."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (Path(__file__).parent / "README.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))
NUMBERS = {
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    9,
    10,
    11,
    14,
    15,
    16,
    17,
    19,
    20,
    21,
}  # tests/README.md has no T8, T12, T13


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_in_the_table_is_there(file: str, name: str) -> None:
    code = (ROOT / file).read_text("utf-8")
    assert re.search(rf"^(async def|def|class) {name}\b", code, re.MULTILINE)


def test_the_table_has_a_row_for_every_promise() -> None:
    rows = {int(number) for number in re.findall(r"^\| T(\d+) \|", TEXT, re.MULTILINE)}
    assert rows == NUMBERS
    assert len(NAMED) > 25
