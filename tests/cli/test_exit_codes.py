"""Every exit code of docs/developer/formats.md 9, each with a sentence that says what to do."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filelock
import pytest

from bart_tool.errors import Exit
from bart_tool.store import atomic
from bart_tool.store.question_sets import set_ids
from tests.cli.run import bart
from tests.cli.some_session import PARTIES, answered, closed, csv, in_conflict, listing, made

Ready = Callable[[Path], Any]
STRANGER = "XX-01,wijkraad,ties-broken-by,college,,,,"

SETS = ", ".join(set_ids())


@dataclass(frozen=True)
class Case:
    """A command, what must be so before it, and how it ends."""

    ready: Ready
    args: tuple[str, ...]
    code: Exit
    nl: str
    en: str


def broken(root: Path) -> None:
    made(root)
    (root / "broken.yaml").write_text("format: 1\nkind: [\n", encoding="utf-8")


def with_a_stranger(root: Path) -> None:
    made(root)
    csv(root, "stranger.csv", STRANGER)


def file_in_the_way(root: Path) -> None:
    broken(root)
    (root / "wijk" / "damaged").write_text("", encoding="utf-8")


CASES = {
    "done": Case(made, ("status", "wijk"), Exit.DONE, "", ""),
    "wrong name": Case(
        made,
        ("new", "../x", *PARTIES),
        Exit.WRONG_USE,
        "‘../x’ kan geen naam van een sessie zijn. Gebruik kleine letters, cijfers en streepjes, "
        "hoogstens 41, en begin met een letter of cijfer.",
        "“../x” cannot be the name of a session. Use small letters, digits and hyphens, at most "
        "41, and begin with a letter or digit.",
    ),
    "wrong command": Case(
        made,
        ("statsu", "wijk"),
        Exit.WRONG_USE,
        "Fout: Er is geen opdracht ‘statsu’. Bedoelde je ‘status’?",
        "Error: There is no command “statsu”. Did you mean “status”?",
    ),
    "nothing to gather": Case(
        made,
        ("gather", "wijk"),
        Exit.WRONG_USE,
        "Fout: Noem minstens één bestand, of gebruik --settle.",
        "Error: Name at least one file, or use --settle.",
    ),
    "nobody to ask": Case(
        answered,
        ("erase", "wijk", "WR-01"),
        Exit.WRONG_USE,
        "Fout: Er is niets verwijderd. Zet --yes erbij om WR-01 te verwijderen.",
        "Error: Nothing was removed. Add --yes to remove WR-01.",
    ),
    "no terminal": Case(
        made,
        ("answer", "wijk", "WR-01"),
        Exit.WRONG_USE,
        "Hiervoor is een terminal nodig. Wil je regel voor regel invullen, zet er dan --plain "
        "achter: bart answer wijk CODE --plain.",
        "This needs a terminal. To answer line by line, add --plain: bart answer wijk CODE "
        "--plain.",
    ),
    "broken file": Case(
        broken,
        ("gather", "wijk", "{root}/broken.yaml"),
        Exit.BAD_DATA,
        "broken.yaml, regel 3: Dit is geen geldige YAML. Kijk naar het inspringen, de dubbele "
        "punten en de aanhalingstekens, hier en een regel hoger.",
        "broken.yaml, line 3: This is not valid YAML. Check indentation, colons and quotation "
        "marks, here and one line up.",
    ),
    "a stranger": Case(
        with_a_stranger,
        ("gather", "wijk", "{root}/stranger.csv"),
        Exit.BAD_DATA,
        "stranger.csv: XX-01 doet niet mee in deze sessie. Het antwoordblad is niet meegenomen. "
        "Verbeter de code, of zet er --add-people bij.",
        "stranger.csv: XX-01 is not in this session, so the sheet was not taken in. Correct the "
        "code, or add --add-people.",
    ),
    "no session": Case(
        made,
        ("status", "wijj"),
        Exit.NOT_FOUND,
        "Er is geen sessie ‘wijj’. Deze zijn er: wijk. Bedoelde je ‘wijk’?",
        "There is no session “wijj”. There are: wijk. Did you mean “wijk”?",
    ),
    "no set": Case(
        made,
        ("sets", "wijk-kern2"),
        Exit.NOT_FOUND,
        f"Er is geen vragenset ‘wijk-kern2’. Deze zijn er: {SETS}. Bedoelde je ‘wijk-kern’?",
        f"There is no question set “wijk-kern2”. There are: {SETS}. Did you mean “wijk-kern”?",
    ),
    "no file": Case(
        made,
        ("gather", "wijk", "nowhere.yaml"),
        Exit.NOT_FOUND,
        "Er is geen bestand nowhere.yaml. Kijk of de naam en de map kloppen.",
        "There is no file nowhere.yaml. Check the name and the folder.",
    ),
    "no such person": Case(
        made,
        ("mind", "wijk", "wm-1".upper()),
        Exit.NOT_FOUND,
        "Er is geen WM-1 in de sessie ‘wijk’. Deze zijn er: CL-01, WM-01, WR-01, WR-02, WR-03. "
        "Bedoelde je ‘WM-01’?",
        "There is no WM-1 in session “wijk”. There are: CL-01, WM-01, WR-01, WR-02, WR-03. Did "
        "you mean “WM-01”?",
    ),
    "name taken": Case(
        made,
        ("new", "wijk", *PARTIES),
        Exit.CANNOT_CREATE,
        "Er is al een sessie ‘wijk’. Kies een andere naam.",
        "There is a session “wijk” already. Choose another name.",
    ),
    "in the way": Case(
        file_in_the_way,
        ("gather", "wijk", "{root}/broken.yaml"),
        Exit.CANNOT_CREATE,
        "damaged staat in de weg: daar hoort een map. Zet het ergens anders neer.",
        "damaged is in the way: there should be a folder. Move it elsewhere.",
    ),
    "somebody writes": Case(
        answered,
        ("close", "wijk"),
        Exit.BUSY,
        "Een ander programma is bezig met session.yaml. Probeer het zo nog eens.",
        "session.yaml is being written by another program. Try again in a moment.",
    ),
    "report too early": Case(
        answered,
        ("report", "wijk"),
        Exit.NOT_ALLOWED,
        "De sessie ‘wijk’ is nog niet gesloten, dus er is nog niets te zien. Sluit eerst de "
        "ronde: bart close wijk.",
        "Session “wijk” is still being answered, so nothing is shown yet. Close the round first: "
        "bart close wijk.",
    ),
    "gather too late": Case(
        closed,
        ("gather", "wijk", "{root}/answers.csv"),
        Exit.NOT_ALLOWED,
        "De sessie ‘wijk’ neemt geen antwoorden meer aan. Open de ronde eerst weer: bart reopen "
        "wijk.",
        "Session “wijk” takes no more answers. Open the round again first: bart reopen wijk.",
    ),
    "answer too late": Case(
        closed,
        ("answer", "wijk", "WR-01", "--plain"),
        Exit.NOT_ALLOWED,
        "In sessie wijk kan nu niemand invullen: de ronde is nog niet begonnen of al gesloten. "
        "Vraag het de begeleider.",
        "Nobody answers in session wijk now: the round has not begun or is closed. Ask the "
        "facilitator.",
    ),
    "forms too late": Case(
        closed,
        ("form", "wijk"),
        Exit.NOT_ALLOWED,
        "In sessie wijk kan nu niemand invullen, dus er zijn geen formulieren te maken. Open de "
        "ronde weer met: bart reopen wijk.",
        "Nobody answers in session wijk now, so there are no forms to make. Open the round again "
        "with: bart reopen wijk.",
    ),
    "guessing about nobody": Case(
        made,
        ("new", "ons", "--set", "bart-basis", "--party", "team=3", "--guess-about", "x"),
        Exit.WRONG_USE,
        "--guess-about: Over ‘x’ kan niemand raden: die partij doet niet mee. Kies uit: team.",
        "--guess-about: Nobody can guess about “x”: it does not take part. Choose from: team.",
    ),
    "closed twice": Case(
        closed,
        ("close", "wijk"),
        Exit.NOT_ALLOWED,
        "De ronde van de sessie ‘wijk’ is niet open. Sluiten kan dus niet. Kijk hoe het ervoor "
        "staat: bart status wijk.",
        "The round of session “wijk” is not open, so it cannot be closed. See how it stands: "
        "bart status wijk.",
    ),
    "open already": Case(
        made,
        ("reopen", "wijk"),
        Exit.NOT_ALLOWED,
        "De ronde van de sessie ‘wijk’ is nog open. Moet iemand het blad veranderen? Noem de code: "
        "bart reopen wijk CODE.",
        "The round of session “wijk” is open still. Must somebody change their sheet? Name them: "
        "bart reopen wijk CODE.",
    ),
}


@contextmanager
def held_by_another(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody else is writing `path`, and nobody has time to wait for them."""
    patient = filelock.FileLock.acquire

    def impatient(self: Any, *args: Any, **more: Any) -> Any:
        return patient(self, timeout=0.01)

    with atomic.locked(path), monkeypatch.context() as patch:
        patch.setattr(filelock.FileLock, "acquire", impatient)
        yield


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", CASES)
def test_the_code_and_the_sentence_say_what_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    case = CASES[name]
    case.ready(tmp_path)
    args = [each.format(root=tmp_path) for each in case.args]
    path = tmp_path / "wijk" / "session.yaml"
    busy = held_by_another(path, monkeypatch) if case.code == Exit.BUSY else nullcontext()
    with busy:
        done = bart(tmp_path, *args, language=language)
    said = case.nl if language == "nl" else case.en
    last = done.err.strip().split("\n")[-1].strip()
    assert (done.code, last) == (case.code, said)
    if case.code not in (Exit.DONE, Exit.BAD_DATA):
        assert done.out == ""


