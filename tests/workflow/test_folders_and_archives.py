"""`gather` on folders and zip archives: everything that is a sheet comes in, the rest is named."""

import io
import os
import random
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bart_tool.errors import NotFound, Severity
from bart_tool.store import archives, plain_file, sheets
from bart_tool.workflow.gather import gather
from bart_tool.workflow.intake_outcome import Gathered
from bart_tool.workflow.open_session import OpenSession
from tests.figures import figure
from tests.workflow.on_disk import ALL_TYPES, begun_session, said, snapshot
from tests.workshop import path_of

pytestmark = pytest.mark.usefixtures("each_store")

TIMES = figure(500, 50_000)
HEADER = "participant,party,item,value\n"


@pytest.fixture
def opened(quick_path: Path) -> OpenSession:
    return begun_session(quick_path / "sessions")


@pytest.fixture
def inbox(quick_path: Path) -> Path:
    folder = quick_path / "inbox"
    folder.mkdir()
    return folder


def of(opened: OpenSession, code: str) -> bytes:
    return sheets.dump(said(opened, code, {"who": "college"})).encode()


def as_json(opened: OpenSession, code: str) -> bytes:
    return said(opened, code, ALL_TYPES).model_dump_json(exclude_defaults=False).encode()


def refused(done: Gathered) -> set[tuple[str, str]]:
    return {(problem.where.file, problem.code) for problem in done.refused}


def problems(done: Gathered) -> set[tuple[str, str]]:
    return {(problem.where.file, problem.code) for problem in done.problems}


def zipped(path: Path, contents: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


# Folders


def test_a_folder_is_taken_in_with_all_below_it_but_what_systems_leave_there(
    opened: OpenSession, inbox: Path
) -> None:
    (inbox / "deep" / "er").mkdir(parents=True)
    (inbox / "__MACOSX").mkdir()
    (inbox / "WR-01.yaml").write_bytes(of(opened, "WR-01"))
    (inbox / "deep" / "WR-01.yaml").write_bytes(of(opened, "WR-01"))
    (inbox / "deep" / "er" / "WR-02.json").write_bytes(as_json(opened, "WR-02"))
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "~$WR-01.yaml", ".WR-03.yaml.tmp"):
        (inbox / name).write_bytes(b"\0\1")
    (inbox / "__MACOSX" / "._WR-01.yaml").write_bytes(b"\0")
    before = snapshot(inbox)
    done = gather(opened, [inbox])
    assert done.came_in == ("WR-01", "WR-02")
    assert done.before == ("WR-01",)
    assert done.is_whole
    assert not done.problems
    assert snapshot(inbox) == before


@pytest.mark.parametrize(
    "name",
    ["WR-01.json.txt", "WR-01 (1).json", "download.html", "WR-01", "WR-01.yaml.download", "a.csv"],
)
@pytest.mark.parametrize("form", [of, as_json])
def test_a_sheet_is_known_by_what_is_in_it(
    opened: OpenSession, inbox: Path, name: str, form: Callable[[OpenSession, str], bytes]
) -> None:
    (inbox / name).write_bytes(b"\xef\xbb\xbf" + form(opened, "WR-01"))
    assert gather(opened, [inbox]).came_in == ("WR-01",)
    assert gather(opened, [inbox / name]).before == ("WR-01",)


def test_answers_in_rows_are_known_by_their_first_row(opened: OpenSession, inbox: Path) -> None:
    (inbox / "antwoorden.txt").write_text(HEADER + "WR-01,wijkraad,who,college\n", "utf-8")
    (inbox / "export").write_text(
        HEADER.replace(",", ";") + "WR-02;wijkraad;who;college\n", "utf-8"
    )
    assert gather(opened, [inbox]).came_in == ("WR-01", "WR-02")


