"""Finds every text of the program, what is missing from its Dutch catalogue, and what has a code.

`python tests/catalogues.py` prints what is missing or left over; the test run fails on it.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parent.parent / "bart_tool"
LOCALES = PACKAGE / "wording" / "locale"
PARTS = sorted((LOCALES / "nl").glob("*.po"))
# What is called with texts, and how many: `of` takes a context and then a text.
KEYWORDS = {"t": 1, "_t": 1, "N_": 1, "plural": 2, "of": 2}


class Text(NamedTuple):
    """What a catalogue is asked for. `many` is empty where there is no plural."""

    one: str
    many: str = ""
    context: str = ""


def texts() -> Iterator[Text]:
    """Every text that the program says."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from texts_in(path.read_bytes())


def texts_in(source: bytes) -> Iterator[Text]:
    """The texts of one module, in the order of its source."""
    calls = (each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call))
    for call in sorted(calls, key=lambda each: (each.lineno, each.col_offset)):
        name = _name(call.func)
        literals = _literals(call.args[: KEYWORDS.get(name, 0)])
        if name == "of" and len(literals) == 2:
            yield Text(literals[1], context=literals[0])
        elif name != "of" and literals:
            yield Text(*literals)


def _name(called: ast.expr) -> str:
    match called:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _literals(arguments: list[ast.expr]) -> tuple[str, ...]:
    return tuple(
        each.value
        for each in arguments
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value
    )


def translations() -> Iterator[tuple[Text, Message]]:
    """What stands in the parts of the Dutch catalogue."""
    for part in PARTS:
        with part.open("rb") as stream:
            for message in read_po(stream, locale="nl"):
                ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
                if message.id:
                    yield Text(*ids, context=message.context or ""), message


def by_code(subject: str, language: str) -> dict[tuple[str, str], str]:
    """The words of `labels` or `problems`, by context and code.

    Raises ValueError for a code that stands there twice.
    """
    content = (LOCALES / language / "LC_MESSAGES" / f"{subject}.po").read_bytes()
    found = {
        (each.context or "", str(each.id)): str(each.string)
        for each in read_po(BytesIO(content), locale=language)
        if each.id and each.string and not each.fuzzy
    }
    if content.count(b"\nmsgid ") != len(found) + 1:  # and the head
        raise ValueError(f"{subject} in {language}: a code is there twice, or without a text")
    return found


# The English sentence of each problem and error, by its code.
SENTENCES = {code: text for (of, code), text in by_code("problems", "en").items() if not of}


def missing() -> list[Text]:
    """Texts of the program without a Dutch translation."""
    known = {text for text, message in translations() if message.string and not message.fuzzy}
    return [text for text in dict.fromkeys(texts()) if text not in known]


def left_over() -> list[Text]:
    """Translations of what the program does not say any more."""
    said = set(texts())
    return [text for text, _ in translations() if text not in said]


def twice() -> list[Text]:
    """Texts that stand in the catalogue twice: a text has one meaning."""
    return [
        text for text, times in Counter(text for text, _ in translations()).items() if times > 1
    ]


if __name__ == "__main__":
    for text in (*missing(), *left_over(), *twice()):
        sys.stdout.write(f"{text!r}\n")
