"""A backup is exactly the session, any damage to it shows, and putting it back is all or nothing.

T14 of tests/README.md for archives: whatever a backup says, nothing outside the session is touched.
"""

import hashlib
import io
import os
import random
import stat
import struct
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bart_tool.errors import BadData, BartError, CannotCreate, NotFound, Problem, WrongUse
from bart_tool.store import atomic, backups, generated, sessions
from bart_tool.store.backups import SUMS
from bart_tool.store.disk import DiskStore, half_restored, session_in
from bart_tool.store.session_files import Person
from bart_tool.store.stored_session import StoredSession
from bart_tool.workflow import backup as verbs
from bart_tool.workflow.erase import erase
from bart_tool.workflow.open_session import open_session
from tests.figures import figure
from tests.store.failpoints import KILL, KINDS, Killed, failing
from tests.workflow.on_disk import ALL_TYPES, begun_session, said, snapshot
from tests.workflow.test_folders_and_archives import with_flag
from tests.workshop import path_of

links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
rights = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Sessions, one of them `test`, with something in every folder of it."""
    root = tmp_path / "sessions"
    opened = begun_session(root)
    for code in ("WR-01", "WR-02", "WM-01"):
        opened.folder.save_sheet(said(opened, code, ALL_TYPES), None)
    other = said(opened, "WR-01", {"who": {"value": "college", "revision": 9}})
    opened.folder.keep_conflict(other)
    broken = tmp_path / "broken.yaml"
    broken.write_bytes(b"PK\x03\x04 half a spreadsheet")
    opened.folder.set_aside(broken.name, broken.read_bytes(), Problem("archive-broken"))
    opened.folder.write_form("WR-01", ".html", b"<!doctype html>")
    generated.write(opened.folder, "report.md", b"# Verslag")
    (path_of(opened.folder) / "report" / "figures").mkdir(mode=0o700)
    (path_of(opened.folder) / "report" / "figures" / "a.svg").write_bytes(b"<svg/>")
    opened.folder.save_people({"WR-01": Person(name="Kwispelsteert")})
    return root


@pytest.fixture
def folder(root: Path) -> StoredSession:
    return session_in(root / "test")


def kept(folder: StoredSession) -> dict[str, bytes]:
    """What of a session a backup holds."""
    return {name: each for name, each in snapshot(path_of(folder)).items() if name != "people.yaml"}


def made(folder: StoredSession, path: Path) -> Path:
    backups.write(path, backups.pack(folder.store, folder.at, with_people=False))
    return path


def everything(place: Path) -> dict[str, bytes | str]:
    """Every file and folder below `place`, hidden ones too."""
    return {
        str(path.relative_to(place)): path.read_bytes() if path.is_file() else "folder"
        for path in sorted(place.rglob("*"))
    }


# There and back


def test_what_is_put_back_is_exactly_what_was_there(folder: StoredSession, tmp_path: Path) -> None:
    path = made(folder, tmp_path / "a.zip")
    done = verbs.restore(DiskStore(tmp_path / "elsewhere"), path)
    assert snapshot(path_of(done.folder)) == kept(folder)
    assert {name.split("/")[0] for name in kept(folder)} == {
        *("session.yaml", "question_set.yaml"),
        *("sheets", "conflicts", "damaged", "forms", "report"),
    }


@rights
def test_only_the_owner_may_read_a_backup_and_what_is_put_back(
    folder: StoredSession, tmp_path: Path
) -> None:
    before = os.umask(0)
    try:
        path = made(folder, tmp_path / "a.zip")
        done = verbs.restore(DiskStore(tmp_path / "elsewhere"), path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for each in path_of(done.folder).rglob("*"):
        assert stat.S_IMODE(each.stat().st_mode) == (0o700 if each.is_dir() else 0o600), each
    assert stat.S_IMODE(path_of(done.folder).stat().st_mode) == 0o700


def test_the_same_session_gives_the_same_bytes_wherever_and_whenever(
    folder: StoredSession, tmp_path: Path
) -> None:
    one = made(folder, tmp_path / "a.zip").read_bytes()
    for path in path_of(folder).rglob("*"):
        os.utime(path, (0, 1_000_000_000))
    again = made(
        verbs.restore(DiskStore(tmp_path / "x"), tmp_path / "a.zip").folder, tmp_path / "b.zip"
    )
    assert again.read_bytes() == one
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(info.extra or info.comment for info in archive.infolist())


def test_the_checksums_can_be_compared_without_bart(folder: StoredSession, tmp_path: Path) -> None:
    with zipfile.ZipFile(made(folder, tmp_path / "a.zip")) as archive:
        assert archive.testzip() is None
        lines = archive.read(SUMS).decode().splitlines()
        for line in lines:
            checksum, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == checksum
    assert len(lines) == len(kept(folder))


COPIES_OF_PEOPLE = (
    "people-LAPTOP.yaml",
    "People (1).yaml",
    "people.yaml.bak",
    "people.yaml~",
    "people (copy).yaml",
    "Kopie van people.yaml",
    "people.csv",
    "oud/people.yaml",
)


def test_names_of_people_come_along_only_when_asked(folder: StoredSession, tmp_path: Path) -> None:
    (path_of(folder) / "oud").mkdir()
    for name in COPIES_OF_PEOPLE:
        (path_of(folder) / name).write_bytes(b"Kwispelsteert")
    listed = (path_of(folder) / "people.yaml").read_bytes()
    (path_of(folder) / "wie is wie.txt").write_bytes(listed)  # by what it says
    packed = backups.pack(folder.store, folder.at, with_people=False)
    assert packed.people_left_out
    assert b"Kwispelsteert" not in packed.content
    assert not [name for name in packed.files if "people" in name.lower()]
    whole = backups.pack(folder.store, folder.at, with_people=True)
    assert not whole.people_left_out
    backups.write(tmp_path / "a.zip", whole)
    done = verbs.restore(DiskStore(tmp_path / "x"), tmp_path / "a.zip")
    assert done.folder.people()["WR-01"].name == "Kwispelsteert"


def test_a_session_that_cannot_be_read_can_be_kept_and_comes_back_as_it_was(
    folder: StoredSession, tmp_path: Path
) -> None:
    (path_of(folder) / "session.yaml").write_bytes(b"format: 1\nkind: [\xff")
    (path_of(folder) / "question_set.yaml").unlink()
    path = made(folder, tmp_path / "a.zip")
    done = verbs.restore(DiskStore(tmp_path / "x"), path)
    assert snapshot(path_of(done.folder)) == kept(folder)
    with pytest.raises(BadData) as caught:
        verbs.restore(DiskStore(tmp_path / "x"), path, "other")
    assert caught.value.code == "restore-only-as-it-was"


@links
def test_what_cannot_be_put_back_everywhere_is_left_out_and_named(
    folder: StoredSession, tmp_path: Path
) -> None:
    before = set(kept(folder))
    (tmp_path / "outside.yaml").write_bytes(b"mine")
    (path_of(folder) / "sheets" / "WR-03.yaml").symlink_to(tmp_path / "outside.yaml")
    for name in ("WR-04.yaml:x", "CON.yaml", "WR-05.yaml ", "wr-01.YAML", "x" * 201):
        (path_of(folder) / "sheets" / name).write_bytes(b"x")
    (path_of(folder) / "Sheets").mkdir()
    (path_of(folder) / "Sheets" / "WR-06.yaml").write_bytes(b"x")
    (path_of(folder) / ".session.yaml.0123456789abcdef.tmp").write_bytes(b"x")
    packed = backups.pack(folder.store, folder.at, with_people=False)
    named = {problem.where.file: problem.code for problem in packed.left_out}
    clash = {name for name, code in named.items() if code == "backup-name-twice"}
    assert {name.casefold() for name in clash} >= {"sheets/wr-01.yaml"}
    assert named["sheets/WR-03.yaml"] == "file-is-a-link"
    for name in ("WR-04.yaml:x", "CON.yaml", "WR-05.yaml ", "x" * 201):
        assert named[f"sheets/{name}"] == "backup-bad-name"
    assert set(packed.files) | clash >= before
    backups.write(tmp_path / "a.zip", packed)
    done = verbs.restore(DiskStore(tmp_path / "x"), tmp_path / "a.zip")
    assert set(snapshot(path_of(done.folder))) == set(packed.files)


# Nothing is overwritten


def test_a_file_that_is_there_is_never_replaced(folder: StoredSession, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"mine")
    packed = backups.pack(folder.store, folder.at, with_people=False)
    with pytest.raises(CannotCreate):
        backups.write(path, packed)
    assert path.read_bytes() == b"mine"


@links
def test_a_link_that_leads_nowhere_is_not_written_through(
    folder: StoredSession, tmp_path: Path
) -> None:
    (tmp_path / "a.zip").symlink_to(tmp_path / "nowhere.zip")
    with pytest.raises(CannotCreate):
        made(folder, tmp_path / "a.zip")
    assert not (tmp_path / "nowhere.zip").exists()
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "test").symlink_to(tmp_path / "nowhere")
    with pytest.raises(CannotCreate):
        verbs.restore(DiskStore(tmp_path / "x"), made(folder, tmp_path / "b.zip"))
    assert not (tmp_path / "nowhere").exists()


def test_a_session_or_anything_else_of_that_name_stays_as_it_is(
    folder: StoredSession, tmp_path: Path
) -> None:
    path = made(folder, tmp_path / "a.zip")
    (folder.store.root / "half").mkdir()
    (folder.store.root / "file").write_bytes(b"mine")
    before = everything(folder.store.root)
    for name in ("", "half", "file"):
        with pytest.raises(CannotCreate) as caught:
            verbs.restore(folder.store, path, name)
        assert caught.value.code == "session-exists"
    assert everything(folder.store.root) == before


def test_a_session_that_appears_meanwhile_stays_as_it_is(
    folder: StoredSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, fill = tmp_path / "x", atomic.fill_folder
    path = made(folder, tmp_path / "a.zip")

    def meanwhile(staged: Path, files: Mapping[str, bytes]) -> None:
        fill(staged, files)
        (root / "test").mkdir()
        (root / "test" / "session.yaml").write_bytes(b"somebody else's")

    monkeypatch.setattr(atomic, "fill_folder", meanwhile)
    with pytest.raises(CannotCreate):
        verbs.restore(DiskStore(root), path)
    assert everything(root) == {"test": "folder", "test/session.yaml": b"somebody else's"}


# Damage


def test_any_bit_that_flips_is_seen(folder: StoredSession, tmp_path: Path, seed: int) -> None:
    whole = made(folder, tmp_path / "a.zip").read_bytes()
    chance, path = random.Random(seed), tmp_path / "b.zip"
    # Anywhere, and as often in what only the archive says of its files: that is a small part.
    end = whole.index(b"PK\x01\x02")
    flips = figure(200, 20_000)
    places = [chance.randrange(len(whole)) for _ in range(flips)]
    places += [chance.randrange(end, len(whole)) for _ in range(flips)]
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        with pytest.raises(BadData) as caught:
            backups.read(path)
        assert caught.value.code in ("backup-damaged", "not-a-backup", "newer-backup")
        with pytest.raises(BadData):
            verbs.restore(DiskStore(tmp_path / "x"), path)
    assert not (tmp_path / "x").exists()


def test_a_backup_that_was_cut_short_or_grew_is_seen(
    folder: StoredSession, tmp_path: Path, seed: int
) -> None:
    whole = made(folder, tmp_path / "a.zip").read_bytes()
    chance, path = random.Random(seed), tmp_path / "b.zip"
    cuts = [0, 1, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(figure(100, 5000)))]
    for content in (*(whole[:cut] for cut in cuts), whole + b"\0", b"\0" + whole, whole + whole):
        path.write_bytes(content)
        with pytest.raises(BadData):
            backups.read(path)


def test_the_files_that_were_damaged_are_named(folder: StoredSession, tmp_path: Path) -> None:
    path = made(folder, tmp_path / "a.zip")
    content = path.read_bytes()
    place = content.index(b"# Verslag")
    path.write_bytes(content[:place] + b"# Leugen!" + content[place + 9 :])
    with pytest.raises(BadData) as caught:
        backups.read(path)
    named = {problem.where.file.rpartition(" ")[2] for problem in caught.value.problems}
    assert "test/report/report.md" in named
    assert "test/session.yaml" not in named


def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path) -> None:
    for number, content in enumerate((b"", b"PK\x05\x06" + b"\0" * 18, b"x" * 500)):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(content)
        with pytest.raises(BadData) as caught:
            backups.read(path)
        assert caught.value.code == "not-a-backup"
    with pytest.raises(NotFound):
        backups.read(tmp_path / "none.zip")
    with pytest.raises(NotFound):
        backups.read(tmp_path)


# Killed, or refused by the disk


@pytest.mark.parametrize("kind", KINDS)
def test_a_restore_that_stops_anywhere_leaves_no_half_session(
    folder: StoredSession, tmp_path: Path, kind: str
) -> None:
    path, whole = made(folder, tmp_path / "a.zip"), kept(folder)
    before = 0
    while True:
        root = tmp_path / f"{kind}-{before}"
        root.mkdir()
        with failing(kind, before) as failpoint:
            try:
                verbs.restore(DiskStore(root), path)
            except (Killed, BartError):
                assert failpoint.hit
        if not failpoint.hit:
            break
        if sessions.list_all(DiskStore(root)):
            assert snapshot(root / "test") == whole
        else:
            assert not (root / "test").exists(), failpoint.hit
            verbs.restore(DiskStore(root), path)
            assert snapshot(root / "test") == whole
            assert not half_restored(root)
        # Beside it lies at most an empty lock that the disk would not let go.
        assert {path.name for path in root.iterdir()} <= {"test", ".test.lock"}
        before += 1
    assert before > 20


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_that_stops_anywhere_leaves_no_half_file(
    folder: StoredSession, tmp_path: Path, kind: str
) -> None:
    packed = backups.pack(folder.store, folder.at, with_people=False)
    before = 0
    while True:
        place = tmp_path / f"{kind}-{before}"
        place.mkdir()
        path = place / "a.zip"
        with failing(kind, before) as failpoint:
            try:
                backups.write(path, packed)
            except (Killed, BartError):
                assert failpoint.hit
        if not failpoint.hit:
            assert [each.name for each in place.iterdir()] == ["a.zip"]
            break
        assert not path.exists() or path.read_bytes() == packed.content
        backups.write(place / "b.zip", packed)
        assert not [each for each in place.iterdir() if each.name.endswith(".tmp")]
        before += 1
    assert before > 3


def test_what_a_killed_restore_left_goes_when_somebody_is_erased(
    folder: StoredSession, tmp_path: Path
) -> None:
    root, path = folder.store.root, made(folder, tmp_path / "a.zip")
    with failing(KILL, 12), pytest.raises(Killed):
        verbs.restore(DiskStore(root), path, "other")
    assert half_restored(root)
    erase(open_session(DiskStore(root), "test"), "WR-01")
    assert not half_restored(root)


# Hostile


def archive(
    members: Mapping[str, bytes],
    *,
    sums: str | None = None,
    **odd: Callable[[zipfile.ZipInfo], None],
) -> bytes:
    """An archive that anybody could make, with checksums that are right unless `sums` are given."""
    out = io.BytesIO()
    listed = listing(members) if sums is None else sums
    with zipfile.ZipFile(out, "w") as made:
        if listed:
            made.writestr(SUMS, listed)
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            for change in odd.values():
                change(info)
            made.writestr(info, content)
        made.comment = b"bart-backup 1 sha256:" + b"0" * 64
    return sealed(out.getvalue())


def listing(members: Mapping[str, bytes]) -> str:
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in members.items()
    )


def sealed(content: bytes) -> bytes:
    """`content` with the checksum at its end made right again."""
    return content[:-64] + hashlib.sha256(content[:-85]).hexdigest().encode()


GOOD = {"wijk/session.yaml": b"format: 1\n"}
NAMES = (
    *("../outside/x", "/etc/passwd", "wijk/../../x", "wijk/../outside/x", "wijk//x", "wijk/./../x"),
    *("..\\x", "wijk\\..\\..\\x", "C:\\x", "C:x", "\\\\host\\x", "wijk/C:x", "wijk/x:stream"),
    *("wijk/con", "wijk/sheets/NUL.yaml", "wijk/x ", "wijk/x.", "wijk/x\n", "wijk/\x1b[2Jx"),
    *("wijk/x*", "wijk/x?", 'wijk/"x', "wijk/<x", "wijk/|", "other/session.yaml", "x.yaml"),
    *("wijk/" + "x/" * 40 + "x", "wijk/" + "x" * 250, "wijk/session.yaml/x", "WIJK/x"),
    *("wijk/Session.yaml", "wijk/sheets/a/x|", "~/x", "wijk/\u202ex.yaml/\ud7ff\x7f"),
)
ROOTS = ("..", ".", "Wijk", "wijk ", "con", "a" * 42, "-x", "é", "")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x").write_bytes(b"mine")
    (tmp_path / "sessions").mkdir()
    return tmp_path


def refused(place: Path, content: bytes) -> BartError:
    """Putting this back is refused, and nothing anywhere is touched."""
    path = place / "a.zip"
    path.write_bytes(content)
    before = everything(place)
    with pytest.raises(BadData) as caught:
        verbs.restore(DiskStore(place / "sessions"), path)
    with pytest.raises(BadData):
        verbs.restore(DiskStore(place / "sessions"), path, "other")
    assert everything(place) == before
    return caught.value


def test_a_good_archive_of_that_kind_is_taken(outside: Path) -> None:
    (outside / "a.zip").write_bytes(archive(GOOD))
    verbs.restore(DiskStore(outside / "sessions"), outside / "a.zip")
    assert snapshot(outside / "sessions") == GOOD


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_elsewhere_is_refused(outside: Path, name: str) -> None:
    error = refused(outside, archive({**GOOD, name: b"x"}))
    assert error.problems


@pytest.mark.parametrize("name", ROOTS)
def test_a_session_of_a_name_that_cannot_be_is_refused(outside: Path, name: str) -> None:
    refused(outside, archive({f"{name}/session.yaml": b"x"}))


def test_names_given_on_the_command_line_cannot_lead_elsewhere(outside: Path) -> None:
    (outside / "a.zip").write_bytes(archive(GOOD))
    before = everything(outside)
    for name in ("../x", "/x", "..", "Wijk", "con", "a" * 42, "x/y", "x\0", "x\n"):
        with pytest.raises(WrongUse):
            verbs.restore(DiskStore(outside / "sessions"), outside / "a.zip", name)
    assert everything(outside) == before


def linked(info: zipfile.ZipInfo) -> None:
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def piped(info: zipfile.ZipInfo) -> None:
    info.external_attr = (stat.S_IFIFO | 0o600) << 16


def squeezed(info: zipfile.ZipInfo) -> None:
    info.compress_type = zipfile.ZIP_DEFLATED


@pytest.mark.parametrize("odd", [linked, piped, squeezed])
def test_a_link_a_pipe_and_a_bomb_are_refused(
    outside: Path, odd: Callable[[zipfile.ZipInfo], None]
) -> None:
    refused(outside, archive({**GOOD, "wijk/sheets/x.yaml": b"0" * 2_000_000}, odd=odd))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_is_refused(outside: Path) -> None:
    one = archive({**GOOD, "wijk/sheets/a": b"1", "wijk/sheets/b": b"2"})
    refused(outside, sealed(one.replace(b"wijk/sheets/b", b"wijk/sheets/a")))
    refused(outside, archive({**GOOD, "wijk/sheets/a": b"1", "wijk/sheets/A": b"1"}))
    refused(outside, archive({**GOOD, "wijk/a/x": b"1", "wijk/A/y": b"1"}))
    refused(outside, archive({**GOOD, "wijk/caf\u00e9": b"1", "wijk/cafe\u0301": b"1"}))


def test_checksums_that_lie_or_are_not_there_are_refused(outside: Path) -> None:
    refused(outside, archive(GOOD, sums=""))
    refused(outside, archive({}))
    more = {**GOOD, "wijk/sheets/WR-01.yaml": b"x"}
    for members, lie in (
        (GOOD, listing(GOOD).replace(listing(GOOD)[:64], "0" * 64)),
        (more, listing(GOOD)),  # a file that is not listed
        (GOOD, listing(more)),  # one that is listed and not there
        (more, listing(more).replace("WR-01", "WR-02")),
    ):
        error = refused(outside, archive(members, sums=lie))
        assert error.code == "backup-damaged"
        assert error.problems


def test_a_size_that_lies_and_a_password_are_refused(outside: Path) -> None:
    content = bytearray(archive({**GOOD, "wijk/sheets/x.yaml": b"0" * 1000}))
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<L", 500 * 1024 * 1024)
    refused(outside, sealed(bytes(content)))
    refused(outside, sealed(with_flag(archive(GOOD), 1)))


def test_more_files_than_any_session_has_are_not_listed(outside: Path) -> None:
    content = bytearray(archive(GOOD))
    end = content.rindex(b"PK\x05\x06")
    content[end + 8 : end + 12] = struct.pack("<HH", 65_535, 65_535)
    content[end + 12 : end + 16] = struct.pack("<L", backups.RULES.directory + 1)
    refused(outside, sealed(bytes(content)))