def test_what_was_refused_changed_nothing(tmp_path: Path) -> None:
    for number, case in enumerate(CASES.values()):
        if case.code in (Exit.DONE, Exit.BAD_DATA, Exit.BUSY, Exit.CANNOT_CREATE):
            continue
        root = tmp_path / str(number)
        root.mkdir()
        case.ready(root)
        before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
        names = listing(root)
        bart(root, *[each.format(root=root) for each in case.args])
        assert listing(root) == names
        assert {path: path.read_bytes() for path in before} == before


def test_every_exit_code_is_tried() -> None:
    tried = {case.code for case in CASES.values()}
    # Below, in test_disk_full.py and in test_bugs.py.
    elsewhere = {Exit.CANNOT_WRITE, Exit.INTERRUPTED, Exit.BUG}
    assert tried | elsewhere == set(Exit)


def test_answers_in_conflict_are_65_until_somebody_settles_them(tmp_path: Path) -> None:
    in_conflict(tmp_path)
    assert bart(tmp_path, "close", "wijk").code == Exit.DONE
    done = bart(tmp_path, "gather", "wijk", "--settle")
    assert (done.code, done.out) == (Exit.BAD_DATA, "WR-01  ties-broken-by\n")
    assert bart(tmp_path, "gather", "wijk", "--settle", typed="1\n").code == Exit.DONE
    assert bart(tmp_path, "gather", "wijk", "--settle").code == Exit.DONE


