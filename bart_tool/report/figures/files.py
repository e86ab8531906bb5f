"""A picture as a file of its own, which brings its colours along, and back into a page."""

import re
from functools import cache
from importlib.resources import files

from bart_tool.report.tokens import Tokens

_STYLE = re.compile(r"(<svg [^>]*>)<style>[^<]*</style>")


def as_file(svg: str, tokens: Tokens) -> str:
    """`svg` with its style in it. A page has that already, and its policy lets no other in."""
    start = svg.index(">") + 1
    style = f"<style>\n{tokens.css()}\n{_own_style()}\n</style>"
    return f"{svg[:start]}{style}{svg[start:]}\n"


def in_page(text: str) -> str:
    """The picture in a file that `as_file` made, without its style."""
    return _STYLE.sub(r"\1", text, count=1).strip()


@cache
def _own_style() -> str:
    style = (files("bart_tool") / "report" / "templates" / "figures.css").read_text("utf-8")
    return style.replace("\r\n", "\n").strip()
