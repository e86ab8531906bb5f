"""Colours as eyes see them: contrast, difference, and the same for eyes that lack a cone."""

import math
import re
from typing import Literal

Rgb = tuple[float, float, float]  # red, green and blue, each 0 to 1, as sRGB writes them
Deficiency = Literal["protan", "deutan", "tritan"]

# Machado, Oliveira and Fernandes (2009), A Physiologically-based Model for Simulation of Color
# Vision Deficiency, IEEE TVCG 15(6): the matrices for severity 1.0, on linear RGB.
DEFICIENCIES: dict[Deficiency, tuple[Rgb, Rgb, Rgb]] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
# The white that sRGB is seen in (D65), and the matrix from linear RGB to XYZ (IEC 61966-2-1).
_WHITE = (0.95047, 1.0, 1.08883)
_TO_XYZ: tuple[Rgb, Rgb, Rgb] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)


def is_colour(text: str) -> bool:
    """Whether `text` is a colour as `#rgb` or `#rrggbb`."""
    return _HEX.fullmatch(text) is not None


def parse(text: str) -> Rgb:
    """The colour written as `#rgb` or `#rrggbb`. Raises ValueError for anything else."""
    if not is_colour(text):
        raise ValueError(text)
    digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of WCAG 2.2, from 1 (the same) to 21 (black on white).

    >>> round(contrast(parse("#000"), parse("#fff")), 1)
    21.0
    """
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def difference(one: Rgb, other: Rgb) -> float:
    """How far two colours lie apart (CIE 1976); 2.3 is just noticeable, black to white is 100.

    >>> round(difference(parse("#000"), parse("#fff")))
    100
    """
    return math.dist(_lab(one), _lab(other))


def seen_with(deficiency: Deficiency, colour: Rgb) -> Rgb:
    """`colour` as somebody sees it who lacks one kind of cone.

    >>> red, green = parse("#c00000"), parse("#606000")
    >>> difference(seen_with("deutan", red), seen_with("deutan", green)) < difference(red, green)
    True
    """
    seen = _times(DEFICIENCIES[deficiency], _linear(colour))
    red, green, blue = (_encoded(min(max(each, 0.0), 1.0)) for each in seen)
    return red, green, blue


def _luminance(colour: Rgb) -> float:
    return _times(_TO_XYZ, _linear(colour))[1]


def _linear(colour: Rgb) -> Rgb:
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour
    )
    return red, green, blue


def _encoded(value: float) -> float:
    return float(12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055)


def _times(matrix: tuple[Rgb, Rgb, Rgb], colour: Rgb) -> Rgb:
    x, y, z = (sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)
    return x, y, z


def _lab(colour: Rgb) -> Rgb:
    x, y, z = (
        _cube_root(value / white)
        for value, white in zip(_times(_TO_XYZ, _linear(colour)), _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube_root(value: float) -> float:
    return float(value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116)