def test_what_is_no_sheet_is_passed_over_by_name_and_does_no_harm(
    opened: OpenSession, inbox: Path
) -> None:
    (inbox / "WR-01.yaml").write_bytes(of(opened, "WR-01"))
    (inbox / "foto.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (inbox / "leesmij.txt").write_text("Hierbij.", "utf-8")
    done = gather(opened, [inbox])
    assert done.is_whole
    (note,) = done.problems
    assert (note.code, note.severity) == ("passed-over", Severity.NOTE)
    assert note.params == {"number": "2", "names": "foto.jpg, leesmij.txt"}
    assert not (path_of(opened.folder) / "damaged").exists()


def test_a_damaged_sheet_in_a_folder_is_set_aside(opened: OpenSession, inbox: Path) -> None:
    half = as_json(opened, "WR-01")[:-40]
    for name in ("half.json", "half.txt"):
        (inbox / name).write_bytes(half)
    (inbox / "leeg.yaml").write_bytes(b"")
    done = gather(opened, [inbox])
    assert {p.where.file for p in done.damaged} == {"half.json", "half.txt", "leeg.yaml"}
    kept = (path_of(opened.folder) / "damaged").glob("file.*")
    assert half in {path.read_bytes() for path in kept}


def test_links_in_a_folder_are_named_and_not_followed(
    opened: OpenSession, inbox: Path, quick_path: Path
) -> None:
    outside = quick_path / "outside"
    outside.mkdir()
    (outside / "WR-01.yaml").write_bytes(of(opened, "WR-01"))
    (inbox / "link.yaml").symlink_to(outside / "WR-01.yaml")
    (inbox / "round").symlink_to(inbox, target_is_directory=True)
    (inbox / "WR-02.yaml").write_bytes(of(opened, "WR-02"))
    done = gather(opened, [inbox])
    assert done.came_in == ("WR-02",)
    assert refused(done) == {("link.yaml", "file-is-a-link"), ("round", "file-is-a-link")}


def test_a_folder_without_anything_is_no_folder_of_sheets(opened: OpenSession, inbox: Path) -> None:
    with pytest.raises(NotFound) as found:
        gather(opened, [inbox])
    assert found.value.code == "no-sheets-in-folder"
    (inbox / "foto.jpg").write_bytes(b"\xff")
    assert problems(gather(opened, [inbox])) == {("inbox", "no-sheets-in-folder")}


def test_a_folder_that_the_system_refuses_is_named_and_the_rest_goes_on(
    opened: OpenSession, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = inbox / "dicht"
    closed.mkdir()
    (inbox / "WR-01.yaml").write_bytes(of(opened, "WR-01"))
    scan = os.scandir

    def refusing(path: Path | int = ".") -> Any:  # a number is an open folder
        if not isinstance(path, int) and Path(path) == closed:
            raise PermissionError
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    done = gather(opened, [inbox])
    assert done.came_in == ("WR-01",)
    assert [(p.where.file, p.code) for p in done.damaged] == [("dicht", "cannot-read")]
    with pytest.raises(NotFound):
        gather(done.opened, [closed])


def test_too_many_files_are_not_the_right_folder(
    opened: OpenSession, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain_file, "MAX_FILES", 3)
    for number in range(4):
        (inbox / f"{number}.yaml").write_bytes(of(opened, "WR-01"))
    with pytest.raises(NotFound) as found:
        gather(opened, [inbox])
    assert found.value.code == "folder-too-large"


# Archives


def test_an_archive_is_read_and_stays_as_it_is(opened: OpenSession, quick_path: Path) -> None:
    path = zipped(
        quick_path / "bladen.zip",
        {
            "./WR-01.yaml": of(opened, "WR-01"),
            "map/WR-02.json": as_json(opened, "WR-02"),
            "map\\CL-01.json.txt": as_json(opened, "CL-01"),
            "__MACOSX/._WR-01.yaml": b"\0",
            ".DS_Store": b"\0",
            "leesmij.txt": b"Hierbij.",
            "half.json": as_json(opened, "WR-03")[:-9],
        },
    )
    before, content = snapshot(path_of(opened.folder)), path.read_bytes()
    done = gather(opened, [path])
    assert done.came_in == ("CL-01", "WR-01", "WR-02")
    assert {p.where.file for p in done.damaged} == {"bladen.zip: half.json"}
    assert problems(done) == {("bladen.zip", "passed-over")}
    again = gather(done.opened, [path])
    assert (again.came_in, again.before) == ((), ("CL-01", "WR-01", "WR-02"))
    after = snapshot(path_of(opened.folder))
    changed = {name for name in after if after[name] != before.get(name)}
    assert {name.split("/")[0] for name in changed} == {"damaged", "sheets"}
    assert path.read_bytes() == content


def test_an_archive_in_a_folder_is_read_and_one_in_an_archive_is_not(
    opened: OpenSession, inbox: Path
) -> None:
    zipped(inbox / "a.zip", {"WR-01.yaml": of(opened, "WR-01")})
    inner = (inbox / "a.zip").read_bytes()
    zipped(
        inbox / "b.zip", {"a.zip": inner, "hidden.yaml": inner, "WR-02.yaml": of(opened, "WR-02")}
    )
    done = gather(opened, [inbox])
    assert done.came_in == ("WR-01", "WR-02")
    assert refused(done) == {
        ("b.zip: a.zip", "archive-in-archive"),
        ("b.zip: hidden.yaml", "archive-in-archive"),
    }


@pytest.mark.parametrize(
    "name",
    [
        "/etc/WR-01.yaml",
        "../WR-01.yaml",
        "a/../../WR-01.yaml",
        "..\\WR-01.yaml",
        "C:\\WR-01.yaml",
        "\\\\server\\WR-01.yaml",
        "con.yaml",
        "map/LPT1.txt",
        "a\x1b[2J.yaml",
        "a\nb.yaml",
        "a//b.yaml",
    ],
)
def test_a_name_that_leads_outside_is_refused_and_the_rest_goes_on(
    opened: OpenSession, quick_path: Path, name: str
) -> None:
    path = zipped(
        quick_path / "a.zip", {name: of(opened, "WR-01"), "WR-02.yaml": of(opened, "WR-02")}
    )
    outside = sorted(quick_path.parent.glob("*.yaml"))
    done = gather(opened, [path])
    assert done.came_in == ("WR-02",)
    assert [problem.code for problem in done.refused] == ["archive-bad-name"]
    assert not done.is_whole
    assert sorted(quick_path.parent.glob("*.yaml")) == outside


def test_of_two_members_with_one_name_neither_is_chosen(
    opened: OpenSession, quick_path: Path
) -> None:
    path = zipped(
        quick_path / "a.zip",
        {
            "WR-01.yaml": of(opened, "WR-01"),
            "wr-01.YAML": as_json(opened, "WR-01"),
            "WR-02.yaml": of(opened, "WR-02"),
        },
    )
    done = gather(opened, [path])
    assert done.came_in == ("WR-02",)
    assert refused(done) == {("a.zip: WR-01.yaml", "archive-twice")}


def with_flag(content: bytes, flag: int) -> bytes:
    """The archive with `flag` set in the headers of its first member."""
    changed = bytearray(content)
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.index(start) + at
        changed[place] |= flag
    return bytes(changed)


def test_a_member_with_a_password_is_refused(opened: OpenSession, quick_path: Path) -> None:
    path = zipped(
        quick_path / "a.zip", {"WR-01.yaml": of(opened, "WR-01"), "WR-02.yaml": of(opened, "WR-02")}
    )
    path.write_bytes(with_flag(path.read_bytes(), 1))
    done = gather(opened, [path])
    assert (done.came_in, refused(done)) == (
        ("WR-02",),
        {("a.zip: WR-01.yaml", "archive-encrypted")},
    )


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_without_bound_is_not_unpacked(
    opened: OpenSession, quick_path: Path, packing: int, seed: int
) -> None:
    path = zipped(quick_path / "a.zip", {"WR-01.yaml": of(opened, "WR-01")}, packing)
    assert refused(gather(opened, [path])) == {("a.zip: WR-01.yaml", "archive-odd-packing")}


def test_every_way_to_cut_or_change_an_archive_is_told_and_nothing_breaks(
    opened: OpenSession, quick_path: Path
) -> None:
    path = quick_path / "a.zip"
    whole = zipped(
        path, {"WR-01.yaml": of(opened, "WR-01"), "WR-02.yaml": of(opened, "WR-02")}
    ).read_bytes()
    for at in range(0, len(whole), 7):
        for content in (whole[:at], whole[:at] + b"\xff" + whole[at + 1 :]):
            path.write_bytes(content)
            done = gather(opened, [path])
            assert path.read_bytes() == content
            assert done.came_in or done.before or not done.is_whole
            opened = done.opened


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_many_rows_in_an_archive_are_read_whole(quick_path: Path, packing: int) -> None:
    rows = random.Random(1).randbytes(3 * archives.SMALL).hex().encode()
    path = zipped(quick_path / "a.zip", {"a.csv": rows}, packing)
    assert [member.content for member in archives.members(path, "a.zip")] == [rows]


def test_a_name_that_begins_with_nothing_is_refused(opened: OpenSession, quick_path: Path) -> None:
    path = zipped(
        quick_path / "a.zip", {"WR-01.yaml": of(opened, "WR-01"), "WR-02.yaml": of(opened, "WR-02")}
    )
    path.write_bytes(path.read_bytes().replace(b"WR-01.yaml", b"\0R-01.yaml"))
    done = gather(opened, [path])
    assert done.came_in == ("WR-02",)
    assert [problem.code for problem in done.refused] == ["archive-bad-name"]


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_damaged_archive_never_gives_what_was_not_in_it(
    opened: OpenSession, quick_path: Path, packing: int, seed: int
) -> None:
    contents = {f"{code}.yaml": of(opened, code) for code in ("WR-01", "WR-02", "CL-01")}
    path = quick_path / "a.zip"
    whole = zipped(path, contents, packing).read_bytes()
    chance = random.Random(seed)
    for _ in range(TIMES):
        changed = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 5, 20))):
            place = chance.randrange(len(changed))
            changed[place] = chance.choice((0, 0xFF, chance.randrange(256)))
        path.write_bytes(changed)
        for member in archives.members(path, "a.zip"):
            # Every member has a checksum, so what comes out is what went in.
            assert member.problem is not None or member.content in (*contents.values(), b"")


