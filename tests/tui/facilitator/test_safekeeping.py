"""A backup and a look over the files, from the session's screen."""

import os
import zipfile
from pathlib import Path

import pytest

from bart_tool.store.session_files import Person
from bart_tool.tui.dialogs import Choose
from bart_tool.tui.facilitator.session import SessionScreen
from tests.tui.facilitator.opened import facilitating
from tests.tui.waiting import at, shown
from tests.workflow.on_disk import ALL_TYPES, begun_session, said
from tests.workshop import path_of

SIZE = (80, 50)


async def test_a_backup_is_made_and_said_to_hold_all_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, here = tmp_path / "sessions", tmp_path / "here"
    here.mkdir()
    begun_session(root)
    monkeypatch.chdir(here)
    async with facilitating(root, "test", size=SIZE) as pilot:
        await shown(pilot, "Maak een reservekopie")
        await pilot.press("c")
        await at(pilot, Choose)
        await pilot.press("2")  # back: nothing is made
        await at(pilot, SessionScreen)
        assert list(here.iterdir()) == []
        await pilot.press("c")
        await at(pilot, Choose)
        await pilot.press("1")
        await shown(pilot, "De reservekopie is gemaakt", "kan alle antwoorden lezen")
    with zipfile.ZipFile(here / "test-backup.zip") as made:
        assert "session.yaml" in {name.rpartition("/")[2] for name in made.namelist()}


@pytest.mark.parametrize(("key", "has_names"), [("1", False), ("2", True)])
async def test_names_come_along_only_where_somebody_chooses_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, has_names: bool
) -> None:
    root = tmp_path / "sessions"
    opened = begun_session(root)
    opened.folder.save_people({"WR-01": Person(name="Kwispelsteert")})
    monkeypatch.chdir(tmp_path)
    async with facilitating(root, "test", size=SIZE) as pilot:
        await shown(pilot, "Maak een reservekopie")
        await pilot.press("c")
        await at(pilot, Choose)
        await pilot.press(key)
        text = await shown(pilot, "De reservekopie is gemaakt")
        assert ("namen van mensen staan er niet in" in text) is not has_names
    with zipfile.ZipFile(tmp_path / "test-backup.zip") as made:
        names = {name.rpartition("/")[2] for name in made.namelist()}
    assert ("people.yaml" in names) is has_names


@pytest.mark.skipif(os.name == "nt", reason="rights are kept otherwise there")
async def test_what_can_be_mended_is_mended_for_who_says_yes(tmp_path: Path) -> None:
    opened = begun_session(tmp_path)
    file = path_of(opened.folder) / "session.yaml"
    file.chmod(0o644)
    async with facilitating(tmp_path, "test", size=SIZE) as pilot:
        await shown(pilot, "Kijk of alle bestanden in orde zijn")
        await pilot.press("d")
        await at(pilot, Choose)
        await pilot.press("2")
        await at(pilot, SessionScreen)
        assert file.stat().st_mode & 0o077
        await pilot.press("d")
        await at(pilot, Choose)
        await pilot.press("1")
        await shown(pilot, "Alleen jij kunt dit nu lezen")
    assert not file.stat().st_mode & 0o077


async def test_one_person_is_removed_for_who_is_sure_and_what_is_left_is_said(
    tmp_path: Path,
) -> None:
    opened = begun_session(tmp_path)
    for code in ("WR-01", "WR-02"):
        opened.folder.save_sheet(said(opened, code, ALL_TYPES), None)
    sheets = path_of(opened.folder) / "sheets"
    async with facilitating(tmp_path, "test", size=SIZE) as pilot:
        await shown(pilot, "[x] WR-01")
        await pilot.press("y")
        await shown(pilot, "Wie wil eruit?")
        await pilot.press("5")  # behind the clusters and the wijkmanager
        await shown(pilot, "Alles wat WR-01 antwoordde, gaat weg")
        await pilot.press("1")  # back: nothing goes
        await at(pilot, SessionScreen)
        assert (sheets / "WR-01.yaml").exists()
        await pilot.press("y")
        await shown(pilot, "Wie wil eruit?")
        await pilot.press("5")
        await shown(pilot, "Ja, haal WR-01 weg")
        await pilot.press("2")
        await shown(pilot, "WR-01 is uit deze sessie verwijderd", "Kijk daar zelf")
        await pilot.press("1")
        text = await shown(pilot, "[x] WR-02")
        assert "WR-01" not in text
    assert not (sheets / "WR-01.yaml").exists()
    assert (sheets / "WR-02.yaml").exists()
