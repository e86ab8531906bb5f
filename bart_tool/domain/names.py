"""What ids, codes and session names look like, and which is free.

Light: whoever needs only this loads no models.
"""

import re
from collections.abc import Callable, Collection
from itertools import chain, count

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
CODE_PATTERN = r"[A-Z0-9]{1,8}(-[A-Z0-9]{1,8})?"
SESSION_PATTERN = r"[a-z0-9][a-z0-9-]{0,40}"

# Names that Windows keeps for devices: a file of such a name opens a printer or a port.
_HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")
_DEVICE = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])")


def is_device_name(name: str) -> bool:
    """Whether Windows would not make a file called `name`, with any ending."""
    return _DEVICE.fullmatch(name.partition(".")[0]) is not None


def code_order(code: str) -> tuple[str, ...]:
    """What codes are sorted by wherever people are listed: `WR-99` stands before `WR-100`."""
    return tuple(part.zfill(8) if part.isdecimal() else part for part in code.split("-"))


def typed_code(typed: str) -> str:
    """The code as it is meant: whatever its case and its kind of hyphen.

    >>> typed_code(" wr\u201301")
    'WR-01'
    """
    return _HYPHENS.sub("-", typed).strip().upper()


def near_codes(code: str, known: Collection[str]) -> tuple[str, ...]:
    """Those of `known` that `code` may be written for, in order; none when it is one of them.

    A zero more or less, a hyphen, and a letter that looks like a digit make no difference.

    >>> near_codes("WR-1", ["WR-01", "WR-10", "WM-01"])
    ('WR-01',)
    """
    if code in known:
        return ()
    return tuple(each for each in known if _blurred(each) == _blurred(code))


def code_meant(typed: str, known: Collection[str]) -> str:
    """The one of `known` that is typed, or is the only one near; else the code as it is typed.

    >>> code_meant("wr1", ["WR-01", "WR-02"]), code_meant("wr3", ["WR-01", "WR-02"])
    ('WR-01', 'WR3')
    """
    code = typed_code(typed)
    near = near_codes(code, known)
    return near[0] if len(near) == 1 else code


def _blurred(code: str) -> str:
    digits = code.translate(str.maketrans("OIL", "011", "-_ ."))
    return re.sub(r"(?<!\d)0+(?=\d)", "", digits)


def first_free(wanted: str, is_taken: Callable[[str], bool], longest: int = 99) -> str:
    """`wanted` where it is not taken, else the first that is free of `wanted-2`, `wanted-3` …

    Before its number the name is cut so that up to 999 of them stay within `longest` signs.

    >>> first_free("demo", {"demo", "demo-2"}.__contains__)
    'demo-3'
    """
    names = chain([wanted], (f"{wanted[: longest - 4]}-{number}" for number in count(2)))
    return next(name for name in names if not is_taken(name))
