"""The design tokens of a page: a municipality's own colours and sizes, read from one CSS file.

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
from bart_tool.report import colours

FILE = "tokens.css"
MOST = 64 * 1024  # bytes: the shipped file is 2 kB
STEPS = ("step-1", "step-2", "step-3")
COLOURS = ("paper", "soft", "ink", "dim", "line", "main", *STEPS)
# Length -> the least and the most it may be, in rem; 16px is 1rem.
LENGTHS: Mapping[str, tuple[float, float]] = {
    "text": (0.75, 2),
    "width": (30, 80),
    "corner": (0, 2),
}
# What is read upon what, and how much contrast that takes (WCAG 2.2, 1.4.3 and 1.4.11).
READ_ON = (
    *((above, below, 4.5) for above in ("ink", "dim", "main") for below in ("paper", "soft")),
    *(("ink", step, 4.5) for step in STEPS),
    *(("main", step, 3.0) for step in STEPS[:2]),
)
LEAST_APART = 8.0  # how far two fills must lie apart, in the unit of `colours.difference`
FILLS = ("paper", *STEPS)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DARK = re.compile(r"@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)\s*\{")
_ROOT = re.compile(r":root\s*\{")
_SET = re.compile(r"--([A-Za-z0-9_-]{1,40})\s*:\s*([^;{}]*?)\s*(?:;|(?=\}))")
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
def shipped() -> Tokens:
    """The tokens of bart itself."""
    text = (files("bart_tool") / "report" / "templates" / FILE).read_text("utf-8")
    found, problems = _read(text, FILE)
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
    # Comments become white space of the same lines, so that every place keeps its line.
    bare = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    values: tuple[dict[str, str], dict[str, str]] = ({}, {})
    problems: list[Problem] = []
    for place, is_dark, name, value in _pieces(bare):
        line = bare.count("\n", 0, place) + 1
        problem = _wrong_with(name, value, Where(file, line))
        if problem is not None:
            problems.append(problem)
        else:
            values[is_dark][name] = value.lower()
    return Tokens(*values), tuple(problems)


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
                yield place, "dark" in blocks, found[1], found[2]
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
        if not colours.is_colour(value):
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
    """What own colours make hard to read, or to tell apart; it is used all the same."""
    for scheme, values in (("light", tokens.light), ("dark", {**tokens.light, **tokens.dark})):
        for above, below, least in READ_ON:
            ratio = colours.contrast(colours.parse(values[above]), colours.parse(values[below]))
            if ratio < least:
                params = {
                    "name": f"--{above}",
                    "other": f"--{below}",
                    "ratio": f"{ratio:.1f}",
                    "least": f"{least:g}",
                }
                yield Problem(f"token-contrast-{scheme}", Where(file), params, Severity.WARNING)
        for one, other in _alike(values):
            params = {"name": f"--{one}", "other": f"--{other}"}
            yield Problem(f"token-alike-{scheme}", Where(file), params, Severity.WARNING)


def _alike(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The fills that some eyes cannot tell apart."""
    for place, one in enumerate(FILLS):
        for other in FILLS[place + 1 :]:
            if least_difference(values[one], values[other]) < LEAST_APART:
                yield one, other


def least_difference(one: str, other: str) -> float:
    """How far two colours lie apart for the eyes that see the least difference between them."""
    pair = (colours.parse(one), colours.parse(other))
    seen = [
        tuple(colours.seen_with(deficiency, colour) for colour in pair)
        for deficiency in colours.DEFICIENCIES
    ]
    return min(colours.difference(a, b) for a, b in (pair, *seen))
