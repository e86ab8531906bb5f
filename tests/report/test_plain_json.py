"""Results as JSON: whatever they are made of, and only what was asked for."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest

from bart_tool.domain.agreement import Check
from bart_tool.domain.plain_json import picked, plain_json


class Kind(StrEnum):
    A = "a"


@dataclass(frozen=True, slots=True)
class Inner:
    line: int
    secret: str = "not asked for"


@dataclass(frozen=True)
class Result:
    kind: Kind
    paths: tuple[Path, ...]
    where: Inner


def test_frozen_values_paths_and_kinds_are_written_as_json_has_them() -> None:
    check = Check.model_validate_json('{"on": "2026-05-01", "kept": "yes", "note": "é\u202e"}')
    said = plain_json({"b": Result(Kind.A, (Path("x/y.md"),), Inner(3)), "a": check})
    assert json.loads(said) == {
        "a": {"on": "2026-05-01", "kept": "yes", "note": "é\u202e"},
        "b": {"kind": "a", "paths": ["x/y.md"], "where": {"line": 3, "secret": "not asked for"}},
    }
    assert said.index('"a"') < said.index('"b"')
    assert "é" in said
    assert "\u202e" not in said


def test_only_what_is_named_is_picked() -> None:
    result = Result(Kind.A, (), Inner(3))
    assert picked(result, "paths", "where.line", called="kind") == {
        "paths": (),
        "line": 3,
        "called": Kind.A,
    }
    with pytest.raises(AttributeError):
        picked(result, "where.nothing")