def test_a_spreadsheet_is_named_for_what_it_is(opened: OpenSession, quick_path: Path) -> None:
    path = zipped(quick_path / "antwoorden.xlsx", {"[Content_Types].xml": b"<Types/>"})
    assert refused(gather(opened, [path])) == {("antwoorden.xlsx", "office-file")}


def test_an_archive_without_sheets_says_so(opened: OpenSession, quick_path: Path) -> None:
    for contents in ({}, {".DS_Store": b"\0"}, {"foto.jpg": b"\xff"}):
        path = zipped(quick_path / "a.zip", contents)
        done = gather(opened, [path])
        assert problems(done) | refused(done) == {("a.zip", "no-sheets-in-folder")}


# Made to hurt


def test_a_bomb_is_not_unpacked(opened: OpenSession, quick_path: Path) -> None:
    path = zipped(
        quick_path / "a.zip",
        {"WR-01.yaml": b"0" * archives.MAX_MEMBER, "WR-02.yaml": of(opened, "WR-02")},
    )
    done = gather(opened, [path])
    assert done.came_in == ("WR-02",)
    assert refused(done) == {("a.zip: WR-01.yaml", "archive-bomb")}


def test_a_bomb_that_lies_about_its_size_is_not_unpacked_further_than_it_says(
    opened: OpenSession, quick_path: Path
) -> None:
    path = zipped(quick_path / "a.zip", {"WR-01.yaml": b"0" * archives.MAX_MEMBER})
    content = bytearray(path.read_bytes())
    for start, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.index(start) + at
        content[place : place + 4] = struct.pack("<L", 500)
    path.write_bytes(content)
    assert refused(gather(opened, [path])) == {("a.zip: WR-01.yaml", "archive-member-broken")}


