"""`bart doctor` finds what is wrong, mends only what it named, and never touches an answer."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bart_tool.errors import Exit
from bart_tool.store import atomic, log, surroundings
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.demo import make_demo
from tests.cli.run import Done, bart
from tests.cli.some_session import answered, closed, in_conflict, made
from tests.workflow.on_disk import snapshot

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")


@pytest.fixture(autouse=True)
def log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "state" / "bart.log"
    monkeypatch.setattr(log, "log_file", lambda: path)
    return path


@pytest.fixture(autouse=True)
def careful_user() -> Iterator[None]:
    """Somebody whose new files are their own, so that only what a test does is found."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def codes(done: Done) -> set[str]:
    """What was found, as a program reads it."""
    found = [each for of in done.json["sessions"].values() for each in of]
    return {each["code"] for each in (*found, *done.json["around"]) if not each["fixed"]}


def changed(text: str, replaced: str, by: str) -> str:
    assert replaced in text
    return text.replace(replaced, by)


def edit(path: Path, replaced: str, by: str) -> None:
    path.write_text(changed(path.read_text("utf-8"), replaced, by), "utf-8")


class Trouble(NamedTuple):
    """Something that is wrong with the session in this folder, and whether bart can mend it."""

    cause: Callable[[Path], Any]
    code: str
    is_mended: bool = False


def with_temporary(folder: Path) -> None:
    (folder / "sheets" / ".WR-01.yaml.0123456789abcdef.tmp").write_bytes(b"half")


def with_lock_of_nobody(folder: Path) -> None:
    (folder / "sheets" / ".WR-09.yaml.lock").write_bytes(b"")


def with_half_restored(folder: Path) -> None:
    left = folder.parent / ".wijk.0123456789abcdef.restoring" / "sheets"
    left.mkdir(parents=True)
    (left / "WR-01.yaml").write_bytes(b"half")


def with_old_report(folder: Path) -> None:
    assert bart(folder.parent, "close", "wijk").code == 0
    assert bart(folder.parent, "report", "wijk").code == 0
    assert bart(folder.parent, "reopen", "wijk").code == 0


def half_deleted(folder: Path) -> None:
    left = folder.parent / ".anders.0123456789abcdef.deleting" / "sheets"
    left.mkdir(parents=True)
    (left / "WR-01.yaml").write_bytes(b"whole")


