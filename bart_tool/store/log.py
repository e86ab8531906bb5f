"""The log: where bart went wrong, in a file of one's own that holds nothing anybody said.

It imports nothing of bart, so that a bug anywhere in bart can still be written down.
"""

import errno
import logging
import os
import platform
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import bart_tool

MAX_BYTES = 200_000  # of the file; then it is renamed to bart.log.1, and so on
KEPT = 3  # such files
_MOST_PLACES = 30  # from either end of a long trace
_MOST_ERRORS = 20
_MODULE = re.compile(r"[A-Za-z_]\w*(\.\w+)*", re.ASCII)
_ODD = re.compile(r"[^A-Za-z0-9_.<>\[\]]+")


def log_file() -> Path:
    """Where the log lies, whether it is there or not. Raises RuntimeError: a user has no home."""
    from platformdirs import user_state_path

    return user_state_path("bart", appauthor=False) / "bart.log"


@dataclass(frozen=True)
class State:
    """How it is with the log: its files, whether it can be written, how many bugs stand in it."""

    files: tuple[Path, ...]
    can_be_written: bool
    bugs: int


def state() -> State:
    """How it is with the log; nothing is written. Raises nothing: without a home it is no files."""
    files: list[Path] = []
    bugs = 0
    try:
        path = log_file()
        files = [each for each in (path, *_earlier(path)) if each.is_file()]
        for each in files:
            bugs += each.read_text("utf-8", "replace").count(" bug in ")
        there = next((each for each in (path, *path.parents) if each.exists()), path)
        is_free = there.is_file() == (there == path) and not path.is_symlink()
        may_write = is_free and os.access(there, os.W_OK | (0 if there == path else os.X_OK))
    except (OSError, RuntimeError):
        may_write = False
    return State(tuple(files), may_write, bugs)


def _earlier(path: Path) -> Iterator[Path]:
    for number in range(1, KEPT + 1):
        yield path.with_name(f"{path.name}.{number}")


def record(what: str, error: BaseException | None = None) -> bool:
    """Write `what`, in words of the program's own, and where `error` came from.

    Gives whether it was written. Raises nothing: a log that fails must not hide what it is about.
    """
    try:
        handler = _Private(log_file())
    except (OSError, RuntimeError):  # RuntimeError: this user has no home
        return False
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%d"))
    lines = [f"{what} ({_versions()})", *(f"  {line}" for line in _traced(error))]
    # A logger of one's own: other packages' loggers, which may quote values, do not come here.
    handler.handle(
        logging.LogRecord("bart", logging.ERROR, "", 0, "\n".join(lines), args=None, exc_info=None)
    )
    handler.close()
    return handler.written


class _Private(RotatingFileHandler):
    """A rotating file that only its owner may read, and that never complains on the screen."""

    def __init__(self, path: Path) -> None:
        self.written = True
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(self.baseFilename, flags, 0o600)
        return TextIOWrapper(os.fdopen(descriptor, "ab"), "utf-8")

    def rotate(self, source: str, dest: str) -> None:
        # On Windows another bart may hold the file: then this one grows on.
        with suppress(OSError):
            super().rotate(source, dest)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 (logging's)
        self.written = False


def _versions() -> str:
    return f"bart {bart_tool.__version__}, Python {platform.python_version()}, {sys.platform}"


def _traced(error: BaseException | None) -> Iterator[str]:
    """The kinds of error and the places in the code, of `error` and of what led to it.

    Never what an error says, and never the values at those places. pydantic's errors print what
    was filled in, a KeyError its key, an OSError the name of a file (which may hold a code or the
    name of whoever uses this computer), and any error of ours may one day quote an answer.
    Places are told by module, because a path holds the name of a home folder.
    """
    for number, each in enumerate(_chain(error)):
        if number == _MOST_ERRORS:
            yield "…"
            return
        yield ("" if number == 0 else "because of ") + _kind(each)
        places = list(_places(each.__traceback__))
        cut = len(places) > 2 * _MOST_PLACES
        yield from places[:_MOST_PLACES] if cut else places
        if cut:
            yield "  …"
            yield from places[-_MOST_PLACES:]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    waiting, seen = [error], set()
    while waiting:
        each = waiting.pop(0)
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        if isinstance(each, BaseExceptionGroup):
            waiting.extend(each.exceptions)
        waiting.append(each.__cause__ or each.__context__)


def _kind(error: BaseException) -> str:
    kind = type(error)
    # Only a class that the code holds under its name: one made on the way may be named after data.
    is_known = getattr(sys.modules.get(kind.__module__), kind.__name__, None) is kind
    named = _plain(f"{kind.__module__}.{kind.__name__}") if is_known else "an error without a name"
    number = error.errno if isinstance(error, OSError) else None
    return f"{named} {errno.errorcode.get(number, number)}" if number is not None else named


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        frame = trace.tb_frame
        module = str(frame.f_globals.get("__name__", ""))
        # Of a template it is the path of its file, and that holds the name of a home folder.
        module = _plain(module) if _MODULE.fullmatch(module) else "?"
        yield f"  {module}, line {trace.tb_lineno}, in {_plain(frame.f_code.co_qualname)}"
        trace = trace.tb_next


def _plain(name: str) -> str:
    return _ODD.sub("?", name)[:200]