def test_what_is_too_large_together_is_not_read(opened: OpenSession, quick_path: Path) -> None:
    path = quick_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(archives.MAX_TOTAL // archives.SMALL + 1):
            archive.writestr(f"{number}.yaml", b"0" * archives.SMALL)
    assert refused(gather(opened, [path])) == {("a.zip", "archive-too-large")}


@pytest.mark.parametrize("many", [archives.MAX_MEMBERS + 1, 100_000])
def test_too_many_members_are_not_listed(opened: OpenSession, quick_path: Path, many: int) -> None:
    path = quick_path / "a.zip"
    path.write_bytes(empty_members(many))
    assert refused(gather(opened, [path])) == {("a.zip", "archive-too-many")}


def empty_members(many: int) -> bytes:
    """An archive of `many` empty files; zipfile takes half a minute to write it."""
    out, listed = io.BytesIO(), io.BytesIO()
    for number in range(many):
        name = f"{number:06}.yaml".encode()
        listed.write(struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 33, 0, 0,
                                 0, len(name), 0, 0, 0, 0, 0, out.tell()))  # fmt: skip
        listed.write(name)
        out.write(struct.pack("<4s2B4HL2L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 33, 0, 0, 0,
                              len(name), 0))  # fmt: skip
        out.write(name)
    start = out.tell()
    size = listed.tell()
    out.write(listed.getvalue())
    if many > 0xFFFE:  # zip64: the old record has no room for the number
        end = out.tell()
        out.write(struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, many, many, size,
                              start))  # fmt: skip
        out.write(struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1))
    few = min(many, 0xFFFF)
    out.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, few, few, size, start, 0))
    return out.getvalue()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_in_an_archive_are_refused(
    opened: OpenSession, quick_path: Path, kind: int
) -> None:
    path = quick_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        odd = zipfile.ZipInfo("WR-01.yaml")
        odd.external_attr = (kind | 0o777) << 16
        archive.writestr(odd, b"/etc/hostname")
        archive.writestr("WR-02.yaml", of(opened, "WR-02"))
    done = gather(opened, [path])
    assert done.came_in == ("WR-02",)
    assert [problem.code for problem in done.refused] == [
        "archive-link" if kind == stat.S_IFLNK else "archive-no-file"
    ]


def test_members_that_lie_across_each_other_are_refused(
    opened: OpenSession, quick_path: Path
) -> None:
    path = zipped(
        quick_path / "a.zip", {"WR-01.yaml": of(opened, "WR-01"), "WR-02.yaml": of(opened, "WR-01")}
    )
    content = bytearray(path.read_bytes())
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    content[second + 42 : second + 46] = struct.pack("<L", 0)  # where its own header is said to be
    path.write_bytes(content)
    assert refused(gather(opened, [path])) == {("a.zip", "archive-overlap")}


def test_a_list_of_members_that_is_said_to_be_huge_is_not_read(
    opened: OpenSession, quick_path: Path
) -> None:
    path = zipped(quick_path / "a.zip", {"WR-01.yaml": of(opened, "WR-01")})
    with path.open("r+b") as stream:
        content = bytearray(stream.read())
        end = content.rindex(b"PK\x05\x06")
        content[end + 12 : end + 16] = struct.pack("<L", 90 * 1024 * 1024)
        stream.seek(0)
        stream.write(b"\0" * (91 * 1024 * 1024) + content)
    done = gather(opened, [path])
    assert refused(done) <= {("a.zip", "archive-too-many"), ("a.zip", "archive-broken")}
    assert not done.is_whole
