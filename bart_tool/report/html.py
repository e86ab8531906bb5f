"""Markdown as one page: no script, nothing from elsewhere, readable on a phone and on paper."""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from markdown_it.token import Token
from markupsafe import Markup

from bart_tool.domain.base import Language
from bart_tool.page_templates import templates_of
from bart_tool.report.markdown import anchor
from bart_tool.report.reread import OWN_PICTURE, reader
from bart_tool.report.tokens import Tokens, shipped, template
from bart_tool.wording.translation import Words, words

FEW_PARTS = 3  # a page of fewer parts needs no list of them, and none that are closed
WIDE = 4  # a table of so many columns is moved sideways on a phone


def render(
    markdown: str,
    language: Language,
    title: str,
    *,
    pictures: Mapping[str, str] | None = None,
    tokens: Tokens | None = None,
    folds: bool = True,
) -> str:
    """Any document in Markdown as a page. Text that looks like HTML stays text.

    `title` is what the browser calls the page. `pictures`: name -> SVG, for the images
    `![text](figures/name.svg)`; of other images only the text is shown. `tokens`: own colours.
    A thematic break (`---`) is a new sheet of paper. A part, below a heading of level 2, is open;
    where the page `folds` a phone shows it closed. A link to the text of an appendix leads to its
    page.
    """
    t = words(language)
    inside = _body(markdown, pictures or {}, t, folds=folds)
    style = f"\n{(tokens or shipped()).css()}\n{template('page.css')}\n{template('figures.css')}\n"
    return (
        templates_of("bart_tool.report")
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


_APPENDIX = re.compile(r"((?:preview-)?appendix)\.md(#.*)?")
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


def _body(markdown: str, pictures: Mapping[str, str], t: Words, *, folds: bool) -> _Body:
    """The inside of the page. Text that looks like HTML stays text.

    `pictures`: name -> SVG. An image is shown only when it is one of these, as
    `![text](figures/name.svg)`; of any other only the text is.
    """
    parser = reader()
    tokens = parser.parse(markdown)
    contents = tuple(_anchored(tokens))
    _label_cells(tokens)
    for token in tokens:
        _lead_to_pages(token)
    tokens = list(_with_scrolling(_with_pictures(tokens, pictures, t), t))
    first = next((n for n, token in enumerate(tokens) if _is_part(token)), len(tokens))
    if folds and len(contents) >= FEW_PARTS:
        tokens = [*tokens[:first], *_folded(tokens[first:], t)]

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
        stem = name = anchor(text) or "p"
        while name in taken:
            name = f"{stem}-{taken[stem]}"
            taken[stem] += 1
        taken[name] = 1
        opened.attrSet("id", name)
        if opened.tag == "h2":
            yield _Part(name, text)


def _text_of(inline: Token) -> str:
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in inline.children or ()
    )


def _label_cells(tokens: Sequence[Token]) -> None:
    """On a phone a row of a narrow table stands as a card, where each cell says what it is.

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
        token = tokens[place]
        if token.type == "paragraph_open" and not token.hidden:
            drawn = _picture_alone(tokens[place + 1], pictures, t)
            if drawn is not None:
                row.append(drawn)
                place += 3
                continue
        yield from _standing(row)
        row = []
        _without_images(token)
        yield token
        place += 1
    yield from _standing(row)


def _picture_alone(inside: Token, pictures: Mapping[str, str], t: Words) -> str | None:
    """The picture that is all there is `inside` a paragraph, or that it is not there."""
    children = inside.children or []
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
        yield _html(f"<div{side}>\n{''.join(row)}</div>\n")


def _with_scrolling(tokens: Iterable[Token], t: Words) -> Iterator[Token]:
    """The tokens, with wide tables in a box that can be moved sideways, also by the keyboard."""
    heading, boxes, is_wide = "", 0, False
    tokens = list(tokens)
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = _text_of(tokens[place + 1])
        if token.type == "table_open":
            is_wide = _columns(tokens, place) >= WIDE
            token.attrSet("class", "wide" if is_wide else "cards")
            if is_wide:
                boxes += 1
                called = escape(t("Table {number}: {heading}", number=boxes, heading=heading))
                hint = escape(t("Move the table sideways to see all of it."))
                yield _html(
                    f'<p class="hint">{hint}</p>\n'
                    f'<div class="scroll" role="region" tabindex="0" aria-label="{called}">\n'
                )
        yield token
        if token.type == "table_close" and is_wide:
            yield _html("</div>\n")


def _columns(tokens: Sequence[Token], place: int) -> int:
    """How many cells the head has of the table that opens at `place`."""
    cells = 0
    while tokens[place].type != "thead_close":
        cells += tokens[place].type in ("th_open", "td_open")
        place += 1
    return cells


def _html(text: str) -> Token:
    return Token("html_block", "", 0, content=text)


def _folded(tokens: Sequence[Token], t: Words) -> Iterator[Token]:
    """The parts, each in an element that a phone shows closed and everything else open.

    What a link leads to is inside it, so that a browser opens the part.
    """
    back = f'<p class="back"><a href="#top">{escape(t("Back to the top"))}</a></p>\n'
    sheets = 0
    starts = [place for place, token in enumerate(tokens) if _is_part(token)]
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        part = list(tokens[start:end])
        new_page = [part.pop()] if part[-1].type == "hr" else []  # between parts, not in one
        name = escape(str(part[0].attrs.pop("id")))
        yield _html('<details class="part">\n<summary>')
        yield from part[:3]  # the heading
        yield _html(f'</summary>\n<div class="inside" id="{name}">\n')
        yield from part[3:]
        yield _html(f"{back}</div>\n</details>\n")
        yield from new_page
        if new_page:
            yield _html('<div class="sheets">\n' if not sheets else "")
            sheets += 1
    if sheets:
        yield _html("</div>\n")


def _lead_to_pages(token: Token) -> None:
    """Have links to the text of the appendix lead to its page."""
    for child in token.children or ():
        found = _APPENDIX.fullmatch(str(child.attrGet("href") or ""))
        if found is not None:
            child.attrSet("href", f"{found[1]}.html{found[2] or ''}")


def _without_images(token: Token) -> None:
    """Leave of every image its text: showing it would ask somebody for it."""
    for child in token.children or ():
        if child.type == "image":
            child.type, child.tag, child.attrs, child.children = "text", "", {}, None