def half_made(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name != "question_set.yaml":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


TROUBLES: dict[str, Trouble] = {
    "a sheet that cannot be read": Trouble(
        lambda folder: (folder / "sheets" / "WR-01.yaml").write_bytes(b"format: 1\nkind: ["),
        "yaml-syntax",
    ),
    "a sheet of a newer bart": Trouble(
        lambda folder: edit(folder / "sheets" / "WR-01.yaml", "format: 2", "format: 3"),
        "newer-format",
    ),
    "a copy that a synced folder made": Trouble(
        lambda folder: shutil.copy(
            folder / "sheets" / "WR-01.yaml",
            folder / "sheets" / "WR-01.sync-conflict-20260101-120000-ABCDEFG.yaml",
        ),
        "sheet-copy",
    ),
    "a copy of session.yaml": Trouble(
        lambda folder: shutil.copy(folder / "session.yaml", folder / "session (1).yaml"),
        "session-file-copy",
    ),
    "a sheet of another session": Trouble(
        lambda folder: edit(folder / "sheets" / "WR-01.yaml", '"wijk"', '"elders"'),
        "sheet-other-session",
    ),
    "another set than the session was made with": Trouble(
        lambda folder: edit(folder / "question_set.yaml", "version: ", "version: 9"),
        "session-set-changed",
    ),
    "no set": Trouble(
        lambda folder: (folder / "question_set.yaml").unlink(), "no-question-set-file"
    ),
    "a session.yaml that cannot be read": Trouble(
        lambda folder: edit(folder / "session.yaml", "round: 1", "round: nul"),
        "expected-whole-number",
    ),
    "agreements that cannot be read": Trouble(
        lambda folder: (folder / "agreements.yaml").write_bytes(b"x: ["), "yaml-syntax"
    ),
    "a discussion that cannot be read": Trouble(
        lambda folder: (folder / "discussion.yaml").write_bytes(b"x: ["), "yaml-syntax"
    ),
    "people that cannot be read": Trouble(
        lambda folder: (folder / "people.yaml").write_bytes(b"x: ["), "yaml-syntax"
    ),
    "no session.yaml": Trouble(
        lambda folder: (folder / "session.yaml").unlink(), "session-file-gone"
    ),
    "a session that was half made": Trouble(half_made, "session-half-made"),
    "a report that is out of date": Trouble(with_old_report, "report-is-old"),
    "answers kept too long": Trouble(
        lambda folder: edit(
            folder / "session.yaml", "round: 1", f'round: 1\nkeep_until: "{date(2026, 1, 1)}"'
        ),
        "keep-until-passed",
    ),
    "a session that was half deleted": Trouble(half_deleted, "half-deleted", True),
    "half a file of a killed save": Trouble(with_temporary, "left-over", True),
    "the code of somebody who was removed": Trouble(with_lock_of_nobody, "left-over", True),
    "half a session of a killed restore": Trouble(with_half_restored, "half-restored", True),
}
RIGHTS: dict[str, Trouble] = {
    "a link": Trouble(
        lambda folder: (folder / "sheets" / "WR-03.yaml").symlink_to(folder / "session.yaml"),
        "file-is-a-link",
    ),
    "a sheet that others can read": Trouble(
        lambda folder: (folder / "sheets" / "WR-01.yaml").chmod(0o640), "open-to-others", True
    ),
    "a session that is closed to its owner": Trouble(
        lambda folder: folder.chmod(0), "closed-to-owner", True
    ),
    "a folder that others can read": Trouble(
        lambda folder: (folder / "sheets").chmod(0o755), "open-to-others", True
    ),
    "a folder in which others can replace things": Trouble(
        lambda folder: folder.parent.chmod(0o777), "folder-open-to-changes", True
    ),
}


def test_a_session_in_order_is_said_to_be_so(tmp_path: Path) -> None:
    for ready in (made, answered, in_conflict, closed):
        root = tmp_path / ready.__name__
        root.mkdir(mode=0o700)
        ready(root)
        for name in ((), ("wijk",)):
            done = bart(root, "doctor", *name)
            assert (done.code, done.err) == (0, "")
            assert done.out.startswith("Sessie wijk: in orde\n")
            assert done.out.endswith("Alles is in orde.\n")
    make_demo(DiskStore(tmp_path / "demo"))
    assert bart(tmp_path / "demo", "doctor").code == 0
    assert bart(tmp_path / "nowhere", "doctor").code == 0
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    "trouble",
    [*TROUBLES.values(), *(pytest.param(each, marks=posix) for each in RIGHTS.values())],
    ids=[*TROUBLES, *RIGHTS],
)
def test_what_is_wrong_is_found_with_a_remedy_and_only_what_was_named_is_mended(
    tmp_path: Path, trouble: Trouble
) -> None:
    root = tmp_path / "sessions"
    root.mkdir(mode=0o700)
    folder = answered(root)
    trouble.cause(folder)
    before, rights = snapshot(root), {path: path.lstat().st_mode for path in root.rglob("*")}
    # Once over all sessions and once over this one; neither changes anything.
    for args in ((), ("wijk",)):
        done = bart(root, "doctor", *args, "--json")
        assert (done.code, codes(done)) == (Exit.BAD_DATA, {trouble.code})
        for language in ("nl", "en"):
            told = bart(root, "doctor", *args, language=language)
            assert (told.code, told.err) == (Exit.BAD_DATA, "")
            assert (f"doctor {' '.join(args)}".strip() in told.out) or not trouble.is_mended
            assert "?" not in told.out.replace("? ", "")  # no gap in a sentence
    assert snapshot(root) == before
    assert {path: path.lstat().st_mode for path in root.rglob("*")} == rights
    fixed = bart(root, "doctor", "--fix", "--json")
    assert (fixed.code == 0) == trouble.is_mended, fixed.out
    assert codes(fixed) == (set() if trouble.is_mended else {trouble.code})
    after = bart(root, "doctor")
    assert (after.code == 0) == trouble.is_mended, after.out
    left = snapshot(root)
    # What lies in a folder that was closed could not be seen before, but by root.
    assert trouble.code == "closed-to-owner" or left.keys() <= before.keys()
    assert all(before.get(name, left[name]) == left[name] for name in left)
    gone = set(before) - set(left)
    assert all(any(each in name for each in (".tmp", ".restoring", ".deleting")) for name in gone)


