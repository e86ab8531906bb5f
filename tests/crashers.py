"""What once made a test fail, kept as a file that is tried again for ever."""

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

CRASHERS = Path(__file__).parent / "crashers"


@contextlib.contextmanager
def kept(kind: str, content: bytes, ending: str, name: str = "") -> Iterator[None]:
    """Whatever fails within this: `content` is written to tests/crashers/, and the failure says so.

    A `name` is given by who narrows a failure down, so that the last and smallest is kept.
    """
    try:
        yield
    except (Exception, pytest.fail.Exception) as error:
        path = CRASHERS / f"{kind}-{name or hashlib.sha256(content).hexdigest()[:12]}.{ending}"
        path.write_bytes(content)
        error.add_note(f"kept as tests/crashers/{path.name}; give it a name that says what it is")
        raise


def of(kind: str) -> list[Path]:
    """The kept files of a kind."""
    return sorted(CRASHERS.glob(f"{kind}-*"))
