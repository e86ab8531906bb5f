"""Markdown as one page: no script, nothing from elsewhere, readable on a phone and on paper."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bart_tool.domain.base import Language
from bart_tool.report.body import body
from bart_tool.report.tokens import Tokens, shipped
from bart_tool.wording.translation import words

FEW_PARTS = 3  # a page of fewer parts needs no list of them


def render(
    markdown: str,
    language: Language,
    title: str,
    *,
    pictures: Mapping[str, str] | None = None,
    tokens: Tokens | None = None,
) -> str:
    """Any document in Markdown as a page. Text that looks like HTML stays text.

    `title` is what the browser calls the page. `pictures`: name -> SVG, for the images
    `![text](figures/name.svg)`; of other images only the text is shown. `tokens`: own colours.
    A thematic break (`---`) is a new sheet of paper.
    """
    t = words(language)
    inside = body(markdown, pictures or {}, t)
    style = f"\n{(tokens or shipped()).css()}\n{_own('page.css')}\n{_own('figures.css')}\n"
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            language=language,
            title=title,
            policy=_policy(style),
            style=Markup(style),
            opening=Markup(inside.opening),
            parts=Markup(inside.parts),
            contents=inside.contents if len(inside.contents) >= FEW_PARTS else (),
            contents_title=t("Contents"),
        )
    )


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _own(name: str) -> str:
    text = (files("bart_tool") / "report" / "templates" / name).read_text("utf-8")
    return text.replace("\r\n", "\n").strip()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("bart_tool.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
