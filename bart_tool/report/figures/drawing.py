"""The pen: pieces of SVG, text that fits, and a whole picture with its title and its words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape

from bart_tool.domain.free_text import harmless
from bart_tool.report.tokens import Tokens, template

WIDTH = 328  # what a phone of 360 shows at its own size, so that its letters stay at 12
MARGIN = 4
LINE = 15  # between two lines of text
SIZE = 12.0  # how large text is; no smaller anywhere
STRONG = 12.8  # the same, bold: as wide as letters of this size
KEPT = 2048  # texts: a report says the same few again and again
MOST = 40  # lines of one text
# A piece of a long word fills its line, without a blank to make up for wide letters.
_SAFE = 1.06
_NARROW, _WIDE = frozenset("fijlrt.,:;|!'()[] /-"), frozenset("mwMW@%—")
_NO_XML = re.compile("[\ufffe\uffff]")  # the last two characters no XML may hold


@lru_cache(KEPT)
def words(text: str) -> str:
    """`text` as it may stand in SVG: shown as it is, whatever somebody wrote."""
    return escape(in_xml(harmless(text, one_line=True)))


def in_xml(text: str) -> str:
    """Harmless `text` without the two characters that no XML may hold."""
    return _NO_XML.sub("\ufffd", text)


def text(x: float, y: float, said: str, looks: str = "") -> str:
    """Text that begins at `x`, on the line `y`. `looks`: classes of the style sheet."""
    return f'<text x="{x:g}" y="{y:g}"{_class(looks)}>{words(said)}</text>'


def lines(x: float, y: float, said: Sequence[str], looks: str = "") -> str:
    """Lines of text below each other, the first on `y`."""
    return "".join(text(x, y + LINE * n, each, looks) for n, each in enumerate(said))


def rect(x: float, y: float, wide: float, high: float, looks: str, corner: float = 0) -> str:
    """A box."""
    rounded = f' rx="{corner:g}"' if corner else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}"{rounded}{_class(looks)}/>'


def line(x: float, y: float, to_x: float, to_y: float, looks: str) -> str:
    """A straight line."""
    return f'<line x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}"{_class(looks)}/>'


def circle(x: float, y: float, size: float, looks: str) -> str:
    """A circle around a point, with `size` as its radius."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{size:g}"{_class(looks)}/>'


def down(x: float, y: float) -> str:
    """A filled triangle that points down, its point at (x, y)."""
    return _shape([(x - 5, y - 8), (x + 5, y - 8), (x, y)], "own")


def aside(x: float, y: float) -> str:
    """A filled triangle that points to the right, its point at (x, y)."""
    return _shape([(x - 8, y - 5), (x, y), (x - 8, y + 5)], "own")


def _shape(points: Sequence[tuple[float, float]], looks: str) -> str:
    placed = " ".join(f"{x:g},{y:g}" for x, y in points)
    return f'<polygon points="{placed}"{_class(looks)}/>'


def _class(looks: str) -> str:
    return f' class="{looks}"' if looks else ""


def picture(
    name: str, title: str, told: str, high: float, parts: Iterable[str], wide: float = WIDTH
) -> str:
    """A whole picture, which carries its size. `told` says in a few words what it shows."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="bart-figure" role="img" '
        f'width="{wide:g}" height="{high:g}" viewBox="0 0 {wide:g} {high:g}" '
        f'aria-labelledby="{name}-title {name}-told">'
        f'<title id="{name}-title">{words(title)}</title>'
        f'<desc id="{name}-told">{words(told)}</desc>{"".join(parts)}</svg>'
    )


@lru_cache(KEPT)
def wrapped(said: str, wide: float, size: float = SIZE, most: int = MOST) -> tuple[str, ...]:
    """`said` in lines that fit `wide`; what does not fit in `most` lines is cut with an ellipsis.

    A word that is longer than a line is broken. How wide text is, is estimated, on the safe side.
    """
    made = tuple(_filled(harmless(said, one_line=True), wide, size))
    if len(made) <= most:
        return made or ("",)
    last = made[most - 1]
    while last and wide_as(last + "…", size) > wide:
        last = last[:-1]
    return (*made[: most - 1], last.rstrip() + "…")


def _filled(said: str, wide: float, size: float) -> Iterator[str]:
    line_so_far = ""
    for word in said.split():
        joined = f"{line_so_far} {word}".strip()
        if wide_as(joined, size) <= wide:
            line_so_far = joined
            continue
        if line_so_far:
            yield line_so_far
        *full, line_so_far = _broken(word, wide, size)
        yield from full
    if line_so_far:
        yield line_so_far


def _broken(word: str, wide: float, size: float) -> Iterator[str]:
    while wide_as(word, size) > wide and len(word) > 1:
        fits = next(n for n in range(len(word), 0, -1) if n == 1 or _fits(word[:n], wide, size))
        yield word[:fits] + ("-" if word[fits - 1].isalnum() else "")
        word = word[fits:]
    yield word


def _fits(start: str, wide: float, size: float) -> bool:
    return _SAFE * wide_as(start + "-", size) <= wide


@lru_cache(KEPT)
def wide_as(said: str, size: float = SIZE) -> float:
    """About how wide `said` is, at a letter of `size`."""
    return size * sum(map(_share, said))


@lru_cache(KEPT)
def _share(char: str) -> float:
    if char in _NARROW:
        return 0.34
    return 0.9 if char in _WIDE or ord(char) > 0x2E80 else 0.68 if char.isupper() else 0.59


_STYLE = re.compile(r"(<svg [^>]*>)<style>[^<]*</style>")


def as_file(svg: str, tokens: Tokens) -> str:
    """`svg` with its style in it. A page has that already, and its policy lets no other in."""
    start = svg.index(">") + 1
    style = f"<style>\n{tokens.css()}\n{template('figures.css')}\n</style>"
    return f"{svg[:start]}{style}{svg[start:]}\n"


def in_page(text: str) -> str:
    """The picture in a file that `as_file` made, without its style."""
    return _STYLE.sub(r"\1", text, count=1).strip()
