"""Typst, an extra: compiling a template that comes with bart, on data; and pictures for it."""

import re
from importlib.resources import as_file, files
from typing import Any

from bart_tool.report import own_font
from bart_tool.report.tokens import Tokens, template

_NUMBER = re.compile(r"<(U\+[0-9A-F]+)>")  # what `own_font.shown` makes of a letter
_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")
_FAMILY = re.compile(r"font-family:[^;}]*")
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


def compiled(name: str, data: str, **how: Any) -> list[bytes]:
    """The files that the template `name` makes of `data`: one, or of pictures one a page.

    Only the fonts that come along are used, so that it looks the same everywhere.
    """
    import typst

    with as_file(files("bart_tool") / "report" / "templates") as there, own_font.folder() as fonts:
        made = typst.compile(
            there / name,
            root=there,
            font_paths=[fonts],
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            **how,
        )
    return made if isinstance(made, list) else [made]


def standalone(svg: str, tokens: Tokens) -> str:
    """The picture with its style in it, for a program that knows no variable and no `@media`.

    Its colours are those for paper; its letters are of the font that comes along.
    """
    plain = _MEDIA.sub("", template("figures.css"))
    plain = _FAMILY.sub(f"font-family: {own_font.FAMILY}", plain)
    plain = _VARIABLE.sub(lambda found: tokens.light[found[1]], plain)
    start = svg.index(">") + 1
    inside = _NUMBER.sub(r"&lt;\1&gt;", own_font.shown(svg[start:]))
    return f"{svg[:start]}<style>{plain}</style>{inside}"
