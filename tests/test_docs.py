"""The pages keep their word: every command in them runs, and every link leads somewhere."""

import random
import re
import shlex
import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import click
import pytest

from bart_tool.cli.main import VERBS, Verbs
from bart_tool.store import sheets
from bart_tool.store.disk import DiskStore
from bart_tool.wording.translation import words
from bart_tool.workflow.open_session import open_session
from tests.any_answers import any_sheet
from tests.cli.run import bart
from tests.pages import PAGES, ROOT, blocks, inline, text_of

if sys.platform == "win32":
    pytest.skip("some commands open a screen, in a pty", allow_module_level=True)

from tests.tui.participant.terminal import bart as on_screen

# What installs, asks a network or runs these tests: not typed here, but by .ci/run.
ELSEWHERE = (
    "python -m pip ",
    "python -m pytest",
    "python -m mkdocs ",
    "BART_RENEW=1 python -m pytest",
)
# What opens a screen; it is opened in a terminal, and left again with Ctrl+Q.
ON_A_SCREEN = (None, "answer", "discuss")
CTRL_Q = "\x11"


def answers_in(folder: Path, session: str, seed: int = 1) -> None:
    """What people send back: an answer sheet of each of them, in `folder`."""
    opened = open_session(DiskStore(folder.parent / "sessions"), session)
    folder.mkdir(exist_ok=True)
    for code in opened.session.party_of:
        sheet = any_sheet(opened.session, opened.question_set, code, random.Random(seed))
        sheet = sheet.model_copy(update={"round": opened.session.round})
        (folder / f"bart-{code}.yaml").write_text(sheets.dump(sheet), "utf-8")


def _brought_to_readme(folder: Path) -> None:
    answers_in(folder / "inbox", "voorbeeldwijk")
    with zipfile.ZipFile(folder / "bladen.zip", "w") as archive:
        for path in list((folder / "inbox").glob("bart-WR-*.yaml"))[:3]:
            archive.write(path, path.name)
            path.unlink()
    rows = (
        "participant,party,item,value,certainty,note,quote\nWM-01,wijkmanager,clarity,unclear,,,\n"
    )
    (folder / "antwoorden.csv").write_text(rows, "utf-8")
    (folder / "inbox" / "bart-WM-01.yaml").unlink()


def _asked_elsewhere(table: str) -> Callable[[Path], None]:
    """Somebody asked the questions in a program of their own, and has the table of it."""
    rows = "Tijdstempel;Code;clarity\n2026-11-29;WR-01;clear\n"

    def handed_over(folder: Path) -> None:
        (folder / table).write_text(rows, "utf-8")

    return handed_over


def _agreed_in_the_talk(folder: Path) -> None:
    said = "De wijkmanager beslist over kleine uitgaven tot 500 euro."
    topic = "decision/small-urgent-spend"
    _run(folder, "agreements", "add", "voorbeeldwijk", topic, "--sentence", said, "--no-input")


def answered_again_in(session: str) -> Callable[[Path], None]:
    """The follow-up round is answered and closed."""

    def held(folder: Path) -> None:
        answers_in(folder / "inbox", session, seed=2)
        _run(folder, "gather", session, "inbox")
        _run(folder, "close", session, "--yes")

    return held


def _run(folder: Path, *args: str) -> None:
    typed(folder, shlex.join(("bart", *args)))


_DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")

# Page -> the command before which people do something that no command does.
MEANWHILE: Mapping[str, Mapping[str, Callable[[Path], None]]] = {
    "docs/begeleider.md": {
        "bart gather voorbeeldwijk inbox": lambda at: answers_in(at / "inbox", "voorbeeldwijk"),
        "bart columns enquete.csv kolommen.yaml --session voorbeeldwijk": _asked_elsewhere(
            "enquete.csv"
        ),
        "bart compare voorbeeldwijk 1 2": answered_again_in("voorbeeldwijk"),
    },
    "docs/en/facilitator.md": {
        "bart gather example inbox": lambda at: answers_in(at / "inbox", "example"),
        "bart columns survey.csv columns.yaml --session example": _asked_elsewhere("survey.csv"),
        "bart compare example 1 2": answered_again_in("example"),
    },
    "README.md": {
        "bart gather voorbeeldwijk inbox bladen.zip antwoorden.csv": _brought_to_readme,
        "bart follow-up voorbeeldwijk": _agreed_in_the_talk,
        "bart compare voorbeeldwijk 1 2": answered_again_in("voorbeeldwijk"),
    },
}


