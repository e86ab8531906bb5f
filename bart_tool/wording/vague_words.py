"""Words to which everybody nods while each means something else (docs/developer/method.md 1.8).

Beginnings of words: `betrek` finds *betrekken* and *betrekt*. They are asked about, never refused.
"""

from collections.abc import Mapping

from bart_tool.domain.base import Language

VAGUE: Mapping[Language, tuple[str, ...]] = {
    "nl": (
        "afstem",
        "afgestemd",
        "stemmen af",
        "stemt af",
        "betrek",
        "betrokken",
        "regie",
        "in overleg",
        "meenemen",
        "meegenomen",
        "oppakken",
        "zo nodig",
        "waar mogelijk",
        "zo veel mogelijk",
        "zoveel mogelijk",
        "zo snel mogelijk",
        "binnenkort",
        "tijdig",
        "aandacht",
        "beter",
        "vaker",
        "zo goed mogelijk",
        "indien nodig",
        "wanneer nodig",
        "als het kan",
    ),
    "en": (
        "align",
        "coordinat",
        "involv",
        "in the lead",
        "in consultation",
        "take up",
        "where possible",
        "as much as possible",
        "as soon as possible",
        "shortly",
        "in time",
        "attention",
        "better",
        "more often",
        "if needed",
        "where needed",
        "as well as possible",
    ),
}
