"""A form as one page that holds everything it needs and asks nothing from anywhere."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from bart_tool.page_templates import templates_of

# What could end the script element, or the line, in which the data stand.
_ENDS_SCRIPT = "<>&\u2028\u2029"


def render(content: Mapping[str, Any]) -> str:
    """The page of one participant. `content` is what `workflow.form_content` makes.

    Nothing in it can run: texts are escaped, and the page's own script and style are the only
    ones that its policy lets run, by their hash.
    """
    script, style = _own("form.js"), _own("form.css")
    return _page(
        "form.html.j2",
        content,
        style,
        f"script-src '{_hash(script)}'",
        script=Markup(script),
        data=Markup(_as_data(content["data"])),
    )


def render_paper(content: Mapping[str, Any]) -> str:
    """The same questions to print, with boxes and line numbers; no script in it at all."""
    before, between, behind = content["side"]
    corners = {
        "top-left": _as_css(f"{content['title']}"),
        "top-right": _as_css(content["code"]),
        "bottom-right": " ".join(
            (
                _as_css(before),
                "counter(page)",
                _as_css(between),
                "counter(pages)",
                _as_css(behind),
            )
        ),
    }
    sides = "".join(f"@{where} {{ content: {what}; }} " for where, what in corners.items())
    return _page("paper.html.j2", content, f"{_own('paper.css')}@page {{ {sides}}}\n")


def _page(
    template: str, content: Mapping[str, Any], style: str, *policies: str, **more: Markup
) -> str:
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            *policies,
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    page = templates_of("bart_tool.forms").get_template(template)
    return page.render(content, policy=policy, style=Markup(style), **more)


def _as_data(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return re.sub(f"[{_ENDS_SCRIPT}]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _as_css(text: str) -> str:
    """`text` as a string in a style: whatever stands in it, it ends neither string nor style."""
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda sign: f"\\{ord(sign[0]):06x}", text) + '"'


@cache
def _own(name: str) -> str:
    text = (files("bart_tool") / "forms" / "templates" / name).read_text("utf-8")
    return "\n" + text.replace("\r\n", "\n").strip() + "\n"
