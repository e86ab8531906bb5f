"""The wheel and the sdist hold all that bart needs, nothing of a session, and run elsewhere."""

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# A build compiles catalogues in place, so it works on a copy: other tests read the checkout.
BUILT = ("bart_tool", "docs", "question_sets", "tests", "LICENSES", "hatch_build.py")
BUILT += ("CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "REUSE.toml", "mkdocs.yml", "publiccode.yml")
BUILT += ("pyproject.toml",)
BUILT += ("README.md", "SECURITY.md", "LICENSE", "CHANGELOG.md", ".gitignore")
BUILT += ("constraints.txt", "constraints-hashed.txt")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout without what was compiled, in which a workshop was held."""
    copy = tmp_path_factory.mktemp("checkout") / "bart"
    copy.mkdir()
    left_out = shutil.ignore_patterns("*.mo", ".*_cache", "benchmarks", "golden")
    for name in BUILT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=left_out)
        else:
            shutil.copy(source, copy / name)
    (copy / "sessions" / "proef" / "sheets").mkdir(parents=True)
    shutil.copy(ROOT / "sessions" / "README.md", copy / "sessions")
    (copy / "sessions" / "proef" / "sheets" / "WR-01.yaml").write_text("answers: {}", "utf-8")
    (copy / "bart_tool" / "__pycache__").mkdir(exist_ok=True)
    (copy / "bart_tool" / "__pycache__" / "left.cpython-311.pyc").write_bytes(b"")
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path) -> Path:
    return _built(checkout, "wheel", "*.whl")


@pytest.fixture(scope="module")
def sdist(checkout: Path) -> Path:
    return _built(checkout, "sdist", "*.tar.gz")


def _built(checkout: Path, kind: str, name: str) -> Path:
    out = checkout.parent / kind
    command = ["-m", "build", "--no-isolation", f"--{kind}", "--outdir", str(out), str(checkout)]
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = out.glob(name)
    return found


def names_in_wheel(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def names_in_sdist(sdist: Path) -> set[str]:
    with tarfile.open(sdist) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def tracked(folder: str, pattern: str) -> Iterator[str]:
    for path in sorted((ROOT / folder).glob(pattern)):
        if path.is_file():
            yield path.relative_to(ROOT).as_posix()


SETS = [Path(name).stem for name in tracked("question_sets", "*.yaml")]
NEEDED = [
    *tracked("bart_tool", "**/*.py"),
    *tracked("bart_tool", "**/*.tcss"),
    *tracked("bart_tool", "**/templates/*"),
    *tracked("bart_tool/web/static", "**/*"),
    "bart_tool/py.typed",
    *tracked("bart_tool/demo", "**/*.yaml"),
    "bart_tool/wording/locale/nl/bart.mo",
    "bart_tool/wording/locale/nl/LC_MESSAGES/click.mo",
    *(
        f"bart_tool/wording/locale/{language}/LC_MESSAGES/{subject}.mo"
        for language in ("en", "nl")
        for subject in ("labels", "problems")
    ),
]


def test_the_wheel_holds_the_whole_program(wheel: Path) -> None:
    assert [name for name in NEEDED if name not in names_in_wheel(wheel)] == []


def test_the_wheel_holds_the_sets_and_their_schema(wheel: Path) -> None:
    shipped = [*tracked("question_sets", "**/*")]
    assert "question_sets/question-set.schema.json" in shipped
    assert [name for name in shipped if f"bart_tool/{name}" not in names_in_wheel(wheel)] == []


def test_the_wheel_holds_the_licence_of_whatever_others_made(wheel: Path) -> None:
    """Of each path that REUSE.toml says others made: its licence, and whose it is."""
    made = tomllib.loads((ROOT / "REUSE.toml").read_text("utf-8"))["annotations"]
    others = [each for each in made if each["path"] != "**"]
    assert "bart_tool/web/static/noble/*.js" in [each["path"] for each in others]
    with zipfile.ZipFile(wheel) as archive:
        info = next(name for name in archive.namelist() if name.endswith("/METADATA"))
        metadata = archive.read(info).decode()
        for each in others:
            folder, _, pattern = each["path"].rpartition("/")
            assert {*tracked(folder, pattern)} <= {*archive.namelist()}, each
            name = f"LICENSES/{each['SPDX-License-Identifier']}.txt"
            text = archive.read(info.replace("METADATA", f"licenses/{name}")).decode()
            assert text == (ROOT / name).read_text("utf-8")
            owners = each["SPDX-FileCopyrightText"]
            for owner in [owners] if isinstance(owners, str) else owners:
                assert f"Copyright (c) {owner}" in text
            assert f"License-File: {name}" in metadata
            assert each["SPDX-License-Identifier"] in metadata.partition("License-Expression:")[2]


def test_the_sdist_holds_what_building_and_testing_need(sdist: Path) -> None:
    needed = ["pyproject.toml", "hatch_build.py", "constraints.txt", "tests/workshop.py", "LICENSE"]
    needed += [*NEEDED, *tracked("question_sets", "**/*"), *tracked("docs", "**/*.md")]
    needed += ["LICENSES/EUPL-1.2.txt", "REUSE.toml", "mkdocs.yml", "publiccode.yml"]
    assert [name for name in needed if name not in names_in_sdist(sdist)] == []


def test_no_archive_holds_a_session_or_what_was_compiled_for_one_machine(
    wheel: Path, sdist: Path
) -> None:
    for name in names_in_wheel(wheel) | names_in_sdist(sdist):
        assert "sessions" not in name.split("/"), name
        assert "__pycache__" not in name, name
        assert not name.endswith(".pyc"), name


def test_only_the_package_is_installed(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in names_in_wheel(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"bart_tool"}


def test_the_wheel_works_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    elsewhere.mkdir()

    def bart(*args: str) -> str:
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        # Where the tests run bart may be installed too: what comes first on the path counts.
        env = {**kept, "PYTHONPATH": str(installed), "HOME": str(elsewhere), "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-W", "error", *args], cwd=elsewhere, env=env, capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    where = bart("-c", "import bart_tool; print(bart_tool.__file__)")
    assert Path(where.strip()).is_relative_to(installed)
    listed = bart("-m", "bart_tool", "sets")
    assert [name for name in SETS if name not in listed] == []
    bart("-m", "bart_tool", "demo", "--no-tui", "--sessions", "held", "--language", "nl")
    report = (elsewhere / "held" / "demo" / "report" / "report.md").read_text("utf-8")
    assert "wijkraad" in report
    assert "Opdrachten" in bart("-m", "bart_tool", "--help", "--language", "nl")