def typed(folder: Path, command: str) -> None:
    """Type `command`, as the page says; whoever reads it takes a day that is still to come."""
    command = _DAY.sub(str(date.today() + timedelta(days=365)), command)
    done = bart(folder / "sessions", *shlex.split(command)[1:], language="nl")
    assert done.code == 0, f"{command}\n{done.out}{done.err}"


def opened(folder: Path, command: str) -> None:
    """Open a screen of bart, see that something stands on it, and leave it."""
    with on_screen(folder / "sessions", *shlex.split(command)[1:]) as terminal:
        terminal.wait_for("F3", "uitleg")
        terminal.send(CTRL_Q)
        assert terminal.ended() == 0, terminal.shown


def _is_on_a_screen(command: str) -> bool:
    _, *args = shlex.split(command)
    verb = args[0] if args else None
    return verb in ON_A_SCREEN and "--plain" not in args and "--from-paper" not in args


@pytest.mark.parametrize("page", PAGES)
def test_every_command_on_the_page_runs_in_the_order_of_the_page(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    meanwhile = dict(MEANWHILE.get(page, {}))
    for block in blocks(page):
        if block.title:
            (tmp_path / block.title).write_text(block.text, "utf-8")
        for line in block.lines if block.kind == "sh" else ():
            for command in line.split(" && "):
                if command.startswith(ELSEWHERE):
                    continue
                assert command.split()[0] == "bart", f"no test runs: {command}"
                meanwhile.pop(command, lambda _: None)(tmp_path)
                (opened if _is_on_a_screen(command) else typed)(tmp_path, command)
    assert not meanwhile, "the page has no such command"


MAIN = Verbs(words("en"))
CONTEXT = click.Context(MAIN)


def command_of(args: list[str]) -> tuple[click.Command, list[str]]:
    """The command that `args` name, and what is left of them."""
    found: click.Command = MAIN
    while args and isinstance(found, click.Group) and not args[0].startswith("-"):
        within = found.get_command(CONTEXT, args[0])
        if within is None:
            break
        found, args = within, args[1:]
    return found, args


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_sentence_names_is_there_with_its_options(page: str) -> None:
    for said in inline(page):
        if not said.startswith("bart ") or said.split()[1].isupper():
            continue
        command, left = command_of(said.split()[1:])
        known = {opt for param in command.params for opt in (*param.opts, *param.secondary_opts)}
        assert command is not MAIN or left[0].startswith("-"), f"no such command: {said}"
        for word in left:
            name = word.partition("=")[0].rstrip(",.")
            assert not name.startswith("--") or name in known | {"--help"}, said


def test_every_verb_is_on_a_page_of_its_users() -> None:
    text = "".join(map(text_of, PAGES))
    assert [verb for verb in VERBS if f"bart {verb}" not in text] == []


_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


@pytest.mark.parametrize("page", [*PAGES, "SECURITY.md", "CODE_OF_CONDUCT.md", "tests/README.md"])
def test_every_link_to_a_file_leads_to_one(page: str) -> None:
    for target in _LINK.findall(text_of(page)):
        if not target.startswith(("https://", "mailto:")):
            assert ((ROOT / page).parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES)
def test_no_page_says_that_answers_cannot_be_traced(page: str) -> None:
    assert not re.search(r"ano[n]i|ano[n]ym", text_of(page), re.IGNORECASE)


@pytest.mark.parametrize("page", [each for each in PAGES if each.startswith("docs/")])
def test_every_page_stands_in_the_menu_of_the_site(page: str) -> None:
    assert f": {page.removeprefix('docs/')}\n" in (ROOT / "mkdocs.yml").read_text("utf-8")


@pytest.mark.parametrize("page", [each for each in PAGES if each.startswith("docs/")])
def test_a_page_in_english_says_so(page: str) -> None:
    is_english = page.startswith(("docs/en/", "docs/developer/"))
    assert text_of(page).startswith("---\nlang: en\n---\n") is is_english
