"""Every file that bart makes may lie on a disk of Windows, and in a folder that is synced there.

No Windows is asked: what it refuses is written down here, from its own documentation.
"""

import os
import subprocess
import sys
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path, PureWindowsPath

import pytest

from tests.cli.run import bart
from tests.pages import ROOT
from tests.test_promises import everything, two_rounds, workshop

DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
DEVICES |= {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
REFUSED = frozenset('<>:"/\\|?*') | {chr(number) for number in range(32)}
LONGEST_NAME = 255
# Of the 260 characters that many programs can open, what is left where the sessions lie in
# C:\Users\somebody\OneDrive - Gemeente Voorbeeldstad\Documenten\Wijkwerk\bart\sessions.
LONGEST_PATH = 160

_made: set[Path] | None = None


def _listen(event: str, args: tuple[object, ...]) -> None:
    if _made is None or event not in ("open", "os.mkdir", "os.rename", "os.link", "os.symlink"):
        return
    if event == "open" and not (isinstance(args[2], int) and args[2] & (os.O_CREAT | os.O_RDWR)):
        return
    for path in args[: 1 if event in ("open", "os.mkdir") else 2]:
        if isinstance(path, (str, bytes)):
            _made.add(Path(os.fsdecode(path)))


sys.addaudithook(_listen)  # it cannot be taken away, and is deaf unless `_made` is there


def wrong_name(name: str) -> Iterator[str]:
    """What Windows has against a file or folder called `name`."""
    if PureWindowsPath(name).parts != (name,):
        yield f"{name!r} is not one name"
    if name.partition(".")[0].rstrip(" ").lower() in DEVICES:
        yield f"{name!r} is a device"
    if name[-1] in " .":
        yield f"{name!r} ends in {name[-1]!r}, which is dropped"
    if found := REFUSED & set(name):
        yield f"{name!r} holds {found}"
    if len(name.encode("utf-16-le")) > 2 * LONGEST_NAME:
        yield f"{name!r} is too long"


def wrong_names(paths: Iterable[Path]) -> Iterator[str]:
    """What Windows has against files with these paths, each and together."""
    same: dict[tuple[Path, str], set[str]] = defaultdict(set)
    for path in paths:
        if len(str(path)) > LONGEST_PATH:
            yield f"{path} is too long"
        for part, parent in zip(path.parts[::-1], path.parents, strict=True):
            yield from wrong_name(part)
            same[parent, unicodedata.normalize("NFC", part).casefold()].add(part)
    yield from (f"{sorted(names)} are one name" for names in same.values() if len(names) > 1)


REFUSED_NAMES = (
    "a:b",
    "a/b",
    "a\\b",
    "C:",
    "CON",
    "con.txt",
    "Aux .yaml",
    "LPT¹",
    "a.",
    "a ",
    "a?",
)


@pytest.mark.parametrize("name", [*REFUSED_NAMES, "a\n", "x" * 256])
def test_what_windows_refuses_is_seen(name: str) -> None:
    assert [*wrong_name(name)]


def test_names_that_are_one_to_windows_are_seen() -> None:
    assert [*wrong_names([Path("a/WR-01.yaml"), Path("A/wr-01.yaml")])]
    assert [*wrong_names([Path("é"), Path("e\u0301")])]
    assert [*wrong_names([Path("a/b"), Path("b/b"), Path(".lock")])] == []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> set[Path]:
    """The path of every file and folder of whole workshops, those of a moment too."""
    global _made
    root = tmp_path_factory.mktemp("names")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(root / "state"))
        patch.chdir(root)
        _made = set()
        try:
            hold_workshops(root)
            there = {path for path in _made if path.is_relative_to(root)} | {*root.rglob("*")}
        finally:
            _made = None
    ours = {path.relative_to(root) for path in there if path != root and "inbox" not in path.parts}
    kept = {Path(name) for path in root.glob("*.zip") for name in zipfile.ZipFile(path).namelist()}
    return ours | kept


def hold_workshops(root: Path) -> None:
    """All that makes files: two workshops of two rounds, the demo, and the longest name."""
    workshop(root)
    everything(root)
    (root / "again").mkdir()
    two_rounds(root / "again")
    sessions = root / "long" / "sessions"
    name = "n" + "-x" * 20
    assert (
        bart(sessions, "new", name, "--party", "wijkraad=3", "--party", "wijkmanager=1").code == 0
    )
    assert bart(sessions, "form", name, "--letter", "--by", "2030-06-30").code == 0
    assert bart(sessions, "form", name, "--paper").code == 0
    for file in ("con.yaml", "a:b.yaml", "x" * 200 + ".json", "spatie .yaml.", "É\u0301?.csv"):
        (root / "inbox").mkdir(exist_ok=True)
        (root / "inbox" / file).write_text("answers: [", "utf-8")
        bart(sessions, "gather", name, str(root / "inbox" / file))
    assert bart(sessions, "demo", "--no-tui").code == 0
    assert bart(sessions, "backup", name, "--to", str(root / "long.zip")).code == 0


def test_every_file_of_a_whole_workshop_has_a_name_that_windows_takes(made: set[Path]) -> None:
    assert [*wrong_names(made)] == []


def test_nothing_that_makes_files_was_left_out(made: set[Path]) -> None:
    folders = {path.parent.name for path in made}
    assert {"sheets", "conflicts", "damaged", "report", "forms", "rounds"} <= folders
    assert {".yaml", ".json", ".html", ".md", ".svg", ".txt", ".lock"} <= {
        path.suffix for path in made
    }


def test_every_file_of_the_project_may_lie_there_too() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    ).stdout
    if not listed:
        pytest.skip("no checkout: what it would hold is not known")
    paths = [Path(os.fsdecode(each)) for each in listed.split(b"\0") if each]
    assert len(paths) > 100
    assert sorted(wrong_names(paths)) == []
