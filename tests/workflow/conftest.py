"""What the tests of the verbs share: a folder where thousands of saves take seconds."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.server import database
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
    yield
    on_disk.INSTEAD.clear()


@pytest.fixture(autouse=True)
def same_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every session draws the same secret, so that what two of them hold can be compared whole."""
    with_known_secrets(monkeypatch)
