"""Markdown as one page: no script, nothing from elsewhere, readable on a phone and on paper."""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it.token import Token
from markupsafe import Markup

from bart_tool.domain.base import Language
from bart_tool.report.reread import OWN_PICTURE, reader
from bart_tool.report.tokens import Tokens, shipped, template
from bart_tool.wording.translation import Words, words

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
    inside = _body(markdown, pictures or {}, t)
    style = f"\n{(tokens or shipped()).css()}\n{template('page.css')}\n{template('figures.css')}\n"
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
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("bart_tool.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


_ROLES = {
    "table_open": "table",
    "thead_open": "rowgroup",
    "tbody_open": "rowgroup",
    "tr_open": "row",
    "th_open": "columnheader",
    "td_open": "cell",
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the page: where it is, and what it is called."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class _Body:
    """The page before its first part, the parts, and a list of them."""

    opening: str
    parts: str
    contents: tuple[_Part, ...]


def _body(markdown: str, pictures: Mapping[str, str], t: Words) -> _Body:
    """The inside of the page. Text that looks like HTML stays text.

    `pictures`: name -> SVG. An image is shown only when it is one of these, as
    `![text](figures/name.svg)`; of any other only the text is.
    """
    parser = reader()
    tokens = parser.parse(markdown)
    contents = tuple(_anchored(tokens))
    _label_cells(tokens)
    tokens = list(_with_pictures(tokens, pictures, t))
    first = next((n for n, token in enumerate(tokens) if _is_part(token)), len(tokens))

    def html(some: Sequence[Token]) -> str:
        return str(parser.renderer.render(some, parser.options, {}))

    return _Body(html(tokens[:first]), html(tokens[first:]), contents)


def _is_part(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h2"


def _anchored(tokens: Sequence[Token]) -> Iterator[_Part]:
    """Give every heading a name of its own; gives those of the parts."""
    taken: dict[str, int] = {}  # a name -> the number that its next one gets
    for opened, inline in pairwise(tokens):
        if opened.type != "heading_open":
            continue
        text = _text_of(inline)
        stem = anchor = _slug(text)
        while anchor in taken:
            anchor = f"{stem}-{taken[stem]}"
            taken[stem] += 1
        taken[anchor] = 2
        opened.attrSet("id", anchor)
        if opened.tag == "h2":
            yield _Part(anchor, text)


def _text_of(inline: Token) -> str:
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in inline.children or ()
    )


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    # `p-` before what begins with no letter: a name that begins with a digit fits no style sheet.
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return slug if slug[:1].isalpha() else f"p-{slug}".strip("-")


def _label_cells(tokens: Sequence[Token]) -> None:
    """On a phone a row stands below the other as a card, where each cell says what it is.

    Laid out so, browsers forget that it is a table: the roles remind them.
    """
    heads: list[str] = []
    column, in_head = 0, False
    for place, token in enumerate(tokens):
        if token.type in _ROLES:
            token.attrSet("role", _ROLES[token.type])
        match token.type:
            case "thead_open":
                heads, in_head = [], True
            case "tbody_open":
                in_head = False
            case "tr_open":
                column = 0
            case "th_open":
                heads.append(_text_of(tokens[place + 1]))
                if not heads[-1].strip():  # a corner heads nothing
                    _rename(tokens, place, "td", "cell")
            case "td_open" if not in_head:
                if column == 0:
                    _rename(tokens, place, "th", "rowheader")
                    token.attrSet("scope", "row")
                else:
                    token.attrSet("data-label", heads[column] if column < len(heads) else "")
                column += 1


def _rename(tokens: Sequence[Token], place: int, tag: str, role: str) -> None:
    tokens[place].tag = tokens[place + 2].tag = tag
    tokens[place].attrSet("role", role)


def _with_pictures(
    tokens: Sequence[Token], pictures: Mapping[str, str], t: Words
) -> Iterator[Token]:
    """The tokens with pictures in place of the images; those in a row stand side by side."""
    row: list[str] = []
    place = 0
    while place < len(tokens):
        drawn = _picture_alone(tokens[place : place + 3], pictures, t)
        if drawn is not None:
            row.append(drawn)
            place += 3
            continue
        yield from _standing(row)
        row = []
        _without_images(tokens[place])
        yield tokens[place]
        place += 1
    yield from _standing(row)


def _picture_alone(tokens: Sequence[Token], pictures: Mapping[str, str], t: Words) -> str | None:
    """The picture of a paragraph that holds nothing else, or that it is not there."""
    if len(tokens) < 3 or tokens[0].type != "paragraph_open" or tokens[0].hidden:
        return None
    children = tokens[1].children or []
    if [child.type for child in children] != ["image"]:
        return None
    found = OWN_PICTURE.fullmatch(str(children[0].attrGet("src") or ""))
    if found is None:
        return None
    if found[1] in pictures:
        return f"<figure>{pictures[found[1]]}</figure>\n"
    lost = escape(t("This picture is not here any more."))
    return f'<p class="lost">{lost}</p>\n'


def _standing(row: Sequence[str]) -> Iterator[Token]:
    if row:
        side = ' class="pictures"' if len(row) > 1 else ' class="picture"'
        yield Token("html_block", "", 0, content=f"<div{side}>\n{''.join(row)}</div>\n")


def _without_images(token: Token) -> None:
    """Leave of every image its text: showing it would ask somebody for it."""
    for child in token.children or ():
        if child.type == "image":
            child.type, child.tag, child.attrs, child.children = "text", "", {}, None
