"""The house rules: who imports whom, types, style, and words that are translated."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import catalogues, import_circles, surroundings

ROOT = Path(__file__).parent.parent


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=surroundings.as_it_is_used(),
    )


# Also what .pre-commit-config.yaml runs before every commit.
CHECKS = {
    "lint": ("-m", "ruff", "check", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "types": ("-m", "mypy"),
    "imports": (
        "-c",
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())",
    ),
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_tree_passes(name: str) -> None:
    done = run(*CHECKS[name])
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_imports_itself_through_others() -> None:
    assert import_circles.circle() == []


def test_no_path_into_a_session_is_made_above_the_store() -> None:
    above = [
        p for part in ("cli", "tui", "workflow") for p in (ROOT / "bart_tool" / part).rglob("*.py")
    ]
    into = re.compile(r"(folder|home|stored|session)\.path\b|\bstore\.path\(|\broot /|\.root /")
    found = [path.name for path in above if into.search(path.read_text("utf-8"))]
    assert above
    assert found == []


def test_every_text_has_a_dutch_translation() -> None:
    assert catalogues.missing() == []


def test_no_translation_is_left_of_what_is_not_said_any_more() -> None:
    assert catalogues.left_over() == []


def test_a_text_has_one_meaning_whoever_says_it() -> None:
    assert catalogues.twice() == []


def test_help_loads_neither_models_nor_yaml_nor_screens() -> None:
    done = run(
        "-c",
        "import sys; from bart_tool.cli.main import main; main(['--help']); "
        "print(sorted({'pydantic', 'yaml', 'textual'} & set(sys.modules)), file=sys.stderr)",
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == "[]"


def test_the_first_screens_load_neither_models_nor_yaml() -> None:
    done = run(
        "-c",
        "import sys; import bart_tool.cli.answer, bart_tool.store.locations, bart_tool.tui.app; "
        "import bart_tool.store.disk, bart_tool.tui.facilitator.home; "
        "import bart_tool.tui.participant.opening, bart_tool.tui.facilitator.home; "
        "print(sorted({'pydantic', 'yaml'} & set(sys.modules)))",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
