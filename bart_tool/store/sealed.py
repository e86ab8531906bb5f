"""Files that bart writes for itself and nobody edits: read whole as they were written, or not."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any

from bart_tool.store import plain_file, yaml_text
from bart_tool.store.protocol import Stored
from bart_tool.store.stored_session import StoredSession

_ROOM = 64  # times the usual size of a file: every closing of every round
_CHECK = "check"


def write(folder: StoredSession, inside: str, data: Mapping[str, Any], key: bytes = b"") -> None:
    """Write `data` as YAML in the file `inside`, with a check on it. Raises CannotWrite.

    With the secret `key` nobody without it can make another file that is read.
    """
    check = _check(_as_read(data), key)
    folder.put(inside, yaml_text.in_lines({**data, _CHECK: check}))


def read(folder: StoredSession, inside: str, key: bytes = b"") -> dict[str, Any] | None:
    """The values in `inside`, all as text; None unless they are as `write` wrote them.

    Raises CannotRead.
    """
    stored = folder.content(inside)
    return opened(stored, inside, key) if stored is not None else None


def opened(stored: Stored, inside: str, key: bytes = b"") -> dict[str, Any] | None:
    """As `read`, of what `inside` was found to hold."""
    text = plain_file.decode(stored.content, inside)[0]
    if text is None:
        return None
    document, problems = yaml_text.read(text, inside, _ROOM)
    if document is None or problems or not isinstance(document.data, dict):
        return None
    data = dict(document.data)
    check = data.pop(_CHECK, "")
    return data if isinstance(check, str) and check == _check(data, key) else None


def _check(data: object, key: bytes) -> str:
    made = hmac.new(key, digestmod=hashlib.sha256)
    for piece in _pieces(data):
        made.update(piece.encode("ascii"))
    return made.hexdigest()


def _pieces(data: object) -> Iterator[str]:
    """What JSON says of `data`, bytes as they are written: the marks of thousands are long."""
    if isinstance(data, dict):
        ends, within = "{}", [(f"{_encode(key)}: ", each) for key, each in sorted(data.items())]
    elif isinstance(data, list):
        ends, within = "[]", [("", each) for each in data]
    else:
        yield _encode(data)
        return
    yield ends[0]
    for number, (before, each) in enumerate(within):
        yield (", " if number else "") + before
        yield from _pieces(each)
    yield ends[1]


_encode = json.JSONEncoder(default=bytes.hex).encode


def _as_read(data: object) -> object:
    if isinstance(data, str | bytes):
        return data
    if isinstance(data, dict):
        return {str(name): _as_read(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_as_read(value) for value in data]
    return str(data).lower() if isinstance(data, bool) else str(data)
