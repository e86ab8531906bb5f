"""What catalogues, lawyers and other programs read of the project is whole and says the same."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import yaml

import bart_tool
from tests.test_house import CHECKS

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CODE: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))

# Of publiccode.yml 0.7: what must be there, and what may be said.
STATUS = {"concept", "development", "beta", "stable", "obsolete"}
TYPES = {f"standalone/{kind}" for kind in ("mobile", "iot", "desktop", "web", "backend", "other")}
CATEGORIES = {"collaboration", "data-collection", "feedback-and-reviews-management", "survey"}
SCOPES = {"government", "local-authorities", "society"}


def test_every_file_has_a_licence() -> None:
    done = subprocess.run([sys.executable, "-m", "reuse", "lint", "--quiet"], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_the_program_has_one_licence_and_what_was_taken_over_has_its_own() -> None:
    own, *others = PROJECT["license"].split(" AND ")
    texts = sorted(path.name for path in (ROOT / "LICENSES").iterdir())
    assert others == ["OFL-1.1", "MIT"]
    assert texts == sorted(f"{each}.txt" for each in (own, *others))
    assert (ROOT / "LICENSE").read_bytes() == (ROOT / "LICENSES" / texts[0]).read_bytes()
    assert CODE["legal"]["license"] == own == "EUPL-1.2"
    assert {path.suffix for path in (ROOT / "bart_tool").rglob("fonts/*")} == {".ttf"}


def test_publiccode_says_what_must_be_said() -> None:
    assert CODE["publiccodeYmlVersion"] == "0.7"
    assert CODE["name"] == "bart"
    assert re.fullmatch(r"https://\S+\.git", CODE["url"])
    assert CODE["developmentStatus"] in STATUS
    assert CODE["softwareType"] in TYPES
    assert CODE["platforms"]
    assert set(CODE["categories"]) == CATEGORIES
    assert CODE["intendedAudience"] == {"countries": ["NL"], "scope": sorted(SCOPES)}
    assert isinstance(CODE["localisation"]["localisationReady"], bool)
    # `internal` and `community` want a person to reach, `contract` a contractor.
    assert CODE["maintenance"] == {"type": "none"}


def test_publiccode_describes_bart_in_each_of_its_languages() -> None:
    assert {*CODE["description"]} == {*CODE["localisation"]["availableLanguages"]} == {"nl", "en"}
    for said in CODE["description"].values():
        assert 0 < len(said["shortDescription"]) <= 150
        assert 150 <= len(said["longDescription"]) <= 10_000
        assert 5 <= len(said["features"]) <= 20
        assert all((ROOT / name).is_file() for name in said["screenshots"])


def test_publiccode_and_the_changelog_know_the_newest_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    (newest, day), *_ = re.findall(r"^## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)$", changelog, re.M)
    assert (CODE["softwareVersion"], CODE["releaseDate"]) == (newest, day)
    assert newest == bart_tool.__version__


def test_every_version_in_the_changelog_has_its_day() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert [h for h in headings if not re.fullmatch(r"\d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)", h)] in (
        [],
        ["Unreleased"],
    )


def test_before_a_commit_the_same_is_checked_as_by_the_one_command() -> None:
    said = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    (repo,) = said["repos"]
    assert {hook["id"]: hook["entry"] for hook in repo["hooks"]} == {
        name: " ".join(("python", *(f'"{each}"' if " " in each else each for each in command)))
        for name, command in CHECKS.items()
    }
    assert all(hook["pass_filenames"] is False for hook in repo["hooks"])
