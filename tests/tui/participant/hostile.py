"""Text that tries to drive a terminal, in every field a participant's screens show."""

from collections.abc import Iterator
from typing import Any

from bart_tool.domain.text import harmless
from tests.tui import sample

# Each holds a mark of its own (q00 …), so that its bytes cannot be mistaken for the program's.
SEQUENCES = (
    "\x1b]0;q00\x07",  # sets the title
    "\x1b]52;c;q01\x07",  # writes the clipboard
    "\x1b[31;7;1;3;4;9m q02",  # colours
    "\x1b[2J\x1b[1;1Hq03",  # clears the screen
    "\x1bcq04",  # resets the terminal
    "\x9b2Jq05",  # the same with one C1 character
    "\x90q06\x9c",  # a device control string
    "\x08\x08\x08\x7fq07",  # rubs out what stood before
    "[@click=app.leave]q08[/]",  # an action as markup
    "[red]q09[/red][/]",  # markup, and one tag too many
    "\u202eq10\u2066\u200b",  # turned around, and hidden
    "\x1b]8;;http://q11.example\x1b\\q11\x1b]8;;\x1b\\",  # a link
)
ALL = " ".join(SEQUENCES)
# What must never be among the bytes that reach the terminal.
FORBIDDEN = (
    b"\x1b]0;q00",
    b"\x1b]52;c;q01",
    b"\x1b[31;7;1;3;4;9m q02",
    b"\x1b[1;1Hq03",
    b"\x1bcq04",
    b"\xc2\x9b",
    b"\xc2\x90",
    b"\x08",
    b"\x07",
    "\u202e".encode(),
    "\u200b".encode(),
    b"http://q11.example\x1b",
)


def hostile(text: str) -> str:
    return f"{text} {ALL}"


def data() -> dict[str, Any]:
    """The sample set with hostile text in every text of it."""
    made = _soiled(sample.DATA)
    assert isinstance(made, dict)
    return made


def _soiled(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"nl", "en"}:
            return {language: hostile(text) for language, text in value.items()}
        return {key: _soiled(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_soiled(inner) for inner in value]
    return value


def shown_texts() -> Iterator[str]:
    """What must be readable somewhere: each text of the set that a participant sees."""
    yield from (harmless(text) for text in _texts(sample.DATA["questions"]))
    yield from (harmless(text) for text in _texts(sample.DATA["objects"]))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"nl", "en"}:
            if "{" not in value["en"]:
                yield hostile(value["en"])
            return
        for key, inner in value.items():
            if key != "the":
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
