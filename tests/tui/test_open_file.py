"""A file opens where there is a screen to show it on, and nowhere else."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bart_tool.tui import open_file as opening
from bart_tool.tui.open_file import open_file
from bart_tool.tui.text import wrapped

if sys.platform == "win32":
    pytest.skip("Windows opens by itself", allow_module_level=True)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    calls: list[list[str]] = []

    def start(command: list[str], **how: Any) -> None:
        assert how["stdout"] == how["stderr"] == how["stdin"] == subprocess.DEVNULL
        calls.append(command)

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(opening.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return calls


def test_without_a_display_nothing_is_started(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert not open_file(Path("report.html"))
    assert started == []


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_with_a_display_the_chosen_program_gets_the_whole_path(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch, name: str, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv(name, ":0")
    monkeypatch.chdir(tmp_path)
    assert open_file(Path("een map/report.html"))
    assert started == [["/bin/xdg-open", str(tmp_path / "een map/report.html")]]


def test_macos_opens_by_its_own_program(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert open_file(Path("/x/report.html"))
    assert started == [["/bin/open", "/x/report.html"]]


def test_what_opens_nothing_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(opening.shutil, "which", lambda _: None)
    assert not open_file(Path("report.html"))
    monkeypatch.setattr(opening.shutil, "which", lambda _: "/nowhere/xdg-open")
    assert not open_file(Path("report.html"))


@pytest.mark.parametrize("width", [12, 20, 36, 80])
def test_a_path_is_cut_behind_its_parts_only(width: int) -> None:
    for path in (
        "/home/wijk/sessions/noord/report/report.html",
        r"C:\Users\wijk\sessions\noord\report.html",
    ):
        lines = wrapped(path, width)
        assert "".join(lines) == path
        assert all(len(each) <= width for each in lines)
        assert all(each.endswith(("/", "\\")) for each in lines[:-1])
