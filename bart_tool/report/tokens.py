"""The design tokens of a page: own colours and sizes from a CSS file, and what contrast they have.

Of that file only the values are taken, each checked, and written anew: nothing else that stands in
it can reach a page, so it can fetch nothing and bring nothing in.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from bart_tool.errors import Problem, Severity, Where

FILE = "tokens.css"
MOST = 64 * 1024  # bytes: the shipped file is 2 kB
COLOURS = ("paper", "soft", "ink", "dim", "line", "main")
# Length -> the least and the most it may be, in rem; 16px is 1rem.
LENGTHS: Mapping[str, tuple[float, float]] = {
    "text": (0.75, 2),
    "width": (30, 80),
    "corner": (0, 2),
}
# What is read upon what, and how much contrast that takes (WCAG 2.2, 1.4.3 and 1.4.11).
READ_ON = tuple(
    (above, below, 4.5) for above in ("ink", "dim", "main") for below in ("paper", "soft")
)

_DARK = re.compile(r"@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)\s*\{")
_ROOT = re.compile(r":root\s*\{")
_SET = re.compile(r"--([A-Za-z0-9_-]{1,40})\s*:([^;{}]*)(?:;|(?=\}))")
_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)(px|rem|em)|0")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Name -> value, in the light and in the dark. What `dark` lacks is as in the light."""

    light: Mapping[str, str] = field(default_factory=dict)
    dark: Mapping[str, str] = field(default_factory=dict)

    def css(self) -> str:
        """The tokens as CSS. On paper they are those of the light, whatever the screen has."""
        dark = f":root {{ {_written(self.dark)} }}"
        return (
            f":root {{ {_written(self.light)} }}\n"
            f"@media screen and (prefers-color-scheme: dark) {{ {dark} }}"
        )


def _written(values: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {values[name]};" for name in sorted(values))


@cache
def template(name: str) -> str:
    """The text of a style sheet that comes with the program, as on every system."""
    text = (files("bart_tool") / "report" / "templates" / name).read_text("utf-8")
    return text.replace("\r\n", "\n").strip()


@cache
def shipped() -> Tokens:
    """The tokens of bart itself."""
    found, problems = _read(template(FILE), FILE)
    assert not problems, problems
    return found


def parse(text: str, file: str) -> tuple[Tokens, tuple[Problem, ...]]:
    """The tokens in `text` in place of the shipped ones, and everything wrong with the file.

    A bad line is left out and named; the others are used.
    """
    own, wrong = _read(text, file)
    light = {**shipped().light, **own.light}
    # Own colours for the light say nothing of the dark: there the shipped ones stay.
    dark = {**shipped().dark, **own.dark}
    tokens = Tokens(light, dark)
    return tokens, (*wrong, *_hard_to_read(tokens, file))


def _read(text: str, file: str) -> tuple[Tokens, tuple[Problem, ...]]:
    bare = _without_comments(text)
    values: tuple[dict[str, str], dict[str, str]] = ({}, {})
    problems: list[Problem] = []
    line, counted = 1, 0
    for place, is_dark, name, value in _pieces(bare):
        line, counted = line + bare.count("\n", counted, place), place
        problem = _wrong_with(name, value, Where(file, line))
        if problem is not None:
            problems.append(problem)
        else:
            values[is_dark][name] = value.lower()
    return Tokens(*values), tuple(problems)


def _without_comments(text: str) -> str:
    """The text with white space of as many lines for each comment, so that places keep theirs."""
    kept: list[str] = []
    place = 0
    while (start := text.find("/*", place)) >= 0 and (end := text.find("*/", start + 2)) >= 0:
        kept += [text[place:start], re.sub(r"[^\n]", " ", text[start : end + 2])]
        place = end + 2
    return "".join((*kept, text[place:]))


def _pieces(text: str) -> Iterator[tuple[int, bool, str, str]]:
    """Each declaration with its place; what is none has no name, and its line as value."""
    place = 0
    blocks: list[str] = []
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found = None
        if blocks[-1:] == ["root"]:
            found = _SET.match(text, place)
            if found:
                yield place, "dark" in blocks, found[1], found[2].strip()
        elif not blocks and (found := _DARK.match(text, place)):
            blocks.append("dark")
        elif found := _ROOT.match(text, place):
            blocks.append("root")
        if found:
            place = found.end()
        elif text[place] == "}" and blocks:
            blocks.pop()
            place += 1
        else:
            end = _end_of_piece(text, place)
            yield place, False, "", text[place:end].strip()
            place = end


def _end_of_piece(text: str, place: int) -> int:
    """Where something that does not belong here ends: at its `;`, or with all its brackets."""
    depth = 0
    for at in range(place, len(text)):
        if text[at] == "{":
            depth += 1
        elif text[at] == "}":
            depth -= 1
            if depth <= 0:
                return at if depth < 0 and at > place else at + 1
        elif text[at] == ";" and depth == 0:
            return at + 1
    return len(text)


def _wrong_with(name: str, value: str, where: Where) -> Problem | None:
    if not name:
        return Problem("token-not-one", where, {"text": value})
    if name in COLOURS:
        if not is_colour(value):
            return Problem("token-no-colour", where, {"name": f"--{name}", "value": value})
        return None
    if name in LENGTHS:
        least, most = LENGTHS[name]
        size = _in_rem(value)
        if size is None or not least <= size <= most:
            params = {
                "name": f"--{name}",
                "value": value,
                "least": f"{least:g}",
                "most": f"{most:g}",
            }
            return Problem("token-no-length", where, params)
        return None
    known = [*COLOURS, *LENGTHS]
    like = get_close_matches(name, known, n=1)
    names = ", ".join(f"--{each}" for each in (like or known))
    return Problem("token-unknown", where, {"name": f"--{name}", "names": names})


def _in_rem(value: str) -> float | None:
    found = _LENGTH.fullmatch(value)
    if found is None:
        return None
    number = float(found[1] or 0)
    return number / 16 if found[2] == "px" else number


def _hard_to_read(tokens: Tokens, file: str) -> Iterator[Problem]:
    """What own colours make hard to read; they are used all the same."""
    for scheme, values in (("light", tokens.light), ("dark", {**tokens.light, **tokens.dark})):
        for above, below, least in READ_ON:
            ratio = contrast(rgb(values[above]), rgb(values[below]))
            if ratio < least:
                params = {
                    "name": f"--{above}",
                    "other": f"--{below}",
                    "ratio": f"{ratio:.1f}",
                    "least": f"{least:g}",
                }
                yield Problem(f"token-contrast-{scheme}", Where(file), params, Severity.WARNING)


Rgb = tuple[float, float, float]  # red, green and blue, each 0 to 1, as sRGB writes them
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
# How much each adds to how light a colour looks (WCAG 2.2, relative luminance).
_LIGHT: Rgb = (0.2126, 0.7152, 0.0722)


def is_colour(text: str) -> bool:
    """Whether `text` is a colour as `#rgb` or `#rrggbb`."""
    return _HEX.fullmatch(text) is not None


def rgb(text: str) -> Rgb:
    """The colour written as `#rgb` or `#rrggbb`. Raises ValueError for anything else."""
    if not is_colour(text):
        raise ValueError(text)
    digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of WCAG 2.2, from 1 (the same) to 21 (black on white).

    >>> round(contrast(rgb("#000"), rgb("#fff")), 1)
    21.0
    """
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Rgb) -> float:
    linear = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour
    )
    return sum(share * each for share, each in zip(_LIGHT, linear, strict=True))
