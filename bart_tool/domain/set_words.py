"""The words of a set as they are said: with the names of its parties in, and verbs in number."""

import re
from collections.abc import Mapping
from typing import Any

from bart_tool.domain.base import Frozen
from bart_tool.domain.text import Text

PARTY = "party:"
_PARTY = re.compile(r"\{party:([^{}|]+)\}")
_NUMBER = re.compile(r"\{([^{}|:]+)\|([^{}|]+)\}")
_WITHOUT_TEXT = frozenset({str, bool, int, float, type(None)})
_ENDS_A_SENTENCE = (".", "!", "?")


def is_in_number(name: str) -> bool:
    """Whether `name`, between braces, is a word in singular and plural: `mag|mogen`."""
    return _NUMBER.fullmatch(f"{{{name}}}") is not None


def in_number(said: str, *, plural: bool) -> str:
    """`said` with each `{mag|mogen}` as it fits what is asked about."""
    return _NUMBER.sub(lambda found: found[2 if plural else 1], said)


def with_parties(value: Any, names: Mapping[str, Text], *, stands_alone: bool = True) -> Any:
    """`value`, however deep, with `{party:wijkraad}` in its texts as `names` say it in a sentence.

    Where a sentence begins the name does so with a capital, unless the text itself is filled in a
    sentence and does not stand alone. `value` itself where nothing is to be filled in.
    """
    match value:
        case Text():
            return _filled(value, names, stands_alone)
        case Frozen():
            fields, new = type(value).model_fields, {}
            for name, each in vars(value).items():
                if type(each) in _WITHOUT_TEXT or name not in fields:  # a look-up that is kept
                    continue
                said = with_parties(each, names, stands_alone=name != "the")
                if said is not each:
                    new[name] = said
            return value.model_copy(update=new) if new else value
        case tuple() if value:
            items = tuple(with_parties(each, names) for each in value)
            is_same = all(new is old for new, old in zip(items, value, strict=True))
            return value if is_same else items
        case dict() if value:
            found = {key: with_parties(each, names) for key, each in value.items()}
            return value if all(found[key] is each for key, each in value.items()) else found
    return value


def _filled(text: Text, names: Mapping[str, Text], stands_alone: bool) -> Text:
    if PARTY not in text.nl and PARTY not in text.en:
        return text
    return Text(
        nl=_said(
            text.nl, {name: the.in_language("nl") for name, the in names.items()}, stands_alone
        ),
        en=_said(
            text.en, {name: the.in_language("en") for name, the in names.items()}, stands_alone
        ),
    )


def _said(said: str, names: Mapping[str, str], stands_alone: bool) -> str:
    def name(found: re.Match[str]) -> str:
        before = said[: found.start()].rstrip(" \n‘“'\"(")
        the = names.get(found[1], found[0])
        begins = before.endswith(_ENDS_A_SENTENCE) or (stands_alone and not before)
        return the[:1].upper() + the[1:] if begins else the

    return _PARTY.sub(name, said)
