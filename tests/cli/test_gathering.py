"""`bart gather` at the front door: a folder with an archive in it, and names made to mislead."""

import zipfile
from pathlib import Path

from bart_tool.errors import Exit
from tests.cli.run import bart
from tests.cli.some_session import HEADER, csv, made

ITEM = "ties-broken-by"
HOSTILE = "a\x1b[2J\u202e\n{names}.csv"


def row(code: str) -> str:
    return f"{code},wijkraad,{ITEM},college,,,,position"


def test_a_folder_with_an_archive_is_taken_in_and_what_is_refused_is_named(tmp_path: Path) -> None:
    made(tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    csv(inbox, "a.csv", row("WR-01"))
    csv(inbox, ".b.csv", row("WR-03"))
    with zipfile.ZipFile(inbox / "b.zip", "w") as archive:
        archive.writestr("map/a.csv", f"{HEADER}\n{row('WR-02')}\n")
        archive.writestr("../b.csv", f"{HEADER}\n{row('WR-03')}\n")
    done = bart(tmp_path, "gather", "wijk", str(inbox), language="en")
    assert (done.code, done.out.splitlines()) == (
        Exit.BAD_DATA,
        [
            "a.csv: first time (WR-01)",
            "b.zip: map/a.csv: first time (WR-02)",
            "b.zip: ../b.csv: refused",
            "Came in: WR-01, WR-02",
            "WR-01: 1 of 74 answered.",
            "WR-02: 1 of 74 answered.",
        ],
    )
    assert "b.zip: ../b.csv: A file of this name could land outside its folder" in done.err


def test_names_made_to_mislead_are_shown_and_do_nothing(tmp_path: Path) -> None:
    made(tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    csv(inbox, HOSTILE, row("WR-01"))
    (inbox / HOSTILE.replace("csv", "jpg")).write_bytes(b"\xff")
    with zipfile.ZipFile(inbox / "b.zip", "w") as archive:
        archive.writestr(HOSTILE, f"{HEADER}\n{row('WR-02')}\n")
    for option in ([], ["--json"]):
        done = bart(tmp_path, "gather", "wijk", str(inbox), *option)
        assert done.code == Exit.BAD_DATA
        for said in (done.out, done.err):
            assert not {"\x1b", "\u202e"} & set(said)
    plain = bart(tmp_path, "gather", "wijk", str(inbox), language="en")
    before, refused, *_ = plain.out.splitlines()  # a line each, whatever their names hold
    assert before.endswith("{names}.csv: handed in before (WR-01)")
    assert refused.endswith("{names}.csv: refused")


def test_the_session_itself_can_be_handed_in_and_nothing_changes(tmp_path: Path) -> None:
    folder = made(tmp_path)
    assert bart(tmp_path, "gather", "wijk", csv(tmp_path, "a.csv", row("WR-01"))).code == 0
    before = (folder / "sheets" / "WR-01.yaml").read_bytes()
    done = bart(tmp_path, "gather", "wijk", str(folder / "sheets"), language="en")
    said = done.out.splitlines()
    assert (done.code, said[0]) == (0, "WR-01.yaml: handed in before (WR-01)")
    assert said[1] == "Had handed in before: WR-01"
    assert (folder / "sheets" / "WR-01.yaml").read_bytes() == before
