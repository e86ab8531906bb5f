"""How bart looks: light, dark and high contrast. No meaning hangs on a colour alone."""

from textual.theme import Theme

LIGHT = Theme(
    name="bart-light",
    primary="#1b5e8c",
    secondary="#3a6b52",
    warning="#8a5a00",
    error="#a3182b",
    success="#23683f",
    accent="#1b5e8c",
    foreground="#1d2430",
    background="#fbfaf6",
    surface="#f1efe8",
    panel="#e4e1d6",
    dark=False,
    variables={"bart-dim": "#565f6d", "bart-cursor": "#d5e4ef"},
)
DARK = Theme(
    name="bart-dark",
    primary="#7db7e0",
    secondary="#8cc7a4",
    warning="#e4b363",
    error="#f08a8f",
    success="#8cc7a4",
    accent="#7db7e0",
    foreground="#e2e6ea",
    background="#171c22",
    surface="#1e252d",
    panel="#2a333d",
    dark=True,
    variables={"bart-dim": "#9aa5b1", "bart-cursor": "#2c4356"},
)
CONTRAST = Theme(
    name="bart-contrast",
    primary="#ffff00",
    secondary="#ffffff",
    warning="#ffff00",
    error="#ffff00",
    success="#ffffff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    luminosity_spread=0.0,
    text_alpha=1.0,
    variables={"bart-dim": "#ffffff", "bart-cursor": "#0000c0"},
)
THEMES = (LIGHT, DARK, CONTRAST)
