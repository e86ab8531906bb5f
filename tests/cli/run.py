"""The real command line, in this process: quick enough to try hundreds of calls."""

import gettext
import io
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bart_tool.cli.main import main

INSTEAD: list[str] = []  # of any folder of sessions: the address of a database


@dataclass(frozen=True)
class Done:
    """How a call ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


def bart(
    root: Path, *args: str, language: str = "", typed: str | None = None, **environment: str
) -> Done:
    """Run `bart` on the sessions in `root`; without `typed` there is nobody at the keyboard."""
    if language:
        environment["BART_LANGUAGE"] = language
    with _surroundings(root, environment) as (out, err):
        sys.stdin = io.StringIO() if typed is None else Keyboard(typed)
        code = main(list(args))
    return Done(code, _text(out), _text(err))


class Keyboard(io.StringIO):
    """Somebody at a terminal, and what they type."""

    def isatty(self) -> bool:
        return True


@contextmanager
def _surroundings(
    root: Path, environment: Mapping[str, str]
) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    before = dict(os.environ)
    streams = sys.stdin, sys.stdout, sys.stderr, sys.excepthook
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "BART_LANGUAGE"):
        os.environ.pop(name, None)
    os.environ["BART_SESSIONS"] = INSTEAD[-1] if INSTEAD else str(root)
    os.environ["COLUMNS"] = "80"
    os.environ.update(environment)
    sys.stdout, sys.stderr = out, err
    try:
        yield out, err
    finally:
        sys.stdin, sys.stdout, sys.stderr, sys.excepthook = streams
        os.environ.clear()
        os.environ.update(before)
        gettext.textdomain("messages")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.detach()
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")
