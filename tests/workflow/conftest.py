"""What the tests of the verbs share: a folder where thousands of saves take seconds."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import run
from tests.store.server import database, needed
from tests.workflow import on_disk
from tests.workshop import with_known_secrets

IN_MEMORY = Path("/dev/shm")  # where a system has it, flushing to the disk costs nothing there


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    """A temporary folder in memory if there is one, else the usual one."""
    if not IN_MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=IN_MEMORY, prefix="bart-test-") as folder:
        yield Path(folder)


@pytest.fixture(params=["folder", "database"])
def each_store(request: pytest.FixtureRequest) -> Iterator[None]:
    """The test once on a folder, and once on a database: what it begins goes there."""
    if request.param == "database":
        on_disk.INSTEAD.append(database())
        run.INSTEAD.append(needed().address())
    yield
    on_disk.INSTEAD.clear()
    run.INSTEAD.clear()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a test that is of the disk by nature there is none on a database."""
    items[:] = [each for each in items if not (is_of_the_disk(each) and on_a_database(each))]


def is_of_the_disk(item: pytest.Item) -> bool:
    return item.get_closest_marker("of_the_disk") is not None


def on_a_database(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    return call is not None and call.params.get("each_store") == "database"


@pytest.fixture(autouse=True)
def same_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every session draws the same secret, so that what two of them hold can be compared whole."""
    with_known_secrets(monkeypatch)
