"""Before the round is closed no front door differs by what was answered, only by whether.

Two sessions that differ in nothing but answers of the same shape are put through every verb.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.session import Session
from bart_tool.domain.sheet import Sheet, SheetStatus
from bart_tool.store import log, sheets
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.open_session import open_session
from tests.any_answers import any_sheet
from tests.cli.run import Done, bart

PARTIES = ("wijkraad=4", "wijkmanager=1", "cluster-groen=3")
HANDED_IN = ("WR-01", "WR-02", "WR-03", "WM-01", "CL-01")
BEGUN = "WR-04"
# Answers lie here, backups too: files may differ in size, never in number or name.
HOLD_ANSWERS = ("sheets", "conflicts", "damaged", "inbox")


@dataclass(frozen=True)
class World:
    """A session in which the same people answered the same items, each world in its own way."""

    root: Path
    said: random.Random

    @property
    def inbox(self) -> Path:
        """Where sheets wait that somebody sent."""
        return self.root / "inbox"

    @property
    def sessions(self) -> Path:
        return self.root / "sessions"


def begin(world: World) -> None:
    """Make the session; put what people sent in the inbox, and begun work in the folder."""
    world.inbox.mkdir(parents=True)
    options = [part for party in PARTIES for part in ("--party", party)]
    assert bart(world.sessions, "new", "wijk", *options).code == 0
    opened = open_session(DiskStore(world.sessions), "wijk")
    for code in HANDED_IN:
        sheet = any_sheet(opened.session, opened.question_set, code, world.said)
        put(world, f"{code}.yaml", sheet)
        other = any_sheet(opened.session, opened.question_set, code, world.said)
        put(world, f"{code}-again.yaml", _differing_in_all(sheet, other))
        loose = sheets.dump(sheet).replace('kind: "answer-sheet"', 'kind: "answer-sheet')
        (world.inbox / f"{code}-broken.yaml").write_text(loose, encoding="utf-8")
    draft = any_sheet(opened.session, opened.question_set, BEGUN, world.said)
    opened.folder.save_sheet(draft.changed(status=SheetStatus.DRAFT), None)
    (world.inbox / "answers.csv").write_text(csv_of(opened.session, world), encoding="utf-8")


def _differing_in_all(sheet: Sheet, other: Sheet) -> Sheet:
    """`other`, with nothing in it that happens to be what `sheet` says."""
    answers = {
        key: answer if answer != sheet.answers[key] else answer.changed(note=answer.note + "!")
        for key, answer in other.answers.items()
    }
    return other.changed(answers=answers)


def csv_of(session: Session, world: World) -> str:
    """Rows as a spreadsheet gives them, a bad one among them."""
    actor = world.said.choice(("college", "wijkmanager", "bewoners"))
    level = world.said.choice(("none", "decides", "dont-know"))
    return (
        "participant,party,item,value,certainty,note,quote\n"
        f"CL-02,cluster-groen,ties-broken-by,{actor},,,\n"
        f'CL-02,cluster-groen,mandate/wijkraad/drop-action,{level},,"een, {actor}",ja\n'
        f"CL-02,cluster-groen,ties-broken-by,no-{actor},,,\n"
        f"CL-02,cluster-groen,mandate/wijkraad/drop-action,{level},{actor},,\n"
    )


def put(world: World, name: str, sheet: Sheet) -> None:
    (world.inbox / name).write_text(sheets.dump(sheet), encoding="utf-8")


def seen(world: World) -> dict[str, int | None]:
    """Every file and folder anybody can list, with its size unless answers lie in it."""
    found = {}
    for path in sorted(world.root.rglob("*")):
        name = path.relative_to(world.root).as_posix()
        holds = any(part in HOLD_ANSWERS for part in path.parts)
        found[name] = None if holds or path.is_dir() else path.stat().st_size
    return found


Call = Callable[[World], list[str]]


def inbox(*names: str) -> Call:
    return lambda world: [
        str(path) for name in names for path in sorted(world.inbox.glob(name)) if path.is_file()
    ]


def words(*args: str) -> Call:
    return lambda _: list(args)


# What a facilitator does before closing, in this order; each call in words and as JSON.
CALLS: list[tuple[Call, ...]] = [
    (words("gather", "wijk"), inbox("??-??.yaml")),
    (words("gather", "wijk"), inbox("WR-01.yaml")),
    (words("gather", "wijk"), inbox("answers.csv")),
    (words("gather", "wijk"), inbox("*-again.yaml")),
    (words("gather", "wijk"), inbox("*-broken.yaml")),
    (words("gather", "wijk", "--add-people"), inbox("WM-01.yaml")),
    (words("gather", "wijk", "--settle"),),
    (words("status", "wijk"),),
    (words("report", "wijk"),),
    (words("export", "wijk", "--format", "csv,xlsx"),),
    (words("agreements", "wijk"),),
    (words("agreements", "topics", "wijk"),),
    (words("agreements", "add", "wijk", "ties-broken-by", "--sentence", "Wij doen dit."),),
    (words("report", "wijk", "--format", "md,html,json", "--preview-without-answers"),),
    (words("sets"),),
    (words("sets", "wijk-kern"),),
    (words("check", "wijk"),),
    (words("check", "--session", "wijk"), inbox("*.yaml", "*.csv")),
    (words("close", "--help"),),
    (words("reopen", "wijk"),),
    (words("reopen", "wijk", "WR-01"),),
    (words("reopen", "wijk", "WR-99"),),
    (words("mind", "wijk", "WR-99"),),
    (words("mind", "wijk", "CL-03"),),
    (words("new", "wijk", "--party", "wijkraad=1"),),
    (words("new", "anders", "--party", "wijkraad=1"),),
    (words("gather", "anders"), inbox("WR-01.yaml")),
    (words("erase", "wijk", "WR-02"),),
    (words("erase", "wijk", "WR-02", "--yes"),),
    (words("erase", "wijk", "WR-02", "--yes"),),
    (words("delete", "wijk"),),
    (words("status", "wijk"),),
    (words("nonsense"),),
    (words("reopen", "wijk", "--no-input"),),
    (words("report", "wijk", "--round", "1"),),
    (words("check", "wijk", "wijk-kort"),),
    (words("status", "wijk"),),
    (words("doctor", "wijk"),),
    (words("doctor", "--fix"),),
    (words("backup", "wijk", "--to"), lambda world: [str(world.inbox / f"{len(seen(world))}.zip")]),
    (words("restore", "--as", "terug"), inbox("*.zip")),
    (words("status", "terug"),),
    (words("doctor"),),
    (words("form", "wijk"),),
    (words("agreements", "wijk"),),
    (words("agreements", "topics", "wijk"),),
    (words("agreements", "page", "wijk"),),
    (words("agreements", "add", "wijk", "ties-broken-by", "--sentence", "Wij overleggen."),),
    (words("discuss", "wijk"),),
    (words("follow-up", "wijk", "--yes"),),
    (words("compare", "wijk", "1", "2"),),
    (words("close", "wijk"),),  # says who is missing and what waits to be settled
]
# What asks something, and what is typed: the same in every world.
ASKED: list[tuple[tuple[str, ...], str]] = [
    (("gather", "wijk", "--settle"), "1\n0\n2\n9\n"),
    (("erase", "wijk", "WR-03"), "nee\n"),
    (("erase", "wijk", "WR-03"), "ja\n"),
    (("delete", "wijk"), "nee\n"),
    (("new",), "Wijk\nwijk\nanders\nwijk-kort\n3\n1\n\n\nja\n"),
    (("answer", "wijk", "CL-03", "--plain"), "\n1\n?\n1\nq\n"),
    (("answer", "wijk", "CL-03", "--plain"), "q\n"),
    (("status", "wijk"), ""),
]


def heard(world: World, parts: tuple[Call, ...], *more: str) -> tuple[Any, ...]:
    args = [arg for part in parts for arg in part(world)]
    assert args
    return args[:2], *said_by(world, bart(world.sessions, *args, *more)), seen(world)


def said_by(world: World, done: Done) -> tuple[int, str, str]:
    """Exit code and words, without where the world happens to lie."""
    return done.code, *(text.replace(str(world.root), "") for text in (done.out, done.err))


@pytest.mark.parametrize("more", [(), ("--json",)], ids=["words", "json"])
def test_nothing_tells_what_was_answered(tmp_path: Path, more: tuple[str, ...], seed: int) -> None:
    worlds = [World(tmp_path / f"{n}", random.Random(seed + n)) for n in range(3)]
    for world in worlds:
        begin(world)
    for parts in CALLS:
        first, *others = (heard(world, parts, *more) for world in worlds)
        for other in others:
            assert other == first


def test_nor_does_anything_that_is_asked(tmp_path: Path, seed: int) -> None:
    worlds = [World(tmp_path / f"{n}", random.Random(seed + n)) for n in range(2)]
    for world in worlds:
        begin(world)
        for parts in CALLS[:4]:
            heard(world, parts)
    for args, typed in ASKED:
        first, *others = (
            (*said_by(each, bart(each.sessions, *args, typed=typed)), seen(each)) for each in worlds
        )
        assert first[0] == (77 if "--settle" in args else 0), first
        for other in others:
            assert other == first


def test_nor_does_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    worlds = [World(tmp_path / f"{n}", random.Random(seed + n)) for n in range(2)]
    logs = []
    for world in worlds:
        path = tmp_path / f"state-{world.root.name}" / "bart.log"
        monkeypatch.setattr(log, "log_file", lambda path=path: path)
        begin(world)
        for parts in CALLS:
            heard(world, parts, "--debug")
        logs.append(path.read_text("utf-8"))
    assert logs[0] == logs[1]
    assert logs[0].count(" ended with ") > len(CALLS) - 5  # `--help` ends before anything else


def test_what_one_person_sees_of_their_own_does_not_differ_by_what_others_said(
    tmp_path: Path,
    seed: int,
) -> None:
    """`bart mind` and `bart answer` show a person their own sheet, and nothing of the rest."""
    worlds = [World(tmp_path / f"{n}", random.Random(seed + n)) for n in range(2)]
    heard_in = []
    for world in worlds:
        begin(world)
        opened = open_session(DiskStore(world.sessions), "wijk")
        for code in ("WR-01", BEGUN):
            own = any_sheet(opened.session, opened.question_set, code, random.Random(code))
            own = own.changed(status=SheetStatus.DRAFT) if code == BEGUN else own
            found = opened.folder.sheet(code)
            opened.folder.save_sheet(own, found[1] if found else None)
        heard(world, (words("gather", "wijk"), inbox("WR-02.yaml", "WM-01.yaml", "CL-01.yaml")))
        heard_in.append(
            [
                said_by(world, bart(world.sessions, *args, typed=typed))
                for code in ("WR-01", BEGUN)
                for args, typed in (
                    (("mind", "wijk", code), None),
                    (("mind", "wijk", code, "--json"), None),
                    (("answer", "wijk", code, "--plain"), "3\n<\nq\n"),
                )
            ]
        )
    # The picture is shut till closing; of the sheets only the one that is begun opens by its code.
    assert [code for code, _, _ in heard_in[0]] == [77, 77, 77, 77, 77, 0]
    assert heard_in[0] == heard_in[1]


def test_the_worlds_do_differ(tmp_path: Path) -> None:
    one = World(tmp_path / "one", random.Random(1))
    two = replace(one, root=tmp_path / "two", said=random.Random(2))
    reports = []
    for world in (one, two):
        begin(world)
        heard(world, CALLS[0])
        assert bart(world.sessions, "close", "wijk").code == 0
        assert bart(world.sessions, "report", "wijk").code == 0
        reports.append((world.sessions / "wijk" / "report" / "report.json").read_bytes())
    assert reports[0] != reports[1]
