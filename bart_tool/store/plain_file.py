"""Reading a file that somebody hands us: its text, or what is wrong with it."""

from pathlib import Path

from bart_tool.errors import NotFound, Problem, Where
from bart_tool.store.atomic import CannotRead

MAX_BYTES = 100 * 1024 * 1024


def read_text(path: Path, most: int = MAX_BYTES) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of `path`, without a mark of byte order, or None and what is wrong with it.

    Raises NotFound when there is no such file, CannotRead when the system refuses it.
    """
    return decode(read_bytes(path, most + 1), path.name, most)


def read_bytes(path: Path, most: int = -1) -> bytes:
    """What `path` holds, or its first `most` bytes. Raises NotFound or CannotRead."""
    try:
        with path.open("rb") as stream:
            return stream.read(most)
    except FileNotFoundError as error:
        raise NotFound("no-such-file", file=str(path)) from error
    except (OSError, ValueError) as error:  # ValueError: a name no system takes
        raise CannotRead("cannot-read", file=str(path)) from error


def decode(
    content: bytes, file: str, most: int = MAX_BYTES
) -> tuple[str | None, tuple[Problem, ...]]:
    """The text in `content`, or None and what is wrong with it."""
    if len(content) > most:
        return None, (Problem("file-too-large", Where(file), {"most": f"{most // 1024} kB"}),)
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return None, (Problem("not-utf-8", Where(file, line)),)
