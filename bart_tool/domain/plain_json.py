"""JSON for programs, of whatever the results are made of; safe to look at in a terminal too."""

import json
import re
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from pydantic import TypeAdapter

# Frozen values, paths and words of a kind as JSON has them.
_ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)

# What JSON lets through and a terminal obeys, or what hides in text.
_UNSEEN = re.compile(
    "[\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def plain_json(value: Any, *, indent: int = 1, ascii_only: bool = False) -> str:
    """`value` with sorted keys: equal values give equal text, and read back they are equal."""
    data = _ANYTHING.dump_python(value, mode="json")
    text = json.dumps(data, ensure_ascii=ascii_only, indent=indent, sort_keys=True)
    return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text)


def picked(value: object, *names: str, **called: str) -> dict[str, Any]:
    """These attributes of a result: each under its last name, those in `called` under another.

    `picked(problem, "where.line", problem="code")` gives `line` and `problem`.
    """
    keys = {name.rpartition(".")[2]: name for name in names} | called
    return {key: attrgetter(name)(value) for key, name in keys.items()}


def in_conflict(conflicts: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Answers that came in twice and differ: whose, and to what."""
    return [{"participant": code, "item": item} for code, item in conflicts]
