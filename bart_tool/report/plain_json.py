"""JSON for programs that may also be looked at in a terminal, or pasted into one."""

import json
import re
from typing import Any

# What JSON lets through and a terminal obeys, or what hides in text.
_UNSEEN = re.compile(
    "[\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def plain_json(value: Any, *, indent: int = 1, ascii_only: bool = False) -> str:
    """`value` with sorted keys: equal values give equal text, and read back they are equal."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent, sort_keys=True)
    return _UNSEEN.sub(lambda found: json.dumps(found[0])[1:-1], text)
