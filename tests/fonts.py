"""The one font of the tests' browsers, whatever fonts a machine has: the one that comes with bart.

How many lines, screens and sheets a text takes depends on its letters, and machines differ.
"""

import os
import tempfile
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parents[1] / "bart_tool" / "report" / "fonts"
_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


@cache
def with_our_font() -> dict[str, str]:
    """What a browser on Linux is started with so that it knows no other font."""
    folder = Path(tempfile.mkdtemp(prefix="bart-fonts-"))
    config = folder / "fonts.conf"
    config.write_text(_CONFIG.format(fonts=FONTS, cache=folder / "cache"), "utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(config)}