def test_nothing_typed_at_a_question_is_130_and_nothing_is_made(tmp_path: Path) -> None:
    for language, said in (
        ("nl", "Gestopt. Wat al bewaard was, blijft bewaard."),
        ("en", "Stopped. What was saved is kept."),
    ):
        done = bart(tmp_path, "new", language=language, typed="Rozenwijk\n")
        assert (done.code, done.out) == (Exit.INTERRUPTED, "")
        assert done.err.strip().endswith(said)
    assert listing(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send on Windows")
def test_ctrl_c_while_answering_is_130_and_keeps_the_answers(tmp_path: Path) -> None:
    folder = made(tmp_path)
    environment = {**os.environ, "BART_SESSIONS": str(tmp_path), "BART_LANGUAGE": "en"}
    with subprocess.Popen(
        [sys.executable, "-m", "bart_tool", "answer", "wijk", "WR-01", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**environment, "PYTHONUTF8": "1"},
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write("\n1\n1\n")  # on, may be recognisable, and the first answer
        process.stdin.flush()
        while "question 2" not in (line := process.stdout.readline()):
            assert line, process.stderr.read()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert process.returncode == Exit.INTERRUPTED
    assert err.strip() == "Stopped. What was saved is kept."
    assert "revision: 1" in (folder / "sheets" / "WR-01.yaml").read_text("utf-8")
