"""When the disk or the file descriptors run out, a follow-up or a restore leaves what was there."""

import os
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bart_tool.domain.agreement import AgreementDraft, Assent
from bart_tool.errors import BartError
from bart_tool.store.disk import DiskStore
from bart_tool.workflow.agree import agree
from bart_tool.workflow.backup import back_up, restore
from bart_tool.workflow.demo import make_demo
from bart_tool.workflow.follow_up import begin, planned, take_back
from bart_tool.workflow.open_session import open_session
from bart_tool.workflow.phases import close
from tests.store.failpoints import BROKEN, FULL, failing
from tests.workflow.on_disk import ALL_TYPES, begun_session, said
from tests.workflow.test_agreeing import TODAY

if sys.platform == "win32":
    pytest.skip("Windows has no such limits", allow_module_level=True)

ANSWERS = {**ALL_TYPES, "words/wijkraad": {"value": "eigen woorden " * 60}}


def agreed(root: Path) -> None:
    opened = begun_session(root / "sessions")
    for code in ("WR-01", "WR-02", "WR-03", "WM-01"):
        opened.folder.save_sheet(said(opened, code, ANSWERS), None)
    opened = close(opened).opened
    draft = AgreementDraft(
        topic="decision/spend", sentence="Samen.", parties=(Assent(party="wijkraad"),)
    )
    agree(opened, draft, TODAY)


def begun_again(root: Path) -> None:
    agreed(root)
    follow_up(root)


def backed_up(root: Path) -> None:
    agreed(root)
    back_up(DiskStore(root / "sessions"), "test", root / "reserve.zip", with_people=False)


def follow_up(root: Path) -> None:
    opened = open_session(DiskStore(root / "sessions"), "test")
    begin(opened, planned(opened))


def undo(root: Path) -> None:
    take_back(open_session(DiskStore(root / "sessions"), "test"))


def put_back(root: Path) -> None:
    restore(DiskStore(root / "elsewhere" / "sessions"), root / "reserve.zip", "ander")


DEEDS: dict[str, tuple[Callable[[Path], None], Callable[[Path], None]]] = {
    "follow-up": (agreed, follow_up),
    "take back the follow-up": (begun_again, undo),
    "restore": (backed_up, put_back),
}


def there(root: Path) -> set[str]:
    """Every file and folder but locks, which may be held."""
    paths = {path.relative_to(root).as_posix() for path in root.rglob("*")}
    return {path for path in paths if not path.endswith(".lock")}


@contextmanager
def limited(what: int, most: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(what, (soft, hard))


def first_free_descriptor() -> int:
    descriptor = os.open(os.devnull, os.O_RDONLY)
    os.close(descriptor)
    return descriptor


def descriptors(number: int) -> tuple[int, int]:
    return resource.RLIMIT_NOFILE, first_free_descriptor() + number


def bytes_a_file(number: int) -> tuple[int, int]:
    return resource.RLIMIT_FSIZE, number * 200


@pytest.mark.parametrize("limit", [descriptors, bytes_a_file])
@pytest.mark.parametrize("name", DEEDS)
def test_where_the_system_refuses_nothing_is_left(
    tmp_path: Path, name: str, limit: Callable[[int], tuple[int, int]]
) -> None:
    ready, do = DEEDS[name]
    warm = tmp_path / "warm"  # what is imported late is there before descriptors run out
    warm.mkdir()
    ready(warm)
    do(warm)
    now = tmp_path / "now"
    now.mkdir()
    ready(now)
    before, refused = there(now), 0
    for number in range(200):
        try:
            with limited(*limit(number)):
                do(now)
        except BartError:
            refused += 1
            assert there(now) - {"elsewhere"} == before, number
        else:
            break
    assert refused > 1
    assert there(now) - before or name == "take back the follow-up"


def test_of_a_demo_for_which_there_is_no_room_nothing_is_left(quick_path: Path) -> None:
    refused = 0
    for calls in range(0, 5_000, 37):  # its session, the sheets, closing, the report
        now = quick_path / str(calls)
        with failing(FULL, calls) as failpoint:
            try:
                make_demo(DiskStore(now))
            except BartError:
                refused += 1
                assert not now.exists() or there(now) == set(), calls
        if not failpoint.hit:
            break
    assert not failpoint.hit
    assert refused > 5


@pytest.mark.parametrize("kind", [BROKEN, FULL])
@pytest.mark.parametrize("name", ["follow-up", "restore"])
def test_where_one_call_fails_it_is_as_before_or_done(
    quick_path: Path, name: str, kind: str
) -> None:
    ready, do = DEEDS[name]
    old, new = quick_path / "old", quick_path / "new"
    old.mkdir()
    ready(old)
    shutil.copytree(old, new)
    do(new)
    refused, now = 0, quick_path / "now"
    for calls in range(1_000):
        shutil.copytree(old, now)
        with failing(kind, calls) as failpoint:
            try:
                do(now)
            except BartError:
                refused += 1
        open_session(DiskStore(now / "sessions"), "test")  # the next start; it need not tidy much
        left = there(now)
        shutil.rmtree(now)
        assert left - {"elsewhere", "elsewhere/sessions"} == there(old) or left == there(new), (
            failpoint.hit,
            calls,
        )
        if not failpoint.hit:
            break
    assert refused > 10
