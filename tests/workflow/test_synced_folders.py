"""T16 of tests/README.md: a session in a synced folder. Nothing counts twice, nothing is dropped,
and whatever lies there out of place is named.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.answer import Answer
from bart_tool.domain.sheet import SheetStatus
from bart_tool.errors import BadData, Busy, Severity
from bart_tool.store import plain_file, sheets
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.answering.context import session_context
from bart_tool.workflow.gather import gather
from bart_tool.workflow.merging import MergedSheets, Reading, picture_of, reading_of
from bart_tool.workflow.open_session import OpenSession, open_session
from bart_tool.workflow.phases import close, reopen, status
from bart_tool.workflow.settle import choices, settle
from tests.cli.run import bart
from tests.workflow.on_disk import (
    begun_session,
    check_kept,
    held,
    in_folder,
    said,
    sheet_file,
    snapshot,
)
from tests.workshop import path_of

HERE: Mapping[str, Any] = {"who": {"value": "college", "revision": 2}, "choice/wijkraad": "plan"}
NEWER: Mapping[str, Any] = {**HERE, "who": {"value": "bewoners", "revision": 3}}
OTHER: Mapping[str, Any] = {**HERE, "who": {"value": "bewoners", "revision": 2}}
COPIES = {
    "Syncthing": "WR-01.sync-conflict-20260101-120000-ABCDEFG.yaml",
    "Nextcloud": "WR-01 (conflicted copy 2026-01-01 120000).yaml",
    "ownCloud": "WR-01_conflict-20260101-120000.yaml",
    "Dropbox": "WR-01 (Jan's conflicted copy 2026-01-01).yaml",
    "Dropbox in Dutch": "WR-01 (conflicterende kopie van Jan 2026-01-01).yaml",
    "OneDrive": "WR-01-LAPTOP123.yaml",
    "OneDrive, a long name": "WR-01-DESKTOP-4F2A.yaml",
    "browser": "WR-01 (1).yaml",
}


@pytest.fixture
def opened(quick_path: Path) -> OpenSession:
    """A session in which WR-01 handed in."""
    opened = begun_session(quick_path / "sessions")
    opened.folder.save_sheet(said(opened, "WR-01", HERE), None)
    return opened


def folder(opened: OpenSession) -> Path:
    return path_of(opened.folder) / "sheets"


def named(on_desk: MergedSheets) -> set[tuple[str, str]]:
    return {(problem.where.file, problem.code) for problem in on_desk.problems}


def answers(on_desk: MergedSheets) -> Mapping[str, Answer]:
    (sheet,) = on_desk.picture.sheets
    return sheet.answers


@pytest.mark.parametrize("maker", COPIES)
def test_1_a_copy_that_is_newer_counts_once_and_is_named(opened: OpenSession, maker: str) -> None:
    sheet_file(folder(opened), COPIES[maker], said(opened, "WR-01", NEWER))
    on_desk = picture_of(opened)
    assert named(on_desk) == {(COPIES[maker], "sheet-copy")}
    assert [problem.severity for problem in on_desk.problems] == [Severity.WARNING]
    assert answers(on_desk)["who"].value == "bewoners"
    assert len(status(opened).participants) == len(opened.session.participants)


@pytest.mark.parametrize("name", ["WR-02.yaml", "WM-01.yaml"])
def test_1_a_newer_sheet_under_the_code_of_somebody_else_counts_and_is_named(
    opened: OpenSession, name: str
) -> None:
    """Sheets are read one person after the other: the turn of its writer may be over."""
    sheet_file(folder(opened), name, said(opened, "WR-01", NEWER))
    on_desk = picture_of(opened)
    assert named(on_desk) == {(name, "sheet-under-other-name")}
    assert answers(on_desk)["who"].value == "bewoners"
    assert reading_of(opened) == Reading(
        {"WR-01": SheetStatus.SUBMITTED}, on_desk.picture.conflicts, on_desk.problems
    )


@pytest.mark.parametrize("maker", COPIES)
def test_2_a_copy_that_is_older_or_the_same_changes_nothing(
    opened: OpenSession, maker: str
) -> None:
    for revision in (1, 2):
        older = {"who": {"value": "college", "revision": revision}}
        sheet_file(folder(opened), COPIES[maker], said(opened, "WR-01", older))
        on_desk = picture_of(opened)
        assert named(on_desk) == {(COPIES[maker], "sheet-copy")}
        assert answers(on_desk) == said(opened, "WR-01", HERE).answers
        assert not on_desk.picture.conflicts


@pytest.mark.parametrize("maker", COPIES)
def test_3_a_copy_that_contradicts_is_a_conflict_that_can_be_settled(
    opened: OpenSession, maker: str
) -> None:
    sheet_file(folder(opened), COPIES[maker], said(opened, "WR-01", OTHER))
    assert [each.item for each in picture_of(opened).picture.conflicts] == ["who"]
    done = gather(opened, [folder(opened) / COPIES[maker]])
    assert [each.outcome for each in done.files] == ["handed-in-before"]
    closed = close(done.opened).opened
    (choice,) = choices(closed)
    settle(closed, "WR-01", {"who": choice.versions[0].mark})
    assert not picture_of(done.opened).picture.conflicts


@pytest.mark.parametrize("maker", COPIES)
def test_4_a_copy_that_was_taken_in_can_be_thrown_away(opened: OpenSession, maker: str) -> None:
    copy = sheet_file(folder(opened), COPIES[maker], said(opened, "WR-01", NEWER))
    done = gather(opened, [copy])
    assert [each.outcome for each in done.files] == ["handed-in-before"]
    copy.unlink()
    check_kept(held([said(opened, "WR-01", NEWER)]), held(in_folder(opened)))
    assert answers(picture_of(opened))["who"].value == "bewoners"
    assert not picture_of(opened).problems


def test_5_all_copies_at_once_are_taken_in_as_a_folder_in_any_order(
    opened: OpenSession, quick_path: Path
) -> None:
    inbox = quick_path / "inbox"
    inbox.mkdir()
    for number, name in enumerate(COPIES.values(), start=1):
        said_here = {"who": {"value": "bewoners", "revision": number}}
        sheet_file(inbox, name, said(opened, "WR-01", said_here))
    done = gather(opened, [inbox])
    assert len({each.file for each in done.files}) == len(COPIES)
    assert {each.outcome for each in done.files} == {"handed-in-before"}
    assert answers(picture_of(opened))["who"].revision == len(COPIES)
    before = snapshot(path_of(opened.folder))
    gather(done.opened, [inbox])
    assert snapshot(path_of(opened.folder)) == before


def test_6_an_empty_sheet_is_named_and_a_copy_still_counts(opened: OpenSession) -> None:
    (folder(opened) / "WR-01.yaml").write_bytes(b"")
    assert named(picture_of(opened)) == {("WR-01.yaml", "file-empty")}
    sheet_file(folder(opened), COPIES["Syncthing"], said(opened, "WR-01", HERE))
    assert answers(picture_of(opened)) == said(opened, "WR-01", HERE).answers
    with pytest.raises(BadData):
        session_context(opened, "WR-01").read()
    done = gather(opened, [folder(opened) / COPIES["Syncthing"]])
    assert [problem.code for problem in done.refused] == ["sheet-here-damaged"]
    assert (folder(opened) / "WR-01.yaml").read_bytes() == b""


def test_7_half_a_sheet_is_named_wherever_it_was_cut_and_never_written_over(
    opened: OpenSession,
) -> None:
    path = folder(opened) / "WR-01.yaml"
    whole = path.read_bytes()
    copy = sheet_file(folder(opened), COPIES["Nextcloud"], said(opened, "WR-01", HERE))
    for at in range(0, len(whole), 5):
        path.write_bytes(whole[:at])
        on_desk = picture_of(opened)
        assert answers(on_desk) == said(opened, "WR-01", HERE).answers
        assert (copy.name, "sheet-copy") in named(on_desk)
        # Cut exactly between two lines, half a sheet is a whole one that says less.
        is_whole = sheets.parse(whole[:at].decode("utf-8", "replace"), "a")[0] is not None
        assert is_whole or any(file == "WR-01.yaml" for file, _ in named(on_desk))
        gather(opened, [copy])
        assert is_whole or path.read_bytes() == whole[:at]


def test_8_a_sheet_that_is_renamed_under_an_open_screen_is_not_written_beside(
    opened: OpenSession,
) -> None:
    path = folder(opened) / "WR-02.yaml"
    context = session_context(opened, "WR-02")
    fingerprint = context.save(context.blank, None)
    path.rename(folder(opened) / COPIES["Syncthing"].replace("WR-01", "WR-02"))
    with pytest.raises(Busy) as told:
        context.save(context.blank.changed(consent="none"), fingerprint)
    assert told.value.code == "changed-since-read"
    assert not path.exists()
    assert {code for _, code in named(picture_of(opened))} == {"sheet-copy"}
    assert "WR-02" in {sheet.participant for sheet in picture_of(opened).picture.sheets}


def test_9_a_sheet_that_changes_under_an_open_screen_is_not_overwritten(
    opened: OpenSession,
) -> None:
    context = session_context(opened, "WR-02")
    fingerprint = context.save(context.blank, None)
    synced_in = said(opened, "WR-02", NEWER, status="draft")
    sheet_file(folder(opened), "WR-02.yaml", synced_in)
    with pytest.raises(Busy):
        context.save(context.blank.changed(consent="none"), fingerprint)
    found = opened.folder.sheet("WR-02")
    assert found is not None
    assert found[0] == synced_in


def test_10_an_older_version_put_back_is_seen_and_the_newer_one_wins_again(
    opened: OpenSession, quick_path: Path
) -> None:
    newer, other = (
        sheet_file(quick_path, f"{name}.yaml", said(opened, "WR-01", {"who": answer}))
        for name, answer in (
            ("a", {"value": "bewoners", "revision": 3}),
            ("b", {"value": "wijkraad", "revision": 3}),
        )
    )
    older = (folder(opened) / "WR-01.yaml").read_bytes()
    gather(opened, [newer, other])
    closed = close(opened).opened
    (choice,) = choices(closed)
    opened = reopen(settle(closed, "WR-01", {"who": choice.versions[0].mark}))
    for kept in (path_of(opened.folder) / "conflicts").glob("WR-01.*"):
        kept.unlink()
    (folder(opened) / "WR-01.yaml").write_bytes(older)
    assert ("WR-01.yaml", "sheet-older-than-settled") in named(picture_of(opened))
    gather(opened, [newer])
    assert not picture_of(opened).problems
    (quick_path / "c.yaml").write_bytes(older)
    gather(opened, [quick_path / "c.yaml"])
    assert answers(picture_of(opened))["who"].revision == 3


def test_11_what_has_no_name_of_a_sheet_is_named_and_what_programs_leave_is_not(
    opened: OpenSession,
) -> None:
    content = (folder(opened) / "WR-01.yaml").read_bytes()
    odd = ["WR-01.yaml.bak", "WR-02.yaml (1)", "WR-01.txt"]
    for name in (*odd, ".syncthing.WR-01.yaml.tmp", "~syncthing~WR-01.yaml.tmp", ".DS_Store"):
        (folder(opened) / name).write_bytes(content)
    assert named(picture_of(opened)) == {(name, "not-read-here") for name in odd}
    done = gather(opened, [folder(opened) / name for name in odd])
    assert {each.outcome for each in done.files} == {"handed-in-before"}


def test_12_the_front_door_names_them_all_and_an_erased_person_leaves_no_copy(
    opened: OpenSession,
) -> None:
    for name in COPIES.values():
        sheet_file(folder(opened), name, said(opened, "WR-01", OTHER))
    (folder(opened) / "WR-01-LEEG.yaml").write_bytes(b"")
    session_copy = "session.sync-conflict-20260101-120000-ABCDEFG.yaml"
    (path_of(opened.folder) / session_copy).write_bytes(
        (path_of(opened.folder) / "session.yaml").read_bytes()
    )
    root = opened.folder.store.root
    for args in (("status", "test"), ("check", "--session", "test")):
        done = bart(root, *args)
        assert done.code == 65  # for the empty one
        for name in (*COPIES.values(), session_copy, "WR-01-LEEG.yaml"):
            assert f"{name}: " in done.out + done.err
        assert "bewoners" not in done.out + done.err
    assert bart(root, "erase", "test", "WR-01", "--yes").code == 0
    left = {path.name for path in folder(opened).iterdir() if "WR-01" in path.name}
    assert left == set()
    assert {code for _, code in named(picture_of(open_session(DiskStore(root), "test")))} == {
        "session-file-copy"
    }


@pytest.mark.parametrize(
    "name", ["WR-012.yaml", "WR-01.yaml", "WR-01", "WR-01 van Jan.yaml", "kopie van WR-01.yaml"]
)
def test_not_every_name_is_that_of_a_copy(name: str) -> None:
    assert not plain_file.is_copy(name, "WR-01")


def test_a_name_made_to_take_long_is_read_at_once() -> None:
    assert not plain_file.is_copy("WR-01" + "-a" * 120 + "!.yaml", "WR-01")
    assert not plain_file.is_copy("WR-01" + " (1" * 80 + ".yaml", "WR-01")
