"""constraints.txt pins everything that pyproject.toml asks for, and tells nothing of who made it.

Renewed by `uv pip compile --universal --generate-hashes --all-extras --no-header --no-annotate
--no-emit-index-url`; the lines above the first pin are written by hand.
"""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "constraints.txt").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}")


def pins() -> list[Requirement]:
    lines = TEXT.replace(" \\\n", "\n").splitlines()
    return [Requirement(line) for line in lines if line and line[0] not in "# "]


def asked() -> list[str]:
    project = PROJECT["project"]
    extras = project["optional-dependencies"].values()
    return [*project["dependencies"], *(each for extra in extras for each in extra)]


@pytest.mark.parametrize("line", [*asked(), *PROJECT["build-system"]["requires"]])
def test_what_pyproject_asks_is_pinned_within_its_bounds(line: str) -> None:
    wanted = Requirement(line)
    name = canonicalize_name(wanted.name)
    versions = [
        specifier.version
        for pin in pins()
        if canonicalize_name(pin.name) == name
        for specifier in pin.specifier
    ]
    assert versions, f"{name} is not pinned"
    assert all(wanted.specifier.contains(version) for version in versions), versions


def test_every_pin_is_one_version_with_a_hash() -> None:
    for pin in pins():
        (specifier,) = pin.specifier
        assert specifier.operator == "=="
        assert not specifier.version.endswith("*")
    for entry in re.split(r"\n(?=[a-z])", TEXT)[1:]:
        _, *hashes = entry.rstrip("\n").split(" \\\n")
        assert hashes
        assert all(HASH.fullmatch(each) for each in hashes), entry


@pytest.mark.parametrize("trace", ["http", "file:", "index-url", "find-links", "/", "@"])
def test_nothing_says_where_it_was_made(trace: str) -> None:
    assert trace not in TEXT