def test_a_folder_that_was_called_otherwise_is_named(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    root.mkdir(mode=0o700)
    answered(root).rename(root / "anders")
    done = bart(root, "doctor", "anders", "--json")
    assert (done.code, codes(done)) == (Exit.BAD_DATA, {"session-other-name"})


def test_a_day_that_nears_is_told_and_is_no_trouble(tmp_path: Path) -> None:
    answered(tmp_path)
    until = str(date.today() + timedelta(days=9))
    assert bart(tmp_path, "form", "wijk", "--keep-until", until).code == 0
    done = bart(tmp_path, "doctor", "wijk", "--json")
    assert (done.code, codes(done)) == (0, {"keep-until-nears"})
    assert "bart delete wijk" in bart(tmp_path, "doctor", "wijk").out


def test_mending_says_what_was_done(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    root.mkdir(mode=0o700)
    with_temporary(answered(root))
    done = bart(root, "doctor", "--fix")
    assert done.code == 0
    assert "Hersteld. Dit is weggehaald: wijk/sheets/.WR-01.yaml.0123456789abcdef.tmp" in done.out


def test_what_is_being_written_is_named_and_left_alone(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    root.mkdir(mode=0o700)
    folder = answered(root)
    with_temporary(folder)
    with atomic.locked(folder / "sheets" / "WR-01.yaml"):
        done = bart(root, "doctor", "--fix", "--json")
        assert codes(done) == {"being-written"}
        assert done.code == Exit.BAD_DATA
    assert (folder / "sheets" / ".WR-01.yaml.0123456789abcdef.tmp").exists()
    assert codes(bart(root, "doctor", "--json")) == {"left-over"}


@posix
def test_a_linked_session_is_named_and_not_looked_into(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    root.mkdir(mode=0o700)
    elsewhere = answered(tmp_path / "elsewhere")
    elsewhere.chmod(0o755)
    (root / "wijk").symlink_to(elsewhere)
    done = bart(root, "doctor", "--fix", "--json")
    assert (done.code, codes(done)) == (Exit.BAD_DATA, {"file-is-a-link"})
    assert elsewhere.stat().st_mode & 0o777 == 0o755


def test_a_session_that_is_not_there_is_66(tmp_path: Path) -> None:
    answered(tmp_path)
    (tmp_path / "photos").mkdir()
    for name in ("wijj", "photos"):
        assert bart(tmp_path, "doctor", name).code == Exit.NOT_FOUND
    assert "photos" not in bart(tmp_path, "doctor").out
    assert bart(tmp_path, "doctor", "../x").code == Exit.WRONG_USE


# Around the sessions


@pytest.mark.parametrize(
    ("place", "service"),
    [
        ("OneDrive - Gemeente Voorbeeld/wijk", "OneDrive"),
        ("OneDrive/x", "OneDrive"),
        ("Dropbox/x", "Dropbox"),
        ("Dropbox (Werk)/x", "Dropbox"),
        ("Nextcloud/a/b/c", "Nextcloud"),
        ("Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
        ("iCloudDrive/x", "iCloud"),
        ("Google Drive/x", "Google Drive"),
        ("gewoon/x", ""),
        ("dropboxes/x", ""),
        ("Mijn Dropbox notities/x", ""),
    ],
)
def test_a_folder_that_a_service_copies_is_known_by_its_name(
    tmp_path: Path, place: str, service: str
) -> None:
    root = tmp_path / place
    assert surroundings.service_of(root) == service
    root.mkdir(parents=True)
    assert surroundings.service_of(root) == service


@pytest.mark.parametrize(
    ("left", "service"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".sync_0123456789ab.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".stignore-not", ""),
    ],
)
def test_or_by_what_the_service_leaves_there(tmp_path: Path, left: str, service: str) -> None:
    root = tmp_path / "stukken" / "wijk" / "sessions"
    root.mkdir(parents=True)
    (tmp_path / "stukken" / left).write_bytes(b"")
    assert surroundings.service_of(root) == service
    done = bart(root, "doctor", "--json")
    assert codes(done) == ({"folder-synced"} if service else set())
    if service:
        assert service in bart(root, "doctor").out


@posix
def test_also_where_a_link_leads_there(tmp_path: Path) -> None:
    (tmp_path / "Nextcloud" / "x").mkdir(parents=True)
    (tmp_path / "here").symlink_to(tmp_path / "Nextcloud" / "x")
    assert surroundings.service_of(tmp_path / "here" / "sessions") == "Nextcloud"


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_a_repository_that_would_take_the_answers_along_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "repo" / "sessions"
    root.mkdir(parents=True, mode=0o700)
    subprocess.run(["git", "init", "-q", str(tmp_path / "repo")], check=True)
    assert codes(bart(root, "doctor", "--json")) == {"git-would-take"}
    answered(root)
    assert codes(bart(root, "doctor", "wijk", "--json")) == {"git-would-take"}
    (tmp_path / "repo" / ".gitignore").write_text("sessions/*\n!sessions/README.md\n", "utf-8")
    assert codes(bart(root, "doctor", "--json")) == set()
    # What was taken once is taken again, whatever .gitignore says.
    subprocess.run(["git", "add", "-f", "sessions/wijk/session.yaml"], cwd=root.parent, check=True)
    assert codes(bart(root, "doctor", "wijk", "--json")) == {"git-would-take"}
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert codes(bart(root, "doctor", "wijk", "--json")) == {"git-may-take"}


def test_a_disk_with_little_room_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = {"now": surroundings.NEEDED_SPACE}
    monkeypatch.setattr(
        surroundings.shutil,
        "disk_usage",
        lambda _: type("Usage", (), {"free": free["now"]}),
    )
    assert bart(tmp_path, "doctor").code == 0
    free["now"] -= 1
    assert codes(bart(tmp_path, "doctor", "--json")) == {"disk-nearly-full"}


def test_a_package_that_is_too_old_or_gone_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = surroundings.metadata
    here = {"click": "8.10.1", "textual": "8.1.9"}

    def version(name: str) -> str:
        if name not in here:
            raise metadata.PackageNotFoundError
        return here[name]

    needed = ["click>=8.1", "textual<9,>=8.2", "pyyaml>=6.0", "ruff>=9; extra == 'test'"]
    monkeypatch.setattr(metadata, "requires", lambda _: needed)
    monkeypatch.setattr(metadata, "version", version)
    done = bart(tmp_path, "doctor", "--json")
    assert codes(done) == {"package-too-old"}
    assert len(done.json["around"]) == 2
    assert done.json["versions"]["textual"] == "8.1.9"
    assert {"textual", "pyyaml"} == set(surroundings.too_old())


def test_on_windows_a_folder_outside_ones_own_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings.sys, "platform", "win32")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "Users" / "ik")
    assert surroundings.is_outside_own_folder(tmp_path / "Users" / "Public")
    assert not surroundings.is_outside_own_folder(tmp_path / "Users" / "ik" / "sessions")
    assert not surroundings.can_be_read_by_others(tmp_path)


# The log


def test_bugs_in_the_log_are_told_and_are_no_trouble(tmp_path: Path, log_file: Path) -> None:
    for _ in range(2):
        log.record("bug in status", ValueError("x"))
    log.record("status ended with 66")
    done = bart(tmp_path / "x", "doctor", language="en")
    assert done.code == 0
    assert f"(note) bart itself went wrong 2 times; that stands in {log_file}." in done.out


@posix
def test_a_log_that_others_can_read_is_mended(tmp_path: Path, log_file: Path) -> None:
    log.record("x")
    log_file.chmod(0o644)
    assert codes(bart(tmp_path / "x", "doctor", "--json")) == {"log-open-to-others"}
    assert bart(tmp_path / "x", "doctor", "--fix").code == 0
    assert log_file.stat().st_mode & 0o777 == 0o600


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path, log_file: Path) -> None:
    log_file.parent.write_text("in the way", "utf-8")
    assert codes(bart(tmp_path / "x", "doctor", "--json")) == {"log-not-written"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give")
def test_files_of_another_user_are_named(tmp_path: Path) -> None:
    root = tmp_path / "sessions"
    root.mkdir(mode=0o700)
    os.chown(answered(root) / "sheets" / "WR-01.yaml", 12345, 12345)
    assert codes(bart(root, "doctor", "--json")) == {"of-somebody-else"}
