"""T21 of tests/README.md: each statement to the database fails in turn, as each call to the disk
does in test_every_crash_point.py. What those deeds must leave, these must leave too.

Whatever fails, the session opens, and is the old one or the new; what was told is so; and doing it
once more ends where it would have ended without the failure.
"""

import multiprocessing
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bart_tool.domain.base import LANGUAGES
from bart_tool.errors import BartError, Exit, NotAllowed
from bart_tool.store import question_sets
from bart_tool.store.disk import DiskStore
from bart_tool.store.postgres import postgres_store
from bart_tool.wording.messages import error_text
from bart_tool.workflow.carry import carry
from bart_tool.workflow.merging import picture_of
from bart_tool.workflow.phases import close
from bart_tool.workflow.publish import publish
from tests.figures import figure
from tests.store import server as servers
from tests.store import statements
from tests.store.statements import CUT, DEATH, DIED, DIES, DYING, REFUSALS, UNHEARD, Failpoint
from tests.workflow import on_disk
from tests.workflow.on_disk import snapshot, store_in
from tests.workflow.test_every_crash_point import (
    DEEDS,
    Deed,
    Incomplete,
    desk_in,
    each_file_is_old_or_new,
    with_answers,
)
from tests.workshop import with_known_secrets

if sys.platform == "win32":
    pytest.skip("no process can be forked there", allow_module_level=True)

KINDS = (CUT, UNHEARD, DIES, DIED, *REFUSALS)
NEVER = 1_000_000
TOLD = {
    CUT: Exit.BUSY,
    UNHEARD: Exit.BUSY,
    "40001": Exit.BUSY,
    "55P03": Exit.BUSY,
    "53100": Exit.CANNOT_WRITE,
    "25006": Exit.CANNOT_WRITE,
}
# It may be there already: done, and only then did the failure come.
ALREADY = (
    "already-there",
    "follow-up-round-open",
    "follow-up-not-begun",
    "no-such-session",
    "not-open",
)
# Done twice it is not as done once: it is agreed twice (who looks first, as is told, does not), and
# of a report that is made anew the earlier one is known too.
UNLIKE = ("agree", "report")


def close_and_report(root: Path) -> None:
    opened = desk_in(root)
    with suppress(NotAllowed):  # it is closed; what was not written then is written with a report
        opened = close(opened).opened
    publish(opened)


def carried(root: Path) -> None:
    with_answers(root)
    carry(store_in(root / "sessions"), DiskStore(root / "folder"), "test")


def closed_in_the_folder(root: Path) -> None:
    carried(root)
    close(in_the_folder(root))


def closed_in_the_database(root: Path) -> None:
    carried(root)
    close(desk_in(root))


def in_the_folder(root: Path) -> Any:
    with on_a_folder():
        return desk_in(root / "folder", "")


def push(root: Path) -> None:
    carry(DiskStore(root / "folder"), store_in(root / "sessions"), "test")


def pull(root: Path) -> None:
    carry(store_in(root / "sessions"), DiskStore(root / "folder"), "test")


def database_is_old_or_new(now: Path, old: Path, new: Path) -> None:
    assert snapshot(now / "sessions") in [snapshot(each / "sessions") for each in (old, new)]


def closed_or_not_yet(now: Path, old: Path, new: Path) -> None:
    """Each file is the old or the new, but the view: it may say that it is to be made anew."""
    for each in (now, old, new):
        (each / "sessions/test/view.yaml").unlink(missing_ok=True)
    each_file_is_old_or_new(now, old, new)


def folder_is_old_or_new(now: Path, old: Path, new: Path) -> None:
    own = snapshot(now / "folder")
    own.pop("test/private/carried.yaml", None)
    others = [snapshot(each / "folder") for each in (old, new)]
    for each in others:
        each.pop("test/private/carried.yaml", None)
    assert own in others


ALL = {
    **DEEDS,
    "close and report": Deed(with_answers, close_and_report, closed_or_not_yet),
    "push": Deed(closed_in_the_folder, push, database_is_old_or_new),
    "pull": Deed(closed_in_the_database, pull, folder_is_old_or_new),
}


@pytest.fixture
def boss() -> Iterator[Any]:
    """The owner's own connection; what begins meanwhile lies in the database."""
    import psycopg

    with psycopg.connect(servers.needed().address(servers.OWNER), autocommit=True) as connection:
        on_disk.INSTEAD.append(servers.database())
        yield connection
        on_disk.INSTEAD.clear()


