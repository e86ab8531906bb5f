"""What ids, codes and session names look like. Light: whoever needs only this loads no models."""

import re

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
CODE_PATTERN = r"[A-Z0-9]{1,8}(-[A-Z0-9]{1,8})?"
SESSION_PATTERN = r"[a-z0-9][a-z0-9-]{0,40}"

# Names that Windows keeps for devices: a file of such a name opens a printer or a port.
_DEVICE = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])")


def is_device_name(name: str) -> bool:
    """Whether Windows would not make a file called `name`, with any ending."""
    return _DEVICE.fullmatch(name.partition(".")[0]) is not None
