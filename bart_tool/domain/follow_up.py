"""What a follow-up round asks about each agreement, and under which names."""

import hashlib
from typing import Literal

KEPT_OR_NOT = "agreement-status"  # the scale of both questions
LEVELS = ("no", "partly", "yes")

Asked = Literal["kept", "right"]
_LONGEST_ID = 60


def about(agreement: str, what: Asked) -> str:
    """The id of the question, and of its one item, whether `agreement` is kept or still right.

    >>> about("a-1", "kept")
    'agreement-kept-a-1'
    """
    name = f"agreement-{what}-{agreement}"
    if len(name) <= _LONGEST_ID:
        return name
    mark = hashlib.sha256(agreement.encode()).hexdigest()[:8]
    return f"{name[: _LONGEST_ID - 9].rstrip('-')}-{mark}"
