"""Results on standard output and nothing else, no escapes on a pipe, never a question unasked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bart_tool.cli.main import VERBS
from tests.cli.run import Done, bart
from tests.cli.some_session import answered, csv, in_conflict, made

WITH_NOBODY = [
    ("status", "wijk"),
    ("gather", "wijk", "{root}/answers.csv"),
    ("gather", "wijk", "--settle"),
    ("new",),
    ("new", "anders"),
    ("erase", "wijk", "WR-01"),
    ("delete", "wijk"),
    ("answer", "wijk", "WR-01"),
    ("answer", "wijk", "WR-03", "--plain"),
    ("close", "wijk"),
    ("agreements", "wijk"),
    ("agreements", "add", "wijk"),
    ("agreements", "due", "wijk"),
    ("report", "wijk"),
    ("mind", "wijk", "WR-01"),
    ("reopen", "wijk"),
    ("demo",),
    ("sets",),
    ("check", "wijk"),
    (),
]


def real(root: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program itself, its output on a pipe and no keyboard at all."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("LC_ALL", "LC_MESSAGES", "LANG", "BART_LANGUAGE", "NO_COLOR")
    }
    return subprocess.run(
        [sys.executable, "-m", "bart_tool", *args],
        env={**kept, "BART_SESSIONS": str(root), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


def test_without_anybody_there_nothing_is_asked_and_every_command_ends(tmp_path: Path) -> None:
    in_conflict(tmp_path)
    for args in WITH_NOBODY:
        typed = [each.format(root=tmp_path) for each in args]
        # Somebody might be at the keyboard here; with --no-input they are not asked.
        before = ["--no-input", *typed] if not typed else [*typed, "--no-input"]
        done = bart(tmp_path, *before, typed="1\n1\n1\n1\n1\n" if "--plain" not in typed else None)
        assert done.code in (0, 2, 65, 77), done.err
        assert "[nee]" not in done.err
        assert "Nummer" not in done.err
        assert "Welke wijk" not in done.err
        assert "Traceback" not in done.err


def test_a_closed_keyboard_is_no_error_of_ours(tmp_path: Path) -> None:
    made(tmp_path)
    code = "import os, sys; os.close(0); from bart_tool.cli.main import main; sys.exit(main())"
    for args in (("new",), ("erase", "wijk", "WR-01")):
        done = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.argv[1:] = {list(args)!r}; {code}"],
            env={**os.environ, "BART_SESSIONS": str(tmp_path), "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 2, done.stderr


@pytest.mark.parametrize("no_color", ["", "1"])
def test_no_escape_reaches_a_pipe(tmp_path: Path, no_color: str) -> None:
    answered(tmp_path)
    more = {"NO_COLOR": no_color} if no_color else {"TERM": "xterm-256color", "FORCE_COLOR": "1"}
    for args in (
        ("demo", "--no-tui"),
        ("status", "nowhere"),
        ("nonsense",),
    ):
        done = real(tmp_path, *args, **more)
        assert b"\x1b" not in done.stdout + done.stderr
        assert not set(done.stdout + done.stderr) & {*range(9), 11, 12, *range(14, 32), 127}


def test_standard_error_is_empty_when_all_went_well(tmp_path: Path) -> None:
    made(tmp_path)
    file = csv(tmp_path, "a.csv", "WR-01,wijkraad,ties-broken-by,college,,,,position")
    for args in (
        ("status", "wijk"),
        ("gather", "wijk", file),
        ("sets",),
        ("sets", "wijk-kort"),
        ("check", "wijk"),
        ("close", "wijk"),
        ("report", "wijk"),
        ("reopen", "wijk"),
        ("erase", "wijk", "WR-01", "--yes"),
        ("delete", "wijk", "--yes"),
        ("demo",),
    ):
        done = bart(tmp_path, *args)
        assert (done.code, done.err) == (0, ""), args
        assert done.out


def test_a_reader_that_has_enough_is_no_error(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m bart_tool sets wijk-kern | head -n 1'
    if sys.platform == "win32":
        pytest.skip("there is no head on Windows")
    done = subprocess.run(
        ["sh", "-c", command],
        env={**os.environ, "BART_SESSIONS": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


# Help


@pytest.mark.parametrize("verb", ["", *VERBS])
@pytest.mark.parametrize(("language", "word"), [("nl", "Voorbeeld"), ("en", "Example")])
def test_help_begins_with_an_example(tmp_path: Path, verb: str, language: str, word: str) -> None:
    for asked in ("-h", "--help"):
        done = bart(tmp_path, *([verb] if verb else []), asked, language=language)
        first = done.out.strip().split("\n")[0].strip()
        assert first.startswith(f"{word}: bart {verb}".strip())
        assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("verb", VERBS)
def test_help_is_in_one_language(tmp_path: Path, verb: str) -> None:
    nl, en = (bart(tmp_path, verb, "-h", language=each).out for each in ("nl", "en"))
    same = {line.strip() for line in nl.split("\n")} & {line.strip() for line in en.split("\n")}
    # What may be alike: a bare option without a word of explanation on the same line.
    assert not [line for line in same if line and not line.startswith("-")]


# Language

DUTCH, ENGLISH = "antwoorden", "answering"


def status_in(root: Path, *args: str, **environment: str) -> str:
    done = bart(root, *args, **environment)
    assert done.code == 0, done.err
    return done.out.split("\n")[0].removeprefix("wijk: ")


def test_the_language_is_the_option_else_the_variable_else_the_locale_else_dutch(
    tmp_path: Path,
) -> None:
    made(tmp_path)
    status = ("status", "wijk")
    assert status_in(tmp_path, *status) == DUTCH
    assert status_in(tmp_path, *status, LANG="en_GB.UTF-8") == ENGLISH
    assert status_in(tmp_path, *status, LANG="de_DE.UTF-8") == DUTCH
    assert status_in(tmp_path, *status, LANG="en_GB.UTF-8", LC_ALL="nl_NL.UTF-8") == DUTCH
    assert status_in(tmp_path, *status, LANG="nl_NL.UTF-8", LC_MESSAGES="en_US.UTF-8") == ENGLISH
    assert status_in(tmp_path, *status, LANG="en_GB.UTF-8", BART_LANGUAGE="nl") == DUTCH
    assert status_in(tmp_path, *status, BART_LANGUAGE="fr", LANG="en_GB.UTF-8") == ENGLISH
    assert status_in(tmp_path, *status, "--language", "en", BART_LANGUAGE="nl") == ENGLISH
    assert status_in(tmp_path, "--language=en", *status, BART_LANGUAGE="nl") == ENGLISH
    assert status_in(tmp_path, *status, "--language=nl", BART_LANGUAGE="en") == DUTCH


def test_a_report_is_in_the_language_of_its_session_unless_asked_otherwise(tmp_path: Path) -> None:
    answered(tmp_path)
    bart(tmp_path, "close", "wijk")
    written = tmp_path / "wijk" / "report" / "report.md"

    def heading(done: Done) -> str:
        assert done.code == 0
        return written.read_text("utf-8").split("\n")[0]

    dutch = heading(bart(tmp_path, "report", "wijk"))
    assert heading(bart(tmp_path, "report", "wijk", "--language", "en")) != dutch
    assert heading(bart(tmp_path, "report", "wijk", "--language", "nl")) == dutch