@contextmanager
def on_a_folder() -> Iterator[None]:
    """What is looked at lies in a folder, not in the database."""
    kept = [*on_disk.INSTEAD]
    on_disk.INSTEAD.clear()
    try:
        yield
    finally:
        on_disk.INSTEAD[:] = kept


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The set never changes here, so it need not be read hundreds of times."""
    monkeypatch.setattr(question_sets, "parse", cache(question_sets.parse))


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("name", ALL)
def test_after_any_failure_it_is_the_old_or_the_new(
    quick_path: Path, boss: Any, name: str, seed: int
) -> None:
    deed, old, new, now = ALL[name], *(quick_path / each for each in ("old", "new", "now"))
    old.mkdir()
    deed.ready(old)
    statements.lay_out(boss, old / "sessions")
    statements.keep(boss)
    shutil.copytree(old, new)
    counted = Failpoint(boss, CUT, NEVER)
    with statements.failing(counted):
        deed.do(new)
    statements.lay_out(boss, new / "sessions")
    whole = picture_of(desk_in(new)).picture
    ended: Counter[str] = Counter()
    for kind, before in points(counted.passed, random.Random(seed)):
        statements.put_back(boss)
        shutil.copytree(old, now, ignore=shutil.ignore_patterns("sessions"))
        failpoint = Failpoint(boss, kind, before)
        end = tried(name, now, failpoint)
        ended[f"{kind} {end}"] += 1
        desk_in(now)  # as the next start does; it goes on with what was begun
        look(deed, boss, old, new, now)
        if end == "done":
            assert picture_of(desk_in(now)).picture == whole
        else:
            again(deed, now)
            if name not in UNLIKE:
                look(deed, boss, old, new, now)
            assert picture_of(desk_in(now)).picture == whole, (kind, before)
        shutil.rmtree(now)
    print(name, counted.passed, "statements", dict(ended))
    assert any(each.endswith(("refused", "died")) for each in ended)


def points(statements_sent: int, chance: random.Random) -> Iterator[tuple[str, int]]:
    """In which way the statement after how many others fails: all of them in a long run."""
    for kind in KINDS:
        some = min(figure(1 if kind in REFUSALS else 4, NEVER), statements_sent)
        for before in sorted(chance.sample(range(statements_sent), some)):
            yield kind, before


def look(deed: Deed, boss: Any, old: Path, new: Path, now: Path) -> None:
    """Look at what lies in the database as the tests on a folder do."""
    statements.lay_out(boss, now / "sessions")
    with on_a_folder():
        deed.check(now, old, new)


def tried(deed: str, root: Path, failpoint: Failpoint) -> str:
    """Do it with a failure; how it ended."""
    if failpoint.kind in (DIES, DIED):
        return in_a_process_that_dies(deed, root, failpoint)
    with statements.failing(failpoint):
        try:
            ALL[deed].do(root)
        except BartError as error:
            check_told(error, failpoint)
            return "refused"
        except Incomplete:
            return "incomplete"
    return "done"


def in_a_process_that_dies(deed: str, root: Path, failpoint: Failpoint) -> str:
    """It begins in a process without threads: what they hold stays held for ever in another."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "bart_tool.store.connections"])
    address = f"{servers.needed().address()}&application_name={DYING}"
    process = context.Process(
        target=dying, args=(address, deed, root, failpoint.kind, failpoint.before)
    )
    process.start()
    process.join()
    statements.wait_for_the_dead(failpoint.boss)
    assert process.exitcode == DEATH, failpoint.before
    return "died"


def dying(address: str, deed: str, root: Path, kind: str, before: int) -> None:
    """What such a process does."""
    on_disk.INSTEAD[:] = [postgres_store(address)]
    with_known_secrets(pytest.MonkeyPatch())
    with statements.failing(Failpoint(None, kind, before)):
        ALL[deed].do(root)


def check_told(error: BartError, failpoint: Failpoint) -> None:
    """One plain sentence, and the exit code of what happened."""
    assert error.exit_code == TOLD[failpoint.kind], (error.code, failpoint.kind, failpoint.hit)
    for language in LANGUAGES:
        said = error_text(error, language)
        assert said.endswith(".")
        assert not {"\n", "{"} & {*said}
        assert servers.PASSWORD not in said


def again(deed: Deed, root: Path) -> None:
    """Once more, now that the database answers; what was done already may say so."""
    refused = ""
    try:
        deed.do(root)
    except BartError as error:
        refused = error.code
    assert refused in ("", *ALREADY)
