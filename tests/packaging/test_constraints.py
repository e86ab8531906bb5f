"""constraints.txt pins all that an install brings along, and tells nothing of who made it.

Renewed by two lines; what stands above its first pin is written by hand:

    uv pip compile --upgrade --universal --generate-hashes --all-extras --no-header --no-annotate \
        --no-emit-index-url pyproject.toml -o constraints-hashed.txt
    sed -n 's/ \\$//; /^[a-z]/p' constraints-hashed.txt
"""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PLAIN = (ROOT / "constraints.txt").read_text("utf-8")
HASHED = (ROOT / "constraints-hashed.txt").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}")


def pins() -> list[Requirement]:
    return [Requirement(line) for line in PLAIN.splitlines() if not line.startswith("#")]


def asked() -> list[str]:
    project = PROJECT["project"]
    extras = project["optional-dependencies"].values()
    built = PROJECT["build-system"]["requires"]
    return [*project["dependencies"], *(each for extra in extras for each in extra), *built]


def brought_along() -> Iterator[str]:
    """Every package that an install of bart with its tests brings along, as it is here."""
    todo, seen = [Requirement(each) for each in asked()], set[str]()
    while todo:
        wanted = todo.pop()
        if str(wanted) in seen or (wanted.marker and not wanted.marker.evaluate()):
            continue
        seen.add(str(wanted))
        try:
            todo += _needs(wanted)
        except PackageNotFoundError:  # of an extra that is not installed here
            continue
        yield canonicalize_name(wanted.name)


def _needs(wanted: Requirement) -> Iterator[Requirement]:
    for need in map(Requirement, requires(wanted.name) or []):
        extras = ["", *wanted.extras]
        if need.marker is None or any(need.marker.evaluate({"extra": each}) for each in extras):
            need.marker = None  # it has been asked
            yield need


@pytest.mark.parametrize("line", asked())
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


def test_what_comes_along_is_pinned_too() -> None:
    assert set(brought_along()) - {canonicalize_name(pin.name) for pin in pins()} == set()


@pytest.mark.parametrize("needed", ["hatchling", "editables", "babel"])
def test_what_builds_bart_is_pinned(needed: str) -> None:
    assert needed in {pin.name for pin in pins()}


def test_every_pin_is_one_version() -> None:
    for pin in pins():
        (specifier,) = pin.specifier
        assert specifier.operator == "=="
        assert not specifier.version.endswith("*")


def test_the_second_file_has_the_same_pins_each_with_its_hashes() -> None:
    entries = re.split(r"\n(?=[a-z])", HASHED.rstrip("\n"))
    assert [entry.partition(" \\\n")[0] for entry in entries] == [
        line for line in PLAIN.splitlines() if not line.startswith("#")
    ]
    for entry in entries:
        _, *hashes = entry.split(" \\\n")
        assert hashes
        assert all(HASH.fullmatch(each) for each in hashes), entry


@pytest.mark.parametrize("trace", ["http", "file:", "index-url", "find-links", "/", "@"])
def test_nothing_says_where_it_was_made(trace: str) -> None:
    assert trace not in PLAIN
    assert trace not in HASHED
